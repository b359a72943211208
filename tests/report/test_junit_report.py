"""The report as JUnit's XML: compared whole, and held to what all its readers take."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
import xmlschema

from helpers.sample_report import report
from wa_iac.core.errors import SourceError, UnavailableError
from wa_iac.core.finding import Report
from wa_iac.report.junit import render

SCHEMA = xmlschema.XMLSchema(Path(__file__).parent.parent.parent / "fixtures" / "schemas" / "junit.xsd")

WHOLE = """\
<?xml version='1.0' encoding='utf-8'?>
<testsuites name="wa-iac" tests="6" failures="3" errors="2">
  <testsuite name="wa-iac" tests="6" failures="3" errors="2" skipped="1">
    <testcase name="not-judged" classname="broken.tf" time="0">
      <error message="a closing bracket `}` is missing" type="input">broken.tf:3:7: a closing bracket `}` is missing</error>
    </testcase>
    <testcase name="not-judged" classname="main.tf" time="0">
      <error message="a bug in wa-iac: rule x raised ValueError: 1" type="bug">\
main.tf:2:1: a bug in wa-iac: rule x raised ValueError: 1</error>
    </testcase>
    <testcase name="lambda-plaintext-secret Function" classname="cfn/queue one.yaml" time="0">
      <failure message="DB_PASSWORD is readable for whoever may see the function." type="critical">\
cfn/queue one.yaml:11:11: DB_PASSWORD is readable for whoever may see the function.

fix:
SECRET_ARN: !Ref Secret</failure>
    </testcase>
    <testcase name="sqs-encryption Queue (undecided)" classname="cfn/queue one.yaml" time="0">
      <skipped message="Cannot be decided: the parameter Key has no default." type="undecided (medium)">\
cfn/queue one.yaml:5:23: Cannot be decided: the parameter Key has no default.</skipped>
    </testcase>
    <testcase name="rds-multi-az module.db.aws_db_instance.this[0]" classname="main.tf" time="0">
      <failure message="The database is lost with its zone: `multi_az` is false in [main](x)." type="high">\
main.tf:4:14: The database is lost with its zone: `multi_az` is false in [main](x).
instance: module.db.aws_db_instance.this[0]
instance: module.db.aws_db_instance.this[1]
instance: module.db.aws_db_instance.this[2]
via vars.tf:3 (default of var.multi_az)
via main.tf:2 (module.db[0])

fix:
multi_az = true</failure>
    </testcase>
    <testcase name="s3-lifecycle aws_s3_bucket.logs" classname="main.tf" time="0">
      <failure message="Old objects are kept." type="low">main.tf:7:35: Old objects are kept.

fix:
rule {
  status = "Enabled"
}</failure>
    </testcase>
  </testsuite>
</testsuites>
"""

CLEAN = """\
<?xml version='1.0' encoding='utf-8'?>
<testsuites name="wa-iac" tests="1" failures="0" errors="0">
  <testsuite name="wa-iac" tests="1" failures="0" errors="0" skipped="0">
    <testcase name="nothing to report" classname="wa-iac" time="0" />
    <system-out>note: main.tf:1: the module x is not installed</system-out>
  </testsuite>
</testsuites>
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_errors_then_a_case_for_each_rule_and_resource(here: Path) -> None:
    text = render(report(), show_unknown=True, root=here)

    assert text == WHOLE
    SCHEMA.validate(text)


def test_undecided_ones_only_on_request(here: Path) -> None:
    assert "sqs-encryption" not in render(report(), show_unknown=False, root=here)


def test_nothing_found_is_a_case_that_passed_and_notes_are_output(here: Path) -> None:
    whole = Report(errors=[UnavailableError("the module x is not installed", path="main.tf", line=1)])
    text = render(whole, show_unknown=False, root=here)

    assert text == CLEAN
    SCHEMA.validate(text)


def test_only_errors_are_no_case_that_passed(here: Path) -> None:
    suites = Xml.fromstring(render(Report(errors=[SourceError("nothing to check")]), show_unknown=False, root=here))

    assert [(case.get("classname"), [each.tag for each in case]) for case in suites.iter("testcase")] == [("wa-iac", ["error"])]


def test_findings_of_one_rule_on_one_resource_are_one_case(here: Path) -> None:
    whole = report()
    whole.findings = [whole.findings[0], replace(whole.findings[0], message="And AWS_SECRET, too.")]
    suites = Xml.fromstring(render(replace(whole, errors=[]), show_unknown=False, root=here))

    (failure,) = suites.iter("failure")
    assert suites.attrib["failures"] == "1"
    assert (failure.text or "").splitlines()[:2] == [
        "cfn/queue one.yaml:11:11: DB_PASSWORD is readable for whoever may see the function.",
        "cfn/queue one.yaml:11:11: And AWS_SECRET, too.",
    ]
