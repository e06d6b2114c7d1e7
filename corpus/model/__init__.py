"""The types that every other module speaks in. Standard library only."""
