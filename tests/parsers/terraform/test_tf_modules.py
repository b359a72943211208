"""Modules: variables, outputs, calls, providers and settings."""

from __future__ import annotations

from helpers.terraform import Read, ReadOne, alternatives, block, bodies, known, unknown
from wa_iac.core.algebra import references
from wa_iac.core.errors import SourceError, UnavailableError
from wa_iac.core.presence import given
from wa_iac.core.value import Known, Reference, plain


def test_a_called_directory_is_judged_where_it_is_called(read: Read) -> None:
    units = read(
        {
            "one/main.tf": 'module "a" {\n  source = "../m"\n  v = 1\n}\n',
            "two/main.tf": 'module "b" {\n  source = "../m"\n  v = 2\n}\n',
            "m/main.tf": 'variable "v" {}\nresource "r" "r" {\n  x = var.v\n}\n',
            "alone/main.tf": 'resource "r" "r" {}\n',
        }
    )
    assert {each.path: bodies(each) for each in units} == {
        "alone": {"r.r": {}},
        "one": {"module.a.r.r": {"x": 1}},
        "two": {"module.b.r.r": {"x": 2}},
    }
    assert {each.path: sorted(each.sources) for each in units} == {
        "alone": ["alone/main.tf"],
        "one": ["m/main.tf", "one/main.tf"],
        "two": ["m/main.tf", "two/main.tf"],
    }
    called = block(units[1], "module.a.r.r")
    assert [(step.note, step.span[:5]) for step in called.calls] == [('module "a"', ("one/main.tf", 1, 1, 1, 11))]


def test_outputs(unit: ReadOne) -> None:
    found = unit(
        {
            "main.tf": 'module "m" {\n  source = "./m"\n}\n'
            'module "n" {\n  source = "./m"\n  count = 2\n}\nmodule "k" {\n  source = "./m"\n  for_each = { x = 1 }\n}\n'
            'resource "r" "r" {\n  id = module.m.id\n  name = module.m.name\n  ids = module.n[*].id\n  one = module.k["x"].id\n  none = try(module.m.none, "no")\n}\n',
            "m/main.tf": 'resource "aws_x" "y" {\n  name = "n"\n}\noutput "id" {\n  value = aws_x.y.id\n}\noutput "name" {\n  value = aws_x.y.name\n}\n',
        }
    )
    assert plain(block(found, "r.r").body) == {
        "id": {"$ref": "module.m.aws_x.y.id"},
        "name": "n",
        "ids": [{"$ref": "module.n[0].aws_x.y.id"}, {"$ref": "module.n[1].aws_x.y.id"}],
        "one": {"$ref": 'module.k["x"].aws_x.y.id'},
        "none": "no",
    }
    assert block(found, "r.r").body.value["name"].origin.references == (Reference("module.m.aws_x.y", "name"),)
    assert [each.address for each in found.declared if each.type == "aws_x"] == [
        "module.m.aws_x.y",
        "module.n[0].aws_x.y",
        "module.n[1].aws_x.y",
        'module.k["x"].aws_x.y',
    ]


def test_a_conditional_module_hands_its_condition_down(unit: ReadOne) -> None:
    found = unit(
        {
            "main.tf": 'variable "on" { type = bool }\nvariable "n" {}\nmodule "m" {\n  source = "./m"\n  count = var.on ? 1 : 0\n}\n'
            'module "s" {\n  source = "./m"\n  count = var.n\n}\n',
            "m/main.tf": 'variable "also" {\n  type = bool\n  default = true\n}\nresource "aws_x" "y" {\n  count = var.also ? 1 : 0\n}\n',
        }
    )
    one = block(found, "module.m[0].aws_x.y[0]")
    assert one.condition is not None
    assert alternatives(one.condition) == [("var.on is true", True), ("var.on is false", False)]
    some = block(found, "module.s.aws_x.y[0]")
    assert some.representative is not None
    assert some.representative.why == "the number of instances depends on var.n, which has no default"


def test_a_module_that_is_not_followed(unit: ReadOne) -> None:
    found = unit(
        'module "vpc" {\n  source = "terraform-aws-modules/vpc/aws"\n  version = "5.0"\n  cidr = "10.0.0.0/16"\n}\n'
        'resource "r" "r" {\n  x = module.vpc.vpc_id\n  y = module.vpc.private_subnets[0]\n}\n'
    )
    assert [(type(each), str(each)) for each in found.errors] == [
        (
            UnavailableError,
            "main.tf:1:1: the module terraform-aws-modules/vpc/aws is not installed here, so its resources are not checked: "
            '"terraform init" installs it',
        )
    ]
    module = block(found, "module.vpc")
    assert (module.kind, module.type, module.name) == ("module", "module", "vpc")
    assert plain(module.body) == {"source": "terraform-aws-modules/vpc/aws", "version": "5.0", "cidr": "10.0.0.0/16"}
    value = unknown(block(found, "r.r").body.value["x"])
    assert value.why == 'module "vpc" comes from terraform-aws-modules/vpc/aws, which is not installed here'
    assert value.origin.references == (Reference("module.vpc", "vpc_id"),)


def test_a_path_of_old_terraform_has_no_dot(read: Read) -> None:
    units = read(
        {
            "live/main.tf": 'module "web" {\n  source = "services/web"\n  size = "m3.large"\n}\n',
            "live/services/web/main.tf": 'variable "size" {}\nresource "r" "r" {\n  x = var.size\n}\n',
        }
    )
    assert [each.path for each in units] == ["live"]
    assert block(units[0], "module.web.r.r").body.value["x"] == Known("m3.large")


def test_sources_that_cannot_be(read: Read) -> None:
    units = read(
        {"a/main.tf": 'module "o" {\n  source = "../../elsewhere"\n}\nmodule "n" {\n  source = "./none"\n}\nmodule "s" {}\n'}
    )
    assert [(type(each), str(each)) for each in units[0].errors] == [
        (
            SourceError,
            'a/main.tf:1:1: module "o" comes from ../../elsewhere, which is outside the scanned directory: not read',
        ),
        (SourceError, 'a/main.tf:4:1: module "n" comes from ./none, where there are no .tf files'),
        (SourceError, 'a/main.tf:7:1: module "s" has no source'),
    ]
    assert [each.address for each in units[0].declared] == ["module.o", "module.n", "module.s"]


def test_modules_in_a_circle(read: Read) -> None:
    units = read(
        {
            "a/main.tf": 'module "b" {\n  source = "../b"\n}\nresource "r" "a" {}\n',
            "b/main.tf": 'module "a" {\n  source = "../a"\n}\nresource "r" "b" {}\n',
            "self/main.tf": 'module "s" {\n  source = "./"\n}\nresource "r" "s" {}\n',
        }
    )
    assert {
        each.path: ([block.address for block in each.declared], [str(error) for error in each.errors]) for each in units
    } == {
        "self": (["r.s", "module.s"], ["self/main.tf:1:1: modules call each other: self → self"]),
        "a": (
            ["r.a", "module.b.r.b", "module.b.module.a"],
            [
                "a: there is no root module: these modules call each other: a, b",
                "b/main.tf:1:1: modules call each other: a → b → a",
            ],
        ),
    }


def test_values_that_are_given(unit: ReadOne) -> None:
    found = unit(
        {
            "main.tf": "".join(f'variable "{name}" {{ default = 0 }}\n' for name in "abcd")
            + 'resource "r" "r" {\n  a = var.a\n  b = var.b\n  c = var.c\n  d = var.d\n}\n',
            "terraform.tfvars": "a = 1\nb = 1\n",
            "x.auto.tfvars": "b = 2\n",
            "y.auto.tfvars.json": '{"c": 3}',
            "other.tfvars": "d = 4\n",
        }
    )
    assert bodies(found) == {"r.r": {"a": 1, "b": 2, "c": 3, "d": 0}}
    assert sorted(found.sources) == ["main.tf", "terraform.tfvars", "x.auto.tfvars", "y.auto.tfvars.json"]


def test_types_of_variables(unit: ReadOne) -> None:
    found = unit(
        'variable "o" {\n  type = object({\n    n = number\n    s = optional(string, "d")\n    l = optional(list(string))\n    in = optional(object({ on = optional(bool, true) }), {})\n  })\n'
        '  default = { n = "5", extra = 1 }\n}\n'
        'variable "set" {\n  type = set(string)\n  default = ["b", "a", "b"]\n}\n'
        'variable "bool" {\n  type = bool\n  default = "true"\n}\nvariable "string" {\n  type = string\n  default = 5\n}\n'
        'variable "map" {\n  type = map(number)\n  default = { a = "1" }\n}\n'
        'variable "tuple" {\n  type = tuple([string, number])\n  default = [1, "2"]\n}\n'
        'variable "odd" {\n  type = number\n  default = "x"\n}\n'
        'resource "r" "r" {\n  o = var.o\n  set = var.set\n  bool = var.bool\n  string = var.string\n  map = var.map\n  tuple = var.tuple\n  odd = var.odd\n}\n'
    )
    assert bodies(found) == {
        "r.r": {
            "o": {"n": 5, "s": "d", "in": {"on": True}},
            "set": ["a", "b"],
            "bool": True,
            "string": "5",
            "map": {"a": 1},
            "tuple": ["1", 2],
            "odd": "x",
        }
    }


def test_an_argument_of_null(unit: ReadOne) -> None:
    found = unit(
        {
            "main.tf": 'module "m" {\n  source = "./m"\n  a = null\n  b = null\n}\n',
            "m/main.tf": 'variable "a" { default = 1 }\nvariable "b" {\n  default = 1\n  nullable = false\n}\nresource "r" "r" {\n  a = var.a\n  b = var.b\n}\n',
        }
    )
    assert bodies(found) == {"module.m.r.r": {"b": 1}}


def test_circles_of_locals(unit: ReadOne) -> None:
    found = unit('locals {\n  a = local.b\n  b = local.a\n}\nresource "r" "r" {\n  x = local.a\n  y = local.b\n}\n')
    assert [str(each) for each in found.errors] == ["main.tf:3:7: these refer to each other: local.a → local.b → local.a"]
    assert unknown(block(found, "r.r").body.value["x"]).why == "local.a refers to itself"


def test_providers(unit: ReadOne) -> None:
    found = unit(
        {
            "main.tf": 'variable "r" {}\nprovider "aws" {\n  region = "eu-west-1"\n  default_tags {\n    tags = { team = "a", env = "d" }\n  }\n}\n'
            'provider "aws" {\n  alias = "west"\n  region = var.r\n}\n'
            'resource "aws_x" "d" {\n  tags = { env = "own" }\n}\nresource "aws_x" "w" {\n  provider = aws.west\n}\nresource "aws_x" "own" {\n  region = "us-east-1"\n}\n'
            'module "m" {\n  source = "./m"\n  providers = {\n    aws = aws.west\n    aws.other = aws\n  }\n}\nmodule "n" {\n  source = "./m"\n}\n',
            "m/main.tf": 'resource "aws_x" "i" {}\nresource "aws_x" "o" {\n  provider = aws.other\n}\n',
        }
    )
    assert {each.address: plain(each.body) for each in found.declared if each.kind == "context"} == {
        "provider.aws": {"region": "eu-west-1", "default_tags": [{"tags": {"team": "a", "env": "d"}}]},
        "provider.aws.west": {"region": {"$unknown": "var.r has no default"}},
    }
    assert {each.address: plain(each.region) for each in found.declared if each.kind == "resource"} == {
        "aws_x.d": "eu-west-1",
        "aws_x.w": {"$unknown": "var.r has no default"},
        "aws_x.own": "us-east-1",
        "module.m.aws_x.i": {"$unknown": "var.r has no default"},
        "module.m.aws_x.o": "eu-west-1",
        "module.n.aws_x.i": "eu-west-1",
        "module.n.aws_x.o": None,
    }
    own = block(found, "aws_x.d")
    assert plain(own.body) == {"tags": {"env": "own"}, "tags_all": {"team": "a", "env": "own"}}
    assert plain(block(found, "module.n.aws_x.i").body) == {"tags_all": {"team": "a", "env": "d"}}
    assert known(block(found, "aws_x.w").attributes["provider"]) == "aws.west"


def test_settings(unit: ReadOne) -> None:
    found = unit(
        {
            "versions.tf": 'terraform {\n  required_version = ">= 1.5"\n  required_providers {\n    aws = {\n      source = "hashicorp/aws"\n      version = "~> 5.0"\n      configuration_aliases = [aws.x]\n    }\n  }\n}\n',
            "backend.tf": 'terraform {\n  backend "s3" {\n    bucket = "b"\n  }\n}\n',
        }
    )
    assert bodies(found) == {
        "terraform": {
            "required_version": ">= 1.5",
            "required_providers": [{"aws": {"source": "hashicorp/aws", "version": "~> 5.0"}}],
            "backend": [{"s3": {"bucket": "b"}}],
        }
    }


def test_what_stands_beside_the_body(unit: ReadOne) -> None:
    found = unit(
        'resource "r" "a" {}\nresource "r" "r" {\n  x = 1\n  depends_on = [r.a]\n  lifecycle {\n    prevent_destroy = true\n    ignore_changes = [tags, tags["x"]]\n  }\n'
        '  provisioner "local-exec" {\n    command = "rm"\n  }\n}\nresource "r" "all" {\n  lifecycle {\n    ignore_changes = all\n  }\n}\n'
    )
    resource = block(found, "r.r")
    assert plain(resource.body) == {"x": 1, "provisioner": [{"local-exec": {"command": "rm"}}]}
    assert {name: plain(each) for name, each in resource.attributes.items()} == {
        "lifecycle": {"prevent_destroy": True, "ignore_changes": ["tags", 'tags["x"]']},
        "depends_on": ["r.a"],
    }
    depends = resource.attributes["depends_on"]
    assert isinstance(depends, Known)
    assert depends.value[0].origin.references == (Reference("r.a", ""),)
    assert plain(block(found, "r.all").attributes["lifecycle"]) == {"ignore_changes": "all"}


def test_override_files(unit: ReadOne) -> None:
    found = unit(
        {
            "a_override.tf": 'resource "r" "r" {\n  x = 2\n  b {\n    y = 2\n  }\n}\n',
            "main.tf": 'resource "r" "r" {\n  x = 1\n  z = 1\n  b {\n    y = 1\n  }\n}\n',
        }
    )
    assert bodies(found) == {"r.r": {"x": 2, "z": 1, "b": [{"y": 2}]}}
    assert found.errors == []


def test_an_override_replaces_blocks_whether_they_are_written_or_dynamic(unit: ReadOne) -> None:
    dynamic = '  dynamic "{0}" {{\n    for_each = [1]\n    content {{\n      y = "{0}"\n    }}\n  }}\n'
    found = unit(
        {
            "main.tf": 'resource "r" "r" {\n  a {}\n' + "".join(map(dynamic.format, ("b", "c"))) + "}\n",
            "override.tf": 'resource "r" "r" {\n  b {}\n' + dynamic.format("a") + "}\n",
        }
    )
    assert bodies(found) == {"r.r": {"a": [{"y": "a"}], "b": [{}], "c": [{"y": "c"}]}}


def test_an_output_is_declared_with_what_it_refers_to(unit: ReadOne) -> None:
    found = unit('resource "r" "r" {}\noutput "o" {\n  value = r.r.id\n}\n')

    output = block(found, "output.o")
    assert (output.kind, output.type, output.span.start_line) == ("context", "output", 2)
    assert list(references(output.body)) == [Reference("r.r", "id")]


def test_a_variable_without_a_value_is_what_its_validations_allow(unit: ReadOne) -> None:
    def variable(name: str, kind: str, *conditions: str) -> str:
        return f'variable "{name}" {{\n  type = {kind}\n' + "".join(
            f'  validation {{\n    condition = {each}\n    error_message = "x"\n  }}\n' for each in conditions
        ) + "}\n"  # fmt: skip

    declared = (
        variable("never", "bool", "var.never == false")
        + variable("other", "bool", "var.other != true")  # null is not true either
        + variable("env", "string", 'contains(["dev", "prod", "old"], var.env)', 'var.env != "old"')
        + variable("word", "string", 'can(regex("^(a|b)$", var.word))')
        + variable("size", "number", "var.size == 1 || var.size == 2", "var.size > var.word")
        + variable("open", "string", "length(var.open) > 3")
        + variable("free", "string", 'var.free != "x"')
    )
    names = ("never", "other", "env", "word", "size", "open", "free")
    found = unit({"main.tf": declared + 'resource "r" "r" {\n' + "".join(f"  {each} = var.{each}\n" for each in names) + "}\n"})
    body = block(found, "r.r").body.value
    assert plain(body["never"]) is False
    assert {each: dict(alternatives(body[each])) for each in names[1:]} == {
        "other": {"var.other is true": True, "var.other is false": False},
        "env": {"var.env is dev": "dev", "var.env is prod": "prod"},
        "word": {"var.word is a": "a", "var.word is b": "b"},
        "size": {"var.size is 1": 1, "var.size is 2": 2},
        "open": {},
        "free": {},
    }
    assert given(body["open"]) == Known(True)
    assert given(body["free"]) != Known(True)


def test_what_terraform_data_keeps_comes_out_of_it(unit: ReadOne) -> None:
    found = unit(
        {
            "main.tf": 'resource "terraform_data" "t" {\n  input = { a = [1] }\n}\nresource "r" "r" {\n  x = terraform_data.t.output.a[0]\n}\n'
        }
    )
    assert plain(block(found, "r.r").body) == {"x": 1}


def test_an_entry_under_a_name_that_nobody_gives_is_one_of_all(unit: ReadOne) -> None:
    found = unit(
        {
            "main.tf": 'variable "env" {}\nlocals {\n  m = {\n    dev = { a = 1, b = true }\n    prod = { a = 2, b = true }\n  }\n}\n'
            'resource "r" "r" {\n  a = local.m[var.env].a\n  b = local.m[var.env].b\n'
            '  c = lookup({ dev = 1 }, var.env, 3)\n  d = local.m["x${var.env}"].b\n}\n'
        }
    )
    body = block(found, "r.r").body.value
    assert alternatives(body["a"]) == [("var.env is dev", 1), ("var.env is prod", 2)]
    assert plain(body["b"]) is True
    assert alternatives(body["c"]) == [("var.env is dev", 1), ("var.env has another value", 3)]
    assert alternatives(body["d"]) == []
