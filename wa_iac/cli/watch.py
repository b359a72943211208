"""`check --watch`: check again whenever a relevant file changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

import typer

from wa_iac.core.errors import MissingExtraError, WaIacError
from wa_iac.core.files import Kept, Session
from wa_iac.engine.discover import MODULE_SUFFIXES, TEMPLATE_SUFFIXES
from wa_iac.settings.find import NAMES

from .check import Check
from .terminal import clear, put_errors

_SUFFIXES: Final = (*TEMPLATE_SUFFIXES, *MODULE_SUFFIXES, ".tfvars", ".tfvars.json")
DEBOUNCE: Final = 100
"""Milliseconds of silence after a change: editors write a file in several steps, and git writes many."""
TICK: Final = 200
"""Milliseconds after which the watch wakes up, so that it can be interrupted."""


def watch(make: Callable[[], Check], paths: Iterable[Path]) -> int:
    """Run the check that `make` returns, and again after each change below `paths` or in a file that was read, until
    interrupted. Returns the last exit code.

    Settings are read again each time. Only changed files are parsed again. Raises `MissingExtraError` if the extra is not installed.
    """
    _Changes.check()
    kept = Kept()
    changes = _Changes(paths)
    while True:
        clear()
        sources: Iterable[str] = ()
        try:
            asked = make()
            changes.but(filter(None, (asked.output, *(path for _, path in asked.also))))
            with Session(kept=kept, folders=(Path.cwd(),)).entered():
                report, said = asked.judge()
            code, sources = asked.write_report(report, said), report.sources
        except WaIacError as error:
            put_errors([error])
            code = 2
        changes.also(map(Path, sources))
        try:
            typer.echo("wa-iac: watching; Ctrl-C ends", err=True)
            changes.wait()
        except KeyboardInterrupt:
            return code


class _Changes:
    """The relevant changes, including those during the last check."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._places: list[Path] = []
        self._seen: Iterator[object] = iter(())
        self._ours: frozenset[Path] = frozenset()
        self.also(paths)

    @staticmethod
    def check() -> None:
        """Raises `MissingExtraError` if the extra is not installed."""
        try:
            import watchfiles
        except ImportError as error:
            raise MissingExtraError("--watch", "watch") from error
        del watchfiles

    def but(self, written: Iterable[Path]) -> None:
        """Changes of these files do not count: the check itself writes them."""
        self._ours = frozenset(path.resolve() for path in written)

    def also(self, paths: Iterable[Path]) -> None:
        """Watch these as well. After it returns, no change of them is missed."""
        places = _places([*self._places, *paths])
        if places != self._places:
            from watchfiles import watch as changes

            self._places = places
            self._seen = changes(
                *places,
                watch_filter=lambda _, path: self._matters(Path(path)),
                debounce=DEBOUNCE,
                step=DEBOUNCE // 2,
                rust_timeout=TICK,
                yield_on_timeout=True,
            )
            next(self._seen)

    def _matters(self, path: Path) -> bool:
        if not (path.name.endswith(_SUFFIXES) or path.name in NAMES) or path in self._ours:
            return False
        # What is above a watched directory says nothing of what is in it.
        place = next((each for each in self._places if path.is_relative_to(each)), path.parent)
        return not any(part.startswith(".") or part == "node_modules" for part in path.relative_to(place).parts[:-1])

    def wait(self) -> None:
        """Raises `KeyboardInterrupt`."""
        while not next(self._seen):
            pass


def _places(paths: Iterable[Path]) -> list[Path]:
    """The directories to watch, none below another. Files themselves are not watched, since editors replace them."""
    folders = {path.resolve() if path.is_dir() else path.resolve().parent for path in paths}
    return sorted(each for each in folders if folders.isdisjoint(each.parents))
