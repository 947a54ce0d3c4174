"""The one error of the library."""


class RhythmError(ValueError):
    """A rhythm or a calendar that cannot be understood; the message is plain Swedish."""
