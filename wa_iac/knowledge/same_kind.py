"""Instances that do the same work: copies of one server."""

from collections import defaultdict
from collections.abc import Hashable, Iterator
from functools import lru_cache

from wa_iac.aws.ec2 import Instance
from wa_iac.aws.parts.tags import entries
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.value import Absent, Known, Tree, Unknown

_INDEX = late(r"\[[^\]]*\]$")
_LONGEST_NUMBER = 40
_WORK = ("role", "tier", "component", "service", "function", "purpose")
"""Tags that say what a machine does."""
_NUMBER = late(r"(?:[_-]?\d+|[_-][a-z]|(?<=[a-z])[A-Z]|[_-]?(?i:one|two|three|primary|secondary))$")


@lru_cache(4096)
def _block(address: str) -> tuple[str, str | None]:
    """The block that makes an instance, and its name without the number or letter at its end; None where it has none."""
    block = _INDEX.sub("", address)
    start, end = block[:-_LONGEST_NUMBER], block[-_LONGEST_NUMBER:]
    return block, start + _NUMBER.sub("", end) if _NUMBER.search(end) else None


def _origins(instance: Instance) -> Iterator[Hashable]:
    """Where an instance comes from: its Terraform block; its image, with its name without the number or letter at the end."""
    block, stem = _block(instance.address)
    yield block
    if stem is not None and not isinstance(instance.image, Absent):
        yield stem, instance.image


def _make(instance: Instance) -> tuple[Tree, ...]:
    """What copies of one machine have in common: size, image, role, key, and the tags that name its work."""
    tags = {key.lower(): value for key, value in entries(instance.tags).items()}
    work = (tags.get(key, Absent()) for key in _WORK)
    return instance.instance_type, instance.image, instance.profile, instance.key_name, vpc_of(instance), *work


def vpc_of(instance: Instance) -> Tree:
    """The VPC of its subnet: instances in different ones do not stand in for each other. Absent if its subnet is not declared here."""
    for subnet in instance.subnet:
        if subnet.vpc.unknown is None:
            return next((Known(vpc.address) for vpc in subnet.vpc), subnet.vpc.value)
        return subnet.vpc.unknown
    return Absent()


class _Kinds:
    """The instances of a graph by kind: those of one origin that are not known to be of different makes. A property that is not
    known of one of them tells none of them apart."""

    def __init__(self, graph: Graph) -> None:
        self.members: dict[Hashable, list[Instance]] = defaultdict(list)
        self.of: dict[Instance, list[Hashable]] = defaultdict(list)
        self.positions = {each: number for number, each in enumerate(graph.of(Instance))}
        for origin, instances in graph.index(Instance, _origins).items():
            makes = [_make(each) for each in instances]
            known = [not any(isinstance(make[part], Unknown) for make in makes) for part in range(len(makes[0]))]
            for instance, make in zip(instances, makes, strict=True):
                kind = (origin, *(value for value, tells in zip(make, known, strict=True) if tells))
                self.members[kind].append(instance)
                self.of[instance].append(kind)


def alike(instance: Instance, graph: Graph) -> Iterator[Instance]:
    """The other instances that do the same work: of one Terraform block, or of one image with names that differ in a number or a letter,
    and of one make. One may come twice."""
    kinds = graph.once(_Kinds)
    return (other for kind in kinds.of[instance] for other in kinds.members[kind] if other != instance)


def same_kind(instance: Instance, graph: Graph) -> list[Instance]:
    """The instance and those that do the same work, in the order in which they are declared."""
    return sorted({instance, *alike(instance, graph)}, key=graph.once(_Kinds).positions.__getitem__)


def is_first_of_its_kind(instance: Instance, graph: Graph) -> bool:
    """Whether none of the instances that do the same work is declared before it."""
    kinds = graph.once(_Kinds)
    return all(kinds.positions[instance] <= kinds.positions[kinds.members[kind][0]] for kind in kinds.of[instance])
