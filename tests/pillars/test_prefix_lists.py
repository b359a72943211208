"""A prefix list lets in what is in it: a few addresses are not the internet."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, only
from wa_iac.core.scales import Severity
from wa_iac.report.remedy import remedy

SLUG = "rds-public-access"
MODULE = """\
resource "aws_security_group" "database" {
  ingress {
    protocol        = "tcp"
    from_port       = 5432
    to_port         = 5432
    prefix_list_ids = [PARTNERS]
  }
}
resource "aws_db_instance" "orders" {
  publicly_accessible    = true
  vpc_security_group_ids = [aws_security_group.database.id]
}
"""
LIST = 'resource "aws_ec2_managed_prefix_list" "partners" {\n  name           = "partners"\n  address_family = "IPv4"\n  max_entries    = 5\n%s}\n'
ENTRY = '  entry {\n    cidr = "%s"\n  }\n'
BESIDE = """\
resource "aws_ec2_managed_prefix_list_entry" "partner" {
  prefix_list_id = aws_ec2_managed_prefix_list.partners.id
  cidr           = "%s"
}
"""
TEMPLATE = """\
Resources:
  Partners:
    Type: AWS::EC2::PrefixList
    Properties: {PrefixListName: partners, AddressFamily: IPv4, MaxEntries: 5, Entries: [{Cidr: 34.208.207.197/32}]}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Database
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourcePrefixListId: !Ref Partners}]
  Database:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, PubliclyAccessible: true, VPCSecurityGroups: [!Ref Group]}
"""
FEW = "let in a few addresses of the internet only"


@pytest.mark.parametrize(
    ("source", "severity"),
    [
        (LIST % (ENTRY % "34.208.207.197/32"), Severity.HIGH),
        (LIST % "" + BESIDE % "34.208.207.197/32", Severity.HIGH),
        (LIST % (ENTRY % "0.0.0.0/0"), Severity.CRITICAL),
        ("", Severity.CRITICAL),
    ],
    ids=["few addresses", "few addresses beside it", "everybody", "a list that is elsewhere"],
)
def test_a_database_is_as_open_as_the_list(tmp_path: Path, source: str, severity: Severity) -> None:
    name = "aws_ec2_managed_prefix_list.partners.id" if source else '"pl-0a1"'
    found = only(judge(tmp_path, MODULE.replace("PARTNERS", name) + source, "terraform", SLUG))
    assert found.severity is severity
    assert (FEW in found.message) is (severity is Severity.HIGH)


def test_a_template_has_such_lists_too(tmp_path: Path) -> None:
    assert FEW in only(judge_files(tmp_path, {"template.yaml": TEMPLATE}, SLUG)).message


@pytest.mark.parametrize(
    ("address", "found"), [("0.0.0.0/0", True), ("34.208.207.197/32", False)], ids=["everybody", "few addresses"]
)
@pytest.mark.parametrize("entry", [ENTRY, ""], ids=["in the list", "beside the list"])
def test_a_port_is_open_by_a_list_of_everybody(tmp_path: Path, entry: str, address: str, found: bool) -> None:
    source = LIST % (entry % address if entry else "") + ("" if entry else BESIDE % address)
    module = MODULE.replace("PARTNERS", "aws_ec2_managed_prefix_list.partners.id").replace("5432", "22")
    report = judge(tmp_path, module + source, "terraform", "vpc-security-group-ingress-ssh")
    assert [(each.span.start_line, remedy(each).text.split(",")[0]) for each in report.failing()] == (
        [(6, "Take 0.0.0.0/0 out of the prefix list")] if found else []
    )


def test_a_port_is_open_by_a_list_whose_ranges_are_everybody_together(tmp_path: Path) -> None:
    source = LIST % (ENTRY % "0.0.0.0/1" + ENTRY % "128.0.0.0/1")
    module = MODULE.replace("PARTNERS", "aws_ec2_managed_prefix_list.partners.id").replace("5432", "22")
    found = only(judge(tmp_path, module + source, "terraform", "vpc-security-group-ingress-ssh"))
    assert (found.span.start_line, found.severity) == (6, Severity.CRITICAL)
