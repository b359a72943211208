"""Groups of instances that something else sizes and renews: the cluster of containers they belong to."""

import re
from collections.abc import Hashable, Iterator
from typing import Final

from wa_iac.aws.autoscaling import AutoScalingGroup
from wa_iac.aws.ecs import CapacityProvider
from wa_iac.aws.elbv2 import TargetGroup
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.value import Absent, Known, Unknown, Value

from .user_data import Server, scripts, uncommented

_TAGS: Final = {
    "k8s.io/": "Kubernetes manages it",
    "kubernetes.io/": "Kubernetes manages it",
    "KubernetesCluster": "Kubernetes manages it",
    "karpenter.sh/": "Kubernetes manages it",
    "eks:": "Kubernetes manages it",
    "alpha.eksctl.io/": "Kubernetes manages it",
    "elasticbeanstalk:": "Elastic Beanstalk manages it",
    "AmazonECSManaged": "ECS scales it",
}

_GROUPS: Final = frozenset(AutoScalingGroup.types())

_KUBELET: Final = late(
    r"\bkubelet\b|/etc/eks/bootstrap\.sh\b|\bnodeadm\b|\bnode\.eks\.aws/|\bkubeadm\s+join\b|\[settings\.kubernetes\b"
)
"""How a script makes its server a node of Kubernetes: the agent itself, or what starts it in the images for Amazon EKS
(Amazon EKS User Guide, "Customize managed nodes with launch templates"). A configuration for kubectl alone is a client's."""

_ECS_AGENT: Final = late(r"\bECS_CLUSTER\b|/etc/ecs/ecs\.config\b|\bInitialize-ECSAgent\b|\[settings\.ecs\b")
"""How a script makes its server a member of a cluster of ECS ("Amazon ECS container agent configuration", Amazon ECS Developer Guide)."""

_RUNS: Final = late(
    r"\b(?:docker|podman|nerdctl)\s+(?:container\s+)?run\b|\bdocker[- ]compose\b.*\bup\b|\bdocker\s+stack\s+deploy\b"
)
_OF_THE_HOST: Final = late(r"--net(?:work)?[= ]host\b")
"""A container in the network of its host is as near to the metadata service as this ("docker container run", Docker's reference)."""
_HEALTH_PORTS: Final = frozenset({"10254", "10256"})
"""The ports on which the NGINX ingress controller and kube-proxy say that they are healthy."""

_ECS_IMAGES: Final = late(r"/aws/service/(?:ecs/|bottlerocket/aws-ecs)|ami-ecs-|\becs[-_]optimized\b|\bbottlerocket-aws-ecs")
"""Names of images with the agent of ECS: "Retrieving Amazon ECS-optimized Linux AMI metadata" (Amazon ECS Developer Guide) and Bottlerocket's
documentation."""
_NODE_IMAGES: Final = late(r"/aws/service/(?:eks/|bottlerocket/aws-k8s)|\bamazon-eks-|\bbottlerocket-aws-k8s|\bubuntu-eks/")
"""The same for Kubernetes: "Retrieve recommended Amazon Linux AMI IDs" (Amazon EKS User Guide)."""

_ANY: Final = "any group"
"""Stands for the group of a capacity provider that is not known."""


def orchestrator(group: AutoScalingGroup, graph: Graph) -> Value[str]:
    """Who looks after the group instead of its own policies; absent where it is on its own."""
    scaled_by_ecs = graph.index(CapacityProvider, _scaled)
    if group in scaled_by_ecs or _ANY in scaled_by_ecs:
        return Known("ECS scales it")
    why: Unknown | None = None
    for tag in group.group_tags:
        match tag.key:
            case Known(key) | Unknown(parts=(str(key), *_)):
                for start, reason in _TAGS.items():
                    if key.startswith(start):
                        return Known(reason)
            case Unknown() as unknown if not unknown.parts:
                why = unknown
            case _:
                pass
    return Absent() if why is None else why


def is_of_kubernetes(group: AutoScalingGroup, graph: Graph) -> bool:
    """Whether its instances are nodes of Kubernetes, which should be drained before anything removes them: by user data, or by what a
    load balancer probes on all of them."""
    starts = (*group.launch_template, *group.launch_configuration)
    if any(is_a_node(start, graph) for start in starts):
        return True
    probed = [each.health_check_port for each in group.traffic if isinstance(each, TargetGroup)]
    return bool(probed) and all(isinstance(port, Known) and _is_of_a_node(port.value) for port in probed)


def is_of_ecs(server: Server, graph: Graph) -> bool:
    """Whether a server joins a cluster of ECS, whose agent runs containers on it: by user data, or by its image."""
    by_user_data = any(_ECS_AGENT.search(uncommented(script.text)) for script in scripts(server, graph))
    return by_user_data or _has_image(server, _ECS_IMAGES, graph)


def runs_containers(server: Server, graph: Graph) -> bool:
    """Whether a server starts containers itself, in a network of their own."""
    return any(
        _RUNS.search(line) and not _OF_THE_HOST.search(line)
        for script in scripts(server, graph)
        for line in uncommented(script.text).replace("\\\n", " ").splitlines()
    )


def is_a_node(server: Server, graph: Graph) -> bool:
    """Whether a server joins a cluster of Kubernetes: by user data, or by its image."""
    by_user_data = any(_KUBELET.search(uncommented(script.text)) for script in scripts(server, graph))
    return by_user_data or _has_image(server, _NODE_IMAGES, graph)


def _has_image(server: Server, names: re.Pattern[str], graph: Graph) -> bool:
    """Whether a server starts from an image that is called so."""
    # Imported here, since most servers have user data that says it.
    from .machine_images import hints

    return any(names.search(each) for each in hints(server.image, graph))


def hosts_containers(server: Server, graph: Graph) -> bool:
    """Whether containers of ECS or Kubernetes run on a server: by its user data, its image, or the group that starts it."""
    if is_of_ecs(server, graph) or is_a_node(server, graph):
        return True
    groups = (graph.typed(each, AutoScalingGroup) for each in graph.referring(server, _GROUPS))
    return any(isinstance(orchestrator(each, graph), Known) and not _is_of_beanstalk(each) for each in groups)


def _is_of_beanstalk(group: AutoScalingGroup) -> bool:
    return any(isinstance(each.key, Known) and each.key.value.startswith("elasticbeanstalk:") for each in group.group_tags)


def _is_of_a_node(port: str) -> bool:
    """Whether a port is one of the ingress controller or kube-proxy, or from the default range of node ports ("Service", Kubernetes
    documentation)."""
    return re.fullmatch("[0-9]{1,5}", port) is not None and (port in _HEALTH_PORTS or 30000 <= int(port) <= 32767)


def _scaled(provider: CapacityProvider) -> Iterator[Hashable]:
    """The groups that ECS scales for a capacity provider."""
    if provider.managed_scaling != Known("DISABLED"):
        yield from provider.group
        if provider.group.unknown is not None:
            yield _ANY
