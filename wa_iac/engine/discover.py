"""From the paths a person names to what is to be read: Terraform directories and files that may be CloudFormation templates."""

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
from wa_iac.core.paths import shown

TEMPLATE_SUFFIXES: Final = frozenset({".yaml", ".yml", ".json", ".template"})
"""What a CloudFormation template may be called in a directory. A file named on the command line may be called anything."""

MODULE_SUFFIXES: Final = (".tf", ".tofu", ".tf.json", ".tofu.json")
"""How the files of a Terraform or OpenTofu module end."""

VALUES: Final = (".tfvars", ".tfvars.json")
"""How files end that give variables their values."""

BESIDE: Final = (
    ".tftest.hcl",
    ".tftest.json",
    ".tofutest.hcl",
    ".tofutest.json",
    ".tfmock.hcl",
    ".tfquery.hcl",
    ".tfmigrate.hcl",
)
"""How files end that stand beside a module and declare nothing that will be there: tests and their mocks, queries, moves of state.

https://developer.hashicorp.com/terraform/language/files, https://opentofu.org/docs/cli/commands/test/
"""

STACKS: Final = (".tfcomponent.hcl", ".tfcomponent.json", ".tfstack.hcl", ".tfdeploy.hcl", ".tfdeploy.json")
"""How the files of a Terraform stack end: https://developer.hashicorp.com/terraform/language/files/stack."""

ASSEMBLY: Final = "cdk.out"
"""The file that marks a CDK cloud assembly, and what its directory is called unless somebody says otherwise."""

_SKIPPED: Final = frozenset({"node_modules", "__pycache__", "venv"})
"""Never ours to judge: installed packages. Hidden directories (`.git`, `.terraform`) are skipped too."""


@dataclass(slots=True)
class Discovered:
    """What to read. `modules`, `templates` and `assemblies` give for each directory and file how far it may reach; `named` are the files given
    on the command line: that one of them is no template is an error. `stacks` gives the first file of each directory that holds a stack."""

    modules: dict[Path, Path] = field(default_factory=dict)
    templates: dict[Path, Path] = field(default_factory=dict)
    assemblies: dict[Path, Path] = field(default_factory=dict)
    stacks: dict[Path, Path] = field(default_factory=dict)
    named: set[Path] = field(default_factory=set)
    errors: list[WaIacError] = field(default_factory=list)


def _nothing(path: Path) -> bool:
    del path
    return False


def discover(paths: Sequence[Path], *, excludes: Callable[[Path], bool] = _nothing) -> Discovered:
    """Walk `paths`, directories in the order of their names, symbolic links to directories not followed.

    What `excludes` says of a file or a directory holds for those named, too: a hook names whatever has changed.
    """
    files.forget()
    found = Discovered()

    def unread(error: OSError) -> None:
        path = Path(os.fsdecode(error.filename))
        if not excludes(path):
            found.errors.append(files.unread(error, shown(path)))

    def take(each: Path, root: Path) -> None:
        """One file below a directory."""
        if excludes(each):
            return
        if each.name == ASSEMBLY:
            found.assemblies.setdefault(each.parent, root)
        elif each.name.endswith(MODULE_SUFFIXES):
            found.modules.setdefault(each.parent, root)
        elif each.name.endswith(STACKS):
            found.stacks.setdefault(each.parent, each)
        elif each.suffix.lower() in TEMPLATE_SUFFIXES and not each.name.endswith(BESIDE):
            found.templates.setdefault(each, root)

    def walk(path: Path) -> None:
        """One path that was named."""
        if os.path.isdir(path):
            root = scan_root(path)
            for each in files_below(path, unread):
                try:
                    take(each, root)
                except Exception as error:
                    broken(error, each)
        elif excludes(path):
            return
        elif files.is_there(path):
            found.named.add(path)
            if path.name.endswith((*MODULE_SUFFIXES, *VALUES, *BESIDE)) and _is_module(path.parent):
                found.modules.setdefault(path.parent, scan_root(path))
            elif path.name.endswith(STACKS):
                found.stacks.setdefault(path.parent, path)
            elif path.name.endswith(BESIDE):
                found.errors.append(UnavailableError("it does not declare resources: nothing to check", path=shown(path)))
            else:
                found.templates.setdefault(path, scan_root(path))
        else:
            found.errors.append(UsageError("there is no such file or directory", path=str(path)))

    def broken(error: Exception, path: Path) -> None:
        found.errors.append(described(error, shown(path), Budget(), f"finding {shown(path)}"))

    for path in paths:
        try:
            walk(path)
        except Exception as error:
            broken(error, path)
    return found


def _is_module(directory: Path) -> bool:
    try:
        return any(name.endswith(MODULE_SUFFIXES) for name in os.listdir(directory))
    except OSError:
        return False  # whoever reads the file says what is wrong


def files_below(directory: Path, unread: Callable[[OSError], None]) -> Iterator[Path]:
    """The files below a directory; `unread` is told of those directories that cannot be read."""
    for folder, folders, names in os.walk(directory, onerror=unread):
        if ASSEMBLY in names and "manifest.json" in names:
            # What a CDK app synthesised is read as a whole, by its manifest; its assets are other people's programs.
            folders.clear()
            yield Path(folder, ASSEMBLY)
            continue
        folders[:] = sorted(name for name in folders if name not in _SKIPPED and not name.startswith("."))
        for name in sorted(names):
            yield Path(folder, name)


def scan_root(path: Path) -> Path:
    """How far a file may reach: the repository that holds `path`; outside of one, the working directory (in an editor: the
    workspace's folder) or `path` itself."""
    start = files.resolved(path)
    start = start if os.path.isdir(start) else start.parent
    for folder in (start, *start.parents):
        if os.path.exists(folder / ".git"):
            return folder
    return next((folder for folder in files.folders() if start.is_relative_to(folder)), start)


def refuse_link_out(path: Path) -> None:
    """Raises `UsageError` where a file to be written is a link of the repository that leads out of it: anybody may have put it there
    for a report to be written over something else."""
    root = scan_root(Path())
    link = os.path.islink(path) and files.resolved(path.parent).is_relative_to(root)
    if link and not files.resolved(path).is_relative_to(root):
        raise UsageError("it is a symbolic link to a file outside the repository, so it was not written", path=str(path))
