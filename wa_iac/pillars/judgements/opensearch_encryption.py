"""What has to come first, and what happens to a domain of OpenSearch, if its encryption or its users are turned on, or its nodes change."""

from collections.abc import Iterator
from typing import Final

from wa_iac.aws.opensearch import Domain
from wa_iac.core.algebra import below
from wa_iac.core.binding import value_at
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value
from wa_iac.knowledge.allowed_values import allowed_for
from wa_iac.knowledge.dated import facts
from wa_iac.knowledge.explicit_names import is_literal
from wa_iac.knowledge.instance_families import parsed, successor
from wa_iac.pillars.judgements.generations import without_disks
from wa_iac.pillars.judgements.wording import listed

_WITHOUT: Final[list[str]] = facts("service_generations")["opensearch_without_encryption"]
_SINCE: Final[dict[str, list[int]]] = facts("service_generations")["opensearch_since_elasticsearch"]
_HOLDERS: Final = late(
    r"AWS::IAM::|aws_iam_|awscc_iam_|AWS::(?:OpenSearchService|Elasticsearch)::Domain$|awscc_opensearchservice_domain$"
    r"|aws_(?:opensearch|elasticsearch)_domain(?:_policy)?$"
)
"""The types of what has policies for domains."""
_IN_ARN: Final = late(r"\bdomain/([a-z][a-z0-9-]{2,27})(?![a-z0-9-])")
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


def named_elsewhere(domain: Domain, graph: Graph) -> str:
    """A sentence on the policies that have the name of a domain as text in an ARN, which the name of a new domain does not change; empty if there is none,
    or if the new domain may have the same name, since Terraform deletes the old one first."""
    lifecycle = domain.declared.attributes.get("lifecycle", Absent())
    if domain.dialect == "terraform" and value_at(lifecycle, "create_before_destroy") != Known(True):
        return ""
    if not isinstance(domain.name, Known) or not is_literal(domain.name):
        return ""
    holders = graph.once(_domains_named).get(domain.name.value, [])
    said = [
        *(each for each in holders if each != domain.address),
        *(["its own access policy"] if domain.address in holders else []),
    ]
    return f"The present name is written as text in {listed(said)}: a new name has to be written there too." if said else ""


def _domains_named(graph: Graph) -> dict[str, list[str]]:
    """The addresses of the policies, and of the resources with policies, that have the ARN of a domain as text, by the name of the domain."""
    found: dict[str, list[str]] = {}
    for each in graph.declared:
        if _HOLDERS.match(each.type) is None:
            continue
        for text in dict.fromkeys(_texts(each.body)):
            for name in _IN_ARN.findall(text):
                if each.address not in found.setdefault(name, []):
                    found[name].append(each.address)
    return found


def _texts(value: Tree) -> Iterator[str]:
    """The texts anywhere in a value, and the pieces of those that are not fully known, as they are written: what a reference gave is left out."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Known) and isinstance(each.value, str):
            if each.origin.document is not None:
                waiting.append(each.origin.document)
            elif not each.origin.references:
                yield each.value
            continue
        if isinstance(each, Unknown):
            yield from (part for part in each.parts if isinstance(part, str))
        waiting += below(each)


def _if_chosen(kind: Unknown, cannot: str) -> str:
    """A sentence on the types among which a condition chooses."""
    named = [str(each.value.value) for each in kind.alternatives if isinstance(each.value, Known)]
    old = sorted({each for each in named if (found := parsed(each)) is not None and found.family in _WITHOUT})
    return f"If it has nodes of the type {' or '.join(old)}, which {cannot}, change the type first." if old else ""


def is_replaced(domain: Domain) -> bool:
    """Whether turning on a kind of encryption surely makes a new domain."""
    return domain.has_oldest() or domain.older_than(6, 7) == Known(True)


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
    since = _SINCE.get(better.partition(".")[0])
    if since is not None and domain.older_than(since[0], since[1]) == Known(True):
        better = found.of("m5").replace(f".{found.size}.", ".large.")
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
    if version := needs_later_version(domain):
        larger = found.of("m5").replace(f".{found.size}.", ".large.")
        return (
            f"Nodes of the type {named} {cannot}: change the type first. {better} needs Elasticsearch {version} or later, to which this domain can be "
            f"upgraded in place; {larger} is larger and runs with its version.{_to_allow(domain.instance_type, domain, larger, graph)}"
        )
    allowed = _to_allow(domain.instance_type, domain, better, graph)
    return f"Nodes of the type {named} {cannot}: change the type first, for example to {better}.{allowed}{disks}"


def _to_allow(given: Value[str], domain: Domain, type_: str, graph: Graph) -> str:
    """A sentence on the parameter that gives the type of a domain's nodes or masters and does not allow another one; empty if there is none."""
    parameter, allowed = allowed_for(given, domain, graph)
    return f" Add it to the AllowedValues of {parameter} too." if allowed and type_ not in allowed else ""
