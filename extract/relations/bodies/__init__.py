"""What is told of bodies and those in them: members, organs, careers."""
