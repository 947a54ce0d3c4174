"""Swedish: numerals, dates and the words for a rhythm."""
