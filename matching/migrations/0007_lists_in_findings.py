"""Parts of a run keep the lists that they wrote for its last step, too."""

import django.db.models.deletion
from django.db import migrations, models

AS_THEY_ARE = """
    ALTER TABLE matching_finding ALTER COLUMN lists SET STORAGE EXTERNAL, ALTER COLUMN details SET STORAGE EXTERNAL;
"""
# What parts of a run under way have found says too little, and otherwise: they are done once more.
AGAIN = """
    DELETE FROM matching_finding;
    UPDATE matching_shard s SET done_at = NULL FROM matching_run u WHERE u.id = s.run_id AND u.status = 'running';
"""
POINTERS = [
    ("rolereport", "run", "matching.run", "role_reports"),
    ("rolereport", "role", "organisations.role", "reports"),
    ("roleprice", "run", "matching.run", "role_prices"),
    ("roleprice", "role", "organisations.role", "prices"),
]


def unchecked(model, name, to, related_name):
    """Let whoever writes these rows hold what they point to, once for all."""
    return migrations.AlterField(
        model,
        name,
        models.ForeignKey(
            db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name=related_name, to=to
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("matching", "0006_why_not")]

    operations = [
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE;" + AGAIN, migrations.RunSQL.noop),
        migrations.AddField("finding", "lists", models.BinaryField(default=b""), preserve_default=False),
        migrations.AddField("finding", "details", models.BinaryField(default=b""), preserve_default=False),
        migrations.RunSQL(AS_THEY_ARE, migrations.RunSQL.noop),
        *(unchecked(*names) for names in POINTERS),
    ]
