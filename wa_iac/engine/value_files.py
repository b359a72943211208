"""The files of values that belong to each root module and template.

A variables file below a root module's directory belongs to that module alone: `stacks/app/env/dev.tfvars` gives nothing to
`stacks/db`. Any other file, next to no root module, is for all of them. `{root}` in a name stands for the directory of each root
module or template; those that have no such file get no values from it.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Final

from wa_iac.core import files
from wa_iac.core.declared import Dialect
from wa_iac.core.errors import UsageError
from wa_iac.core.files import scan_root
from wa_iac.core.inputs import NOTHING_GIVEN, Inputs

from .discover import is_module, module_above
from .globs import matches
from .named_files import NamedFiles

ROOT: Final = "{root}"
_LOADED: Final = (".auto.tfvars", ".auto.tfvars.json")


def is_loaded(file: Path, module: Path) -> bool:
    """Whether Terraform reads a variables file of a root module without being asked."""
    by_name = file.name in ("terraform.tfvars", "terraform.tfvars.json") or file.name.endswith(_LOADED)
    return by_name and files.resolved(file.parent) == files.resolved(module)


def users_of(named: Iterable[Path], of_settings: Iterable[Path], root: Path) -> list[Path]:
    """The directories to read because somebody named files of values that settings in `root` give to root modules and templates:
    a changed value may change the verdict on all of them."""
    folders: dict[Path, None] = {}
    resolved = {files.resolved(each) for each in named}
    for each in of_settings:
        if ROOT not in str(each):
            if files.resolved(each) in resolved:
                folders[root] = None
            continue
        end = str(each).replace(ROOT, "", 1)
        folders.update((Path(str(file).removesuffix(end)), None) for file in resolved if str(file).endswith(end))
    return [Path(os.path.relpath(each)) for each in folders]


def with_named(inputs: Sequence[Inputs], named: Sequence[Path], module: Path) -> Sequence[Inputs]:
    """The inputs of a root module of which somebody named variables files: each one that no environment has, and that Terraform
    would not load by itself, is an environment."""
    known = {files.resolved(file) for each in inputs for file in each.variable_files}
    others = [each for each in named if files.resolved(each) not in known and not is_loaded(each, module)]
    if not others:
        return inputs
    own = [each for each in inputs if each.environment]
    plain = NOTHING_GIVEN if own else inputs[0]
    made = (plain._replace(environment=_name(each, module), variable_files=(*plain.variable_files, each)) for each in others)
    return [*own, *made]


def _name(file: Path, module: Path) -> str:
    """The name of an environment that only its file defines: `env/dev`."""
    inside = files.resolved(file).relative_to(files.resolved(module)).as_posix()
    return inside.removesuffix(".json").removesuffix(".tfvars")


def existing(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Files by name or pattern; a name with `{root}` stays as it is. Raises `UsageError` for a name without a file."""
    found: list[Path] = []
    for path in paths:
        if ROOT in str(path) or os.path.isfile(path):
            found.append(path)
        else:
            found += _matching(path)
    return tuple(found)


def _matching(pattern: Path) -> list[Path]:
    """The files that match a pattern. Raises `UsageError` if there is none."""
    from glob import glob, has_magic

    if not has_magic(str(pattern)):
        raise UsageError("there is no such file", path=str(pattern))
    matched = [Path(each) for each in sorted(glob(str(pattern), recursive=True)) if os.path.isfile(each)]
    if not matched:
        raise UsageError("no file matches this pattern", path=str(pattern))
    return matched


class ValueFiles:
    """Gives each root module and template its own files, and remembers which were used.

    `modules` are the resolved directories of the modules that are read; `of_settings` are the files that settings name. Those
    belong to their module even if it is not read. A file of the command line is then for all: the user has given it to them.
    """

    def __init__(self, modules: Iterable[Path] = (), of_settings: Collection[Path] = ()) -> None:
        self._modules = frozenset(modules)
        self._of_settings = set(of_settings)
        self._used: set[Path] = set()
        self._owners: dict[Path, Path | None] = {}
        self._names = NamedFiles()

    def also(self, of_settings: Iterable[Path]) -> None:
        """Note further files that settings name."""
        self._of_settings.update(of_settings)

    def of(self, path: Path, inputs: Sequence[Inputs]) -> list[Inputs]:
        """The inputs of the root module or template at `path`, in the environments that concern it."""
        named = [each for each in inputs if not each.is_fallback and self._concerns(path, each)]
        wanted = (
            named or [each for each in inputs if each.is_fallback] or [each._replace(environment="") for each in inputs[:1]]
        )
        return [self._own(path, each) for each in wanted]

    @staticmethod
    def _concerns(path: Path, inputs: Inputs) -> bool:
        return not inputs.paths or matches(inputs.paths, path, inputs.paths_from)

    def _own(self, path: Path, inputs: Inputs) -> Inputs:
        if not inputs.variable_files and not inputs.parameter_files:
            return inputs
        folder = path if os.path.isdir(path) else path.parent
        mine = files.resolved(folder)
        variables = [
            made for each in inputs.variable_files for made in self._in_root(each, folder) if self._owner(made) in (None, mine)
        ]
        parameters = [made for each in inputs.parameter_files for made in self._in_root(each, folder)]
        self._used.update(variables, parameters)
        return inputs._replace(variable_files=tuple(variables), parameter_files=tuple(parameters))

    def _in_root(self, file: Path, folder: Path) -> list[Path]:
        """The files that a name means for one root."""
        if ROOT not in str(file):
            return [file]
        from glob import escape

        pattern = str(file).replace(ROOT, escape(str(folder)))
        reach = scan_root(folder)
        found = (Path(os.path.normpath(each)) for each in self._names.matching(pattern, reach))
        inside = [each for each in found if files.resolved(each).is_relative_to(reach)]
        if inside:
            self._used.add(file)
        return inside

    def _owner(self, file: Path) -> Path | None:
        if file not in self._owners:
            known = is_module if file in self._of_settings else self._modules.__contains__
            found = module_above(file, known)
            self._owners[file] = None if found is None else files.resolved(found)
        return self._owners[file]

    def refuse_unused(self, inputs: Iterable[Inputs], dialects: Collection[Dialect]) -> None:
        """Raises `UsageError` for a file of the command line of which no root module and no template got the values: for example, if all files
        of an environment are of the other dialect."""
        for each in inputs:
            mine = [file for file in (*each.variable_files, *each.parameter_files) if file not in self._of_settings]
            taken = (each.variable_files and "terraform" in dialects) or (each.parameter_files and "cloudformation" in dialects)
            if mine and not taken:
                what = "root module" if mine[0] in each.variable_files else "template"
                raise UsageError(f"nothing uses this file: no {what} is checked", path=str(mine[0]))
            for file in (*each.variable_files, *each.parameter_files):
                if file in self._used or file in self._of_settings:
                    continue
                if ROOT in str(file):
                    raise UsageError("no root module and no template has a file of this name", path=str(file))
                if (owner := self._owner(file)) is not None and file in each.variable_files:
                    said = f"no root module uses this file: it belongs to the module in {owner}, which is not checked alone"
                    raise UsageError(said, path=str(file))
