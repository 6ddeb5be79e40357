"""What bodies, texts and meetings deal with."""
