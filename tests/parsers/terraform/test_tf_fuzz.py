"""Expressions of every function and operator over odd values: whatever they are, a value comes out, or an error of a known kind."""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wa_iac.core.budget import Budget, entered
from wa_iac.core.paths import Scan
from wa_iac.core.reasons import Said
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Unknown
from wa_iac.parsers.terraform.evaluation.expressions import evaluate, settled
from wa_iac.parsers.terraform.evaluation.functions.base import FUNCTIONS
from wa_iac.parsers.terraform.evaluation.scope import Scope
from wa_iac.parsers.terraform.evaluation.unit import Blocked, Exhausted, Failure, Run
from wa_iac.parsers.terraform.text.syntax import read_body

_NAMES = sorted(
    {*FUNCTIONS, "try", "can", "templatefile", "templatestring", "nonsensitive", "issensitive", "timestamp", "nothing"}
)
_ODD = (
    "null", "true", "false", '""', '"a"', '"é\\U0001F600"', '"\\ud800"', "0", "-1", "1", "0.1", "1e300", "-1e399", "1e999", "1e-390",
    '"1e400"', '"0x1F"', '"²"', '"--5"', '"10.0.0.0/8"', '"::/0"', '"2020-01-01T00:00:00Z"', '"9999-12-31T23:59:59Z"',
    '"99999999999h"', '"-1.5h"', '"YYYY-MM-DD"', '"%s %9d %-5v %% %[9]q"', '"%.f %b %x %e"', '"aGVsbG8="', '"/(a|b)*/"', '"("', '"{"',
    '"[1, {\\"a\\": 1e999}]"', '"a: &a [*a]"', '"a,b\\n1,2"', '"a\\u0000b"', '"utf-16"', '"rot13"', '"../x"', '"**/{a,b}[!c]?"',
    "[]", "{}", "[null]", "[1, \"a\", true]", "[[1], [2]]", "{ a = 1, b = null }", "[{ a = 1 }, { a = \"x\" }]", "toset([1, 2])",
    "u", "[u]", "{ a = u }", "\"x${u}\"", "m", "b", "[b]", "b ? 1 : null", "b ? [1] : [2, 3]", "b ? {} : 1", "u.x", "u[0]", "nope",
    "[for x in u : x]", "{ for k, v in { a = 1 } : k => v }", "range(3)",
)  # fmt: skip
"""Contents that functions do not expect: `u` is unknown, `m` an unknown that refers to a resource, `b` is true or false."""


def _calls(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    arguments = st.lists(inner, max_size=4)
    return st.one_of(
        st.builds(
            lambda name, given, spread: f"{name}({', '.join(given)}{'...' if spread and given else ''})",
            st.sampled_from(_NAMES),
            arguments,
            st.booleans(),
        ),
        st.builds(
            "({} {} {})".format, inner, st.sampled_from(("+", "-", "*", "/", "%", "==", "!=", "<", ">=", "&&", "||")), inner
        ),
        st.builds("({} ? {} : {})".format, inner, inner, inner),
        st.builds("({})[{}]".format, inner, inner),
        st.builds("({})[*]".format, inner),
        st.builds("-({})".format, inner),
        st.builds("!({})".format, inner),
        st.builds("[for k, v in {} : {} if {}]".format, inner, inner, inner),
        st.builds('"x%{{ for v in {} }}${{v}}%{{ endfor }}${{{}}}"'.format, inner, inner),
    )


_EXPRESSIONS = st.recursive(st.sampled_from(_ODD), _calls, max_leaves=6)
_SPAN = Span("main.tf", 1, 1, 1, 2)


def _scope(run: Run) -> Scope:
    boolean = read_body("main.tf", b"x = u == 1")[0].attributes["x"].value
    names = {
        "u": Unknown(Said("it is not given"), ("u",)),
        "m": Unknown(Said("known after apply"), ("attr", "aws_s3_bucket.b", "arn")),
    }
    names["b"] = settled(boolean, Scope(run, None, names), _SPAN)  # type: ignore[assignment]
    return Scope(run, None, names)


@settings(
    max_examples=int(os.environ.get("WA_IAC_FUZZ", "400")),
    derandomize="WA_IAC_FUZZ" not in os.environ,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
)
@given(_EXPRESSIONS)
def test_no_expression_raises_anything_but_what_expressions_may_raise(expression: str) -> None:
    with entered(Budget()):
        body, _ = read_body("main.tf", f"x = {expression}\n".encode())
        attribute = body.attributes.get("x")
        if attribute is None:
            return
        here = Path(__file__).parent
        run = Run(Scan(here), here)
        try:
            value = evaluate(attribute.value, _scope(run))
        except (Failure, Exhausted, Blocked):
            value = settled(attribute.value, _scope(run), _SPAN)
        assert isinstance(value, Known | Unknown | Absent)
        assert hash(value) == hash(value)
