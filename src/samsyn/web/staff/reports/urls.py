"""Addresses of the reports room."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from samsyn.web.links import show
from samsyn.web.look.navigation import NavItem, register
from samsyn.web.staff.reports.door import sees_some
from samsyn.web.staff.reports.views import (
    actions,
    categories,
    feedback,
    links,
    lists,
    one,
    queue,
    recipients,
)

urlpatterns = [
    path("rapporter/", lists.report_list, name="rapporter"),
    path("rapporter/tabell/", lists.report_table, name="rapporter_tabell"),
    path("rapporter/karta/", lists.report_map, name="rapporter_karta"),
    path("rapporter/karta.json", lists.map_json, name="rapporter_karta_json"),
    path("rapporter/rapporter.csv", lists.report_csv, name="rapporter_csv"),
    path("rapporter/att-titta-pa/", queue.queue, name="rapporter_ko"),
    path("rapporter/att-titta-pa/markera/", actions.mark_many, name="rapporter_markera"),
    path("rapporter/lankar/", links.links, name="rapporter_lankar"),
    path("rapporter/lankar/ny/", links.add_link, name="rapporter_ny_lank"),
    path("rapporter/lankar/<int:pk>/sparra/", links.revoke_link, name="rapporter_sparra_lank"),
    path("rapporter/mottagare/", recipients.recipients, name="rapporter_mottagare"),
    path("rapporter/mottagare/ny/", recipients.edit_recipient, name="rapporter_ny_mottagare"),
    path("rapporter/mottagare/<int:pk>/", recipients.edit_recipient, name="rapporter_mottagaren"),
    path("rapporter/aterkoppling/", feedback.feedback_list, name="rapporter_aterkoppling"),
    path("rapporter/aterkoppling/<int:year>/<int:month>/", feedback.write_feedback, name="rapporter_aterkoppling_manad"),
    path("rapporter/aterkoppling/<int:year>/<int:month>/publicera/", feedback.publish_feedback, name="rapporter_publicera"),
    path("rapporter/kategorier/", categories.categories, name="rapporter_kategorier"),
    path("rapporter/kategorier/ny/", categories.decide, name="rapporter_nya_kategorier"),
    path("rapporter/<uuid:pk>/", one.report_page, name="rapport"),
    path("rapporter/<uuid:pk>/rapportor/", one.reporter, name="rapport_rapportor"),
    path("rapporter/<uuid:pk>/tittad/", actions.mark_seen, name="rapport_tittad"),
    path("rapporter/<uuid:pk>/avsluta/", actions.close, name="rapport_avsluta"),
    path("rapporter/<uuid:pk>/kategori/", actions.correct, name="rapport_kategori"),
    path("rapporter/<uuid:pk>/vidare/", actions.route, name="rapport_vidare"),
    path("rapporter/<uuid:pk>/svar/", actions.answer, name="rapport_svar"),
    path("rapporter/<uuid:pk>/sla-ihop/", actions.merge, name="rapport_sla_ihop"),
    path("rapporter/<uuid:pk>/inte-samma/", actions.keep_apart, name="rapport_inte_samma"),
    path("rapporter/<uuid:pk>/dela/", actions.unmerge, name="rapport_dela"),
]  # fmt: skip

show("report", "rapport")
show("report_list", "rapporter")
show("report_queue", "rapporter_ko")
show("report_links", "rapporter_lankar")
show("report_feedback", "rapporter_aterkoppling")
show("categories", "rapporter_kategorier")

# The word stands there for those who have something to read behind it.
register(NavItem("rapporter", _("Rapporter"), "rapporter", "rapporter", 20, "main", sees_some))
