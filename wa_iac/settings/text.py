"""The text of a settings file, and its content as data."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from wa_iac.core import files
from wa_iac.core.errors import UsageError
from wa_iac.core.late_pattern import late
from wa_iac.core.paths import shown

LARGEST: Final = 5_000_000
"""Bytes of a settings file."""
MAX_LEVELS: Final = 20
"""Levels of nested tables and lists. The settings have at most four, a rule's options a few more."""
MAX_PARTS: Final = 100
"""Parts of a name with dots. Python's reader needs the square of their number, in time and in memory."""
MAX_VALUES: Final = 5_000
"""Tables, lists and values in the settings. Each file that is found is compared with each pattern."""

_PART: Final = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')"""
_LONG_NAME: Final = late(rf"(?a)(?<![\w-]){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{{MAX_PARTS},}}+")


def text_of(path: Path, within: Path | None) -> bytes:
    """The bytes of a settings file. Raises `UsageError`."""
    try:
        return files.read(path, within=within, most=LARGEST)
    except OSError as error:
        why = error.strerror or str(error)
        raise UsageError(f"the settings cannot be read: {why}", path=shown(path)) from error


def content_of(path: Path, within: Path | None) -> tuple[str, dict[str, Any]]:
    """The text of a settings file, and its settings as TOML has them. Raises `UsageError`, with the line of the mistake."""
    import tomllib  # most trees have no settings

    name = shown(path)
    text = ""
    try:
        text = text_of(path, within).decode("utf-8")
        if found := _LONG_NAME.search(text):
            at = text.count("\n", 0, found.start()) + 1
            raise UsageError(f"a name in the settings has more than {MAX_PARTS} parts, the safety limit", path=name, line=at)
        content = tomllib.loads(text)
        settings = content.get("tool", {}) if path.name == "pyproject.toml" else content
        _check(settings.get("wa-iac", {}) if settings is not content and isinstance(settings, dict) else settings, name)
    except UnicodeDecodeError as error:
        at = error.object.count(b"\n", 0, error.start) + 1
        raise UsageError("the settings are not UTF-8", path=name, line=at) from error
    except RecursionError as error:
        message = f"the settings are nested too deeply: more than {MAX_LEVELS} levels"
        raise UsageError(message, path=name, line=_deepest(text)) from error
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line = int(found[1]) if found else None
        raise UsageError(f"not TOML: {str(error).partition(' (at')[0]}", path=name, line=line) from error
    except ValueError as error:
        raise UsageError("a whole number in the settings has more than 64 bits", path=name, line=_longest(text)) from error
    return text, content


def _check(content: Any, name: str) -> None:
    """Raises `ValueError` for a whole number that TOML does not have, `RecursionError` beyond `MAX_LEVELS`, and `UsageError` beyond
    `MAX_VALUES`."""
    waiting = [(content, 0)]
    number = 0
    while waiting:
        each, level = waiting.pop()
        number += 1
        if level > MAX_LEVELS:
            raise RecursionError
        if number > MAX_VALUES:
            raise UsageError(f"the settings have more than {MAX_VALUES:,} values, the safety limit", path=name)
        if isinstance(each, int) and each.bit_length() > 64:
            raise ValueError
        below = each.values() if isinstance(each, dict) else each if isinstance(each, list) else ()
        waiting += ((one, level + 1) for one in below)


def _deepest(text: str) -> int:
    """The line with the most brackets or dots: where tables or lists are nested most deeply."""
    lines = text.splitlines() or [""]
    return max(range(len(lines)), key=lambda index: sum(map(lines[index].count, "[{."))) + 1


def _longest(text: str) -> int:
    """The line with the longest number."""
    lines = [max(map(len, re.findall(r"[0-9a-fA-FxXob_]++", line)), default=0) for line in text.splitlines()]
    return max(range(len(lines)), key=lines.__getitem__, default=0) + 1
