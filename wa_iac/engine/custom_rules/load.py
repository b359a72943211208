"""Loads rules from a directory or an installed package: `<pillar>/<slug>.py` and `<pillar>/<slug>.yaml`, laid out like ours."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Final, NamedTuple

from wa_iac.core.errors import UsageError
from wa_iac.core.rule import PILLARS, Rule
from wa_iac.engine.catalogue import nearest

YAML: Final = (".yaml", ".yml")


class Loaded(NamedTuple):
    """A rule and its file."""

    rule: Rule
    path: str


def load_directory(folder: Path) -> list[Loaded]:
    """The rules in a directory. Raises `UsageError` if it is not a directory, has no rules, or a rule cannot be loaded."""
    if not folder.is_dir():
        raise UsageError("there is no such directory of rules", path=str(folder))
    root = folder.resolve()
    # A package of that directory alone: two directories may hold files of the same name, and neither shadows a real package.
    name = f"wa_iac_rules_{sha256(str(root).encode()).hexdigest()[:12]}"
    if name not in sys.modules:
        package = ModuleType(name)
        package.__path__ = [str(root)]
        sys.modules[name] = package
    return _load(name, folder)


def load_package(name: str) -> list[Loaded]:
    """The rules in an installed package. Raises `UsageError` if it cannot be imported or has no rules."""
    package = _imported(name, f"the package {name}")
    paths = list(getattr(package, "__path__", ()))
    if not paths:
        raise UsageError(f"the entry point {name!r} of the group wa_iac.rules does not name a package")
    return _load(name, Path(paths[0]))


def _load(package: str, folder: Path) -> list[Loaded]:
    try:
        found = list(_rules(package, folder))
    except OSError as error:
        raise UsageError(
            f"the rules cannot be read: {error.strerror or error}", path=os.fsdecode(error.filename or folder)
        ) from error
    if not found:
        raise UsageError(f"there are no rules here: rules are files in folders called {', '.join(PILLARS)}", path=str(folder))
    return found


def _rules(package: str, folder: Path) -> Iterator[Loaded]:
    for each in sorted(folder.iterdir()):
        if each.name.startswith(("_", ".")):
            continue
        if each.is_file() and each.suffix in (".py", *YAML):
            raise UsageError(f"a rule must be in the folder of its pillar: {', '.join(PILLARS)}", path=str(each))
        if each.is_dir():
            if each.name not in PILLARS:
                raise UsageError(f"there is no pillar {each.name!r}{nearest(each.name, PILLARS)}", path=str(each))
            yield from _pillar(package, each)


def _pillar(package: str, folder: Path) -> Iterator[Loaded]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith(("_", ".")):
            continue
        if path.suffix == ".py":
            yield Loaded(_python(f"{package}.{folder.name}.{path.stem}", path), str(path))
        elif path.suffix in YAML:
            from .yaml_rule import read

            yield Loaded(read(path), str(path))


def _python(name: str, path: Path) -> Rule:
    check = getattr(_imported(name, str(path), path), "check", None)
    if not isinstance(check, Rule):
        raise UsageError("`check` is not a rule; is the decorator missing?", path=str(path))
    try:
        _ = check.types
    except Exception as error:  # its annotations are resolved, which may raise anything
        message = f"the annotations of `check` do not tell which resources it looks at: {type(error).__name__}: {error}"
        raise UsageError(message, path=str(path)) from error
    return check


def _imported(name: str, what: str, path: Path | None = None) -> ModuleType:
    """Import a module. Raises `UsageError` with the module's line that raised: it is the user's code, and may raise
    anything."""
    try:
        return import_module(name)
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        line = next(
            (frame.lineno for frame in reversed(frames) if path is not None and frame.filename == str(path.resolve())), None
        )
        if isinstance(error, SyntaxError) and path is not None and error.filename == str(path.resolve()):
            line = error.lineno
        message = f"{what if path is None else 'the rule'} cannot be imported: {type(error).__name__}: {error}"
        raise UsageError(message, path=what if path is not None else None, line=line) from error
