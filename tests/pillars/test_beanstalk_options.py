"""An option of Elastic Beanstalk counts wherever it is set: in the environment, or in the configuration template that it names."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault, only_remedy
from wa_iac.core.scales import Confidence

RULE = "elasticbeanstalk-load-balanced"
ENVIRONMENT = """\
resource "aws_elastic_beanstalk_environment" "shop" {
  name        = "shop"
  application = "shop"
%s}
"""
TEMPLATE = """
resource "aws_elastic_beanstalk_configuration_template" "shared" {
  name        = "shared"
  application = "shop"

  setting {
    namespace = "aws:autoscaling:asg"
    name      = "MinSize"
    value     = "%s"
  }
}
"""
NAMED = "  template_name = aws_elastic_beanstalk_configuration_template.shared.name\n"
OWN = '  setting {\n    namespace = "aws:autoscaling:asg"\n    name      = "MinSize"\n    value     = "%s"\n  }\n'


@pytest.mark.parametrize(("size", "faults"), [("1", 1), ("2", 0)])
def test_the_template_that_an_environment_names_sets_its_options(tmp_path: Path, size: str, faults: int) -> None:
    report = judge(tmp_path, ENVIRONMENT % NAMED + TEMPLATE % size, "terraform", RULE)

    assert len(report.failing()) == faults


def test_an_option_of_the_environment_comes_before_that_of_its_template(tmp_path: Path) -> None:
    report = judge(tmp_path, ENVIRONMENT % (NAMED + OWN % "2") + TEMPLATE % "1", "terraform", RULE)

    assert report.failing() == []


def test_a_template_that_is_not_declared_here_may_set_it(tmp_path: Path) -> None:
    report = judge(tmp_path, ENVIRONMENT % '  template_name = "shared"\n', "terraform", RULE)

    (found,) = report.findings
    assert found.verdict == "unknown"
    assert "not declared here" in found.message


@pytest.mark.parametrize(("written", "confidence"), [(OWN % "1", Confidence.HIGH), ("", Confidence.MEDIUM)])
def test_an_option_that_nobody_sets_may_still_be_in_the_application(
    tmp_path: Path, written: str, confidence: Confidence
) -> None:
    found = only_fault(tmp_path, ENVIRONMENT % written, "terraform", RULE)

    assert found.confidence == confidence


def test_an_option_with_an_unknown_name_may_be_the_wanted_one(tmp_path: Path) -> None:
    setting = '  setting {\n    namespace = "aws:autoscaling:asg"\n    name      = var.name\n    value     = "2"\n  }\n'
    report = judge(tmp_path, 'variable "name" {}\n' + ENVIRONMENT % setting, "terraform", RULE)

    assert [each.verdict for each in report.findings] == ["unknown"]


@pytest.mark.parametrize(
    ("platform", "retired"),
    [
        ("64bit Amazon Linux 2015.09 v2.0.5 running Node.js", "Amazon Linux 2015"),
        ("64bit Amazon Linux 2 v5.8.0 running Node.js 16", "Amazon Linux 2"),
        ("64bit Amazon Linux 2023 v6.0.0 running Node.js 18", "Node.js 18"),
        ("64bit Amazon Linux 2023 v6.5.0 running Node.js 22", ""),
        ("64bit Amazon Linux 2023 v4.0.0 running Docker", ""),
    ],
)
@pytest.mark.parametrize("shared", [True, False])
def test_a_retired_platform_has_to_be_left_before_updates_help(
    tmp_path: Path, platform: str, retired: str, shared: bool
) -> None:
    stack = f'  solution_stack_name = "{platform}"\n'
    source = ENVIRONMENT % (NAMED if shared else stack)
    if shared:
        source += (TEMPLATE % "2").replace('  application = "shop"\n', f'  application = "shop"\n{stack}')

    said = only_remedy(judge(tmp_path, source, "terraform", "elasticbeanstalk-managed-updates"))

    assert (f"AWS has retired the platforms with {retired}, which get no updates" in said) is bool(retired)


@pytest.mark.parametrize(("most", "confidence"), [("!Ref Most", Confidence.LOW), ('"4"', Confidence.HIGH)])
def test_sizes_that_are_asked_for_at_launch_are_advice(tmp_path: Path, most: str, confidence: Confidence) -> None:
    template = (
        "Parameters:\n  Least: {Type: Number, Default: 1}\n  Most: {Type: Number, Default: 4}\nResources:\n  Shop:\n"
        "    Type: AWS::ElasticBeanstalk::Environment\n    Properties:\n      ApplicationName: shop\n      OptionSettings:\n"
        "        - {Namespace: aws:autoscaling:asg, OptionName: MinSize, Value: !Ref Least}\n"
        f"        - {{Namespace: aws:autoscaling:asg, OptionName: MaxSize, Value: {most}}}\n"
    )
    assert only_fault(tmp_path, template, "cloudformation", RULE).confidence == confidence


def test_the_needs_of_updates_are_listed_and_no_line_is_printed(tmp_path: Path) -> None:
    said = only_remedy(judge(tmp_path, ENVIRONMENT % "", "terraform", "elasticbeanstalk-managed-updates"))

    assert all(each in said for each in ("ServiceRole", "SystemType", "ImageId", "solution_stack_name"))
    assert "setting {" not in said


def test_settings_of_an_unknown_list_beside_blocks_may_hold_the_option(tmp_path: Path) -> None:
    source = 'variable "more" {}\n' + ENVIRONMENT % ('  setting = ["${var.more}"]\n' + OWN % "2")
    listed = judge(tmp_path, source, "terraform", "elasticbeanstalk-managed-updates")
    sizes = judge(tmp_path, source, "terraform", RULE)

    assert [each.verdict for each in listed.findings] == ["unknown"]
    assert sizes.failing() == []
