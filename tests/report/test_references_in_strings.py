"""Which files write their references in strings, as Terraform 0.11 did, and remedies for these."""

from pathlib import Path

import pytest

from helpers.fixes import after
from helpers.reports import judge, said
from wa_iac.parsers.terraform.text.interpolations import refers_in_strings, requires_strings
from wa_iac.report.remedy import remedy
from wa_iac.report.snippets_hcl import with_interpolations

NETWORK = """\
resource "aws_vpc" "main" {
  cidr_block = "10.1.0.0/16"
}
resource "aws_subnet" "main" {
  vpc_id            = %s
  cidr_block        = "10.1.1.0/24"
  availability_zone = "eu-west-1a"
}
"""


@pytest.mark.parametrize(
    ("written", "old"),
    [
        ('x = "${var.y}"', True),
        ('x = "${var.y}" # or var.z', True),
        ('x = "${var.y}"\nz = ["${split(",", var.list)}"]', True),
        ('x = "${var.y}"\nz = <<EOF\nvar.list\nEOF', True),
        ('x = "${var.y}"\nz = var.list', False),
        ('x = "name-${var.y}"', False),
        ('x = "y"', False),
    ],
)
def test_a_file_that_refers_only_in_strings_is_of_0_11(written: str, old: bool) -> None:
    assert refers_in_strings(f"{written}\n".encode()) is old


@pytest.mark.parametrize(
    ("written", "old"),
    [
        ('x = "${var.y}"\nz = "${file("${path.module}/z.json")}"', True),
        ('x = "${var.y}"\nz = "${terraform.workspace == "prod" ? "no" : "yes"}"', True),
        ('x = "${var.y}"\nz = "$${"\nw = "}"', True),
        ('x = "${var.y}"\nz = file("${path.module}/z.json")\nw = var.list', False),
    ],
)
def test_a_string_in_an_interpolation_does_not_end_the_one_around_it(written: str, old: bool) -> None:
    assert refers_in_strings(f"{written}\n".encode()) is old


@pytest.mark.parametrize(
    ("required", "old"),
    [
        ("~> 0.11.6", True),
        ("0.11.14", True),
        (">= 0.11, < 0.12", True),
        ("<0.12.0", True),
        ("~> 0.11", False),
        (">= 0.11.0", False),
        ("~> 0.12.0", False),
        ("~> 1.11.0", False),
    ],
)
def test_a_module_may_require_a_version_that_reads_no_other_references(required: str, old: bool) -> None:
    assert requires_strings(f'terraform {{\n  required_version = "{required}"\n}}\n'.encode()) is old


def test_the_version_may_be_required_in_another_file_of_the_module(tmp_path: Path) -> None:
    (tmp_path / "versions.tf").write_text('terraform {\n  required_version = "~> 0.11.6"\n}\n')
    [found] = judge(
        tmp_path,
        NETWORK % '"${aws_vpc.main.id}"' + 'output "a" {\n  value = aws_vpc.main.arn\n}\n',
        "terraform",
        "vpc-multi-az-subnets",
    ).failing()
    code = remedy(found).code

    assert 'vpc_id            = "${aws_vpc.main.id}"' in code
    assert '.names[1]}"' in code


@pytest.mark.parametrize("opening", [b"<<A\n", b"/*"], ids=["texts", "comments"])
def test_what_never_ends_goes_on_to_the_end_of_the_file(opening: bytes) -> None:
    """And is looked through once, however often it begins."""
    assert refers_in_strings(b'name = "${aws_elb.main.id}"\n' + opening * 100_000 + b"\nname = aws_elb.main.id\n")


OLD_BALANCER = """
variable "name" {}
resource "aws_elb" "main" {
  name     = "${var.name}"
  internal = false
  listener {
    lb_port           = %s
    lb_protocol       = "https"
    instance_port     = 80
    instance_protocol = "http"
  }
}
"""


@pytest.mark.parametrize(("port", "reference"), [('"${var.port}"', '"${aws_elb.main.id}"'), ("var.port", "aws_elb.main.id")])
def test_references_are_written_as_the_file_writes_them(tmp_path: Path, port: str, reference: str) -> None:
    module = f'variable "port" {{\n  default = 443\n}}\n{OLD_BALANCER % port}'
    [found] = judge(tmp_path, module, "terraform", "elb-listener-tls-policy").failing()

    assert f"load_balancer = {reference}\n" in remedy(found).code


def test_names_placeholders_and_lists_have_their_spelling_of_0_11() -> None:
    code = 'provider   = aws.west\ndepends_on = [aws_vpc.main]\ngroups     = [<the group>.id, "sg-1"]\nrole       = <the role>'
    assert with_interpolations(code) == (
        'provider   = "aws.west"\ndepends_on = ["aws_vpc.main"]\ngroups     = ["${<the group>.id}", "sg-1"]\nrole       = <the role>'
    )


def test_a_fix_writes_references_as_the_file_does(tmp_path: Path) -> None:
    module = 'variable "name" {}\nresource "aws_s3_bucket" "b" {\n  bucket = "${var.name}"\n}\n'
    assert '\n  bucket = "${aws_s3_bucket.b.id}"\n' in after(tmp_path, "main.tf", module, "s3-versioning")


@pytest.mark.parametrize(("name", "old"), [('"${var.name}"', True), ("var.name", False)])
def test_code_of_an_old_terraform_says_so(tmp_path: Path, name: str, old: bool) -> None:
    source = f'variable "name" {{}}\nvariable "key" {{}}\nresource "aws_sqs_queue" "jobs" {{\n  name              = {name}\n  kms_master_key_id = "${{var.key}}"\n}}\n'
    first, *_ = said(judge(tmp_path, source, "terraform", "sqs-dead-letter-queue"))

    assert first.startswith("The file is written for Terraform 0.11") is old
