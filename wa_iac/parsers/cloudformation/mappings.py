"""`Fn::FindInMap`: one entry, or every entry that an undecided key leaves open."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from wa_iac.core.algebra import text_of
from wa_iac.core.value import Known, Origin, Span, Step, Tree, Unknown

from .choices import choose_within
from .located import Entry, MapNode, Node
from .scope import Scope, broken, result

MAX_KEYS: Final = 64
"""Keys of a mapping that are followed where the key is unknown."""


def find_in_map(scope: Scope, node: Node, where: Span) -> Tree:
    """`Fn::FindInMap`: `[mapping, first key, second key]`, with `{"DefaultValue": x}` as a fourth argument."""
    arguments = scope.arguments("Fn::FindInMap", node, 3, 4)
    if arguments is None:
        return broken(where, node.span)
    default: Tree | None = None
    if len(arguments) == 4:
        options = arguments[3]
        entry = options.entries.get("DefaultValue") if isinstance(options, MapNode) else None
        if entry is None:
            return scope.fail("the fourth argument of Fn::FindInMap is an object with a DefaultValue", where, options.span)
        default = scope.evaluate(entry.value, entry.where)
    values = [scope.evaluate(argument, argument.span) for argument in arguments[:3]]
    return _Lookup(scope, where, node.span, default).find(*values)


class _Lookup:
    """One call of Fn::FindInMap: its keys are decided from left to right, each known or over its possible values."""

    def __init__(self, scope: Scope, where: Span, at: Span, default: Tree | None) -> None:
        self._scope = scope
        self._where = where
        self._at = at
        self._default = default
        self._undecided = 0

    def find(self, name: Tree, first: Tree, second: Tree) -> Tree:
        """The entry at two keys of the mapping `name`."""
        mappings = self._scope.mappings

        def in_mapping(name: str) -> Tree:
            section = _members(mappings.get(name))
            if name not in mappings:
                return self._missing(f'there is no mapping "{name}"')
            # Only keys under which the second one exists can be meant.
            wanted = text_of(second.value) if isinstance(second, Known) else None
            keys = [key for key, entry in section.items() if wanted is None or wanted in _members(entry)]
            return self._each(first, keys, lambda key: in_section(name, key, _members(section.get(key))))

        def in_section(name: str, key: str, entries: dict[str, Entry]) -> Tree:
            return self._each(second, entries, lambda last: at_end(f'"{key}.{last}" of mapping "{name}"', entries.get(last)))

        def at_end(called: str, entry: Entry | None) -> Tree:
            if entry is None:
                return self._missing(f"there is no entry {called}")
            value = self._scope.evaluate(entry.value, entry.where)
            return result(value, self._where, Step(entry.where, f"entry {called}"))

        return self._each(name, (), in_mapping)

    def _each(self, key: Tree, candidates: Iterable[str], entry: Callable[[str], Tree]) -> Tree:
        """What `entry` gives for every text that `key` can be: its alternatives, or else the `candidates`."""
        match key:
            case Known(str() | int() | float() as content):
                steps = key.origin.chain
                return result(entry(text_of(content)), self._where, *steps)
            case Unknown(alternatives=alternatives) if alternatives:
                choice = key.choice
                listed = [(label, self._later(partial(self._each, value, (), entry))) for label, value in alternatives]
            case Unknown():
                keys = sorted(candidates)
                if not 0 < len(keys) <= MAX_KEYS:
                    return Unknown(
                        key.why, ("Fn::FindInMap", key.identity, self._at), Origin(self._where, "computed"), settle=key.settle
                    )
                choice = ("key", key.identity, tuple(keys), self._default is not None)
                called = _called(key)
                listed = [(f"{called} is {each}", self._later(partial(entry, each))) for each in keys]
                if self._default is not None:
                    listed.append((f"{called} is another", self._default))
            case _:
                return self._scope.fail("Fn::FindInMap takes names of a mapping and of its keys", self._where, self._at)
        origin = Origin(self._where, "computed", key.origin.chain, key.origin.references)
        return choose_within(key.why, choice, listed, origin, settle=key.settle)

    def _later(self, find: Callable[[], Tree]) -> Tree:
        """What `find` gives under one of several possibilities: that it has no entry is not an error of the template."""
        self._undecided += 1
        try:
            return find()
        finally:
            self._undecided -= 1

    def _missing(self, message: str) -> Tree:
        if self._default is not None:
            return result(self._default, self._where)
        if self._undecided or self._scope.is_open:
            return Unknown(message, ("no entry", self._at, message), Origin(self._where, "computed"))
        return self._scope.fail(message, self._where, self._at)


def _members(entry: Entry | None) -> dict[str, Entry]:
    return entry.value.entries if entry is not None and isinstance(entry.value, MapNode) else {}


def _called(key: Unknown) -> str:
    match key.identity:
        case ("parameter" | "pseudo", str() as name):
            return name
        case _:
            return "the key"
