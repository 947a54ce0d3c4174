"""Taking the files of authorities in. Each file here is one kind."""
