"""Terraform's functions, on known values and on unknown ones."""

from __future__ import annotations

import pytest

from helpers.terraform import Evaluate, ReadOne, alternatives, block, known, unknown
from wa_iac.core.algebra import count_distinct
from wa_iac.core.value import Known, plain

U = 'variable "u" {}\nvariable "b" { type = bool }\n'


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("abs(-1)", 1),
        ("ceil(1.2)", 2),
        ("floor(1.8)", 1),
        ("log(8, 2)", 3),
        ("pow(2, 3)", 8),
        ("signum(-3)", -1),
        ('parseint("ff", 16)', 255),
        ("max(1, 2)", 2),
        ("min(1, 2)", 1),
        ("sum([1, 2.5])", 3.5),
        ("range(3)", [0, 1, 2]),
        ("range(1, 4)", [1, 2, 3]),
        ("range(4, 0, -2)", [4, 2]),
        ('lower("A")', "a"),
        ('upper("a")', "A"),
        ('title("hello world")', "Hello World"),
        (r'chomp("a\n")', "a"),
        (r'indent(2, "a\nb")', "a\n  b"),
        ('strrev("ab")', "ba"),
        ('substr("hello", 1, 3)', "ell"),
        ('substr("hello", -2, -1)', "lo"),
        ('trim("?a?", "?")', "a"),
        ('trimprefix("abc", "a")', "bc"),
        ('trimsuffix("abc", "c")', "ab"),
        ('trimspace(" a ")', "a"),
        ('endswith("ab", "b")', True),
        ('startswith("ab", "b")', False),
        ('strcontains("abc", "b")', True),
        ('split(",", "a,b")', ["a", "b"]),
        ('join("-", ["a", 1, true])', "a-1-true"),
        ('format("%v %#v", { b = 1, a = "x" }, { b = [true], a = "<" })', '{"a":"x","b":1} {"a":"\\u003c","b":[true]}'),
        ('format("%s-%03d-%.1f-%%-%v-%q-%t", "a", 7, 1.25, [1], "x", true)', 'a-007-1.2-%-[1]-"x"-true'),
        ('formatlist("%s-%s", ["a", "b"], "c")', ["a-c", "b-c"]),
        ('replace("a.b.c", ".", "-")', "a-b-c"),
        (r'replace("a1b22", "/[0-9]+/", "#")', "a#b#"),
        (r'replace("ab", "/(a)(b)/", "$2$1")', "ba"),
        ('regex("[a-z]+", "12ab")', "ab"),
        (r'regex("(\\d+)-(\\d+)", "1-2")', ["1", "2"]),
        (r'regex("(?P<x>\\d+)", "7")', {"x": "7"}),
        ('regexall("[a-z]", "a1b")', ["a", "b"]),
        ("alltrue([true, true])", True),
        ("anytrue([false, true])", True),
        ("chunklist([1, 2, 3], 2)", [[1, 2], [3]]),
        ('coalesce(null, "", "a")', "a"),
        ("coalescelist([], [1])", [1]),
        ('compact(["a", "", null, "b"])', ["a", "b"]),
        ("concat([1], [2, 3])", [1, 2, 3]),
        ('contains(["a"], "b")', False),
        ('distinct(["a", "b", "a"])', ["a", "b"]),
        ("element([1, 2, 3], 4)", 2),
        ("flatten([1, [2, [3]]])", [1, 2, 3]),
        ('index(["a", "b"], "b")', 1),
        ("keys({ b = 1, a = 2 })", ["a", "b"]),
        ("values({ b = 1, a = 2 })", [2, 1]),
        ("length([1, 2])", 2),
        ('length("abc")', 3),
        ('lookup({ a = 1 }, "a", 2)', 1),
        ('lookup({ a = 1 }, "b", 2)', 2),
        ('matchkeys(["x", "y"], ["a", "b"], ["b"])', ["y"]),
        ("merge({ a = 1, b = 1 }, null, { b = 2 })", {"a": 1, "b": 2}),
        ("one([1])", 1),
        ("reverse([1, 2])", [2, 1]),
        ("setintersection([1, 2], [2])", [2]),
        ('setproduct(["a"], [1, 2])', [["a", 1], ["a", 2]]),
        ('setsubtract(["a", "b"], ["b"])', ["a"]),
        ('setunion(["b"], ["a"])', ["a", "b"]),
        ("slice([1, 2, 3], 1, 3)", [2, 3]),
        ('sort(["b", "a"])', ["a", "b"]),
        ('transpose({ a = ["x"], b = ["x"] })', {"x": ["a", "b"]}),
        ('zipmap(["a", "b"], [1, 2])', {"a": 1, "b": 2}),
        ('base64encode("a")', "YQ=="),
        ('base64decode("YQ==")', "a"),
        (r'csvdecode("a,b\n1,2")', [{"a": "1", "b": "2"}]),
        ('jsonencode({ b = [1, true, null], a = "<" })', '{"a":"\\u003c","b":[1,true,null]}'),
        (r'jsondecode("{\"a\": [1, 1.5]}")', {"a": [1, 1.5]}),
        ('urlencode("a b/c")', "a+b%2Fc"),
        ('yamldecode("a: [1]")', {"a": [1]}),
        ("yamldecode(yamlencode({ a = 1 }))", {"a": 1}),
        (r'yamldecode("y: n\ntrue: 1\n2: x")', {"true": 1, "2": "x"}),
        (
            r'yamldecode("- 2001-2-3\n- 2001-02-03 4:05:06.7\n- 2001-02-03T04:05:06+02:00")',
            ["2001-02-03T00:00:00Z", "2001-02-03T04:05:06Z", "2001-02-03T04:05:06+02:00"],
        ),
        ('substr("abc", -5, 2)', "ab"),
        ('abspath("a/../b")', "b"),
        ('md5("a")', "0cc175b9c0f1b6a831c399e269772661"),
        ('sha1("a")', "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"),
        ('basename("a/b.txt")', "b.txt"),
        ('dirname("a/b.txt")', "a"),
        ('cidrhost("10.0.0.0/16", 5)', "10.0.0.5"),
        ('cidrhost("10.0.0.0/16", -1)', "10.0.255.255"),
        ('cidrnetmask("10.0.0.0/12")', "255.240.0.0"),
        ('cidrsubnet("10.0.0.0/16", 8, 2)', "10.0.2.0/24"),
        ('cidrsubnet("fd00::/48", 16, 1)', "fd00:0:0:1::/64"),
        ('cidrsubnets("10.0.0.0/16", 8, 4, 8)', ["10.0.0.0/24", "10.0.16.0/20", "10.0.32.0/24"]),
        ('tobool("true")', True),
        ('tonumber("1.5")', 1.5),
        ("tostring(1)", "1"),
        ('toset(["b", "a", "b"])', ["a", "b"]),
        ("tolist([1])", [1]),
        ("tomap({ a = 1 })", {"a": 1}),
    ],
)
def test_known(value: Evaluate, expression: str, expected: object) -> None:
    assert known(value(expression)) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("length(concat([var.u], [1]))", 2),
        ("length(flatten([[1, 2], [3]]))", 3),
        ('lookup({ a = 1, b = var.u }, "a")', 1),
        ("element([1, var.u], 0)", 1),
        ("alltrue([false, var.u])", False),
        ("anytrue([true, var.u])", True),
        ("keys(merge({ a = var.u }, { b = 1 }))", ["a", "b"]),
        ('keys(zipmap(["a"], [var.u]))', ["a"]),
        ("coalesce(1, var.u)", 1),
        ("length(slice(var.u, 0, 3))", 3),
        ("jsondecode(jsonencode({ a = 1, b = var.u })).a", 1),
        ("try(var.b ? 1 : 1, 2)", 1),
    ],
)
def test_structure_is_enough(value: Evaluate, expression: str, expected: object) -> None:
    assert known(value(expression, U)) == expected


@pytest.mark.parametrize("expression", ["flatten([var.u])", "compact([var.u])", "sort(var.u)", "sum([var.u])", "one(var.u)",
                                        "element([1, 2], var.u)", "toset(var.u)", "regex(var.u, \"a\")", "alltrue([var.u])",
                                        "lookup(var.u, \"a\", 1)", "setsubtract([var.u], [1])", "formatlist(\"%s\", var.u)",
                                        "templatefile(var.u, {})", "file(var.u)", "cidrsubnet(var.u, 8, 1)"])  # fmt: skip
def test_unknown_where_the_content_is_needed(value: Evaluate, expression: str) -> None:
    assert unknown(value(expression, U)).why == "var.u has no default"


def test_alternatives_pass_through(value: Evaluate) -> None:
    assert alternatives(value('upper(var.b ? "a" : "b")', U)) == [("var.b is true", "A"), ("var.b is false", "B")]
    assert alternatives(value("length(var.b ? [1] : [])", U)) == [("var.b is true", 1), ("var.b is false", 0)]
    assert alternatives(value('coalesce(var.b ? "" : "x", "y")', U)) == [("var.b is true", "y"), ("var.b is false", "x")]
    assert alternatives(value('lookup(var.b ? { a = 1 } : {}, "a", 2)', U)) == [("var.b is true", 1), ("var.b is false", 2)]


def test_jsonencode_keeps_the_document(value: Evaluate) -> None:
    tree = unknown(value('jsonencode({ Statement = [{ Effect = "Allow", Resource = var.u }] })', U))
    document = tree.origin.document
    assert plain(document) == {"Statement": [{"Effect": "Allow", "Resource": {"$unknown": "var.u has no default"}}]}
    effect = document.value["Statement"].value[0].value["Effect"]
    assert (effect.origin.span.start_line, effect.origin.span.start_column) == (5, 35)


def test_files(unit: ReadOne) -> None:
    found = unit(
        {
            "a/main.tf": 'resource "r" "r" {\n'
            '  file = file("${path.module}/x.txt")\n'
            '  relative = file("x.txt")\n'
            '  exists = fileexists("no.txt")\n'
            '  missing = file("no.txt")\n'
            '  outside = file("../../../etc/passwd")\n'
            '  absolute = file("/etc/passwd")\n'
            '  template = templatefile("${path.module}/t.tpl", { name = "n", list = [1, 2] })\n'
            '  hash = filemd5("x.txt")\n'
            "}",
            "a/x.txt": "content",
            "a/t.tpl": "hi ${name}\n%{ for x in list ~}\n- ${x}\n%{ endfor ~}\nend",
        }
    )
    assert found.errors == []
    assert plain(found.declared[0].body) == {
        "file": "content",
        "relative": "content",
        "exists": False,
        "missing": {"$unknown": 'the file "no.txt" does not exist'},
        "outside": {"$unknown": 'the file "../../../etc/passwd" is outside the scanned directory'},
        "absolute": {"$unknown": 'the file "/etc/passwd" is outside the scanned directory'},
        "template": "hi n\n- 1\n- 2\nend",
        "hash": "9a0364b9e99bb480dd25e1f0284c8555",
    }


def test_a_template_sees_its_variables_only(unit: ReadOne) -> None:
    found = unit(
        {"main.tf": 'variable "v" { default = 1 }\nresource "r" "r" {\n  x = templatefile("t", {})\n}', "t": "${var.v}"}
    )
    value = unknown(block(found, "r.r").body.value["x"])
    assert value.why == 'it cannot be evaluated: there is nothing called "var"'


def test_slices_of_zones_differ(value: Evaluate) -> None:
    zones = 'data "aws_availability_zones" "z" {}'
    three = value("slice(data.aws_availability_zones.z.names, 0, 3)", zones)
    assert isinstance(three, Known)
    assert count_distinct(three.value) == (3, 3)
    pair = value("[for i in range(2) : element(data.aws_availability_zones.z.names, i)]", zones)
    assert isinstance(pair, Known)
    assert count_distinct(pair.value) == (2, 2)
    assert known(value('length(regexall("^[a-z]{2}-", data.aws_availability_zones.z.names[0]))', zones)) == 1
    assert known(value('length(regexall("^[a-z]{2}-", data.aws_availability_zones.z.zone_ids[0]))', zones)) == 0
