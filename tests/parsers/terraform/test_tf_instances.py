"""count, for_each and dynamic blocks: how many there are, and where that is unknown."""

from __future__ import annotations

import pytest

from helpers.terraform import ReadOne, alternatives, block, bodies, unknown
from wa_iac.core.errors import BoundError
from wa_iac.core.reasons import Uncountable, UnsetVariable
from wa_iac.core.value import Absent, Known, Reference, Unknown, plain


def test_count(unit: ReadOne) -> None:
    found = unit(
        'variable "n" { default = 2 }\n'
        'resource "aws_subnet" "s" {\n  count = var.n\n  x = "s-${count.index}"\n}\n'
        'resource "aws_subnet" "none" {\n  count = 0\n}\n'
        'resource "r" "r" {\n'
        "  ids = aws_subnet.s[*].id\n  first = aws_subnet.s[0].x\n  xs = [for s in aws_subnet.s : s.x]\n"
        "  none = aws_subnet.none[*].id\n  n = length(aws_subnet.s)\n}\n"
    )
    assert bodies(found) == {
        "aws_subnet.s[0]": {"x": "s-0"},
        "aws_subnet.s[1]": {"x": "s-1"},
        "r.r": {
            "ids": [{"$ref": "aws_subnet.s[0].id"}, {"$ref": "aws_subnet.s[1].id"}],
            "first": "s-0",
            "xs": ["s-0", "s-1"],
            "none": [],
            "n": 2,
        },
    }
    assert block(found, "r.r").body.value["first"].origin.references == (Reference("aws_subnet.s[0]", "x"),)


def test_for_each(unit: ReadOne) -> None:
    found = unit(
        'variable "u" {}\n'
        'resource "aws_x" "m" {\n  for_each = { b = var.u, a = 1 }\n  key = each.key\n  value = each.value\n}\n'
        'resource "aws_x" "s" {\n  for_each = toset(["q", "p"])\n  value = each.value\n}\n'
        'resource "aws_x" "chained" {\n  for_each = aws_x.s\n  id = each.value.id\n}\n'
        'resource "r" "r" {\n'
        '  one = aws_x.m["a"].value\n  ids = values(aws_x.s)[*].id\n  by = { for k, v in aws_x.m : k => v.id }\n}\n'
    )
    assert bodies(found) == {
        'aws_x.m["a"]': {"key": "a", "value": 1},
        'aws_x.m["b"]': {"key": "b", "value": {"$unknown": "var.u has no default"}},
        'aws_x.s["p"]': {"value": "p"},
        'aws_x.s["q"]': {"value": "q"},
        'aws_x.chained["p"]': {"id": {"$ref": 'aws_x.s["p"].id'}},
        'aws_x.chained["q"]': {"id": {"$ref": 'aws_x.s["q"].id'}},
        "r.r": {
            "one": 1,
            "ids": [{"$ref": 'aws_x.s["p"].id'}, {"$ref": 'aws_x.s["q"].id'}],
            "by": {"a": {"$ref": 'aws_x.m["a"].id'}, "b": {"$ref": 'aws_x.m["b"].id'}},
        },
    }


def test_an_unknown_number_is_represented_by_one(unit: ReadOne) -> None:
    found = unit(
        'variable "n" {}\n'
        'resource "aws_x" "c" {\n  count = var.n\n  i = count.index\n}\n'
        'resource "aws_x" "f" {\n  for_each = var.n\n  k = each.key\n  v = each.value.x\n}\n'
        'resource "r" "r" {\n  some = aws_x.c[*].id\n  one = aws_x.c[0].id\n  all = [for x in aws_x.f : x.id]\n  a = aws_x.f["a"].id\n}\n'
    )
    assert [each.address for each in found.declared] == ["aws_x.c", "aws_x.f", "r.r"]
    uncountable = Uncountable(UnsetVariable("n", of_root=True))
    assert [each.representative for each in found.declared] == [uncountable, uncountable, None]
    body = block(found, "r.r").body.value
    assert {name: each.origin.references for name, each in body.items()} == {
        "some": (Reference("aws_x.c", "id"),),
        "one": (Reference("aws_x.c", "id"),),
        "all": (Reference("aws_x.f", "id"),),
        "a": (Reference("aws_x.f", "id"),),
    }


def test_an_unknown_index_means_any_instance(unit: ReadOne) -> None:
    found = unit(
        'variable "i" {}\nresource "aws_x" "c" {\n  count = 2\n  v = count.index\n}\nresource "r" "r" {\n  x = aws_x.c[var.i].id\n}'
    )
    assert plain(block(found, "r.r").body.value["x"]) == {"$ref": "aws_x.c.id"}


def test_a_condition_on_existence(unit: ReadOne) -> None:
    found = unit(
        'variable "create" { type = bool }\n'
        'resource "aws_x" "one" {\n  count = var.create ? 1 : 0\n}\n'
        'resource "aws_x" "three" {\n  count = var.create ? 3 : 1\n}\n'
        'resource "aws_x" "keyed" {\n  for_each = var.create ? { a = 1, b = 2 } : { b = 3 }\n  v = each.value\n}\n'
        'resource "r" "r" {\n  id = aws_x.one[0].id\n  maybe = try(aws_x.one[0].id, "none")\n  n = length(aws_x.three)\n}\n'
    )
    exists = [("var.create is true", True), ("var.create is false", False)]
    assert {each.address: alternatives(each.condition) if each.condition is not None else None for each in found.declared} == {
        "aws_x.one[0]": exists,
        "aws_x.three[0]": None,
        "aws_x.three[1]": exists,
        "aws_x.three[2]": exists,
        'aws_x.keyed["a"]': exists,
        'aws_x.keyed["b"]': None,
        "r.r": None,
    }
    assert all(each.representative is None for each in found.declared)
    condition = block(found, "aws_x.one[0]").condition
    assert condition is not None
    assert condition.choice == ("var", "", "create")
    assert plain(block(found, 'aws_x.keyed["a"]').body) == {"v": 1}
    body = block(found, "r.r").body.value
    assert plain(body["id"]) == {"$ref": "aws_x.one[0].id"}
    assert alternatives(body["maybe"]) == [("var.create is true", {"$ref": "aws_x.one[0].id"}), ("var.create is false", "none")]
    assert alternatives(body["n"]) == [("var.create is true", 3), ("var.create is false", 1)]
    assert alternatives(block(found, 'aws_x.keyed["b"]').body.value["v"]) == [
        ("var.create is true", 2),
        ("var.create is false", 3),
    ]


def test_too_many_instances(unit: ReadOne) -> None:
    found = unit('resource "aws_x" "c" {\n  count = 1000000000\n}\nresource "aws_x" "ok" {\n  count = 3\n}\n')
    assert [each.address for each in found.declared] == ["aws_x.c", "aws_x.ok[0]", "aws_x.ok[1]", "aws_x.ok[2]"]
    (error,) = found.errors
    assert isinstance(error, BoundError)
    assert str(error) == "main.tf:2:3: a block has more than 1,000 instances: one is checked in place of all"


def test_count_that_makes_no_sense(unit: ReadOne) -> None:
    found = unit(
        'resource "aws_x" "c" {\n  count = "many"\n}\nresource "aws_x" "d" {\n  for_each = 5\n}\nresource "aws_x" "n" {\n  count = null\n}'
    )
    assert [each.address for each in found.declared] == ["aws_x.c", "aws_x.d", "aws_x.n"]
    assert all(each.representative for each in found.declared)


def test_dynamic_blocks(unit: ReadOne) -> None:
    found = unit(
        'variable "b" { type = bool }\nvariable "u" {}\n'
        'resource "r" "r" {\n'
        "  rule {\n    p = 0\n  }\n"
        '  dynamic "rule" {\n    for_each = [1, 2]\n    content {\n      p = rule.value\n      k = rule.key\n    }\n  }\n'
        '  dynamic "tag" {\n    for_each = { a = { x = [1] } }\n    iterator = it\n    content {\n      k = it.key\n'
        '      dynamic "inner" {\n        for_each = it.value.x\n        content {\n          v = inner.value\n          o = it.key\n        }\n      }\n    }\n  }\n'
        '  dynamic "maybe" {\n    for_each = var.b ? [1] : []\n    content {\n      on = true\n    }\n  }\n'
        '  dynamic "any" {\n    for_each = var.u\n    content {\n      fixed = 1\n      v = any.value.x\n    }\n  }\n'
        '  dynamic "none" {\n    for_each = []\n    content {}\n  }\n'
        "}\n"
    )
    body = block(found, "r.r").body.value
    assert plain(body["rule"]) == [{"p": 0}, {"p": 1, "k": 0}, {"p": 2, "k": 1}]
    assert plain(body["tag"]) == [{"k": "a", "inner": [{"v": 1, "o": "a"}]}]
    assert alternatives(body["maybe"]) == [("var.b is true", [{"on": True}]), ("var.b is false", None)]
    assert plain(body["any"]) == [
        {"fixed": 1, "v": {"$unknown": "var.u has no default"}},
        {"$unknown": 'the number of "any" blocks is not known: var.u has no default'},
    ]
    assert body["none"] == Absent()


@pytest.mark.parametrize(
    "elements",
    [
        "{ for each in var.u : each => { fixed = 1, own = each } }",
        "{ for one in [for each in var.u : { fixed = 1, own = each }] : one.own => one if one.fixed == 1 }",
    ],
)
def test_what_a_loop_says_of_every_element_is_known_of_an_element_that_is_not(unit: ReadOne, elements: str) -> None:
    found = unit(
        f'variable "u" {{}}\nresource "r" "r" {{\n  for_each = {elements}\n  x = each.value.fixed\n  y = each.value.own\n'
        f'  dynamic "b" {{\n    for_each = {elements}\n    content {{\n      x = b.value.fixed\n    }}\n  }}\n}}\n'
    )
    body = block(found, "r.r").body.value
    assert plain(body["x"]) == 1
    assert isinstance(body["y"], Unknown)


def test_elements_that_a_loop_groups_are_lists(unit: ReadOne) -> None:
    found = unit(
        'variable "u" {}\nresource "r" "r" {\n  for_each = { for each in var.u : each => 1... }\n  x = each.value\n}\n'
    )
    assert isinstance(block(found, "r.r").body.value["x"], Unknown)


def test_blocks_that_a_dynamic_block_does_not_write_are_absent_at_its_place(unit: ReadOne) -> None:
    found = unit(
        'variable "u" { default = [] }\n'
        'resource "r" "r" {\n'
        '  outer {\n    dynamic "inner" {\n      for_each = var.u\n      content {}\n    }\n  }\n'
        '  dynamic "none" {\n    for_each = var.u\n    content {}\n  }\n'
        '  dynamic "none" {\n    for_each = var.u\n    content {}\n  }\n'
        "  count = 1\n}\n"
        'output "n" { value = length(r.r[0].none) }\n'
    )
    body = block(found, "r.r[0]").body.value
    written = body["outer"]
    assert isinstance(written, Known)
    (outer,) = written.value
    assert [(each, each.origin.span.start_line, each.origin.by_default) for each in (outer.value["inner"], body["none"])] == [
        (Absent(), 4, True),
        (Absent(), 9, True),
    ]
    assert block(found, "output.n").body.value["value"] == Known(0)


def test_zones_of_instances_are_known_to_differ(unit: ReadOne) -> None:
    found = unit(
        'data "aws_availability_zones" "z" {}\n'
        'resource "aws_subnet" "s" {\n  count = 2\n  availability_zone = data.aws_availability_zones.z.names[count.index]\n}\n'
    )
    one, other = (unknown(block(found, f"aws_subnet.s[{i}]").body.value["availability_zone"]) for i in (0, 1))
    assert one.element is not None
    assert other.element is not None
    assert one.element[0] == other.element[0]
    assert (one.element[1], other.element[1]) == (0, 1)


def test_what_a_block_leaves_out_is_known_after_apply(unit: ReadOne) -> None:
    found = unit(
        'resource "aws_eks_cluster" "c" {\n  vpc_config {\n    subnet_ids = ["s"]\n  }\n}\n'
        'resource "r" "r" {\n  a = aws_eks_cluster.c.vpc_config[0].subnet_ids\n  b = aws_eks_cluster.c.vpc_config[0].vpc_id\n  c = aws_eks_cluster.c\n}'
    )
    assert plain(block(found, "r.r").body) == {
        "a": ["s"],
        "b": {"$ref": "aws_eks_cluster.c.vpc_config[0].vpc_id"},
        "c": {"$ref": "aws_eks_cluster.c"},
    }
    assert isinstance(block(found, "r.r").body.value["a"], Known)
