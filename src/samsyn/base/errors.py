"""Errors that are meant for the person at the screen."""

from __future__ import annotations


class UserError(Exception):
    """Something the user can mend. The message says what happened, why, and what to do.

    Commands answer it with exit code 2, pages with the message beside the form.
    """


class NotAllowed(Exception):
    """The viewer sees the thing but may not do this with it. Pages answer 403."""
