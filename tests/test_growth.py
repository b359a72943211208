"""Rules ask the graph by its indexes: four times the resources cost four times the work, counted in lines that are executed."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, cast

import pytest

from helpers.counting import lines
from wa_iac.core.declared import INDEX, Declared, Dialect
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Rule
from wa_iac.core.value import Known, Origin, Tree, Unknown
from wa_iac.engine.build import units
from wa_iac.engine.catalogue import OURS
from wa_iac.engine.custom_rules.examples import examples
from wa_iac.engine.custom_rules.pages import FILES
from wa_iac.engine.suppressions.rules import SUPPRESSION_RULES

pytestmark = pytest.mark.slow
FEW: Final = 160
"""The blocks of the smaller graph: as many copies of a page's examples as have about so many blocks, at least 8 and at most 80."""
TIMES: Final = 4
MOST: Final = 1.5 * TIMES
"""How much more the larger graph may cost than the smaller one. Square growth would be 16."""
_NAMES: Final = re.compile(r"(?i)(?:name|identifier|bucket|id)$")
"""The arguments whose literal texts name a resource: each copy has a name of its own."""


def declared(rule: Rule, dialect: Dialect, folder: Path) -> list[Declared]:
    """What all examples of a rule's page in one dialect declare, each under addresses of its own."""
    found: list[Declared] = []
    for number, each in enumerate(examples(rule.page)):
        if each.dialect == dialect:
            path = folder / str(number) / FILES[dialect]
            path.parent.mkdir(parents=True)
            path.write_text(each.source, encoding="utf-8")
            (unit,), errors = units([path.parent])
            assert [each for each in errors if each.level == "error"] == []
            found += Copies(unit.declared).copy(f"example{number}")
    return found


class Copies:
    """Copies of what is declared: resources and data sources with addresses, names and unknowns of their own."""

    def __init__(self, declared: list[Declared]) -> None:
        self._declared = declared
        self._addresses = {INDEX.sub("", each.address) for each in declared if each.kind in ("resource", "data")}
        names = {text for each in declared if each.kind == "resource" for text in _named(each.body)}
        self._names = re.compile(
            "|".join(rf"\b{re.escape(each)}\b" for each in sorted(names, key=len, reverse=True)) or r"(?!)"
        )

    def __len__(self) -> int:
        return len(self._declared)

    def copy(self, mark: str) -> list[Declared]:
        return [self._of(each, mark) for each in self._declared]

    def _of(self, each: Declared, mark: str) -> Declared:
        if each.kind not in ("resource", "data"):
            return each
        body = cast("Known[dict[str, Tree]]", self._tree(each.body, mark))
        attributes = {key: self._tree(value, mark) for key, value in each.attributes.items()}
        return replace(each, address=self._address(each.address, mark), body=body, attributes=attributes)

    def _address(self, address: str, mark: str) -> str:
        if INDEX.sub("", address) not in self._addresses:
            return address
        head, bracket, index = address.partition("[")
        return f"{head}-{mark}{bracket}{index}"

    def _origin(self, origin: Origin, mark: str) -> Origin:
        if not origin.references and origin.document is None:
            return origin
        references = tuple(each._replace(address=self._address(each.address, mark)) for each in origin.references)
        document = None if origin.document is None else self._tree(origin.document, mark)
        return origin._replace(references=references, document=document)

    def _tree(self, value: Tree, mark: str) -> Tree:
        origin = self._origin(value.origin, mark)
        match value:
            case Known(dict() as entries):
                return Known(type(entries)({key: self._tree(item, mark) for key, item in entries.items()}), origin)
            case Known(list() as items):
                return Known(type(items)([self._tree(item, mark) for item in items]), origin)
            case Known(str() as text):
                return Known(self._names.sub(lambda name: f"{name[0]}-{mark}", text), origin)
            case Unknown():
                return self._unknown(value, origin, mark)
            case _:
                return value

    def _unknown(self, value: Unknown, origin: Origin, mark: str) -> Unknown:
        made = copy.copy(value)
        changes: dict[str, Any] = {"origin": origin, "identity": (mark, value.identity)}
        changes["parts"] = tuple(
            self._unknown(each, each.origin, mark) if isinstance(each, Unknown) else each for each in value.parts
        )
        changes["alternatives"] = tuple(each._replace(value=self._tree(each.value, mark)) for each in value.alternatives)
        for name, content in changes.items():
            setattr(made, name, content)
        return made


def _named(tree: Tree) -> Iterator[str]:
    match tree:
        case Known(dict() as entries):
            for key, value in entries.items():
                if isinstance(value, Known) and isinstance(value.value, str) and _NAMES.search(key) and value.value.strip("/*"):
                    yield value.value
                yield from _named(value)
        case Known(list() as items):
            for item in items:
                yield from _named(item)
        case _:
            return


_COUNTED: Final = re.compile(r"wa_iac/(?:pillars|knowledge|aws|core/(?:graph|reader|verdicts|logic)\.py)")
"""The code that may go over what is declared. How a single field is read is left out: it takes most of the time, and sees one resource."""


def judged(rule: Rule, dialect: Dialect, copies: Copies, times: int) -> Callable[[], None]:
    graph = Graph(dialect, [each for number in range(times) for each in copies.copy(str(number))])

    def run() -> None:
        for subject in [each for cls in rule.subjects for each in graph.of(cls)] if rule.subjects else [None]:
            rule.run(graph, subject)

    return run


RULES: Final = [rule for rule in OURS.all() if rule.slug not in SUPPRESSION_RULES]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.slug)
def test_the_work_of_a_rule_grows_no_faster_than_what_it_looks_at(rule: Rule, tmp_path: Path) -> None:
    """In one dialect, since a rule is the same code in both."""
    dialect: Dialect = "terraform" if any(each.dialect == "terraform" for each in examples(rule.page)) else "cloudformation"
    copies = Copies(declared(rule, dialect, tmp_path))

    number = min(80, max(8, FEW // len(copies)))

    few, many = (lines(judged(rule, dialect, copies, times), _COUNTED) for times in (number, TIMES * number))

    assert many <= MOST * few
