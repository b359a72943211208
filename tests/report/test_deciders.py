"""A value that several calls of a module decide: the remedy names the place in the call that is at fault, and the change there is enough."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from helpers.reports import judge_files, only_place, only_remedy

SERVICE = """
resource "aws_ecs_service" "web" {
  launch_type     = "FARGATE"
  task_definition = "web:7"
  BLOCK
}
"""
PLAIN = """network_configuration {
    subnets          = ["subnet-0a1"]
    assign_public_ip = VALUE
  }"""
DYNAMIC = """dynamic "network_configuration" {
    for_each = EACH
    content {
      subnets          = ["subnet-0a1"]
      assign_public_ip = VALUE
    }
  }"""
ANY = 'variable "net" {\n  type    = any\n  default = {}\n}\n'
FLAG = 'variable "public" {\n  type    = bool\n  default = DEFAULT\n}\n'
OPTIONAL = 'variable "net" {\n  type = object({ public = optional(bool, true) })\n  default = {}\n}\n'
PRIVATE = 'variable "private" {\n  default = false\n}\n'
MERGED = "locals {\n  net = merge({ public = true }, var.net)\n}\n"
PASSED = "net = { public = true }"
SAFE = "net = { public = false }"

FORMS = {
    "a default": (FLAG.replace("DEFAULT", "true"), "var.public", "", "", "public = false"),
    "lookup": (ANY, 'lookup(var.net, "public", false)', "", PASSED, SAFE),
    "the default of lookup": (ANY, 'lookup(var.net, "public", true)', "", "", SAFE),
    "try": (ANY, "try(var.net.public, false)", "", PASSED, SAFE),
    "the last way of try": (ANY, "try(var.net.public, true)", "", "", SAFE),
    "merge": (ANY + MERGED, "local.net.public", "", PASSED, SAFE),
    "a default that merge adds": (ANY + MERGED, "local.net.public", "", "", SAFE),
    "a default in a type": (OPTIONAL, "var.net.public", "", "", SAFE),
    "coalesce": (FLAG.replace("DEFAULT", "null"), "coalesce(var.public, true)", "", "", "public = false"),
    "a negation": (PRIVATE, "!var.private", "", "", "private = true"),
    "a dynamic block": (
        ANY,
        'lookup(network_configuration.value, "public", null)',
        "var.net == null ? [] : [var.net]",
        PASSED,
        SAFE,
    ),
    "elements of a dynamic block": (
        'variable "nets" {\n  default = []\n}\n',
        "network_configuration.value.public",
        "var.nets",
        "nets = [{ public = true }]",
        "nets = [{ public = false }]",
    ),
}


def calls(inside: str, value: str, each: str, bad: str, good: str) -> dict[str, str]:
    """A module with one service, which two others call through a third."""
    block = (DYNAMIC.replace("EACH", each) if each else PLAIN).replace("VALUE", value)
    name = re.findall(r'variable "(\w+)"', inside)[0]
    default = re.search(r"default = (.*)", inside)
    between = f'variable "{name}" {{\n  type    = any\n  default = {default[1] if default else "null"}\n}}\n'
    call = 'module "NAME" {\n  source = "SOURCE"\n  ARGUMENT\n}\n'
    through = call.replace("SOURCE", "./through")
    return {
        "main.tf": through.replace("NAME", "bad").replace("ARGUMENT", bad)
        + through.replace("NAME", "good").replace("ARGUMENT", good),
        "through/main.tf": between
        + call.replace("NAME", "inner").replace("SOURCE", "../inner").replace("ARGUMENT", f"{name} = var.{name}"),
        "inner/main.tf": inside + SERVICE.replace("BLOCK", block),
    }


def follow(advice: str, files: dict[str, str]) -> None:
    """Makes the change that a remedy names: of the value at its place, or as a further argument of the call."""
    *_, sentence, code = advice.splitlines()
    name = code.partition(" = ")[0]
    found = re.search(r"\(([\w./]+):(\d+)\)", sentence)
    assert found is not None
    lines = files[found[1]].splitlines()
    line = int(found[2]) - 1
    there = re.search(rf"\b{name} = [^\s}}\]]+", lines[line])
    if there is None:
        lines.insert(line + 1, code)
    else:
        lines[line] = lines[line].replace(there[0], code)
    files[found[1]] = "\n".join(lines) + "\n"


@pytest.mark.parametrize("form", FORMS)
def test_the_change_that_a_remedy_names_is_made_in_the_call_at_fault_and_is_enough(tmp_path: Path, form: str) -> None:
    files = calls(*FORMS[form])
    before = dict(files)
    report = judge_files(tmp_path / "before", files, "ecs-public-ip")
    assert [each.address for each in report.failing()] == ["module.bad.module.inner.aws_ecs_service.web"]

    follow(only_remedy(report), files)

    assert files["inner/main.tf"] == before["inner/main.tf"]
    assert files["main.tf"].partition('module "good"')[2] == before["main.tf"].partition('module "good"')[2]
    assert judge_files(tmp_path / "after", files, "ecs-public-ip").failing() == []


def test_a_value_that_is_compared_is_named_but_none_is_invented(tmp_path: Path) -> None:
    files = calls(
        'variable "tier" {\n  default = "private"\n}\n', 'var.tier == "public"', "", 'tier = "public"', 'tier = "private"'
    )

    assert only_remedy(judge_files(tmp_path, files, "ecs-public-ip")).endswith(
        'An expression computes the value (inner/main.tf:10) from the argument "tier" of module "bad" (main.tf:3): it gives false if that is '
        'not "public". Change one of them.'
    )


def test_no_line_is_printed_for_a_dynamic_block_that_calls_share(tmp_path: Path) -> None:
    files = calls(FLAG.replace("DEFAULT", "false"), "true", "var.public ? [1] : []", "public = true", "public = false")

    assert only_remedy(judge_files(tmp_path, files, "ecs-public-ip")).endswith(
        "A dynamic block, which 2 calls of its module share, writes this value for all of them (inner/main.tf:13). Set "
        "`assign_public_ip` there to false if that is right for all; otherwise make it a variable, so that each call can choose."
    )


def test_a_conditional_in_the_call_is_not_overwritten_and_named_with_what_decides_it(tmp_path: Path) -> None:
    files = {
        "main.tf": 'variable "env" {\n  default = "prod"\n}\nmodule "it" {\n  source = "./it"\n  public = var.env != "dev" ? true : false\n}\n',
        "it/main.tf": FLAG.replace("DEFAULT", "false") + SERVICE.replace("BLOCK", PLAIN.replace("VALUE", "var.public")),
    }
    assert only_place(judge_files(tmp_path, files, "ecs-public-ip")) == (
        'An expression computes the value (main.tf:6) from the default of variable "env" (main.tf:2): it gives false if that is "dev". '
        "Change one of them."
    )
