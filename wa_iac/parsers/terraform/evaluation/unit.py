"""The shared state of a unit's evaluation: its limits, its errors, and the names of its unknowns."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Hashable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn, Protocol

from wa_iac.core.budget import SpentError, current
from wa_iac.core.contain import described
from wa_iac.core.declared import SwitchedOff
from wa_iac.core.errors import BoundError, SourceError, UserError, WaIacError
from wa_iac.core.files import checkpoint
from wa_iac.core.partial import PartlyMap, Rest
from wa_iac.core.paths import Scan
from wa_iac.core.reasons import CannotEvaluate, Reason, Said
from wa_iac.core.span import Span
from wa_iac.core.value import Known, Origin, Tree, Unknown

if TYPE_CHECKING:
    from wa_iac.parsers.terraform.text.nodes import Expr

MAX_DEPTH: Final = 1_000
MAX_INSTANCES: Final = 1_000
MAX_MODULES: Final = 50
MAX_TOTAL: Final = 20_000
"""Instances of modules, resources and data sources in one root module that has at most `WRITTEN` blocks. Counts of modules multiply."""
WRITTEN: Final = 10_000
"""Each block beyond allows for one more instance."""
_MORE: Final = 100
"""Blocks beyond the limit that are each reported as unknown."""
MAX_TEXT: Final = 5_000_000
MAX_ITEMS: Final = 100_000
MAX_LEVELS: Final = 200
"""Maximum number of levels of nested containers in one value."""
MAX_CHAIN: Final = 100
"""The number of nearest places that are recorded on a value's way."""
MAX_FILE: Final = 5_000_000
RECURSION: Final = 12_000
"""Python frames that `MAX_DEPTH` nested evaluations may need."""


class Failure(Exception):  # noqa: N818 - it is Terraform's word for what `try` catches
    """An error in an expression: a missing attribute, a wrong type. `try` and `can` catch it."""


class Blocked(Exception):  # noqa: N818 - not an error: the answer is "unknown"
    """A function needs content that is unknown."""

    def __init__(self, unknown: Unknown) -> None:
        super().__init__(unknown.reason)
        self.unknown = unknown


class Exhausted(Exception):  # noqa: N818 - as above
    """A limit was reached; the error is already recorded."""


def reason_of(failure: Failure | Blocked | Exhausted | SpentError) -> Reason:
    """Why an expression has no value."""
    if isinstance(failure, Blocked):
        return failure.unknown.reason
    return Said(failure.message if isinstance(failure, SpentError) else str(failure))


class Failed(Unknown):
    """The outcome of a choice in which the expression is an error."""

    __slots__ = ()


class Many(Unknown):
    """A list or a map of which nothing is known, not even its length.

    `kind` is the Python type of its kind: a list, a set or a map; None if that is not known either. `one` is what a `for` makes
    of any element; None for what no `for` makes.
    """

    __slots__ = ("kind", "one")

    def __init__(
        self, reason: Reason, identity: Hashable, origin: Origin, *, kind: type[object] | None = None, one: Tree | None = None
    ) -> None:
        super().__init__(reason, identity, origin)
        self.kind: Final = kind
        self.one: Final = one

    def at(self, origin: Origin) -> Many:
        return Many(self.reason, self.identity, origin, kind=self.kind, one=self.one)


class Lazy(Unknown):
    """An object whose members are evaluated when needed: a resource, a module, a list of zones.

    `of` returns a member by its name or index. `anyone` returns, for a collection of unknown size, the member that represents
    all; None for a single object. `sibling` returns, for a member of a collection, the one that represents a member chosen by
    an unknown index.
    """

    __slots__ = ("anyone", "of", "sibling")

    def __init__(
        self,
        reason: Reason,
        identity: Hashable,
        origin: Origin,
        of: Callable[[str | int], Tree],
        *,
        itself: bool = False,
        anyone: Callable[[], Tree] | None = None,
        sibling: Callable[[], Tree] | None = None,
    ) -> None:
        super().__init__(reason, identity, origin, itself=itself)
        self.of = of
        self.anyone = anyone
        self.sibling = sibling

    def at(self, origin: Origin) -> Unknown:
        return Lazy(
            self.reason, self.identity, origin, self.of, anyone=self.anyone, sibling=self.sibling
        )  # fmt: skip

    def member(self, key: str | int, *, distinct: bool = False) -> Unknown:
        """Like `of`; an error, or a limit, gives an unknown here, since the caller may not be an expression."""
        try:
            value = self.of(key)
        except (Failure, Blocked, Exhausted, SpentError) as failure:
            return Unknown(CannotEvaluate("it", reason_of(failure)), ("failed", self.identity, key), self.origin)
        return value if isinstance(value, Unknown) else super().member(key, distinct=distinct)


class Identity:
    """A short name for a long identity, equal only to itself. Nested identities would otherwise grow without limit."""

    __slots__ = ("key",)

    def __init__(self, key: Hashable) -> None:
        self.key = key

    def __repr__(self) -> str:
        return f"Identity({self.key!r})"


_LONG: Final = 6


def _is_long(identity: Hashable) -> bool:
    """Whether an identity has tuples nested `_LONG` times. An endlessly nested one cannot be hashed."""
    for _ in range(_LONG):
        if not isinstance(identity, tuple):
            return False
        identity = next((each for each in reversed(identity) if isinstance(each, tuple)), None)
    return True


class Lookup(Protocol):
    """The elements of a long list, prepared for look-ups."""

    @property
    def values(self) -> Sequence[Tree]: ...

    def find(self, wanted: Tree) -> tuple[int | None, Unknown | None]:
        """The position of the first equal element, and an unknown if an earlier element, or any, may be equal."""
        ...


class Evaluation:
    """The state of evaluating one root module with everything it calls.

    Attributes:
        scan: the tree that the root module is in; no file outside it is read.
        here: the root module's directory, which relative paths are relative to.
        trying: the number of `try` and `can` around the current expression.
        doubts: results of operations inside the innermost of them that may be errors.
        depth: the number of nested expressions in evaluation.
        workspace: the selected workspace; empty if unknown.
        directories: those of the modules that were read.
        budget: the unit's budget.
        members: long lists with an index for look-ups.
        read: the content of files, by path and by conversion.
        strings: the parsed texts of `templatestring`.
        templates: the parsed files of `templatefile`; shared by all units of a scan.
        instead_of_default: by the place of a default that conditions limit, which texts may stand in its place, asked for another text.
    """

    def __init__(
        self,
        scan: Scan,
        here: Path,
        templates: dict[Path, Expr] | None = None,
        workspace: str = "",
    ) -> None:
        self.scan = scan
        self.here = here
        self.workspace = workspace
        self.errors: list[WaIacError] = []
        self.switched_off: list[SwitchedOff] = []
        self.directories: dict[Path, None] = {}
        self.trying = 0
        self.doubts: list[Unknown] = []
        self.templates = {} if templates is None else templates
        self.budget = current()
        self.depth = 0
        self.members: dict[int, Lookup] = {}
        self.read: dict[Hashable, Tree] = {}
        self.strings: dict[str, Expr] = {}
        self.instead_of_default: dict[Span, Callable[[str], Collection[str]]] = {}
        self._from_here: dict[Path, str] = {}
        self._made = 0
        self._written = 0
        self._identities: dict[Hashable, Identity] = {}
        self._labels: dict[Hashable, str] = {}
        self._said: set[str] = set()
        self._taken: set[str] = set()
        self._stack: dict[Hashable, str] = {}

    def enter(self, directory: Path, size: int, blocks: int) -> None:
        """Note a module's directory, once for all calls. Its size in bytes and its blocks raise the unit's limits."""
        if directory not in self.directories:
            self.directories[directory] = None
            self.budget.read(size)
            self._written += blocks

    def from_here(self, directory: Path) -> str:
        """A directory as a path from the root module's, in which Terraform runs; computed once."""
        found = self._from_here.get(directory)
        if found is None:
            found = self._from_here[directory] = Path(os.path.relpath(directory, self.here)).as_posix()
        return found

    def charge(self, steps: int, span: Span) -> None:
        """Count steps of evaluation. Raises Exhausted beyond the unit's budget or MAX_DEPTH."""
        try:
            self.budget.step(steps, span)
        except SpentError as spent:
            self.spent(spent)
        if self.depth > MAX_DEPTH:
            self.raise_bound(f"expressions refer to each other more than {MAX_DEPTH:,} levels deep", span)

    def spent(self, error: SpentError) -> NoReturn:
        """Record that the unit's budget is used up, and end the current evaluation."""
        self.report(error)
        raise Exhausted(error.message) from error

    @property
    def is_full(self) -> bool:
        """Whether there are so many more than the limit that the rest is no longer reported one by one."""
        return self._made > self._most + _MORE

    @property
    def _most(self) -> int:
        return MAX_TOTAL + max(self._written - WRITTEN, 0)

    def count_instance(self, span: Span) -> None:
        """Count an instance of a block. Raises Exhausted beyond the limit on instances."""
        checkpoint()
        self._made += 1
        if self._made > MAX_TOTAL and self._made > self._most:
            self.raise_bound(f"a root module has more than {self._most:,} instances of modules and resources", span)

    def raise_bound(self, message: str, span: Span) -> NoReturn:
        """Record that a limit was reached, once for each message, and end the current evaluation."""
        self.report(BoundError.at(span, message))
        raise Exhausted(message)

    def failed(self, error: Exception, span: Span) -> Reason:
        """Record why the code at `span` could not be read, unless that is already recorded. Returns the reason.

        A crash is contained here, so that it costs one block and not its module.
        """
        if isinstance(error, (Failure, Blocked, Exhausted)):
            if not isinstance(error, Exhausted):
                self.report(SourceError.at(span, f"it cannot be evaluated: {error}"))
            return reason_of(error)
        said = described(error, span.path, self.budget)
        self.report(said)
        return Said(said.message if isinstance(said, UserError) else "a bug in wa-iac")

    def short(self, value: Unknown) -> Unknown:
        """The same value; with a short identity if its own is deeply nested."""
        named = self.named(value) if _is_long(value.identity) else value
        return named if isinstance(named, Unknown) else value

    def report(self, error: WaIacError) -> None:
        """Record an error once."""
        if error.message not in self._said:
            self._said.add(error.message)
            self.errors.append(error)

    def take(self, directory: str, errors: Collection[WaIacError]) -> None:
        """Record the errors of a directory, once for all its instances."""
        if directory not in self._taken:
            self._taken.add(directory)
            self.errors += errors

    def named(self, value: Tree) -> Tree:
        """The same value with a short identity in place of a derived one."""
        if (
            not isinstance(value, Unknown)
            or isinstance(value, (Lazy, PartlyMap, Rest))
            or not isinstance(value.identity, tuple)
        ):
            return value
        identity = self._identities.get(value.identity)
        if identity is None:
            identity = self._identities[value.identity] = Identity(value.identity)
        if isinstance(value, Many):
            return Many(value.reason, identity, value.origin, kind=value.kind, one=value.one)
        kind = Failed if isinstance(value, Failed) else Unknown
        return kind(
            value.reason,
            identity,
            value.origin,
            itself=value.itself,
            choice=value.choice,
            alternatives=value.alternatives,
            parts=value.parts,
            element=value.element,
        )

    def label(self, choice: Hashable, text: str) -> str:
        """The name of the decision `choice`: always the first one that it got."""
        return self._labels.setdefault(choice, text)

    def once(self, key: Hashable, name: str, span: Span, function: Callable[[], Tree]) -> Tree:
        """`function()`. If the value `key` is already being evaluated, the cycle is reported and the value is unknown."""
        if key in self._stack:
            running = list(self._stack)
            cycle = " → ".join([*(self._stack[each] for each in running[running.index(key) :]), name])
            self.report(SourceError.at(span, f"these refer to each other: {cycle}"))
            return Unknown(Said(f"{name} refers to itself"), ("cycle", key), Origin(span))
        self._stack[key] = name
        trying, self.trying = self.trying, 0
        try:
            return function()
        finally:
            self.trying = trying
            del self._stack[key]

    def check_text(self, length: int, span: Span) -> None:
        """Raises Exhausted for a string longer than MAX_TEXT."""
        if length > MAX_TEXT:
            self.raise_bound(f"a string is longer than {MAX_TEXT:,} characters", span)

    def check_items(self, number: int, span: Span) -> None:
        """Raises Exhausted for a collection of more than MAX_ITEMS."""
        if number > MAX_ITEMS:
            self.raise_bound(f"a collection has more than {MAX_ITEMS:,} elements", span)

    def check_size(self, value: Tree, span: Span) -> None:
        """Raises Exhausted for a value of more than MAX_ITEMS parts, counted as a tree, or with more than MAX_LEVELS levels."""
        level = _open([value])
        number = depth = 0
        while level:
            depth += 1
            if depth > MAX_LEVELS:
                self.raise_bound(f"a value is nested more than {MAX_LEVELS:,} levels deep", span)
            below: list[Tree] = []
            for each in level:
                children = _children(each)
                number += len(children)
                if number > MAX_ITEMS:
                    self.charge(number, span)  # it was visited anyway
                    self.check_items(number, span)
                below += _open(children)
            level = below
        if number:
            self.charge(number, span)


def _children(value: Tree) -> Collection[Tree]:
    """The parts of a value: elements, entries, alternatives."""
    if isinstance(value, Known):
        return value.value.values() if isinstance(value.value, dict) else value.value
    if isinstance(value, PartlyMap):
        return list(value.every())
    return [each.value for each in value.alternatives] if isinstance(value, Unknown) else ()


def _open(values: Collection[Tree]) -> list[Tree]:
    """The values that contain others."""
    return [
        each
        for each in values
        if (
            isinstance(each.value, (list, dict))
            if isinstance(each, Known)
            else isinstance(each, PartlyMap) or (isinstance(each, Unknown) and each.alternatives)
        )
    ]
