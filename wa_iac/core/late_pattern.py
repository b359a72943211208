"""Regular expressions that are compiled when they are first used: a run uses few of them, and to compile one takes longer than most
uses do."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


def late(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The pattern `re.compile(text, flags)`, compiled when it is first asked for something. The `re` of a match is the compiled one."""
    return cast("re.Pattern[AnyStr]", _LatePattern(text, flags))


class _LatePattern:
    """Gets its methods from the pattern, each once: then a call takes as long as one of the pattern's own."""

    def __init__(self, text: str | bytes, flags: int) -> None:
        self._asked = text, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name != "_pattern":
            found = getattr(self._pattern, name)
        else:
            found = re.compile(*self._asked)
        setattr(self, name, found)
        return found
