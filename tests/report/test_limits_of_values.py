"""A remedy proposes a default that the parameter or variable allows, or says what has to be allowed first."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, only_place, only_remedy
from wa_iac.report.remedy import remedy


def _sized(allowed: str, default: str = "m3.medium") -> str:
    return (
        f"Parameters:\n  Kind: {{Type: String, Default: {default}, AllowedValues: [{allowed}]}}\nResources:\n  Web:\n"
        "    Type: AWS::EC2::Instance\n    Properties: {ImageId: !ImportValue image, InstanceType: !Ref Kind}\n"
    )


def test_a_default_is_one_of_the_allowed_values(tmp_path: Path) -> None:
    text = only_remedy(
        judge(
            tmp_path,
            _sized("m3.large, c3.large, m7i.xlarge, m7i.large", "m3.large"),
            "cloudformation",
            "ec2-previous-generation",
        )
    )

    assert text.endswith(
        'Set the default of parameter "Kind" (template.yaml:2) to m7i.large, or pass that value:\nDefault: m7i.large'
    )


@pytest.mark.parametrize(
    ("allowed", "proposed"),
    [("m4.large, m5.large, m6g.large", "m5.large"), ("m4.large, m6g.large", "m4.large"), ("m6g.large", "m6g.large")],
)
def test_the_newest_allowed_generation_of_the_same_processor_is_proposed(tmp_path: Path, allowed: str, proposed: str) -> None:
    text = only_remedy(judge(tmp_path, _sized(f"m3.large, {allowed}", "m3.large"), "cloudformation", "ec2-previous-generation"))

    assert f"Default: {proposed}" in text


def test_an_allowed_value_is_added_if_the_rule_accepts_none(tmp_path: Path) -> None:
    text = only_remedy(judge(tmp_path, _sized("m3.medium, c3.large"), "cloudformation", "ec2-previous-generation"))

    assert text.endswith(
        'Add t3.medium to the AllowedValues of parameter "Kind" (template.yaml:2). Then make it the default:\nDefault: t3.medium'
    )


def test_the_validation_of_a_variable_limits_its_default(tmp_path: Path) -> None:
    module = """
variable "storage" {
  default = "gp2"
  validation {
    condition     = contains(["gp2", "io1"], var.storage)
    error_message = "No."
  }
}
resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
  type              = var.storage
}
"""
    assert only_remedy(judge(tmp_path, module, "terraform", "ebs-gp3")) == (
        'The validation of variable "storage" (main.tf:2) has to allow "gp3". Then make it the default:\ndefault = "gp3"'
    )


def test_a_truth_is_allowed_however_it_is_written(tmp_path: Path) -> None:
    template = (
        "Parameters:\n  Encrypted: {Type: String, Default: false, AllowedValues: [true, false]}\nResources:\n  Orders:\n"
        "    Type: AWS::RDS::DBInstance\n    Properties: {Engine: postgres, StorageEncrypted: !Ref Encrypted}\n"
    )
    text = only_remedy(judge(tmp_path, template, "cloudformation", "rds-encryption"))

    assert 'Set the default of parameter "Encrypted" (template.yaml:2) to true, or pass that value:\nDefault: true' in text


def test_a_reference_in_its_long_form_is_no_expression(tmp_path: Path) -> None:
    template = _sized("m3.medium, t3.medium").replace("{ImageId: !ImportValue image, InstanceType: !Ref Kind}", "")
    text = only_remedy(
        judge(
            tmp_path,
            template + "      ImageId: ami-1\n      InstanceType:\n        Ref: Kind\n",
            "cloudformation",
            "ec2-previous-generation",
        )
    )

    assert text.endswith("to t3.medium, or pass that value:\nDefault: t3.medium")


def test_a_pattern_limits_a_default(tmp_path: Path) -> None:
    template = _sized("").replace("AllowedValues: []", "AllowedPattern: 'm3.*'")
    text = only_remedy(judge(tmp_path, template, "cloudformation", "ec2-previous-generation"))

    assert 'The AllowedPattern of parameter "Kind" (template.yaml:2) has to allow t3.medium. Then make it the default:' in text


def test_the_greatest_value_limits_a_default(tmp_path: Path) -> None:
    template = (
        "Parameters:\n  Days: {Type: Number, Default: 3, MaxValue: 5}\nResources:\n  It:\n    Type: AWS::RDS::DBInstance\n"
        "    Properties: {Engine: mysql, BackupRetentionPeriod: !Ref Days}\n"
    )
    text = only_remedy(judge(tmp_path, template, "cloudformation", "rds-backup-retention"))

    assert 'The MaxValue of parameter "Days" (template.yaml:2) has to allow 7. Then make it the default:' in text


@pytest.mark.parametrize("passed", ["{Kind: !Ref Size}", "\n        Kind:\n          !Ref Size"])
def test_the_parameter_of_a_nested_template_limits_a_default_too(tmp_path: Path, passed: str) -> None:
    inner = _sized("m3.medium, c3.large")
    (tmp_path / "inner.yaml").write_text(inner, encoding="utf-8")
    outer = (
        "Parameters:\n  Size: {Type: String, Default: m3.medium, AllowedValues: [m3.medium, t3.medium]}\nResources:\n  Web:\n"
        f"    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: inner.yaml\n      Parameters: {passed}\n"
    )
    report = judge(tmp_path, outer, "cloudformation", "ec2-previous-generation")
    (text,) = [remedy(each).text for each in report.findings if each.address == "Web/Web"]

    assert 'Add t3.medium to the AllowedValues of parameter "Kind" (' in text
    assert 'inner.yaml:2). Then set the default of parameter "Size" (' in text


def test_a_value_that_a_stack_passes_is_changed_where_it_is_passed(tmp_path: Path) -> None:
    inner = _sized("m3.large, m7i.large").replace("Default: m3.medium, ", "")
    (tmp_path / "inner.yaml").write_text(inner, encoding="utf-8")
    outer = (
        "Resources:\n  Web:\n    Type: AWS::CloudFormation::Stack\n"
        "    Properties:\n      TemplateURL: inner.yaml\n      Parameters:\n        Kind: m3.large\n"
    )
    report = judge(tmp_path, outer, "cloudformation", "ec2-previous-generation")
    (text,) = [remedy(each).text for each in report.failing() if each.address == "Web/Web"]

    assert 'Set the parameter "Kind" of stack "Web" (' in text
    assert text.endswith("template.yaml:7) to m7i.large:\nKind: m7i.large")


def test_another_size_is_not_proposed(tmp_path: Path) -> None:
    text = only_remedy(judge(tmp_path, _sized("m3.medium, m7i.4xlarge"), "cloudformation", "ec2-previous-generation"))

    assert "Add t3.medium to the AllowedValues" in text


def test_the_lists_of_a_parameter_without_a_default_are_extended(tmp_path: Path) -> None:
    inner = _sized("m3.medium, m3.large").replace("Default: m3.medium, ", "")
    outer = (
        "Parameters:\n  Size: {Type: String, AllowedValues: [m3.medium, m3.large]}\nResources:\n  Web:\n"
        "    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: inner.yaml, Parameters: {Kind: !Ref Size}}\n"
    )
    (tmp_path / "inner.yaml").write_text(inner, encoding="utf-8")
    report = judge(tmp_path, outer, "cloudformation", "ec2-previous-generation")
    (text,) = [remedy(each).text for each in report.failing() if each.address == "Web/Web"]

    assert 'None of the values that parameter "Size" (' in text
    assert 'such as t3.medium, to its AllowedValues, also to that of parameter "Kind" (' in text


LIMITED = """
variable "days" {{
  type    = number
  default = 3
  validation {{
    condition     = {condition}
    error_message = "No."
  }}
}}
resource "aws_db_instance" "db" {{
  engine                  = "postgres"
  backup_retention_period = var.days
}}
"""


@pytest.mark.parametrize(
    ("condition", "remedy"),
    [
        ("var.days < 10", ['Set the default of variable "days" (main.tf:4) to 7, or pass that value:', "default = 7"]),
        (
            "var.days < 5",
            ['The validation of variable "days" (main.tf:2) has to allow 7. Then make it the default:', "default = 7"],
        ),
        (
            "contains([1, 3, 14, 30], var.days)",
            ['Set the default of variable "days" (main.tf:4) to 14, or pass that value:', "default = 14"],
        ),
        (
            "var.days == 3 || var.days > 9",
            ['Set the default of variable "days" (main.tf:4) to 10, or pass that value:', "default = 10"],
        ),
    ],
)
def test_a_value_that_conditions_refuse_is_not_proposed(tmp_path: Path, condition: str, remedy: list[str]) -> None:
    report = judge(tmp_path, LIMITED.format(condition=condition), "terraform", "rds-backup-retention")

    assert only_place(report).splitlines() == remedy


def test_every_variable_on_the_way_has_to_allow_the_value(tmp_path: Path) -> None:
    files = {
        "main.tf": 'module "db" {\n  source = "./db"\n  days   = 2\n}\n',
        "db/main.tf": LIMITED.format(condition="var.days < 5"),
    }
    assert only_place(judge_files(tmp_path, files, "rds-backup-retention")).splitlines() == [
        'The validation of variable "days" (db/main.tf:2) has to allow 7. Then set the argument "days" of module "db" (main.tf:3) to it:',
        "days = 7",
    ]


def test_the_value_that_an_expression_asks_for_has_to_be_allowed_too(tmp_path: Path) -> None:
    source = LIMITED.format(condition="contains([3, 5], var.days)").replace("= var.days\n", "= var.days == 30 ? 7 : 1\n")

    assert "it gives 7 if that is 30. The validation of variable" in only_remedy(
        judge(tmp_path, source, "terraform", "rds-backup-retention")
    )


def _passing(name: str, template: str, to: str, limit: str) -> str:
    return (
        f"Parameters:\n  {name}: {{Type: String, Default: m3.medium{limit}}}\nResources:\n  In:\n"
        f"    Type: AWS::CloudFormation::Stack\n    Properties: {{TemplateURL: {template}, Parameters: {{{to}: !Ref {name}}}}}\n"
    )


LIST = ", AllowedValues: [m3.medium, m3.large]"


@pytest.mark.parametrize(
    ("outer", "middle", "said"),
    [
        (LIST, LIST, ("AllowedValues of parameter", ['"Size"', '"Type"', '"Kind"'], "Then set the default")),
        ("", LIST, ("AllowedValues of parameter", ['"Type"', '"Kind"'], "Then set the default")),
        ("", ", AllowedPattern: m3.*", ("The AllowedPattern of parameter", ['"Type"'], "Then set the default")),
    ],
    ids=["all", "the inner ones", "a pattern in the middle"],
)
def test_each_parameter_between_the_templates_that_refuses_the_value_is_named(
    tmp_path: Path, outer: str, middle: str, said: tuple[str, list[str], str]
) -> None:
    files = {
        "template.yaml": _passing("Size", "middle.yaml", "Type", outer),
        "middle.yaml": _passing("Type", "inner.yaml", "Kind", middle),
        "inner.yaml": _sized("m3.medium, m3.large"),
    }
    report = judge_files(tmp_path, files, "ec2-previous-generation")
    (text,) = [remedy(each).text for each in report.failing() if each.address == "In/In/Web"]

    words, names, then = said
    assert words in text
    assert then in text
    before = text.partition(then)[0]
    assert all(f"of parameter {name} (" in before for name in names)
    assert ('"Size"' in before) == ('"Size"' in names)


def test_every_entry_of_a_mapping_whose_key_is_the_region_is_changed(tmp_path: Path) -> None:
    template = (
        "Mappings:\n  Regions:\n    eu-west-1: {Kind: m3.large}\n    us-east-1: {Kind: m3.large}\nResources:\n  Web:\n"
        "    Type: AWS::EC2::Instance\n    Properties:\n      ImageId: !ImportValue image\n"
        "      InstanceType: !FindInMap [Regions, !Ref AWS::Region, Kind]\n"
    )
    text = only_remedy(judge(tmp_path, template, "cloudformation", "ec2-previous-generation"))

    assert 'Set "Kind" to m7i.large in each entry of mapping "Regions" that has the old value.' in text


def test_no_validation_judges_what_the_reader_fills_in(tmp_path: Path) -> None:
    module = """
variable "office" {
  default = "0.0.0.0/0"
  validation {
    condition     = can(cidrhost(var.office, 0))
    error_message = "No."
  }
}
resource "aws_vpc_security_group_ingress_rule" "ssh" {
  security_group_id = "sg-1"
  from_port         = 22
  to_port           = 22
  ip_protocol       = "tcp"
  cidr_ipv4         = var.office
}
"""
    assert "validation" not in only_remedy(judge(tmp_path, module, "terraform", "vpc-security-group-ingress-ssh"))


@pytest.mark.parametrize(
    ("allowed", "words"),
    [
        ("[python3.7, python3.8]", 'Add <a supported version> to the AllowedValues of parameter "Runtime"'),
        ("[python3.8, nodejs24.x, python3.13]", "to python3.13, or pass that value"),
    ],
    ids=["none will do", "one will do"],
)
def test_what_the_reader_fills_in_has_to_be_among_the_allowed_values(tmp_path: Path, allowed: str, words: str) -> None:
    template = f"""
Parameters:
  Runtime: {{Type: String, Default: python3.8, AllowedValues: {allowed}}}
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {{Role: !ImportValue role, Handler: index.handler, Code: {{S3Bucket: code, S3Key: x}}, Runtime: !Ref Runtime}}
"""
    assert words in only_remedy(judge(tmp_path, template, "cloudformation", "lambda-supported-runtime"))


def test_the_parameter_of_which_an_expression_makes_the_value_is_named(tmp_path: Path) -> None:
    template = """
Parameters:
  PythonVersion: {Type: String, Default: "3.8"}
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Role: !ImportValue role
      Handler: index.handler
      Code: {S3Bucket: code, S3Key: x}
      Runtime: !Sub python${PythonVersion}
"""
    assert (
        'from the parameter "PythonVersion" (template.yaml:3). It must give <a supported version> for `Runtime`'
        in only_remedy(judge(tmp_path, template, "cloudformation", "lambda-supported-runtime"))
    )


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (
            "!Ref Stage",
            'The value is "Class" in an entry of mapping "Stages", and any of them may be chosen: look at all (template.yaml:6, 8 and 9).',
        ),
        ("prod", "The value is set at template.yaml:8."),
    ],
)
def test_every_entry_that_may_be_the_value_is_named(tmp_path: Path, key: str, said: str) -> None:
    template = (
        "Parameters:\n  Stage: {Type: String}\nMappings:\n  Stages:\n    dev:\n      Class: db.m4.large\n    prod:\n"
        "      Class: db.m4.xlarge\n    stage: {Class: db.m4.large}\nResources:\n  D:\n    Type: AWS::RDS::DBInstance\n"
        "    Properties:\n      Engine: postgres\n      EngineVersion: 9.6.6\n"
        f"      DBInstanceClass: !FindInMap [Stages, {key}, Class]\n"
    )
    assert said in only_remedy(judge(tmp_path, template, "cloudformation", "rds-previous-generation"))
