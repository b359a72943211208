"""Where a value is written, how it came about, and the way it took."""

from __future__ import annotations

from pathlib import Path

from helpers.terraform import ReadOne, block
from wa_iac.core.span import Span
from wa_iac.core.value import Tree


def place(span: Span) -> tuple[str, int, int, int, int]:
    return span[:5]


def way(tree: Tree) -> list[tuple[str, int, int, str]]:
    return [(step.span.path, step.span.start_line, step.span.start_column, step.note) for step in tree.origin.chain]


def test_blocks_and_attributes(unit: ReadOne) -> None:
    source = (
        "# comment é\n"
        'resource "aws_instance" "web" {\n'
        "  monitoring = true # yes\n"
        '  tags = {\n    Name = "é", b = "c"\n  }\n'
        '  ids = ["a", upper("b")]\n'
        "  ebs_block_device {\n    encrypted = false\n  }\n"
        "}\n"
    )
    resource = block(unit(source), "aws_instance.web")
    assert place(resource.span) == ("main.tf", 2, 1, 2, 30)
    assert place(resource.extent) == ("main.tf", 2, 1, 11, 2)
    assert place(resource.body.origin.span) == ("main.tf", 2, 1, 2, 30)
    body = resource.body.value
    assert place(body["monitoring"].origin.span) == ("main.tf", 3, 3, 3, 20)
    assert place(body["tags"].origin.span) == ("main.tf", 4, 3, 6, 4)
    assert place(body["tags"].value["Name"].origin.span) == ("main.tf", 5, 5, 5, 15)  # type: ignore[union-attr]
    assert place(body["tags"].value["b"].origin.span) == ("main.tf", 5, 17, 5, 24)  # type: ignore[union-attr]
    assert place(body["ids"].value[0].origin.span) == ("main.tf", 7, 10, 7, 13)  # type: ignore[union-attr]
    assert place(body["ids"].value[1].origin.span) == ("main.tf", 7, 15, 7, 25)  # type: ignore[union-attr]
    blocks = body["ebs_block_device"]
    assert place(blocks.origin.span) == ("main.tf", 8, 3, 8, 19)
    assert place(blocks.value[0].origin.span) == ("main.tf", 8, 3, 8, 19)  # type: ignore[union-attr]
    assert place(blocks.value[0].value["encrypted"].origin.span) == ("main.tf", 9, 5, 9, 22)  # type: ignore[union-attr]
    span = body["monitoring"].origin.span
    assert source.encode()[span.start_byte : span.end_byte] == b"monitoring = true"


def test_how_and_chain(unit: ReadOne) -> None:
    found = unit(
        {
            "root/main.tf": 'variable "on" { default = false }\n'
            'variable "given" {}\n'
            'module "m" {\n  source = "../m"\n  multi = var.on\n  wide = { a = { b = 1 } }\n  given = var.given\n}\n',
            "root/terraform.tfvars": "given = 5\n",
            "m/main.tf": 'variable "multi" {}\nvariable "wide" {}\nvariable "given" {}\nvariable "own" { default = 7 }\n'
            "locals { l = var.multi }\n"
            'resource "r" "r" {\n'
            "  a = local.l\n  b = var.wide.a.b\n  c = var.given\n  d = 1\n  e = 1 + 1\n  f = var.own\n  g = null\n}\n",
        }
    )
    body = block(found, "module.m.r.r").body.value
    assert {name: (place(each.origin.span)[1:3], each.origin.how) for name, each in body.items()} == {
        "a": ((7, 3), "default"),
        "b": ((8, 3), "explicit"),
        "c": ((9, 3), "given"),
        "d": ((10, 3), "explicit"),
        "e": ((11, 3), "computed"),
        "f": ((12, 3), "default"),
        "g": ((13, 3), "explicit"),
    }
    assert {name: way(each) for name, each in body.items()} == {
        "a": [
            ("m/main.tf", 5, 10, "local.l"),
            ("root/main.tf", 5, 3, 'module argument "multi"'),
            ("root/main.tf", 1, 17, 'default of variable "on"'),
        ],
        "b": [("root/main.tf", 6, 3, 'module argument "wide"'), ("root/main.tf", 6, 18, '"b"')],
        "c": [("root/main.tf", 7, 3, 'module argument "given"'), ("root/terraform.tfvars", 1, 1, "terraform.tfvars")],
        "d": [],
        "e": [],
        "f": [("m/main.tf", 4, 18, 'default of variable "own"')],
        "g": [],
    }


def test_a_moved_container_keeps_the_places_of_its_leaves(unit: ReadOne) -> None:
    found = unit(
        'locals {\n  tags = {\n    a = 1\n  }\n}\nresource "r" "r" {\n  tags = local.tags\n  all = merge(local.tags, { b = 2 })\n}'
    )
    body = block(found, "r.r").body.value
    assert place(body["tags"].origin.span)[1:3] == (7, 3)
    assert place(body["tags"].value["a"].origin.span)[1:3] == (3, 5)  # type: ignore[union-attr]
    assert place(body["all"].value["a"].origin.span)[1:3] == (3, 5)  # type: ignore[union-attr]
    assert place(body["all"].value["b"].origin.span)[1:3] == (8, 29)  # type: ignore[union-attr]


def test_a_picked_value_says_where_it_is_written(unit: ReadOne) -> None:
    found = unit('variable "m" {\n  default = { a = false }\n}\nresource "r" "r" {\n  x = lookup(var.m, "a", true)\n}')
    tree = block(found, "r.r").body.value["x"]
    assert place(tree.origin.span) == ("main.tf", 5, 3, 5, 31)
    assert tree.origin.how == "default"
    assert way(tree) == [("main.tf", 2, 15, "written here")]


def test_a_text_of_a_template_file_spans_the_lines_of_that_file(unit: ReadOne) -> None:
    source = 'variable "x" {}\nresource "r" "r" {\n  a = templatefile("p/a.json", { x = var.x })\n}\n'
    found = unit({"main.tf": source, "p/a.json": '{\n  "a": "${x}"\n}\n'})
    [(path, line, _, _)] = way(block(found, "r.r").body.value["a"])

    assert (Path(path).name, line) == ("a.json", 1)
