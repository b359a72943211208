"""One run over a list: it skips what it has, checks the rest, and says how each entry ended."""

from __future__ import annotations

import os
import signal
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Final

from wa_iac import __version__
from wa_iac.core.errors import UsageError
from wa_iac.engine.catalogue import Catalogue
from wa_iac.settings.run import Asked, run_of

from . import record
from .entries import Entry
from .judge import Done, Work, done_of
from .plan import Job, Planner, of_name, settings_digest
from .record import Record
from .states import place
from .tables import TABLES, read_entry, remove_older

if TYPE_CHECKING:
    from .cluster import Place

_LOCK: Final = ".lock"
_ALL_RULES: Final = 8
"""Entries from which it pays to load all rules once, before the processes are copied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A run that is asked for.

    Attributes:
        out: the directory of the results, absolute.
        rules: all available rules.
        fresh: whether to check everything again.
        timeout: seconds until an entry is given up.
        place: the scheduler of Dask; None for this machine.
    """

    entries: Sequence[Entry]
    out: Path
    asked: Asked
    rules: Catalogue
    workers: int = 1
    fresh: bool = False
    timeout: float = 600.0
    place: Place | None = None


@dataclass(slots=True)
class Outcome:
    """How a run ended, so far.

    Attributes:
        done: the entries that have ended, by name; `skipped` is how many of them were known.
        problems: sentences on entries that no worker could check.
    """

    total: int
    done: dict[str, Done] = field(default_factory=dict)
    skipped: int = 0
    problems: list[str] = field(default_factory=list)
    is_stopped: bool = False
    is_terminated: bool = False
    """Whether SIGTERM stopped it, and not Ctrl-C."""

    @property
    def waiting(self) -> int:
        """The number of entries that are not checked."""
        return self.total - len(self.done)

    @property
    def unread(self) -> list[Done]:
        """The entries of which something was not read, those without any result first."""
        found = [each for each in self.done.values() if each.exit_code == 2]
        return sorted(found, key=lambda each: (place(each.state), each.name))

    @property
    def exit_code(self) -> int:
        """As for a check: 2 if something was not read, else 1 if there are findings from `--fail-on` on, else 0; 130 after
        Ctrl-C, and 143 after SIGTERM."""
        if self.is_stopped:
            return 128 + (signal.SIGTERM if self.is_terminated else signal.SIGINT)
        return 2 if self.waiting else max((each.exit_code for each in self.done.values()), default=0)


Progress = Callable[["Outcome", float], None]
"""Is called with the outcome so far, and the part of the work that is done: from 0 to 1."""


def run(request: Request, progress: Progress) -> Outcome:
    """Check all entries whose results are not known, and write their parts.

    Raises `UsageError` for a selection that names nothing, for results that cannot be written, and if another run writes to the same
    directory. An interrupt, or SIGTERM, ends it, and says so in the outcome: all that has ended is kept, and no process is left.
    """
    _make(request.out)
    with _locked(request.out):
        return _Running(request, progress).run()


class _Running:
    def __init__(self, request: Request, progress: Progress) -> None:
        self._request = request
        self._progress = progress
        self._outcome = Outcome(len(request.entries))
        self._weights: dict[str, int] = {}
        self._weight = 0
        self._whole = 1

    def run(self) -> Outcome:
        request = self._request
        settings = _digest(request)
        planner = Planner(settings, request.out)
        made = uuid.uuid4().hex
        work = Work(made, request.out, request.asked, request.timeout)
        jobs = [planner.job(each) for each in request.entries]
        described = Record(
            run=made,
            version=__version__,
            settings=settings,
            options=_options(request.asked),
            parts={each.entry.name: each.part for each in jobs},
            started=_now(),
        )
        record.begin(request.out)
        record.write(request.out, described)
        waiting = [each for each in jobs if request.fresh or not self._known(each)]
        # The heaviest first: a heavy one at the end would keep one worker busy, and the others waiting.
        waiting.sort(key=lambda each: -each.weight)
        self._weights = {each.entry.name: each.weight for each in waiting}
        self._whole = max(1, sum(self._weights.values()))
        try:
            with _interruptible():
                self._check(waiting, work)
        except KeyboardInterrupt as end:
            self._outcome.is_stopped = True
            self._outcome.is_terminated = isinstance(end, _Terminated)
        self._see_all(waiting, work)
        record.write(request.out, replace(described, finished=_now(), stopped=self._outcome.is_stopped))
        ended = (each for each in jobs if each.entry.name in self._outcome.done)
        remove_older(request.out, {of_name(each.entry.name): each.part for each in ended})
        return self._outcome

    def _known(self, job: Job) -> bool:
        """Whether the part of an entry is complete. One whose process was ended is tried again."""
        row = read_entry(self._request.out, job.part)
        if row is None or row["state"] == "killed":
            return False
        self._outcome.done[job.entry.name] = done_of(row)
        self._outcome.skipped += 1
        return True

    def _check(self, waiting: Sequence[Job], work: Work) -> None:
        request = self._request
        if not waiting:
            return
        if request.place is not None:
            from .cluster import run_on_cluster

            self._outcome.problems = run_on_cluster(waiting, work, request.place, ended=self._ended, tick=self._tick)
            return
        from .pool import Pool

        _import_all(request.rules, len(waiting))
        Pool(work, request.rules, workers=request.workers, ended=self._ended, tick=self._tick).run(waiting)

    def _see_all(self, waiting: Sequence[Job], work: Work) -> None:
        """Count what is in the directory: not the parts that workers wrote somewhere else, but those that were written just before an
        interrupt."""
        done = self._outcome.done
        missing = 0
        for each in waiting:
            row = read_entry(self._request.out, each.part)
            if row is not None and row["run"] == work.run:
                done[each.entry.name] = done_of(row)
            else:
                missing += done.pop(each.entry.name, None) is not None
        if missing:
            message = f"{missing} results are not in {work.out}: the workers need a directory that all of them share"
            self._outcome.problems.append(message)

    def _ended(self, done: Done) -> None:
        self._outcome.done[done.name] = done
        self._weight += self._weights.get(done.name, 0)
        self._tick()

    def _tick(self) -> None:
        self._progress(self._outcome, self._weight / self._whole)


def _digest(request: Request) -> str:
    """The digest of the options, after they have been looked at once. Raises `UsageError` for a mistake in them."""
    nowhere = replace(request.asked, no_settings=request.asked.settings_file is None)
    here = [request.out]
    checked = run_of(here, nowhere, rules=request.rules)
    checked.selection.slugs()
    from wa_iac.settings.configured import config_of

    config = config_of(here, nowhere.settings_file, nowhere.no_settings, rules=request.rules)
    return settings_digest(request.asked, config, request.rules)


def _options(asked: Asked) -> dict[str, object]:
    """The options that are not the defaults, for people."""
    found: dict[str, object] = {}
    for each in fields(Asked):
        value = getattr(asked, each.name)
        if isinstance(value, list | tuple):
            value = [str(one) for one in value]
        if value and value != each.default:
            found[each.name] = value if isinstance(value, list | bool) else str(value)
    return found


def _import_all(rules: Catalogue, entries: int) -> None:
    """Import what the processes need, so that none of them has to."""
    import wa_iac.engine.check
    import wa_iac.parsers.cloudformation.units
    import wa_iac.parsers.terraform.units

    if entries >= _ALL_RULES:
        for each in rules:
            rules.load(each)
    del wa_iac


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _make(out: Path) -> None:
    try:
        for name in TABLES:
            (out / name).mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise UsageError("--out names a directory, and a file is in its place: give another one", path=str(out)) from error
    except OSError as error:
        raise UsageError(f"--out cannot be written: {error.strerror or error}", path=str(out)) from error


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    """Holds the directory. Raises `UsageError` if another run does."""
    try:
        import fcntl
    except ImportError:  # a system without fork: the pool says so
        yield
        return
    try:
        descriptor = os.open(out / _LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
    except OSError as error:
        raise UsageError(f"the results cannot be written: {error.strerror or error}", path=str(out)) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UsageError("another run of wa-iac fleet writes to this directory", path=str(out)) from error
        yield
    finally:
        os.close(descriptor)


class _Terminated(KeyboardInterrupt):
    """SIGTERM came."""


@contextmanager
def _interruptible() -> Iterator[None]:
    """SIGTERM interrupts as Ctrl-C does, in the main thread."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise _Terminated

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
