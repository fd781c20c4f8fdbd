"""How fast the program is, next to what it is made of and next to other tools; `python -m tests.bench` prints it."""
