"""The console: where answers and remarks leave the program, and how the terminal is used."""
