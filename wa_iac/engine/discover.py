"""Finds the files to read below the named paths: Terraform directories and files that may be CloudFormation templates."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from wa_iac.core import files
from wa_iac.core.budget import Budget
from wa_iac.core.contain import described
from wa_iac.core.errors import UnavailableError, UsageError, WaIacError
from wa_iac.core.files import scan_root
from wa_iac.core.paths import shown

from .git_ignored import NAME as IGNORE_FILE
from .git_ignored import git_ignored
from .other_tools import DRAFTS
from .other_tools import NAMES as OF_TOOLS

TEMPLATE_SUFFIXES: Final = frozenset({".yaml", ".yml", ".json", ".template"})
"""The endings of possible CloudFormation templates in a directory. A file named on the command line may have any name."""

MODULE_SUFFIXES: Final = (".tf", ".tofu", ".tf.json", ".tofu.json")
"""The endings of files of a Terraform or OpenTofu module."""

VALUES: Final = (".tfvars", ".tfvars.json")
"""The endings of variables files."""

BESIDE: Final = (
    ".tftest.hcl",
    ".tftest.json",
    ".tofutest.hcl",
    ".tofutest.json",
    ".tfmock.hcl",
    ".tfquery.hcl",
    ".tfmigrate.hcl",
)
"""The endings of files next to a module that declare no resources: tests and their mocks, queries, moves of state.

https://developer.hashicorp.com/terraform/language/files, https://opentofu.org/docs/cli/commands/test/
"""

STACKS: Final = (".tfcomponent.hcl", ".tfcomponent.json", ".tfstack.hcl", ".tfdeploy.hcl", ".tfdeploy.json")
"""The endings of files of a Terraform stack: https://developer.hashicorp.com/terraform/language/files/stack."""

TERRAGRUNT: Final = ("terragrunt.hcl", "terragrunt.hcl.json", "terragrunt.stack.hcl")
"""The files of Terragrunt's units and stacks: https://terragrunt.gruntwork.io/docs/."""

ASSEMBLY: Final = "cdk.out"
"""The file that marks a CDK cloud assembly, and the default name of its directory."""

_SKIPPED: Final = frozenset({"node_modules", "__pycache__", "venv"})
"""Directories of installed packages, which are never checked. Hidden directories (`.git`, `.terraform`) are also skipped."""


@dataclass(slots=True, eq=False, repr=False)
class Discovered:
    """The files to read. `modules`, `templates` and `assemblies` map each directory or file to the root that its references may
    reach. `named` are the files given on the command line; it is an error if one is not a template. `stacks` has the first file
    of each stack's directory."""

    modules: dict[Path, Path] = field(default_factory=dict)
    templates: dict[Path, Path] = field(default_factory=dict)
    assemblies: dict[Path, Path] = field(default_factory=dict)
    stacks: dict[Path, Path] = field(default_factory=dict)
    terragrunt: list[Path] = field(default_factory=list)
    of_tools: list[Path] = field(default_factory=list)
    """Files of other tools, which are not read."""
    drafts: dict[Path, Path] = field(default_factory=dict)
    """Files below named directories that may be templates for another program to fill in; like `templates`."""
    named: set[Path] = field(default_factory=set)
    values: dict[Path, Path | None] = field(default_factory=dict)
    """The named variables files, each with the directory of its module: the nearest one above it that has one."""
    ignored: list[Path] = field(default_factory=list)
    """The files below named directories that git ignores, and that would be read otherwise."""
    errors: list[WaIacError] = field(default_factory=list)


def _nothing(path: Path) -> bool:
    del path
    return False


def discover(paths: Sequence[Path], *, excludes: Callable[[Path], bool] = _nothing, with_ignored: bool = False) -> Discovered:
    """Walk `paths`, directories in the order of their names, symbolic links to directories not followed.

    `excludes` also applies to named files and directories, since a hook names every changed file. Files that git ignores are
    left out below named directories, unless `with_ignored`.
    """
    files.forget(paths)
    found = Discovered()

    def unread(error: OSError) -> None:
        path = Path(os.fsdecode(error.filename))
        if not excludes(path):
            found.errors.append(files.unread(error, shown(path)))

    def walk(path: Path) -> None:
        """One named path."""
        if os.path.isdir(path):
            root = scan_root(path)
            below, ignored = _below(path, root, unread, with_ignored=with_ignored)
            found.ignored += (each for each in ignored if not excludes(each))
            for each in below:
                try:
                    if not excludes(each):
                        _take(found, each, root)
                except Exception as error:
                    broken(error, each)
        elif excludes(path):
            return
        elif files.is_there(path):
            found.named.add(path)
            if path.name in OF_TOOLS:
                found.of_tools.append(path)
            if path.name.endswith(VALUES):
                found.values[path] = module = module_above(path)
                if module is not None:
                    found.modules.setdefault(module, scan_root(path))
            elif path.name.endswith((*MODULE_SUFFIXES, *BESIDE)) and is_module(path.parent):
                found.modules.setdefault(path.parent, scan_root(path))
            elif path.name.endswith(STACKS):
                found.stacks.setdefault(path.parent, path)
            elif path.name in TERRAGRUNT:
                found.terragrunt.append(path)
            elif path.name.endswith(BESIDE):
                found.errors.append(UnavailableError("it does not declare resources: nothing to check", path=shown(path)))
            else:
                found.templates.setdefault(path, scan_root(path))
        else:
            found.errors.append(_not_there(path))

    def broken(error: Exception, path: Path) -> None:
        found.errors.append(described(error, shown(path), Budget(), f"finding {shown(path)}"))

    for path in paths:
        try:
            walk(path)
        except Exception as error:
            broken(error, path)
    return found


def _not_there(path: Path) -> WaIacError:
    """Why a named path is neither a file nor a directory: a directory above it may be closed."""
    try:
        os.lstat(path)
    except PermissionError as error:
        return files.unread(error, str(path))
    except (OSError, ValueError):
        pass
    return UsageError("there is no such file or directory", path=str(path))


def _below(
    directory: Path, root: Path, unread: Callable[[OSError], None], *, with_ignored: bool
) -> tuple[list[Path], list[Path]]:
    """The files of our kinds below a directory, and those that git ignores."""
    ours: list[Path] = []
    ignore_files: list[Path] = []
    for each in files_below(directory, unread):
        if _is_ours(each):
            ours.append(each)
        elif each.name == IGNORE_FILE:
            ignore_files.append(each)
    ignored = set() if with_ignored else git_ignored(root, directory, ours, ignore_files)
    return [each for each in ours if each not in ignored], [each for each in ours if each in ignored]


def _take(found: Discovered, each: Path, root: Path) -> None:
    """Note one file below a directory."""
    if each.name == ASSEMBLY:
        found.assemblies.setdefault(each.parent, root)
    elif each.name.endswith(MODULE_SUFFIXES):
        found.modules.setdefault(each.parent, root)
    elif each.name.endswith(STACKS):
        found.stacks.setdefault(each.parent, each)
    elif each.name in TERRAGRUNT:
        found.terragrunt.append(each)
    elif each.name.endswith(DRAFTS):
        found.drafts.setdefault(each, root)
    elif not each.name.endswith(BESIDE):
        if each.name in OF_TOOLS:
            found.of_tools.append(each)
        if each.suffix.lower() in TEMPLATE_SUFFIXES:
            found.templates.setdefault(each, root)


def _is_ours(path: Path) -> bool:
    return (
        path.name in (ASSEMBLY, *TERRAGRUNT)
        or path.name in OF_TOOLS
        or path.suffix.lower() in TEMPLATE_SUFFIXES
        or path.name.endswith((*MODULE_SUFFIXES, *STACKS, *DRAFTS))
    )


def is_module(directory: Path) -> bool:
    """Whether a directory has files of a module."""
    try:
        return any(name.endswith(MODULE_SUFFIXES) for name in os.listdir(directory))
    except OSError:
        return False  # the file's reader reports the error


def module_above(file: Path, is_module: Callable[[Path], bool] = is_module) -> Path | None:
    """The nearest directory above a file that has a module, within the file's repository; None if there is none. It is relative
    to the working directory if the file is below that."""
    root = scan_root(file)
    for folder in files.resolved(file).parents:
        if is_module(folder):
            return file.parent if files.resolved(file.parent) == folder else Path(os.path.relpath(folder))
        if folder == root:
            return None
    return None


def files_below(directory: Path, unread: Callable[[OSError], None]) -> Iterator[Path]:
    """The files below a directory; `unread` is called for directories that cannot be read."""
    for folder, folders, names in os.walk(directory, onerror=unread):
        if "manifest.json" in names and (ASSEMBLY in names or os.path.basename(folder) == ASSEMBLY):
            # A CDK app's output is read as a whole, by its manifest; its assets are other programs.
            folders.clear()
            yield Path(folder, ASSEMBLY)
            continue
        folders[:] = sorted(name for name in folders if name not in _SKIPPED and not name.startswith("."))
        for name in sorted(names):
            yield Path(folder, name)


def refuse_link_out(path: Path) -> None:
    """Raises `UsageError` if a file to be written is a link in the repository to a file outside of it. Anybody may have put it
    there so that a report overwrites something else."""
    root = scan_root(Path())
    link = os.path.islink(path) and files.resolved(path.parent).is_relative_to(root)
    if link and not files.resolved(path).is_relative_to(root):
        raise UsageError("it is a symbolic link to a file outside the repository, so it was not written", path=str(path))
