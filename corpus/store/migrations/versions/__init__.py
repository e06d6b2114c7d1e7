"""Revisions, oldest first; a new one is numbered on and ``schema.HEAD`` follows it."""
