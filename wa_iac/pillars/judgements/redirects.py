"""Buckets that only redirect."""

from collections.abc import Iterator
from typing import Final

from wa_iac.aws.s3 import Bucket
from wa_iac.core.binding import value_at
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Remedy
from wa_iac.core.value import Value

_CONFIGURATION: Final = "aws_s3_bucket_website_configuration"

REDIRECT: Final = Remedy(
    decision="A function of CloudFront can answer with the redirect itself: then no bucket is needed. Origin access control "
    "does not work with a website's endpoint."
)
HOLDS_NOTHING: Final = "Its website only redirects, so the bucket need not hold any object."


def only_redirects(domain: Value[str], graph: Graph) -> bool:
    """Whether a domain name is that of a bucket whose website only redirects."""
    return any(graph.typed(each, Bucket).only_redirects() for each in _buckets(domain, graph))


def _buckets(domain: Value[str], graph: Graph) -> Iterator[Declared]:
    """The buckets that a domain name refers to, also by the configuration of their website."""
    for each in graph.referred(domain):
        named = graph.referred(value_at(each.body, "bucket")) if each.type == _CONFIGURATION else (each,)
        yield from (bucket for bucket in named if graph.type_of(bucket) in Bucket.types())
