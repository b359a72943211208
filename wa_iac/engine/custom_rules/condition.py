"""The conditions of a rule in YAML: a few questions about a value, each with three answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeAlias

from wa_iac.core.algebra import references, text_of
from wa_iac.core.value import Absent, Known, Tree, Unknown

Answer: TypeAlias = bool | Unknown
Question: TypeAlias = Callable[[Tree], Answer]


def present(value: Tree) -> Answer:
    """Whether anything is written. A reference to a resource counts, whatever its value will be."""
    match value:
        case Absent():
            return False
        case Unknown() if not any(True for _ in references(value)):
            return value
        case _:
            return True


def absent(value: Tree) -> Answer:
    """Whether nothing is written."""
    found = present(value)
    return found if isinstance(found, Unknown) else not found


def _word(content: object) -> str:
    """A scalar as text: both dialects write `"20"` for 20 and `"true"` for true now and then."""
    return text_of(content)


def _is(content: object, wanted: object) -> bool:
    if isinstance(content, (list, dict)):
        return False
    one, other = _word(content), _word(wanted)
    return one == other or (isinstance(content, bool) and one == other.lower())


def _number(content: object) -> float | None:
    try:
        return float(str(content))
    except ValueError:
        return None


def _at_least(bound: float, content: object) -> bool:
    number = _number(content)
    return number is not None and number >= bound


def _at_most(bound: float, content: object) -> bool:
    number = _number(content)
    return number is not None and number <= bound


def _one_of(wanted: Iterable[object], content: object) -> bool:
    return any(_is(content, each) for each in wanted)


def _matches(pattern: re.Pattern[str], content: object) -> bool:
    return not isinstance(content, (list, dict)) and pattern.search(_word(content)) is not None


def _of_content(test: Callable[[object], bool], value: Tree) -> Answer:
    """Whether a written value passes; an absent one does not."""
    match value:
        case Known(content):
            return test(content)
        case Unknown():
            return value
        case Absent():
            return False


def _contains(wanted: object, value: Tree) -> Answer:
    """Whether a list or a text contains `wanted`."""
    match value:
        case Known(list() as items):
            if any(isinstance(each, Known) and _is(each.value, wanted) for each in items):
                return True
            return next((each for each in items if isinstance(each, Unknown)), False)
        case _:
            return _of_content(lambda content: isinstance(content, str) and _word(wanted) in content, value)


def _not(question: Question, value: Tree) -> Answer:
    answer = question(value)
    return answer if isinstance(answer, Unknown) else not answer


def question(name: str, wanted: Any) -> Question:
    """The question for a condition's name and argument. Raises `re.error` for an invalid pattern."""
    if name.startswith("not-"):
        return partial(_not, question(name.removeprefix("not-"), wanted))
    match name:
        case "contains":
            return partial(_contains, wanted)
        case "equals":
            return partial(_of_content, partial(_one_of, [wanted]))
        case "one-of":
            return partial(_of_content, partial(_one_of, wanted))
        case "at-least":
            return partial(_of_content, partial(_at_least, wanted))
        case "at-most":
            return partial(_of_content, partial(_at_most, wanted))
        case "matches":
            return partial(_of_content, partial(_matches, re.compile(wanted)))
        case _:
            raise ValueError(f"there is no condition {name!r}")


def all_of(questions: Iterable[Question], value: Tree) -> Answer:
    """Whether every answer is yes; unknown if none is no and one is unknown."""
    unknown: Unknown | None = None
    for each in questions:
        answer = each(value)
        if isinstance(answer, Unknown):
            unknown = answer
        elif not answer:
            return False
    return True if unknown is None else unknown
