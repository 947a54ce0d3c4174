"""Everything that changes a picture. One transaction each, with its row in the log."""

from samsyn.domains.situation.services.contributions import write_contribution
from samsyn.domains.situation.services.drafting import draft_picture, refresh_picture
from samsyn.domains.situation.services.finishing import finish_picture, new_version, record_delivery
from samsyn.domains.situation.services.guarded import EditConflict
from samsyn.domains.situation.services.meeting import note_in_meeting
from samsyn.domains.situation.services.releases import (
    NewLink,
    create_release_link,
    leave_out_part,
    record_consent,
    release_by_link,
    release_part,
    revoke_release_link,
    withdraw_release,
)
from samsyn.domains.situation.services.sentences import (
    add_sentence,
    edit_sentence,
    hide_sentence,
    restore_sentence,
)

__all__ = [
    "EditConflict",
    "NewLink",
    "add_sentence",
    "create_release_link",
    "draft_picture",
    "edit_sentence",
    "finish_picture",
    "hide_sentence",
    "leave_out_part",
    "new_version",
    "note_in_meeting",
    "record_consent",
    "record_delivery",
    "refresh_picture",
    "release_by_link",
    "release_part",
    "restore_sentence",
    "revoke_release_link",
    "withdraw_release",
    "write_contribution",
]
