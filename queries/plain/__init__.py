"""Questions in plain Japanese and English: which question of the library they ask, with which parameters, or that it is not sure."""
