"""The index of code in an SQLite file of its own."""
