"""The validated content of a settings file. Imported only if there is one, since most runs have none and this takes time."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from glob import escape, has_magic
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, Field, ValidationError

from wa_iac.core import files
from wa_iac.core.errors import OldNameError, UsageError, WaIacError
from wa_iac.core.inputs import Inputs
from wa_iac.core.paths import shown
from wa_iac.core.rule import PILLARS, Options, Pillar, Severity
from wa_iac.core.strict_model import STRICT, kebab, wanted
from wa_iac.engine.catalogue import OURS, Catalogue, nearest
from wa_iac.engine.named_files import NamedFiles
from wa_iac.engine.settings import ExclusionTrace, InputsFor, Override, Settings, SuppressionPolicy
from wa_iac.engine.slug_patterns import check, matching
from wa_iac.engine.value_files import ROOT

from .config import Config
from .options import OptionError, options_of
from .text import content_of

T = TypeVar("T")


class _Table(BaseModel):
    model_config = STRICT


Patterns = Annotated[
    tuple[str, ...], Field(description="Paths relative to this file; * matches within a name, ** across directories.")
]
Slugs = Annotated[tuple[str, ...], Field(description="Slugs of rules; s3-* names all rules whose slugs begin so.")]


ValueFileNames = Annotated[
    tuple[str, ...],
    Field(
        description="Files of values, relative to this file: names, patterns with *, or names that begin with {root}, the directory "
        "of each root module or template."
    ),
]


class OverrideTable(_Table):
    """Different settings below some paths."""

    paths: Patterns
    ignore: Slugs = ()
    severity: dict[str, Severity] = {}


class InputsTable(_Table):
    """The values for root modules and templates below some paths; for all of them if no paths are named."""

    paths: Patterns = ()
    variables: Annotated[dict[str, str | int | float | bool], Field(description="Values by name, as for --var.")] = {}
    var_files: ValueFileNames = ()
    parameters: ValueFileNames = ()
    workspace: str = ""


class EnvironmentTable(_Table):
    """The values of one environment; findings name their environments."""

    paths: Annotated[
        tuple[str, ...],
        Field(description="The root modules and templates that it is for, relative to this file; all if there are none."),
    ] = ()
    variables: dict[str, str | int | float | bool] = {}
    var_files: ValueFileNames = ()
    parameters: ValueFileNames = ()
    workspace: str = ""


class SuppressionsTable(_Table):
    """The permissions of suppressions in the code."""

    inline: Annotated[bool, Field(description="Whether suppressions in the code count at all.")] = True
    allow: Annotated[
        tuple[str, ...] | None, Field(description="The rules that may be suppressed in the code (default: all).")
    ] = None


class SettingsTable(_Table):
    """The settings of wa-iac."""

    profile: Annotated[
        Literal["default", "all"], Field(description="Which rules to run: those for every workload (default), or all.")
    ] = "default"
    select: Annotated[tuple[str, ...], Field(description="Run only these rules.")] = ()
    ignore: Annotated[tuple[str, ...], Field(description="Skip these rules.")] = ()
    packs: Annotated[
        tuple[str, ...], Field(description="Run only the rules for the controls of these standards: wa-iac packs lists them.")
    ] = ()
    pillars: Annotated[tuple[Pillar, ...], Field(description="Run only rules of these pillars.")] = ()
    fail_on: Annotated[Severity, Field(description="The lowest severity that makes the exit code 1.")] = Severity.LOW
    exclude: Patterns = ()
    gitignore: Annotated[bool, Field(description="Whether to leave out files that git ignores.")] = True
    severity: Annotated[dict[str, Severity], Field(description="Severities by rule, replacing the rules' own.")] = {}
    overrides: tuple[OverrideTable, ...] = ()
    inputs: tuple[InputsTable, ...] = ()
    environments: dict[str, EnvironmentTable] = {}
    options: Annotated[dict[str, dict[str, Any]], Field(description="Options of individual rules, by slug.")] = {}
    baseline: Annotated[str, Field(description="The baseline file, relative to this file.")] = ""
    suppressions: SuppressionsTable = Field(default_factory=SuppressionsTable)


def load(path: Path, catalogue: Catalogue = OURS, *, within: Path | None = None) -> Config:
    """Read a settings file, which may name the rules in `catalogue`, and files in the directory `within`.

    Raises `UsageError` for a mistake, with the line and the nearest name.
    """
    name = shown(path)
    text, content = content_of(path, within)
    if path.name == "pyproject.toml":
        tools = content.get("tool", {})
        content = tools.get("wa-iac", {}) if isinstance(tools, dict) else {}
    if not isinstance(content, dict):
        raise UsageError("the settings must be a table", path=name, line=_line(text, "wa-iac"))
    try:
        table = SettingsTable.model_validate(content)
    except ValidationError as error:
        raise _in_words(error, name, text) from error
    _check_slugs(table, catalogue, name, text)
    notes: list[WaIacError] = [
        OldNameError(note, path=name, line=_line(text, slug))
        for slug in dict.fromkeys(_slugs(table))
        if (note := catalogue.note(slug))
    ]
    table = _with_current_names(table, catalogue)
    folder, names = path.resolve().parent, NamedFiles()
    of_file = partial(_inputs, folder=folder, within=within, names=names, place=lambda word: (name, _line(text, word) or 1))
    environments = tuple(of_file(each, environment) for environment, each in table.environments.items())
    inputs = tuple(InputsFor(paths=each.paths or ("**",), inputs=of_file(each, "")) for each in table.inputs)
    settings = Settings(
        root=folder,
        exclude=table.exclude,
        gitignore=table.gitignore,
        severity=table.severity,
        overrides=tuple(
            Override(paths=each.paths, ignore=frozenset(each.ignore), severity=each.severity) for each in table.overrides
        ),
        inputs=inputs,
        value_files=frozenset(
            file
            for each in (*environments, *(one.inputs for one in inputs))
            for file in (*each.variable_files, *each.parameter_files)
        ),
        suppressions=SuppressionPolicy(
            inline=table.suppressions.inline,
            allowed=None if table.suppressions.allow is None else frozenset(table.suppressions.allow),
        ),
        options={slug: _options(slug, given, catalogue, name, text) for slug, given in table.options.items()},
        # Settings named on the command line are the user's own choice.
        trace=None if within is None else _trace(table, catalogue, name),
    )
    return Config(
        path=path,
        profile=table.profile,
        select=(*table.select, *_of_packs(table, catalogue, name, text, notes)),
        ignore=table.ignore,
        pillars=table.pillars,
        fail_on=table.fail_on,
        settings=settings,
        environments=environments,
        baseline=_baseline(folder / table.baseline, within) if table.baseline else None,
        catalogue=catalogue,
        notes=tuple(notes),
    )


def _of_packs(table: SettingsTable, catalogue: Catalogue, name: str, text: str, notes: list[WaIacError]) -> tuple[str, ...]:
    """The rules of the packs that the settings name. Raises `UsageError` for an unknown pack, with its line."""
    if not table.packs:
        return ()
    from wa_iac.engine.packs import selected

    try:
        return selected(table.packs, catalogue, notes)
    except UsageError as error:
        raise UsageError(error.message, path=name, line=_line(text, "packs")) from error


def _with_current_names(table: SettingsTable, catalogue: Catalogue) -> SettingsTable:
    """The settings with the current slug of each rule."""

    def current(slugs: Iterable[str]) -> tuple[str, ...]:
        return tuple(map(catalogue.current, slugs))

    def keyed(by_slug: dict[str, T]) -> dict[str, T]:
        return {catalogue.current(slug): value for slug, value in by_slug.items()}

    allow = table.suppressions.allow
    return table.model_copy(
        update={
            "select": current(table.select),
            "ignore": current(table.ignore),
            "severity": keyed(table.severity),
            "options": keyed(table.options),
            "overrides": tuple(
                each.model_copy(update={"ignore": current(each.ignore), "severity": keyed(each.severity)})
                for each in table.overrides
            ),
            "suppressions": table.suppressions.model_copy(update={"allow": None if allow is None else current(allow)}),
        }
    )


def _trace(table: SettingsTable, catalogue: Catalogue, name: str) -> ExclusionTrace:
    tables = (table.severity, *(each.severity for each in table.overrides))
    given = [(slug, severity) for each in tables for slug, severity in each.items()]
    lowered = {
        slug
        for pattern, severity in given
        for slug in matching(pattern, catalogue)
        if severity.rank < catalogue.load(slug).severity.rank
    }
    return ExclusionTrace(path=name, lowered=len(lowered), options=len(table.options))


def _options(slug: str, given: dict[str, Any], catalogue: Catalogue, name: str, text: str) -> Options:
    """The options of a rule. Raises `UsageError` for an option that it does not accept."""
    try:
        return options_of(slug, given, catalogue)
    except OptionError as error:
        raise UsageError(
            error.message, path=name, line=(_line(text, error.option) if error.option else None) or _line(text, slug)
        ) from error


def _inputs(
    table: InputsTable | EnvironmentTable,
    environment: str,
    *,
    folder: Path,
    within: Path | None,
    names: NamedFiles,
    place: Callable[[str], tuple[str, int]],
) -> Inputs:
    return Inputs(
        environment=environment,
        variables={name: _text(value) for name, value in table.variables.items()},
        variable_files=tuple(file for each in table.var_files for file in _there(folder, each, within, names)),
        parameter_files=tuple(file for each in table.parameters for file in _there(folder, each, within, names)),
        workspace=table.workspace,
        paths=table.paths if environment else (),
        paths_from=folder,
        of_settings={name: place(name) for name in table.variables},
    )


def _text(value: str | float | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _there(folder: Path, name: str, within: Path | None, known: NamedFiles) -> Iterator[Path]:
    """The files to be read. Raises `UsageError` if there is none, or one is outside the directory `within`."""
    if name.startswith(ROOT):
        yield Path(name)
        return
    path = folder / name
    named = known.matching(os.path.join(escape(str(folder)), name), within) if has_magic(name) else [path]
    for each in named:
        found = _inside(each, within)
        if not os.path.isfile(found):
            raise UsageError("the settings name this file, but it does not exist", path=shown(each))
        yield each if within is None else found
    if not named:
        raise UsageError("the settings name these files, but there are none", path=shown(path))


def _baseline(path: Path, within: Path | None) -> Path:
    _inside(path, within)
    return path


def _inside(path: Path, within: Path | None) -> Path:
    """The resolved path of a file. Raises `UsageError` if it is outside the directory `within`."""
    found = files.resolved(path)
    if within is not None and not found.is_relative_to(within):
        message = "the settings name this file, but it is outside the repository: only settings given with --settings may do so"
        raise UsageError(message, path=shown(path))
    return found


def _in_words(error: ValidationError, name: str, text: str) -> UsageError:
    first = error.errors()[0]
    place = [str(each) for each in first["loc"]]
    key = next((each for each in reversed(place) if not each.isdigit()), "")
    line = _line(text, key)
    where = ".".join(place)
    if place == ["rules"]:
        message = "rules are code, so the settings file of a checked tree may not name any: use --rules or the user's settings"
        return UsageError(message, path=name, line=line)
    if place == ["min-severity"]:
        message = "there is no setting 'min-severity': it is an option of the command line only (--min-severity)"
        return UsageError(message, path=name, line=line)
    if first["type"] == "extra_forbidden":
        known = [kebab(each) for each in _fields(place[:-1])]
        return UsageError(f"there is no setting {where!r}{nearest(key, known)}", path=name, line=line)
    if first["type"] == "missing":
        return UsageError(f"the setting {where!r} is missing", path=name, line=_line(text, next(iter(place), "")))
    expected = wanted(first["msg"])
    if (named := _variable(place)) is not None:
        # Pydantic names the last of the types that a value may have.
        expected = "a text, a number, true or false; a list or a map is a text in Terraform's language, such as '[1, 2]'"
        return UsageError(f"the variable {named!r} must be {expected}", path=name, line=_line(text, named))
    if place[:1] == ["pillars"]:
        expected = f"one or several of {', '.join(PILLARS)}"
    return UsageError(f"the setting {where!r} must be {expected}", path=name, line=line)


def _variable(place: Sequence[str]) -> str | None:
    """The variable in `inputs.0.variables.zones.str` or `environments.prod.variables.zones.str`."""
    return place[3] if place[:1] in (["inputs"], ["environments"]) and place[2:3] == ["variables"] and len(place) > 3 else None


def _fields(place: Sequence[str]) -> list[str]:
    """The allowed names in the table at a place."""
    tables: dict[str, type[_Table]] = {
        "overrides": OverrideTable, "inputs": InputsTable, "environments": EnvironmentTable, "suppressions": SuppressionsTable,
    }  # fmt: skip
    return list(tables[place[0]].model_fields) if place and place[0] in tables else list(SettingsTable.model_fields)


def _check_slugs(table: SettingsTable, catalogue: Catalogue, name: str, text: str) -> None:
    for slug in _slugs(table):
        try:
            check(slug, catalogue)
        except UsageError as error:
            raise UsageError(error.message, path=name, line=_line(text, slug)) from error
    for slug in table.options:
        if not catalogue.knows(slug):
            raise UsageError(f"there is no rule {slug!r}{nearest(slug, catalogue)}", path=name, line=_line(text, slug))


def _slugs(table: SettingsTable) -> Iterator[str]:
    yield from (*table.select, *table.ignore, *table.severity, *(table.suppressions.allow or ()))
    for each in table.overrides:
        yield from (*each.ignore, *each.severity)


def _line(text: str, word: str) -> int | None:
    """The first line with a key or a name that is no comment, since TOML's reader keeps no places."""
    named = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
    lines = enumerate(text.splitlines(), start=1)
    return next((number for number, line in lines if not line.lstrip().startswith("#") and named.search(line)), None)


def schema() -> dict[str, Any]:
    """The JSON Schema of `wa-iac.toml`, for editors: they complete the names of settings and rules."""
    document: dict[str, Any] = SettingsTable.model_json_schema(by_alias=True)
    # A team's own rules are unknown here, so any name is allowed, and any pattern.
    slug = {"anyOf": [{"enum": list(OURS)}, {"pattern": "^[a-z0-9]+(-[A-Za-z0-9]+)+$"}, {"pattern": "[*?]"}]}
    document["$defs"]["Slug"] = {"type": "string", **slug}
    for table in (document, *document["$defs"].values()):
        for name, each in table.get("properties", {}).items():
            if name in ("select", "ignore"):
                each["items"] = {"$ref": "#/$defs/Slug"}
            elif name == "severity":
                each["propertyNames"] = {"$ref": "#/$defs/Slug"}
            elif name == "options":
                each["properties"] = {rule.slug: _schema(rule.options_class) for rule in OURS.all() if rule.options_class}
            elif name == "allow":
                each["anyOf"][0]["items"] = {"$ref": "#/$defs/Slug"}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **document, "title": "Settings of wa-iac"}


def _schema(cls: type[Options]) -> dict[str, Any]:
    """The schema of a rule's options, without the description, which is for the rule's authors."""
    document = cls.model_json_schema(by_alias=True)
    document.pop("description", None)
    return document
