"""Expressions: source text in, value out."""

from __future__ import annotations

import pytest

from helpers.terraform import Evaluate, alternatives, known, unknown
from wa_iac.core.algebra import same
from wa_iac.core.value import Absent, Reference, Unknown

V = 'variable "u" {}\nvariable "v" {}\nvariable "b" { type = bool }\n'


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("1", 1),
        ("1.5e3", 1500),
        ("2.5", 2.5),
        ("true", True),
        ('"a"', "a"),
        ('""', ""),
        (r'"a\nb\t\"c\" \u00e9 \\ $${x} %%{y}"', 'a\nb\t"c" é \\ ${x} %{y}'),
        ('"${1}-${true}-${"x"}"', "1-true-x"),
        ('"${1 + 1}"', 2),
        ('"a ${~ 1 ~} b"', "a1b"),
        ('"%{ if true }yes%{ else }no%{ endif }"', "yes"),
        ('"%{ for i, x in ["a", "b"] }${i}${x},%{ endfor }"', "0a,1b,"),
        ("[1, [2], {}]", [1, [2], {}]),
        ('{ a = 1, "b" : 2, (lower("C")) = 3, "${"d"}e" = 4 }', {"a": 1, "b": 2, "c": 3, "de": 4}),
        ("1 + 2 * 3 - 4 / 2", 5),
        ("7 / 2", 3.5),
        ("-7 % 3", -1),
        ("-(1 + 2)", -3),
        ("!true || 1 < 2 && 2 >= 2", True),
        ("1 == 1 && 1 != 2", True),
        ('"1" == 1', False),
        ("[1, 2] == [1, 2]", True),
        ("null == null", True),
        ("true ? 1 : 2", 1),
        ("false ? 1 : true ? 2 : 3", 2),
        ("false ? 1 : false ? 2 : false ? 3 : 4", 4),
        ("true ? false ? 1 : 2 : 3", 2),
        ("[for x in [1, 2, 3] : x * 2 if x != 2]", [2, 6]),
        ("[for i, x in [5, 6] : i]", [0, 1]),
        ("{ for k, v in { a = 1, b = 2 } : upper(k) => v if v > 1 }", {"B": 2}),
        ('{ for x in ["a1", "a2", "b1"] : substr(x, 0, 1) => x... }', {"a": ["a1", "a2"], "b": ["b1"]}),
        ("[1, 2, 3][1]", 2),
        ("{ a = { b = [7] } }.a.b[0]", 7),
        ('{ a = 1 }["a"]', 1),
        ("[[1, 2], [3]][0].1", 2),
        ("[{ a = 1 }, { a = 2 }][*].a", [1, 2]),
        ("[{ a = 1 }, { a = 2 }].*.a", [1, 2]),
        ("{ a = 1 }[*].a", [1]),
        ("null[*]", []),
        ("(1 + 2) * 3", 9),
        ("max([1, 5, 3]...)", 5),
        ("try({}.a, 2)", 2),
        ("try([1][5], {}.x, 3)", 3),
        ("can({}.a)", False),
        ("can(1)", True),
        ("path.module", "."),
        ("path.root", "."),
        ("basename(path.module)", "."),
        ('basename("a/b/")', "b"),
    ],
)
def test_known(value: Evaluate, expression: str, expected: object) -> None:
    assert known(value(expression)) == expected


def test_null(value: Evaluate) -> None:
    assert isinstance(value("null"), Absent)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<<EOT\nhello\n  world\nEOT", "hello\n  world\n"),
        ("<<-EOT\n    hello ${1}\n      world\n\n    EOT", "hello 1\n  world\n\n"),
        ("<<-EOT\n    # ${~ 1 }\n    $${x} \\n\n    EOT", "#1\n${x} \\n\n"),
        ("<<-EOT\n  %{ if false }\n  a\n  %{ else }\n  b\n  %{ endif }\n  EOT", "\nb\n\n"),
        ("<<EOT\n%{ for x in [1, 2] ~}\n- ${x}\n%{ endfor ~}\nEOT", "- 1\n- 2\n"),
        ("<<EOT\nEOT", ""),
    ],
)
def test_heredocs(value: Evaluate, source: str, expected: str) -> None:
    assert known(value(source)) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("false && var.u", False),
        ("var.u && false", False),
        ("true || var.u", True),
        ("var.u || true", True),
        ("var.u == var.u", True),
        ("var.u != var.u", False),
        ("var.b ? 1 : 1", 1),
        ("length([var.u, var.v])", 2),
        ("keys({ a = var.u })", ["a"]),
        ("{ a = var.u, b = 2 }.b", 2),
        ('contains(["a", var.u], "a")', True),
        ("r.other.id == null", False),
        ('r.other.arn == ""', False),
        ('"x-${var.u}" == ""', False),
    ],
)
def test_known_in_spite_of_unknown_parts(value: Evaluate, expression: str, expected: object) -> None:
    assert known(value(expression, f'{V}\nresource "r" "other" {{}}')) == expected


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("var.u", "var.u has no default"),
        ("var.u + 1", "var.u has no default"),
        ("var.u == 1", "var.u has no default"),
        ("true && var.u", "var.u has no default"),
        ("concat([], var.u)", "var.u has no default"),
        ("merge({}, var.u)", "var.u has no default"),
        ("coalesce(var.u, 1)", "var.u has no default"),
        ("[for x in var.u : x]", "var.u has no default"),
        ("var.u.a[0].b", "var.u has no default"),
        ("var.u[*].a", "var.u has no default"),
        ('"${var.u}-x"', "var.u has no default"),
        ("no_such(1)", 'it cannot be evaluated: there is no function "no_such"'),
        ("provider::x::arn_parse(1)", 'the function "provider::x::arn_parse" is not evaluated'),
        ("timestamp()", 'the result of "timestamp" changes with every run'),
        ("{}.a", 'it cannot be evaluated: there is no attribute "a"'),
        ("[][0]", "it cannot be evaluated: there is no element 0"),
        ("1 / 0", "it cannot be evaluated: division by zero"),
        ("lower()", 'it cannot be evaluated: the function "lower" needs 1 argument'),
        ("lower(1, 2, 3)", 'it cannot be evaluated: the function "lower" needs 1 argument'),
        ("var.none", 'it cannot be evaluated: there is no variable "none"'),
        ("nothing", "it cannot be evaluated: the name is not complete"),
        ("aws_x.y.id", "it cannot be evaluated: there is no resource aws_x.y"),
        ("each.key", 'it cannot be evaluated: "each" has no meaning here'),
    ],
)
def test_unknown(value: Evaluate, expression: str, why: str) -> None:
    assert unknown(value(expression, V)).why == why


def test_the_parts_of_a_string_are_kept(value: Evaluate) -> None:
    tree = unknown(value('"arn:${var.u}:${1}/*"', V))
    assert [part if isinstance(part, str) else part.why for part in tree.parts] == ["arn:", "var.u has no default", ":1/*"]


def test_an_undecided_condition_lists_both_outcomes(value: Evaluate) -> None:
    assert alternatives(value("var.b ? 1 : 2", V)) == [("var.b is true", 1), ("var.b is false", 2)]
    assert alternatives(value("!var.b ? 1 : 2", V)) == [("var.b is true", 2), ("var.b is false", 1)]
    assert alternatives(value("(var.b ? 3 : 1) * 2", V)) == [("var.b is true", 6), ("var.b is false", 2)]
    assert alternatives(value('var.u == "x" ? 1 : 2', V)) == [('var.u == "x" is true', 1), ('var.u == "x" is false', 2)]
    assert alternatives(value('var.u != "x" ? 1 : 2', V)) == [('var.u == "x" is true', 2), ('var.u == "x" is false', 1)]


def test_one_choice_is_decided_once(value: Evaluate) -> None:
    tree = value("[var.b ? 1 : 2, var.b ? (var.b ? 3 : 4) : 5]", V)
    assert [alternatives(each) for each in tree.value] == [  # type: ignore[union-attr]
        [("var.b is true", 1), ("var.b is false", 2)],
        [("var.b is true", 3), ("var.b is false", 5)],
    ]


def test_a_failing_outcome_cannot_occur_but_inside_try(value: Evaluate) -> None:
    assert known(value("(var.b ? [1] : [])[0]", V)) == 1
    assert alternatives(value("try((var.b ? [1] : [])[0], 9)", V)) == [("var.b is true", 1), ("var.b is false", 9)]


def test_equal_unknowns_have_equal_identities(value: Evaluate) -> None:
    tree = value("[upper(var.u), upper(var.u), upper(var.v)]", V)
    one, other, third = tree.value  # type: ignore[union-attr]
    assert same(one, other) is True
    assert same(one, third) is None


def test_references_pass_through_strings_and_functions(value: Evaluate) -> None:
    more = 'resource "aws_s3_bucket" "b" {\n  bucket = "name"\n}'
    expected = (Reference("aws_s3_bucket.b", "bucket"),)
    for expression in ("aws_s3_bucket.b.bucket", '"${aws_s3_bucket.b.bucket}/*"', 'format("%s/*", aws_s3_bucket.b.bucket)',
                       'join("/", [aws_s3_bucket.b.bucket, "*"])', "upper(aws_s3_bucket.b.bucket)"):  # fmt: skip
        tree = value(expression, more)
        known(tree)
        assert tree.origin.references == expected, expression
    tree = value('format("%s/*", aws_s3_bucket.b.arn)', more)
    assert unknown(tree).origin.references == (Reference("aws_s3_bucket.b", "arn"),)


def test_secrecy_is_handed_on(value: Evaluate) -> None:
    more = 'variable "s" {\n  default = { p = "x" }\n  sensitive = true\n}'
    for expression in ("var.s", "var.s.p", '"a${var.s.p}"', "upper(var.s.p)", "[for k, v in var.s : v]", "var.s.p == 1",
                       "lookup(var.s, \"p\")", "sensitive(1)"):  # fmt: skip
        assert value(expression, more).origin.sensitive, expression
    assert not value("nonsensitive(var.s.p)", more).origin.sensitive


def test_the_workspace_is_not_known_before_it_is_selected(value: Evaluate) -> None:
    found = value('terraform.workspace == "prod"')

    assert isinstance(found, Unknown)
    assert found.why == "the workspace is selected when Terraform runs"
