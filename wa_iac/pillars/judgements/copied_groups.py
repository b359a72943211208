"""Auto Scaling groups that CodeDeploy replaces by a copy at each deployment, and deletes then."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from wa_iac.aws.autoscaling import AutoScalingGroup
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flags, milder
from wa_iac.core.value import Known

if TYPE_CHECKING:
    from wa_iac.aws.codedeploy import DeploymentGroup

_COPIED: Final = (
    "{} replaces this group by a copy at each deployment and deletes it: once one has been made, a change of this code fails, and "
    "the copy has to be changed instead."
)


def where_copied(group: AutoScalingGroup, graph: Graph, found: Flags) -> Flags:
    """The flags of a check, with a sentence on the deployments that copy the group."""
    more: str | None = None
    for each in found:
        if more is None and each.verdict == "fail":  # Most groups have no fault.
            more = _who_copies(group, graph)
        yield from milder([each], more=more) if more else [each]


def _who_copies(group: AutoScalingGroup, graph: Graph) -> str:
    from wa_iac.aws.codedeploy import DeploymentGroup

    copying = graph.index(DeploymentGroup, _copied).get(group, ())
    return _COPIED.format(copying[0].address) if copying else ""


def _copied(deployments: DeploymentGroup) -> Iterator[AutoScalingGroup]:
    if deployments.fleet == Known("COPY_AUTO_SCALING_GROUP"):
        yield from deployments.groups
