"""The learned extractor: a small transformer reads 力争|建设|70所|左右|… character by character."""
