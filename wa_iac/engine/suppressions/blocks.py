"""The blocks and lines around a place, as other analyzers' suppressions need them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from wa_iac.core.declared import Declared, Unit
from wa_iac.core.span import Span

if TYPE_CHECKING:
    from tree_sitter import Node


class Line(NamedTuple):
    """The first line of a block or an attribute. `arguments` are the literal arguments of a block; None for an attribute."""

    number: int
    arguments: tuple[tuple[str, str], ...] | None


class Around(NamedTuple):
    """The block around a place, of the outermost level of its file.

    Attributes:
        kind: `resource`, `data`, `module`, ...; in a template always `resource`.
        types: the first label of the block; in a template, the types of the resource, also that of a transform.
        lines: those of the blocks and attributes around the place, the outermost last. Elements of a value are none of these.
    """

    kind: str
    types: frozenset[str]
    path: str
    first: int
    last: int
    lines: tuple[Line, ...]


class Configurations:
    """The blocks in the files of a Terraform configuration."""

    def __init__(self, sources: Mapping[str, bytes]) -> None:
        self._sources = sources
        self._roots: dict[str, Any] = {}

    def around(self, span: Span) -> Around | None:
        """The block around a place; None outside of blocks, and in files that are not in HashiCorp's language."""
        found: list[Node] = []
        node = self._root(span.path)
        node = node and node.descendant_for_byte_range(span.start_byte, span.start_byte + 1)
        while node is not None:
            if node.type in ("block", "attribute"):
                found.append(node)
            node = node.parent
        if not found or found[-1].type != "block":
            return None
        top = found[-1]
        labels = [_text(each) for each in top.named_children if each.type in ("identifier", "string_lit")]
        return Around(
            kind=labels[0],
            types=frozenset(labels[1:2]),
            path=span.path,
            first=top.start_point[0] + 1,
            last=top.end_point[0] + 1,
            lines=tuple(Line(each.start_point[0] + 1, _literals(each) if each.type == "block" else None) for each in found),
        )

    def _root(self, path: str) -> Node | None:
        if path not in self._roots:
            source = self._sources.get(path)
            self._roots[path] = None
            if source is not None and path.endswith((".tf", ".tofu")):
                from wa_iac.parsers.terraform.text.syntax import tree_of

                self._roots[path] = tree_of(source).root_node
        root: Node | None = self._roots[path]
        return root


def _text(node: Node) -> str:
    return (node.text or b"").decode("utf-8", "replace").strip('"')


def _literals(block: Node) -> tuple[tuple[str, str], ...]:
    """The arguments of a block that are literals, as texts."""
    body = next((each for each in block.named_children if each.type == "body"), None)
    found = []
    for each in body.named_children if body is not None else ():
        if each.type == "attribute" and len(each.named_children) == 2:
            name, value = each.named_children
            if "${" not in _text(value):
                found.append((_text(name), _text(value)))
    return tuple(found)


class Templates:
    """The resources in the files of CloudFormation templates."""

    def __init__(self, unit: Unit) -> None:
        self._sources = unit.sources
        self._lines: dict[str, Sequence[str]] = {}
        self._resources: dict[str, list[tuple[int, int, Declared]]] = {}
        self._types: dict[tuple[str, int], set[str]] = {}
        for each in unit.declared:
            if each.kind == "resource":
                self._resources.setdefault(each.extent.path, []).append((each.extent.start_line, each.extent.end_line, each))
                # A transform makes several resources of one that is written.
                types = self._types.setdefault((each.extent.path, each.extent.start_line), set())
                types |= {each.type, each.made_from}
        self._ends: dict[str, list[int]] = {}
        for path, resources in self._resources.items():
            resources.sort(key=itemgetter(0))
            self._ends[path] = list(accumulate((end for _, end, _ in resources), max))

    def around(self, span: Span) -> Around | None:
        """The resource around a place; None elsewhere."""
        found = self._resources.get(span.path, [])
        at = bisect_right(found, span.start_line, key=itemgetter(0)) - 1
        while at >= 0 and self._ends[span.path][at] >= span.start_line:
            first, last, declared = found[at]
            if last >= span.start_line:
                lines = {span.start_line, self._begin(declared.span), self._begin(declared.extent)}
                types = frozenset(self._types[span.path, first])
                return Around("resource", types, span.path, first, last, tuple(Line(each, None) for each in sorted(lines)))
            at -= 1
        return None

    def _begin(self, span: Span) -> int:
        """The line before the first one of a resource's body, or of its own line if the body begins there.

        Trivy counts this as the resource's line: between the logical id and its first key there may be comments.
        """
        if span.path not in self._lines:
            self._lines[span.path] = self._sources.get(span.path, b"").decode("utf-8", "replace").splitlines()
        lines = self._lines[span.path]
        if not 1 <= span.start_line <= len(lines) or not lines[span.start_line - 1].partition(" #")[0].rstrip().endswith(":"):
            return span.start_line
        at = span.start_line
        while at < len(lines) and (not lines[at].strip() or lines[at].lstrip().startswith("#")):
            at += 1
        return at
