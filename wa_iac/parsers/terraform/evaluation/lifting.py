"""The language's operations on values of three cases: choosing, reading members, placing."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Final, NamedTuple

from wa_iac.core.algebra import are_equal, choose, joined, moved, substitute, yes_or_no
from wa_iac.core.budget import current
from wa_iac.core.partial import PartlyMap, Rest, first_rest, identity_of
from wa_iac.core.reasons import Said
from wa_iac.core.span import NOWHERE, Span
from wa_iac.core.value import Absent, Known, Origin, Reference, Step, Tree, Unknown

from .by_name import any_of, by_name, by_position, under
from .doubts import may_fail
from .unit import MAX_CHAIN, Blocked, Evaluation, Failed, Failure, Lazy

MAX_OUTCOMES: Final = 32
"""Maximum number of combinations of alternatives that one operation follows."""
_PART: Final = 1_000
"""The length of an unknown piece, in characters."""


class SetItems(list[Tree]):
    """The elements of a set, in Terraform's order."""

    of = ""
    """The element type of an empty collection: "" if it is not distinguished, "any" if unknown."""


class ListItems(list[Tree]):
    """The elements of a list. A plain Python list is a tuple, which is never equal to a list."""

    of = ""
    compares_as = list


class MapEntries(dict[str, Tree]):
    """The entries of a map. A plain Python dictionary is an object, which is never equal to a map."""

    of = ""
    compares_as = dict


def kind_of(value: Tree) -> type[list[Tree]]:
    """The kind of a list with elements of this one: a list, a set or a tuple."""
    return type(value.value) if isinstance(value, Known) and isinstance(value.value, (ListItems, SetItems)) else list


def outcomes(value: Tree) -> int:
    """The number of contents in a value's alternatives; 1 for a value without alternatives."""
    if isinstance(value, Unknown) and value.alternatives:
        return sum(outcomes(each.value) for each in value.alternatives)
    return 1


def blocked(run: Evaluation, by: Unknown, name: Hashable, arguments: Sequence[Tree], origin: Origin) -> Unknown:
    """The unknown result of an operation that needs the content of `by`."""
    found: dict[Reference, None] = {}
    for each in arguments:
        found.update(dict.fromkeys(each.origin.references))
    found.update(dict.fromkeys(by.origin.references))
    if found:
        current().make(8 * len(found))
    sensitive = origin.sensitive or by.origin.sensitive
    where = origin._replace(references=tuple(found), sensitive=sensitive)
    result = Unknown(by.reason, (name, tuple(identity_of(each) for each in arguments)), where)
    named = run.named(result)
    return may_fail(run, name, named if isinstance(named, Unknown) else result)


def decide(run: Evaluation, by: Unknown, listed: Sequence[tuple[str, Tree]], origin: Origin) -> Tree:
    """One of `listed`, depending on the choice of `by`. An outcome that is an error cannot occur, except inside `try`."""
    good = [value for _, value in listed if not isinstance(value, Failed)]
    if not good:
        first = listed[0][1]
        raise Failure(first.why if isinstance(first, Failed) else by.why)
    if len(good) == 1 and not run.trying:
        return good[0]
    return run.named(choose(by.reason, by.choice, listed, origin))


def lifted(run: Evaluation, name: Hashable, function: Callable[..., Tree], *arguments: Tree, origin: Origin) -> Tree:
    """`function(*arguments)`, called with known and absent arguments only. Unknown arguments make the result unknown.

    Arguments with alternatives are tried with each of them, with at most `MAX_OUTCOMES` combinations.
    """
    unknowns = [each for each in arguments if isinstance(each, Unknown)]
    if not unknowns:
        try:
            return function(*arguments)
        except Blocked as needed:
            return blocked(run, needed.unknown, name, arguments, origin)
    combinations = 1
    for each in unknowns:
        if isinstance(each, Failed):
            raise Failure(each.why)
        if each.choice is None or not each.alternatives:
            return blocked(run, each, name, arguments, origin)
        combinations *= outcomes(each)
    first = unknowns[0]
    if combinations > MAX_OUTCOMES:
        return blocked(run, first, name, arguments, origin)
    listed: list[tuple[str, Tree]] = []
    for index, (label, _) in enumerate(first.alternatives):
        decided = [substitute(each, {first.choice: index}) for each in arguments]
        listed.append((label, attempt(partial(lifted, run, name, function, *decided, origin=origin), (name, index))))
    return decide(run, first, listed, origin)


def lifted_partly(run: Evaluation, name: Hashable, function: Callable[..., Tree], *arguments: Tree, origin: Origin) -> Tree:
    """Like `lifted`, for a function that accepts unknown arguments, except those with alternatives."""
    combinations = 1
    first: Unknown | None = None
    for each in arguments:
        if isinstance(each, Failed):
            raise Failure(each.why)
        if isinstance(each, Unknown) and each.alternatives:
            combinations *= outcomes(each)
            first = each if first is None else first
    if first is None or first.choice is None or combinations > MAX_OUTCOMES:
        try:
            return function(*arguments)
        except Blocked as needed:
            return blocked(run, needed.unknown, name, arguments, origin)
    listed: list[tuple[str, Tree]] = []
    for index, (label, _) in enumerate(first.alternatives):
        decided = [substitute(each, {first.choice: index}) for each in arguments]
        listed.append((label, attempt(partial(lifted_partly, run, name, function, *decided, origin=origin), (name, index))))
    return decide(run, first, listed, origin)


def each_outcome(run: Evaluation, value: Unknown, function: Callable[[Tree], Tree], key: Hashable, origin: Origin) -> Tree:
    """`function` of each alternative of a value, known or not."""
    listed = [(label, attempt(partial(function, each), (key, index))) for index, (label, each) in enumerate(value.alternatives)]
    return decide(run, value, listed, origin)


def attempt(function: Callable[[], Tree], key: Hashable) -> Tree:
    """`function()`. A failure becomes the value of this outcome."""
    try:
        return function()
    except Failure as failure:
        return Failed(Said(str(failure)), ("failed", key, str(failure)))


def concatenated(run: Evaluation, pieces: Sequence[str | Tree], span: Span) -> Tree:
    """The text of a template whose pieces are evaluated. Raises Failure for a piece that is not text, Exhausted if it is too
    long."""
    length = 0
    for piece in pieces:
        match piece:
            case str():
                length += len(piece)
            case Known(str() as text):
                length += len(text)
            case Known(list() | dict()):
                raise Failure("a list or map cannot be interpolated into a string")
            case Absent():
                raise Failure("null cannot be interpolated into a string")
            case Unknown(parts=parts):
                length += sum(len(part) if isinstance(part, str) else _PART for part in parts) or _PART
            case _:
                pass
    run.check_text(length, span)
    how: Final = "explicit" if all(isinstance(piece, str) for piece in pieces) else "computed"
    return run.named(joined(pieces, Origin(span, how)))


def placed(value: Tree, span: Span) -> Tree:
    """A value as the content of the attribute, element or item at `span`; if it is written elsewhere, the chain has that place."""
    origin = value.origin
    at = origin.span
    if at == span:
        return value
    chain = origin.chain
    inside = at.path == span.path and span.start_byte <= at.start_byte and at.end_byte <= span.end_byte
    if not inside and at is not NOWHERE and not (chain and chain[0].span == at):
        chain = (Step(at, "written here"), *chain[: MAX_CHAIN - 1])
    if isinstance(value, Known):  # nearly always, and this is the hot path
        return Known(value.value, origin.at(span, chain))
    return moved(value, origin.at(span, chain))


class Note(NamedTuple):
    """The name of the place of a named value; whose default it is, which argument of a call, and whether it is a local value."""

    text: str
    default_of: str = ""
    argument: str = ""
    local: bool = False


def referred(value: Tree, span: Span, note: Note, how: str = "") -> Tree:
    """A named value, read at `span`: one step further from where it is written."""
    origin = value.origin
    chain = (Step(origin.span, *note), *origin.chain[: MAX_CHAIN - 1]) if origin.span is not NOWHERE else origin.chain
    if how in ("given", "default") and origin.how == "explicit":
        return moved(value, Origin(span, "given" if how == "given" else "default", chain, origin.references, origin.sensitive))
    if isinstance(value, Known):
        return Known(value.value, origin.at(span, chain))
    return moved(value, origin.at(span, chain))


def inherited(container: Tree, leaf: Tree) -> Tree:
    """A member with its container's properties: sensitivity, references, and whether it was given or is a default."""
    above, origin = container.origin, leaf.origin
    changes = False
    how = origin.how
    if above.how in ("given", "default") and how == "explicit":
        how, changes = above.how, True
    sensitive = origin.sensitive
    if above.sensitive and not sensitive:
        sensitive, changes = True, True
    references = origin.references
    if above.references and not references:
        references, changes = above.references, True
    if not changes:
        return leaf
    return moved(leaf, Origin(origin.span, how, origin.chain, references, sensitive, origin.document, origin.switch))


def member(run: Evaluation, container: Tree, key: Tree, span: Span) -> Tree:
    """`container[key]` or `container.key`. Raises Failure if there is no such member."""
    if type(container) is Known and type(key) is Known:
        content, name = container.value, key.value
        if isinstance(content, dict) and isinstance(name, str) and (entry := content.get(name)) is not None:
            return inherited(container, entry)  # nearly always, and this is the hot path
    elif isinstance(container, Lazy) and isinstance(key, Known):
        return _member_of_unknown(run, container, key.value, span)
    match container, key:
        case Known(dict()), Known(str() as name):
            raise Failure(f'there is no attribute "{name}"')
        case Known(SetItems()), _:
            raise Failure("the elements of a set have no indices")
        case Known(list() as items), Known(content):
            index = _index(content)
            if Rest in map(type, items) and index >= 0 and (rest := first_rest(items[: index + 1])) is not None:
                return rest.derived(("at", index))
            if not 0 <= index < len(items):
                raise Failure(f"there is no element {index}")
            return inherited(container, items[index])
        case Known(dict()), Known(content) if not isinstance(content, (list, dict)):
            return member(run, container, Known(_text(content)), span)
        case PartlyMap(), Known(content) if not isinstance(content, (list, dict)):
            return inherited(container, container.entry(_text(content)))
        case Unknown(), Known(content):
            return _member_of_unknown(run, container, content, span)
        case ((Known() | Unknown()), Unknown()):
            return _unknown_member(run, container, key, span)
        case Absent(), _:
            raise Failure("null has no attributes")
        case _:
            raise Failure("this value has no attributes")


def _text(content: object) -> str:
    return ("true" if content else "false") if isinstance(content, bool) else str(content)


def _index(content: object) -> int:
    if isinstance(content, int) and not isinstance(content, bool):
        return content
    if isinstance(content, str) and content.removeprefix("-").isdecimal() and content.isascii() and len(content) < 10:
        return int(content)
    raise Failure("the index of a list must be a whole number")


def _member_of_unknown(run: Evaluation, container: Unknown, content: object, span: Span) -> Tree:
    if isinstance(container, Failed):
        raise Failure(container.why)
    key = content if isinstance(content, (str, int)) and not isinstance(content, bool) else str(content)
    if isinstance(container, Lazy):
        return container.of(key)
    if container.alternatives:
        return each_outcome(
            run, container, lambda value: member(run, value, Known(key), span), ("member", key), Origin(span, "computed")
        )
    return run.short(container.member(key))


def _unknown_member(run: Evaluation, container: Known[object] | Unknown, key: Unknown, span: Span) -> Tree:
    if key.alternatives or (isinstance(container, Unknown) and container.alternatives):
        return lifted(
            run, "index", lambda one, other: member(run, one, other, span), container, key, origin=Origin(span, "computed")
        )
    origin = Origin(span, "computed")
    same, children = under(container, key)
    if same is not None:
        return inherited(container, same)
    if run.trying:
        blocked(run, key, "index", (container, key), origin)  # there may be no such member
    if isinstance(container, Lazy):
        return container.anyone() if container.anyone else blocked(run, key, "index", (container, key), origin)
    if (instance := any_of(children)) is not None:
        return instance
    if isinstance(container, Known) and isinstance(container.value, (list, dict)):
        if children and all(are_equal(child, children[0]) for child in children[1:]):
            return inherited(container, children[0])
        if not children:
            raise Failure("there are no elements")
        if isinstance(container.value, dict):
            found = by_name({name: inherited(container, each) for name, each in container.value.items()}, key, origin)
        elif any(isinstance(each, Rest) for each in children):
            found = None
        else:
            found = by_position([inherited(container, each) for each in children], key, origin)
        if found is not None:
            return found
        return blocked(run, key, "index", (container, key, *children), origin)
    return blocked(run, key, "index", (container, key), origin)


def truth(value: Tree) -> Tree:
    """A condition as a boolean. `"true"` and `"1"` are accepted. Raises Failure for anything else."""
    match value:
        case Known(bool()) | Unknown():
            return value
        case Known("true" | "false" | "1" | "0" as text):
            return Known(text in ("true", "1"), value.origin)
        case Absent():
            raise Failure("a condition is null")
        case _:
            raise Failure("a condition is not a boolean")


def decision(run: Evaluation, condition: Unknown, text: str, choice: Hashable = None) -> Unknown:
    """An unknown boolean with its two outcomes as alternatives. The choice is the condition itself if none is given."""
    if condition.alternatives:
        return condition
    label = run.label(condition.identity, text)
    outcomes = (f"{label} is true", f"{label} is false")
    return yes_or_no(
        condition.reason, condition.identity if choice is None else choice, outcomes, condition.origin, itself=condition.itself
    )
