"""What verbs say: the things in their roles, and the facts that their frames state."""
