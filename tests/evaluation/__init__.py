"""How often a search puts the answer first: questions and keywords as people type them, with the facts that answer.

A third of the queries are "unseen": no weight and no word of the store was chosen with them. `python -m
tests.evaluation` prints the table; tests/test_evaluation.py keeps the floors.
"""
