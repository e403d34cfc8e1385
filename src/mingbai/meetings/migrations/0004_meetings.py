"""Meetings called and held live, the electronic ballot, and what a resolution tells apart."""

from __future__ import annotations

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

from mingbai.journal.append_only import append_only, widened


class Migration(migrations.Migration):
    dependencies = [("meetings", "0003_numbers_in_the_journal")]
    operations = [
        *widened(
            "meetings_resolutionrow",
            "meetings",
            "number",
            [
                migrations.RemoveConstraint(
                    model_name="resolutionrow",
                    name="resolution_every_vote_counted",
                ),
                migrations.AddField(
                    model_name="resolutionrow",
                    name="item",
                    field=models.PositiveSmallIntegerField(default=1),
                ),
                migrations.AddField(
                    model_name="resolutionrow",
                    name="matter",
                    field=models.CharField(blank=True, default="", max_length=80),
                ),
                migrations.AddField(
                    model_name="resolutionrow",
                    name="meeting",
                    field=models.CharField(blank=True, default="", max_length=80),
                ),
                migrations.AddField(
                    model_name="resolutionrow",
                    name="methods",
                    field=models.JSONField(default=dict),
                ),
                migrations.AddField(
                    model_name="resolutionrow",
                    name="not_cast",
                    field=models.PositiveIntegerField(default=0),
                ),
                migrations.AddField(
                    model_name="resolutionrow",
                    name="proxies",
                    field=models.PositiveIntegerField(default=0),
                ),
                migrations.AddField(
                    model_name="resolutionrow",
                    name="remote",
                    field=models.PositiveIntegerField(default=0),
                ),
                migrations.AddField(
                    model_name="resolutionrow",
                    name="spoilt",
                    field=models.PositiveIntegerField(default=0),
                ),
                migrations.AddField(
                    model_name="resolutionrow",
                    name="step",
                    field=models.CharField(blank=True, default="", max_length=96),
                ),
                migrations.AddField(
                    model_name="resolutionrow",
                    name="written",
                    field=models.PositiveIntegerField(default=0),
                ),
                migrations.AddIndex(
                    model_name="resolutionrow",
                    index=models.Index(fields=["meeting"], name="resolution_meeting"),
                ),
                migrations.AddConstraint(
                    model_name="resolutionrow",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "present",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    models.F("agree"), "+", models.F("against")
                                                ),
                                                "+",
                                                models.F("abstain"),
                                            ),
                                            "+",
                                            models.F("spoilt"),
                                        ),
                                        "+",
                                        models.F("not_cast"),
                                    ),
                                    "-",
                                    models.F("written"),
                                ),
                            ),
                            models.Q(
                                ("abstain", 0),
                                ("against", 0),
                                ("agree", 0),
                                ("not_cast", 0),
                                ("result", "no_quorum"),
                                ("spoilt", 0),
                            ),
                            _connector="OR",
                        ),
                        name="resolution_every_vote_counted",
                    ),
                ),
            ],
        ),
        *widened(
            "meetings_resolutionname",
            "meetings",
            "id",
            [
                migrations.AddField(
                    model_name="resolutionname",
                    name="way",
                    field=models.CharField(blank=True, default="", max_length=10),
                ),
            ],
        ),
        *widened(
            "meetings_rollversion",
            "meetings",
            "id",
            [
                migrations.AddField(
                    model_name="rollversion",
                    name="term_from",
                    field=models.DateField(null=True),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BallotBox",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("item", models.PositiveSmallIntegerField()),
                ("voters", models.PositiveIntegerField()),
                ("issued", models.BooleanField(default=False)),
                ("closed", models.BooleanField(default=False)),
                ("agree", models.PositiveIntegerField(default=0)),
                ("against", models.PositiveIntegerField(default=0)),
                ("abstain", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="BallotCode",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name="BallotReceipt",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name="MeetingEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("serial", models.PositiveIntegerField()),
                ("key", models.CharField(max_length=64)),
                ("data", models.JSONField()),
                ("person", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="MeetingItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("serial", models.PositiveSmallIntegerField()),
                ("motion", models.CharField(max_length=500)),
                ("case", models.CharField(blank=True, max_length=64)),
                ("step", models.CharField(blank=True, max_length=96)),
                ("matter", models.CharField(blank=True, max_length=80)),
                ("recused", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="MeetingRow",
            fields=[
                ("number", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("village", models.CharField(max_length=12)),
                ("body", models.CharField(max_length=40)),
                ("body_title", models.CharField(max_length=60)),
                ("year", models.PositiveSmallIntegerField()),
                ("serial", models.PositiveIntegerField()),
                ("held_on", models.DateField()),
                ("starts_at", models.CharField(max_length=5)),
                ("place", models.CharField(max_length=120)),
                ("notified_on", models.DateField()),
                ("urgent_reason", models.CharField(blank=True, max_length=200)),
                ("by_household", models.BooleanField(default=False)),
                ("edition", models.PositiveIntegerField()),
                ("person", models.CharField(max_length=64)),
                ("office", models.CharField(max_length=60)),
                ("recorded_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="ballotcode",
            name="box",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="codes", to="meetings.ballotbox"
            ),
        ),
        migrations.AddField(
            model_name="ballotreceipt",
            name="box",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="receipts", to="meetings.ballotbox"
            ),
        ),
        migrations.AddIndex(
            model_name="meetingrow",
            index=models.Index(fields=["village", "-held_on"], name="meeting_village_day"),
        ),
        migrations.AddConstraint(
            model_name="meetingrow",
            constraint=models.UniqueConstraint(
                fields=("village", "body", "year", "serial"), name="meeting_number_once"
            ),
        ),
        migrations.AddField(
            model_name="meetingitem",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="items", to="meetings.meetingrow"
            ),
        ),
        migrations.AddField(
            model_name="meetingentry",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="meetings.meetingrow"
            ),
        ),
        migrations.AddField(
            model_name="ballotbox",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="boxes", to="meetings.meetingrow"
            ),
        ),
        migrations.AddIndex(
            model_name="meetingitem",
            index=models.Index(fields=["case"], name="meeting_item_case"),
        ),
        migrations.AddConstraint(
            model_name="meetingitem",
            constraint=models.UniqueConstraint(fields=("meeting", "serial"), name="meeting_item_once"),
        ),
        migrations.AddConstraint(
            model_name="meetingentry",
            constraint=models.UniqueConstraint(fields=("meeting", "serial"), name="meeting_entry_order"),
        ),
        migrations.AddConstraint(
            model_name="meetingentry",
            constraint=models.UniqueConstraint(fields=("meeting", "key"), name="meeting_entry_once"),
        ),
        migrations.AddConstraint(
            model_name="ballotbox",
            constraint=models.UniqueConstraint(fields=("meeting", "item"), name="ballot_box_once"),
        ),
        migrations.AddConstraint(
            model_name="ballotbox",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "voters__gte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                models.F("agree"), "+", models.F("against")
                            ),
                            "+",
                            models.F("abstain"),
                        ),
                    )
                ),
                name="ballot_box_holds_no_more_than_voters",
            ),
        ),
        *append_only("meetings_meetingrow", "meetings", key="number"),
        *append_only("meetings_meetingitem", "meetings", key="id"),
        *append_only("meetings_meetingentry", "meetings", key="id"),
        *append_only("meetings_ballotreceipt", "meetings", key="digest"),
    ]
