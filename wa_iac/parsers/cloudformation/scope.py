"""The names of a template, and the evaluation of its nodes."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sized
from contextlib import contextmanager
from typing import Final, NamedTuple, NoReturn, Protocol, TypeAlias

from wa_iac.core.algebra import lift, moved
from wa_iac.core.budget import EACH, current
from wa_iac.core.declared import Declared
from wa_iac.core.errors import BoundError, DoubtfulError, SourceError, UnavailableError, WaIacError
from wa_iac.core.partial import PartlyMap
from wa_iac.core.reasons import PROCESSED, Reason, Said
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, How, Known, Origin, Reference, Step, Tree, Unknown
from wa_iac.parsers.cloudformation.text.located import LOOP, MACRO, Entry, ListNode, MapNode, Node, ScalarNode

from .dynamic_references import MARK, without_dynamic_references

MAX_DEPTH: Final = 150
"""Levels of a value, including nested functions, aliases and includes."""
RAIN: Final = "Rain"
"""A program that generates templates from files with its own tags: https://github.com/aws-cloudformation/rain."""
MAX_TOLD: Final = 100
"""Steps on a value's way that are kept."""

Function: TypeAlias = Callable[["TemplateScope", Node, Span], Tree]
"""An intrinsic function: (scope, argument as written, span of the result)."""


class Follow(Protocol):
    """Evaluates the templates of nested stacks.

    Attributes:
        equalities: the undecided comparisons of all stacks of the unit.
    """

    equalities: dict[object, Unknown]

    def include(self, location: str) -> Node | None:
        """The content of a file that `AWS::Include` names; None if it is not available."""
        ...

    def __call__(self, stack: Declared) -> Mapping[str, Tree] | None:
        """The outputs of a stack; None if its template is not available."""
        ...


OutputOf: TypeAlias = Callable[[str, str, Span, Span], Tree | None]
"""(logical id of a nested stack, name of an output, span of the result, span of the request) -> value."""


class MadeFrom(NamedTuple):
    """The source of a resource that a transform generates: its type and its extent, as written.

    `is_whole`: no other macro will add to its properties.
    """

    type: str
    extent: Span
    is_whole: bool = True


class TemplateScope:
    """One template under evaluation.

    Attributes:
        prefix: the part before a name of this template in an address: `Nested/` in the template of a nested stack.
        output_of: returns an output of a nested stack of this template, by the stack's logical id.
        under_way: the nested stacks in evaluation for a requested output.
        parameters: by name, as `Ref` returns them.
        allowed: the AllowedValues of parameters with a default.
        resources: the logical ids.
        mappings, conditions: by name, as written.
        decided: the conditions evaluated so far; None marks one in evaluation.
        equalities: the undecided comparisons, so that two of the same sides are the same unknown.
        collections: the identities of unknown lists whose members are distinct.
        representatives: the logical ids of resources that represent an unknown number of them, and why.
        rewritten: the macro or program that generates the final template elsewhere, if any.
        looped: patterns of the names that such loops create.
        pseudo: the pseudo parameters that are known.
        renamed: names that a macro defines for its resources (`MyFunction.Alias`), and their logical ids.
        exports: the known exports of other stacks of this run, by name.
        outputs: the outputs of other stacks of this run, by the names of stack and output, if these are known.
        is_open: whether something that is not expanded (a macro, a loop) may declare further names.
        open_mappings: whether it may declare further mappings.
        supposed: the number of undecided things that are assumed one way during the evaluation.
        include: returns the content of a file that the template names; None if no file may be followed.
        errors: the mistakes in the template.
        budget: the unit's budget. `rounds`: the number of expanded loop iterations.
    """

    def __init__(
        self, path: str, functions: Mapping[str, Function], *, prefix: str = "", output_of: OutputOf | None = None
    ) -> None:
        self.path = path
        self.prefix = prefix
        self.output_of = output_of
        self.under_way: set[str] = set()
        self.parameters: dict[str, Tree] = {}
        self.allowed: dict[str, tuple[str, ...]] = {}
        self.resources: frozenset[str] = frozenset()
        self.mappings: dict[str, Entry] = {}
        self.conditions: dict[str, Entry] = {}
        self.decided: dict[str, Tree | None] = {}
        self.equalities: dict[object, Unknown] = {}
        self.collections: set[object] = set()
        self.representatives: dict[str, Reason] = {}
        self.rewritten = ""
        self.looped: list[re.Pattern[str]] = []
        self.renamed: Mapping[str, str] = {}
        self.pseudo: Mapping[str, str] = {}
        self.exports: Mapping[Hashable, Tree] = {}
        self.outputs: Mapping[tuple[str, str], Tree] = {}
        self.is_open = False
        self.open_mappings = False
        self.supposed = 0
        self.include: Callable[[str], Node | None] | None = None
        self.errors: list[WaIacError] = []
        self.budget = current()
        self._functions = functions
        self._depth = 0
        self.rounds = 0

    def evaluate(self, node: Node, where: Span) -> Tree:
        """The value of a node; its origin has the span `where`. An alias counts at each use.

        Raises `BoundError` if the unit's budget is spent, and beyond `MAX_DEPTH` levels.
        """
        budget = self.budget
        budget.at = where
        budget.steps -= 1
        if budget.steps < 0:
            budget.step()
        if type(node) is ScalarNode:
            value = node.value
            if value is None:
                return Absent(Origin(where))
            known = Known(value, Origin(where))
            return without_dynamic_references(known) if type(value) is str and MARK in value else known
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self.raise_bound(f"more than {MAX_DEPTH} levels of functions, objects and lists in one value", where)
        try:
            if type(node) is ListNode:
                return Known(self.evaluate_all(node.items), Origin(where))
            if type(node) is MapNode:
                return self._call(node, where) if node.call else self._object(node, where)
        finally:
            self._depth -= 1
        raise AssertionError(node)

    def may_declare(self, name: str) -> bool:
        """Whether a macro, or a loop over unknown items, may declare a name that is not in the template."""
        return self.is_open or any(each.fullmatch(name) for each in self.looped)

    def step(self, where: Span) -> None:
        """Counts one evaluated or created node. Raises `BoundError` if the unit's budget is spent."""
        self.budget.step(1, where)

    def over(self, items: Sized) -> None:
        """Counts the members of a list in a loop. Raises `BoundError` if the unit's budget is spent."""
        self.budget.compare(3 * EACH * len(items))

    def raise_bound(self, message: str, where: Span) -> NoReturn:
        """Ends the evaluation at a limit that `message` names."""
        raise BoundError.at(where, f"{message} (wa-iac's safety limit)")

    def evaluate_all(self, nodes: list[Node]) -> list[Tree]:
        """The values of a list's items. An item that is `AWS::NoValue` is not in the list."""
        values = [self.evaluate(node, node.span) for node in nodes]
        return [value for value in values if type(value) is not Absent]

    def _call(self, node: MapNode, where: Span) -> Tree:
        function = self._functions.get(node.call)
        if function is None and self.rewritten == RAIN and "Rain::" in node.call:
            return deployed(Said("Rain fills it in", "check the template that Rain makes"), (RAIN, node.span), where)
        if function is None:
            return self.fail(f"{node.call} is not a function of CloudFormation", where, node.span)
        return function(self, node.entries[node.call].value, where)

    def _object(self, node: MapNode, where: Span) -> Tree:
        values: dict[str, Tree] = {}
        more: Unknown | None = None
        for key, entry in node.entries.items():
            if key[:4] == "Fn::":
                more = self._mixed(node, key, entry, where)
                if not (key == MACRO and _is_include(entry.value)):
                    return more
            elif "{" in key and key in self.representatives:
                more = Unknown(self.representatives[key], ("loop", node.span), Origin(where, "computed"))
            else:
                values[key] = self.evaluate(entry.value, entry.where)
        if more is None:
            return Known(values, Origin(where))
        return PartlyMap(values, (), more, Origin(where)) if values else more

    def _mixed(self, node: MapNode, key: str, entry: Entry, where: Span) -> Unknown:
        """An object with a function among its keys: a macro or a loop adds keys to it; no other function is allowed."""
        if key == MACRO:
            what = "a snippet that is not available" if _is_include(entry.value) else "a macro"
            return Unknown(
                Said(f"{what} completes this object at deployment", PROCESSED), ("macro", node.span), Origin(where, "computed")
            )
        if key.startswith(LOOP):
            return self.fail("Fn::ForEach is not expanded: the loop's resources are not checked", where, entry.key)
        return self.fail(f"{key} must be the only key of its object", where, entry.key)

    def arguments(self, name: str, node: Node, least: int, most: int) -> list[Node] | None:
        """The arguments of a function with a list of arguments; None, and an error, if their number is wrong."""
        if isinstance(node, ListNode) and least <= len(node.items) <= most:
            return node.items
        number = str(least) if least == most else f"{least} to {most}"
        self.error(f"{name} needs a list of {number} arguments", node.span)
        return None

    def argument(self, node: Node) -> Tree:
        """The only argument of a function, which may be written as a list of one."""
        if isinstance(node, ListNode) and len(node.items) == 1:
            node = node.items[0]
        return self.evaluate(node, node.span)

    def error(self, message: str, span: Span) -> None:
        """Records an error at `span`. In a template that a macro processes first, it may be meant for the macro."""
        if self.rewritten == RAIN:
            return  # a note already says that the content of Rain's tags is not checked
        if self.rewritten:
            self.doubtful(f"{message}, unless the macro {self.rewritten} turns it into something else", span)
            return
        self.errors.append(SourceError.at(span, message))

    def doubtful(self, message: str, span: Span) -> None:
        """Records a warning: the author can hardly mean the code at `span`."""
        self.errors.append(DoubtfulError.at(span, message))

    def unavailable(self, message: str, span: Span, kind: str = "") -> None:
        """Records a note: the template names something at `span` that is not available. `kind` is that of the error."""
        self.errors.append(UnavailableError.at(span, message, kind))

    def macro(self, consequence: str, span: Span) -> None:
        """Records that a macro, or a snippet that is not available, adds something at `span`."""
        message = f"the macro runs only in AWS, or its snippet is not available: {consequence}"
        self.unavailable(
            message, span, "macros run only in AWS, or their snippets are not available: what they add is not checked"
        )

    @contextmanager
    def supposing(self) -> Iterator[None]:
        """Evaluates something that is used only for one outcome of an undecided choice. A value that cannot be created there is
        not a mistake, since with other values of parameters it is created, or not used at all."""
        self.supposed += 1
        try:
            yield
        finally:
            self.supposed -= 1

    def lift(self, name: Hashable, function: Callable[..., Tree], *arguments: Tree, origin: Origin) -> Tree:
        """`lift`; each alternative of an argument is only assumed."""
        if any(isinstance(each, Unknown) and each.alternatives for each in arguments):
            with self.supposing():
                return lift(name, function, *arguments, origin=origin)
        return lift(name, function, *arguments, origin=origin)

    def refuse(self, message: str, where: Span, span: Span, *values: Tree) -> Unknown:
        """The unknown for a value that cannot be created from `values`; an error only if these are certain, and certainly used.

        The default of a parameter is not certain: the template may always get another value.
        """
        default = next(filter(None, (value.origin.default_of for value in values)), "")
        if not self.supposed and not default:
            return self.fail(message, where, span)
        settle = f"set {default} in --parameters" if default else ""
        return Unknown(Said(message, settle), ("refused", span, message), Origin(where, "computed"))

    def fail(self, message: str, where: Span, span: Span) -> Unknown:
        """Records the error at `span`. Returns the unknown for the value that cannot be created."""
        self.error(message, span)
        return broken(where, span)


def _is_include(node: Node) -> bool:
    """Whether a macro is `AWS::Include`, which only adds content; any other macro may change its siblings."""
    name = node.entries.get("Name") if isinstance(node, MapNode) else None
    return name is not None and isinstance(name.value, ScalarNode) and name.value.text == "AWS::Include"


def broken(where: Span, span: Span) -> Unknown:
    """The value of a wrong construct at `span`, whose error is recorded."""
    return Unknown(Said("its template has an error here", "fix the error"), ("error", span), Origin(where, "computed"))


def deployed(reason: Reason, identity: Hashable, where: Span, *references: Reference) -> Unknown:
    """A value that is known only at deployment."""
    return Unknown(reason, identity, Origin(where, "computed", references=references), itself=True)


def result(value: Tree, where: Span, *steps: Step, how: How = "computed") -> Tree:
    """The same content as the result of a function at `where`, with the new steps before its own."""
    origin = value.origin
    chain = (*steps, *origin.chain) if steps else origin.chain
    return moved(value, origin._replace(span=where, how=how, chain=chain[:MAX_TOLD]))


def steps_of(*values: Tree) -> tuple[Step, ...]:
    """The steps of several values, each once."""
    current().compare(EACH * sum(len(value.origin.chain) for value in values))
    return tuple(dict.fromkeys(step for value in values for step in value.origin.chain))[:MAX_TOLD]


def references_of(*values: Tree) -> tuple[Reference, ...]:
    """The references of several values, each once."""
    current().compare(EACH * sum(len(value.origin.references) for value in values))
    return tuple(dict.fromkeys(reference for value in values for reference in value.origin.references))
