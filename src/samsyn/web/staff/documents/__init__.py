"""The pages of annexes and other documents, the one-time link, renewal, and the folder for the registry."""
