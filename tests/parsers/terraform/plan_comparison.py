"""What we evaluate a module to, against what a real plan of it says: every address, and every property that the plan knows.

    PYTHONPATH=tests python tests/parsers/terraform/plan_comparison.py

writes the list of what the recorded plans know and we do not.

A property is one argument of a resource instance. What the plan leaves to the deployment is not compared. What nobody wrote and the
plan shows all the same is the provider's default: our bindings have it, not our evaluation.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha1
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from parsers.terraform.record_plans import ARGUMENTS, BEFORE, MODULE, RECORDED, named

from wa_iac.core.binding import Tf, segments
from wa_iac.core.declared import INDEX, Declared
from wa_iac.core.reader import field_specs
from wa_iac.core.resource import Block, Resource
from wa_iac.core.value import Absent, Known, Tree, Unknown
from wa_iac.engine.build import graphs
from wa_iac.engine.catalogue import OURS
from wa_iac.parsers.terraform.plan.parts import PARTS

Verdict = Literal["known", "default", "unknown", "different"]
UNKNOWN: Final = RECORDED / "unknown.md"
"""What the recorded plans know and we do not."""
_NOTHING: Final[tuple[object, ...]] = (None, "", [], {}, 0, False)
ACCEPTED: Final = {
    ("optional-and-null", "aws_lb_target_group.service", "health_check"): "what is null is the provider's default",
}
"""Where we differ from a recorded plan, and why."""
_SPELLINGS: Final = frozenset({("all", "-1")})
"""What the provider keeps in another spelling than it was written: the protocol of a rule."""
_COMPUTED: Final = frozenset({"tags_all", "id", "arn"})


class Property(NamedTuple):
    """One argument of an instance: what we make of it, and why where we differ or do not know."""

    address: str
    name: str
    verdict: Verdict
    why: str = ""
    read: bool = False
    """Whether a class of ours reads it."""


@dataclass
class Comparison:
    """A module and its plan. `missing` are the addresses that only the plan has, `extra` those that only we have."""

    missing: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    properties: list[Property] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def of(self, verdict: Verdict) -> list[Property]:
        return [each for each in self.properties if each.verdict == verdict]

    def tally(self) -> Counter[str]:
        return Counter(each.verdict for each in self.properties if each.read)


def compared(directory: Path, plan: dict[str, Any]) -> Comparison:
    """A module, evaluated with the variables of its plan, against the plan."""
    directory = named(directory, MODULE) or directory
    built, errors = graphs([directory])
    result = Comparison(errors=[each.message for each in errors])
    here = str(directory.resolve())
    found = {
        each.address: each
        for unit, _ in built
        if str(Path(unit.path).resolve()) == here or len(built) == 1
        for each in unit.declared
        if each.kind == "resource"
    }
    result.errors += [each.message for unit, _ in built for each in unit.errors]
    changes = {each["address"]: each.get("change", {}) for each in plan.get("resource_changes", [])}
    planned = {
        each["address"]: each
        for each in resources(plan["planned_values"].get("root_module", {}))
        if each["mode"] == "managed" and changes.get(each["address"], {}).get("actions") != ["forget"]
    }
    stand_ins = {INDEX.sub("", each.address): each for each in found.values() if each.representative}
    conditional = {address for address, each in found.items() if each.condition is not None}
    for address in planned:
        if address not in found and INDEX.sub("", address) not in stand_ins:
            result.missing.append(address)
    for address, each in found.items():
        if address not in planned and not each.representative and address not in conditional:
            result.extra.append(address)
    written = {each["address"]: each.get("expressions", {}) for each in configured(plan)}
    for address, entry in planned.items():
        declared = found.get(address) or stand_ins.get(INDEX.sub("", address))
        if declared is not None:
            expressions = written.get(INDEX.sub("", address), {})
            result.properties += _properties(declared, entry, changes.get(address, {}), expressions)
    return result


def resources(module: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """All resources of a plan's values."""
    yield from module.get("resources", [])
    for child in module.get("child_modules", []):
        yield from resources(child)


def configured(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """All resources of a plan's configuration, by their whole address without indices."""

    def inside(module: dict[str, Any], prefix: str) -> Iterator[dict[str, Any]]:
        for each in module.get("resources", []):
            yield {**each, "address": prefix + each["address"]}
        for name, call in module.get("module_calls", {}).items():
            yield from inside(call.get("module", {}), f"{prefix}module.{name}.")

    yield from inside(plan.get("configuration", {}).get("root_module", {}), "")


def _properties(
    declared: Declared, planned: dict[str, Any], change: dict[str, Any], written: dict[str, Any]
) -> Iterator[Property]:
    later = change.get("after_unknown") or {}
    for name, theirs in planned.get("values", {}).items():
        if theirs is None or name in _COMPUTED or later.get(name) is True:
            continue
        ours = declared.body.value.get(name, Absent())
        verdict, why = agreement(ours, theirs, later.get(name, False), written.get(name))
        yield Property(declared.address, name, verdict, why, name in read_arguments(declared.type))


def agreement(ours: Tree, theirs: Any, later: Any = False, written: Any = None) -> tuple[Verdict, str]:
    """How a value of ours stands to one of the plan: `different` before `unknown` before `default` before `known`."""
    if later is True:
        return "known", ""
    text = _document(theirs)
    if isinstance(ours, Unknown) and text is not None and isinstance(ours.origin.document, Known):
        return agreement(ours.origin.document, text)
    if isinstance(ours, Unknown):
        return "unknown", ours.why
    if isinstance(ours, Absent):
        if theirs in _NOTHING or theirs is None or written is None:
            return "known" if theirs in _NOTHING else "default", ""
        if isinstance(theirs, list) and all(each in _NOTHING for each in theirs):
            return "known", ""
        return "different", f"nothing; the plan has {theirs!r}"
    content = ours.value
    if isinstance(content, dict) and isinstance(theirs, list) and len(theirs) == 1:
        theirs, later = theirs[0], _first(later)
    if isinstance(content, list) and isinstance(theirs, dict) and len(content) == 1:
        return agreement(content[0], theirs, later, _first(written))
    if isinstance(content, dict) and isinstance(theirs, dict):
        return _object(content, theirs, later, written)
    if isinstance(content, list) and isinstance(theirs, list):
        return _list(content, theirs, later, written)
    if isinstance(content, str) and theirs == sha1(content.encode(), usedforsecurity=False).hexdigest():
        return "known", ""
    if isinstance(content, str) and text is not None:
        mine = _document(content)
        return ("known", "") if mine == text else ("different", f"{content!r}; the plan has {theirs!r}")
    same = _scalar(content) == _scalar(theirs) or (content, theirs) in _SPELLINGS
    return ("known", "") if same else ("different", f"{content!r}; the plan has {theirs!r}")


_ORDER: Final[tuple[Verdict, ...]] = ("known", "default", "unknown", "different")


def _worst(found: Iterable[tuple[Verdict, str]]) -> tuple[Verdict, str]:
    return max(found, key=lambda each: _ORDER.index(each[0]), default=("known", ""))


def _object(ours: dict[str, Tree], theirs: dict[str, Any], later: Any, written: Any) -> tuple[Verdict, str]:
    unknown = later if isinstance(later, dict) else {}
    expressions = written if isinstance(written, dict) and not written.keys() <= {"constant_value", "references"} else {}
    found = [
        agreement(ours.get(name, Absent()), value, unknown.get(name, False), expressions.get(name))
        for name, value in theirs.items()
        if value is not None
    ]
    extra = [
        name
        for name, value in ours.items()
        if name not in theirs
        and not isinstance(value, Absent | Unknown)
        and value.value not in _NOTHING
        and name not in unknown
    ]
    if extra:
        found.append(("different", f"{', '.join(extra)}; the plan has none"))
    return _worst(found)


def _list(ours: list[Tree], theirs: list[Any], later: Any, written: Any) -> tuple[Verdict, str]:
    """Element by element; those of a set in any order."""
    ours = [each for each in ours if not isinstance(each, Absent)]
    unknown = later if isinstance(later, list) else []
    number = max(len(theirs), len(unknown))
    if len(ours) != number:
        if any(isinstance(each, Unknown) for each in ours):
            return "unknown", next(each.why for each in ours if isinstance(each, Unknown))
        return "different", f"{len(ours)} elements; the plan has {number}"
    blocks = written if isinstance(written, list) else []
    rest = list(range(number))
    found: list[tuple[Verdict, str]] = []
    for index, mine in enumerate(ours):
        block = blocks[index] if index < len(blocks) else (blocks[0] if len(blocks) == 1 else None)
        tried = [
            (agreement(mine, theirs[i] if i < len(theirs) else None, unknown[i] if i < len(unknown) else False, block), i)
            for i in rest
        ]
        best, chosen = min(tried, key=lambda each: (_ORDER.index(each[0][0]), each[1] != index))
        rest.remove(chosen)
        found.append(best)
    return _worst(found)


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _document(value: object) -> Any:
    """What a text in JSON says, whatever its layout; None for any other value. Providers sort what it holds, and add what is empty."""
    if not isinstance(value, str) or value.strip()[:1] not in ("{", "["):
        return None
    try:
        return _filled(json.loads(value))
    except ValueError:
        return None


def _filled(content: Any) -> Any:
    if isinstance(content, dict):
        return {name: _filled(each) for name, each in content.items() if each is not None and each != []}
    return sorted(map(_filled, content), key=json.dumps) if isinstance(content, list) else content


def _scalar(value: object) -> str:
    """A number, a boolean and the text of either are the same once the provider has taken them."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(int(value)) if float(value).is_integer() else str(value)
    return str(value)


@cache
def read_arguments(kind: str) -> frozenset[str]:
    """The arguments of a type that classes of ours read, themselves or as a part of another resource."""
    return frozenset(name for of, name in _read() if of == kind)


@cache
def _read() -> frozenset[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for cls in _classes():
        for plan in field_specs(cls):
            for binding in plan.tf:
                for kind in (binding.of,) if binding.of else cls.tf:
                    found |= {(kind, name) for name in _names(binding, plan.classes)}
    found |= {(kind, part.by) for kind, parts in PARTS.items() for part in parts}
    return frozenset(found)


def _names(binding: Tf, classes: tuple[Any, ...]) -> Iterator[str]:
    path = segments(binding.path)
    if path:
        yield path[0].name
        return
    for cls in classes:
        if isinstance(cls, type) and issubclass(cls, Block):
            for plan in field_specs(cls):
                for inner in plan.tf:
                    yield from _names(inner, plan.classes)


def _classes() -> Iterator[type[Resource]]:
    OURS.all()
    waiting = list(Resource.__subclasses__())
    while waiting:
        cls = waiting.pop()
        waiting += cls.__subclasses__()
        if cls.tf:
            yield cls


def table(found: dict[str, Comparison]) -> str:
    """What plans know and we do not, with the reason, in Markdown."""
    rows = [
        f"| {module} | `{each.address}` | `{each.name}` | {each.why} | {'yes' if each.read else 'no'} |"
        for module, comparison in sorted(found.items())
        for each in sorted(comparison.of("unknown"))
    ]
    tally = sum((each.tally() for each in found.values()), Counter[str]())
    good = tally["known"] + tally["default"]
    return "\n".join(
        [
            "# What the recorded plans know and the evaluation of their source does not",
            "",
            f"GENERATED by `tests/parsers/terraform/plan_comparison.py`. Of {tally.total()} properties that rules read and a plan",
            f"knows, {good} are known from the source ({good / tally.total():.1%}).",
            "",
            "| module | resource | property | reason | read by rules |",
            "| --- | --- | --- | --- | --- |",
            *rows,
            "",
        ]
    )


def whole() -> list[Path]:
    """The recorded plans that say what a whole module comes to."""
    return [
        each
        for each in sorted(RECORDED.glob("*.json"))
        if not (RECORDED / each.stem / ARGUMENTS).exists() and not each.stem.startswith("errored")
    ]


def fresh() -> list[Path]:
    """Those of them that make everything: the others have ids of what exists, which no source tells."""
    return [each for each in whole() if not (RECORDED / each.stem / BEFORE).exists()]


if __name__ == "__main__":
    plans_of = {each.stem: compared(each.with_suffix(""), json.loads(each.read_text(encoding="utf-8"))) for each in fresh()}
    UNKNOWN.write_text(table(plans_of), encoding="utf-8")
