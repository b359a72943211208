"""The configuration of arguments in a plan: whether they are written, and which resources they refer to.

A plan names references and not expressions: `["aws_s3_bucket.x.id", "aws_s3_bucket.x"]`, each followed by its shorter forms.
They are followed through variables into the caller and through outputs into a module. A plan does not show the content of
locals.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple

from wa_iac.core.budget import EACH, current
from wa_iac.core.declared import INDEX
from wa_iac.core.late_pattern import late
from wa_iac.core.value import How, Reference

from .document import PASSING, Planned, Steps, inner, objects, prefix_of

_MAX_HOPS: Final = 50
"""Maximum number of variables and outputs that a reference is followed through."""
_RESOURCE: Final = late(rf"(?P<address>(?:data\.)?[\w-]+\.[\w-]+(?:{INDEX.pattern})?)(?P<rest>.*)", re.DOTALL)
_OUTPUT: Final = late(rf"module\.(?P<name>[\w-]+)(?P<key>{INDEX.pattern})?(?:\.(?P<output>[\w-]+))?")
_KEYED: Final = ("count.index", "each.key", "each.value")
_HARMLESS: Final = frozenset({"path", "terraform", "self"})


class Resolved(NamedTuple):
    """The targets of references.

    Attributes:
        references: attributes of resources of the plan, in the order they are written.
        complete: whether nothing else relevant can be behind them: no local, no given list.
        how: `given` where a value may come from outside or from a local, `default` for a variable left at its default.
    """

    references: tuple[Reference, ...] = ()
    complete: bool = True
    how: How = "computed"


class PlanConfiguration:
    """The `configuration` of a plan, and its instances."""

    def __init__(self, content: Mapping[str, Any], variables: Mapping[str, Any], planned: Iterable[Planned]) -> None:
        self.root = inner(content, "root_module")
        self.present = bool(self.root)
        self._variables = variables
        self._resources: dict[tuple[str, ...], dict[str, dict[str, Any]]] = {}
        self._instances: dict[str, list[str]] = defaultdict(list)
        self._followed: dict[tuple[str, str, Steps], Resolved] = {}
        for each in planned:
            self._instances[INDEX.sub("", each.address)].append(each.address)

    def module(self, steps: Steps) -> dict[str, Any]:
        """A module's part; empty if there is none."""
        found = self.root
        for name, _ in steps:
            found = inner(inner(inner(found, "module_calls"), name), "module")
        return found

    def call(self, steps: Steps) -> dict[str, Any]:
        """The call that leads to a module."""
        return inner(inner(self.module(steps[:-1]), "module_calls"), steps[-1][0]) if steps else {}

    def blocks(self) -> frozenset[str]:
        """All configured resources and data sources, by their addresses without indices."""
        found: set[str] = set()
        waiting: list[tuple[str, dict[str, Any]]] = [("", self.root)]
        while waiting:
            prefix, module = waiting.pop()
            found |= {prefix + each["address"] for each in addressed(module)}
            calls = inner(module, "module_calls")
            waiting += [(f"{prefix}module.{name}.", inner(inner(calls, name), "module")) for name in calls]
        return frozenset(found)

    def resource(self, one: Planned) -> dict[str, Any]:
        """A resource's block; empty if there is none, as for a resource that is only in the state."""
        path = tuple(name for name, _ in one.modules)
        table = self._resources.get(path)
        if table is None:
            table = self._resources[path] = {_block(each): each for each in addressed(self.module(one.modules))}
        mode = "data." if one.mode == "data" else ""
        return table.get(f"{mode}{one.type}.{one.name}", {})

    def resolve(self, expression: Mapping[str, Any], steps: Steps, key: str, loop: Mapping[str, Any]) -> Resolved:
        """The targets of an expression in a module. `key` is the instance's own, `loop` the block that repeats it."""
        return self._all(leading(expression.get("references")), steps, key, loop, 0)

    def is_null(self, expression: Mapping[str, Any], steps: Steps) -> bool:
        """Whether an argument is null, by itself or by the one variable that it names. It then counts as not written."""
        found = self.content(expression, steps)
        return found is not None and found[0] is None

    def content(self, expression: Mapping[str, Any], steps: Steps) -> tuple[Any, How] | None:
        """An argument's value, and its kind: a constant, or the one variable that it names, followed to the root; None for
        anything else."""
        for _ in range(_MAX_HOPS):
            if "constant_value" in expression:
                return expression["constant_value"], "explicit"
            names = leading(expression.get("references"))
            if len(names) != 1 or not names[0].startswith("var.") or names[0].count(".") > 1 or "[" in names[0]:
                return None
            name = names[0].removeprefix("var.")
            default = inner(inner(self.module(steps), "variables"), name).get("default")
            if not steps:
                given = inner(self._variables, name)
                return (given["value"], "default" if given["value"] == default else "given") if "value" in given else None
            argument = inner(inner(self.call(steps), "expressions"), name)
            if not argument:
                return default, "default"
            expression, steps = argument, steps[:-1]
        return None

    def _all(self, names: list[str], steps: Steps, key: str, loop: Mapping[str, Any], hops: int) -> Resolved:
        if hops > _MAX_HOPS:
            return Resolved(complete=False)
        same = any(name.startswith(_KEYED) for name in names)
        parts = [self._one(name, steps, key, loop, hops, same=same) for name in names]
        hows = {each.how for each in parts}
        how: How = "given" if "given" in hows else "default" if "default" in hows else "computed"
        references = dict.fromkeys(reference for each in parts for reference in each.references)
        return Resolved(tuple(references), all(each.complete for each in parts), how)

    def _one(self, name: str, steps: Steps, key: str, loop: Mapping[str, Any], hops: int, *, same: bool) -> Resolved:
        first, _, rest = name.partition(".")
        if first == "var":
            variable = re.split(r"[.\[]", rest, maxsplit=1)[0]
            return self._once(("var", variable, steps), lambda: self._variable(variable, steps, hops))
        if first == "module":
            return self._once(("module", name, steps), lambda: self._output(name, steps, hops))
        if first == "local":
            return Resolved(complete=False, how="given")
        if first == "each" and rest.startswith("value"):
            repeated = inner(loop, "for_each_expression")
            found = self._all(leading(repeated.get("references")), steps, key, {}, hops + 1)
            chosen = tuple(Reference(self._keyed(each.address, key), each.attribute) for each in found.references)
            return Resolved(chosen, bool(chosen) and found.complete, found.how)
        if first == "ephemeral":
            return Resolved(complete=False)
        if first in _HARMLESS or name.startswith(_KEYED):
            return Resolved()
        match = _RESOURCE.fullmatch(name)
        if match is None:
            return Resolved(complete=False)
        attribute = match["rest"].removeprefix(".")
        addresses = self._existing(prefix_of(steps) + match["address"], key if same else "")
        return Resolved(tuple(Reference(address, attribute) for address in addresses))

    def _once(self, key: tuple[str, str, Steps], follow: Callable[[], Resolved]) -> Resolved:
        """The targets of a variable or an output, computed once, since many references may lead there. A circular one is not
        complete."""
        found = self._followed.get(key)
        if found is None:
            self._followed[key] = Resolved(complete=False)
            found = self._followed[key] = follow()
        current().step(1 + len(found.references))
        return found

    def _existing(self, address: str, key: str) -> list[str]:
        """The instances that an address means: with the same key if the key selects it; the address itself if no instance is
        planned."""
        found = self._instances.get(INDEX.sub("", address), [])
        current().compare(EACH * len(found))
        if "[" in address:
            optional = f"(?:{INDEX.pattern})?"
            pattern = re.compile("".join(re.escape(part) + optional * is_open for is_open, part in _pieces(address)))
            found = [each for each in found if pattern.fullmatch(each)]
        chosen = [each for each in found if key and each.endswith(key)]
        return chosen or found or [address]

    def _keyed(self, address: str, key: str) -> str:
        return next(iter(self._existing(INDEX.sub("", address), key)), address) if key else address

    def _variable(self, name: str, steps: Steps, hops: int) -> Resolved:
        if steps:
            call = self.call(steps)
            argument = inner(inner(call, "expressions"), name)
            if argument:
                if "constant_value" in argument:
                    return Resolved(complete=_scalar(argument["constant_value"]), how="computed")
                return self._all(leading(argument.get("references")), steps[:-1], steps[-1][1], call, hops + 1)
            default = inner(inner(self.module(steps), "variables"), name).get("default")
            return Resolved(complete=_scalar(default), how="default")
        value = inner(self._variables, name).get("value")
        default = inner(inner(self.root, "variables"), name).get("default")
        left = default is not None and value == default
        return Resolved(complete=_scalar(value), how="default" if left else "given")

    def _output(self, name: str, steps: Steps, hops: int) -> Resolved:
        match = _OUTPUT.match(name)
        if match is None or not match["output"]:
            return Resolved(complete=False)
        below: Steps = (*steps, (match["name"], match["key"] or ""))
        output = inner(inner(inner(self.module(below), "outputs"), match["output"]), "expression")
        if not output:
            return Resolved(complete=False)
        if "constant_value" in output:
            return Resolved(complete=_scalar(output["constant_value"]))
        return self._all(leading(output.get("references")), below, "", {}, hops + 1)


def _block(configured: dict[str, Any]) -> str:
    """The address of a block in its module, whether or not a data source's address begins with its mode."""
    address: str = configured["address"]
    return f"data.{address}" if configured.get("mode") == "data" and not address.startswith("data.") else address


def addressed(module: dict[str, Any]) -> list[dict[str, Any]]:
    """The configured resources and data sources of a module."""
    return [
        each
        for each in objects(module, "resources")
        if isinstance(each.get("address"), str) and each.get("mode") not in PASSING
    ]


def leading(references: object) -> list[str]:
    """The references as written, without the shorter forms that follow each."""
    found: list[str] = []
    for each in references if isinstance(references, list) else ():
        if isinstance(each, str) and not (found and (found[-1] + ".").startswith((f"{each}.", f"{each}["))):
            found.append(each)
    return found


def _pieces(address: str) -> Iterable[tuple[int, str]]:
    """The segments of an address, each with 1 if any index may follow it: a name without an index."""
    for segment in re.findall(rf"\.|[^.\[]+(?:{INDEX.pattern})?", address):
        yield (0 if segment == "." or segment.endswith("]") else 1), segment


def _scalar(value: object) -> bool:
    return not isinstance(value, (list, dict))
