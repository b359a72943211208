"""Whether security groups let in addresses of the internet."""

from collections.abc import Callable, Iterable
from typing import Final

from wa_iac.aws.vpc import IngressRule, SecurityGroup, SecurityGroupIngress
from wa_iac.core.declared import INDEX
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of, first_unknown, holds
from wa_iac.core.networks import covers_internet, is_wide
from wa_iac.core.reasons import Said, UnsetParameter, UnsetVariable
from wa_iac.core.resource import Link
from wa_iac.core.value import Absent, Known, Origin, Unknown, Value

from .given_away import is_given_away
from .security_group_rules import address_ranges, by_prefix_list, everything, ingress, is_of_a_network, port, together

_MODULES: Final = frozenset({"module"})
_DEFAULT_GROUP: Final = "aws_default_security_group"
_WEBSITES: Final = (80, 443)
_PINGS: Final = frozenset({"icmp", "icmpv6", "1", "58"})
_OF_CLUSTERS: Final = frozenset({"ClusterSecurityGroupId", "cluster_security_group_id"})


def admits_internet(
    links: Iterable[Link[SecurityGroup]],
    graph: Graph,
    *,
    narrow: bool = False,
    but_asked_for: bool = False,
    only_ipv4: bool = False,
) -> Value[bool]:
    """Whether the security groups that some arguments name let in an address of the internet. With `narrow`, a few addresses do not
    count, with `but_asked_for` those that whoever deploys has to name do not either, and with `only_ipv4` those of IPv6."""
    named = list(links)
    groups = dict.fromkeys(group for link in named for group in link)
    rules = (rule for group in groups for rule in together(group))
    answers = [_admits(rule, narrow=narrow, but_asked_for=but_asked_for, only_ipv4=only_ipv4) for rule in rules]
    of_clusters = [link for link in named if _other_groups_are_of_clusters(link)]
    doubts = [*(link.unknown for link in named if link not in of_clusters), *(_other_rule(group, graph) for group in groups)]
    if of_clusters:
        doubts.append(graph.once(_loose_rules).get(""))
    if not (groups or of_clusters) or any(link.external for link in named):
        doubts.append(Unknown(Said("its security groups are not declared with it"), "groups elsewhere"))
    return any_of((*answers, *(each for each in doubts if each is not None)), Origin())


def _other_groups_are_of_clusters(link: Link[SecurityGroup]) -> bool:
    """Whether all groups that are not known here are those which EKS makes for a cluster: they let in their own members only ("View Amazon EKS
    security group requirements for clusters", Amazon EKS User Guide)."""
    return link.unknown in link.unclear and all(map(_is_of_a_cluster, link.unclear))


def _is_of_a_cluster(group: Unknown) -> bool:
    return bool(group.origin.references) and all(
        each.attribute.rpartition(".")[2] in _OF_CLUSTERS for each in group.origin.references
    )


def only_default_group(links: Iterable[Link[SecurityGroup]], graph: Graph) -> bool:
    """Whether nothing names a security group, so that AWS takes the VPC's default one, which lets in its own members only until somebody
    changes it ("Default security groups for your VPCs", Amazon VPC User Guide), as no code here does."""
    return _DEFAULT_GROUP not in graph.types and all(isinstance(each.presence, Absent) for each in links)


def addresses_asked_for(links: Iterable[Link[SecurityGroup]], graph: Graph, *, only_ipv4: bool = False) -> str:
    """The parameter or variable by which whoever deploys has to name the addresses of the internet that some security groups let in;
    empty if they may let in others also."""
    named = list(links)
    if admits_internet(named, graph, narrow=True, but_asked_for=True, only_ipv4=only_ipv4) != Known(False):
        return ""
    rules = (rule for link in named for group in link for rule in together(group))
    return next((asked for rule in rules for each in address_ranges(rule) if (asked := _asked_for(each))), "")


def _asked_for(addresses: Value[str]) -> str:
    """What has to be given for a range, since nothing gives it."""
    match addresses.reason if isinstance(addresses, Unknown) else None:
        case UnsetParameter() as reason:
            return reason.subject
        case UnsetVariable(of_root=True) as reason:
            return reason.subject
        case _:
            return ""


def admits_port(links: Iterable[Link[SecurityGroup]], number: int, graph: Graph, *, by_this_code: bool = False) -> Value[bool]:
    """Whether the security groups that some arguments name let anybody in at a TCP port. Others who get a group may add rules to it, unless
    only the rules of this code are meant."""
    named = list(links)
    groups = dict.fromkeys(group for link in named for group in link)
    answers = [_opens(rule, number) for group in groups for rule in together(group)]
    doubts = [*(link.unknown for link in named), *(group.standalone.unknown for group in groups)]
    if (
        not answers
        or any(link.external for link in named)
        or (not by_this_code and any(is_given_away(group, graph) for group in groups))
    ):
        doubts.append(Unknown(Said("rules of its security groups may be elsewhere"), "groups elsewhere"))
    return any_of((*answers, *(each for each in doubts if each is not None)), Origin())


def _opens(rule: IngressRule, number: int) -> Value[bool]:
    return rule.unknown if rule.unknown is not None else any_of((everything(rule), port(rule, number)), Origin())


def opens_more_than_a_website(links: Iterable[Link[SecurityGroup]], *, only_ipv4: bool = False) -> bool:
    """Whether the security groups that some arguments name surely let many addresses of the internet in, at another port than those of
    websites. Answers to a ping count for nothing, nor does a prefix list: that of CloudFront is no stranger."""
    groups = dict.fromkeys(group for link in links for group in link)
    return any(
        _is_more_than_a_website(rule)
        and any(_is_wide(each) == Known(True) for each in address_ranges(rule, (rule.ipv4,) if only_ipv4 else ()))
        for group in groups
        for rule in together(group)
    )


def _is_more_than_a_website(rule: IngressRule) -> bool:
    if everything(rule) == Known(True):
        return True
    match rule.protocol, rule.from_port, rule.to_port:
        case Known(str() as protocol), Known(int() as first), Known(int() as last):
            return protocol.lower() not in _PINGS and not first == last in _WEBSITES
        case _:
            return False


def known_groups_admit(links: Iterable[Link[SecurityGroup]]) -> Value[bool]:
    """Whether one of the security groups that are declared here lets in an address of the internet; absent if none is declared."""
    groups = dict.fromkeys(group for link in links for group in link)
    if not groups:
        return Absent()
    return any_of((_admits(rule, narrow=False) for group in groups for rule in together(group)), Origin())


def _other_rule(group: SecurityGroup, graph: Graph) -> Unknown | None:
    """Why another rule, of which the group is not known, may belong to a group and let somebody in. The output of a module that is not
    installed names no group that the module is not given."""
    loose = graph.once(_loose_rules)
    if not loose:
        return None
    modules = (INDEX.sub("", each.address) for each in graph.referring(group, _MODULES))
    return first_unknown(loose.get(""), *(loose.get(each) for each in modules))


def _loose_rules(graph: Graph) -> dict[str, Unknown]:
    """Why it is not known which group a rule belongs to that may let in the internet, by the address of the module that says so; an
    empty address stands for anything else."""
    found: dict[str, Unknown] = {}
    for rule in graph.of(SecurityGroupIngress):
        why = rule.group.unknown
        if why is None or rule.group.targets or all(_admits(each, narrow=False) == Known(False) for each in ingress(rule)):
            continue
        addresses = [INDEX.sub("", each.address) for each in why.origin.references]
        elsewhere = bool(addresses) and all(each.rpartition(".")[0].endswith("module") for each in addresses)
        for address in addresses if elsewhere else [""]:
            found.setdefault(address, why)
    return found


def _admits(rule: IngressRule, *, narrow: bool, but_asked_for: bool = False, only_ipv4: bool = False) -> Value[bool]:
    if rule.unknown is not None:
        return rule.unknown
    listed = address_ranges(rule, (rule.ipv4,)) if only_ipv4 else address_ranges(rule)
    ranges = [each for each in listed if not is_of_a_network(each) and not (but_asked_for and _asked_for(each))]
    test = _is_wide if narrow else _covers_internet
    return any_of((by_prefix_list(rule, test), *map(test, ranges)), Origin())


def _covers_internet(addresses: Value[str]) -> Value[bool]:
    return _whatever(addresses, covers_internet)


def _is_wide(addresses: Value[str]) -> Value[bool]:
    """Whether a range of the internet has many addresses. One address that is not known is one address: `${local.mine}/32`."""
    parts = addresses.parts if isinstance(addresses, Unknown) else ()
    if parts and str(parts[-1]) in ("/32", "/128"):
        return Known(False, addresses.origin)
    return _whatever(addresses, is_wide)


def _whatever(addresses: Value[str], test: Callable[[str], bool]) -> Value[bool]:
    """Whether a range passes a test; of a range that depends on the Region or a condition, also if all that it may be do not."""
    several = addresses.alternatives if isinstance(addresses, Unknown) else ()
    may_be = [each.value.value if isinstance(each.value, Known) else None for each in several]
    if several and all(isinstance(each, str) and not test(each) for each in may_be):
        return Known(False, addresses.origin)
    return holds(addresses, test)
