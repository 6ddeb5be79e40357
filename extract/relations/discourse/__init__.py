"""What is known of a sentence and of the text before it: what its names mean, what it is about, what has been claimed."""
