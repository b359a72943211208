"""Whether an origin of CloudFront is a bucket, by what it refers to or by the name that the bucket's endpoints have."""

from __future__ import annotations

import re
from typing import Final

from wa_iac.aws.s3 import Bucket
from wa_iac.core.algebra import joined, references, same
from wa_iac.core.binding import only
from wa_iac.core.graph import Graph
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value

_ENDPOINT: Final = re.compile(r"\.s3(?:-website)?(?:[.-]|$)")
"""Where the name of the endpoint begins, after the bucket's: `.s3-website-eu-west-1.amazonaws.com`, `.s3-website.eu-central-1...`,
`.s3.eu-west-1...`, `.s3.amazonaws.com` (Amazon S3 User Guide, "Website endpoints" and "Virtual hosting of buckets")."""
_OF_WEBSITES: Final = ("website_endpoint", "website_domain", "WebsiteURL")
_NAMING: Final = ("bucket", "Bucket")
"""The arguments by which the resources beside a bucket name it."""


def is_website(domain: Value[str]) -> bool:
    """Whether a domain name is certainly that of a website's endpoint, which speaks plain HTTP only (Amazon S3 User Guide, "Key
    differences between a website endpoint and a REST API endpoint")."""
    if any(reference.attribute in _OF_WEBSITES for reference in references(domain)):
        return True
    match domain:
        case Known(text):
            return ".s3-website" in text
        case Unknown(parts=parts):
            return any(isinstance(part, str) and ".s3-website" in part for part in parts)
        case Absent():
            return False


def is_bucket(domain: Value[str], bucket: Bucket, graph: Graph) -> Value[bool]:
    """Whether a domain name is one of the bucket's: an endpoint of its own, of its website, or its name where that is a host's."""
    declared = [found for reference in references(domain) for found in graph.at(reference.address)]
    if bucket.declared in declared or any(_is_of(only(each.body, key), bucket, graph) for each in declared for key in _NAMING):
        return Known(True, domain.origin)
    name = _before_endpoint(domain)
    if name is None:
        # The host that visitors ask for, which leads to the endpoint by DNS: a website's bucket is called like it.
        if same(domain, bucket.name) is True:
            return Known(True, domain.origin)
        elsewhere = any(each.kind == "resource" for each in declared)
        return domain if isinstance(domain, Unknown) and not elsewhere else Known(False, domain.origin)
    if isinstance(bucket.name, Absent):
        # Its name is made up at its deployment: nobody can have written it down.
        return name if isinstance(name, Unknown) else Known(False, domain.origin)
    match same(name, bucket.name), name, bucket.name:
        case (None, Unknown() as why, _) | (None, _, Unknown() as why):
            return why
        case answer, _, _:
            return Known(answer is True, domain.origin)


def _is_of(value: Tree, bucket: Bucket, graph: Graph) -> bool:
    """Whether an argument of another resource names the bucket."""
    if isinstance(value, Absent):
        return False
    if any(found is bucket.declared for reference in references(value) for found in graph.at(reference.address)):
        return True
    return same(value, bucket.name) is True


def _before_endpoint(domain: Value[str]) -> Tree | None:
    """The bucket's name in an endpoint's; None where it is no endpoint's name."""
    match domain:
        case Known(text):
            pieces: tuple[str | Unknown, ...] = (text,)
        case Unknown(parts=parts) if parts:
            pieces = parts
        case _:
            return None
    for number, piece in enumerate(pieces):
        if isinstance(piece, str) and (found := _ENDPOINT.search(piece)):
            return joined([*pieces[:number], piece[: found.start()]], domain.origin._replace(references=()))
    return None
