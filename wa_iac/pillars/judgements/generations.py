"""Instance types of managed services for which there is a better one: of a newer generation, or with a Graviton processor."""

from collections.abc import Callable

from wa_iac.core.logic import holds
from wa_iac.core.rule import Confidence, Flags, Remedy, flag, settled
from wa_iac.core.value import Known, Value
from wa_iac.knowledge.instance_families import graviton, successor


def judge_previous(size: Value[str], service: str, remedy: Callable[[str], Remedy], first: str = "") -> Flags:
    """Flag a type of a previous generation. `remedy` makes the code for its successor; `first` is what a person has to do where only the
    family of that is known."""
    match settled(size):
        case Known(name) if better := successor(name, service):
            if "." in better:
                yield flag(
                    size,
                    f"{name} is of a previous generation: slower and more expensive for the same work than {better}.",
                    instead=remedy(better),
                )
                return
            # The next larger type of the other family may cost more each hour.
            yield flag(
                size,
                f"{name} is of a previous generation. {better}, which takes its place, has no type of its size.",
                confidence=Confidence.MEDIUM,
                instead=f"Compare the sizes of {better} with this one, by memory and by price: a larger type costs more. {first}".rstrip(),
            )
        case _:
            return


def has_sibling(size: Value[str], service: str) -> Value[bool]:
    """Whether there is a Graviton type of the same size."""
    return holds(size, lambda name: bool(graviton(name, service)))


def judge_graviton(size: Value[str], service: str, remedy: Callable[[str], Remedy]) -> Flags:
    """Flag a type with a Graviton sibling. `remedy` makes the code for that."""
    match settled(size):
        case Known(name) if better := graviton(name, service):
            yield flag(
                size,
                f"{name} needs more energy and costs more for the same work than {better}, which has a Graviton processor.",
                instead=remedy(better),
            )
        case _:
            return


def without_disks(better: str) -> bool:
    """Whether a type of data nodes, or a family, has no disks of its own, so that it needs EBS volumes."""
    return not better.startswith("i3")


def opensearch_nodes(better: str, *, alone: bool = False) -> Remedy:
    """The code for another type of the data nodes of an OpenSearch domain; `alone` says that it has no dedicated masters."""
    masters = "" if alone else "; change the dedicated masters in the same way"
    return Remedy(
        cfn={"ClusterConfig": {"InstanceType": better}},
        tf={"cluster_config": {"instance_type": better}},
        of={"AWS::Elasticsearch::Domain": {"ElasticsearchClusterConfig": {"InstanceType": better}}},
        decision=f"The domain moves to new nodes without an interruption{masters}.",
    )
