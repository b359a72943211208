"""What is known of a collection stays known, in every construct that reads one."""

from __future__ import annotations

import pytest

from helpers.terraform import Evaluate, ReadOne, block, bodies
from wa_iac.core.partial import PartlyMap, Rest
from wa_iac.core.value import Known, Reference, Tree, Unknown, plain

_GIVEN = 'variable "more" {}\nvariable "on" {}\n'
_QUEUE = 'resource "aws_sqs_queue" "q" {}\n'


def shape(tree: Tree) -> object:
    """A value, with `...` for any number of elements and entries, and `?` for one that is unknown."""
    match tree:
        case Rest():
            return "..."
        case PartlyMap():
            named: dict[str, object] = {key: shape(each) for key, each in tree.entries.items()}
            return {
                **named,
                **({"?": [shape(each) for _, each in tree.others]} if tree.others else {}),
                "...": tree.rest is not None,
            }
        case Unknown():
            return "?"
        case Known(list() as items):
            return [shape(item) for item in items]
        case Known(dict() as entries):
            return {key: shape(item) for key, item in entries.items()}
        case _:
            return plain(tree)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('concat(var.more, ["a"])', ["...", "a"]),
        ('concat(["a"], var.more)', ["a", "..."]),
        ('flatten([var.more, ["a"]])', ["...", "a"]),
        ('setunion(var.more, ["a"])', ["...", "a"]),
        ('setsubtract(["a", "b"], [var.more])', "?"),
        ('[for each in concat(var.more, ["a"]) : upper(each)]', ["...", "A"]),
        ('[for each in ["a", "b"] : each if var.on || each == "a"]', ["a", "..."]),
        ('concat(["a"], var.more)[0]', "a"),
        ('concat(var.more, ["a"])[0]', "?"),
        ('slice(concat(["a"], var.more), 0, 2)', ["a", "?"]),
        ('split(",", "a,b,${var.more},c")', ["a", "b", "...", "c"]),
        ('split(",", replace("a,NAME,c", "NAME", var.more))', ["a", "...", "c"]),
        ('replace("a,b,c", "NAME", var.more)', "a,b,c"),
        ('replace("a,b,c", "/[ab]/", var.more)', "?"),
        ('chunklist(concat(["a", "b", "c"], var.more), 2)', [["a", "b"], "..."]),
        ('flatten(chunklist(concat(["a", "b", "c"], var.more, ["d"]), 2))', ["a", "b", "...", "c", "d"]),
        ('concat(chunklist(concat(var.more, ["a"]), 2)...)', ["...", "a"]),
        ('merge(var.more, { a = "x" })', {"a": "x", "...": True}),
        ('merge({ a = "x" }, var.more)', {"a": "?", "...": True}),
        ('merge({ a = "x" }, { (var.more) = "y" })', {"a": "?", "...": True}),
        ('lookup(merge(var.more, { a = "x" }), "a", "none")', "x"),
        ('lookup(merge(var.more, { a = "x" }), "b", "none")', "?"),
        ('keys(merge(var.more, { a = "x" }))', ["...", "a"]),
        ('values(merge(var.more, { a = "x" }))', ["...", "x"]),
        ('zipmap(["a", "b"], var.more)', {"a": "?", "b": "?"}),
        ('{ "${var.more}:sub" = "x" }', {"?": ["x"], "...": False}),
        ('{ for each in concat(var.more, ["a"]) : each => upper(each) }', {"a": "A", "...": True}),
        ('merge([{ a = "x" }, var.more]...)', {"a": "?", "...": True}),
        ('merge(var.more, [{ a = "x" }]...)', {"a": "x", "...": True}),
        ('jsondecode(jsonencode(concat(var.more, ["a"])))', ["...", "a"]),
        ('jsondecode("{\\"a\\": [\\"x\\", \\"${var.more}\\"]}")', {"a": ["x", "?"]}),
        ('jsondecode("{\\"a\\": ${jsonencode(concat(var.more, ["x"]))}}")', {"a": ["...", "x"]}),
        ('yamldecode("a:\\n  - x\\n  - ${var.more}\\n")', {"a": ["x", "?"]}),
        ('base64decode(base64encode("x${var.more}")) == "y"', "?"),
        ("base64gunzip(base64gzip(\"x\"))", "x"),
        ('anytrue([for each in concat(var.more, ["a"]) : each == "a"])', True),
        ('contains(concat(var.more, ["a"]), "a")', True),
        ('concat(var.more, ["a"]) == []', False),
    ],
)  # fmt: skip
def test_what_is_known_stays_known(value: Evaluate, expression: str, expected: object) -> None:
    assert shape(value(expression, _GIVEN)) == expected


def test_a_text_that_is_joined_keeps_what_stands_beside_the_unknown_elements(value: Evaluate) -> None:
    found = value('join("-", concat(["a", "b"], var.more))', _GIVEN)
    assert isinstance(found, Unknown)
    assert found.parts[0] == "a-b"


def test_an_instance_that_is_there_in_any_case_is_judged_by_its_name(unit: ReadOne) -> None:
    found = unit(
        f'{_GIVEN}resource "aws_sqs_queue" "q" {{\n  for_each = merge(var.more, {{ a = "x" }})\n  name = each.value\n}}\n'
        'output "all" { value = keys(aws_sqs_queue.q) }\n'
    )
    queues = [each for each in found.declared if each.type == "aws_sqs_queue"]
    assert [each.address for each in queues] == ['aws_sqs_queue.q["a"]', "aws_sqs_queue.q"]
    assert not queues[0].representative
    assert queues[1].representative
    assert plain(queues[0].body.value["name"]) == "x"
    assert shape(block(found, "output.all").body.value["value"]) == ["...", "a"]


def test_names_that_are_not_known_make_as_many_instances(unit: ReadOne) -> None:
    found = unit(
        'data "aws_availability_zones" "here" {}\n'
        'resource "aws_subnet" "s" {\n  for_each = toset(slice(data.aws_availability_zones.here.names, 0, 2))\n'
        "  availability_zone = each.key\n}\n"
        'output "ids" { value = [for each in aws_subnet.s : each.id] }\n'
    )
    assert [each.address for each in found.declared if each.type == "aws_subnet"] == [
        'aws_subnet.s["data.aws_availability_zones.here.names[0]"]',
        'aws_subnet.s["data.aws_availability_zones.here.names[1]"]',
    ]
    ids = block(found, "output.ids").body.value["value"]
    assert isinstance(ids, Known)
    assert shape(ids) == ["?", "?"]
    assert [each.origin.references[0].address for each in ids.value] == [
        'aws_subnet.s["data.aws_availability_zones.here.names[0]"]',
        'aws_subnet.s["data.aws_availability_zones.here.names[1]"]',
    ]


def test_a_dynamic_block_is_written_for_each_element_that_is_there(unit: ReadOne) -> None:
    found = unit(
        f'{_GIVEN}resource "aws_security_group" "g" {{\n  dynamic "ingress" {{\n    for_each = concat(["10.0.0.0/8"], var.more)\n'
        "    content {\n      cidr_blocks = [ingress.value]\n    }\n  }\n}\n"
    )
    blocks = block(found, "aws_security_group.g").body.value["ingress"]
    assert shape(blocks) == [{"cidr_blocks": ["10.0.0.0/8"]}, {"cidr_blocks": ["?"]}, "..."]


def test_a_template_with_an_encoded_list_is_read_as_the_document_that_it_is(unit: ReadOne) -> None:
    found = unit(
        {
            "main.tf": f'{_QUEUE}output "policy" {{\n  value = jsondecode(templatefile("p.json", '
            "{ arns = jsonencode([aws_sqs_queue.q.arn]) }))\n}\n",
            "p.json": '{"Action": ["sqs:*"], "Resource": ${arns}}',
        }
    )
    policy = block(found, "output.policy").body.value["value"]
    assert isinstance(policy, Known)
    assert shape(policy) == {"Action": ["sqs:*"], "Resource": ["?"]}
    assert policy.value["Resource"].value[0].origin.references == (Reference("aws_sqs_queue.q", "arn"),)


def test_tags_of_the_provider_are_there_whatever_the_resource_adds(unit: ReadOne) -> None:
    found = unit(
        f'{_GIVEN}provider "aws" {{\n  default_tags {{\n    tags = {{ Team = "x" }}\n  }}\n}}\n'
        'resource "aws_sqs_queue" "q" {\n  tags = merge(var.more, { Name = "q" })\n}\n'
    )
    assert shape(block(found, "aws_sqs_queue.q").body.value["tags_all"]) == {"Team": "?", "Name": "q", "...": True}
    assert bodies(found)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("var.list == []", False),
        # Terraform 1.11.4: an empty list of strings is none of any type.
        ("var.list == tolist([])", False),
        ("toset(var.list) == toset([])", False),
        ("var.map == tomap({})", False),
        ("tolist([]) == tolist([])", True),
        ("tolist([for each in var.list : each]) == tolist([])", True),
        ("var.list == var.numbers", False),
        ("var.list == tolist(toset(var.list))", True),
        ("var.map == {}", False),
        ("length(var.map) == 0", True),
        ("var.any == []", True),
        ("(var.on ? [] : var.list) == []", False),
        ("keys(var.map) == []", False),
        ("values({}) == []", True),
        ("var.asked == []", False),
        ("var.asked == tolist([])", "?"),
        ("var.asked == null", "?"),
        ("var.asked != [] ? 1 : 0", 1),
    ],
)
def test_a_list_is_no_tuple_and_a_map_no_object(value: Evaluate, expression: str, expected: object) -> None:
    given = (
        'variable "list" {\n  type = list(string)\n  default = []\n}\nvariable "any" { default = [] }\n'
        'variable "numbers" {\n  type = list(number)\n  default = []\n}\n'
        'variable "map" {\n  type = map(string)\n  default = {}\n}\nvariable "on" { default = true }\n'
        'variable "asked" { type = list(string) }\n'
    )
    assert shape(value(expression, given)) == expected


def test_an_unknown_element_stands_anywhere_in_a_set(unit: ReadOne) -> None:
    found = unit(
        f'{_QUEUE}output "is" {{\n  value = toset([aws_sqs_queue.q.arn, "a"]) == toset(["a", "b"])\n}}\n'
        'output "other" {\n  value = toset([aws_sqs_queue.q.arn, "a"]) == toset(["a", aws_sqs_queue.q.arn])\n}\n'
    )
    assert isinstance(block(found, "output.is").body.value["value"], Unknown)
    assert shape(block(found, "output.other").body.value["value"]) is True


@pytest.mark.parametrize(
    ("keys", "key", "expected"),
    [
        ("toset([var.more])", "each.key", ["(not known, 1)"]),
        ('toset(["${var.more}-a", "${var.more}-b"])', "each.key", ["(not known, 1)", "(not known, 2)"]),
        ("toset(aws_sqs_queue.q[*].id)", "each.key", ["aws_sqs_queue.q[0].id", "aws_sqs_queue.q[1].id"]),
        ("{ (var.more) = 1 }", "var.more", ["(not known, 1)"]),
        ("toset(slice(data.aws_subnets.s.ids, 0, 2))", "data.aws_subnets.s.ids[1]", ["data.aws_subnets.s.ids (2)"] * 2),
        ("toset(slice(data.aws_subnets.s.ids, 0, 2))", "var.on", [None, None]),
        ('toset(["a", var.more])', "each.key", ["a", None]),
    ],
)
def test_a_key_that_is_not_known_leads_to_the_instance_of_the_same_key(
    unit: ReadOne, keys: str, key: str, expected: list[str | None]
) -> None:
    for read in (f"aws_eip.e[{key}].id", f"lookup(aws_eip.e, {key}).id", f"try(aws_eip.e[{key}].id, null)"):
        found = unit(
            f'{_GIVEN}data "aws_subnets" "s" {{}}\nresource "aws_sqs_queue" "q" {{\n  count = 2\n}}\n'
            f'resource "aws_eip" "e" {{\n  for_each = {keys}\n}}\n'
            f'resource "aws_nat_gateway" "n" {{\n  for_each = {keys}\n  allocation_id = {read}\n}}\n'
        )
        gateways = [each.body.value["allocation_id"] for each in found.declared if each.type == "aws_nat_gateway"]
        assert [each.origin.references[0].address for each in gateways] == [
            "aws_eip.e" if each is None else f'aws_eip.e["{each}"]' for each in expected
        ]
