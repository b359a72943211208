"""Groups of instances that something else sizes and renews: the cluster of containers they belong to."""

from typing import Final

from wa_iac.aws.autoscaling import AutoScalingGroup
from wa_iac.aws.ecs import CapacityProvider
from wa_iac.core.graph import Graph
from wa_iac.core.value import Absent, Known, Unknown, Value

_TAGS: Final = {
    "k8s.io/": "Kubernetes looks after it",
    "kubernetes.io/": "Kubernetes looks after it",
    "karpenter.sh/": "Kubernetes looks after it",
    "eks:": "Kubernetes looks after it",
    "alpha.eksctl.io/": "Kubernetes looks after it",
    "elasticbeanstalk:": "Elastic Beanstalk looks after it",
    "AmazonECSManaged": "ECS scales it",
}


def orchestrator(group: AutoScalingGroup, graph: Graph) -> Value[str]:
    """Who looks after the group instead of its own policies; absent where it is on its own."""
    for provider in graph.of(CapacityProvider):
        if provider.managed_scaling != Known("DISABLED") and (
            group in provider.group.targets or provider.group.unknown is not None
        ):
            return Known("ECS scales it")
    why: Unknown | None = None
    for tag in group.group_tags:
        match tag.key:
            case Known(key):
                for start, reason in _TAGS.items():
                    if key.startswith(start):
                        return Known(reason)
            case Unknown() as unknown if not unknown.parts:
                why = unknown
            case _:
                pass
    return Absent() if why is None else why
