"""What is read of meetings; every function takes who looks."""
