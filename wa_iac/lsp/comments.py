"""The place for a suppression: a comment above the line, or a JSON template's metadata.

Not every line may have a comment above it: in a heredoc, or in a string over several lines, it would be part of the string. So
an edit is tried on the text, and accepted only if it changes nothing but comments; otherwise the resource's header is tried.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import yaml

from wa_iac.core.errors import WaIacError
from wa_iac.core.late_pattern import late
from wa_iac.core.span import Span
from wa_iac.engine.suppressions.written import COMMENT
from wa_iac.parsers.cloudformation.text.documents import parsed
from wa_iac.parsers.cloudformation.text.located import ListNode, MapNode, Node

from .plain import Position, Range, TextEdit
from .positions import Lines

REASON: Final = "<why this is accepted>"
"""A placeholder to be overwritten, which does not count as a reason."""
_COMMENT: Final = late(COMMENT.pattern.encode())
_METADATA: Final = ("Metadata", "wa-iac", "ignore")


def suppression(path: Path, text: bytes, line: int, slug: str, encoding: str) -> TextEdit | None:
    """The edit that suppresses a rule at a line, counted from 0; None if there is no place for it. `text` is UTF-8."""
    content = text.decode("utf-8", "replace")
    if path.name.endswith((".tf", ".tofu")):
        return next((each for each in _above(content, _headers(content, line), slug) if _is_comment(content, each)), None)
    if path.name.endswith(".json") and path.name.endswith((".tf.json", ".tofu.json")):
        return None  # Terraform's JSON has no place for it
    if content.lstrip()[:1] == "{":
        return _in_metadata(text, line, slug, encoding)
    meaning = _meaning(content)
    candidates = _above(content, [line, *_resource_lines(text, line)], slug)
    return next((each for each in candidates if meaning is not None and _meaning(_applied(content, each)) == meaning), None)


def without(text: bytes, slug: Span, encoding: str) -> TextEdit | None:
    """The edit that removes a slug from its comment, or the whole comment if it is the only slug; None outside of comments."""
    start = text.rfind(b"\n", 0, slug.start_byte) + 1
    end = text.find(b"\n", slug.start_byte)
    line = text[start : end if end >= 0 else len(text)].removesuffix(b"\r")
    at = slug.start_byte - start
    comment = next((each for each in _COMMENT.finditer(line) if each.start("slugs") <= at < each.end("slugs")), None)
    if comment is None:
        return None
    named = text[slug.start_byte : slug.end_byte]
    others = [each.strip() for each in comment["slugs"].split(b",") if each.strip() != named]
    first, last = start + comment.start("slugs"), start + comment.end("slugs")
    if not others:
        before = line[: comment.start()].rstrip()
        # A comment alone on its line is removed with the line.
        first = start + len(before) if before else start
        last = start + len(line) if before or end < 0 else end + 1
    places = Lines(text, encoding)
    return TextEdit(Range(places.at(first), places.at(last)), b", ".join(others).decode("utf-8", "replace"))


def _above(content: str, lines: list[int], slug: str) -> Iterator[TextEdit]:
    """A comment above each of some lines, with the line's own indentation."""
    written = content.split("\n")
    for line in lines:
        if line < len(written):
            indent = written[line][: len(written[line]) - len(written[line].lstrip())]
            end = "\r\n" if written[line].endswith("\r") else "\n"
            place = Position(line, 0)
            yield TextEdit(Range(place, place), f"{indent}# wa-iac: ignore[{slug}] {REASON}{end}")


def _applied(content: str, edit: TextEdit) -> str:
    lines = content.split("\n")
    at = edit.range.start.line
    return "\n".join([*lines[:at], edit.new_text.removesuffix("\n"), *lines[at:]])


def _headers(content: str, line: int) -> list[int]:
    """A line of Terraform, and the header of the block around it: the last line before it without indentation."""
    lines = content.split("\n")
    header = next((at for at in range(min(line, len(lines) - 1), -1, -1) if lines[at][:1].isalpha()), None)
    return [line] if header is None else [line, header]


def _is_comment(content: str, edit: TextEdit) -> bool:
    """Whether the edit's line is a comment to HCL."""
    from wa_iac.parsers.terraform.text.syntax import tree_of

    tree = tree_of(_applied(content, edit).encode("utf-8", "replace"))
    at = edit.range.start.line
    column = len(edit.new_text) - len(edit.new_text.lstrip())
    node = tree.root_node.descendant_for_point_range((at, column), (at, column))
    return node is not None and node.type == "comment"


def _meaning(content: str) -> list[tuple[str, object, object]] | None:
    """The content of a YAML text without comments and places; None for a broken one."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return [
            (type(each).__name__, getattr(each, "value", None), getattr(each, "tag", None))
            for each in yaml.parse(content, loader)
        ]
    except yaml.YAMLError:
        return None


def _resource(text: bytes, line: int) -> tuple[int, MapNode] | None:
    """The resource around a line of a template: its name's line, counted from 0, and its content."""
    try:
        document = parsed(text, "")
    except WaIacError:
        return None
    root = document.root if document is not None else None
    resources = root.entries.get("Resources") if isinstance(root, MapNode) else None
    if resources is None or not isinstance(resources.value, MapNode):
        return None
    for entry in resources.value.entries.values():
        if entry.key.start_line - 1 <= line <= entry.value.span.end_line - 1 and isinstance(entry.value, MapNode):
            return entry.key.start_line - 1, entry.value
    return None


def _resource_lines(text: bytes, line: int) -> list[int]:
    found = _resource(text, line)
    return [found[0]] if found is not None else []


def _in_metadata(text: bytes, line: int, slug: str, encoding: str) -> TextEdit | None:
    """An entry in the metadata of the JSON resource around a line, added to existing entries."""
    found = _resource(text, line)
    if found is None:
        return None
    node: Node = found[1]
    value: object = {"rule": slug, "reason": REASON}
    for index, name in enumerate(_METADATA):
        entry = node.entries.get(name) if isinstance(node, MapNode) else None
        if entry is None:
            for each in reversed(_METADATA[index + 1 :]):
                value = {each: [value]} if each == _METADATA[-1] else {each: value}
            value = [value] if name == _METADATA[-1] else value
            member = f"{json.dumps(name)}: {json.dumps(value)}"
            return _first(text, node, member, encoding) if isinstance(node, MapNode) else None
        node = entry.value
    return _first(text, node, json.dumps(value), encoding) if isinstance(node, ListNode) else None


def _first(text: bytes, node: MapNode | ListNode, member: str, encoding: str) -> TextEdit:
    """`member` as the first of a JSON object or list, on its own line if the others are."""
    span = node.span
    start = span.start_byte + 1
    rest = text[start : span.end_byte]
    blank = rest[: len(rest) - len(rest.lstrip())].decode()
    members = node.entries if isinstance(node, MapNode) else node.items
    if not members:
        new = member
    elif "\n" in blank:
        new = f"{blank}{member},"
    else:
        new = f"{member}, "
    place = Lines(text, encoding).at(start)
    return TextEdit(Range(place, place), new)
