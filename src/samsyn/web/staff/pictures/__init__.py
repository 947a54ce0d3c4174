"""The situation picture: list, editing page, meeting mode, documents, and the rows behind each sentence."""
