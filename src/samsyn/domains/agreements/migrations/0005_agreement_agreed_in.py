"""Which municipalities have said yes to follow an agreement; those that run already have."""

from django.db import migrations, models


def those_that_run_have_agreed(apps, schema_editor):
    for agreement in apps.get_model("agreements", "Agreement").objects.filter(state="started"):
        agreement.agreed_in.set(agreement.municipalities.all())


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0004_holder_took_along"),
        ("orgs", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="agreement",
            name="agreed_in",
            field=models.ManyToManyField(
                blank=True,
                related_name="+",
                to="orgs.organisation",
                verbose_name="kommuner som har sagt ja till att följa avtalet",
            ),
        ),
        migrations.RunPython(those_that_run_have_agreed, migrations.RunPython.noop),
    ]
