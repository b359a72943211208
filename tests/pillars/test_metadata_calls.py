"""User data that calls the metadata service without a token has to change before tokens are required."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, only_remedy

SLUG = "ec2-imdsv2"
CALL = "curl -s http://169.254.169.254/latest/meta-data/placement/region"
WITH_HEADER = 'curl -H "X-aws-ec2-metadata-token: $T" http://169.254.169.254/latest/meta-data/placement/region'


def module(*lines: str) -> str:
    return "\n".join(
        (
            'resource "aws_instance" "it" {',
            '  ami = "ami-1"',
            "  user_data = <<-EOF",
            *(f"    {each}" for each in lines),
            "  EOF",
            "}",
        )
    )


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        (("#!/bin/bash", "date", CALL), "main.tf:6"),
        (("#!/bin/bash", "echo ${aws_eip.it.id}", CALL), "main.tf:3"),
        (("#!/bin/bash", f"# {CALL}"), ""),
        (("#!/bin/bash", WITH_HEADER), ""),
        (("#!/bin/bash", "export NO_PROXY=169.254.169.254"), ""),
    ],
)
def test_the_remedy_names_the_line_that_would_fail(tmp_path: Path, lines: tuple[str, ...], place: str) -> None:
    source = module(*lines) + '\nresource "aws_eip" "it" {}\n'
    text = only_remedy(judge(tmp_path, source, "terraform", SLUG))

    assert ("First let" in text) == bool(place)
    assert place in text
    assert 'http_tokens = "required"' in text


def test_a_script_in_a_file_is_named_by_its_line(tmp_path: Path) -> None:
    source = """
resource "aws_instance" "it" {
  ami       = "ami-1"
  user_data = data.template_file.it.rendered
}
data "template_file" "it" {
  template = file("${path.module}/start.sh")
}
"""
    text = only_remedy(judge_files(tmp_path, {"main.tf": source, "start.sh": f"#!/bin/sh\n\n{CALL}\n"}, SLUG))

    assert text.startswith("First let line 3 of the user data (main.tf:7)")
    assert text.splitlines()[0].endswith(CALL)


def test_a_template(tmp_path: Path) -> None:
    source = f"""\
Resources:
  It:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        ImageId: ami-1
        UserData:
          Fn::Base64: |
            #!/bin/bash
            {CALL}
"""
    text = only_remedy(judge(tmp_path, source, "cloudformation", SLUG))

    assert "First let" in text
    assert "line 2 of the user data (template.yaml:7)" in text
