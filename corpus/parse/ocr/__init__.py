"""Scanned pages read by optical recognition: letterhead, text, tables, and what was not sure."""
