"""The default profile leaves findings out that are too mild for a low confidence, and counts them."""

from pathlib import Path

import pytest

from wa_iac.core.finding import Report
from wa_iac.core.scales import Confidence, Severity, is_advice
from wa_iac.engine.check import check
from wa_iac.engine.selection import Selection
from wa_iac.engine.settings import Settings
from wa_iac.report.text import summary

FUNCTION = """\
Resources:
  F:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.12, Handler: a.b, Role: r, Code: {ZipFile: pass}}
"""


def slugs(report: Report) -> set[str]:
    return {each.rule.slug for each in report.findings}


@pytest.mark.parametrize(
    ("severity", "least"),
    [
        (Severity.CRITICAL, Confidence.LOW),
        (Severity.HIGH, Confidence.LOW),
        (Severity.MEDIUM, Confidence.MEDIUM),
        (Severity.LOW, Confidence.HIGH),
    ],
)
def test_the_milder_a_finding_the_more_certain_it_must_be(severity: Severity, least: Confidence) -> None:
    assert [each for each in Confidence if not is_advice(severity, each)] == list(Confidence)[least.rank :]


def test_advice_is_counted_and_not_listed(tmp_path: Path) -> None:
    (tmp_path / "stack.yaml").write_text(FUNCTION, encoding="utf-8")

    report = check([tmp_path], Selection())
    everything = check([tmp_path], Selection(profile="all"))

    assert "lambda-arm64" in slugs(everything) - slugs(report)
    assert report.summary()["advice"] > 0 == everything.summary()["advice"]
    assert "of advice left out (--profile all shows them)" in summary(report)


def test_a_rule_that_is_asked_for_by_name_gives_its_advice(tmp_path: Path) -> None:
    (tmp_path / "stack.yaml").write_text(FUNCTION, encoding="utf-8")

    assert slugs(check([tmp_path], Selection(select=("lambda-arm64",)))) == {"lambda-arm64"}


def test_a_severity_of_the_settings_decides_nothing(tmp_path: Path) -> None:
    """A team that calls a finding mild wants it to be reported so."""
    (tmp_path / "stack.yaml").write_text(FUNCTION, encoding="utf-8")
    before = check([tmp_path], Selection())
    graver = Settings(severity={"lambda-arm64": Severity.CRITICAL})
    milder = Settings(severity=dict.fromkeys(slugs(before), Severity.LOW))

    assert slugs(check([tmp_path], Selection(), settings=graver)) == slugs(before)
    assert slugs(check([tmp_path], Selection(), settings=milder)) == slugs(before)


FILE_SYSTEM = """\
Resources:
  Files: {Type: AWS::EFS::FileSystem}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: all
      SecurityGroupIngress: [{IpProtocol: "-1", CidrIp: 0.0.0.0/0}]
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-1
      NetworkInterfaces: [{DeviceIndex: "0", AssociatePublicIpAddress: true, GroupSet: [!GetAtt Group.GroupId]}]
"""


@pytest.mark.parametrize("folder", ["test_data", "src", "test/acceptance"])
def test_of_what_lives_while_a_test_runs_only_critical_findings_are_listed(tmp_path: Path, folder: str) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / folder).mkdir(parents=True)
    (tmp_path / folder / "stack.yaml").write_text(FILE_SYSTEM, encoding="utf-8")

    found = slugs(check([tmp_path], Selection()))

    assert {"vpc-security-group-ingress-all", "efs-encryption"} & found == (
        {"vpc-security-group-ingress-all", "efs-encryption"} if folder == "src" else {"vpc-security-group-ingress-all"}
    )
