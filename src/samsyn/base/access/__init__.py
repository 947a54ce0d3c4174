"""One door to data: who the viewer is, what she may do, and which rows she may see."""

from samsyn.base.access.permissions import grant
from samsyn.base.access.viewer import SYSTEM, Mandate, Viewer, anonymous, require, viewer_for
from samsyn.base.access.visibility import rule, visible, visible_to_nobody

__all__ = [
    "SYSTEM",
    "Mandate",
    "Viewer",
    "anonymous",
    "grant",
    "require",
    "rule",
    "viewer_for",
    "visible",
    "visible_to_nobody",
]
