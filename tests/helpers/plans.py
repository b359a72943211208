"""Plans for tests, in the documented form of `terraform show -json`: only what a test is about has to be said."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wa_iac.core.declared import Declared
from wa_iac.core.finding import Report
from wa_iac.engine.build import graphs
from wa_iac.engine.check import check
from wa_iac.engine.selection import Selection


def reference(*names: str) -> dict[str, Any]:
    """An expression that refers to names, each followed by its shorter forms as Terraform lists them."""
    listed: list[str] = []
    for name in names:
        listed.append(name)
        if name.count(".") > 1 and not name.startswith(("var.", "module.", "each.", "data.")):
            listed.append(name.rsplit(".", 1)[0])
            if "[" in name:
                listed.append(name.rsplit(".", 1)[0].split("[")[0])
        elif name.startswith("module."):
            listed.append(name.rsplit(".", 1)[0])
    return {"references": listed}


def constant(value: Any) -> dict[str, Any]:
    return {"constant_value": value}


@dataclass
class Plan:
    """A plan under construction: modules and blocks are added with what is planned and what is configured."""

    variables: dict[str, Any] = field(default_factory=dict)
    changes: list[dict[str, Any]] = field(default_factory=list)
    planned: dict[str, Any] = field(default_factory=dict)
    prior: dict[str, Any] = field(default_factory=dict)
    root: dict[str, Any] = field(default_factory=lambda: {"resources": [], "module_calls": {}, "variables": {}, "outputs": {}})
    providers: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)

    def resource(
        self,
        address: str,
        values: dict[str, Any] | None,
        expressions: dict[str, Any] | None = None,
        *,
        unknown: Any = None,
        sensitive: Any = None,
        actions: tuple[str, ...] = ("create",),
        before: dict[str, Any] | None = None,
        **block: Any,
    ) -> None:
        """One instance. `expressions` are what its block says; given once for all instances of a block. What is not made by the
        plan was `before` what it will be, where nothing else is said."""
        module, mode, kind, name = _parts(address)
        entry = {"address": address, "mode": mode, "type": kind, "name": name}
        if values is not None:
            self._module(module).append({**entry, "values": values, "sensitive_values": sensitive or {}})
        if before is None and "create" not in actions:
            before = values
        change = {"actions": list(actions), "before": before, "after": values, "after_unknown": unknown or {}}
        self.changes.append({**entry, "change": {**change, "after_sensitive": sensitive or {}}})
        if expressions is not None:
            prefix = "data." if mode == "data" else ""
            config = {"address": f"{prefix}{kind}.{name}", "mode": mode, "type": kind, "name": name, "expressions": expressions}
            self.configured(module)["resources"].append({**config, "provider_config_key": "aws", **block})

    def read(self, address: str, values: dict[str, Any]) -> None:
        """A data source that was read while planning."""
        _, mode, kind, name = _parts(address)
        entry = {"address": address, "mode": mode, "type": kind, "name": name, "values": values}
        self.prior.setdefault("resources", []).append(entry)

    def configured(self, module: str) -> dict[str, Any]:
        """The configuration of a module, by its address without indices."""
        found = self.root
        for name in [part for part in _bare(module).split(".") if part and part != "module"]:
            call = found["module_calls"].setdefault(name, {"source": f"./{name}", "expressions": {}, "module": {}})
            found = call["module"]
            for section, empty in (("resources", []), ("module_calls", {}), ("variables", {}), ("outputs", {})):
                found.setdefault(section, empty)
        return found

    def _module(self, address: str) -> list[Any]:
        found = self.planned
        parts = address.split(".module.") if address else []
        for index in range(len(parts)):
            here = ".module.".join(parts[: index + 1])
            children = found.setdefault("child_modules", [])
            child = next((each for each in children if each["address"] == here), None)
            if child is None:
                child = {"address": here}
                children.append(child)
            found = child
        listed: list[Any] = found.setdefault("resources", [])
        return listed

    def content(self) -> dict[str, Any]:
        return {
            "format_version": "1.2",
            "terraform_version": "1.9.8",
            "variables": {name: {"value": value} for name, value in self.variables.items()},
            "planned_values": {"root_module": self.planned},
            "resource_changes": self.changes,
            "prior_state": {"format_version": "1.0", "values": {"root_module": self.prior}},
            "configuration": {"provider_config": self.providers, "root_module": self.root},
            **self.extra,
        }

    def write(self, directory: Path, name: str = "plan.json", *, indent: int | None = 1) -> Path:
        directory.mkdir(parents=True, exist_ok=True)
        path = directory / name
        path.write_text(json.dumps(self.content(), indent=indent), encoding="utf-8")
        return path

    def judge(self, directory: Path, *slugs: str) -> Report:
        """The report of the plan alone, by the rules named."""
        return check([self.write(directory)], Selection(select=slugs, profile="all"))


def database(**values: Any) -> Plan:
    """A plan of one database, written with constants."""
    plan = Plan()
    plan.resource("aws_db_instance.main", values, {name: constant(value) for name, value in values.items()})
    return plan


def declared(path: Path) -> dict[str, Declared]:
    """What the one unit at a path declares, by address."""
    built, errors = graphs([path])
    assert errors == []
    [(unit, _)] = built
    return {each.address: each for each in unit.declared}


def _bare(address: str) -> str:
    return "".join(part.split("]")[-1] for part in address.split("["))


def _parts(address: str) -> tuple[str, str, str, str]:
    pieces = _bare(address).split(".")
    data = "data" in pieces[:-2]
    kind, name = pieces[-2:]
    head = f"data.{kind}.{name}" if data else f"{kind}.{name}"
    module = address[: address.rindex(head)].removesuffix(".")
    return module, "data" if data else "managed", kind, name
