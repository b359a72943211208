"""Regular expressions in Go's syntax, run by Python's engine, which goes back: what could run for ever is not run."""

from __future__ import annotations

import math
import re
from typing import Final

from wa_iac.core.value import Unknown
from wa_iac.parsers.terraform.run import Blocked, Failure

from .base import Context

_LONGEST: Final = 1_000
_MOST_STEPS: Final = 20_000_000
_REPEAT: Final = re.compile(r"[*+]|\{\d*,\d*\}|\{\d{2,}\}")


def matcher(context: Context, pattern: str, subject: str) -> re.Pattern[str]:
    """A compiled pattern. Raises Failure where it is not valid, Blocked where matching it could take too long."""
    groups, repeats = _shape(pattern)
    if groups or len(pattern) > _LONGEST or math.comb(len(subject) + min(repeats, 20), min(repeats, 20)) > _MOST_STEPS:
        why = "matching the pattern could take too long"
        raise Blocked(Unknown(why, ("regex", pattern, subject), context.origin))
    context.run.charge(math.comb(len(subject) + repeats, repeats) // 100, context.span)
    if _FOREIGN.search(pattern):
        raise Failure("the pattern is not valid: it looks around or back, which Go's patterns do not")
    try:
        return re.compile(_translated(pattern), re.ASCII)
    except (re.error, RecursionError, OverflowError) as error:
        raise Failure(f"the pattern is not valid: {error}") from error


_FOREIGN: Final = re.compile(r"(?<!\\)(?:\\\\)*(?:\(\?(?:=|!|<=|<!|\()|\\[1-9])")
_CLASSES: Final = {
    "alnum": "0-9A-Za-z", "alpha": "A-Za-z", "ascii": r"\x00-\x7F", "blank": r"\t ", "cntrl": r"\x00-\x1F\x7F", "digit": "0-9",
    "graph": "!-~", "lower": "a-z", "print": " -~", "punct": r"!-/:-@\[-`{-~", "space": r"\t\n\v\f\r ", "upper": "A-Z",
    "word": "0-9A-Za-z_", "xdigit": "0-9A-Fa-f",
}  # fmt: skip


def _translated(pattern: str) -> str:
    """A pattern of Go's as Python writes it."""
    pattern = pattern.replace("\\z", "\\Z")
    return re.sub(r"\[:(\w+):\]", lambda match: _CLASSES.get(match.group(1), match.group()), pattern)


def _shape(pattern: str) -> tuple[bool, int]:
    """Whether a group that repeats holds a repetition or a choice, and how many repetitions there are."""
    inside = [False]
    repeats = 0
    index = 0
    while index < len(pattern):
        character = pattern[index]
        if character == "\\":
            index += 2
            continue
        if character == "[":
            index = _end_of_class(pattern, index)
            continue
        repeat = _REPEAT.match(pattern, index)
        if repeat is not None:
            repeats += 1
            inside[-1] = True
            index = repeat.end()
            continue
        if character == "|":
            inside[-1] = True
        elif character == "(":
            inside.append(False)
        elif character == ")" and len(inside) > 1:
            busy = inside.pop()
            if busy and _REPEAT.match(pattern, index + 1):
                return True, repeats
            inside[-1] = inside[-1] or busy
        index += 1
    return False, repeats


def _end_of_class(pattern: str, start: int) -> int:
    index = start + 1
    if pattern[index : index + 1] == "^":
        index += 1
    if pattern[index : index + 1] == "]":
        index += 1
    while index < len(pattern) and pattern[index] != "]":
        if pattern.startswith("[:", index):
            index = max(pattern.find(":]", index), index) + 1
        index += 2 if pattern[index : index + 1] == "\\" else 1
    return index + 1
