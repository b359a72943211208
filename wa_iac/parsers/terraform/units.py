"""From directories to units: each root module is evaluated together with the modules it calls."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from wa_iac.core.contain import contained
from wa_iac.core.declared import Unit
from wa_iac.core.errors import SourceError, UnavailableError, WaIacError, mistakes
from wa_iac.core.inputs import NOTHING_GIVEN, Inputs, InputsOf, nothing_given
from wa_iac.core.paths import Scan
from wa_iac.core.progress import tell
from wa_iac.core.reasons import Said
from wa_iac.core.value import Origin, Tree, Unknown
from wa_iac.parsers.terraform.evaluation.expressions import settled
from wa_iac.parsers.terraform.evaluation.scope import Scope
from wa_iac.parsers.terraform.evaluation.unit import RECURSION, Evaluation, Exhausted
from wa_iac.parsers.terraform.modules.configuration import Configuration
from wa_iac.parsers.terraform.modules.loader import Loader, NotInstalled, Outside
from wa_iac.parsers.terraform.modules.module import Module
from wa_iac.parsers.terraform.modules.variables import given_values
from wa_iac.parsers.terraform.text.nodes import Attribute

_MADE_BY_NONE: Final = (
    "no call makes the module {} (count is 0, or for_each is empty), so its resources are not checked: "
    "give the values that make it, or check its directory alone"
)
_MADE_BY_NONE_EACH: Final = (
    "local modules are made by no call (count is 0, or for_each is empty), and their resources are not checked"
)


def read_modules(
    directories: Sequence[Path],
    scan: Scan,
    *,
    inputs: InputsOf = nothing_given,
    judged: Collection[Path] = (),
    notes: list[WaIacError] | None = None,
) -> Iterator[Unit]:
    """Evaluate the root modules among `directories` for each environment. Each is a unit with all modules it calls.

    Args:
        directories: directories of the scan that contain `.tf` files.
        scan: nothing outside it is read, symbolic links resolved.
        inputs: the values given to each root module, for each environment.
        judged: resolved paths of root modules that are checked by their plan. They are skipped, with the modules that only they call.
        notes: receives a note on each module that is called, and that no call makes.

    A module that another one calls is checked where it is called, not alone. Errors in a file are in the unit's `errors`, and
    the rest of the unit is evaluated. An error in a shared file is in each unit's errors. A crash ends only its unit, and is
    also one of the unit's errors.
    """
    loader = Loader(scan)
    resolved = list(dict.fromkeys(path.resolve() for path in directories))
    failures: dict[Path, list[WaIacError]] = defaultdict(list)
    read: set[str] = set()
    whole = not judged
    with _recursion():
        roots = list(_roots(loader, resolved, inputs, failures))
    for number, (directory, cyclic) in enumerate(roots):
        tell("reading modules", number, len(roots))
        if directory in loader.early:
            continue  # reached by a source that depends on its callers' arguments
        for each in inputs(directory) if directory not in judged else ():
            unit = evaluated(loader, directory, cyclic, inputs=each)
            said = {error.message for error in unit.errors}
            unit.errors += [error for error in failures[directory] if error.message not in said]
            read |= {str(Path(file).parent) for file in unit.sources}
            whole = whole and not mistakes(unit.errors)
            yield unit
    if notes is not None and whole:  # else it may be an error that leaves a module out
        # A directory may be shown in another way than the files in it: the working directory is.
        left = [each for each in resolved if str(Path(loader.scan.shown(each / "main.tf")).parent) not in read]
        for shown in map(loader.scan.shown, left):
            notes.append(UnavailableError(_MADE_BY_NONE.format(shown), path=shown, kind=_MADE_BY_NONE_EACH))


def _roots(
    loader: Loader, directories: Sequence[Path], inputs: InputsOf, failures: Mapping[Path, list[WaIacError]]
) -> Iterator[tuple[Path, list[Path]]]:
    """The directories no other one calls; for those that only call each other the first of them, with the cycle.

    Those that lead to a call whose source depends on the call's arguments come first. `failures` receives the reasons why a
    directory's calls are unknown.
    """
    open_ended: set[Path] = set()
    calls = {
        directory: contained(
            loader.scan.shown(directory), partial(_called, loader, directory, inputs, open_ended), failures[directory].append
        )
        or []
        for directory in directories
    }
    called = {each for targets in calls.values() for each in targets}
    reached: set[Path] = set()

    def reach(directory: Path) -> set[Path]:
        """The directories reached from a directory, and from none before it."""
        found: set[Path] = set()
        waiting = [directory]
        while waiting:
            current = waiting.pop()
            if current not in reached:
                reached.add(current)
                found.add(current)
                waiting += calls.get(current, [])
        return found

    tops = [each for each in directories if each not in called]
    if open_ended:
        leading: set[Path] = set()
        for each in tops:
            leading |= {each} if reach(each) & open_ended else set()
            reached.clear()
        tops.sort(key=lambda each: each not in leading)
    for directory in tops:
        reach(directory)
        yield directory, []
    for directory in directories:
        if directory not in reached:
            cycle = reach(directory)
            yield directory, [each for each in directories if each in cycle]


def _called(loader: Loader, directory: Path, inputs: InputsOf, open_ended: set[Path]) -> list[Path]:
    """The directories that one calls. It is added to `open_ended` if they depend on its arguments."""
    configuration = loader.load(directory)
    targets: list[Path] = []
    modules: list[Module] = []
    for block in configuration.modules.values():
        if "source" in block.body.attributes and not block.body.text("source") and not modules:
            modules = [_alone(loader, configuration, each) for each in inputs(directory)]
        for module in modules or (None,):
            try:
                targets.append(loader.called(configuration, block, partial(_early, module)))
            except NotInstalled:
                if not block.body.text("source"):
                    open_ended.add(directory)
            except Outside:
                continue
    loader.early.clear()
    return [target for target in targets if target != directory]


def _alone(loader: Loader, configuration: Configuration, inputs: Inputs) -> Module:
    """A directory as a root module, to find the sources of its calls."""
    run = Evaluation(loader.scan, configuration.path, loader.templates, workspace=inputs.workspace)
    return Module(run, loader, configuration, given=given_values(run, configuration, inputs, {}))


def _early(module: Module | None, attribute: Attribute) -> Tree:
    if module is None:
        return Unknown(Said("its variables are not known"), ("source", attribute.span), Origin(attribute.span))
    return settled(attribute.value, Scope(module.run, module, {}), attribute.span)


def evaluated(
    loader: Loader,
    directory: Path,
    cyclic: Sequence[Path] = (),
    given: Mapping[str, tuple[Tree, str]] | None = None,
    inputs: Inputs = NOTHING_GIVEN,
) -> Unit:
    """One root module with everything it calls. `given` are values of variables, and where they come from, before all others.

    An error that ends the evaluation is among the unit's errors; earlier results are kept.
    """
    unit = Unit(loader.scan.shown(directory), "terraform", environment=inputs.environment)

    def evaluate() -> None:
        run = Evaluation(loader.scan, directory, loader.templates, workspace=inputs.workspace)
        try:
            configuration = loader.load(directory)
            unit.takes = frozenset(configuration.variables)
            if cyclic:
                names = ", ".join(loader.scan.shown(path) for path in cyclic)
                run.report(
                    SourceError(f"there is no root module: these modules call each other: {names}", path=configuration.shown)
                )
            values = {**given_values(run, configuration, inputs, unit.sources), **(given or {})}
            module = Module(run, loader, configuration, given=values)
            for each in module.declared():
                unit.declared.append(each)  # one by one, so that everything before a failure is checked
            if not run.switched_off:  # else a remedy may evaluate more
                module.let_go()
        except Exhausted:
            pass  # the limit is among the errors
        finally:
            unit.errors += run.errors
            unit.switched_off = run.switched_off
            unit.fills = frozenset(run.templates)
            for path in run.directories:
                unit.sources.update(loader.load(path).sources)

    with _recursion():
        contained(unit.path, evaluate, unit.errors.append)
    return unit


@contextmanager
def _recursion() -> Iterator[None]:
    """Enough room on Python's stack for expressions nested as deep as our own limit allows."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, RECURSION))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
