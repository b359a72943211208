"""A default that is the password of a database is one fault, which is reported at the database."""

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files

TEMPLATE = """
Parameters:
  Chosen: {{Type: String{chosen}}}
  Password: {{Type: String, NoEcho: true, Default: Tr0ub4dor-and-3}}
Conditions:
  Own: !Equals [!Ref Chosen, ""]
Resources:
  Orders:
    Type: AWS::{type}
    Properties:
      MasterUserPassword: {password}
"""


@pytest.mark.parametrize(
    ("kind", "chosen", "password", "faults"),
    [
        ("RDS::DBInstance", "", "!Ref Password", 0),
        ("RDS::DBCluster", ', Default: ""', '!If [Own, !Ref Password, "{{resolve:secretsmanager:orders}}"]', 0),
        # Nobody knows whether the database has it, so the parameter is all there is.
        ("RDS::DBCluster", "", '!If [Own, !Ref Password, "{{resolve:secretsmanager:orders}}"]', 1),
        # No other rule judges these.
        ("Redshift::Cluster", "", "!Ref Password", 1),
    ],
)
def test_the_default_is_reported_once(tmp_path: Path, kind: str, chosen: str, password: str, faults: int) -> None:
    source = TEMPLATE.format(type=kind, chosen=chosen, password=password)
    report = judge(tmp_path, source, "cloudformation", "cloudformation-plaintext-secrets")
    assert [each.address for each in report.failing()] == ["parameter.Password"] * faults


@pytest.mark.parametrize(
    ("name", "words"), [("MasterKey", "pass the present value"), ("SessionPassword", "pass another value")]
)
def test_what_protects_stored_data_stays_as_it_is(tmp_path: Path, name: str, words: str) -> None:
    source = f"Parameters:\n  {name}: {{Type: String, NoEcho: true, Default: 3a7f31c0de52aa4c119b}}\nResources:\n  Topic: {{Type: AWS::SNS::Topic}}\n"
    (found,) = judge(tmp_path, source, "cloudformation", "cloudformation-plaintext-secrets").failing()
    assert isinstance(found.instead, str)
    assert words in found.instead


def test_a_default_that_a_directory_has_stays_where_the_directory_runs(tmp_path: Path) -> None:
    stack = """
Parameters:
  Password: {Type: String, NoEcho: true, Default: Tr0ub4dor-and-3}
Resources:
  Directory:
    Type: AWS::DirectoryService::SimpleAD
    Properties: {Name: example.com, Size: Small, Password: !Ref Password}
"""
    parent = """
Resources:
  Stack:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: stack.yaml, Parameters: {Password: correct-horse-battery}}
"""
    alone = judge(tmp_path / "alone", stack, "cloudformation", "cloudformation-plaintext-secrets").failing()
    nested = judge_files(
        tmp_path / "nested", {"stack.yaml": stack, "main.yaml": parent}, "cloudformation-plaintext-secrets"
    ).failing()
    of_parameters = [each.instead for each in (*alone, *nested) if each.address.endswith("parameter.Password")]
    assert len(of_parameters) == 2
    assert all("pass the present value, and change the password in the service itself" in str(each) for each in of_parameters)
