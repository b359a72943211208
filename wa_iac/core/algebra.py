"""Operations on values: alternatives are followed and decided, strings joined, values compared and printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

from .budget import EACH, current, size
from .environments import names_one
from .partial import MANY, PartlyMap, Rest, identity_of
from .reasons import Reason
from .same_text import outcome_of
from .value import Absent, Alternative, How, Known, Origin, Reference, Tree, Unknown


def moved(value: Tree, origin: Origin) -> Tree:
    """The same content with another origin: used when a reference, an argument or a default passes a value on."""
    if origin.document is None and value.origin.document is not None:
        origin = origin._replace(document=value.origin.document)
    if isinstance(value, Known):
        return Known(value.value, origin)
    return value.at(origin) if isinstance(value, Unknown) else Absent(origin)


def chosen_by(condition: Tree, value: Tree) -> Tree:
    """The value that a known condition chose. If a default decides the condition, the value's origin says so.

    A value that comes from elsewhere does not say it, since it is decided there; nor does a container with contents, since its
    members would be mistaken for the choice."""
    switch = condition.origin.default_step
    if switch is None or value.origin.chain or isinstance(value, Unknown):
        return value
    if isinstance(value, Known) and (value.value if isinstance(value.value, (list, dict)) else value.origin.how != "explicit"):
        return value
    return moved(value, Origin(*value.origin[:6], switch))


def choose(reason: Reason, choice: Hashable, alternatives: Iterable[tuple[str, Tree]], origin: Origin) -> Tree:
    """One of `alternatives`, depending on `choice`. The result is known if all alternatives are equal."""
    listed = tuple(Alternative(label, value) for label, value in alternatives)
    first = listed[0].value
    if all(type(other.value) is type(first) and other.value == first for other in listed[1:]):
        return moved(first, origin)
    identity = ("choice", choice, tuple(identity_of(a.value) for a in listed))
    return Unknown(reason, identity, origin, choice=choice, alternatives=listed)


def is_nothing(value: Tree) -> bool:
    """Whether a value is not there, or has nothing in it."""
    return isinstance(value, Absent) or (isinstance(value, Known) and value.value in ("", [], {}))


def yes_or_no(reason: Reason, choice: Hashable, outcomes: tuple[str, str], origin: Origin, *, itself: bool = False) -> Unknown:
    """An unknown boolean that is a choice of its own. `outcomes` are the labels of its two alternatives: true first, then
    false."""
    listed = tuple(Alternative(label, Known(truth, origin)) for label, truth in zip(outcomes, (True, False), strict=True))
    return Unknown(reason, choice, origin, itself=itself, choice=choice, alternatives=listed)


def lift(name: Hashable, function: Callable[..., Tree], *arguments: Tree, origin: Origin) -> Tree:
    """`function(*arguments)`. The result is unknown if an argument is.

    `function` is only called with known or absent arguments. An argument with alternatives is tried with each of them, so that
    `!If [IsProd, 3, 1] * 2` is 6 or 2. With several such arguments, the first decides and the others nest. At most eight
    alternatives are followed.
    """
    for index, argument in enumerate(arguments):
        if not isinstance(argument, Unknown):
            continue
        # A frozenset caches its hash. Without it, nested identities would be hashed again at each level, twice as often each
        # time.
        identity = (name, frozenset(enumerate(identity_of(each) for each in arguments)))
        if argument.choice is None or not 0 < len(argument.alternatives) <= 8:
            references = tuple(dict.fromkeys(r for each in arguments for r in each.origin.references))
            return Unknown(argument.reason, identity, origin._replace(references=references))
        return choose(
            argument.reason, argument.choice,
            [
                (label, lift(name, function, *(
                    substitute(each, {argument.choice: outcome}) if position != index else value
                    for position, each in enumerate(arguments)), origin=origin))
                for outcome, (label, value) in enumerate(argument.alternatives)
            ],
            origin,
        )  # fmt: skip
    return function(*arguments)


def choices(value: Tree) -> Iterator[Hashable]:
    """The choices that a value depends on, at any depth. The same choice may come more than once."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Unknown) and each.alternatives:
            yield each.choice
        waiting += reversed(below(each))


def leaves(value: Tree) -> Iterator[Tree]:
    """The value itself, or each of its alternatives, at any depth."""
    if not isinstance(value, Unknown) or not value.alternatives:
        yield value
        return
    for each in value.alternatives:
        yield from leaves(each.value)


def below(value: Tree) -> list[Tree]:
    """The direct contents of a value: elements, entries, alternatives and unknown pieces. They are charged to the budget, since
    the same value may be in another many times."""
    match value:
        case Known(list() as items):
            found: list[Tree] = items
        case Known(dict() as entries):
            found = list(entries.values())
        case PartlyMap():
            found = [*value.every(), *(name for name, _ in value.others)]
        case Unknown(alternatives=alternatives, parts=parts) if alternatives or parts:
            found = [each.value for each in alternatives] + [part for part in parts if isinstance(part, Unknown)]
        case _:
            return []
    current().compare(EACH * (3 + len(found)))
    return found


def substitute(value: Tree, outcomes: Mapping[Hashable, int]) -> Tree:
    """`value` with every choice in `outcomes` decided. Returns the same object if nothing changes."""
    match value:
        case Unknown():
            return _decided(value, outcomes)
        case Known(list() as items):
            current().compare(EACH * (3 + len(items)))
            changed = [substitute(item, outcomes) for item in items]
            return value if _same_objects(items, changed) else Known(changed, value.origin)
        case Known(dict() as entries):
            values = list(entries.values())
            current().compare(EACH * (3 + len(values)))
            changed = [substitute(item, outcomes) for item in values]
            return value if _same_objects(values, changed) else Known(dict(zip(entries, changed, strict=True)), value.origin)
        case _:
            return value


def _decided(value: Unknown, outcomes: Mapping[Hashable, int]) -> Tree:
    if isinstance(value, PartlyMap):
        return _decided_in(value, outcomes)
    if value.choice is not None and value.alternatives:
        index = outcome_of(value.choice, outcomes)
        if index is not None and index < len(value.alternatives):
            return substitute(value.alternatives[index].value, outcomes)
    if value.alternatives:
        current().compare(EACH * (3 + len(value.alternatives)))
        changed = [substitute(each.value, outcomes) for each in value.alternatives]
        if not _same_objects([each.value for each in value.alternatives], changed):
            labels = [each.label for each in value.alternatives]
            return choose(value.reason, value.choice, zip(labels, changed, strict=True), value.origin)
    if value.parts:
        pieces = [piece if isinstance(piece, str) else substitute(piece, outcomes) for piece in value.parts]
        if not _same_objects(value.parts, pieces):
            return joined(pieces, value.origin)
    return value


def _decided_in(value: PartlyMap, outcomes: Mapping[Hashable, int]) -> Tree:
    """A partly known map, with the choices in its entries decided. Its set of names never depends on a choice."""
    before = [*value.entries.values(), *(each for _, each in value.others)]
    current().compare(EACH * (3 + len(before)))
    changed = [substitute(each, outcomes) for each in before]
    if _same_objects(before, changed):
        return value
    contents = iter(changed)
    entries = {name: next(contents) for name in value.entries}
    return PartlyMap(entries, tuple((name, next(contents)) for name, _ in value.others), value.rest, value.origin)


def _same_objects(before: Sequence[object], after: Sequence[object]) -> bool:
    return all(one is other for one, other in zip(before, after, strict=True))


def joined(pieces: Iterable[str | Tree], origin: Origin) -> Tree:
    """The string made of `pieces`. It is unknown, and keeps its parts, if a piece is. Numbers and booleans are written as in
    both dialects."""
    parts: list[str | Unknown] = []
    plain: list[str] = []
    references: dict[Reference, None] = dict.fromkeys(origin.references)
    sensitive = origin.sensitive
    how = origin.how

    def flush() -> None:
        text = "".join(plain)
        plain.clear()
        if text:
            budget.make(size(text))
            parts.append(text)

    budget = current()
    for piece in pieces:
        if not isinstance(piece, str):
            if piece.origin.references:
                references.update(dict.fromkeys(piece.origin.references))
            sensitive = sensitive or piece.origin.sensitive
            if how in ("computed", "from values"):
                how = _names_environment_by(piece) or how
        match piece:
            case str():
                plain.append(piece)
            case Known(content):
                plain.append(text_of(content))
            case Unknown():
                for part in piece.parts or (piece,):
                    if isinstance(part, str):
                        plain.append(part)
                    else:
                        flush()
                        parts.append(part)
            case Absent():
                continue
    flush()
    budget.make(8 * (len(parts) + len(references)))
    where = Origin(origin.span, how, origin.chain, tuple(references), sensitive, origin.document, origin.switch)
    if not parts:
        return Known("", where)
    if len(parts) == 1 and isinstance(parts[0], str):
        return Known(parts[0], where)
    unknown = next(part for part in parts if isinstance(part, Unknown))
    if len(parts) == 1:
        return moved(unknown, where)
    identity = ("join", tuple(part if isinstance(part, str) else part.identity for part in parts))
    return Unknown(unknown.reason, identity, where, parts=tuple(parts))


def _names_environment_by(piece: Tree) -> How | None:
    """How a piece of a text names an environment, if it does by a default or by a value that was given, or is a text that is made of such a piece
    and of something unknown."""
    how = piece.origin.how
    if isinstance(piece, Unknown):
        return how if how in ("from defaults", "from values") else None
    if not isinstance(piece, Known):
        return None
    if piece.origin.by_default:
        return "from defaults" if names_one(text_of(piece.value)) else None
    return "from values" if how in ("given", "from values") and names_one(text_of(piece.value)) else None


def text_of(content: object) -> str:
    """A scalar as a string, the way both dialects convert it: `true`, `1.5`, `3` for 3.0."""
    if isinstance(content, bool):
        return "true" if content else "false"
    if isinstance(content, float) and content.is_integer():
        return str(int(content))
    return "" if content is None else str(content)


def are_equal(one: Tree, other: Tree) -> bool | None:
    """True or False if two values are known to be equal or to differ; else None."""
    if isinstance(one, Unknown) and isinstance(other, Unknown):
        if one.identity == other.identity:
            return True
        if one.element and other.element and one.element[0] == other.element[0]:
            return one.element[1] == other.element[1]
        return None
    if isinstance(one, Unknown) or isinstance(other, Unknown):
        return None
    return one == other


def count_distinct(values: Iterable[Tree]) -> tuple[int, int]:
    """The minimum and the maximum number of different values among `values`."""
    groups: dict[Hashable, Tree] = {}
    elements: set[Hashable] = set()
    more = 0
    for value in values:
        if isinstance(value, Rest):
            more = min(MANY, more + value.most)
            continue
        if isinstance(value, Unknown) and value.element is not None:
            if value.element in elements:
                continue
            elements.add(value.element)
        groups.setdefault(value, value)
    if not groups:
        return 0, more
    # The minimum: the number of known values, or of members of one collection whose members all differ.
    members = Counter(each.element[0] for each in groups if isinstance(each, Unknown) and each.element is not None)
    known = sum(not isinstance(each, Unknown) for each in groups)
    least = max(1, known, *members.values())
    return least, len(groups) + more


def references(value: Tree) -> Iterator[Reference]:
    """Every reference in a value and, for containers, below it."""
    waiting = [value]
    budget = current()
    while waiting:
        each = waiting.pop()
        if each.origin.references:
            yield from each.origin.references
        # As `below`, without a call for each value: rules look through whole bodies.
        if isinstance(each, Known):
            content = each.value
            if isinstance(content, dict):
                waiting += reversed(content.values())
            elif isinstance(content, list):
                waiting += reversed(content)
            else:
                continue
            budget.compare(EACH * (3 + len(content)))
        elif isinstance(each, Unknown):
            waiting += reversed(below(each))
