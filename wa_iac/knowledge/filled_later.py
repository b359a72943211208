"""Groups whose instances pass a load balancer's check only after something else has put the application on them.

A new instance of such a group is unhealthy until then, and one that works may be without the job that answers the check.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wa_iac.aws.autoscaling import AutoScalingGroup
from wa_iac.aws.codedeploy import DeploymentGroup
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.value import Absent

from .called import called
from .machine_images import hints
from .user_data import Server, readable, scripts, uncommented

_SCHEDULERS: Final = late(r"\b(nomad|swarm|mesos|marathon|dc ?os|rancher|k3s|rke2)\b")
_JOINS: Final = late(
    r"\b(nomad)(?:\s+agent\b|\.service\b|\.d\b|\.hcl\b)|\bsystemctl\b[^\n]*\s(nomad)\b|\bdocker\s+(swarm)\s+join\b|"
    r"get\.(k3s|rke2)\.io\b|\b(k3s)\s+agent\b"
)
"""How a script makes its server one of those on which a scheduler places jobs ("agent", Nomad's reference; "docker swarm join", Docker's
reference; "Quick-Start Guide", documentation of K3s and RKE2)."""
_WITHOUT_SITE: Final = late(r"\ba2dissite\b|\brm\b[^\n]*/sites-enabled/default\b")
"""How a script takes away the page that a package of a web server brings."""
_BRINGS: Final = late(
    r"\ba2ensite\b|/sites-available/|/conf\.d/|/var/www\b|\b(?:git|svn)\s+clone\b|\baws\s+s3\b|\bwget\b|\bcurl\s+[-\"'$h]|\bdocker\b|\bpodman\b|"
    r"\bansible|\bpuppet\b|\bchef\b|\bsalt\b|\bcfn-init\b|\bcodedeploy|\btar\s|\bunzip\b"
)
"""How a script may bring an application or its configuration."""
_QUOTED: Final = ('"', "'")
_OWN_IMAGES: Final = late(r"'owners?': \[?'self'|imagebuilder|packer")


def scheduled_by(group: AutoScalingGroup, graph: Graph) -> str:
    """The scheduler that places jobs on its instances, by their names, the security groups that they have, or their user data; empty if
    none is seen."""
    for name in _names(group):
        if (found := _SCHEDULERS.search(name)) is not None:
            return found[0]
    for start in _starts(group):
        for script in scripts(start, graph):
            if (found := _JOINS.search(uncommented(script.text))) is not None:
                return found[found.lastindex or 0]
    return ""


def are_started_bare(group: AutoScalingGroup, graph: Graph) -> bool:
    """Whether nothing here starts an application on its instances: they have no user data, or one without commands or with a web server without
    a site, CodeDeploy does not deploy to them, and nothing says that their image is a team's own."""
    starts = _starts(group)
    return (
        bool(starts) and all(_is_bare(each, graph) for each in starts) and group not in graph.index(DeploymentGroup, _deployed)
    )


def _is_bare(start: Server, graph: Graph) -> bool:
    return _starts_nothing(start) and not any(_OWN_IMAGES.search(each) for each in hints(start.image, graph))


def _starts_nothing(start: Server) -> bool:
    if isinstance(start.user_data, Absent):
        return True
    text = readable(start.user_data)
    if text is None:
        return False
    if text.startswith(_QUOTED):
        return True  # cloud-init runs nothing that it does not know by its first characters ("User-data formats", cloud-init)
    text = uncommented(text).strip()
    return not text or (_WITHOUT_SITE.search(text) is not None and _BRINGS.search(text) is None)


def _names(group: AutoScalingGroup) -> Iterator[str]:
    yield from called(group, Absent())
    for start in _starts(group):
        yield from called(start, Absent())
        for each in start.security_groups:
            yield from called(each, Absent())


def _starts(group: AutoScalingGroup) -> list[Server]:
    return [*group.launch_template, *group.launch_configuration]


def _deployed(deployments: DeploymentGroup) -> Iterator[AutoScalingGroup]:
    yield from deployments.groups
