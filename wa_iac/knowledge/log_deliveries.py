"""Logs that CloudWatch delivers: whether a resource's own kind of log goes anywhere.

A source says whose logs and which; a delivery takes them somewhere, and without one nothing is written (CloudWatch Logs API,
PutDeliverySource and CreateDelivery; Elastic Load Balancing guides, "Access logs"; CloudFront Developer Guide, "Standard logging (v2)").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING, Final

from wa_iac.core.awscc import and_awscc
from wa_iac.core.graph import Graph
from wa_iac.core.logic import first_unknown
from wa_iac.core.reader import doubt
from wa_iac.core.resource import Resource
from wa_iac.core.value import Absent, Known, Unknown, Value

if TYPE_CHECKING:
    from wa_iac.aws.cloudfront import DeliverySource

_DELIVERIES: Final = frozenset(
    and_awscc(
        *("AWS::Logs::DeliverySource", "aws_cloudwatch_log_delivery_source"),
        *("AWS::Logs::Delivery", "aws_cloudwatch_log_delivery"),
    )
)
"""The types of sources and deliveries. Few units have one, so their service is imported only then."""


def delivered(resource: Resource, graph: Graph, kinds: Collection[str]) -> Value[bool]:
    """Whether logs of one of these kinds are delivered from a resource."""
    if _DELIVERIES.isdisjoint(graph.types):
        return Known(False)
    from wa_iac.aws.cloudfront import Delivery

    sources, unknown = graph.once(_sources)
    pointing = graph.pointing(Delivery, "source")
    for source in sources.get(id(resource.declared), ()):
        kind = source.log_type
        if isinstance(kind, Absent) or (isinstance(kind, Known) and kind.value not in kinds):
            continue
        deliveries = [delivery for delivery, _ in pointing.at.get(id(source.declared), ())]
        doubts = [doubt(each.declared, resource.declared) for each in (source, *deliveries)]
        why = first_unknown(kind, *doubts, None if deliveries else pointing.loose)
        if deliveries and why is None:
            return Known(True)
        unknown = first_unknown(unknown, why)
    return Known(False) if unknown is None else unknown


def _sources(graph: Graph) -> tuple[dict[int, list[DeliverySource]], Unknown | None]:
    """The sources by the resource whose logs they are; and why one of something unknown may be any's."""
    from wa_iac.aws.cloudfront import DeliverySource

    found: dict[int, list[DeliverySource]] = defaultdict(list)
    unknown: Unknown | None = None
    for source in graph.of(DeliverySource):
        declared = list(graph.referred(source.resource_arn))
        for each in declared:
            found[id(each)].append(source)
        if not declared and isinstance(source.resource_arn, Unknown):
            unknown = first_unknown(unknown, source.resource_arn)
    return found, unknown
