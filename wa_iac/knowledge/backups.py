"""Whether AWS Backup keeps backups of a resource."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator

from wa_iac.aws.backup import Selection
from wa_iac.core.algebra import references
from wa_iac.core.coerce import Tags
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of
from wa_iac.core.resource import Resource
from wa_iac.core.value import Known, Unknown, Value


def backed_up(resource: Resource, service: str, tags: Value[Tags], graph: Graph) -> Value[bool]:
    """Whether a backup selection of this unit selects `resource`, of `service` as its ARN calls it; absent where none may."""
    return any_of(each.selects(resource, service, tags) for each in _selections(resource, graph))


def _selections(resource: Resource, graph: Graph) -> Iterator[Selection]:
    """The selections that may be about a resource: each names it, or may select anything."""
    index = graph.index(Selection, _named)
    address = resource.address
    blocks = (address[: found.start()] for found in re.finditer(r"\[", address))
    for key in (None, address, *blocks, *map(_last_part, resource.names())):
        yield from index.get(key, ())


def _named(selection: Selection) -> Iterator[Hashable]:
    """The addresses and the names that a selection consists of; None where it may select anything."""
    if selection.tags:
        yield None
    for pattern in selection.resources.value if isinstance(selection.resources, Known) else [selection.resources]:
        addresses = [reference.address for reference in references(pattern)]
        yield from addresses
        match pattern:
            case Known(text) if not text.endswith("*"):
                yield _last_part(text)
            case Known():
                yield None
            case Unknown(parts=parts) if parts or not addresses:
                yield None
            case _:
                pass


def _last_part(name: str) -> str:
    return re.split("[/:]", name)[-1]
