"""Gathering the numbers of a picture from the rows."""

from samsyn.domains.situation.numbers.gathering import gather
from samsyn.domains.situation.numbers.scopes import scope_of, scope_of_code

__all__ = ["gather", "scope_of", "scope_of_code"]
