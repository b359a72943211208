"""From paths to graphs: discovery, parsing and building, with the garbage collector out of the way."""

from __future__ import annotations

import gc
import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Final

from wa_iac.core import files, secrets
from wa_iac.core.contain import contained
from wa_iac.core.declared import Dialect, Unit
from wa_iac.core.errors import NothingFoundError, SourceError, UnavailableError, UsageError, WaIacError, mistakes
from wa_iac.core.files import scan_root
from wa_iac.core.graph import Graph
from wa_iac.core.imports import let_ask
from wa_iac.core.inputs import NOTHING_GIVEN, Inputs, InputsOf
from wa_iac.core.paths import Scan, shown

from .discover import ASSEMBLY, MODULE_SUFFIXES, Discovered, discover, files_below
from .globs import matches
from .inputs import for_no_unit, refuse_unused, unused_of_settings
from .other_tools import is_for_aws, of_drafts, of_programs, of_tools
from .packaged_templates import without_packaged
from .secrecy import errors_without_secrets
from .settings import NO_SETTINGS, OURS, Settings
from .templatefile_inputs import filled_by, is_filled, told_filled, without_filled
from .terraform_stacks import told_stacks
from .value_files import ValueFiles, users_of, with_named


@contextmanager
def collector_paused() -> Iterator[None]:
    """Reading makes many small objects and no garbage: the collector only costs (two thirds of the reading time)."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def units(
    paths: Sequence[Path],
    *,
    skip_other_files: bool = False,
    inputs: Sequence[Inputs] = (NOTHING_GIVEN,),
    settings: Settings = NO_SETTINGS,
) -> tuple[list[Unit], list[WaIacError]]:
    """Every unit below `paths` in each environment, and errors for everything that could not be found or read.

    A named file that is neither Terraform nor CloudFormation is an error, and so is having nothing to check, unless
    `skip_other_files` is set: a hook gets every changed file.
    """
    secrets.begin()
    with collector_paused():
        walk = partial(discover, excludes=settings.excludes, with_ignored=not settings.gitignore)
        found = walk(paths)
        if users := users_of(found.named, settings.value_files, settings.root):
            found = walk([*paths, *users])

        found.of_tools = [path for path in found.of_tools if is_for_aws(path)]
        named_values: dict[Path, list[Path]] = defaultdict(list)
        for file, module in found.values.items():
            if module is not None:
                named_values[files.resolved(module)].append(file)
        lonely = [file for file, module in found.values.items() if module is None]
        value_files = ValueFiles({files.resolved(each) for each in found.modules}, settings.value_files)

        set_here: list[Inputs] = []
        asked: list[Path] = []

        def given(path: Path) -> Sequence[Inputs]:
            asked.append(path)
            mine = settings.inputs_for(path, inputs, value_files)
            set_here.extend(each for each in mine if each.of_settings)
            return with_named(mine, named_values[files.resolved(path)], path) if named_values else mine

        errors: list[WaIacError] = list(found.errors)
        errors += [UnavailableError(_NO_MODULE, path=shown(path)) for path in lonely if not users]
        if skip_other_files:
            found.named.clear()
        errors += [SourceError(_EMPTY, path=shown(path)) for path in sorted(found.named) if _is_empty(path)]
        plans: list[tuple[Path, bytes]] = []
        made = [*_templates(found, given, errors, plans), *_assemblies(found, given, errors)]
        planned, judged = _plans(plans, paths, found, errors)
        made += [*planned, *_modules(found, given, errors, judged)]
        fills = filled_by(made)
        made = without_packaged(without_filled(made, fills, errors), errors)
        errors += told_stacks(made, found.stacks.values())
    unread = list(_unread(found, made, fills))
    left_out = len(settings.trace.files) if settings.trace is not None else 0
    in_full = not skip_other_files or any(map(os.path.isdir, paths))
    if not made and not errors and left_out and (in_full or _leave_nothing(settings, scan_root(paths[0]))):
        message = f"nothing to check: the settings exclude everything ({left_out:,} files with matching names)"
        errors.append(UsageError(message, path=settings.trace.path if settings.trace is not None else None))
    elif not made and not errors and not skip_other_files:
        where = ", ".join(str(path) for path in paths)
        unread = unread or list(_programs(paths))
        said = "; ".join(each.message for each in unread)
        others = f" ({said})" if said else " (besides what --exclude leaves out)" if settings.user_exclude else ""
        errors.append(NothingFoundError(where, others))
    if made or skip_other_files or not any(isinstance(each, NothingFoundError) for each in errors):
        errors += unread
    if made and not mistakes(errors):
        # A module that could not be read may be the one that uses a value.
        refuse_unused(inputs, made)
        # Another file may have the variable, unless everything that the settings are for is checked.
        if (set_here or settings.inputs) and any(
            os.path.isdir(path) and settings.root.is_relative_to(files.resolved(path)) for path in paths
        ):
            errors += [*unused_of_settings(set_here, made), *for_no_unit(settings.inputs_for_none(asked))]
        # The files of one commit, which a hook names, may all be of one dialect.
        value_files.refuse_unused(inputs, _BOTH if skip_other_files else {each.dialect for each in made})
    return made, errors


def _unread(found: Discovered, made: Iterable[Unit], fills: Collection[Path]) -> Iterator[WaIacError]:
    """Notes on everything that was found and is not read."""
    if found.ignored:
        yield from _ignored(found)
    if found.terragrunt:
        yield _told_terragrunt(found.terragrunt)
    if found.of_tools:
        yield from _of_tools(found, made)
    if found.drafts:
        yield from of_drafts(found.drafts, fills)


def _of_tools(found: Discovered, made: Iterable[Unit]) -> Iterator[UnavailableError]:
    """Notes on the files of other tools that are no templates themselves."""
    read = {name for unit in made for name in unit.sources}
    return of_tools([path for path in found.of_tools if shown(path) not in read], _outputs(found, read))


def _outputs(found: Discovered, read: Collection[str]) -> Iterator[Path]:
    """The directories that the AWS CDK and CDK for Terraform wrote. Those that git ignores are told of as such."""
    yield from found.assemblies
    for path in found.templates:
        if ASSEMBLY in path.parts and shown(path) in read:
            yield from (each for each in path.parents if each.name == ASSEMBLY)
    yield from (each.parent for each in found.ignored if each.name == ASSEMBLY)
    yield from (each for each in found.modules if "cdktf.out" in each.parts)


def _programs(paths: Iterable[Path]) -> Iterator[UnavailableError]:
    for path in paths:
        if path.is_dir():
            yield from of_programs(files_below(path, lambda _: None), scan_root(path))


def _told_terragrunt(paths: Sequence[Path]) -> UnavailableError:
    """One note on all files of Terragrunt."""
    names = [shown(path) for path in paths]
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    said = (
        f"Terragrunt is not supported: {', '.join(names[:_NAMED])}{more} {'is' if len(names) == 1 else 'are'} not read, nor their "
        "sources and inputs; modules of the tree are checked without them, so check the plans (terragrunt show -json)"
    )
    return UnavailableError(said, path=names[0])


def _ignored(found: Discovered) -> Iterator[UnavailableError]:
    """A note on the modules, templates and assemblies that git ignores."""
    from wa_iac.parsers.cloudformation.text.recognise import recognise

    names: dict[str, None] = {}
    for path in found.ignored:
        if path.name.endswith((*MODULE_SUFFIXES, ASSEMBLY)):
            if path.parent not in found.modules:
                names[shown(path.parent)] = None
            continue
        with suppress(OSError):
            if recognise(files.beginning(path, files.LARGEST)):
                names[shown(path)] = None
    if names:
        some = sorted(names)[:_NAMED]
        more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
        said = f"git ignores {', '.join(some)}{more}, so they are not read: name them, or use --no-gitignore"
        yield UnavailableError(said)


def _leave_nothing(settings: Settings, root: Path) -> bool:
    """Whether settings leave out everything below `root`. They may leave out a commit's files, but not the whole repository."""
    from wa_iac.parsers.cloudformation.text.recognise import recognise
    from wa_iac.parsers.plans import recognise as recognise_plan

    for path in files_below(root, lambda _: None):
        if not path.name.endswith(OURS) or matches(settings.exclude, path, settings.root):
            continue
        if path.name.endswith((*MODULE_SUFFIXES, ASSEMBLY)):
            return False
        with suppress(OSError):
            data = files.read(path, within=root)
            if recognise(data) or recognise_plan(data):
                return False
    return True


def graphs(
    paths: Sequence[Path],
    *,
    skip_other_files: bool = False,
    inputs: Sequence[Inputs] = (NOTHING_GIVEN,),
    settings: Settings = NO_SETTINGS,
) -> tuple[list[tuple[Unit, Graph]], list[WaIacError]]:
    """Every unit below `paths` with its graph, and all errors of discovery and reading; see `units`."""
    made, errors = units(paths, skip_other_files=skip_other_files, inputs=inputs, settings=settings)
    graphs = built(made, errors)
    errors_without_secrets(errors)
    return graphs, distinct_errors(errors)


def built(units: Iterable[Unit], errors: list[WaIacError]) -> list[tuple[Unit, Graph]]:
    """Units with their graphs. Their errors are added to `errors`; a unit whose graph cannot be built is left out."""
    made: list[tuple[Unit, Graph]] = []
    for unit in units:
        errors += unit.errors
        graph = contained(unit.path, partial(build, unit), errors.append, doing="building the graph of")
        if graph is not None:
            made.append((unit, graph))
    let_ask(made)
    return made


def build(unit: Unit) -> Graph:
    graph = Graph(unit.dialect, unit.declared)
    graph.switched_off = unit.switched_off
    return graph


def distinct_errors(errors: Sequence[WaIacError]) -> list[WaIacError]:
    """Each error once. A module's file is read for every root that calls it, and many may call a missing module."""
    seen: dict[tuple[object, ...], WaIacError] = {}
    for each in errors:
        place = () if isinstance(each, UnavailableError) else (each.path, each.line, each.column)
        seen.setdefault((*place, each.message), each)
    return list(seen.values())


def _templates(
    found: Discovered, inputs: InputsOf, errors: list[WaIacError], plans: list[tuple[Path, bytes]]
) -> Iterator[Unit]:
    """The templates; Terraform's plans among the files are put into `plans`."""
    if not found.templates:
        return
    from wa_iac.parsers.cloudformation.text.recognise import recognise
    from wa_iac.parsers.plans import claims_to_be_plan, in_utf8
    from wa_iac.parsers.plans import recognise as recognise_plan

    def kind_of(data: bytes) -> str:
        text = in_utf8(data)
        if recognise_plan(text) or claims_to_be_plan(text):
            return "plan"
        if not recognise(data):
            return "other"
        return "filled" if is_filled(data) else "template"

    for scan, paths in _scans(found.templates):
        taken: dict[Path, bytes] = {}
        others: dict[Path, bytes] = {}
        for path in paths:
            try:
                # One byte more than any reader accepts, so that the reader reports that it is too large.
                data = files.beginning(path, files.LARGEST + 1, within=scan.root)
            except OSError as error:
                errors.append(files.unread(error, scan.shown(path)))
                continue
            kind = contained(scan.shown(path), partial(kind_of, data), errors.append)
            if kind == "plan":
                plans.append((path, in_utf8(data)))
            elif kind == "filled":
                errors.append(told_filled(scan.shown(path)))
            elif kind == "template":
                taken[path] = data
            elif kind == "other" and path in found.named and path not in found.of_tools:
                others[path] = data
        made: list[Unit] = []
        if taken:
            from wa_iac.parsers.cloudformation.units import read_templates

            made += _each(read_templates(taken, scan, inputs=inputs), errors)
        yield from made
        read = {name for unit in made for name in unit.sources}
        others |= {
            path: data
            for path, data in taken.items()
            if path in found.named and path not in found.of_tools and scan.shown(path) not in read
        }
        errors += [_not_a_template(data, scan.shown(path)) for path, data in others.items() if data.strip()]


def _assemblies(found: Discovered, inputs: InputsOf, errors: list[WaIacError]) -> Iterator[Unit]:
    if not found.assemblies:
        return
    from wa_iac.parsers.cloudformation.cdk import read_assembly

    for folder, root in found.assemblies.items():
        for each in inputs(folder):
            read = partial(read_assembly, folder, _scan(root, [folder]), inputs=each)
            if (unit := contained(shown(folder), read, errors.append)) is not None:
                yield unit


def _each(units: Iterator[Unit], errors: list[WaIacError]) -> Iterator[Unit]:
    """Units as they are read. Readers contain errors within one unit; a failure between two units ends only this kind of
    units."""
    while (unit := contained("", lambda: next(units, None), errors.append, doing="reading units")) is not None:
        yield unit


def _scans(paths: Mapping[Path, Path]) -> Iterator[tuple[Scan, list[Path]]]:
    """Each scanned tree, with the paths whose references may reach up to its root."""
    grouped: dict[Path, list[Path]] = {}
    for path, root in paths.items():
        grouped.setdefault(root, []).append(path)
    for root, each in grouped.items():
        yield _scan(root, each), each


def _scan(root: Path, paths: Sequence[Path]) -> Scan:
    """The tree below `root`, which was found through `paths`: it is shown relative if they are."""
    return Scan(root, relative=not any(path.is_absolute() for path in paths))


_BOTH: Final[Collection[Dialect]] = ("cloudformation", "terraform")
_NAMED: Final = 5
"""Ignored files and directories that a note names."""
_NO_MODULE: Final = (
    "no module in a directory above uses this variables file, and the settings do not name it: the values were not checked"
)
_EMPTY: Final = "the file is empty: there is nothing to check"


def _is_empty(path: Path) -> bool:
    try:
        return path.stat().st_size < 1024 and not files.read(path).strip()
    except OSError:
        return False  # its reader will report why it cannot be read


def _plans(
    plans: Sequence[tuple[Path, bytes]], paths: Sequence[Path], found: Discovered, errors: list[WaIacError]
) -> tuple[list[Unit], set[Path]]:
    """The units of plans, and the root modules that they cover. Those are not checked alone as well, or each resource would
    count twice."""
    if not plans:
        return [], set()
    from wa_iac.parsers.terraform.plan.read import read_plan

    made: list[Unit] = []
    judged: set[Path] = set()
    for path, data in plans:
        above = next((each for each in paths if each.is_dir() and path.is_relative_to(each)), path)
        before = len(errors)
        reading = partial(read_plan, path, data, _scan(scan_root(above), [path]), named=path in found.named)
        read = contained(shown(path), reading, errors.append)
        if read is None:
            if path in found.named and len(errors) == before:
                errors.append(_not_a_template(data, shown(path)))
            continue
        made.append(read.unit)
        if read.root is not None:
            judged.add(read.root)
    return made, judged


def _not_a_template(data: bytes, path: str) -> WaIacError:
    """Why a file that is named cannot be checked. `path` is the file as shown."""
    from wa_iac.parsers.plans import in_utf8, not_a_plan

    if (why := not_a_plan(in_utf8(data))) is not None:
        return SourceError(why, path=path)
    if b"\0" in data[:8192]:
        return SourceError("this is a binary file, neither CloudFormation nor Terraform", path=path)
    if path.endswith((".yaml", ".yml", ".json", ".template")):
        from wa_iac.parsers.cloudformation.text.documents import parsed

        try:
            parsed(data, path)
        except WaIacError as error:
            return error  # A template that breaks off before its first resource does not look like one.
    return SourceError(
        "this is neither a CloudFormation template (no Resources with an AWS type) nor a Terraform file (*.tf) "
        "nor a plan (terraform show -json)",
        path=path,
    )


def _modules(found: Discovered, inputs: InputsOf, errors: list[WaIacError], judged: Collection[Path] = ()) -> Iterator[Unit]:
    if not found.modules:
        return
    from wa_iac.parsers.terraform.units import read_modules

    for scan, directories in _scans(found.modules):
        yield from _each(read_modules(directories, scan, inputs=inputs, judged=judged, notes=errors), errors)
