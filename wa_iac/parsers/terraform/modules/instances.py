"""`count`, `for_each` and OpenTofu's `enabled`: the instances of a block, and their keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from wa_iac.core.algebra import text_of
from wa_iac.core.budget import SpentError
from wa_iac.core.declared import InstanceKey
from wa_iac.core.errors import BoundError
from wa_iac.core.partial import Entries, PartlyMap, Rest, unknown_in
from wa_iac.core.reasons import CannotEvaluate, Reason, Said, uncountable
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Origin, Step, Tree, Unknown
from wa_iac.parsers.terraform.evaluation.expressions import settled
from wa_iac.parsers.terraform.evaluation.lifting import decision, inherited, lifted, member, truth
from wa_iac.parsers.terraform.evaluation.loops import each_of_unknown, elements
from wa_iac.parsers.terraform.evaluation.operators import number
from wa_iac.parsers.terraform.evaluation.scope import Scope
from wa_iac.parsers.terraform.evaluation.unit import MAX_INSTANCES, Blocked, Evaluation, Exhausted, Failure, reason_of
from wa_iac.parsers.terraform.text.nodes import Attribute, Body, Conditional, Expr, Literal, written

_MOST_BY_CHOICE: Final = 64
"""Instances that exist only in some outcomes of a choice; beyond this number, one represents all."""


@dataclass(slots=True)
class BlockInstance:
    """One instance of a block.

    Attributes:
        suffix: the end of its address: `[0]`, `["a"]`, or empty.
        names: `count` or `each`, as its expressions see them.
        representative: the reason if the number of instances is unknown; this one then represents all.
        condition: the unknown boolean that decides whether it exists, if it exists only in some outcomes.
        keys: its keys among several instances; empty for the only one, and for one that represents all.
        exists_by: the default without which there would be none, if there is one: `count = var.create ? 1 : 0`.
    """

    suffix: str = ""
    names: dict[str, Tree] = field(default_factory=dict)
    representative: Reason | None = None
    condition: Unknown | None = None
    keys: tuple[InstanceKey, ...] = ()
    exists_by: Step | None = None


@dataclass(slots=True)
class Instances:
    """All instances of a block. `keys` are what they are indexed by; empty for a block with neither `count` nor `for_each`.

    If some are known and there may be any number of others, the last one represents those and has no key. `enabled` says
    whether there is the only one, of a block that says so: where there is none, the block's name is null.
    """

    instances: list[BlockInstance]
    keys: list[int | str | Unknown] = field(default_factory=list)
    value: Tree | None = None
    enabled: Tree | None = None

    def gathered(
        self, run: Evaluation, span: Span, make: Callable[[int], Tree], unknown: Callable[[Reason, int], Tree]
    ) -> Tree:
        """The value of the block's name: one object, a list by `count`, a map by `for_each`. `unknown(reason, position)`
        returns an unknown number of instances, represented by the one at that position."""
        origin = Origin(span, "computed")
        if self.enabled is not None:
            return lifted(
                run, ("enabled", span), lambda is_there: make(0) if is_there == Known(True) else Absent(origin),
                self.enabled, origin=origin,
            )  # fmt: skip
        if self.value is None:
            return make(0)
        last = len(self.instances) - 1
        reason = self.instances[last].representative if self.instances else None
        if reason is not None:
            rest = unknown(reason, last)
            return self._in_part(make, rest, span) if last else rest
        if any(isinstance(key, Unknown) for key in self.keys):
            return self._in_part(make, None, span)
        return lifted(run, ("instances", span), lambda value: self._of(value, make), self.value, origin=origin)

    def _in_part(self, make: Callable[[int], Tree], rest: Tree | None, span: Span) -> Tree:
        result = Entries()
        for position, key in enumerate(self.keys):
            result.put(key if isinstance(key, Unknown) else str(key), make(position), unique=True)
        if isinstance(rest, Unknown):
            result.put_any(rest, over=False)
        return result.result(Origin(span, "computed"))

    def _of(self, value: Tree, make: Callable[[int], Tree]) -> Tree:
        if isinstance(value, Known) and not isinstance(value.value, (list, dict)):
            return Known([make(index) for index in range(_whole(value))], value.origin)
        positions = {key: index for index, key in enumerate(self.keys)}
        return Known({key: make(positions[key]) for key in _keys(value)}, value.origin)


def expanded(run: Evaluation, body: Body, scope: Scope) -> Instances:
    """The instances of a resource, data source or module block."""
    for name, expand in (("count", _by_count), ("for_each", _by_key)):
        attribute = body.attributes.get(name)
        if attribute is None:
            continue
        value = settled(attribute.value, scope, attribute.span)
        try:
            return expand(run, attribute, value)
        except (Failure, Blocked, Exhausted) as failure:
            return _undecided(name, value, CannotEvaluate(attribute.name, reason_of(failure)))
        except SpentError as spent:
            run.report(spent)
            return _undecided(name, value, CannotEvaluate(attribute.name, reason_of(spent)))
    enabled = next(
        (each.body.attributes["enabled"] for each in body.named("lifecycle") if "enabled" in each.body.attributes), None
    )
    return Instances([BlockInstance()]) if enabled is None else _by_condition(run, enabled, scope)


def _by_condition(run: Evaluation, attribute: Attribute, scope: Scope) -> Instances:
    """OpenTofu's `lifecycle { enabled = ... }`: one instance or none, and never an index.

    https://opentofu.org/docs/language/meta-arguments/enabled/
    """
    origin = Origin(attribute.span, "computed")
    value = settled(attribute.value, scope, attribute.span)
    try:
        condition = lifted(run, ("enabled", attribute.span), truth, value, origin=origin)
    except Failure as failure:
        condition = Unknown(CannotEvaluate("enabled", reason_of(failure)), ("enabled", attribute.span), origin)
    if not isinstance(condition, Unknown):
        return Instances([BlockInstance()] if condition == Known(True) else [], enabled=condition)
    choice = decision(run, condition, written(attribute.value) or "enabled")
    return Instances([BlockInstance(condition=choice)], enabled=choice)


def _undecided(kind: str, value: Tree, reason: Reason) -> Instances:
    origin = Origin(value.origin.span, "computed")
    if kind == "count":
        names: dict[str, Tree] = {"count": Known({"index": Unknown(reason, ("count.index", origin.span), origin)})}
    else:
        content = value if isinstance(value, Unknown) else Unknown(reason, ("for_each", origin.span), origin)
        names = {"each": each_of_unknown(content)}
    return Instances([BlockInstance("", names, uncountable(reason))], [], value)


def imagined(body: Body) -> BlockInstance:
    """An instance of a block that has none."""
    attribute = body.attributes.get("for_each")
    if attribute is None:
        count = "count" in body.attributes
        return BlockInstance("[0]" if count else "", {"count": Known({"index": Known(0)})} if count else {})
    content = Unknown(Said("there is no element"), ("for_each", attribute.span), Origin(attribute.span))
    return BlockInstance("", {"each": each_of_unknown(content)})


def _leaves(value: Tree) -> list[Tree]:
    if isinstance(value, Unknown) and value.alternatives:
        return [leaf for each in value.alternatives for leaf in _leaves(each.value)]
    return [value]


def _whole(value: Tree) -> int:
    match value:
        case Known(bool()):
            raise Failure("count is not a number")
        case Known(int() as content) if content >= 0:
            return content
        case Known(str()):
            number_ = number(value)
            if isinstance(number_, int) and number_ >= 0:
                return number_
        case _:
            pass
    raise Failure("count is not a whole number")


def _too_many(run: Evaluation, attribute: Attribute, number: int) -> bool:
    if number <= MAX_INSTANCES:
        return False
    run.report(
        BoundError.at(attribute.span, f"a block has more than {MAX_INSTANCES:,} instances: one is checked in place of all")
    )
    return True


def _by_count(run: Evaluation, attribute: Attribute, value: Tree) -> Instances:
    leaves = _leaves(value)
    if any(isinstance(leaf, Unknown) for leaf in leaves):
        unknown = next(leaf for leaf in leaves if isinstance(leaf, Unknown))
        return _undecided("count", value, unknown.reason)
    number = max(_whole(leaf) for leaf in leaves)
    if _too_many(run, attribute, number) or (len(leaves) > 1 and number > _MOST_BY_CHOICE):
        return _undecided("count", value, Said(f"there can be {number:,}"))
    instances: list[BlockInstance] = []
    switch = value.origin.default_step if isinstance(value, Known) and _may_be_none(attribute.value) else None
    for index in range(number):
        exists = lifted(
            run, (">", index), lambda count, index=index: Known(_whole(count) > index), value, origin=Origin(attribute.span)
        )
        key = InstanceKey(index, value.origin.span, attribute.span)
        names: dict[str, Tree] = {"count": Known({"index": Known(index, Origin(attribute.span, "computed"))})}
        instances.append(
            BlockInstance(f"[{index}]", names, None, exists if isinstance(exists, Unknown) else None, (key,), switch)
        )
    return Instances(instances, list(range(number)), value)


def _may_be_none(count: Expr) -> bool:
    """Whether a `count` says when there is no instance: `var.create ? 1 : 0`."""
    branches = (count.then, count.otherwise) if isinstance(count, Conditional) else ()
    return any(isinstance(each, Literal) and each.value == Known(0) for each in branches)


def _keys(value: Tree) -> list[str]:
    match value:
        case Known(dict() as entries):
            return sorted(entries)
        case Known(list() as items):
            return sorted({_key(item) for item in items})
        case Absent():
            raise Failure("for_each is null")
        case _:
            raise Failure("for_each is not a map or a set")


def _key(item: Tree) -> str:
    match item:
        case Known(str() as text):
            return text
        case Known(bool() | int() | float() as content):
            return text_of(content)
        case Unknown():
            raise Blocked(item)
        case _:
            raise Failure("for_each is not a set of strings")


def _content(run: Evaluation, value: Tree, key: str, span: Span) -> Tree:
    match value:
        case Known(dict()):
            return member(run, value, Known(key), span)
        case Known(list() as items):
            for item in items:
                if _key(item) == key:
                    return inherited(value, item)
        case _:
            pass
    raise Failure(f'there is no key "{key}"')


def _by_key(run: Evaluation, attribute: Attribute, value: Tree) -> Instances:
    if isinstance(value, PartlyMap) or (
        isinstance(value, Known) and isinstance(value.value, list) and unknown_in(*value.value) is not None
    ):
        return _by_key_in_part(run, attribute, value)
    leaves = _leaves(value)
    unknown = next((leaf for leaf in leaves if isinstance(leaf, Unknown)), None)
    if unknown is not None:
        return _undecided("for_each", value, unknown.reason)
    for leaf in leaves:
        if isinstance(leaf, Known) and isinstance(leaf.value, list):
            blocking = next((item for item in leaf.value if isinstance(item, Unknown)), None)
            if blocking is not None:
                return _undecided("for_each", value, blocking.reason)
    keys = sorted({key for leaf in leaves for key in _keys(leaf)})
    if _too_many(run, attribute, len(keys)) or (len(leaves) > 1 and len(keys) > _MOST_BY_CHOICE):
        by = Unknown(Said("there are many"), ("for_each", attribute.span), value.origin)
        return _undecided("for_each", by, Said(f"there can be {len(keys):,}"))
    instances: list[BlockInstance] = []
    only = value if isinstance(value, Known) else None
    named = {_key(item): item for item in reversed(only.value)} if only is not None and isinstance(only.value, list) else {}
    for key in keys:
        condition: Unknown | None = None
        if len(leaves) > 1:
            exists = lifted(
                run, ("has", key), lambda each, key=key: Known(key in _keys(each)), value, origin=Origin(attribute.span)
            )
            condition = exists if isinstance(exists, Unknown) else None
        content: Tree
        if only is not None and key in named:
            content = inherited(only, named[key])
        else:
            content = lifted(
                run,
                ("each", key),
                lambda each, key=key: _content(run, each, key, attribute.span),
                value,
                origin=Origin(attribute.span, "computed"),
            )
        names: dict[str, Tree] = {"each": Known({"key": Known(key, Origin(content.origin.span)), "value": content})}
        told_apart = InstanceKey(key, content.origin.span, attribute.span)
        instances.append(BlockInstance(f'["{key}"]', names, None, condition, (told_apart,)))
    return Instances(instances, list(keys), value)


def _by_key_in_part(run: Evaluation, attribute: Attribute, value: Known[Any] | PartlyMap) -> Instances:
    """The instances of partly known keys: one for each certain key, and one that represents all others."""
    pairs = list(elements(value))
    if isinstance(value, Known):
        pairs = [(content, content) for _, content in pairs]
    if _too_many(run, attribute, len(pairs)):
        by = Unknown(Said("there are many"), ("for_each", attribute.span), value.origin)
        return _undecided("for_each", by, Said(f"there can be {len(pairs):,}"))
    instances: list[BlockInstance] = []
    keys: list[int | str | Unknown] = []
    names: set[str] = set()
    rest: Rest | None = None
    for key, content in pairs:
        if isinstance(content, Rest):
            rest = content
            continue
        name = _unknown_key(key, len(names)) if isinstance(key, Unknown) else _key(key)
        if name in names:
            if not isinstance(key, Unknown) or key in keys:
                continue
            # Another unknown of the same source: the keys of a map are different.
            name = f"{name} ({len(names) + 1})"
        names.add(name)
        keys.append(key if isinstance(key, Unknown) else name)
        shown: Tree = key if isinstance(key, Unknown) else Known(name, Origin(content.origin.span))
        each: dict[str, Tree] = {"each": Known({"key": shown, "value": content})}
        instances.append(
            BlockInstance(f'["{name}"]', each, None, None, (InstanceKey(name, content.origin.span, attribute.span),))
        )
    if rest is not None:
        instances += _undecided("for_each", rest, rest.reason).instances
    return Instances(instances, keys, value)


def _unknown_key(key: Unknown, position: int) -> str:
    """The name of an instance with an unknown key: from the key's source, else a number."""
    if len(key.origin.references) == 1:
        reference = key.origin.references[0]
        index = f"[{key.element[1]}]" if key.element is not None else ""
        return f"{reference.address}.{reference.attribute}{index}".replace('"', "'")
    return f"(not known, {position + 1})"
