"""What is known of a machine image before anyone looks it up: the path or the filter it is found by."""

import re
from collections.abc import Iterator
from typing import Final

from wa_iac.core.algebra import references
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.reasons import DynamicReference, Imported, InParameterStore, UnsetParameter, UnsetVariable
from wa_iac.core.value import Known, Tree, Unknown, plain

# Amazon Linux 2023 images carry `imds-support: v2.0`: what starts from one asks for session tokens, unless it says otherwise.
_TOKENS: Final = late(r"al2023|amazon-linux-2023|amazonlinux-?2023", re.IGNORECASE)
_SHORT: Final = late(r"ami-(?!(?:12345678|0+|1+|x+)$)[0-9a-f]{8}")
"""The ID of an image that is from 2018 at the latest: all newer ones have 17 digits ("Resource IDs", Amazon EC2 User Guide)."""


def short_id(image: Tree) -> str:
    """The ID of an image that is from 2018 at the latest, which a mapping may give for one of the Regions only; empty for others."""
    ids = [each.value for each in image.alternatives] if isinstance(image, Unknown) else [image]
    return next((str(each.value) for each in ids if isinstance(each, Known) and _SHORT.fullmatch(str(each.value))), "")


_AMAZON_LINUX: Final = late(r"\bal2023-ami|\bamzn2?-ami|ami[-/]amazon-linux")


def names_amazon_linux(hint: str) -> bool:
    """Whether a hint is the name or the public parameter of an image of Amazon Linux."""
    return _AMAZON_LINUX.search(hint) is not None


def asks_for_tokens(image: Tree, graph: Graph) -> bool:
    """Whether the image is Amazon Linux 2023 by the name of its public parameter or by the filter of its data source."""
    return any(_TOKENS.search(text) for text in hints(image, graph))


def hints(image: Tree, graph: Graph) -> Iterator[str]:
    """What tells which image it is: its id, the path of a parameter, the filter of a data source."""
    match image:
        case Known(content):
            yield str(content)
        case Unknown():
            yield from _read_from(image, graph)
        case _:
            return
    for reference in references(image):
        for declared in graph.at(reference.address):
            if declared.kind == "data":
                yield str(plain(declared.body))


def _read_from(image: Unknown, graph: Graph) -> Iterator[str]:
    """What an image that is not known is read from, by name, and the pieces of its own name that are written."""
    for part in (image, *image.parts):
        if isinstance(part, str):
            yield part
            continue
        for reference in part.origin.references:
            yield f"{reference.address}.{reference.attribute}"
        match part.reason:
            case DynamicReference(text=text) | Imported(name=text) | UnsetVariable(name=text):
                yield text
            case UnsetParameter() | InParameterStore() as parameter:
                for declared in graph.at(f"{parameter.stack}parameter.{parameter.name}"):
                    yield str(plain(declared.body))
            case _:
                pass
