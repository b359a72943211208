"""The examples of the rules' pages, with one value after the other replaced by what nobody expects there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple, cast

from helpers.resources import tree
from wa_iac.core.declared import Declared, Unit
from wa_iac.core.graph import Graph
from wa_iac.core.reasons import Said
from wa_iac.core.rule import Rule
from wa_iac.core.value import Absent, Alternative, Known, Origin, Reference, Tree, Unknown
from wa_iac.engine.build import units
from wa_iac.engine.catalogue import OURS
from wa_iac.engine.custom_rules.examples import Example, examples
from wa_iac.engine.custom_rules.pages import FILES
from wa_iac.engine.suppressions.rules import SUPPRESSION_RULES

DEEP: Final = 60


def _deep(inner: Any, levels: int) -> Any:
    for _ in range(levels):
        inner = [{"a": inner}]
    return inner


_UNKNOWN: Final = Unknown(Said("not known"), ("odd",))
_DECISION: Final = ("odd", "decision")

VALUES: Final[tuple[Tree, ...]] = (
    _UNKNOWN,
    Unknown(Said("in pieces"), ("odd", "pieces"), parts=("x", _UNKNOWN, "y")),
    Unknown(Said("of a resource"), ("odd", "reference"), Origin(references=(Reference("nothing", "Arn"),))),
    Unknown(
        Said("decided later"),
        ("odd", "choice"),
        choice=_DECISION,
        alternatives=(
            Alternative("a", Known(1)),
            Alternative("b", tree([{"a": 1}])),
            Alternative("c", Absent()),
            Alternative("d", tree({"a": [True]})),
            Alternative("e", Known("x")),
        ),
    ),
    *(
        tree(each)
        for each in cast(
            "tuple[object, ...]",
            (
                *(True, False, 0, -1, 1.5, 10**400, float("inf"), float("-inf"), float("nan")),
                *(
                    "",
                    "x",
                    "*",
                    "1e400",
                    "nan",
                    "²",
                    "-1",
                    "9" * 5000,
                    "a\0b",
                    "\ud800",
                    "[",
                    "{}",
                    '[{"a": 1}]',
                    "a:b:c:d:e:f:g",
                ),
                *([], {}, [[]], [{}], {"a": 1}, {"": {}}, [1, True, "x", [2]], [{"a": 1}, 2], {"a": {"b": [1]}}),
                *(
                    {"Key": 1, "Value": []},
                    [{"Key": [], "Value": {}}],
                    [{"Key": "Name", "Value": 1}],
                    {"Name": 1, "Environment": []},
                ),
                *([_UNKNOWN], {"a": _UNKNOWN}, [[_UNKNOWN]], _deep("x", DEEP)),
            ),
        )
    ),
    Absent(),
)
"""Values of every kind that a parser hands on, whole numbers, numbers and texts at their ends among them."""


class Question(NamedTuple):
    """What a rule says of a unit in which the value at `place` of a resource is the `number`th odd one."""

    rule: Rule
    unit: Unit
    at: int
    place: str
    replaced: Callable[[Tree], Declared]
    number: int

    def __str__(self) -> str:
        return f"{self.rule.slug} ({self.unit.dialect}): {self.place} is {VALUES[self.number]!r:.80}"

    @property
    def declared(self) -> list[Declared]:
        """The unit's resources, with the odd value."""
        declared = list(self.unit.declared)
        declared[self.at] = self.replaced(VALUES[self.number])
        return declared

    def ask(self) -> None:
        """Everything that the rule says of the unit. What the rule raises, this raises."""
        graph = Graph(self.unit.dialect, self.declared)
        if not self.rule.subjects:
            self.rule.run(graph, None)
        for cls in self.rule.subjects:
            for subject in graph.of(cls):
                self.rule.run(graph, subject)


def questions() -> Iterator[Question]:
    """Every question that can be asked of the examples on our rules' pages, always in the same order."""
    for rule in OURS.all():
        if rule.slug not in SUPPRESSION_RULES:
            loaded = OURS.load(rule.slug)
            for example in examples(rule.page):
                yield from _of_example(loaded, example)


def _of_example(rule: Rule, example: Example) -> Iterator[Question]:
    with TemporaryDirectory() as folder:
        Path(folder, FILES[example.dialect]).write_text(example.source, encoding="utf-8")
        read, _ = units([Path(folder)])
    for unit in read:
        for index, each in enumerate(unit.declared):
            for place, replaced in replaceable(each):
                for number in range(len(VALUES)):
                    yield Question(rule, unit, index, place, replaced, number)


def replaceable(declared: Declared) -> Iterator[tuple[str, Callable[[Tree], Declared]]]:
    for path in _paths(declared.body):
        if path:

            def of_body(odd: Tree, path: tuple[str | int, ...] = path) -> Declared:
                body: Any = _with(declared.body, path, odd)
                return replace(declared, body=body)

            yield f"{declared.address}: {'.'.join(map(str, path))}", of_body
    for name, value in declared.attributes.items():
        for path in _paths(value):

            def of_attribute(odd: Tree, name: str = name, path: tuple[str | int, ...] = path) -> Declared:
                return replace(declared, attributes={**declared.attributes, name: _with(declared.attributes[name], path, odd)})

            yield f"{declared.address}: @{'.'.join(map(str, (name, *path)))}", of_attribute


def _paths(value: Tree) -> Iterator[tuple[str | int, ...]]:
    """The paths of a value and of all that is in it; of a text that a program wrote as JSON, those of what it encodes."""
    yield ()
    if value.origin.document is not None:
        yield from (("", *path) for path in _paths(value.origin.document) if path)
    match value:
        case Known(dict() as entries):
            for key, entry in entries.items():
                yield from ((key, *path) for path in _paths(entry))
        case Known(list() as items):
            for index, item in enumerate(items):
                yield from ((index, *path) for path in _paths(item))
        case _:
            return


def _with(value: Tree, path: tuple[str | int, ...], odd: Tree) -> Tree:
    if not path:
        return Known(odd.value, value.origin) if isinstance(odd, Known) else odd
    first, *rest = path
    if value.origin.document is not None and first == "":
        document = _with(value.origin.document, tuple(rest), odd)
        origin = value.origin._replace(document=document)
        return (
            Known(value.value, origin)
            if isinstance(value, Known)
            else value.at(origin)
            if isinstance(value, Unknown)
            else value
        )
    match value:
        case Known(dict() as entries):
            return Known({**entries, str(first): _with(entries[str(first)], tuple(rest), odd)}, value.origin)
        case Known(list() as items) if isinstance(first, int):
            return Known([*items[:first], _with(items[first], tuple(rest), odd), *items[first + 1 :]], value.origin)
        case _:
            raise AssertionError(path)
