"""What documents are: types, parsing, store, comparing. Knows no other package."""
