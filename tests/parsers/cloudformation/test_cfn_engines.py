"""Files that another program has yet to make a template of: one note each, and no error of what they are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge_files
from wa_iac.core.errors import DoubtfulError, UnavailableError

WRITTEN_FOR = {
    "cookiecutter": """
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    Properties:
      PubliclyAccessible: {{ cookiecutter.public }}
""",
    "Jinja": """
Resources:
{% for name in names %}
  Volume{{ name }}:
    Type: AWS::EC2::Volume
{% endfor %}
""",
    "Terraform's templatefile": """
Resources:
%{ for name in names ~}
  ${name}:
    Type: AWS::EC2::Volume
%{ endfor ~}
""",
    "Go's templates": """
Resources:
  {{- range .Names }}
  {{ . }}:
    Type: AWS::EC2::Volume
  {{- end }}
""",
    "a build that fills in names between percent signs": """
Resources:
  Data:
    Type: AWS::EC2::Volume
    Properties:
      SnapshotId: %SNAPSHOT%
""",
    "ERB": """
Resources:
<% names.each do |name| %>
  <%= name %>:
    Type: AWS::EC2::Volume
<% end %>
""",
}


@pytest.mark.parametrize("maker", WRITTEN_FOR)
def test_what_a_template_is_yet_made_of_is_not_judged_and_that_is_told_of_each(tmp_path: Path, maker: str) -> None:
    files = dict.fromkeys(("one.yaml", "two.yaml"), WRITTEN_FOR[maker])
    report = judge_files(tmp_path, files, "ebs-encryption", "rds-public-access")

    assert report.findings == []
    assert [(type(each), each.message.rpartition("/")[2]) for each in report.errors] == [
        (UnavailableError, f"{name} is input for {maker}, not a finished template: it is not checked; check the result instead")
        for name in files
    ]
    assert report.exit_code() == 0


def test_marks_in_a_script_are_no_reason_for_what_is_broken_elsewhere(tmp_path: Path) -> None:
    script = "        {% if x %}\n        {{ y }}\n        {% endif %}\n"
    source = (
        f"Resources:\n  V:\n    Type: AWS::EC2::Instance\n    Properties:\n      UserData: |\n{script}      Tags: [a\n  W: b\n"
    )
    report = judge_files(tmp_path, {"t.yaml": source}, "ebs-encryption")

    assert len(report.mistakes()) == 1
    assert report.exit_code() == 2


def test_texts_with_marks_are_judged_where_the_template_is_whole(tmp_path: Path) -> None:
    source = 'Resources:\n  V:\n    Type: AWS::EC2::Volume\n    Properties: {AvailabilityZone: "{{ cookiecutter.zone }}"}\n'
    report = judge_files(tmp_path, {"t.yaml": source}, "ebs-encryption")
    assert (report.errors, [each.address for each in report.failing()]) == ([], ["V"])


RAIN = """
Resources:
  Net: {Type: !Rain::Module ../net.yml}
  V:
    Type: AWS::EC2::Volume
    Properties: {Encrypted: !Rain::Constant On, AvailabilityZone: !GetAtt NetSubnet.AvailabilityZone}
  W: {Type: AWS::EC2::Volume}
"""


@pytest.mark.parametrize(
    "source",
    [
        RAIN,
        RAIN.replace("!Rain::Module ../net.yml", '{"Rain::Module": ../net.yml}').replace(
            "!Rain::Constant On", '{"Rain::Constant": On}'
        ),
    ],
)
def test_what_rain_puts_in_is_unknown(tmp_path: Path, source: str) -> None:
    report = judge_files(tmp_path, {"t.yaml": source}, "ebs-encryption")

    assert [(each.address, each.verdict) for each in report.findings] == [("V", "unknown"), ("W", "fail")]
    (note,) = report.errors
    assert isinstance(note, UnavailableError)
    assert note.message.endswith(
        "t.yaml is written for Rain: the content of its tags is not checked; check the output of rain pkg"
    )


def test_what_a_macro_has_yet_to_go_over_may_be_meant_for_it(tmp_path: Path) -> None:
    source = "Transform: Explode\nResources:\n  V:\n    Type: AWS::EC2::Volume\n    Properties: {Encrypted: '!Explode On', Size: !Mine 3}\n"
    report = judge_files(tmp_path, {"t.yaml": source}, "ebs-encryption")

    assert [each.verdict for each in report.findings] == ["unknown"]
    assert [(type(each), each.message) for each in report.errors] == [
        (UnavailableError, 'the macro "Explode" runs only in AWS: the template is checked as it is written'),
        (DoubtfulError, "Fn::Mine is not a function of CloudFormation, unless the macro Explode turns it into something else"),
        (DoubtfulError, 'expected true or false, found "!Explode On" (unless Explode changes it)'),
    ]
