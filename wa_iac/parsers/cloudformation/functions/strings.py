"""The string functions: Sub, Join, Split, Base64, ToJsonString."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Final

from wa_iac.core.algebra import text_of
from wa_iac.core.budget import size
from wa_iac.core.late_pattern import late
from wa_iac.core.partial import PartlyMap, Rest, split_in_part
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Origin, Tree, Unknown
from wa_iac.parsers.cloudformation.dynamic_references import MARK, concatenated
from wa_iac.parsers.cloudformation.scope import TemplateScope, broken
from wa_iac.parsers.cloudformation.text.located import ListNode, MapNode, Node, ScalarNode

from .choices import may_be_absent, settled
from .references import attribute_of, named

EACH_PIECE: Final = 120
"""Bytes that a piece of a string costs, with its data."""

_VARIABLE: Final = late(r"\$\{([^}]*)\}")
_NAME: Final = late(r"[A-Za-z0-9_.:]+")


def sub(scope: TemplateScope, node: Node, where: Span) -> Tree:
    """`Fn::Sub`, of a text or of `[text, variables]`."""
    template, variables = node, None
    if isinstance(node, ListNode) and len(node.items) == 2:
        template, variables = node.items
    if isinstance(template, MapNode) and template.call:
        # A macro or a function may create the string.
        made = scope.evaluate(template, template.span)
        if not (isinstance(made, Known) and isinstance(made.value, str)):
            return made if isinstance(made, Unknown) else scope.refuse("Fn::Sub needs a string", where, node.span)
        template = ScalarNode(made.value, made.value, template.span)
    if not isinstance(template, ScalarNode) or not (
        variables is None or (isinstance(variables, MapNode) and not variables.call)
    ):
        return scope.fail("Fn::Sub needs a string, or a list of a string and an object of variables", where, node.span)
    given = {key: scope.evaluate(entry.value, entry.where) for key, entry in variables.entries.items()} if variables else {}
    alone = _parameter_alone(scope, template, where) if not given else None
    return concatenated(_pieces(scope, template, given), Origin(where, "computed")) if alone is None else alone


def _parameter_alone(scope: TemplateScope, template: ScalarNode, where: Span) -> Known[str] | None:
    """The text of the one parameter that is all of a template: `${Image}` passes it on as `Ref` does, so a report can name its default."""
    one = _VARIABLE.fullmatch(template.text)
    name = "" if one is None else one[1].strip()
    match named(scope, name, where, template.span) if name in scope.parameters else None:
        case Known(str() as text) as value if MARK not in text:
            return value
        case _:
            return None


def _pieces(scope: TemplateScope, template: ScalarNode, given: dict[str, Tree]) -> Iterator[str | Tree]:
    end = 0
    # No variable ends after the last bracket. Searching there would follow each opening bracket to the end of the string.
    for match in _VARIABLE.finditer(template.text, 0, template.text.rfind("}") + 1):
        yield template.text[end : match.start()]
        end = match.end()
        name = match[
            1
        ].strip()  # CloudFormation takes spaces around a name (https://github.com/aws-cloudformation/cfn-lint/issues/236)
        if name.startswith("!"):
            yield f"${{{name[1:]}}}"
        elif name in given:
            yield _in_text(scope, given[name])
        elif not _NAME.fullmatch(name):
            yield scope.fail(f'Fn::Sub does not accept the variable "${{{name}}}": a literal one is written "${{!{name}}}"',
                             template.span, template.span)  # fmt: skip
        elif "." in name and name not in scope.parameters:
            address, _, attribute = name.partition(".")
            yield attribute_of(scope, address, attribute, template.span, template.span)
        else:
            yield _in_text(scope, named(scope, name, template.span, template.span))
    yield template.text[end:]


def _in_text(scope: TemplateScope, value: Tree) -> Tree:
    """A list in a string is its items, separated by commas."""
    match value:
        case Known(list() as items):
            scope.over(items)
            return concatenated(_separated(items, ","), value.origin)
        case _:
            return value


def _separated(items: list[Tree], delimiter: str) -> Iterator[str | Tree]:
    """The items with delimiters between them. Next to an unknown number of items, the delimiter is part of the unknown: there
    may be none."""
    before: Tree | None = None
    for item in items:
        if before is not None and not isinstance(before, Rest) and not isinstance(item, Rest):
            yield delimiter
        yield item.derived(("joined", delimiter)) if isinstance(item, Rest) else item
        before = item


def join(scope: TemplateScope, node: Node, where: Span) -> Tree:
    """`Fn::Join`: `[delimiter, list]`."""
    arguments = scope.arguments("Fn::Join", node, 2, 2)
    if arguments is None:
        return broken(where, node.span)
    delimiter, items = (scope.evaluate(argument, argument.span) for argument in arguments)
    origin = Origin(where, "computed", items.origin.chain)

    def joined_with(delimiter: Tree, items: Tree) -> Tree:
        if isinstance(items, Known) and isinstance(items.value, list):
            scope.over(items.value)
        match delimiter, items:
            case Known(str() | int() | float() as between), Known(list() as members) if all(map(_is_text, members)):
                return _join(scope, text_of(between), members, origin)
            case _:
                return scope.refuse("Fn::Join needs a delimiter and a list of strings", where, node.span)

    return scope.lift("Fn::Join", joined_with, delimiter, items, origin=origin)


def _join(scope: TemplateScope, delimiter: str, members: list[Tree], origin: Origin) -> Tree:
    """An item that may turn out to be no value also removes its delimiter, so each outcome is joined separately."""
    if not delimiter or not any(map(may_be_absent, members)):
        return concatenated(_separated([member for member in members if not isinstance(member, Absent)], delimiter), origin)

    def of_items(items: Tree) -> Tree:
        return _join(scope, delimiter, items.value, origin) if isinstance(items, Known) else items

    return scope.lift("Fn::Join items", of_items, settled(Known(members, origin)), origin=origin)


def _is_text(value: Tree) -> bool:
    return not (isinstance(value, Known) and isinstance(value.value, (list, dict)))


def split(scope: TemplateScope, node: Node, where: Span) -> Tree:
    """`Fn::Split`: `[delimiter, text]`."""
    arguments = scope.arguments("Fn::Split", node, 2, 2)
    if arguments is None:
        return broken(where, node.span)
    delimiter, text = (scope.evaluate(argument, argument.span) for argument in arguments)
    origin = Origin(where, "computed", text.origin.chain, text.origin.references, text.origin.sensitive)

    if isinstance(delimiter, Known) and isinstance(text, Unknown) and not text.alternatives:
        between = text_of(delimiter.value)
        known = _around_ids(text, between, origin) or split_in_part(text, between, origin)
        if known is not None:
            scope.budget.make(EACH_PIECE * len(known))
            return Known(known, origin)

    def pieces(delimiter: Tree, text: Tree) -> Tree:
        match delimiter, text:
            case Known(str() as between), Known(str() | int() | float() as content) if between:
                written = text_of(content)
                scope.budget.make(size(written) + EACH_PIECE * written.count(between))
                return Known([Known(piece, origin) for piece in written.split(between)], origin)
            case _:
                return scope.refuse("Fn::Split needs a delimiter and a string", where, node.span)

    return scope.lift("Fn::Split", pieces, delimiter, text, origin=origin)


def _around_ids(text: Unknown, delimiter: str, origin: Origin) -> list[Tree] | None:
    """The pieces of a text in which only ids are unknown, as of `!Join [",", [!Ref First, !Ref Second]]`. What `Ref` gives for a resource is
    one id, in which there is no comma. None for any other text."""
    if delimiter != "," or len(text.parts) < 2 or not all(isinstance(part, str) or _is_id(part) for part in text.parts):
        return None
    pieces: list[list[str | Tree]] = [[]]
    for part in text.parts:
        if isinstance(part, str):
            first, *others = part.split(delimiter)
            pieces[-1].append(first)
            pieces.extend([each] for each in others)
        else:
            pieces[-1].append(part)
    # The references of each piece are collected again while it is joined.
    return [concatenated(piece, origin._replace(references=())) for piece in pieces]


def _is_id(value: Unknown) -> bool:
    return not value.parts and [each.attribute for each in value.origin.references] == ["Ref"]


def base64_(scope: TemplateScope, node: Node, where: Span) -> Tree:
    """`Fn::Base64`. Its argument stays readable as the origin's document, for the rules about start-up scripts."""
    text = scope.argument(node)
    origin = Origin(where, "computed", text.origin.chain, text.origin.references, text.origin.sensitive, text)

    def encoded(text: Tree) -> Tree:
        match text:
            case Known(str() | int() | float() as content):
                written = text_of(content)
                scope.budget.make(2 * size(written))
                return Known(base64.b64encode(written.encode("utf-8", "surrogatepass")).decode(), origin)
            case _:
                return scope.refuse("Fn::Base64 needs a string", where, node.span)

    return scope.lift("Fn::Base64", encoded, text, origin=origin)


def to_json_string(scope: TemplateScope, node: Node, where: Span) -> Tree:
    """`Fn::ToJsonString`; the origin's document is the tree itself."""
    tree = scope.evaluate(node, node.span)
    return concatenated(_json(tree), Origin(where, "computed", document=tree))


def _json(value: Tree) -> Iterator[str | Tree]:
    match value:
        case Known(dict() as entries):
            written = {key: item for key, item in entries.items() if not isinstance(item, Absent)}
            yield "{"
            for index, (key, item) in enumerate(written.items()):
                yield f"{',' if index else ''}{json.dumps(key, ensure_ascii=False)}:"
                yield from _json(item)
            yield "}"
        case Known(list() as items):
            yield "["
            before: Tree | None = None
            for item in items:
                yield "," if before is not None and not isinstance(before, Rest) and not isinstance(item, Rest) else ""
                yield from _json(item)
                before = item
            yield "]"
        case PartlyMap(entries=entries):
            yield "{"
            for key, item in entries.items():
                yield f"{json.dumps(key, ensure_ascii=False)}:"
                yield from _json(item)
                yield ","
            yield value.derived("entries")
            yield "}"
        case Rest():
            yield value.derived("elements")
        case Known(content):
            # The content is passed as a value, so that its sensitivity and references also apply to the whole string.
            yield Known(json.dumps(content, ensure_ascii=False), value.origin)
        case Unknown():
            yield from ('"', value, '"')
        case Absent():
            yield "null"
