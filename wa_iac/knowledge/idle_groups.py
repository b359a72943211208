"""Launch templates and configurations of groups that start no instance."""

from __future__ import annotations

from typing import Final

from wa_iac.aws.autoscaling import AutoScalingGroup, LaunchConfiguration
from wa_iac.aws.ec2 import LaunchTemplate
from wa_iac.core.graph import Graph
from wa_iac.core.value import Absent, Known

_GROUPS: Final = frozenset(AutoScalingGroup.types())
_NO_USERS: Final = frozenset({"output", "module"})


def starts_none(server: LaunchTemplate | LaunchConfiguration, graph: Graph) -> str:
    """Why nothing here starts an instance from it: a sentence on its groups; empty if something may."""
    groups = [graph.typed(each, AutoScalingGroup) for each in graph.referring(server, _GROUPS)]
    if not groups or not all(map(_is_idle, groups)) or graph.referring(server, graph.types - _GROUPS - _NO_USERS):
        return ""
    its = "Its group starts" if len(groups) == 1 else "Its groups start"
    return f"{its} no instance as it is written here: the desired number is 0, and nothing raises it."


def _is_idle(group: AutoScalingGroup) -> bool:
    """Whether a group begins without instances, and nothing here adds any."""
    if group.max_size == Known(0):
        return True
    numbers = (group.min_size, group.desired)
    written = all(each == Known(0) and not each.origin.by_default for each in numbers)
    changed = (group.policies.presence, group.scheduled.presence)
    return written and all(isinstance(each, Absent) for each in changed) and not group.ignores("desired_capacity")
