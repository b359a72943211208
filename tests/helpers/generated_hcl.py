"""Expressions of HashiCorp's language as hypothesis makes them, and what HashiCorp's own library makes of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from typing import Final, TypeAlias, TypeVar

import pygohcl

T = TypeVar("T")
Pick: TypeAlias = Callable[[Sequence[str]], str]

VARIABLE: Final = {
    "l": [1, "two", 3],
    "m": {"a": 1, "b": "two", "a-b": 3, "0": "zero"},
    "o": [{"k": 1, "n": [1, 2]}, {"k": 2, "n": [3]}],
    "s": "text",
    "n": 2,
    "t": True,
    "z": None,
    "e": [],
}
"""What `var.x` is."""


class Rejected(Exception):  # noqa: N818 - the answer to a question
    """It is no HCL, or it is an error when it is evaluated: `parsed` says which."""

    def __init__(self, why: str, *, parsed: bool) -> None:
        super().__init__(why)
        self.parsed = parsed


def evaluated(expression: str) -> object:
    """What HashiCorp's library makes of an expression. Raises Rejected."""
    try:
        if set(pygohcl.loads(f"x = {expression}\ny = 1\n")) != {"x", "y"}:
            raise Rejected("it is more than one attribute", parsed=False)
    except pygohcl.HCLParseError as error:
        raise Rejected(str(error), parsed=False) from error
    except pygohcl.HCLInternalError:
        pass  # the expression was parsed; its value is no matter here
    value = f"[for var in [{{ x = {json.dumps(VARIABLE)} }}] : [\n{expression}\n]][0]"
    try:
        pygohcl.eval_var_condition("false", "${jsonencode(var.value)}", "value", value)
    except pygohcl.ValidationError as error:
        text = str(error)
        if text.startswith("cannot process"):
            raise Rejected(text, parsed=True) from error
        return json.loads(text, parse_float=Decimal, parse_int=Decimal)[0]
    raise AssertionError("a condition that is false does not fail")


_SPACE: Final = ("", "", " ", " ", " ", "\t", "  ", " /* c */ ", "/**/", "/* } ] ) */")
_LINES: Final = ("", "", "", " ", " ", "\n", "\r\n", "\n\n  ", " # c ) ] }\n", " // c\n", "/* c\n */", "\n# ${c\n")
_NUMBERS: Final = (
    "1", "2", "42", "1.5", "0.50", "1e1", "1E2", "1e+1", "2e-1", "1.5e2", "1.25E-1", "0.1e1", "100e-2", "1.0", "007", "1e0",
    "12345678901234567890", "3.0e0", "10e01",
)  # fmt: skip
_WORDS: Final = ("a", "b", "k", "e1", "for_1", "if", "in", "null", "true", "endif", "é", "a-b", "x_")
_LITERALS: Final = (
    "a", "b c", " ", "  ", "é", "\\n", "\\t", "\\r", '\\"', "\\\\", "\\u00e9", "\\U0001F600", "$", "$$", "%", "%%", "$${", "%%{", "{", "}",
    "#", "//", "~", "'", "/*", "$a", "%a", "\\\\n", "\\n\\n", " \\n ", "\\t \\r\\n", "<<E", "[0]", "e1", "-1e1", "$$$", "\u00a0", "\\u00a0", "\\u2028",
    "e\\u0301",
)  # fmt: skip
_HEREDOC_LITERALS: Final = (
    "a", "b c", " ", "  ", "\t", "é", "\\n", '"', '\\"', "\\\\", "\\u00e9", "$", "$$", "%", "%%", "$${", "%%{", "{", "}", "#", "//", "~", "'",
    "/* c */", "\n", "\n", "\n", "\n  ", "\n    ", "\n\t", "\n\n", "  \n", "E ", " E2", "\r\n", "$$$", "\u00a0",
)  # fmt: skip
_PATHS: Final = (
    "var.x.s", "var.x.n", "var.x.t", "var.x.l", "var.x.l[0]", "var.x.l.0", "var.x.l.1", "var.x.m", "var.x.m.a", 'var.x.m["a"]',
    "var.x.m.a-b", 'var.x.m["0"]', "var.x.m.0", "var.x.o[*].k", "var.x.o.*.k", 'var.x.o[*]["k"]', "var.x.o.*.n[0]", "var.x.o[*].n[0]",
    "var.x.o.*.n.0", "var.x.o.0.k", "var.x.o[0].n.1", "var.x.z", "var.x.z[*]", "var.x.z.*.k", "var.x.e[*].k", "var.x.m[*].a", "var.x.s[*]",
    "var.x.l[var.x.n]", "var.x.l[-1 + 1]", "var . x . s", "var.x.o[*].n[*]", "var.x.l[1e0]", 'var.x.l["0"]',
    "var.x.o[*].n.0", 'var.x.o[ 0 ] ["k"]', 'var.x.m ["a"]', "var.x.l . 0", "var.x.n", "var.x.t",
)  # fmt: skip
_OPERATORS: Final = ("+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "&&", "||")
_STEPS: Final = (
    "[0]", ".0", "[*]", ".*", ".a", '["a"]', "[*].k", ".*.k", "[0][0]", ".a.b", "[*][0]", ".*[0]", " [0]", "[\n0\n]", ".k[*]",
)  # fmt: skip
_CONDITIONS: Final = ("true", "false", "var.x.t", "1 > 2", "! var.x.t")
_MARKS: Final = ("<<E\n", "<<-E\n", "<<-E\r\n", "<<E-F_1\n", "<<-E-F_1\n")
_SMALLEST: Final = ("number", "number", "path", "path", "path", "text", "constant")
_COMPOUND: Final = (
    "text", "text", "text", "parentheses", "parentheses", "tuple", "object", "binary", "binary", "chain", "unary", "conditional", "steps", "for", "for",
    "call", "heredoc", "heredoc", "heredoc",
)  # fmt: skip


class Writer:
    """Writes expressions; `pick` chooses among texts."""

    def __init__(self, pick: Pick) -> None:
        self._pick = pick

    def text(self) -> str:
        """What may stand in a file for `templatefile`, or in a text of the form in JSON; what is in braces is one line."""
        return self._template(_HEREDOC_LITERALS, 1)

    def _some(self, most: int, make: Callable[[], str]) -> list[str]:
        return [make() for _ in range(int(self._pick([str(each) for each in range(most + 1)])))]

    def _space(self) -> str:
        return self._pick(_SPACE)

    def _lines(self) -> str:
        return self._pick(_LINES)

    def _opening(self) -> str:
        return f"{self._pick(('', '', '~'))}{self._space()}"

    def _closing(self) -> str:
        return f"{self._space()}{self._pick(('', '', '~'))}}}"

    def expression(self, depth: int = 3) -> str:
        """An expression that may stand anywhere in a line."""
        kind = self._pick(_COMPOUND) if depth > 0 else self._pick(_SMALLEST)
        space, lines, inner = self._space, self._lines, partial(self.expression, depth - 1)
        text = partial(self._quoted, depth)
        match kind:
            case "number":
                return self._pick(_NUMBERS)
            case "path":
                return self._pick(_PATHS)
            case "constant":
                return self._pick(("true", "false", "null", '""', "[]", "{}"))
            case "text":
                return text()
            case "parentheses" | "heredoc":
                content = self._heredoc(depth) if kind == "heredoc" else inner()
                return f"({lines()}{content}{lines()})"
            case "tuple":
                parts = self._some(3, lambda: self._bracketed(depth))
                return f"[{lines()}{f'{lines()},{lines()}'.join(parts)}{self._pick(('', ',', ' ,', ',' + chr(10))) if parts else ''}{lines()}]"
            case "object":
                parts = self._some(3, lambda: f"{self._key(depth)}{self._pick((' = ', '=', ' : ', ':', ' =', '= '))}{inner()}")
                between = self._pick((", ", ",", "\n", ",\n", " # c\n", "\r\n", " , "))
                return f"{{{lines()}{between.join(parts)}{self._pick(('', ',', chr(10), ',' + chr(10))) if parts else ''}{space()}}}"
            case "binary":
                return f"{inner()}{space()}{self._pick(_OPERATORS)}{space()}{inner()}"
            case "chain":
                return f"{inner()} {self._pick(_OPERATORS)} {inner()} {self._pick(_OPERATORS)} {inner()}"
            case "unary":
                return f"{self._pick(('-', '!', '- ', '--', '!!', '-!', '! '))}{inner()}"
            case "conditional":
                if self._pick(("line", "lines")) == "line":
                    return f"{inner()}{space()}?{space()}{text()}{space()}:{space()}{text()}"
                return f"({inner()}{lines()}?{lines()}{text()}{lines()}:{lines()}{text()})"
            case "steps":
                return f"({inner()}){self._pick(_STEPS)}" if self._pick(("(", "")) else f"{inner()}{self._pick(_STEPS)}"
            case "for":
                return self._for(depth)
            case _:
                return self._call(depth)

    def _quoted(self, depth: int) -> str:
        return f'"{self._template(_LITERALS, depth)}"'

    def _bracketed(self, depth: int) -> str:
        """An expression within brackets: a heredoc ends in a newline, which means nothing there."""
        return self._heredoc(depth) if self._pick(("", "", "", "heredoc")) else self.expression(depth - 1)

    def _key(self, depth: int) -> str:
        return self._pick((
            self._pick(_WORDS), self._pick(_WORDS), '"1"', '"${var.x.s}"', '"a${1}"', f"({self._pick(_LINES)}{self.expression(depth - 2)})",
            self._pick(("1", "2", "1.5", "1e1")), "var.x.s", "(var.x.s)",
        ))  # fmt: skip

    def _for(self, depth: int) -> str:
        lines = self._lines
        intro = f"{lines()}for {self._pick(('v', 'k, v', 'k , v', 'k,v'))} in {self._pick(('var.x.l', 'var.x.m', '[1, 2]', '{ a = 1 }', '[[1], [2]]'))}"
        condition = self._pick(("", "", " if v != 1", " if true", "\nif v == 1", " if ! (v == 1)"))
        if self._pick(("list", "object")) == "list":
            return f"[{intro}{self._pick(_SPACE)}:{lines()}{self._bracketed(depth)}{condition}{lines()}]"
        key = self._pick(("v", '"${v}"', '"k"', "jsonencode(v)"))
        return f"{{{intro} : {key}{self._pick(_SPACE)}=>{self._pick(_SPACE)}{self.expression(depth - 1)}{self._pick(('', '', '...', ' ...'))}{condition}{lines()}}}"

    def _call(self, depth: int) -> str:
        lines = self._lines
        match self._pick(("one", "spread", "two")):
            case "one":
                return f"{self._pick(('jsonencode', 'can'))}({lines()}{self._bracketed(depth)}{lines()}{self._pick((')', ',)', ', )', chr(10) + ')'))}"
            case "spread":
                return f"jsonencode([{self._bracketed(depth)}]...)"
            case _:
                return f"element({lines()}{self._pick(('var.x.l', '[1, 2]'))}{lines()},{lines()}{self._pick(('0', '1', '5', '1e0'))}{lines()})"

    def _template(self, literals: Sequence[str], depth: int, nested: int = 2) -> str:
        """What stands in a quoted text or a heredoc: literals, interpolations and directives."""
        return "".join(self._some(4, lambda: self._piece(literals, depth, nested)))

    def _piece(self, literals: Sequence[str], depth: int, nested: int) -> str:
        kind = self._pick(("text", "text", "text", "value", "value", "if", "for"))
        if kind == "text" or (kind in ("if", "for") and not nested):
            return self._pick(literals)
        opening, closing, body = self._opening, self._closing, partial(self._template, literals, depth, nested - 1)
        if kind == "value":
            return f"${{{opening()}{self.expression(min(depth - 1, 1))}{closing()}"
        if kind == "if":
            middle = self._pick(("", f"%{{{opening()}else{closing()}{body()}"))
            return f"%{{{opening()}if {self._pick(_CONDITIONS)}{closing()}{body()}{middle}%{{{opening()}endif{closing()}"
        over = self._pick(("var.x.l", "var.x.e", "[1, 2]", "var.x.m", "[]"))
        text = f"%{{{opening()}for {self._pick(('v', 'k, v', 'k,v'))} in {over}{closing()}{body()}"
        return f"{text}{self._pick(('${v}', ' ${v}', '${~ v ~}', ''))}{body()}%{{{opening()}endfor{closing()}"

    def _heredoc(self, depth: int) -> str:
        mark = self._pick(_MARKS)
        indent = self._pick(("", "", "  ", "\t", "      "))
        name = mark.strip().lstrip("<-")
        body = self._pick(("", "  ", "\t", "    ")) + self._template(_HEREDOC_LITERALS, depth)
        return f"{mark}{body}{'' if not body or body.endswith(chr(10)) else chr(10)}{indent}{name}\n"
