"""Content delivery networks other than CloudFront: whether one of them serves a bucket."""

from __future__ import annotations

from typing import Final

from wa_iac.aws.s3 import Bucket
from wa_iac.core.graph import Graph
from wa_iac.core.reasons import Said
from wa_iac.core.value import Known, Origin, Tree, Unknown, Value

from .websites import is_bucket

_NETWORKS: Final = (
    "fastly_service",
    "cloudflare_",
    "akamai_",
    "bunnynet_",
    "google_compute_backend",
    "azurerm_cdn_",
    "keycdn_",
)
"""How the names of their types begin."""


def served_by_another(bucket: Bucket, graph: Graph) -> Value[bool]:
    """Whether another network names a bucket or one of its endpoints. Unknown where there is a network that does not."""
    origins = graph.once(_origins)
    if origins is None:
        return Known(False)
    if any(is_bucket(each, bucket, graph) == Known(True) for each in origins):
        return Known(True)
    why = Said("another content delivery network of this configuration may serve it", "look at its origins")
    return Unknown(why, ("other network", bucket.address), Origin(bucket.span))


def _origins(graph: Graph) -> list[Tree] | None:
    """The values of these networks that may be names of buckets or endpoints; None if there is no network."""
    networks = {each for each in graph.types if each.startswith(_NETWORKS)}
    if not networks:
        return None
    found: list[Tree] = []
    waiting: list[Tree] = [each.body for each in graph.declared if graph.type_of(each) in networks]
    while waiting:
        match waiting.pop():
            case Known(dict() as entries):
                waiting += entries.values()
            case Known(list() as items):
                waiting += items
            case Known(str() as text) as value if ".s3" in text or value.origin.references:
                found.append(value)
            case Unknown() as value if value.origin.references or value.parts:
                found.append(value)
            case _:
                pass
    return found
