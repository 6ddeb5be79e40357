"""What there is: the vocabulary, its shapes, the curated names. Imports nothing of ours."""
