"""Lists of numbers as bytes, what parts of a run found as bytes, one report for each role and run."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

import matching.models.reals

LISTS = [(table, column) for table in ("shortlist", "allotment") for column in ("scores", "km", "parts")]

PACK = """
    CREATE FUNCTION pg_temp.packed(numbers float8[]) RETURNS bytea LANGUAGE sql AS $$
        SELECT coalesce(string_agg(float4send(n.number::real), '' ORDER BY n.place), '')
        FROM unnest(numbers) WITH ORDINALITY AS n (number, place)
    $$;
"""
AS_BYTES = PACK + "\n".join(
    f"ALTER TABLE matching_{table} ALTER COLUMN {column} TYPE bytea USING pg_temp.packed({column}::float8[]);"
    for table, column in LISTS
)
# A list is written anew in place each day: half of each page is left for the next version, so no index is touched.
ROOM = """
    ALTER TABLE matching_shortlist SET (fillfactor = 50);
    ALTER TABLE matching_finding ALTER COLUMN reports SET STORAGE EXTERNAL, ALTER COLUMN reserves SET STORAGE EXTERNAL;
"""
# What parts of a run under way have found stands where nobody reads it any more: they are done once more.
AGAIN = """
    DELETE FROM matching_rolereport r USING matching_run u WHERE u.id = r.run_id AND u.status = 'running';
    UPDATE matching_shard s SET done_at = NULL FROM matching_run u WHERE u.id = s.run_id AND u.status = 'running';
"""
SUM = """
    CREATE TEMPORARY TABLE summed ON COMMIT DROP AS
        SELECT run_id, role_id, min(id) AS id, sum(could_come) AS could_come, sum(listed) AS listed
        FROM matching_rolereport GROUP BY run_id, role_id;
    CREATE TEMPORARY TABLE counted ON COMMIT DROP AS
        SELECT run_id, role_id, jsonb_object_agg(reason, people) FILTER (WHERE is_alone) AS only_by,
            jsonb_object_agg(reason, people) FILTER (WHERE NOT is_alone) AS shut_out
        FROM (
            SELECT run_id, role_id, is_alone, reason, sum(people::int) AS people FROM (
                SELECT run_id, role_id, false AS is_alone, c.key AS reason, c.value AS people
                FROM matching_rolereport, jsonb_each_text(shut_out) c
                UNION ALL
                SELECT run_id, role_id, true, c.key, c.value
                FROM matching_rolereport, jsonb_each_text(shut_out_only_by) c
            ) each_part GROUP BY run_id, role_id, is_alone, reason
        ) each_reason GROUP BY run_id, role_id;
    UPDATE matching_rolereport r SET could_come = s.could_come, listed = s.listed FROM summed s WHERE s.id = r.id;
    UPDATE matching_rolereport r SET shut_out = coalesce(c.shut_out, '{}'), shut_out_only_by = coalesce(c.only_by, '{}')
        FROM counted c WHERE c.run_id = r.run_id AND c.role_id = r.role_id;
    DELETE FROM matching_rolereport r WHERE NOT EXISTS (SELECT FROM summed s WHERE s.id = r.id);
"""


def reals(model, name, **options):
    return migrations.AlterField(
        model_name=model, name=name, field=matching.models.reals.RealsField(default=list, **options)
    )


def as_long(name):
    length = 4 * F("roles__len")
    return models.CheckConstraint(
        condition=Q(slots__len=F("roles__len")) & Q(Exact(Length("scores"), length)) & Q(Exact(Length("km"), length)),
        name=name,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0004_shortlist_candidates"),
        ("volunteers", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "shard",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="matching.shard",
                    ),
                ),
                ("reports", models.BinaryField()),
                ("reserves", models.BinaryField()),
            ],
            options={
                "verbose_name": "計算の一部でわかったこと",
                "verbose_name_plural": "計算の一部でわかったこと",
            },
        ),
        migrations.DeleteModel(name="Reserve"),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE;" + AGAIN + SUM),
        migrations.RemoveConstraint("rolereport", "role_report_once_per_shard"),
        migrations.RemoveField("rolereport", "shard"),
        migrations.AddConstraint(
            "rolereport", models.UniqueConstraint(fields=("run", "role"), name="role_report_once_per_run")
        ),
        migrations.RemoveConstraint("allotment", "allotment_once_per_run"),
        migrations.RemoveConstraint("allotment", "allotment_arrays_are_as_long"),
        migrations.RemoveConstraint("shortlist", "shortlist_arrays_are_as_long"),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(AS_BYTES)],
            state_operations=[
                *(reals("shortlist", name) for name in ("scores", "parts")),
                reals("shortlist", "km", help_text="NaN where there is no way to go"),
                *(reals("allotment", name) for name in ("scores", "parts")),
                reals("allotment", "km", help_text="NaN where there is no way to go"),
            ],
        ),
        migrations.RunSQL(ROOM),
        migrations.AlterField(
            model_name="shortlist",
            name="run",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="matching.run",
            ),
        ),
        migrations.AlterField(
            model_name="allotment",
            name="run",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="allotments",
                to="matching.run",
            ),
        ),
        migrations.AlterField(
            model_name="allotment",
            name="volunteer",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="volunteers.volunteer",
            ),
        ),
        migrations.AddConstraint(
            "allotment", models.UniqueConstraint(fields=("volunteer", "run"), name="allotment_once_per_run")
        ),
        migrations.AddConstraint("allotment", as_long("allotment_arrays_are_as_long")),
        migrations.AddConstraint("shortlist", as_long("shortlist_arrays_are_as_long")),
    ]
