"""Expressions of HashiCorp's language at random: every function and operator, over values that they may not expect."""

from __future__ import annotations

from random import Random
from typing import Final

from wa_iac.parsers.terraform.evaluation.functions.base import FUNCTIONS

_NAMES: Final = sorted(
    {*FUNCTIONS, "try", "can", "templatefile", "templatestring", "nonsensitive", "issensitive", "timestamp", "nothing"}
)
_LEAVES: Final = (
    "null", "true", "false", '""', '"a"', '"é\\U0001F600"', '"\\ud800"', "0", "-1", "1", "0.1", "1e300", "-1e399", "1e999", '"1e400"', '"0x1F"', '"²"',
    '"10.0.0.0/8"', '"::/0"', '"2020-01-01T00:00:00Z"', '"99999999999h"', '"YYYY-MM-DD"', '"%s %9d %-5v %% %[9]q"', '"%.99999999f"', '"%99999999d"',
    '"aGVsbG8="', '"/(a|b)*/"', '"("', '"(a+)+$"', '"{"', '"[1, {\\"a\\": 1e999}]"', '"a: &a [*a]"', '"a,b\\n1,2"', '"../../x"', '"/etc/passwd"', '"**/*"',
    '"**/{a,b}[!c]?"', "[]", "{}", "[null]", '[1, "a", true]', "[[1], [2]]", "{ a = 1, b = null }", '[{ a = 1 }, { a = "x" }]', "toset([1, 2])", "99999999999",
    "var.env", "var.zones", "var.secret", "var.o", "var.o.b", "local.names", "local.days", "local.x0", "local.x1", "local.x2", "each.key", "count.index",
    "path.module", "path.root", "path.cwd", "terraform.workspace", "aws_s3_bucket.b", 'aws_s3_bucket.b["x"].arn', "data.aws_iam_policy_document.d.json",
    "module.m[0].u", "module.m[*].u", "nope.x", "self", "range(3)", "range(100000)", 'join(",", range(1000))', '"${"x"}"', "<<EOT\nx${var.env}\nEOT\n",
)  # fmt: skip
_OPERATORS: Final = ("+", "-", "*", "/", "%", "==", "!=", "<", ">=", "&&", "||")


def expression(random: Random, depth: int = 0) -> str:
    """An expression; not necessarily one that means something."""
    if depth > 4 or random.random() < 0.25 + 0.12 * depth:
        return random.choice(_LEAVES)

    def inner() -> str:
        return expression(random, depth + 1)

    match random.randrange(14):
        case 0 | 1 | 2 | 3 | 4:
            given = ", ".join(inner() for _ in range(random.choice((0, 1, 1, 2, 2, 2, 3, 4))))
            return f"{random.choice(_NAMES)}({given}{'...' if given and random.random() < 0.15 else ''})"
        case 5:
            return f"({inner()} {random.choice(_OPERATORS)} {inner()})"
        case 6:
            return f"({inner()} ? {inner()} : {inner()})"
        case 7:
            return f"({inner()})[{inner()}]"
        case 8:
            return f"({inner()}){random.choice(('[*]', '.*.a', '.a', '[*].a.b', '[0][1]'))}"
        case 9:
            return f"[for k, v in {inner()} : {inner()} if {inner()}]"
        case 10:
            return f"{{ for k, v in {inner()} : k => {inner()}{random.choice(('', '...'))} }}"
        case 11:
            return f'"x%{{ for v in {inner()} }}${{v}}%{{ endfor }}${{{inner()}}}"'
        case 12:
            return f"[{inner()}, {inner()}]"
        case _:
            return f"{{ a = {inner()}, (v) = {inner()} }}"
