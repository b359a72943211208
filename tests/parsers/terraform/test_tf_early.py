"""Module sources that are not written out, and providers of which there are several: what is evaluated before all else."""

from __future__ import annotations

import pytest

from helpers.terraform import Read, ReadOne, block, bodies, known, unknown
from wa_iac.core.errors import UnavailableError
from wa_iac.core.value import Known

PARTS = {
    "parts/a/main.tf": 'variable "v" {}\nresource "aws_a" "x" {\n  v = var.v\n}\n',
    "parts/b/main.tf": 'variable "v" {}\nresource "aws_b" "x" {\n  v = var.v\n}\n',
}


def test_a_source_made_of_variables_and_locals(read: Read) -> None:
    main = (
        'variable "part" { default = "a" }\nlocals { base = "./parts" }\n'
        'module "m" {\n  source = "${local.base}/${var.part}"\n  v = 1\n}\n'
    )
    units = read({"main.tofu": main, **PARTS})
    assert {each.path: bodies(each) for each in units} == {
        ".": {"module.m.aws_a.x": {"v": 1}},
        "parts/b": {"aws_b.x": {"v": {"$unknown": "var.v has no default"}}},
    }


def test_a_source_by_what_a_file_of_values_says(read: Read) -> None:
    main = 'variable "part" { default = "a" }\nmodule "m" {\n  source = "./parts/${var.part}"\n  v = 1\n}\n'
    units = read({"main.tf": main, "terraform.tfvars": 'part = "b"\n', **PARTS})
    assert {each.path: bodies(each) for each in units}["."] == {"module.m.aws_b.x": {"v": 1}}


def test_a_source_by_what_the_caller_says(read: Read) -> None:
    units = read(
        {
            "root/main.tf": 'module "m" {\n  source = "../middle"\n  part = "b"\n}\n',
            "middle/main.tf": 'variable "part" {}\nmodule "m" {\n  source = "../parts/${var.part}"\n  v = 1\n}\n',
            **PARTS,
        }
    )
    assert {each.path: bodies(each) for each in units} == {
        "root": {"module.m.module.m.aws_b.x": {"v": 1}},
        "parts/a": {"aws_a.x": {"v": {"$unknown": "var.v has no default"}}},
    }


@pytest.mark.parametrize("source", ["var.part", '"./parts/${var.part}"'])
def test_a_source_that_is_not_known_is_a_note(read: Read, source: str) -> None:
    units = read({"main.tofu": f'variable "part" {{}}\nmodule "m" {{\n  source = {source}\n  v = 1\n}}\n', **PARTS})
    (error,) = units[0].errors
    assert isinstance(error, UnavailableError)
    assert (
        error.message
        == 'the source of module "m" is not known: var.part has no default: the module\'s resources are not checked'
    )


def test_a_source_of_what_the_module_makes_is_not_known(read: Read) -> None:
    units = read({"main.tofu": 'module "m" {\n  source = module.m.where\n}\n'})
    assert any("refer to each other" in each.message for each in units[0].errors)


def test_instances_of_a_provider(unit: ReadOne) -> None:
    found = unit(
        {
            "main.tofu": 'variable "regions" { default = { eu = "eu-west-1", us = "us-east-1" } }\n'
            'provider "aws" {\n  alias    = "by"\n  for_each = var.regions\n  region   = each.value\n'
            "  default_tags {\n    tags = { place = each.key }\n  }\n}\n"
            'resource "aws_x" "all" {\n  for_each = var.regions\n  provider = aws.by[each.key]\n}\n'
            'resource "aws_x" "one" {\n  provider = aws.by["us"]\n}\n'
            'module "m" {\n  source = "./m"\n  for_each = var.regions\n  providers = { aws = aws.by[each.key] }\n}\n',
            "m/main.tofu": 'resource "aws_x" "x" {}\n',
        }
    )
    assert found.errors == []
    assert {each.address: known(each.region) for each in found.declared if each.type == "aws_x"} == {
        'aws_x.all["eu"]': "eu-west-1",
        'aws_x.all["us"]': "us-east-1",
        "aws_x.one": "us-east-1",
        'module.m["eu"].aws_x.x': "eu-west-1",
        'module.m["us"].aws_x.x': "us-east-1",
    }
    assert block(found, "aws_x.one").body.value["tags_all"] == Known({"place": Known("us")})
    assert [each.address for each in found.declared if each.type == "provider.aws"] == [
        'provider.aws.by["eu"]',
        'provider.aws.by["us"]',
    ]


def test_the_region_is_known_where_the_key_is(unit: ReadOne) -> None:
    found = unit(
        {
            "main.tofu": 'variable "regions" {}\n'
            'provider "aws" {\n  alias    = "by"\n  for_each = var.regions\n  region   = each.key\n}\n'
            'resource "aws_x" "one" {\n  provider = aws.by["us-east-1"]\n}\n'
            'resource "aws_x" "any" {\n  for_each = var.regions\n  provider = aws.by[each.key]\n}\n'
        }
    )
    assert found.errors == []
    assert known(block(found, "aws_x.one").region) == "us-east-1"
    assert unknown(block(found, "aws_x.any").region).why == "var.regions has no default"


def test_an_instance_of_a_provider_in_json(unit: ReadOne) -> None:
    found = unit(
        {
            "main.tofu.json": '{"provider": {"aws": {"alias": "by", "for_each": {"a": "eu-west-1"}, "region": "${each.value}"}},'
            ' "resource": {"aws_x": {"x": {"provider": "aws.by[\\"a\\"]"}}}}'
        }
    )
    assert found.errors == []
    assert known(block(found, "aws_x.x").region) == "eu-west-1"
