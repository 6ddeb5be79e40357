"""What the grammar of a sentence tells: its verbs, the groups of names, who plays which role."""
