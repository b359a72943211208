"""From the bytes of a plan to a unit, joined with the source next to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from wa_iac.core import secrets
from wa_iac.core.budget import Budget
from wa_iac.core.contain import contained
from wa_iac.core.declared import INDEX, Declared, Unit
from wa_iac.core.errors import PartialError, SourceError, WaIacError
from wa_iac.core.paths import Scan
from wa_iac.core.reasons import AfterApply, Said
from wa_iac.core.value import Absent, Known, Origin, Reference, Tree, Unknown
from wa_iac.parsers.plans import claims_to_be_plan
from wa_iac.parsers.terraform.text.located_json import TooLarge, member

from .answers import Answers
from .copies import Copies
from .document import PlanDocument, Planned, Steps, inner, prefix_of
from .expressions import PlanConfiguration, addressed, leading
from .join import joined, without_copies
from .source import source_of
from .values import PlanNames, Values, too_large

_SETTLE = "check the plan together with its source"
_NAMED = 5
"""The number of left-out blocks that a message names."""


@dataclass(slots=True)
class Read:
    """A plan that was read. `root` is the directory of the source it was joined with, which is no longer checked alone."""

    unit: Unit
    root: Path | None = None


def read_plan(path: Path, data: bytes, scan: Scan, *, named: bool = False) -> Read | None:
    """The unit of a plan; None for JSON that is not a plan after all.

    Args:
        path: the file. `data` is what it holds.
        scan: the tree that it is in. No source outside it is read.
        named: whether the file is meant to be a plan: that it is broken is then an error whatever it looks like.
    """
    label = scan.shown(path)
    # The text of a plan is not kept for excerpts, since it contains every secret unencrypted.
    unit = Unit(label, "terraform", sources={label: b""})
    failures: list[WaIacError] = []
    document = contained(label, partial(PlanDocument, data, label), failures.append, budget=Budget(len(data)))
    if document is None and not named and not claims_to_be_plan(data):
        return None
    if document is not None and not document.is_plan:
        return None
    unit.errors += failures
    if document is None:
        return Read(unit)
    reader = contained(label, partial(_read, document, unit), unit.errors.append, budget=Budget(len(data)))
    if reader is None:
        return Read(unit)

    def join() -> Path | None:
        source = source_of(path, scan, reader.blocks(), reader.given(path.name))
        if source is None:
            return None
        unit.errors += source.unit.errors
        unit.sources.update(source.unit.sources)
        gone = document.gone() if document.is_partial() else None
        unit.declared = joined(unit.declared, source.unit.declared, reader.configured(), reader.copies, gone=gone)
        return source.directory

    directory = contained(label, join, unit.errors.append, budget=Budget(len(data)))
    if directory is None:
        unit.declared = [without_copies(each, reader.copies) for each in unit.declared]
    unit.errors += reader.left_out(joined=directory is not None)
    reader.let_go()
    return Read(unit, directory)


def _read(document: PlanDocument, unit: Unit) -> _Reader:
    """Read a plan alone into its unit. Raises SourceError and BoundError."""
    try:
        document.check_version()
        reader = _Reader(document)
        for each in reader.declared():
            unit.declared.append(each)  # one by one, so that everything before a failure is checked
        return reader
    finally:
        unit.errors += document.errors


class _Reader:
    """Reads one plan alone."""

    def __init__(self, document: PlanDocument) -> None:
        self._document = document
        self._planned = document.planned()
        self._content = document.section("configuration")
        self._variables = document.section("variables")
        self._configuration = PlanConfiguration(self._content, self._variables, self._planned)
        self._names = PlanNames(self._planned)
        self._answers = Answers(self._planned, lambda one: self._values(one).body())
        self._copies = Copies(document, self._configuration, self._planned)
        self.copies: dict[str, dict[str, Tree]] = {}
        """The remaining content of arguments that other resources set, by address and name, if the source does not write
        them."""

    def let_go(self) -> None:
        """Forget the document. The answers know this reader, so it would stay until the collector runs."""
        del self._answers

    def declared(self) -> Iterator[Declared]:
        """The plan's declarations, in its order."""
        yield from self._providers()
        yield from map(self._resource, self._planned)
        yield from self._outputs()

    def blocks(self) -> set[str]:
        """The declarations of the root module, such as `aws_s3_bucket.logs`, `data.aws_ami.x`, `module.db`."""
        root = self._configuration.root
        found = {each["address"] for each in addressed(root)}
        found |= {f"module.{name}" for name in inner(root, "module_calls")}
        if not found:
            for each in self._planned:
                mode = "data." if each.mode == "data" else ""
                found.add(f"module.{each.modules[0][0]}" if each.modules else f"{mode}{each.type}.{each.name}")
        return found

    def configured(self) -> frozenset[str] | None:
        """All blocks that were configured when the plan was made, by their addresses without indices; None if the plan does not
        say."""
        return self._configuration.blocks() if self._configuration.present else None

    def left_out(self, *, joined: bool) -> Iterator[WaIacError]:
        """The error that the plan is not complete; a note if the source has the rest."""
        why = self._document.not_complete()
        span = self._document.place_of_what_is_missing()
        if self._document.only_refreshes:
            rest = "; the rest is checked from the source" if joined else ""
            yield PartialError(
                f"the plan only refreshes the state: existing resources are checked{rest}", path=span.path, line=span.start_line
            )
        if not why:
            return
        if joined:
            yield PartialError(f"{why}: the rest is checked from the source", path=span.path, line=span.start_line)
            return
        present = {INDEX.sub("", each.address) for each in self._planned} | set(self._document.gone())
        missing = sorted(each for each in self.configured() or () if each not in present and "data." not in each)
        named = ", ".join(missing[:_NAMED]) + (f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else "")
        what = f"the rest is not checked{f': {named}' if named else ''}"
        yield SourceError.at(span, f"{why}; {what}")

    def given(self, note: str) -> dict[str, tuple[Tree, str]]:
        """The plan's value of each variable that is not left at its default, and the plan's name."""
        declared = inner(self._configuration.root, "variables")
        found: dict[str, tuple[Tree, str]] = {}
        for name, each in self._variables.items():
            about = inner(declared, name)
            if not isinstance(each, dict) or "value" not in each or ("default" in about and about["default"] == each["value"]):
                continue
            secret = bool(about.get("sensitive"))
            value = _tree(each["value"], Origin(self._document.span, "given", sensitive=secret))
            found[name] = (secrets.note(value) if secret else value, note)
        return found

    def _values(self, one: Planned) -> Values:
        return Values(self._document, self._configuration, self._names, self._answers, one)

    def _resource(self, one: Planned) -> Declared:
        values = self._values(one)
        body = values.body()
        copies = self._copies.of(one, body)
        if copies:
            self.copies[one.address] = copies
        managed = one.mode == "managed"
        span = self._document.spot(one.node)
        return Declared(
            kind="resource" if managed else "data",
            dialect="terraform",
            type=one.type,
            address=one.address,
            name=one.name,
            body=body,
            span=span,
            extent=self._document.text.span(one.node.start, one.node.end),
            representative=one.representative,
            attributes=self._attributes(one, values.block, Origin(span)) if managed else {},
            region=self._region(values.block, body) if one.type.startswith(("aws_", "awscc_")) else Absent(),
        )

    def _attributes(self, one: Planned, block: dict[str, Any], origin: Origin) -> dict[str, Tree]:
        why = "a plan does not show lifecycle settings"
        attributes: dict[str, Tree] = {
            "lifecycle": Unknown(Said(why, _SETTLE), ("lifecycle", one.address), origin),
        }
        depends = block.get("depends_on")
        if isinstance(depends, list):
            prefix = prefix_of(one.modules)
            attributes["depends_on"] = Known(
                [
                    Known(each, origin._replace(references=(Reference(prefix + each, ""),)))
                    for each in depends
                    if isinstance(each, str)
                ],
                origin,
            )
        provider = _text(block.get("provider_config_key")).rsplit(":", 1)[-1]
        if "." in provider:
            attributes["provider"] = Known(provider, origin)
        return attributes

    def _region(self, block: dict[str, Any], body: Known[dict[str, Tree]]) -> Tree:
        """Its own region, else its provider's; absent if unknown."""
        own = body.value.get("region")
        if isinstance(own, Known):
            return own
        provider = inner(inner(self._content, "provider_config"), _text(block.get("provider_config_key")))
        region = inner(provider, "expressions").get("region")
        return self._setting(region, Origin(self._document.span), "region") if isinstance(region, dict) else Absent()

    def _setting(self, expression: dict[str, Any], origin: Origin, name: str) -> Tree:
        """An argument of a provider; a plan has its value only for constants."""
        if "constant_value" in expression:
            return _tree(expression["constant_value"], origin)
        names = leading(expression.get("references"))
        why = f"a plan does not show the value of {name}"
        return Unknown(Said(why, _SETTLE), ("setting", name, tuple(names)), origin)

    def _providers(self) -> Iterator[Declared]:
        node = self._document.node("configuration")
        located = member(node, "provider_config")
        for key, each in inner(self._content, "provider_config").items():
            place = member(located, key)
            expressions = each.get("expressions") if isinstance(each, dict) else None
            if place is None or not isinstance(expressions, dict) or not isinstance(each.get("name"), str):
                continue
            span = self._document.spot(place)
            body: dict[str, Tree] = {}
            for name, expression in expressions.items():
                value = member(member(place, "expressions"), name)
                origin = Origin(self._document.spot(value) if value is not None else span)
                if isinstance(expression, list):
                    reason = Said(f"a plan does not show the content of {name}", _SETTLE)
                    body[name] = Unknown(reason, ("setting", key, name), origin)
                elif isinstance(expression, dict):
                    body[name] = self._setting(expression, origin, name)
            module = each.get("module_address")
            alias = each.get("alias")
            short = f"{each['name']}.{alias}" if isinstance(alias, str) else each["name"]
            yield Declared(
                kind="context",
                dialect="terraform",
                type=f"provider.{each['name']}",
                address=f"{module}.provider.{short}" if isinstance(module, str) else f"provider.{short}",
                name=short.rsplit(".", 1)[-1],
                body=Known(body, Origin(span)),
                span=span,
                extent=self._document.text.span(place.start, place.end),
            )

    def _outputs(self) -> Iterator[Declared]:
        """The outputs of the root module and of every module instance, as declarations that refer to resources."""
        for steps in dict.fromkeys(
            [(), *(each.modules[:depth] for each in self._planned for depth in range(1, len(each.modules) + 1))]
        ):
            for name, each in inner(self._configuration.module(steps), "outputs").items():
                expression = each.get("expression") if isinstance(each, dict) else None
                if isinstance(expression, dict):
                    yield self._output(steps, name, expression, sensitive=bool(each.get("sensitive")))

    def _output(self, steps: Steps, name: str, expression: dict[str, Any], *, sensitive: bool) -> Declared:
        span = self._document.span
        address = f"{prefix_of(steps)}output.{name}"
        resolved = self._configuration.resolve(expression, steps, "", {})
        origin = Origin(span, "computed", references=resolved.references, sensitive=sensitive)
        value: Tree = Unknown(AfterApply(address, ""), ("output", address), origin)
        if "constant_value" in expression:
            value = _tree(expression["constant_value"], origin._replace(how="explicit"))
            if sensitive:
                secrets.note(value, keys=False)
        return Declared(
            kind="context",
            dialect="terraform",
            type="output",
            address=address,
            name=name,
            body=Known({"value": value}, Origin(span)),
            span=span,
            extent=span,
        )


def _text(content: object) -> str:
    return content if isinstance(content, str) else ""


def _tree(content: Any, origin: Origin) -> Tree:
    match content:
        case None:
            return Absent(origin)
        case dict():
            return Known({key: _tree(each, origin) for key, each in content.items()}, origin)
        case list():
            return Known([_tree(each, origin) for each in content], origin)
        case TooLarge():
            return too_large(origin)
        case _:
            return Known(content, origin)
