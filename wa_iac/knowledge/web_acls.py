"""Whether AWS WAF filters the requests to a resource.

"Associating or disassociating protection with an AWS resource" (AWS WAF Developer Guide).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from wa_iac.aws.parts.tags import entries
from wa_iac.core.awscc import and_awscc
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import any_of, first_unknown
from wa_iac.core.presence import given
from wa_iac.core.reader import doubt
from wa_iac.core.reasons import Said
from wa_iac.core.resource import Resource
from wa_iac.core.value import Known, Unknown, Value

from .called import words_of
from .importers import imported_by

if TYPE_CHECKING:
    from wa_iac.aws.apigateway import Stage
    from wa_iac.aws.appsync import GraphqlApi
    from wa_iac.aws.cloudfront import Distribution
    from wa_iac.aws.elbv2 import LoadBalancer
    from wa_iac.aws.wafv2 import WebAcl

REGIONAL: Final = "REGIONAL"
CLOUDFRONT: Final = "CLOUDFRONT"
_ACLS: Final = frozenset(and_awscc("AWS::WAFv2::WebACL", "aws_wafv2_web_acl"))
_ASSOCIATIONS: Final = frozenset(
    and_awscc(
        *("AWS::WAFv2::WebACLAssociation", "AWS::WAFRegional::WebACLAssociation"),
        *("aws_wafv2_web_acl_association", "aws_wafregional_web_acl_association"),
    )
)
_DISTRIBUTIONS: Final = frozenset(and_awscc("AWS::CloudFront::Distribution", "aws_cloudfront_distribution"))
_MANAGERS: Final = frozenset(and_awscc("AWS::FMS::Policy", "aws_fms_policy"))
"""The types of the policies of Firewall Manager, which associate web ACLs by themselves."""
_FOR_MANAGER: Final = late(r"(?i)\bfms|\bfirewall ?manager\b")
"""A tag that selects for Firewall Manager, by its name."""


def managed_centrally(resource: Distribution | LoadBalancer | Stage | GraphqlApi, graph: Graph) -> Value[bool]:
    """Whether Firewall Manager has a policy here. A tag that is for one, as it selects resources by their tags, leaves it open ("Policy", AWS
    Firewall Manager API Reference)."""
    if not _MANAGERS.isdisjoint(graph.types):
        return Known(True)
    name = next((each for each in entries(resource.tags) if _FOR_MANAGER.search(words_of(each)) is not None), "")
    if not name:
        return Known(False)
    why = f"its tag {name} is for a policy of Firewall Manager, which may associate a web ACL"
    return Unknown(Said(why, "look at the policies of Firewall Manager"), ("managed", resource.address), resource.tags.origin)


def associated(resource: Resource, graph: Graph) -> Value[bool]:
    """Whether a web ACL is associated with a resource of a Region."""
    elsewhere = any(each.block.type in _ASSOCIATIONS for each in graph.importers(resource).found)
    if _ASSOCIATIONS.isdisjoint(graph.types) and not elsewhere:
        return Known(False)
    from wa_iac.aws.wafv2 import WebAclAssociation

    imported = imported_by(resource, graph, WebAclAssociation, "ResourceArn", test=lambda _, __: Known(True))
    if imported == Known(True):
        return Known(True)
    pointing = graph.pointing(WebAclAssociation, "resource")
    found = [doubt(each.declared, resource.declared) for each, _ in pointing.at.get(id(resource.declared), ())]
    if any(each is None for each in found):
        return Known(True)
    unknown = first_unknown(*found, imported, pointing.loose)
    return Known(False) if unknown is None else unknown


def behind_protected_distribution(resource: Resource, graph: Graph) -> Value[bool]:
    """Whether a distribution with a web ACL passes requests on to a resource."""
    if _DISTRIBUTIONS.isdisjoint(graph.types):
        return Known(False)
    fronts, loose = graph.once(_fronts)
    answers = [given(each.web_acl) for each in fronts.get(id(resource.declared), ())]
    return any_of((*answers, *loose), resource.absent.origin)


def _fronts(graph: Graph) -> tuple[dict[int, list[Distribution]], list[Unknown]]:
    """The distributions by what their origins refer to; and why it is not known what one with a web ACL passes requests on to."""
    from wa_iac.aws.cloudfront import Distribution

    found: dict[int, list[Distribution]] = defaultdict(list)
    loose: list[Unknown] = []
    for distribution in graph.of(Distribution):
        for origin in distribution.origins:
            declared = list(graph.referred(origin.domain))
            for each in declared:
                found[id(each)].append(distribution)
            if not declared and isinstance(origin.domain, Unknown) and given(distribution.web_acl) != Known(False):
                loose.append(origin.domain)
    return found, loose


def logged(acl: Value[str], graph: Graph) -> bool:
    """Whether the web ACL that a value refers to is here, and logs the requests that it sees."""
    if _ACLS.isdisjoint(graph.types):
        return False
    from wa_iac.aws.wafv2 import WebAcl

    found = (graph.typed(each, WebAcl) for each in graph.referred(acl) if graph.type_of(each) in _ACLS)
    return any(each.loggings.targets for each in found)


def has_acls(graph: Graph, scope: str) -> bool:
    """Whether the unit has a web ACL of a scope, `REGIONAL` or `CLOUDFRONT`. One of an unknown scope does not count."""
    return bool(acls(graph, scope))


def acls(graph: Graph, scope: str) -> list[WebAcl]:
    """The web ACLs of a scope."""
    return graph.once(_by_scope).get(scope, [])


def _by_scope(graph: Graph) -> dict[str, list[WebAcl]]:
    found: dict[str, list[WebAcl]] = defaultdict(list)
    if _ACLS.isdisjoint(graph.types):
        return found
    from wa_iac.aws.wafv2 import WebAcl

    for each in graph.of(WebAcl):
        if isinstance(each.scope, Known):
            found[each.scope.value].append(each)
    return found
