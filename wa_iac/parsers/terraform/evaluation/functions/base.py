"""The basis of the functions: reading arguments, and the table of functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

from wa_iac.core.algebra import text_of
from wa_iac.core.budget import EACH, current, size
from wa_iac.core.partial import Entries, PartlyMap, Rest, first_rest, in_any_order, nothing_but, rest_of, within
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Origin, Tree, Unknown
from wa_iac.parsers.terraform.evaluation.lifting import ListItems, SetItems, inherited
from wa_iac.parsers.terraform.evaluation.operators import number as to_number
from wa_iac.parsers.terraform.evaluation.unit import MAX_ITEMS, MAX_LEVELS, MAX_TEXT, Blocked, Evaluation, Failure
from wa_iac.parsers.terraform.text.numbers import normal


class Context:
    """One call: its place and its scope."""

    __slots__ = ("origin", "run", "span")

    def __init__(self, run: Evaluation, span: Span, origin: Origin) -> None:
        self.run = run
        self.span = span
        self.origin = origin

    def known(self, content: object) -> Known[Any]:
        """A result of this call."""
        return Known(content, self.origin)

    def text(self, content: str) -> Known[str]:
        """A text as the result. Raises Exhausted if it is too long."""
        self.run.check_text(len(content), self.span)
        self.run.budget.make(size(content))
        return Known(content, self.origin)

    def collection(self, items: list[Tree], kind: type[list[Tree]] = ListItems) -> Known[Any]:
        """A list as the result, or a tuple if `kind` is `list`. Raises Exhausted if it is too long."""
        self.run.check_items(len(items), self.span)
        self.run.charge(len(items), self.span)
        return Known(kind(items), self.origin)

    def partly(self, items: list[Tree], kind: type[list[Tree]] = ListItems) -> Known[Any]:
        """Like `collection`, with parts that may be any number of elements. Raises Blocked if nothing of it is known."""
        rest = nothing_but(items)
        if rest is not None:
            raise Blocked(rest)
        return self.collection(items, kind)

    def made(self, entries: Entries, kind: type[dict[str, Tree]] = dict) -> Tree:
        """An object as the result, or a map if `kind` is a map's type."""
        self.run.check_items(len(entries), self.span)
        self.run.charge(len(entries), self.span)
        result = entries.result(self.origin, kind)
        if isinstance(result, Unknown) and not isinstance(result, PartlyMap):
            raise Blocked(result)
        return result


Function: TypeAlias = Callable[..., Tree]

FUNCTIONS: Final[dict[str, Function]] = {}
"""By name. A function is called with a Context and the arguments, none of which is an unknown itself."""
EAGER: Final[set[str]] = set()
"""Functions that also accept unknown arguments."""
PARTIAL: Final[set[str]] = set()
"""Functions that accept unknown arguments without alternatives, since parts of the result may still be known."""


def function(name: str, *, eager: bool = False, partial: bool = False) -> Callable[[Function], Function]:
    """Register a function; `eager`: it handles unknown arguments itself, `partial`: only those without alternatives."""

    def register(implementation: Function) -> Function:
        FUNCTIONS[name] = implementation
        if eager:
            EAGER.add(name)
        if partial:
            PARTIAL.add(name)
        return implementation

    return register


def scalar(name: str, implementation: Callable[..., object], *kinds: Callable[[Tree], object]) -> None:
    """Register a function from scalars to a scalar. `kinds` read its arguments, one each.

    A ValueError, OverflowError or similar means that the call is an error.
    """

    def run(context: Context, *arguments: Tree) -> Tree:
        if len(arguments) != len(kinds):
            raise Failure(f'the function "{name}" needs {len(kinds)} argument{"s" * (len(kinds) != 1)}')
        read = [kind(argument) for kind, argument in zip(kinds, arguments, strict=True)]
        for each in read:
            if isinstance(each, str) and len(each) > _LONG:
                context.run.budget.compare(len(each))
        try:
            result = implementation(*read)
        except TooLongError:
            context.run.check_text(MAX_TEXT + 1, context.span)
            raise
        except (ValueError, TypeError, ArithmeticError, LookupError) as error:
            raise Failure(f'the function "{name}" does not accept this: {error}') from error
        return context.text(result) if isinstance(result, str) else context.known(result)

    FUNCTIONS[name] = run


_LONG: Final = 100
"""Characters of a text that are read for free."""


class TooLongError(Exception):
    """A text would be longer than MAX_TEXT."""


def too_long(length: int) -> None:
    """Raises TooLongError if a text that is yet to be made has more than MAX_TEXT characters."""
    if length > MAX_TEXT:
        raise TooLongError


def text(value: Tree) -> str:
    """A scalar as a string. Raises Blocked or Failure."""
    match value:
        case Unknown():
            raise Blocked(value)
        case Known(str() as content):
            return content
        case Known(bool() | int() | float() as content):
            return text_of(content)
        case _:
            raise Failure("a string is needed")


def number(value: Tree) -> int | float:
    """A scalar as a number. Raises Blocked or Failure."""
    if isinstance(value, Unknown):
        raise Blocked(value)
    return to_number(value)


def whole(value: Tree) -> int:
    """A scalar as a whole number. Raises Blocked or Failure."""
    content = number(value)
    if not isinstance(content, int):
        raise Failure("a whole number is needed")
    return content


def items(value: Tree) -> list[Tree]:
    """The elements of a list, with its secrecy. Raises Blocked, also if there may be more than the known ones, or Failure."""
    content = parts(value)
    rest = first_rest(content)
    if rest is not None:
        raise Blocked(rest)
    return content


def parts(value: Tree) -> list[Tree]:
    """The elements of a list, with its secrecy, and a `Rest` for any number of unknown ones. Raises Failure."""
    match value:
        case PartlyMap():
            raise Failure("a list is needed")
        case Rest() if value.among:
            return within(value)
        case Unknown():
            return [rest_of(value)]
        case Known(list() as content):
            current().compare(EACH * len(content))
            found = [inherited(value, item) for item in content]
            return in_any_order(found) if isinstance(content, SetItems) else found
        case Absent():
            raise Failure("a list is needed, not null")
        case _:
            raise Failure("a list is needed")


def ordered(value: Tree) -> list[Tree]:
    """The elements of a list, not of a set. Raises Blocked or Failure."""
    return items(_ordered(value))


def ordered_parts(value: Tree) -> list[Tree]:
    """Like `parts`, for a list but not for a set. Raises Failure."""
    return parts(_ordered(value))


def _ordered(value: Tree) -> Tree:
    if isinstance(value, Known) and isinstance(value.value, SetItems):
        raise Failure("a list is needed, not a set: the elements of a set have no order")
    return value


def entries(value: Tree) -> dict[str, Tree]:
    """The entries of a map or object. Raises Blocked or Failure."""
    match value:
        case Unknown():
            raise Blocked(value)
        case Known(dict() as content):
            current().compare(EACH * len(content))
            return {key: inherited(value, item) for key, item in content.items()}
        case Absent():
            raise Failure("a map is needed, not null")
        case _:
            raise Failure("a map is needed")


def data(value: Tree) -> Any:
    """A value as plain Python data. Raises Blocked if any part of it is unknown."""
    match value:
        case Unknown():
            raise Blocked(value)
        case Known(list() as content):
            current().compare(EACH * (3 + len(content)))
            return [data(item) for item in content]
        case Known(dict() as content):
            current().compare(EACH * (3 + len(content)))
            return {key: data(item) for key, item in content.items()}
        case Known(content):
            return content
        case Absent():
            return None


def bounded(content: object) -> None:
    """Raises ValueError for plain data of more than MAX_ITEMS parts, counted as a tree, or with more than MAX_LEVELS levels."""
    number = depth = 0
    level = [content] if isinstance(content, (list, dict)) else []
    while level:
        depth += 1
        if depth > MAX_LEVELS:
            raise ValueError(f"it is nested more than {MAX_LEVELS:,} levels deep")
        below: list[Any] = []
        for each in level:
            number += len(each)
            if number > MAX_ITEMS:
                raise ValueError(f"it has more than {MAX_ITEMS:,} elements")
            below += [child for child in (each.values() if isinstance(each, dict) else each) if isinstance(child, (list, dict))]
        level = below
    current().step(number)


def tree(content: object, origin: Origin) -> Tree:
    """Plain Python data as a tree in which every part has the same origin. Raises Failure for a number that is too large."""
    match content:
        case None:
            return Absent(origin)
        case list() | tuple():
            return Known([tree(item, origin) for item in content], origin)
        case dict():
            return Known({_valid(str(key)): tree(item, origin) for key, item in content.items()}, origin)
        case str():
            return Known(_valid(content), origin)
        case bool():
            return Known(content, origin)
        case int() | float():
            try:
                return Known(normal(content), origin)
            except OverflowError as error:
                raise Failure("the number is too large") from error
        case _:
            return Known(_valid(str(content)), origin)


def _valid(content: str) -> str:
    """A text without halves of surrogate pairs, which other languages allow: they become the replacement character, as in
    Go."""
    if content.isascii():
        return content
    return content.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
