"""The pages, one module each: a view loads, calls, renders; a dataclass is what a template gets."""
