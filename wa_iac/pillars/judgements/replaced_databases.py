"""What a database needs before it can be replaced, and what is replaced together with it."""

from collections.abc import Iterable
from typing import Final

from wa_iac.core.binding import value_at
from wa_iac.core.resource import Resource
from wa_iac.core.value import Absent, Known

from .wording import listed

_PROTECTION: Final = ("DeletionProtection", "deletion_protection")


def kept_from_deletion(database: Resource) -> str:
    """A sentence on what keeps a database from being deleted when it is replaced; empty if nothing here does. Terraform asks for the name
    of a last snapshot, unless none is to be made."""
    body = database.declared.body
    lifecycle = database.declared.attributes.get("lifecycle", Absent())
    held = [
        *(["its deletion protection"] if any(value_at(body, each) == Known(True) for each in _PROTECTION) else []),
        *(["prevent_destroy"] if value_at(lifecycle, "prevent_destroy") == Known(True) else []),
    ]
    said = [f"First turn off what keeps the old one from being deleted: {listed(held)}."] if held else []
    if database.dialect == "terraform" and not database.as_cloudformation:
        named = (value_at(body, "final_snapshot_identifier"), value_at(body, "skip_final_snapshot"))
        if isinstance(named[0], Absent) and (isinstance(named[1], Absent) or named[1] == Known(False)):
            said.append(
                "To delete the old one, Terraform needs a final_snapshot_identifier in its state first, or skip_final_snapshot = true."
            )
    return " ".join(said)


def members_too(cluster: Resource, members: Iterable[Resource]) -> str:
    """A sentence on the instances that CloudFormation makes anew before it deletes the old ones: they cannot have the same names."""
    if cluster.dialect != "cloudformation":
        return ""
    named = [each.address.rpartition("/")[2] for each in members if not isinstance(each.key_of(each.declared), Absent)]
    if not named:
        return ""
    ones = "its instance" if len(named) == 1 else "its instances"
    return f"CloudFormation replaces {ones} {listed(named)} with it: the fixed DBInstanceIdentifier has to change too."
