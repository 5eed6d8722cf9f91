"""The parts of run.py. Standard library only: nothing is installed yet when it runs."""
