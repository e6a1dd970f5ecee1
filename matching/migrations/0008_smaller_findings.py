"""Parts of a run keep what they found in fewer bytes, which nobody reads who reads the former ones."""

from django.db import migrations

# What parts of a run under way have found says the same otherwise: they are done once more.
AGAIN = """
    DELETE FROM matching_finding;
    UPDATE matching_shard s SET done_at = NULL FROM matching_run u WHERE u.id = s.run_id AND u.status = 'running';
"""


class Migration(migrations.Migration):
    dependencies = [("matching", "0007_lists_in_findings")]

    operations = [migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE;" + AGAIN, AGAIN)]
