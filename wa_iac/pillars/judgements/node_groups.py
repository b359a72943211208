"""Node groups of EKS that a change replaces."""

from wa_iac.aws.eks import NodeGroup
from wa_iac.core.binding import value_at
from wa_iac.core.value import Absent, Known

_FIRST = (
    "Terraform deletes the old one first, with the nodes that its pods run on, unless its lifecycle says create_before_destroy"
)
_NAMED = ", for which the new one needs another node_group_name"


def deleted_first(group: NodeGroup) -> str:
    """A sentence on the order in which Terraform replaces a group; empty where it makes the new one first, as CloudFormation does."""
    lifecycle = group.declared.attributes.get("lifecycle", Absent())
    if group.dialect != "terraform" or value_at(lifecycle, "create_before_destroy") == Known(True):
        return ""
    named = not isinstance(value_at(group.declared.body, "node_group_name"), Absent)
    return f"{_FIRST}{_NAMED if named else ''}."
