"""What is said without a verb: names, brackets and apposition, relational nouns and copulas."""
