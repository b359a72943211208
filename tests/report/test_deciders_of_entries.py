"""The entry of a map, or the value in a file, that decides for one of several resources: a default in a type decides for all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge_files, only_place
from wa_iac.report.listing import advice

TABLES = """
variable "tables" {
  type = map(object({
    recovery = optional(bool, false)
  }))
  DEFAULT
}
resource "aws_dynamodb_table" "this" {
  for_each = var.tables
  name     = each.key
  point_in_time_recovery {
    enabled = each.value.recovery
  }
}
"""
OWN = TABLES.replace("DEFAULT", "default = {\n    carts = { recovery = true }\n    orders = {}\n  }")
INNER = TABLES.replace("DEFAULT", "")
SLUG = "dynamodb-point-in-time-recovery"


@pytest.mark.parametrize(
    ("files", "remedy"),
    [
        (
            {"main.tf": OWN},
            'Add "recovery" to the key "orders" in the default of variable "tables" (main.tf:8), '
            "or change the default in its type, which holds for others, too (main.tf:4):",
        ),
        (
            {"main.tf": INNER, "terraform.tfvars": "tables = {\n  carts = { recovery = true }\n  orders = {}\n}\n"},
            'Add "recovery" to the key "orders" in the value of variable "tables" (terraform.tfvars:3), '
            "or change the default in its type, which holds for others, too (main.tf:4):",
        ),
        (
            {"main.tf": 'module "db" {\n  source = "./db"\n  tables = {\n    orders = {}\n  }\n}\n', "db/main.tf": INNER},
            'Add "recovery" to the key "orders" in the argument "tables" of module "db" (main.tf:4), '
            "or change what the module uses otherwise (db/main.tf:4):",
        ),
    ],
)
def test_the_entry_that_lacks_an_attribute_comes_before_the_default_in_the_type(
    tmp_path: Path, files: dict[str, str], remedy: str
) -> None:
    assert only_place(judge_files(tmp_path, files, SLUG)).splitlines() == [remedy, "recovery = true"]


def test_a_default_in_a_type_that_several_calls_use_is_said_to_change_them_all(tmp_path: Path) -> None:
    call = 'module "NAME" {\n  source = "./db"\n  tables = { for each in ["a"] : each => {} }\n}\n'
    files = {"main.tf": call.replace("NAME", "one") + call.replace("NAME", "two"), "db/main.tf": INNER}
    (finding,) = judge_files(tmp_path, files, SLUG).failing()
    found = advice(finding)

    assert found is not None
    assert found.sentences[-1].endswith(
        "to optional(bool, true), which changes it for all that do not set it, in 2 calls of the module:"
    )


DATABASE = 'variable "encrypted" {}\nresource "aws_db_instance" "db" {\n  engine            = "mysql"\n  storage_encrypted = var.encrypted\n}\n'
BETWEEN = (
    'variable "env" {}\nlocals {\n  prod = var.env == "prod"\n}\nmodule "db" {\n  source    = "../db"\n  encrypted = VALUE\n}\n'
)


@pytest.mark.parametrize(
    ("value", "line"),
    [('var.env == "prod" ? true : false', 7), ("local.prod", 3), ('contains(["prod", "stage"], var.env)', 7)],
)
def test_an_expression_in_the_module_between_is_decided_by_what_the_outermost_call_passes(
    tmp_path: Path, value: str, line: int
) -> None:
    files = {
        "main.tf": 'module "app" {\n  source = "./app"\n  env    = "dev"\n}\n',
        "app/main.tf": BETWEEN.replace("VALUE", value),
        "db/main.tf": DATABASE,
    }
    assert only_place(judge_files(tmp_path, files, "rds-encryption")).rstrip("\n") == (
        f'An expression computes the value (app/main.tf:{line}) from the argument "env" of module "app" (main.tf:3): it gives true if that is '
        '"prod". Change one of them.'
    )


VARIABLES = 'variable "days" {}\nvariable "zones" {}\nvariable "networks" {}\n'
VALUES = 'days = 1\nzones = [\n  "subnet-0a1",\n]\nnetworks = [\n  "10.0.0.0/8",\n  "0.0.0.0/0",\n]\n'


@pytest.mark.parametrize(
    ("resource", "slug", "remedy"),
    [
        (
            'resource "aws_db_instance" "db" {\n  engine                  = "mysql"\n  backup_retention_period = var.days\n}\n',
            "rds-backup-retention",
            ['Set the value of variable "days" (terraform.tfvars:1) to 7:', "days = 7"],
        ),
        (
            'resource "aws_lb" "web" {\n  subnets = var.zones\n}\n',
            "elb-multi-az",
            [
                'A file of values holds constants only, such as ids. Change the value of variable "zones" (terraform.tfvars:2) so that it stands '
                "for this:",
                "subnets = [<a subnet>.id, <a subnet in another zone>.id]",
            ],
        ),
        (
            'resource "aws_security_group" "web" {\n  ingress {\n    protocol    = "tcp"\n    from_port   = 22\n    to_port     = 22\n'
            "    cidr_blocks = var.networks\n  }\n}\n",
            "vpc-security-group-ingress-ssh",
            ['In the value of variable "networks" (terraform.tfvars:5), write "<your network>" instead.'],
        ),
    ],
)
def test_a_value_in_a_file_of_values_is_changed_there(tmp_path: Path, resource: str, slug: str, remedy: list[str]) -> None:
    files = {"main.tf": VARIABLES + resource, "terraform.tfvars": VALUES}

    assert only_place(judge_files(tmp_path, files, slug)).rstrip("\n").splitlines() == remedy
