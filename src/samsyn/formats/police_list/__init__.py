"""The monthly list from the kommunpolis: Excel or CSV without a standard.

`inspect_police_list` guesses and shows, `guess_profile` makes a `Profile` of the guess,
`read_police_list` reads with a profile. Street numbers, case numbers, free text and the police's
own ids never leave these functions.
"""

from samsyn.formats.police_list.profile import Profile, guess_profile
from samsyn.formats.police_list.reading import read_police_list
from samsyn.formats.police_list.roles import ROLES, Role
from samsyn.formats.police_list.rows import PivotRow, PoliceListRow
from samsyn.formats.police_list.understanding import ColumnGuess, Understanding, inspect_police_list

__all__ = [
    "ROLES",
    "ColumnGuess",
    "PivotRow",
    "PoliceListRow",
    "Profile",
    "Role",
    "Understanding",
    "guess_profile",
    "inspect_police_list",
    "read_police_list",
]
