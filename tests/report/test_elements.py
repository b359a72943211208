"""An element of a list is changed where the list is written, in a value of the same type."""

from __future__ import annotations

from pathlib import Path

from helpers.reports import judge, judge_files, only_place, only_remedy

OPEN = '{ port = 22, cidrs = ["0.0.0.0/0"] }'
TYPE = 'list(object({ port = number, cidrs = optional(list(string), ["0.0.0.0/0"]) }))'
DYNAMIC = (
    'variable "rules" {\n  DECLARED\n}\n'
    + """
resource "aws_security_group" "g" {
  dynamic "ingress" {
    for_each = var.rules
    content {
      from_port   = ingress.value.port
      to_port     = ingress.value.port
      protocol    = "tcp"
      cidr_blocks = ingress.value.cidrs
    }
  }
}
"""
)


def test_a_list_within_objects_is_changed_at_its_key_and_never_takes_the_place_of_the_objects(tmp_path: Path) -> None:
    default = judge(
        tmp_path, DYNAMIC.replace("DECLARED", f"default = [\n    {OPEN},\n  ]"), "terraform", "vpc-security-group-ingress-ssh"
    )
    files = {
        "main.tf": 'module "m" {\n  source = "./m"\n  rules  = [{ port = 443 }, { port = 22 }]\n}\n',
        "m/main.tf": DYNAMIC.replace("DECLARED", f"type = {TYPE}"),
    }
    lacks = judge_files(tmp_path / "called", files, "vpc-security-group-ingress-ssh")

    assert only_place(default) == (
        'Set the key "cidrs" in the default of variable "rules" (main.tf:3) to ["<your network>"], or pass another value:\n'
        'cidrs = ["<your network>"]'
    )
    assert only_place(lacks) == (
        'Add "cidrs" to those elements of the argument "rules" of module "m" (main.tf:3) that lack it, '
        'or change what the module uses otherwise (m/main.tf:2):\ncidrs = ["<your network>"]'
    )


def test_an_element_of_a_list_is_no_key_and_a_place_without_a_name_is_named_by_its_line(tmp_path: Path) -> None:
    database = (
        'variable "v" {\n  default = VALUE\n}\nresource "aws_db_instance" "d" {\n  engine   = "mysql"\n  multi_az = MULTI\n}\n'
    )
    index = database.replace("VALUE", '{ a = [\n    "x",\n    false,\n  ] }').replace("MULTI", "var.v.a[1]")
    element = database.replace("VALUE", '["false"]').replace("MULTI", "element(var.v, 0)")

    assert "element [1] of the list (main.tf:4)" in only_place(judge(tmp_path, index, "terraform", "rds-multi-az"))
    assert only_place(judge(tmp_path, element, "terraform", "rds-multi-az")) == (
        "The value comes from main.tf:2. Change it there, so that this results:\nmulti_az = true"
    )


def test_what_a_block_needs_that_a_call_decides_is_named(tmp_path: Path) -> None:
    inner = """
variable "logs" { default = null }
resource "aws_cloudfront_distribution" "d" {
  enabled = true
  dynamic "logging_config" {
    for_each = var.logs == null ? [] : [var.logs]
    content {
      bucket = logging_config.value.bucket
    }
  }
}
"""
    calls = 'module "one" {\n  source = "./m"\n}\n'
    text = only_remedy(judge_files(tmp_path, {"main.tf": calls, "m/main.tf": inner}, "cloudfront-access-logging"))

    assert 'The call of module "one" (main.tf:1) decides it by its argument "logs", which it does not pass.' in text
    assert text.endswith("The block that it makes has to have `bucket` and `prefix`.")
