"""Input files of `templatefile`: they are not finished templates, whatever they are called, so they are not checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Final

from wa_iac.core import files
from wa_iac.core.declared import Unit
from wa_iac.core.errors import UnavailableError, WaIacError
from wa_iac.core.late_pattern import late

_END: Final = late(rb"%\{~?[ \t]*end(?:if|for)[ \t]*~?\}")


def told_filled(path: str) -> UnavailableError:
    """The note on one file."""
    said = "is input for Terraform's templatefile, not a finished template: it is not checked; check the result instead"
    kind = "files are input for Terraform's templatefile, and are not checked"
    return UnavailableError(f"{path} {said}", path=path, kind=kind)


def is_filled(data: bytes) -> bool:
    """Whether a file has directives of Terraform's templates: https://developer.hashicorp.com/terraform/language/expressions/strings."""
    return b"%{" in data and _END.search(data) is not None


def filled_by(units: Iterable[Unit]) -> set[Path]:
    """The resolved paths of the files that the modules among `units` fill in."""
    fills: set[Path] = set()
    for unit in units:
        fills.update(unit.fills, _named(unit))
    return fills


def without_filled(units: list[Unit], fills: Collection[Path], errors: list[WaIacError]) -> list[Unit]:
    """The units without those made from input files of another unit's functions, which are `fills`. Those become notes, and their
    errors are dropped."""
    if not fills:
        return units
    kept: list[Unit] = []
    left: dict[str, Unit] = {}
    for unit in units:
        paths = [unit.path] if unit.dialect == "cloudformation" else list(unit.sources)
        if paths and _all_in(paths, fills):
            left.update(dict.fromkeys(paths, unit))
        else:
            kept.append(unit)
    wrong = {each.path for each in errors if each.path is not None and each.path not in left and _all_in([each.path], fills)}
    if left or wrong:
        errors[:] = [each for each in errors if each.path not in left and each.path not in wrong]
        errors += [told_filled(path) for path in sorted({*left, *wrong})]
    return kept


_CALL: Final = late(
    rb'(?:templatefile\s*|\btemplate\s*=\s*(?:"\$\{\s*)?file\s*)\(\s*"(?:\$\{\s*path\.module\s*\}/)?([^"$%\\]+)"'
)
"""A call of the function, or the argument of the data source `template_file`."""
_MARKS: Final = (b"templatefile", b"template_file")


def _named(unit: Unit) -> Iterator[Path]:
    """The input files that a module's text names, even in a block that is not created."""
    for path, source in unit.sources.items():
        if unit.dialect == "terraform" and any(mark in source for mark in _MARKS):
            for match in _CALL.finditer(source):
                yield files.resolved(Path(path).parent / match[1].decode("utf-8", "replace"))


def _all_in(paths: Iterable[str], fills: Collection[Path]) -> bool:
    return all(files.resolved(Path(path)) in fills for path in paths)
