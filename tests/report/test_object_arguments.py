"""What a call has to pass for a `dynamic` block: an argument in the shape of its variable, and not a block in that of the resource."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge_files, only, only_place, only_remedy
from wa_iac.core.finding import Report
from wa_iac.report.remedy import remedy

MODULE = """
VARIABLE
resource "aws_dynamodb_table" "this" {
  name = "orders"
  dynamic "point_in_time_recovery" {
    for_each = EACH
    content {
      enabled = VALUE
    }
  }
}
"""
OBJECT = 'variable "recovery" {\n  type    = object({ on = bool, days = optional(number) })\n  default = null\n}'
NEEDS = OBJECT.replace("optional(number)", "number")
ANY = 'variable "recovery" {\n  default = {}\n}'
LIST = 'variable "recovery" {\n  type    = list(object({ on = bool }))\n  default = []\n}'
MAP = LIST.replace("list(", "map(").replace("[]", "{}")
FLAG = 'variable "recovery" {\n  type    = bool\n  default = false\n}'
ELEMENT = "point_in_time_recovery.value.on"
SLUG = "dynamodb-point-in-time-recovery"


def module(variable: str, each: str, value: str) -> str:
    return MODULE.replace("VARIABLE", variable).replace("EACH", each).replace("VALUE", value)


def called(tmp_path: Path, inside: str, passed: str = "") -> Report:
    return judge_files(
        tmp_path, {"main.tf": f'module "db" {{\n  source = "./db"\n  {passed}\n}}\n', "db/main.tf": inside}, SLUG
    )


@pytest.mark.parametrize(
    ("variable", "each", "value", "code"),
    [
        (OBJECT, "var.recovery == null ? [] : [var.recovery]", ELEMENT, "{ on = true }"),
        (OBJECT, "var.recovery != null ? [1] : []", "var.recovery.on", "{ on = true }"),
        (OBJECT, "var.recovery[*]", ELEMENT, "{ on = true }"),
        (NEEDS, "var.recovery[*]", ELEMENT, "{\n  on   = true\n  days = <days>\n}"),
        (
            ANY,
            "length(var.recovery) > 0 ? [var.recovery] : []",
            f'lookup({ELEMENT.removesuffix(".on")}, "on", null)',
            "{ on = true }",
        ),
        (ANY, "var.recovery == {} ? [] : [var.recovery]", f"try({ELEMENT}, false)", "{ on = true }"),
        (LIST, "var.recovery", ELEMENT, "[{ on = true }]"),
        (MAP, "var.recovery", ELEMENT, "{\n  <a name> = { on = true }\n}"),
        (FLAG, 'var.recovery ? ["on"] : []', "true", "true"),
    ],
)
def test_an_argument_has_the_shape_of_its_variable(tmp_path: Path, variable: str, each: str, value: str, code: str) -> None:
    place = only_place(called(tmp_path, module(variable, each, value)))

    shape = "true" if code == "true" else "this"
    assert place == f'Set the argument "recovery" of module "db" (main.tf:1) to {shape}:\nrecovery = {code}'


def test_an_argument_that_a_call_passes_as_null_is_named_at_its_line(tmp_path: Path) -> None:
    place = only_place(called(tmp_path, module(OBJECT, "var.recovery[*]", ELEMENT), "recovery = null"))

    assert place.startswith('Set the argument "recovery" of module "db" (main.tf:3) to this:')


def test_what_a_call_passes_besides_is_kept_and_what_is_right_is_not_written_again(tmp_path: Path) -> None:
    variable = OBJECT.replace("bool", "optional(bool, false)").replace("null", "{}")
    source = module(variable, "var.recovery.on ? [var.recovery] : []", ELEMENT)
    place = only_place(called(tmp_path, source, "recovery = { days = 3 }"))

    assert place == 'In the argument "recovery" of module "db" (main.tf:3), set this and keep the rest:\non = true'


def test_arguments_beside_a_switch_are_set_together(tmp_path: Path) -> None:
    variables = FLAG.replace("recovery", "keep") + '\nvariable "recovery" {\n  default = null\n}'
    place = only_place(called(tmp_path, module(variables, "var.keep ? [1] : []", "var.recovery")))

    assert place == 'Set these arguments of module "db" (main.tf:1):\nrecovery = true\nkeep = true'


def test_the_outermost_call_passes_what_the_others_hand_on(tmp_path: Path) -> None:
    between = 'variable "kept" {\n  default = null\n}\nmodule "db" {\n  source   = "../db"\n  recovery = var.kept\n}\n'
    files = {
        "main.tf": 'module "app" {\n  source = "./app"\n}\n',
        "app/main.tf": between,
        "db/main.tf": module(OBJECT, "var.recovery[*]", ELEMENT),
    }
    place = only_place(judge_files(tmp_path, files, SLUG))

    assert place == 'Set the argument "kept" of module "app" (main.tf:1) to this:\nkept = { on = true }'


def test_the_default_of_a_root_module_has_that_shape_too(tmp_path: Path) -> None:
    place = only_place(judge_files(tmp_path, {"main.tf": module(OBJECT, "var.recovery[*]", ELEMENT)}, SLUG))

    assert place == 'Set the default of variable "recovery" (main.tf:4) to this, or pass that value:\ndefault = { on = true }'


def test_a_default_holds_no_reference_in_its_object(tmp_path: Path) -> None:
    source = """
variable "encryption" {
  type    = object({ key = string })
  default = null
}
resource "aws_dynamodb_table" "this" {
  name = "orders"
  dynamic "server_side_encryption" {
    for_each = var.encryption[*]
    content {
      enabled     = true
      kms_key_arn = server_side_encryption.value.key
    }
  }
}
"""
    found = remedy(only(judge_files(tmp_path, {"main.tf": source}, "dynamodb-encryption-customer-key")))

    assert found.code == 'default = { key = "<the arn of a KMS key>" }'


@pytest.mark.parametrize(
    ("each", "value"),
    [
        ("[for each in var.recovery[*] : each if each.on]", ELEMENT),
        ("var.recovery[*]", "false"),
        ("var.recovery[*]", f"!{ELEMENT}"),
        ("local.recovery", ELEMENT),
    ],
)
def test_nothing_is_invented_where_the_block_is_made_in_another_way(tmp_path: Path, each: str, value: str) -> None:
    more = "locals {\n  recovery = var.recovery[*]\n}\n"

    assert "to this:" not in only_remedy(called(tmp_path, more + module(OBJECT, each, value)))


def test_a_condition_on_another_key_than_those_of_the_block_is_not_overlooked(tmp_path: Path) -> None:
    variable = OBJECT.replace("null", "{ on = false }")
    source = module(variable, "var.recovery.days == null ? [] : [var.recovery]", ELEMENT)

    assert "to this:" not in only_remedy(called(tmp_path, source))
