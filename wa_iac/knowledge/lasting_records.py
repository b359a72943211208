"""What says that the items of a table are records of people or of business, which nothing makes again."""

from __future__ import annotations

from typing import Final

from wa_iac.aws.dynamodb import GlobalTable, Table
from wa_iac.core.late_pattern import late
from wa_iac.core.value import Absent, Known

from .called import called, words_of

_OF_PEOPLE: Final = (
    r"users?|customers?|tenants?|members?|memberships?|players?|patients?|employees?|students?|people|persons?|profiles?"
)
_OF_BUSINESS: Final = r"orders?|payments?|invoices?|bookings?|reservations?|products?|forms?|tickets?"
_RECORDS: Final = late(
    rf"\b(?:{_OF_PEOPLE}|{_OF_BUSINESS}|contacts?|expenses?|rentals?|registrations?|subscriptions?|subscribers?|submissions?|surveys?|tiers?|"
    r"inventory|inventories|conversations?|comments?|posts?|notes?|todos?|reviews?|courses?|donations?|transactions?|"
    r"budgets?|appointments?|purchases?|shipments?|loans?|ledgers?|audits?|licen[cs]es?)\b"
)
"""How tables of such records are called."""
_DERIVED: Final = late(
    r"\b(?:aggregat(?:e|es|ed|ion|ions)|count(?:s|er|ers)?|stats|statistics|index|indexes|indices|lookups?)\b"
)
"""How tables are called whose items are made from others."""
_KEYS: Final = late(rf"\b(?:{_OF_PEOPLE}|{_OF_BUSINESS}|e ?mail)\b")
"""What their keys name."""


def keeps_records(table: Table | GlobalTable) -> bool:
    """Whether something says that a table keeps what nothing makes again: its name or its key, that Terraform may not delete it, or that there are
    copies in several Regions. What is made from other items is no record. `Retain` and deletion protection do not count, since the remedies of
    other rules write them: a repair must not bring the next finding."""
    if isinstance(table, GlobalTable) or table.replicas:
        return True
    if table.prevent_destroy == Known(True):
        return True
    names = list(called(table, Absent()))
    if any(map(_DERIVED.search, names)):
        return False
    if isinstance(table.hash_key, Known) and _KEYS.search(words_of(table.hash_key.value)):
        return True
    return any(map(_RECORDS.search, names))
