"""Drafting the words of a picture from its numbers. Pure: no database."""

from samsyn.domains.situation.draft.writing import write_sentences

__all__ = ["write_sentences"]
