"""What has to come first, and what happens to a domain of OpenSearch, if its encryption or its users are turned on, or its nodes change."""

from typing import Final

from wa_iac.aws.opensearch import Domain
from wa_iac.core.graph import Graph
from wa_iac.core.value import Known, Unknown
from wa_iac.knowledge.allowed_values import allowed_for
from wa_iac.knowledge.dated import facts
from wa_iac.knowledge.instance_families import parsed, successor
from wa_iac.pillars.judgements.generations import without_disks

_WITHOUT: Final[list[str]] = facts("service_generations")["opensearch_without_encryption"]
_SINCE: Final[dict[str, list[int]]] = facts("service_generations")["opensearch_since_elasticsearch"]
_EITHER: Final = (
    "OpenSearch, and Elasticsearch 6.7 or later, move the domain to new nodes, which may take hours. An older version needs a new domain: "
    "take a snapshot first, and restore it there."
)
_MOVED: Final = "The domain moves to new nodes, which may take hours. Encryption cannot be turned off again."
_NEW: Final = "Elasticsearch before 6.7 cannot turn this on: the domain is replaced by an empty one. Take a snapshot first, and restore it there."
_OLDEST: Final = (
    "Without a version, this domain has Elasticsearch 1.5, which cannot encrypt, and which cannot be upgraded in place: make a new domain with a version "
    "of today, and write its documents there again."
)


def how_to_turn_on(domain: Domain, graph: Graph) -> str:
    """What turning on a kind of encryption needs and does, as far as the version and the type of the nodes are known."""
    if domain.has_oldest():
        return " ".join(filter(None, (_OLDEST, _other_type(domain, graph))))
    older = domain.older_than(6, 7)
    # Without a version, a domain of the newer types has the latest OpenSearch.
    is_new = not isinstance(domain.engine_version, Unknown)
    change = _NEW if older == Known(True) else _MOVED if is_new else _EITHER
    return " ".join(filter(None, (_other_type(domain, graph), change)))


def type_first(domain: Domain, graph: Graph) -> str:
    """Which type of nodes has to come first, since the one of a domain has neither encryption nor fine-grained access control; empty if none has to."""
    return _other_type(domain, graph, "have no fine-grained access control")


def needs_later_version(domain: Domain) -> str:
    """The version of Elasticsearch that the successor of a domain's nodes needs, if the domain has an older one; else empty."""
    better = successor(domain.instance_type.value, "opensearch") if isinstance(domain.instance_type, Known) else ""
    since = _SINCE.get(better.partition(".")[0])
    if since is None or domain.older_than(since[0], since[1]) != Known(True):
        return ""
    return ".".join(map(str, since))


def _if_chosen(kind: Unknown, cannot: str) -> str:
    """A sentence on the types among which a condition chooses."""
    named = [str(each.value.value) for each in kind.alternatives if isinstance(each.value, Known)]
    old = sorted({each for each in named if (found := parsed(each)) is not None and found.family in _WITHOUT})
    return f"If it has nodes of the type {' or '.join(old)}, which {cannot}, change the type first." if old else ""


def is_replaced(domain: Domain) -> bool:
    """Whether turning on a kind of encryption surely makes a new domain."""
    return domain.has_oldest() or domain.older_than(6, 7) == Known(True)


def _other_type(domain: Domain, graph: Graph, cannot: str = "cannot encrypt") -> str:
    if isinstance(domain.instance_type, Unknown):
        return _if_chosen(domain.instance_type, cannot)
    if not isinstance(domain.instance_type, Known):
        return ""
    named = domain.instance_type.value
    found = parsed(named)
    if found is None or found.family not in _WITHOUT:
        return ""
    # T3 begins with small nodes.
    better = successor(named.replace("t2.micro", "t2.small"), "opensearch")
    lacks = without_disks(better) and found.family != "t2" and domain.volumes != Known(True)
    disks = " That has no disks of its own: turn on EBS volumes with it." if lacks else ""
    if version := needs_later_version(domain):
        larger = found.of("m5").replace(f".{found.size}.", ".large.")
        return (
            f"Nodes of the type {named} {cannot}: change the type first. {better} needs Elasticsearch {version} or later, to which this domain can be "
            f"upgraded in place; {larger} is larger and runs with its version.{_to_allow(domain, larger, graph)}"
        )
    allowed = _to_allow(domain, better, graph)
    return f"Nodes of the type {named} {cannot}: change the type first, for example to {better}.{allowed}{disks}"


def _to_allow(domain: Domain, type_: str, graph: Graph) -> str:
    """A sentence on the parameter that gives the type of a domain's nodes and does not allow another one; empty if there is none."""
    parameter, allowed = allowed_for(domain.instance_type, domain, graph)
    return f" Add it to the AllowedValues of {parameter} too." if allowed and type_ not in allowed else ""
