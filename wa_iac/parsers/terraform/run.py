"""What all evaluation of one unit shares: its bounds, the errors it met, and the names of its unknowns."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wa_iac.core.errors import BoundError, SourceError, WaIacError
from wa_iac.core.files import checkpoint
from wa_iac.core.value import Known, Origin, Span, Tree, Unknown

if TYPE_CHECKING:
    from .nodes import Expr

MAX_STEPS: Final = 2_000_000
MAX_DEPTH: Final = 1_000
MAX_INSTANCES: Final = 1_000
MAX_MODULES: Final = 50
MAX_TOTAL: Final = 20_000
"""Instances of modules, resources and data sources that one root module comes to: counts of modules multiply."""
MAX_TEXT: Final = 5_000_000
MAX_ITEMS: Final = 100_000
MAX_FILE: Final = 5_000_000
RECURSION: Final = 12_000
"""Python frames that `MAX_DEPTH` nested evaluations may need."""


class Failure(Exception):  # noqa: N818 - it is Terraform's word for what `try` catches
    """An expression is an error where it stands: a missing attribute, a wrong type. `try` and `can` catch it."""


class Blocked(Exception):  # noqa: N818 - not an error: the answer is "unknown"
    """A function needs a content that is unknown."""

    def __init__(self, unknown: Unknown) -> None:
        super().__init__(unknown.why)
        self.unknown = unknown


class Exhausted(Exception):  # noqa: N818 - as above
    """A bound was reached; the error is recorded already."""


class Failed(Unknown):
    """The outcome of a choice in which the expression is an error."""

    __slots__ = ()


class Lazy(Unknown):
    """An object whose members are evaluated when they are asked for: a resource, a module, a list of zones.

    `of` gives a member by its name or index. `anyone` gives, for a collection of which the size is unknown, the member that
    stands for all of them; None for a single object. `sibling` gives, for a member of a collection, the one that stands for a
    member chosen by an index that is unknown.
    """

    __slots__ = ("anyone", "of", "sibling")

    def __init__(
        self,
        why: str,
        identity: Hashable,
        origin: Origin,
        of: Callable[[str | int], Tree],
        *,
        settle: str = "",
        anyone: Callable[[], Tree] | None = None,
        sibling: Callable[[], Tree] | None = None,
    ) -> None:
        super().__init__(why, identity, origin, settle=settle)
        self.of = of
        self.anyone = anyone
        self.sibling = sibling

    def at(self, origin: Origin) -> Unknown:
        return Lazy(
            self.why, self.identity, origin, self.of, settle=self.settle, anyone=self.anyone, sibling=self.sibling
        )  # fmt: skip

    def member(self, key: str | int, *, distinct: bool = False) -> Unknown:
        value = self.of(key)
        return value if isinstance(value, Unknown) else super().member(key, distinct=distinct)


class Identity:
    """A short name for a long identity, equal to itself only: nested identities would grow without bound."""

    __slots__ = ("key",)

    def __init__(self, key: Hashable) -> None:
        self.key = key

    def __repr__(self) -> str:
        return f"Identity({self.key!r})"


class Run:
    """The state of evaluating one root module with everything it calls.

    Attributes:
        root: no file outside this directory is read.
        here: the root module's directory, which relative paths are relative to.
        trying: how many `try` and `can` stand around what is being evaluated.
        depth: how many expressions are being evaluated, each inside another.
        workspace: the workspace that is selected; empty where nobody says.
        steps: how many more evaluations there may be.
        templates: the parsed files of `templatefile`, by file and the path it was called by; shared by all units of a scan.
        directories: the module directories by the path they are shown with, for `path.module`.
    """

    def __init__(
        self, root: Path, here: Path, templates: dict[tuple[Path, str], Expr] | None = None, workspace: str = ""
    ) -> None:
        self.root = root
        self.here = here
        self.workspace = workspace
        self.errors: list[WaIacError] = []
        self.directories: dict[str, Path] = {}
        self.trying = 0
        self.templates = {} if templates is None else templates
        self.steps = MAX_STEPS
        self.depth = 0
        self._made = 0
        self._identities: dict[Hashable, Identity] = {}
        self._labels: dict[Hashable, str] = {}
        self._said: set[str] = set()
        self._stack: dict[Hashable, str] = {}

    def charge(self, steps: int, span: Span) -> None:
        """Count steps of evaluation. Raises Exhausted beyond MAX_STEPS or MAX_DEPTH."""
        self.steps -= steps
        if self.steps < 0:
            self.bound(f"evaluation takes more than {MAX_STEPS:,} steps", span)
        if self.depth > MAX_DEPTH:
            self.bound(f"expressions refer to each other more than {MAX_DEPTH:,} levels deep", span)

    def made(self, span: Span) -> None:
        """Count an instance of a block. Raises Exhausted beyond MAX_TOTAL."""
        checkpoint()
        self._made += 1
        if self._made > MAX_TOTAL:
            self.bound(f"a root module comes to more than {MAX_TOTAL:,} instances of modules and resources", span)

    def bound(self, message: str, span: Span) -> None:
        """Record that a bound was reached, once per message, and give up on what is being evaluated."""
        self.say(BoundError(message, path=span.path or None, line=span.start_line, column=span.start_column))
        raise Exhausted(message)

    def say(self, error: WaIacError) -> None:
        """Record an error once."""
        if error.message not in self._said:
            self._said.add(error.message)
            self.errors.append(error)

    def named(self, value: Tree) -> Tree:
        """The same value with a short identity in place of a derived one."""
        if not isinstance(value, Unknown) or isinstance(value, Lazy) or not isinstance(value.identity, tuple):
            return value
        identity = self._identities.get(value.identity)
        if identity is None:
            identity = self._identities[value.identity] = Identity(value.identity)
        kind = Failed if isinstance(value, Failed) else Unknown
        return kind(
            value.why,
            identity,
            value.origin,
            settle=value.settle,
            choice=value.choice,
            alternatives=value.alternatives,
            parts=value.parts,
            element=value.element,
        )

    def label(self, choice: Hashable, text: str) -> str:
        """What the decision `choice` is called: always as it was called first."""
        return self._labels.setdefault(choice, text)

    def once(self, key: Hashable, name: str, span: Span, function: Callable[[], Tree]) -> Tree:
        """`function()`, unless the value `key` is being evaluated already: then a cycle is reported and its value is unknown."""
        if key in self._stack:
            running = list(self._stack)
            cycle = " → ".join([*(self._stack[each] for each in running[running.index(key) :]), name])
            self.say(
                SourceError(
                    f"these refer to each other: {cycle}", path=span.path, line=span.start_line, column=span.start_column
                )
            )
            return Unknown(f"{name} refers to itself", ("cycle", key), Origin(span))
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
            self.bound(f"a string is longer than {MAX_TEXT:,} characters", span)

    def check_items(self, number: int, span: Span) -> None:
        """Raises Exhausted for a collection of more than MAX_ITEMS."""
        if number > MAX_ITEMS:
            self.bound(f"a collection has more than {MAX_ITEMS:,} elements", span)

    def check_size(self, value: Tree, span: Span) -> None:
        """Raises Exhausted for a value of more than MAX_ITEMS parts, counted as a tree."""
        if isinstance(value, Known) and isinstance(value.value, (list, dict)):
            number = 0
            waiting = [value]
            while waiting:
                content = waiting.pop().value
                children = content.values() if isinstance(content, dict) else content
                number += len(content)
                self.charge(len(content), span)
                self.check_items(number, span)
                waiting += [child for child in children if isinstance(child, Known) and isinstance(child.value, list | dict)]
