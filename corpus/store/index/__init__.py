"""Candidates for comparing, lineage and history, found in the database without reading it all."""
