"""What has to come first, and what happens to a domain of OpenSearch, if its encryption or its users are turned on, or its nodes change."""

from dataclasses import replace
from typing import Final

from wa_iac.aws.opensearch import Domain
from wa_iac.core.graph import Graph
from wa_iac.core.remedy import Remedy
from wa_iac.core.value import Known, Unknown, Value
from wa_iac.knowledge.allowed_values import allowed_for
from wa_iac.knowledge.dated import facts
from wa_iac.knowledge.instance_families import parsed, successor
from wa_iac.pillars.judgements.generations import without_disks

_WITHOUT: Final[list[str]] = facts("service_generations")["opensearch_without_encryption"]
_SINCE: Final[dict[str, list[int]]] = facts("service_generations")["opensearch_since_elasticsearch"]
_IN_PLACE: Final = 4
"""The first major version of the provider that changes the encryption of a domain in place."""
_EITHER: Final = (
    "OpenSearch, and Elasticsearch 6.7 or later, move the domain to new nodes, which may take hours; encryption cannot be turned off again. An older version "
    "has to be upgraded first."
)
_MOVED: Final = "The domain moves to new nodes, which may take hours. Encryption cannot be turned off again."
_UPGRADED_FIRST: Final = (
    "Elasticsearch before 6.7 cannot turn this on: a deployment would replace the domain by an empty one. First upgrade the domain in place to 6.7 or later, in "
    "steps, and test its clients with that. Then set {}; the domain moves to new nodes, and it cannot be turned off again. CloudFormation upgrades in place "
    "only with EnableVersionUpgrade in the UpdatePolicy, and replaces the domain otherwise."
)
_OLDEST: Final = (
    "Without a version, this domain has Elasticsearch 1.5, which cannot encrypt, and which cannot be upgraded in place: make a new domain with a version "
    "of today and with {}, write its documents there again, and let its clients and the policies that name the old one use the new one."
)
NEW_ONE: Final = "Clients, programs and policies that name the old domain or its endpoint need the new one."
"""What a domain in place of another one asks for."""


_PROVIDER: Final = "Versions of the AWS provider before 4, to which this configuration is limited, replace the domain by an empty one for this: upgrade the provider first."


def how_to_turn_on(domain: Domain, graph: Graph, code: Remedy, setting: str) -> Remedy:
    """The code that turns on a kind of encryption, with what it needs and does. There is none for a version that has to go first; `setting` is its name."""
    if domain.has_oldest():
        return Remedy(decision=_OLDEST.format(setting))
    nodes = " ".join(filter(None, (_provider_first(domain, graph), _other_type(domain, graph))))
    if domain.older_than(6, 7) == Known(True):
        return Remedy(decision=" ".join(filter(None, (_UPGRADED_FIRST.format(setting), nodes))))
    # Without a version, a domain of the newer types has the latest OpenSearch.
    change = _EITHER if isinstance(domain.engine_version, Unknown) else _MOVED
    return replace(code, decision=" ".join(filter(None, (nodes, change))))


def _provider_first(domain: Domain, graph: Graph) -> str:
    if domain.dialect != "terraform" or domain.as_cloudformation:
        return ""
    from wa_iac.knowledge.provider_versions import newest_major

    return _PROVIDER if graph.once(newest_major) < _IN_PLACE else ""


def type_first(domain: Domain, graph: Graph, cannot: str = "have no fine-grained access control") -> str:
    """Which type of nodes has to come first, since the one of a domain has neither encryption nor fine-grained access control; empty if none has to."""
    return _other_type(domain, graph, cannot)


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


def _other_type(domain: Domain, graph: Graph, cannot: str = "cannot encrypt") -> str:
    return " ".join(filter(None, (_other_nodes(domain, graph, cannot), _other_masters(domain, graph, cannot))))


def _other_masters(domain: Domain, graph: Graph, cannot: str) -> str:
    """The same for the dedicated masters, if a domain has them."""
    if domain.dedicated_masters != Known(True) or not isinstance(domain.master_type, Known):
        return ""
    named = domain.master_type.value
    found = parsed(named)
    if found is None or found.family not in _WITHOUT:
        return ""
    better = successor(named.replace("t2.micro", "t2.small"), "opensearch")
    return (
        f"Dedicated masters of the type {named} {cannot}: change their type first, for example to {better}."
        f"{_to_allow(domain.master_type, domain, better, graph)}"
    )


def _other_nodes(domain: Domain, graph: Graph, cannot: str) -> str:
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
    allowed = _to_allow(domain.instance_type, domain, better, graph)
    return f"Nodes of the type {named} {cannot}: change the type first, for example to {better}.{allowed}{disks}"


def _to_allow(given: Value[str], domain: Domain, type_: str, graph: Graph) -> str:
    """A sentence on the parameter that gives the type of a domain's nodes or masters and does not allow another one; empty if there is none."""
    parameter, allowed = allowed_for(given, domain, graph)
    return f" Add it to the AllowedValues of {parameter} too." if allowed and type_ not in allowed else ""
