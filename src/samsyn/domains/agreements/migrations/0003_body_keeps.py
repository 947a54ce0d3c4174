"""What may be kept of a body's meetings; bodies that already run are told apart by their name once."""

from django.db import migrations, models
from django.db.models import Q


def keep_only_a_trace_of_sspf(apps, schema_editor):
    bodies = apps.get_model("agreements", "Body").objects
    bodies.filter(Q(name__icontains="sspf") | Q(ref__icontains="sspf")).update(keeps="trace")


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0002_documents"),
    ]

    operations = [
        migrations.AddField(
            model_name="body",
            name="keeps",
            field=models.CharField(
                blank=True,
                choices=[
                    ("minutes", "Protokoll"),
                    ("notes", "Anteckningar och åtgärder"),
                    ("trace", "Bara att det möttes"),
                ],
                max_length=10,
                verbose_name="det som sparas av mötena",
            ),
        ),
        migrations.RunPython(keep_only_a_trace_of_sspf, migrations.RunPython.noop),
    ]
