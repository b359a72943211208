"""The code of a CloudFormation template, as written: what stands beside a resource's properties is not in its body."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wa_iac.parsers.cloudformation.text.located import Entry


def resource_at(path: str, start_byte: int, sources: Mapping[str, bytes]) -> Mapping[str, Entry]:
    """What is written for the resource whose name begins at a byte of a template: `Type`, `Properties`, `Condition`. Empty if there is no
    such resource."""
    from wa_iac.parsers.cloudformation.text.documents import parsed
    from wa_iac.parsers.cloudformation.text.located import MapNode

    document = parsed(sources[path], path)
    root = document.root if document is not None else None
    section = root.entries.get("Resources") if isinstance(root, MapNode) else None
    resources = section.value.entries.values() if section is not None and isinstance(section.value, MapNode) else ()
    found = (each.value for each in resources if each.key.start_byte == start_byte)
    return next((each.entries for each in found if isinstance(each, MapNode)), {})
