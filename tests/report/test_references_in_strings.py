"""Which files write their references in strings, as Terraform 0.11 did, and remedies for these."""

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.parsers.terraform.text.interpolations import refers_in_strings, requires_strings
from wa_iac.report.remedy import remedy

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
