"""Functions of lists: their order, their pieces, and whether all of their elements hold. They pass unknown elements on."""

from __future__ import annotations

from functools import reduce
from typing import Final

from wa_iac.core.algebra import moved
from wa_iac.core.partial import Rest, first_rest, is_whole, scattered, unknown_in
from wa_iac.core.value import Absent, Known, Tree, Unknown
from wa_iac.parsers.terraform.evaluation.lifting import ListItems, blocked, kind_of, lifted, member, truth
from wa_iac.parsers.terraform.evaluation.operators import both
from wa_iac.parsers.terraform.evaluation.unit import Blocked, Failure, Lazy

from .alike import unified
from .base import Context, function, items, ordered, ordered_parts, parts, text, whole

_FOLLOWED: Final = 8
"""Maximum number of undecided conditions that `alltrue` and `anytrue` combine."""


@function("one")
def _one(context: Context, values: Tree) -> Tree:
    if isinstance(values, Absent):
        return values
    content = items(values)
    if len(content) > 1:
        raise Failure("one needs a list of at most one element")
    return content[0] if content else Absent(context.origin)


@function("slice", eager=True)
def _slice(context: Context, values: Tree, start: Tree, end: Tree) -> Tree:
    if isinstance(start, Unknown) or isinstance(end, Unknown) or (isinstance(values, Unknown) and values.alternatives):
        return lifted(
            context.run, "slice", lambda *each: _slice(context, *each), values, start, end, origin=context.origin
        )  # fmt: skip
    first, last = whole(start), whole(end)
    if 0 <= first <= last and (isinstance(values, Unknown) or not is_whole(ordered_parts(values))):
        unknown = unknown_in(values)
        if context.run.trying and unknown is not None and not isinstance(unknown, Lazy):
            # An error if the list is shorter; `try` then goes on. A Region has enough zones.
            raise Blocked(unknown)
        # A slice of any list has this length, or is an error.
        context.run.check_items(last - first, context.span)
        chosen = [member(context.run, values, Known(index), context.span) for index in range(first, last)]
        return context.collection(chosen, kind_of(values) if isinstance(values, Known) else ListItems)
    content = ordered(values)
    if not 0 <= first <= last <= len(content):
        raise Failure("the bounds of the slice are outside the list")
    return context.collection(content[first:last], kind_of(values))


@function("chunklist", partial=True)
def _chunklist(context: Context, values: Tree, size: Tree) -> Tree:
    content, step = unified(ordered_parts(values)), whole(size)
    if step < 0:
        raise Failure("the size of a chunk is negative")
    step = step or max(len(content), 1)
    chunks: list[Tree] = []
    for index in range(0, len(content), step):
        chunk = ListItems(content[index : index + step])
        rest = first_rest(chunk)
        if rest is not None:
            # The beginning of the next chunk depends on their number.
            left = tuple(each for each in content[index:] if not isinstance(each, Rest))
            return context.collection([*chunks, Rest(rest.reason, rest.identity, rest.origin, among=left)])
        chunks.append(context.known(chunk))
    return context.collection(chunks)


@function("reverse", partial=True)
def _reverse(context: Context, values: Tree) -> Tree:
    content = parts(values)
    by = next((each for each in content if isinstance(each, Rest) and each.shuffles), None)
    kind: type[list[Tree]] = list if kind_of(values) is list else ListItems
    return context.partly(content[::-1] if by is None else scattered(content, by=by), kind)


@function("sort", partial=True)
def _sort(context: Context, values: Tree) -> Tree:
    content = parts(values)
    known: list[Tree] = [moved(Known(text(item)), item.origin) for item in content if not isinstance(item, Unknown)]
    known.sort(key=text)
    unknown = [item for item in content if isinstance(item, Unknown)]
    if not unknown or (not known and is_whole(unknown)):
        return context.collection([*known, *unknown])
    return context.partly(scattered([*known, *unknown], by=unknown[0]))


@function("alltrue", eager=True)
def _alltrue(context: Context, values: Tree) -> Tree:
    return _every(context, values, decisive=False)


@function("anytrue", eager=True)
def _anytrue(context: Context, values: Tree) -> Tree:
    return _every(context, values, decisive=True)


def _every(context: Context, values: Tree, *, decisive: bool) -> Tree:
    content = parts(values)
    content = [Known(False, item.origin) if isinstance(item, Absent) else truth(item) for item in content]
    if any(isinstance(item, Known) and text(item) == ("true" if decisive else "false") for item in content):
        return context.known(decisive)
    unknown = [item for item in content if isinstance(item, Unknown)]
    if unknown and len(unknown) <= _FOLLOWED and all(item.alternatives for item in unknown):
        start: Tree = context.known(not decisive)
        return reduce(lambda one, other: both(context.run, one, other, context.origin, decisive=decisive), unknown, start)
    if unknown:
        return blocked(context.run, unknown[0], ("every", decisive), (values,), context.origin)
    return context.known(not decisive)
