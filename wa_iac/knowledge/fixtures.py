"""Resources that live for a test, or as an example whose data nobody keeps."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

from wa_iac.core.binding import value_at
from wa_iac.core.paths import OF_TESTS
from wa_iac.core.resource import Resource
from wa_iac.core.value import Known

_EXAMPLES: Final = frozenset({"example", "examples"})
_PUBLIC: Final = ("publicly_accessible", "PubliclyAccessible")
_NO_SNAPSHOT: Final = ("skip_final_snapshot", "SkipFinalSnapshot")


def is_fixture(resource: Resource) -> bool:
    """Whether a resource lives for a test, by its directory, or is an example whose data nobody keeps. What the internet may reach is none."""
    body = resource.declared.body
    if any(value_at(body, each) == Known(True) for each in _PUBLIC):
        return False
    folders = {each.lower() for each in PurePath(resource.span.path).parts[:-1]}
    thrown_away = any(value_at(body, each) == Known(True) for each in _NO_SNAPSHOT)
    return not OF_TESTS.isdisjoint(folders) or (thrown_away and not _EXAMPLES.isdisjoint(folders))
