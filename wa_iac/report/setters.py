"""Where a flagged value is set: a remedy names that place instead of a line over an expression.

A value may come from the default of a variable or a parameter, from an argument of a module call, from an expression or from a
`dynamic` block. An installed module is not the reader's to change: there it is always an argument of the call.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from wa_iac.core.declared import Declared
from wa_iac.core.finding import Finding
from wa_iac.core.span import Span
from wa_iac.core.value import Known, Step

from .snippets import Code, Language

if TYPE_CHECKING:
    from wa_iac.parsers.terraform.text.nodes import Body, HclBlock

_DEFAULT: Final = re.compile(r'(?:variable|parameter) "(?P<name>[^"]+)"')
_REFERENCE: Final = re.compile(
    r'(?:"\$\{)?(?:var|local|module)\.[\w.-]+(?:\}")?|!Ref\s+[\w:]+|\{\s*"?Ref"?\s*:\s*"?[\w:]+"?\s*\}'
)
_VARIABLE: Final = re.compile(r'(?:"\$\{)?var\.([\w-]+)(?:\}")?')
_COMPUTED: Final = re.compile(
    r"(?<![\w.])(?:var|local|each|count|module)\.\w|\s\?\s|(?<![\w.])(?!jsonencode\b|file\b)[a-z_0-9]+\(|^\[?\s*for\b"
)
"""An expression in HCL other than a literal or a reference to a resource."""
_FUNCTION: Final = re.compile(r'!(?!GetAtt\b)\w+|\{\s*"(?:Ref|Fn::(?!GetAtt)\w+)"')
"""A call of an intrinsic function in a template."""
_ASSIGNED: Final = re.compile(r'"?(?P<name>[\w-]+)"?[ \t]*[=:]\s*(?P<value>\S.*)', re.DOTALL)
_VALUE: Final = re.compile(r'"?\s*[=:][ \t]*(?P<value>\S[^\n]*)')
"""The rest of an argument after its name."""
_NAME: Final = re.compile(r'^\s*(?:- )?"?(?P<name>\w+)"?(?:\s*[={]|:)', re.MULTILINE)
_MARK: Final = re.compile(r"[=:]\s")
_CALLED: Final = re.compile(r'\s*:\s*(?:\{\s*"Ref"\s*:\s*"[^"]*"\s*\}|\{\s*"Fn::\w+"|Ref:\s*\S+|Fn::\w+)')
_FOLLOWING: Final = 300
_LONGEST: Final = 60


def in_place(finding: Finding, declared: Declared, sources: Mapping[str, bytes], code: Code, language: Language) -> list[str]:
    """Sentences on the place where the code of a remedy belongs, if that is not the line of the finding; the last one is the code
    for that place."""
    place = _Place(finding, declared, sources, code, language)
    return place.dynamic() or place.chained() or place.expression() or place.installed() or place.kept()


class _Place:
    def __init__(
        self, finding: Finding, declared: Declared, sources: Mapping[str, bytes], code: Code, language: Language
    ) -> None:
        self._finding = finding
        self._declared = declared
        self._sources = sources
        self._code = code
        self._is_json = language in ("json", "terraform-json")
        self._language = language
        self._names = tuple(found["name"] for found in _NAME.finditer(code.text))

    def dynamic(self) -> list[str]:
        """For a `dynamic` block that contains the place, or that would write the missing block."""
        extent = self._declared.extent
        text = self._sources.get(extent.path, b"")[extent.start_byte : extent.end_byte]
        if self._language != "hcl" or b"dynamic" not in text:
            return []
        from wa_iac.parsers.terraform.text.syntax import read_body

        body, _ = read_body(extent.path, text)
        at = self._finding.span.start_byte - extent.start_byte if self._finding.span.path == extent.path else -1
        for block in _dynamics(body):
            if block.extent.start_byte <= at < block.extent.end_byte or block.labels[0] in self._names:
                line = extent.start_line + block.header.start_line - 1
                source = block.body.attributes.get("for_each")
                value = text[source.value.span.start_byte : source.value.span.end_byte].decode() if source is not None else ""
                elements = f"the elements of its for_each, {value}," if value and len(value) <= _LONGEST else "its for_each"
                name = block.labels[0]
                return self._with(
                    f'A dynamic block writes "{name}" ({extent.path}:{line}): change {elements} or its content, '
                    "so that this results:"
                )
        return []

    def chained(self) -> list[str]:
        """For a value that is set elsewhere."""
        chain = [each for each in self._finding.chain if each.span.path]
        if not chain:
            return []
        last = chain[-1]
        name, value = self._assigned(self._finding.span)
        if name and name not in self._names:
            return []
        direct = self._is_passed_on(value, chain)
        arguments = sum(bool(each.argument) for each in chain)
        default = _DEFAULT.fullmatch(last.default_of)
        if default is not None and self._finding.dialect == "terraform":
            return self._of_variable(default["name"], last.span, arguments, direct=direct)
        if last.argument:
            call = self._call(arguments - 1)
            of = f" of {call.note}" if call is not None else ""
            return self._set(f'argument "{last.argument}"{of}', last.span, last.argument, direct=direct)
        if default is not None:
            return self._set(f"default of {last.default_of}", last.span, "default", direct=direct, more=", or pass that value")
        return self._with(f"The value comes from {_at(last.note, last.span)}. Change it there, so that this results:")

    def expression(self) -> list[str]:
        """For a value that an expression computes, and for an argument that an expression leaves out."""
        span = self._finding.span
        name, value = self._assigned(span) if span != self._declared.span else ("", "")
        if name not in self._names or not self._is_computed(value):
            value, span = self._left_out()
        if not value:
            return []
        variable = _VARIABLE.fullmatch(value)
        if variable is not None:
            return self._of_variable(variable[1], self._variable(variable[1]), 0, direct=True)
        only = self._code.only
        if only is not None:
            return [f"An expression computes the value ({_line(span)}). It must give {only[1]} for `{only[0]}`.", ""]
        return self._with(f"An expression computes the value ({_line(span)}). Change it so that this results:")

    def installed(self) -> list[str]:
        """For a resource of an installed module."""
        call = self._call(0)
        if call is None or not _is_installed(self._declared.span.path):
            return []
        return self._with(
            f"The resource is part of {_at(call.note, call.span)}. Pass an argument that makes it so, if the module has one:"
        )

    def kept(self) -> list[str]:
        """For code that is partly there."""
        for name in self._names:
            there = self._declared.body.value.get(name)
            if isinstance(there, Known) and _has_parts(there.value):
                where = there.origin.span
                if where.path == self._finding.span.path:
                    return self._with(f"{_at(f'`{name}`', where)} exists already: keep its other parts.")
        return [self._code.text]

    def _with(self, sentence: str) -> list[str]:
        return [sentence, self._code.text]

    def _of_variable(self, name: str, default: Span | None, arguments: int, *, direct: bool) -> list[str]:
        """For the default of a variable: of a called module, if there are calls that do not pass it."""
        call = self._call(arguments)
        if call is None:
            return self._set(f'default of variable "{name}"', default, "default", direct=direct, more=", or pass that value")
        if default is not None and not _is_installed(default.path):
            variable = _at(f'variable "{name}"', default)
            more = f", or change the default of {variable}"
        else:
            more = ""
        return self._set(f'argument "{name}" of {call.note}', call.span, name, direct=direct, more=more)

    def _set(self, what: str, span: Span | None, name: str, *, direct: bool, more: str = "") -> list[str]:
        where = _at(what, span)
        only = self._code.only
        if direct and only is not None:
            value = only[1]
            written = f'"{name}": {value}' if self._is_json else f"{name} = {value}"
            if self._finding.dialect == "cloudformation" and not self._is_json:
                written = f"{name.title()}: {value}"
            elif self._finding.dialect == "cloudformation":
                written = f'"{name.title()}": {value}'
            return [f"Set the {where} to {value}{more}:", written]
        if direct:
            return self._with(f"Set the {where}{more}, so that this results:")
        computes = f"An expression computes the value from the {where}."
        if only is not None:
            return [f"{computes} It must give {only[1]} for `{only[0]}`.", ""]
        return self._with(f"{computes} Change one of them, so that this results:")

    def _call(self, inner: int) -> Step | None:
        """A module call through which the resource is reached: the innermost for 0, the one around it for 1. Within an
        installed module it is the one that calls it."""
        calls = self._declared.calls[: len(self._declared.calls) - inner]
        ours = [each for each in calls if not _is_installed(each.span.path)]
        if not calls:
            return None
        return calls[-1] if not _is_installed(calls[-1].span.path) else ours[-1] if ours else None

    def _is_passed_on(self, value: str, chain: list[Step]) -> bool:
        """Whether a value reaches the place as it was set: every step is nothing but a reference, and the last is a literal."""
        *steps, last = chain
        between = [self._assigned(each.span)[1] for each in steps]
        return all(map(_REFERENCE.fullmatch, (value, *between))) and not self._is_computed(self._assigned(last.span)[1])

    def _left_out(self) -> tuple[str, Span]:
        """The expression of an argument that is absent although it is written: its value is null or `AWS::NoValue`."""
        extent = self._declared.extent
        text = self._text(extent)
        for name in self._names if extent.path == self._finding.span.path else ():
            if isinstance(self._declared.body.value.get(name), Known):
                continue
            found = _first_value(name, text)
            value = found["value"].strip().rstrip(",") if found is not None else ""
            if found is not None and self._is_computed(value):
                return value, extent._replace(start_line=extent.start_line + text.count("\n", 0, found.start("value")))
        return "", extent

    def _assigned(self, span: Span) -> tuple[str, str]:
        """The name and the value of the argument at a place; empty if the place is no argument."""
        text = self._text(span)
        if self._finding.dialect == "cloudformation" and not _MARK.search(text):
            # Only the key of a call over several lines is marked.
            following = span._replace(start_byte=span.end_byte, end_byte=span.end_byte + _FOLLOWING)
            call = _CALLED.match(self._text(following))
            text += call[0] if call is not None else ""
        found = _ASSIGNED.fullmatch(text)
        return (found["name"], found["value"].strip()) if found is not None else ("", "")

    def _is_computed(self, value: str) -> bool:
        if self._finding.dialect == "cloudformation":
            return _FUNCTION.match(value) is not None
        return not value.startswith(("{", "<<", "jsonencode(")) and _COMPUTED.search(value) is not None

    def _text(self, span: Span) -> str:
        return self._sources.get(span.path, b"")[span.start_byte : span.end_byte].decode("utf-8", "replace")

    def _variable(self, name: str) -> Span | None:
        """The block of a variable of the resource's module."""
        here = PurePath(self._declared.span.path).parent
        wanted = re.compile(rf'^variable\s+"{re.escape(name)}"', re.MULTILINE)
        for path, data in self._sources.items():
            if PurePath(path).parent == here and (found := wanted.search(data.decode("utf-8", "replace"))) is not None:
                line = found.string.count("\n", 0, found.start()) + 1
                return Span(path, line, 1, line, 1)
        return None


def _first_value(name: str, text: str) -> re.Match[str] | None:
    """The first value of a name that begins a line. A pattern for each name would cost more than the rest."""
    at = text.find(name)
    while at >= 0:
        before = text[text.rfind("\n", 0, at) + 1 : at].removesuffix('"')
        found = None if before.strip() else _VALUE.match(text, at + len(name))
        if found is not None:
            return found
        at = text.find(name, at + 1)
    return None


def _has_parts(value: object) -> bool:
    """Whether a value is an object, or a list of objects."""
    if isinstance(value, list):
        return any(isinstance(each, Known) and isinstance(each.value, dict) for each in value)
    return isinstance(value, dict) and bool(value)


def _dynamics(body: Body) -> Iterator[HclBlock]:
    """The `dynamic` blocks, the outer ones first."""
    for block in body.blocks:
        if block.type == "dynamic" and block.labels:
            yield block
        yield from _dynamics(block.body)


def _is_installed(path: str) -> bool:
    """Whether a file belongs to a module that Terraform has installed."""
    return any(part.startswith(".") and part.strip(".") for part in PurePath(path).parts)


def _at(what: str, span: Span | None) -> str:
    return what if span is None or not span.path else f"{what} ({_line(span)})"


def _line(span: Span) -> str:
    return f"{span.path}:{span.start_line}"
