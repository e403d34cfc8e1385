"""Tables of divisions, offices, people and their numbers, mandates, kinship, departures and sign-in accounts."""

from __future__ import annotations

import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q


def new_person_id() -> str:
    """A random id that says nothing about the person."""
    return uuid.uuid4().hex


class Division(models.Model):
    """A place of the statistical register. Names repeat between towns, so the code is the key."""

    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=80)
    short = models.CharField(max_length=40)
    level = models.CharField(max_length=10)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True)
    committee = models.CharField(max_length=10, blank=True)
    initials = models.CharField(max_length=400, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["level", "code"])]


class Office(models.Model):
    """A role that can be held, as offices.yaml lists it."""

    code = models.CharField(max_length=60, primary_key=True)
    title = models.CharField(max_length=60)
    level = models.CharField(max_length=10)
    duty = models.CharField(max_length=200, blank=True)
    incompatible_with = models.JSONField(default=list)


class Person(models.Model):
    """Somebody with a part in village affairs. No identity number, no telephone number."""

    id = models.CharField(max_length=32, primary_key=True, default=new_person_id)
    name = models.CharField(max_length=60)
    village = models.ForeignKey(Division, models.PROTECT, null=True)
    recorded_at = models.DateTimeField()


class MandateRow(models.Model):
    """One person's holding of one office in one division."""

    division = models.ForeignKey(Division, models.PROTECT, db_index=False)
    office = models.ForeignKey(Office, models.PROTECT, db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="mandates")
    since = models.DateField()
    until = models.DateField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["division", "office"])]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "office", "person", "since"], name="mandate_given_once"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="mandate_ends_after_start"
            ),
        ]


class Kinship(models.Model):
    """Two near relatives, written once with the smaller id first."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    relative = models.ForeignKey(Person, models.PROTECT, related_name="+")
    relation = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "relative"], name="kinship_declared_once"),
            models.CheckConstraint(condition=Q(person__lt=F("relative")), name="kinship_smaller_id_first"),
        ]


class PersonNumber(models.Model):
    """The number that the village itself gives a person, as it writes it; `key` is what makes it the same number."""

    person = models.OneToOneField(Person, models.PROTECT, primary_key=True)
    village = models.CharField(max_length=12)
    number = models.CharField(max_length=32)
    key = models.CharField(max_length=32)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["village", "key"], name="village_number_once")]


class Departure(models.Model):
    """A person died, moved away, left the collective, or came back, on a day."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    on = models.DateField()
    recorded_by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["died", "moved_away", "left_membership", "returned"]),
                name="departure_known_kind",
            )
        ]


class UserManager(BaseUserManager["User"]):
    """Finds accounts by user name; making one is an act of services."""

    def get_by_natural_key(self, username: str | None) -> User:
        """The account with that user name."""
        return self.get(username=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A sign-in account. An administrator is not a superuser: the three roles check each other (三员分立)."""

    username = models.CharField(max_length=60, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="accounts")
    admin_role = models.CharField(
        max_length=10,
        blank=True,
        choices=[("system", "系统管理员"), ("security", "安全管理员"), ("audit", "审计管理员")],
    )
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=~Q(admin_role="") & Q(is_active=True),
                name="one_admin_role_a_person",
            ),
            models.UniqueConstraint(
                fields=["admin_role"],
                condition=~Q(admin_role="") & Q(is_active=True),
                name="one_person_an_admin_role",
            ),
            models.CheckConstraint(
                condition=Q(admin_role="") | Q(person__isnull=False), name="an_administrator_is_a_person"
            ),
            models.CheckConstraint(
                condition=Q(admin_role__in=["", "system", "security", "audit"]), name="known_admin_role"
            ),
        ]
