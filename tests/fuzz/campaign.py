"""Many inputs in one process, each with a limit of time, each made again from its kind and its number."""

from __future__ import annotations

import faulthandler
import json
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final, NoReturn

from .editor import session
from .kinds import KINDS, Tree
from .properties import BrokenError, outcome_of

LIMIT: Final = 60.0
"""Seconds of processor time for one input. The budgets of the program end far sooner; a machine under load must not count as a hang."""
ALL: Final = (*KINDS, "lsp")
EVERY: Final = {"plan": 2, "assembly": 4, "lsp": 8}
"""Kinds whose inputs take longer: they have a turn every so often."""


class HungError(BaseException):
    """An input took longer than its limit. Not an `Exception`, since the program contains those."""


@dataclass
class Tally:
    """The outcomes by kind, and the first input of each failure."""

    outcomes: dict[str, Counter[str]] = field(default_factory=dict)
    failures: dict[str, tuple[str, int, str]] = field(default_factory=dict)

    def add(self, kind: str, outcome: str) -> None:
        self.outcomes.setdefault(kind, Counter())[outcome] += 1

    @property
    def inputs(self) -> int:
        return sum(each.total() for each in self.outcomes.values())


@contextmanager
def folder() -> Iterator[Path]:
    """An empty working directory, in memory where there is one."""
    before = os.getcwd()
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - a private directory is made in it
    with tempfile.TemporaryDirectory(prefix="wa-iac-fuzz-", dir=memory) as name:
        os.chdir(name)
        try:
            yield Path(name)
        finally:
            os.chdir(before)


@contextmanager
def limited(seconds: float = LIMIT) -> Iterator[None]:
    """Raises `HungError` inside after some seconds of processor time."""

    def ring(number: int, frame: object) -> NoReturn:
        raise HungError

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def tree_of(kind: str, number: int) -> Tree:
    """The input of a kind with a number."""
    return KINDS[kind](Random(f"{kind} {number}"))


def outcome(kind: str, random: Random, *, full: float | None = None) -> str:
    """What comes of one input. Raises `BrokenError`, also for one that takes too long."""
    try:
        with limited():
            if kind == "lsp":
                return session(random)
            tree = KINDS[kind](random)
            return outcome_of(tree, random) if full is None else outcome_of(tree, random, full=full)
    except HungError as error:
        raise BrokenError("hang") from error


def run(kinds: Sequence[str], numbers: Iterator[int], until: Callable[[Tally], bool], journal: Path | None) -> Tally:
    """Inputs of the kinds in turn, until told. `journal` receives the input that is being tried, and at times the tally."""
    tally = Tally()
    said = time.monotonic()
    faulthandler.enable()
    with folder():
        for number in numbers:
            for kind in kinds:
                if number % EVERY.get(kind, 1):
                    continue
                if journal is not None:
                    journal.with_suffix(".now").write_text(f"{kind} {number}\n", encoding="utf-8")
                try:
                    tally.add(kind, outcome(kind, Random(f"{kind} {number}")))
                except BrokenError as broken:
                    tally.add(kind, "BROKEN")
                    if broken.what not in tally.failures:
                        tally.failures[broken.what] = kind, number, broken.details
                        print(f"{kind} {number}: {broken.what}", file=sys.stderr, flush=True)
                if journal is not None and time.monotonic() - said > 30:
                    said = time.monotonic()
                    _note(journal, tally)
                if until(tally):
                    break
            if until(tally):
                break
    if journal is not None:
        _note(journal, tally)
    return tally


def _note(journal: Path, tally: Tally) -> None:
    made = {
        "inputs": tally.inputs,
        "outcomes": {kind: dict(each) for kind, each in tally.outcomes.items()},
        "failures": tally.failures,
    }
    journal.write_text(json.dumps(made, indent=1), encoding="utf-8")
