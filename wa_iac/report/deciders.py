"""What decides the value of an argument of Terraform, found in the code as written.

The history of a value (`Origin.chain`) leads to the place that sets it if the value is passed on unchanged. This module is for the
others: a value that an expression computes (`!var.private`, `var.tier == "public"`), or that stands in a module since the call does not
give another (`lookup(var.net, "public", true)`). It goes back (`following`) to the outermost place that has to change. What it computes
must be the value that was found: if it is not, or anything cannot be followed, it says nothing.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from wa_iac.core.declared import Declared
from wa_iac.core.span import Span

from .code_place import Path
from .decider_parts import CannotFollowError, Change, Found, MissingError, alike
from .following import Follower
from .module_code import ModuleCode, constant

if TYPE_CHECKING:
    from wa_iac.parsers.terraform.text.nodes import Conditional, Expr


def decided_by(
    declared: Declared, sources: Mapping[str, bytes], span: Span, now: object, wanted: object, path: Path | None = None
) -> list[Change]:
    """The change that makes the argument at `span` have the value `wanted`, where it has the value `now`; or several, of which any does.
    `path` is that of the place in the
    body. Empty if that cannot be found out. Only for files of HCL, not of Terraform's JSON."""
    follower = _Decider(ModuleCode(declared, sources))
    inner = follower.innermost
    try:
        start = follower.argument(declared, span, path)
        if not alike(follower.value(start), now):
            return []
        return [each for each in follower.changes(start, wanted) if each.place.level < inner or not inner]
    except (CannotFollowError, MissingError, RecursionError):
        return []


def flipped_by(declared: Declared, sources: Mapping[str, bytes], span: Span, path: Path | None = None) -> Change | None:
    """The change that makes the conditional at `span` choose its other branch, if one place in a call or in the root module decides that by
    itself; None if it cannot be found out."""
    follower = _Decider(ModuleCode(declared, sources))
    try:
        found = follower.flips(follower.argument(declared, span, path))
    except (CannotFollowError, MissingError, RecursionError):
        return None
    if len(found) != 1 or found[0].compared or (follower.innermost and found[0].place.level == follower.innermost):
        return None
    return found[0]


def decoded_at(declared: Declared, sources: Mapping[str, bytes], span: Span, path: Path | None = None) -> Found | None:
    """The call that decodes the document with the value of the argument at `span`, and the keys in that; None if there is none."""
    follower = _Decider(ModuleCode(declared, sources))
    try:
        found = follower.reach(follower.argument(declared, span, path))
    except (CannotFollowError, MissingError, RecursionError):
        return None
    return found if found.inside else None


class _Decider(Follower):
    def changes(self, at: Found, wanted: object) -> Iterator[Change]:
        """The changes of which each gives an expression a value. A literal is none in a module that several calls share, where there is a
        place in a call that takes its place."""
        from wa_iac.parsers.terraform.text import nodes

        choice = at.expression
        if isinstance(choice, nodes.Conditional) and (flipped := self._flipped(choice, at, wanted)) is not None:
            yield from flipped
            return
        found = self.reach(at)
        chosen = found.chosen
        if chosen is not None and isinstance(chosen.expression, nodes.Conditional):
            for change in self._flipped(chosen.expression, chosen, wanted) or ():
                yield change._replace(expression=chosen.expression.span)
            return
        if constant(found.expression) is not None:
            own = (found.place,) if found.place is not None else ()
            places = sorted((*own, *found.instead), key=lambda place: place.level)
            if places:
                yield Change(places[0], wanted, otherwise=None if places[0] in own else found.expression.span)
            return
        match found.expression:
            case nodes.Unary(operator="!", operand=operand) if isinstance(wanted, bool):
                yield from self.changes(replace(found, expression=operand), not wanted)
            case nodes.Binary(operator="==" | "!=" as operator, left=left, right=right) if isinstance(wanted, bool):
                asked, literal = (left, right) if constant(right) is not None else (right, left)
                given = constant(literal)
                if given is not None and isinstance(given[0], bool):
                    yield from self.changes(replace(found, expression=asked), given[0] == (wanted == (operator == "==")))
                elif given is not None:
                    compared: Literal["equal", "other"] = "equal" if wanted == (operator == "==") else "other"
                    yield from self._compared(found, asked, given[0], compared)
            case nodes.Call(name="contains", arguments=[nodes.TupleExpr(items=[first, *_]), asked]) if wanted is True:
                if (given := constant(first)) is not None:
                    yield from self._compared(found, asked, given[0], "equal")
            case nodes.Binary(operator="&&" | "||" as operator, left=left, right=right) if wanted is (operator == "||"):
                # One side decides alone: rather one that a call passes, of these the last. The first says whether there is anything.
                made: list[Change] = []
                for side in (right, left):
                    with contextlib.suppress(CannotFollowError, MissingError):
                        made += self.changes(replace(found, expression=side), wanted)
                yield from sorted(made, key=lambda change: change.place.missing)
            case _:
                return

    def _compared(self, at: Found, asked: Expr, value: object, how: Literal["equal", "other"]) -> Iterator[Change]:
        """The changes of what is compared with a value."""
        for change in self.changes(replace(at, expression=asked), value):
            by = change.expression or at.expression.span
            yield change._replace(compared=how, expression=by) if change.value == value else change

    def flips(self, at: Found) -> list[Change]:
        """The changes of the condition of a conditional."""
        from wa_iac.parsers.terraform.text.nodes import Conditional

        if not isinstance(at.expression, Conditional):
            return []
        condition = replace(at, expression=at.expression.condition)
        return list(self.changes(condition, not self.is_true(condition)))

    def _flipped(self, choice: Conditional, at: Found, wanted: object) -> list[Change] | None:
        """The changes of a condition, if the branch that it does not choose gives what is wanted."""
        is_so = self.is_true(replace(at, expression=choice.condition))
        taken, other = (choice.then, choice.otherwise) if is_so else (choice.otherwise, choice.then)
        if constant(taken) is None:
            return None
        given = constant(other)
        if given is None or not alike(given[0], wanted):
            return None
        return list(self.changes(replace(at, expression=choice.condition), not is_so)) or None
