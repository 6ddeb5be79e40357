"""What only the layout of a document tells: items of a list, fields of a notice."""
