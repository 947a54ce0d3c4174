"""What is done with meetings; every function is one transaction with its line in the log."""
