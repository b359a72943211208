"""What modules that are not installed may make for a resource that they get."""

import re
from typing import Final

from wa_iac.core.graph import Graph
from wa_iac.core.reasons import Follows, UninstalledModule
from wa_iac.core.resource import Resource
from wa_iac.core.value import Known, Origin, Unknown

_CALLS: Final = frozenset({"module"})
"""The type of the calls of modules that cannot be read."""


def made_by_module(resource: Resource, graph: Graph, words: re.Pattern[str], what: str) -> Unknown | None:
    """Why something may be made for a resource; None if no call says so.

    A module that cannot be read gets the resource, and its name, its source or an argument has one of the `words` (in lower case). `what` is
    what it may make, for a sentence: "an alarm for it".
    """
    for each in graph.referring(resource, _CALLS) if graph.types & _CALLS else ():
        source = each.body.value.get("source")
        text = str(source.value) if isinstance(source, Known) else "elsewhere"
        if words.search(" ".join((each.name, text, *each.body.value)).lower()):
            because = Follows(f"the module may make {what}", UninstalledModule(each.name, text))
            return Unknown(because, (what, each.address), Origin(each.span))
    return None
