"""Addresses of the meetings' room."""

from django.urls import path

from samsyn.web.links import show
from samsyn.web.staff.meetings.views import (
    agenda,
    assignments,
    deciding,
    documents,
    groups,
    handover,
    lists,
    meeting,
    minutes,
    needs,
    planning,
    present,
    registering,
)

urlpatterns = [
    path("moten/", lists.meetings, name="moten"),
    path("moten/planera/", planning.plan, name="moten_planera"),
    path("moten/extra/", planning.extra, name="moten_extra"),
    path("moten/hallet/", planning.met, name="moten_hallet"),
    path("moten/brev/", lists.letters, name="moten_brev"),
    path("moten/uppdrag/", assignments.assignment_list, name="uppdrag_lista"),
    path("moten/uppdrag/<int:pk>/", assignments.assignment, name="uppdrag"),
    path("moten/uppdrag/<int:pk>/lamna-over/", handover.hand_over, name="uppdrag_lamna_over"),
    path("moten/behov/", needs.need_list, name="behov_lista"),
    path("moten/behov/nytt/", needs.new_need, name="behov_nytt"),
    path("moten/behov/<int:pk>/", needs.need, name="behov"),
    path("moten/grupper/", groups.group_list, name="grupper"),
    path("moten/grupper/ny/", groups.new_group, name="grupp_ny"),
    path("moten/grupper/<int:pk>/", groups.group, name="grupp"),
    path("moten/beslut/<int:pk>/", deciding.decision, name="beslut"),
    path("moten/beslut/<int:pk>/besked/", deciding.stand, name="beslut_besked"),
    path("moten/beslut/<int:pk>/andra/", deciding.steer, name="beslut_andra"),
    path("moten/beslut/<int:pk>/diarium/", registering.decision, name="beslut_diarium"),
    path("moten/handling/<int:pk>/", documents.paper, name="moteshandling"),
    path("moten/arende/<int:pk>/", agenda.item, name="arende"),
    path("moten/arende/<int:pk>/anteckning/", minutes.item_notes, name="arende_anteckning"),
    path("moten/arende/<int:pk>/beslut/", deciding.put, name="arende_beslut"),
    path("moten/arende/<int:pk>/uppdrag/", assignments.give, name="arende_uppdrag"),
    path("moten/<int:pk>/", meeting.meeting, name="mote"),
    path("moten/<int:pk>/andra/", meeting.change, name="mote_andra"),
    path("moten/<int:pk>/bidrag/", meeting.contribution, name="mote_bidrag"),
    path("moten/<int:pk>/kalla/", meeting.invite, name="mote_kalla"),
    path("moten/<int:pk>/diarium/", registering.minutes, name="mote_diarium"),
    path("moten/<int:pk>/dagordning/", agenda.agenda, name="mote_dagordning"),
    path("moten/<int:pk>/protokoll/", minutes.minutes, name="mote_protokoll"),
    path("moten/<int:pk>/narvaro/", minutes.attendance, name="mote_narvaro"),
    path("moten/<int:pk>/anteckningar/", minutes.light_notes, name="mote_anteckningar"),
    path("moten/<int:pk>/visa/", present.present, name="mote_visa"),
    path("moten/<int:pk>/visa/<int:number>/", present.present, name="mote_visa_punkt"),
    path("moten/<int:pk>/<slug:what>.<slug:form>", documents.document, name="mote_dokument"),
]

show("meeting", "mote")
show("meeting_list", "moten")
show("decision", "beslut")
show("assignment", "uppdrag")
show("assignment_list", "uppdrag_lista")
show("need", "behov")
show("need_list", "behov_lista")
show("working_group", "grupp")
