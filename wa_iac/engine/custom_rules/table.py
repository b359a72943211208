"""A rule in YAML: its tables, and messages for mistakes in them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, TypeVar

import yaml
from pydantic import BaseModel, Field, ValidationError, model_validator

from wa_iac.core import files
from wa_iac.core.binding import segments
from wa_iac.core.declared import Dialect
from wa_iac.core.errors import UsageError, UserError
from wa_iac.core.rule import Confidence, Severity
from wa_iac.core.strict_model import STRICT, kebab, wanted
from wa_iac.engine.catalogue import nearest
from wa_iac.parsers.cloudformation.text.yaml_reader import read_yaml

Scalar = str | int | float | bool
T = TypeVar("T")


class _Table(BaseModel):
    model_config = STRICT


class PerDialect(_Table, Generic[T]):
    """Something in the terms of each dialect; a rule may cover only one dialect."""

    cloudformation: T | None = None
    terraform: T | None = None

    def in_(self, dialect: Dialect) -> T | None:
        return self.cloudformation if dialect == "cloudformation" else self.terraform

    @property
    def dialects(self) -> frozenset[Dialect]:
        """The dialects that are given."""
        every: tuple[Dialect, ...] = ("cloudformation", "terraform")
        return frozenset(each for each in every if self.in_(each) is not None)


class PlaceTable(_Table):
    """A path in a satellite: a resource of type `of` whose path `by` names the rule's resource."""

    path: str
    of: str = ""
    by: str = ""


Place = str | PlaceTable
Places = Place | list[Place]
"""One place or several; the first one that is set counts."""
Types = str | list[str]


class Condition(_Table):
    """The conditions, which must all be true."""

    equals: Scalar | None = None
    not_equals: Scalar | None = None
    one_of: list[Scalar] | None = None
    not_one_of: list[Scalar] | None = None
    at_least: float | None = None
    at_most: float | None = None
    matches: str | None = None
    not_matches: str | None = None
    contains: Scalar | None = None
    not_contains: Scalar | None = None

    @model_validator(mode="after")
    def _check(self) -> Condition:
        asked = self.asked()
        if not asked:
            raise ValueError("is empty")
        for pattern in (self.matches, self.not_matches):
            try:
                re.compile(pattern or "")
            except (re.error, OverflowError, RecursionError) as error:
                raise ValueError(f"has a pattern that is not valid: {error}") from error
        return self

    def asked(self) -> dict[str, Any]:
        """The given conditions, by name."""
        return self.model_dump(by_alias=True, exclude_none=True)


class Related(_Table):
    """Resources that belong to the rule's resource: those that its path `through` leads to, or whose path `by` names it."""

    resource: PerDialect[Types]
    through: PerDialect[Places] | None = None
    by: PerDialect[Places] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Related:
        if (self.through is None) == (self.by is None):
            raise ValueError("needs either 'through' or 'by'")
        return self


class RuleTable(_Table):
    """A rule."""

    page: Annotated[str, Field(description="The rule's page, which `wa-iac rule` shows; its examples are the rule's tests.")]
    severity: Severity
    practices: list[str] = []
    confidence: Confidence = Confidence.HIGH
    profile: Literal["default", "all"] = "default"
    convention: bool = False
    renamed_from: tuple[str, ...] = ()
    deprecated: str = ""
    preview: bool = False
    resource: PerDialect[Types]
    related: Related | None = None
    value: PerDialect[Places] | None = None
    default: Scalar | None = None
    condition: Literal["present", "absent"] | Condition
    message: str
    remedy: PerDialect[str]
    equivalents: dict[str, list[str]] = {}

    @model_validator(mode="after")
    def _check(self) -> RuleTable:
        if self.value is None and self.related is None:
            raise ValueError("needs a 'value', a 'related', or both")
        if self.value is None and isinstance(self.condition, Condition):
            raise ValueError("needs the condition 'present' or 'absent' (of related resources) without a 'value'")
        dialects = self.resource.dialects
        if not dialects:
            raise ValueError("must name a type in 'resource' for at least one dialect")
        related = self.related
        ways = (related.resource, related.through, related.by) if related is not None else ()
        for each in (self.value, *ways, self.remedy):
            if each is not None and each.dialects != dialects:
                raise ValueError(f"needs every part for {' and '.join(sorted(dialects))}, like 'resource'")
        for places in (self.value, *ways[1:]):
            for place in (each for dialect in dialects for each in places_of(places, dialect)):
                try:
                    segments(place.path)
                except ValueError as error:
                    raise ValueError(f"has a path that is not valid: {place.path!r}") from error
        return self


def places_of(places: PerDialect[Places] | None, dialect: Dialect) -> list[PlaceTable]:
    """The places of a dialect, in order."""
    written = None if places is None else places.in_(dialect)
    listed = written if isinstance(written, list) else [] if written is None else [written]
    return [PlaceTable(path=each) if isinstance(each, str) else each for each in listed]


def types_of(types: PerDialect[Types], dialect: Dialect) -> tuple[str, ...]:
    """The types of a dialect."""
    written = types.in_(dialect)
    return tuple(written) if isinstance(written, list) else () if written is None else (written,)


def load(path: Path) -> RuleTable:
    """Read a rule. Raises `UsageError` with the line of a mistake."""
    try:
        # Scalars stay as they are written: `1.30` is not a number here, and `on` is not true.
        text = files.read(path).decode("utf-8")
        read_yaml(text, str(path))  # it has limits that a composer in C does not have
        loader = yaml.CBaseLoader(text)
        node = loader.get_single_node()
        content: Any = None if node is None else loader.construct_document(node)
    except OSError as error:
        raise UsageError(f"the rule cannot be read: {error.strerror}", path=str(path)) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise UsageError("the rule is not UTF-8", path=str(path), line=line) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise UsageError(
            f"not YAML: {error.problem}", path=str(path), line=mark.line + 1 if mark is not None else None
        ) from error
    except UserError as error:
        raise UsageError(error.message, path=str(path), line=error.line) from error
    try:
        return RuleTable.model_validate(content)
    except ValidationError as error:
        raise _in_words(error, path, node) from error


def _in_words(error: ValidationError, path: Path, node: yaml.Node | None) -> UsageError:
    # For a choice between shapes, pydantic lists an error for each; the most specific or deepest error is for the intended
    # shape. A misspelt name is also missing; the misspelling is the better message.
    first = max(error.errors(), key=lambda each: (each["type"] in ("extra_forbidden", "value_error"), len(each["loc"])))
    place = [each for each in first["loc"] if isinstance(each, int) or re.fullmatch(r"[a-z-]+", each)]
    line, known = _line(node, place)
    where = ".".join(str(each) for each in place[:known])
    what = wanted(first["msg"])
    match first["type"]:
        case "extra_forbidden":
            fields = [kebab(each) for each in (*RuleTable.model_fields, *Condition.model_fields, *Related.model_fields)]
            message = f"there is no {where!r} in a rule{nearest(str(place[-1]), fields)}"
        case "missing":
            message = f"{'.'.join(map(str, place))!r} is missing"
        case "value_error":
            message = f"{where!r} {what}" if where else f"the rule {what}"
        case _:
            message = f"{where!r} must be {what[:1].lower()}{what[1:]}" if where else f"a rule must be an object: {what}"
    return UsageError(message, path=str(path), line=line)


def _line(node: yaml.Node | None, place: list[str | int]) -> tuple[int | None, int]:
    """The line of the deepest part of a place that is written, and how many of its steps are written."""
    if node is None:
        return None, 0
    line = node.start_mark.line + 1
    for number, step in enumerate(place):
        match node, step:
            case yaml.MappingNode(), str():
                found = next(((key, value) for key, value in node.value if key.value == step), None)
                if found is None:
                    return line, number
                line, node = found[0].start_mark.line + 1, found[1]
            case yaml.SequenceNode(), int() if step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line + 1
            case _:
                return line, number
    return line, len(place)
