"""What a database needs before it can be replaced, and what is replaced together with it."""

from collections.abc import Iterable
from typing import Final

from wa_iac.core.algebra import references
from wa_iac.core.binding import value_at
from wa_iac.core.declared import INDEX
from wa_iac.core.resource import Resource
from wa_iac.core.value import Absent, Known

from .wording import listed

_CLUSTER: Final = ("DBClusterIdentifier", "db_cluster_identifier", "cluster_identifier")
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


def cluster_without_protection(cluster: Resource) -> str:
    """The message for a cluster that nothing protects from deletion. AWS refuses to delete one that has instances; what deletes everything that
    is declared deletes these first."""
    said = (
        "This cluster has no deletion protection: once it has no instances, a single request, by mistake or by an intruder, deletes it with all "
        "its data."
    )
    kept = cluster.declared.attributes.get("DeletionPolicy", Absent())
    if kept_from_deletion(cluster) or not (isinstance(kept, Absent) or kept in (Known("Delete"), Known("Snapshot"))):
        return said
    everything = "`terraform destroy`" if cluster.dialect == "terraform" else "The deletion of its stack"
    return f"{said} {everything} deletes the instances and the cluster at once."


def members_too(cluster: Resource, members: Iterable[Resource]) -> str:
    """Sentences on the instances of a cluster that is replaced. CloudFormation makes new ones before it deletes the old ones, which cannot have
    the same names. It replaces no instance that names the cluster by a text, and neither does Terraform, which cannot delete a cluster that still has
    instances."""
    listed_members = [*members]
    by_text = [each for each in listed_members if not _refers(each, cluster)]
    named = [_name(each) for each in listed_members if not isinstance(each.key_of(each.declared), Absent)]
    said = []
    if by_text:
        name = "DBClusterIdentifier" if cluster.as_cloudformation else "cluster_identifier"
        one = len(by_text) == 1
        left = "CloudFormation leaves" if cluster.dialect == "cloudformation" else "Terraform leaves"
        left += f" the instance{'' if one else 's'} in the old one"
        said.append(
            f"Its instance{'' if one else 's'} {listed([_name(each) for each in by_text])} name{'s' if one else ''} it by a text: refer to it in "
            f"{name} instead. Otherwise {left}{'' if cluster.dialect == 'cloudformation' else ', which it then cannot delete'}."
        )
    if named and cluster.dialect == "cloudformation":
        ones = "its instance" if len(named) == 1 else "its instances"
        then = "then " if by_text else ""
        said.append(
            f"CloudFormation {then}replaces {ones} {listed(named)} with it: the fixed DBInstanceIdentifier has to change too."
        )
    return " ".join(said)


def _refers(member: Resource, cluster: Resource) -> bool:
    """Whether what an instance says of its cluster refers to that. What is not known may do so."""
    named = [value_at(member.declared.body, each) for each in _CLUSTER]
    return not any(isinstance(each, Known) for each in named) or any(
        INDEX.sub("", reference.address) == INDEX.sub("", cluster.address) for each in named for reference in references(each)
    )


def _name(member: Resource) -> str:
    """What an instance is called in its own template or configuration."""
    return member.address.rpartition("/")[2]
