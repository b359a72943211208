"""What `aws cloudformation package` wrote beside its source is told, and not judged twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from wa_iac.core.errors import UnavailableError
from wa_iac.engine.build import units

SOURCE = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Work:
    Type: AWS::Serverless::Function
    Properties: {Handler: a.b, Runtime: python3.13, CodeUri: CODE}
  Bucket:
    Type: AWS::S3::Bucket
"""
DIGEST = "s3://artifacts/3739138278f75d0ab9c7892030a70637"


def read(tmp_path: Path, *named: str, **files: str) -> tuple[list[str], list[str]]:
    """The templates that are judged, and those that are told."""
    for name, content in files.items():
        (tmp_path / f"{name}.yaml").write_text(content)
    made, errors = units([tmp_path / each for each in named] or [tmp_path])
    assert all(isinstance(each, UnavailableError) for each in errors)
    told = [each for each in errors if "is generated from" in each.message]
    return sorted(Path(unit.path).stem for unit in made), [Path(each.path or "").stem for each in told]


@pytest.mark.parametrize(
    ("source", "output", "judged", "told"),
    [
        (SOURCE, SOURCE.replace("CODE", DIGEST), ["source"], ["output"]),
        (SOURCE, SOURCE.replace("CODE", "s3://artifacts/work.zip"), ["output", "source"], []),
        (SOURCE, SOURCE.replace("CODE", DIGEST).replace("Bucket:", "Older:"), ["output", "source"], []),
        (SOURCE, SOURCE.replace("CODE", DIGEST).replace("S3::Bucket", "SNS::Topic"), ["output", "source"], []),
        (SOURCE.replace("CODE", DIGEST), SOURCE.replace("CODE", DIGEST), ["output", "source"], []),
    ],
    ids=["generated", "a name", "other resources", "other types", "no source"],
)
def test_a_packaged_template_is_not_judged_twice(
    tmp_path: Path, source: str, output: str, judged: list[str], told: list[str]
) -> None:
    assert read(tmp_path, source=source.replace("CODE", "src/"), output=output) == (judged, told)


def test_one_that_is_named_alone_is_judged(tmp_path: Path) -> None:
    output = SOURCE.replace("CODE", DIGEST)

    assert read(tmp_path, "output.yaml", source=SOURCE, output=output) == (["output"], [])


def test_a_function_without_the_transform_and_a_nested_stack(tmp_path: Path) -> None:
    source = """
Resources:
  Work:
    Type: AWS::Lambda::Function
    Properties: {Handler: a.b, Runtime: python3.13, Code: CODE}
  More:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: STACK}
"""
    output = source.replace("CODE", "{S3Bucket: artifacts, S3Key: 3739138278f75d0ab9c7892030a70637}").replace(
        "STACK", "https://s3.eu-west-1.amazonaws.com/artifacts/3739138278f75d0ab9c7892030a70637.template"
    )
    (tmp_path / "nested").mkdir()
    (tmp_path / "nested" / "more.yaml").write_text("Resources: {Q: {Type: AWS::SQS::Queue}}\n")
    source = source.replace("CODE", "src/").replace("STACK", "nested/more.yaml")

    assert read(tmp_path, source=source, output=output) == (["source"], ["output"])
