"""Who met, when and where, as told around a meeting's name, and without one."""
