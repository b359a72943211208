"""`Fn::FindInMap`: one entry, or every entry that is possible for an undecided key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Final

from wa_iac.core import environments
from wa_iac.core.algebra import text_of
from wa_iac.core.reasons import InParameterStore, Pseudo, Said, UnsetParameter
from wa_iac.core.span import Span
from wa_iac.core.value import Known, Origin, Step, Tree, Unknown
from wa_iac.parsers.cloudformation.scope import TemplateScope, broken, result
from wa_iac.parsers.cloudformation.text.located import MACRO, Entry, MapNode, Node

from .choices import choose_within

MAX_KEYS: Final = 64
"""The keys of a mapping that are followed if the key is unknown."""


def find_in_map(scope: TemplateScope, node: Node, where: Span) -> Tree:
    """`Fn::FindInMap`: `[mapping, first key, second key]`, with `{"DefaultValue": x}` as a fourth argument."""
    arguments = scope.arguments("Fn::FindInMap", node, 3, 4)
    if arguments is None:
        return broken(where, node.span)
    default: Tree | None = None
    if len(arguments) == 4:
        options = arguments[3]
        entry = options.entries.get("DefaultValue") if isinstance(options, MapNode) else None
        if entry is None:
            return scope.fail("the fourth argument of Fn::FindInMap must be an object with a DefaultValue", where, options.span)
        default = scope.evaluate(entry.value, entry.where)
    values = [scope.evaluate(argument, argument.span) for argument in arguments[:3]]
    return _Lookup(scope, where, node.span, default).find(*values)


class _Lookup:
    """One call of Fn::FindInMap: its keys are decided from left to right, each known or for all its possible values."""

    def __init__(self, scope: TemplateScope, where: Span, at: Span, default: Tree | None) -> None:
        self._scope = scope
        self._where = where
        self._at = at
        self._default = default
        self._keys: tuple[Tree, ...] = ()

    def find(self, name: Tree, first: Tree, second: Tree) -> Tree:
        """The entry at two keys of the mapping `name`."""
        mappings = self._scope.mappings
        self._keys = (name, first, second)

        def in_mapping(name: str) -> Tree:
            section = _members(mappings.get(name))
            if name not in mappings:
                return self._missing(f'mapping "{name}"', may_be=self._scope.open_mappings)
            # Only keys with an entry for the second key are possible.
            wanted = text_of(second.value) if isinstance(second, Known) else None
            keys = [
                key
                for key, entry in section.items()
                if key != MACRO and (wanted is None or wanted in _members(entry) or _is_open(entry))
            ]
            more = _is_open(mappings[name])
            found = self._each(first, keys, lambda key: in_section(name, key, section.get(key), more), more=more)
            return self._by_environment(found, first, section, wanted)

        def in_section(name: str, key: str, section: Entry | None, may_be: bool) -> Tree:
            entries = _members(section)
            more = _is_open(section) if section is not None else may_be
            keys = [each for each in entries if each != MACRO]

            def at_end(last: str) -> Tree:
                called, entry = f'entry "{key}.{last}" of mapping "{name}"', entries.get(last)
                if entry is None:
                    return self._missing(called, may_be=more)
                value = self._scope.evaluate(entry.value, entry.where)
                return result(value, self._where, Step(entry.where, called, entry=last))

            return self._each(second, keys, at_end, more=more)

        return self._each(name, (), in_mapping)

    def _by_environment(self, found: Tree, first: Tree, section: Mapping[str, Entry], last: str | None) -> Tree:
        """An entry, which says so if a default chose it by the name of an environment and the one of production is another."""
        if not first.origin.chain or not isinstance(found, Known) or last is None:
            return found
        named = {key: _members(entry).get(last) for key, entry in section.items() if environments.is_of_production(key)}
        values = {key: self._scope.evaluate(entry.value, entry.where) for key, entry in named.items() if entry is not None}
        return environments.entry_for(found, first, values)

    def _each(self, key: Tree, candidates: Iterable[str], entry: Callable[[str], Tree], *, more: bool = False) -> Tree:
        """The result of `entry` for every possible text of `key`: its alternatives, or else the `candidates`; there may be
        `more` of these."""
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
                    return Unknown(key.reason, ("Fn::FindInMap", key.identity, self._at), Origin(self._where, "computed"))
                choice = ("key", key.identity, tuple(keys), more or self._default is not None)
                called = _called(key)
                listed = [(f"{called} is {each}", self._later(partial(entry, each))) for each in keys]
                if more:
                    listed.append(
                        (f"{called} has another value", self._elsewhere(f"the mapping's entry for other values of {called}"))
                    )
                elif self._default is not None:
                    listed.append((f"{called} has another value", self._default))
            case _:
                return self._scope.fail("Fn::FindInMap needs the names of a mapping and of its keys", self._where, self._at)
        origin = Origin(self._where, "computed", key.origin.chain, key.origin.references)
        return choose_within(key.reason, choice, listed, origin)

    def _later(self, find: Callable[[], Tree]) -> Tree:
        """The result of `find` for one of several possibilities; a missing entry is then not an error of the template."""
        with self._scope.supposing():
            return find()

    def _missing(self, sought: str, *, may_be: bool) -> Tree:
        """The result of a lookup without an entry; `may_be`: a missing snippet or macro may add the entry."""
        if may_be:
            return self._elsewhere(sought)
        if self._default is not None:
            return result(self._default, self._where)
        if self._scope.is_open:
            return self._elsewhere(sought)
        return self._scope.refuse(f"there is no {sought}", self._where, self._at, *self._keys)

    def _elsewhere(self, sought: str) -> Unknown:
        return Unknown(
            Said(
                f"{sought} is in a snippet or a macro that is not available",
                "put the snippet beside the template, or check the macro's result",
            ),
            ("no entry", self._at, sought),
            Origin(self._where, "computed"),
        )


def open_mappings(scope: TemplateScope) -> None:
    """Notes the mappings whose further entries come from a missing snippet or a macro. Those are unknown, and that is not a
    mistake."""
    for name, entry in scope.mappings.items():
        for each in (entry, *_members(entry).values()):
            if _is_open(each):
                scope.macro(f'what it adds to the mapping "{name}" is not known', each.key)
                break


def _is_open(entry: Entry) -> bool:
    """Whether a macro adds members to an object."""
    return MACRO in _members(entry)


def _members(entry: Entry | None) -> dict[str, Entry]:
    return entry.value.entries if entry is not None and isinstance(entry.value, MapNode) else {}


def _called(key: Unknown) -> str:
    match key.source:
        case UnsetParameter() | InParameterStore() | Pseudo() as named:
            return named.address
        case _:
            return "the key"
