"""What standing a sentence gives to what it says: so, planned, proposed, possible or not so."""
