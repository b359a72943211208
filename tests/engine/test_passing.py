"""What passes only thanks to something under an undecided condition is undecided: a reference, a helper, an argument."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.declared import Dialect

BUCKETS = """\
variable "on" {
  type = bool
}
variable "two" {
  type = bool
}
variable "position" {
  type = number
}
variable "target" {
  type = string
}
resource "aws_s3_bucket" "a" {}
resource "aws_s3_bucket" "b" {
  bucket = "records"
}
"""


def versioned(name: str, bucket: str, more: str = "") -> str:
    return f"""\
resource "aws_s3_bucket_versioning" "{name}" {{
  {more}
  bucket = {bucket}
  versioning_configuration {{
    status = "Enabled"
  }}
}}
"""


def told(directory: Path, source: str, slug: str, dialect: Dialect = "terraform") -> dict[str, str]:
    """When a rule fails, by the address; for a finding "always", and "?" if no outcome decides it."""
    findings = judge(directory, source, dialect, slug).findings
    return {each.address: each.when or ("always" if each.verdict == "fail" else "?") for each in findings}


@pytest.mark.parametrize(
    ("bucket", "a", "b"),
    [
        ("var.on ? aws_s3_bucket.a.id : aws_s3_bucket.b.id", "var.on is false", "var.on is true"),
        ('var.on ? aws_s3_bucket.a.id : "elsewhere"', "var.on is false", "always"),
        ('var.on ? aws_s3_bucket.a.id : "records"', "var.on is false", "var.on is true"),
        ("[aws_s3_bucket.a.id, aws_s3_bucket.b.id][var.position]", "var.position is 1", "var.position is 0"),
        ("element([aws_s3_bucket.a.id, aws_s3_bucket.b.id], var.position)", "var.position is 1", "var.position is 0"),
        ("{ x = aws_s3_bucket.a.id, y = aws_s3_bucket.b.id }[var.target]", "var.target is y", "var.target is x"),
        ("coalesce(var.target, aws_s3_bucket.a.id)", "?", "?"),
        ('var.target != "" ? var.target : aws_s3_bucket.a.id', "?", "?"),
    ],
)
def test_a_reference_that_may_lead_elsewhere(tmp_path: Path, bucket: str, a: str, b: str) -> None:
    found = told(tmp_path, BUCKETS + versioned("one", bucket), "s3-versioning")

    assert found == {"aws_s3_bucket.a": a, "aws_s3_bucket.b": b}


def test_references_that_lead_to_all_in_any_case(tmp_path: Path) -> None:
    one = versioned("one", "var.on ? aws_s3_bucket.a.id : aws_s3_bucket.b.id")
    other = versioned("other", "var.on ? aws_s3_bucket.b.id : aws_s3_bucket.a.id")

    assert told(tmp_path, BUCKETS + one + other, "s3-versioning") == {}


FIREWALL = """\
variable "on" {
  type = bool
}
variable "two" {
  type = bool
}
resource "aws_networkfirewall_firewall" "egress" {
  MORE
  name                = "egress"
  firewall_policy_arn = "arn:aws:network-firewall:eu-west-1:123456789012:firewall-policy/egress"
  vpc_id              = "vpc-0a1b2c3d"
  subnet_mapping {
    subnet_id = "subnet-0a1b2c3d"
  }
}
"""


def association(name: str, more: str) -> str:
    return f"""\
resource "aws_networkfirewall_vpc_endpoint_association" "{name}" {{
  {more}
  firewall_arn = one(aws_networkfirewall_firewall.egress[*].arn)
  vpc_id       = "vpc-0a1b2c3d"
  subnet_mapping {{
    subnet_id = "subnet-{name}"
  }}
}}
"""


@pytest.mark.parametrize(
    ("own", "one", "other", "when"),
    [
        ("", "", None, ""),
        ("", "count = var.on ? 1 : 0", None, "var.on is false"),
        ("", "count = var.on ? 1 : 0", "count = var.on ? 0 : 1", ""),
        ("", "count = var.on ? 1 : 0", "count = var.two ? 1 : 0", "var.two is false and var.on is false"),
        ("count = var.on ? 1 : 0", "count = var.on ? 1 : 0", None, ""),
        ("count = var.on ? 1 : 0", "count = var.on ? 0 : 1", None, "always"),
    ],
)
def test_a_helper_that_may_not_exist(tmp_path: Path, own: str, one: str, other: str | None, when: str) -> None:
    source = FIREWALL.replace("MORE", own) + association("one", one)
    if other is not None:
        source += association("other", other)

    assert "".join(told(tmp_path, source, "networkfirewall-multi-az").values()) == when


ADDRESS = """\
Parameters:
  On:
    Type: String
Conditions:
  C: !Equals [!Ref On, "1"]
Resources:
  A:
    Type: AWS::EC2::EIP
  B:
    Type: AWS::EC2::EIP
  Association:
    Type: AWS::EC2::EIPAssociation
    MORE
    Properties:
      InstanceId: i-0a1b2c3d
      AllocationId: ID
"""


@pytest.mark.parametrize(
    ("more", "allocation", "expected"),
    [
        ("", "!If [C, !GetAtt A.AllocationId, !GetAtt B.AllocationId]", {"A": "C is false", "B": "C is true"}),
        ("Condition: C", "!GetAtt A.AllocationId", {"A": "C is false", "B": "always"}),
    ],
)
def test_in_a_template(tmp_path: Path, more: str, allocation: str, expected: dict[str, str]) -> None:
    source = ADDRESS.replace("MORE", more).replace("ID\n", f"{allocation}\n")

    assert told(tmp_path, source, "eip-unattached", "cloudformation") == expected


def test_the_cause_names_the_value_that_settles_it(tmp_path: Path) -> None:
    source = BUCKETS + versioned("one", "aws_s3_bucket.a.id", "count = var.on ? 1 : 0")
    [found] = [each for each in judge(tmp_path, source, "terraform", "s3-versioning").findings if each.when]

    assert found.waits_for is not None
    assert (found.waits_for.name, found.message.startswith("Fails when var.on is false: ")) == ("var.on", True)


def test_many_conditions_take_a_bounded_number_of_graphs(tmp_path: Path) -> None:
    names = [f"v{number}" for number in range(60)]
    source = BUCKETS + "".join(f'variable "{each}" {{\n  type = bool\n}}\n' for each in names)
    source += "".join(versioned(each, "aws_s3_bucket.a.id", f"count = var.{each} ? 1 : 0") for each in names)

    assert told(tmp_path, source, "s3-versioning")["aws_s3_bucket.b"] == "always"
