"""Functions of strings. Functions that join or replace keep unknown pieces as parts."""

from __future__ import annotations

import re
from functools import partial
from typing import Final

from wa_iac.core import secrets
from wa_iac.core.algebra import joined, moved, text_of
from wa_iac.core.budget import size
from wa_iac.core.late_pattern import late
from wa_iac.core.partial import Rest, first_rest, nothing_but, split_in_part, unknown_in
from wa_iac.core.value import Absent, Known, Origin, Tree, Unknown
from wa_iac.parsers.terraform.evaluation.lifting import blocked, lifted, lifted_partly, truth
from wa_iac.parsers.terraform.evaluation.unit import MAX_ITEMS, Blocked, Failed, Failure
from wa_iac.parsers.terraform.evaluation.zones import zone_samples

from .base import Context, data, function, items, number, parts, scalar, text, too_long, tree, whole
from .patterns import Match, Pattern, compiled

_VERB: Final = late(r"%(?:\[(\d{1,9})\])?([-+ #0]{0,9})(\d{0,9})(?:\.(\d{0,9}))?([a-zA-Z%])", re.ASCII)


def _title(value: str) -> str:
    return re.sub(r"(?<!\w)\w", lambda match: _upper(match.group()), value)


def _upper(value: str) -> str:
    # Letter by letter, as in Go: each letter becomes exactly one.
    return value.upper() if value.isascii() else "".join(each.upper() if len(each.upper()) == 1 else each for each in value)


def _strip_indent(spaces: int, value: str) -> str:
    if not 0 <= spaces <= 1000:
        raise ValueError("the number of spaces")
    too_long(len(value) + spaces * value.count("\n"))
    return value.replace("\n", "\n" + " " * spaces)


def _substr(value: str, offset: int, length: int) -> str:
    start = max(0, len(value) + offset) if offset < 0 else offset
    return value[start:] if length < 0 else value[start : start + length]


scalar("lower", str.lower, text)
scalar("upper", _upper, text)
scalar("title", _title, text)
scalar("chomp", lambda value: value.rstrip("\r\n"), text)
scalar("indent", _strip_indent, whole, text)
scalar("strrev", lambda value: value[::-1], text)
scalar("substr", _substr, text, whole, whole)
scalar("trim", lambda value, cut: value.strip(cut), text, text)
scalar("trimprefix", str.removeprefix, text, text)
scalar("trimsuffix", str.removesuffix, text, text)
scalar("trimspace", str.strip, text)
scalar("endswith", str.endswith, text, text)
scalar("startswith", str.startswith, text, text)
scalar("strcontains", lambda value, part: part in value, text, text)


@function("split", partial=True)
def _split(context: Context, separator: Tree, value: Tree) -> Tree:
    between = text(separator)
    if isinstance(value, Unknown):
        found = split_in_part(value, between, context.origin)
        if found is None:
            raise Blocked(value)
        return context.partly(found)
    content = text(value)
    context.run.check_items(content.count(between) if between else len(content), context.span)
    pieces = content.split(between) if between else list(content)
    context.run.budget.make(size(content))
    return context.collection([context.known(piece) for piece in pieces])


@function("join", eager=True)
def _join(context: Context, separator: Tree, *lists: Tree) -> Tree:
    between = text(separator)
    if not lists:
        raise Failure("join needs a list")
    by = next((each for each in lists if isinstance(each, Unknown) and each.alternatives), None)
    if by is not None:
        return lifted_partly(
            context.run, "join", lambda *each: _join(context, separator, *each), *lists, origin=context.origin
        )  # fmt: skip
    pieces: list[str | Tree] = []
    length = 0
    elements = [item for each in lists for item in parts(each)]
    rest = nothing_but(elements)
    if rest is not None:
        raise Blocked(rest)
    before: Tree | None = None
    shuffled = next((index for index, each in enumerate(elements) if isinstance(each, Rest) and each.shuffles), None)
    if shuffled is not None:
        unknown = unknown_in(elements[shuffled])
        assert unknown is not None  # noqa: S101 - it was found as one
        elements = [
            *elements[:shuffled],
            Rest(unknown.reason, ("shuffled", unknown.identity), unknown.origin),
        ]
    for item in elements:
        if isinstance(item, Absent) or (isinstance(item, Known) and isinstance(item.value, (list, dict))):
            raise Failure("a list of strings is needed")
        # Without an element there is no separator either, so separators next to a `Rest` belong to the unknown.
        if before is not None and not isinstance(before, Rest) and not isinstance(item, Rest):
            pieces.append(between)
        pieces.append(item.derived(("joined", between)) if isinstance(item, Rest) else item)
        before = item
        length += len(between) + (len(text_of(item.value)) if isinstance(item, Known) else 1)
    context.run.check_text(length, context.span)
    return context.run.named(joined(pieces, context.origin))


@function("format", eager=True)
def _format(context: Context, pattern: Tree, *values: Tree) -> Tree:
    return context.run.named(joined(_formatted(text(pattern), values), context.origin))


def _formatted(pattern: str, values: tuple[Tree, ...]) -> list[str | Tree]:
    """The pieces of a formatted string. An unknown argument of a plain `%s`, `%d` or `%v` stays a piece."""
    pieces: list[str | Tree] = []
    position = 0
    following = used = 0
    for match in _VERB.finditer(pattern):
        pieces.append(_plain(pattern[position : match.start()]))
        position = match.end()
        number_, flags, width, precision, verb = match.groups()
        if verb == "%":
            pieces.append("%")
            continue
        if len(pieces) > MAX_ITEMS:
            raise Failure("format has too many verbs")
        index = int(number_) - 1 if number_ else following
        following = index + 1
        used = max(used, following)
        if not 0 <= index < len(values):
            raise Failure("format has too few arguments")
        value = values[index]
        if isinstance(value, Unknown) and verb in "sdv" and not flags and not width:
            pieces.append(value)
            continue
        if len(width) > 4 or len(precision or "") > 4:
            raise Failure("the width in a format is too large")
        pieces.append(_verb(verb, flags, width, precision, value))
    if used < len(values):
        raise Failure("format has too many arguments")
    return [*pieces, _plain(pattern[position:])]


def _plain(piece: str) -> str:
    if "%" in piece:
        raise Failure("a format has a verb that is not complete")
    return piece


def _verb(verb: str, flags: str, width: str, precision: str | None, value: Tree) -> str:
    try:
        return _spelled(verb, flags, width, precision, value)
    except (ValueError, TypeError, ArithmeticError) as error:
        raise Failure("format cannot write this number") from error


def _spelled(verb: str, flags: str, width: str, precision: str | None, value: Tree) -> str:
    shape = f"%{flags}{width}" + (f".{precision}" if precision is not None else "")
    match verb:
        case "s" | "q":
            content_ = text(value)[: int(precision)] if precision else text(value)
            return _wide(_quoted(content_) if verb == "q" else content_, flags, width)
        case "d":
            return (shape + "d") % whole(value)
        case "f" | "e" | "g" | "x" | "X" | "o" | "E" | "G":
            content = number(value)
            return (shape + verb) % (content if verb in "fegEG" else int(content))
        case "b":
            return format(whole(value), "b").rjust(int(width or 0), "0" if "0" in flags else " ")
        case "t":
            return text(truth(value))
        case "v":
            quoted = "#" in flags and isinstance(value, Known) and isinstance(value.value, str)
            return _wide(_quoted(text(value)) if quoted else _loose(value), flags, width)
        case _:
            raise Failure(f'format has no verb "%{verb}"')


def _wide(content: str, flags: str, width: str) -> str:
    if "-" in flags:
        return content.ljust(int(width or 0))
    return content.rjust(int(width or 0), "0" if "0" in flags else " ")


def _quoted(content: object) -> str:
    from .encoding import as_json

    return as_json(content)


def _loose(value: Tree) -> str:
    if isinstance(value, Known) and isinstance(value.value, (list, dict)):
        return _quoted(data(value))
    return "null" if isinstance(value, Absent) else text(value)


_ARGUMENT: Final = 3
"""Steps that writing one argument of a format costs."""


@function("formatlist", eager=True)
def _formatlist(context: Context, pattern: Tree, *values: Tree) -> Tree:
    lists = [parts(value) if isinstance(value, Known) and isinstance(value.value, list) else None for value in values]
    if sum(each is not None for each in lists) > 1:
        lists = [items(value) if each is not None else None for value, each in zip(values, lists, strict=True)]
    for value in values:
        if isinstance(value, Unknown):
            raise Blocked(value)
    lengths = {len(each) for each in lists if each is not None}
    if len(lengths) > 1:
        raise Failure("formatlist needs lists of the same length")
    results: list[Tree] = []
    number_ = next(iter(lengths), 1)
    context.run.charge(_ARGUMENT * number_ * (1 + len(values)), context.span)
    for index in range(number_):
        row = tuple(value if each is None else each[index] for value, each in zip(values, lists, strict=True))
        rest = first_rest(row)
        results.append(joined(_formatted(text(pattern), row), context.origin) if rest is None else rest)
    hidden = any(map(secrets.within, values))
    return context.collection([moved(each, each.origin._replace(sensitive=True)) for each in results] if hidden else results)


@function("replace", eager=True)
def _replace(context: Context, value: Tree, old: Tree, new: Tree) -> Tree:
    if isinstance(new, Unknown) and not new.alternatives and not isinstance(new, Failed):
        # What stands around a placeholder is known, whatever takes its place.
        content, wanted = text(value), text(old)
        if wanted and not (len(wanted) > 1 and wanted.startswith("/") and wanted.endswith("/")):
            context.run.check_items(content.count(wanted), context.span)
            between = content.split(wanted)
            pieces = [between[0], *(each for piece in between[1:] for each in (new, piece))]
            return context.run.named(joined(pieces, context.origin))
    return lifted(context.run, "replace", partial(_replaced, context), value, old, new, origin=context.origin)


def _replaced(context: Context, value: Tree, old: Tree, new: Tree) -> Tree:
    content, wanted, substitute = text(value), text(old), text(new)
    if len(wanted) > 1 and wanted.startswith("/") and wanted.endswith("/"):
        return context.text(_substituted(context, compiled(context, wanted[1:-1]), content, substitute))
    context.run.check_text(content.count(wanted) * len(substitute) + len(content), context.span)
    return context.text(content.replace(wanted, substitute))


def _substituted(context: Context, pattern: Pattern, content: str, substitute: str) -> str:
    pieces: list[str] = []
    length = position = 0
    for match in pattern.matches(content):
        found = _GROUP.sub(partial(_group, pattern, match), substitute) if "$" in substitute else substitute
        pieces += [content[position : match.start()], found]
        position = match.end()
        length += len(found)
        context.run.check_text(length, context.span)
    return "".join([*pieces, content[position:]])


_GROUP: Final = late(r"\$(?:\$|\{(\w+)\}|(\w+))", re.ASCII)


def _group(pattern: Pattern, match: Match, name: re.Match[str]) -> str:
    """The replacement for `$1`, `${1}` or `$name`; empty if there is no such group."""
    key = name.group(1) or name.group(2)
    if key is None:
        return "$"
    number_ = int(key) if key.isdecimal() and len(key) < 6 else pattern.names.get(key, -1)
    return (match.group(number_) or "") if 0 <= number_ <= pattern.groups else ""


def _captures(pattern: Pattern, match: Match, origin: Origin) -> Tree:
    if pattern.names:
        if len(pattern.names) != pattern.groups:
            raise Failure("a pattern has either groups with names or groups without")
        return tree(match.groupdict(), origin)
    return tree(list(match.groups()), origin) if pattern.groups else Known(match.group(), origin)


@function("regex")
def _regex(context: Context, pattern: Tree, value: Tree) -> Tree:
    content = text(value)
    found = compiled(context, text(pattern))
    match = found.search(content)
    if match is None:
        raise Failure("the pattern does not match")
    return _captures(found, match, context.origin)


def _in_samples(context: Context, pattern: str, samples: tuple[str, ...]) -> list[list[str]]:
    """A pattern's match in each zone name. Modules repeat it for every subnet, so it is computed once per unit."""
    key = ("zones", pattern, samples)
    found = context.run.read.get(key)
    if not isinstance(found, Known):
        wanted = compiled(context, pattern)
        found = context.run.read[key] = Known([[match.group() for match in wanted.matches(each)] for each in samples])
    matches: list[list[str]] = found.value
    return matches


@function("regexall", eager=True)
def _regexall(context: Context, pattern: Tree, value: Tree) -> Tree:
    samples = zone_samples(value)
    if samples:
        found = _in_samples(context, text(pattern), samples)
        if not any(found):
            return context.collection([])
        if all(len(each) == 1 for each in found) and isinstance(value, Unknown):
            return context.collection([blocked(context.run, value, "regexall", (pattern, value), context.origin)])
    if isinstance(value, Unknown) and value.alternatives:
        return lifted(context.run, "regexall", lambda one: _regexall(context, pattern, one), value, origin=context.origin)
    content = text(value)
    wanted = compiled(context, text(pattern))
    captures: list[Tree] = []
    for match in wanted.matches(content):
        captures.append(_captures(wanted, match, context.origin))
        context.run.check_items(len(captures), context.span)
    return context.collection(captures)
