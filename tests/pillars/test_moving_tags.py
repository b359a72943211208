"""Tags of images that move: those of previews, and the tag latest that something runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import only_fault
from wa_iac.core.scales import Confidence
from wa_iac.report.remedy import remedy

RULE = "ecr-immutable-tags"


@pytest.mark.parametrize(
    ("name", "confidence"),
    [
        ("pr_review", Confidence.LOW),
        ("shop-preview", Confidence.LOW),
        ("runner-ephemeral-registry", Confidence.LOW),
        ("shop-buildcache", Confidence.LOW),
        ("orders", Confidence.MEDIUM),
        ("print", Confidence.MEDIUM),
    ],
)
def test_tags_of_previews_and_caches_are_pushed_again_and_again(tmp_path: Path, name: str, confidence: Confidence) -> None:
    source = f'resource "aws_ecr_repository" "it" {{\n  name = "{name}"\n}}\n'

    assert only_fault(tmp_path, source, "terraform", RULE).confidence == confidence


TEMPLATE = """
Resources:
  Images:
    Type: AWS::ECR::Repository
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: web
          Image: !Sub "${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/${Images}:%s"
"""


def test_an_image_with_the_tag_latest_comes_first(tmp_path: Path) -> None:
    found = only_fault(tmp_path, TEMPLATE % "latest", "cloudformation", RULE)

    assert found.message.startswith("Task runs the tag latest of this repository")
    assert [each.span.start_line for each in found.related] == [10]
    assert remedy(found).code == ""
    assert "the next push of latest would fail" in remedy(found).text


def test_an_image_with_a_tag_of_its_own_is_no_reason_to_wait(tmp_path: Path) -> None:
    found = only_fault(tmp_path, TEMPLATE % "1.4.0", "cloudformation", RULE)

    assert found.message.startswith("This repository allows tags to be overwritten")
    assert "IMMUTABLE" in remedy(found).code


def test_a_function_with_the_tag_latest_counts(tmp_path: Path) -> None:
    source = """
resource "aws_ecr_repository" "images" {}
resource "aws_lambda_function" "orders" {
  package_type = "Image"
  image_uri    = "${aws_ecr_repository.images.repository_url}:latest"
}
"""
    assert "aws_lambda_function.orders runs the tag latest" in only_fault(tmp_path, source, "terraform", RULE).message


BUILD = """
resource "aws_ecr_repository" "images" {{}}
resource "aws_codebuild_project" "images" {{
  name = "images"
  source {{
    type      = "CODEPIPELINE"
    buildspec = "docker push ${{aws_ecr_repository.images.repository_url}}:{}"
  }}
  environment {{
    environment_variable {{
      name  = "IMAGE_TAG"
      value = "{}"
    }}
  }}
}}
"""


@pytest.mark.parametrize(
    ("pushed", "value", "moves"),
    [("latest", "1.4.0", True), ("$IMAGE_TAG", "latest", True), ("$IMAGE_TAG", "1.4.0", False), ("$COMMIT", "1.4.0", False)],
)
def test_a_build_that_pushes_the_tag_latest_each_time_needs_other_tags_first(
    tmp_path: Path, pushed: str, value: str, moves: bool
) -> None:
    found = only_fault(tmp_path, BUILD.format(pushed, value), "terraform", RULE)

    assert found.message.startswith("aws_codebuild_project.images pushes the tag latest") is moves
    assert (remedy(found).code == "") is moves


RUN = """
resource "aws_apprunner_service" "it" {
  source_configuration {
    image_repository {
      image_identifier = "${aws_ecr_repository.images.repository_url}:1.4.0"
    }
  }
}
"""


@pytest.mark.parametrize(("more", "confidence"), [("", Confidence.LOW), (RUN, Confidence.MEDIUM)])
def test_an_image_that_a_build_pushes_as_latest_matters_where_something_runs_it(
    tmp_path: Path, more: str, confidence: Confidence
) -> None:
    assert only_fault(tmp_path, BUILD.format("latest", "1") + more, "terraform", RULE).confidence is confidence


ELSEWHERE = """
Resources:
  Images: {Type: AWS::ECR::Repository}
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      Source: {Type: S3, Location: code/source.zip}
      Environment:
        Image: %s
        PrivilegedMode: true
        EnvironmentVariables:
          - {Name: IMAGE_REPO_NAME, Value: %s}
          - {Name: IMAGE_TAG, Value: latest}
"""


def test_a_build_whose_commands_are_elsewhere_pushes_the_tag_of_its_variable(tmp_path: Path) -> None:
    found = only_fault(tmp_path, ELSEWHERE % ("aws/codebuild/standard:7.0", "!Ref Images"), "cloudformation", RULE)

    assert found.message.startswith("Build pushes the tag latest to this repository")
    assert found.confidence is Confidence.LOW


def test_an_image_in_which_only_builds_run_is_not_deployed(tmp_path: Path) -> None:
    source = ELSEWHERE % ('!Sub "${AWS::AccountId}.dkr.ecr.eu-west-1.amazonaws.com/${Images}:latest"', "other")

    assert only_fault(tmp_path, source, "cloudformation", RULE).confidence is Confidence.LOW


RUN = 'resource "aws_ecr_repository" "it" {\n  name = "it"\n}\nlocals {\n  image = "${aws_ecr_repository.it.repository_url}:%s"\n}\n%s\n'


@pytest.mark.parametrize(
    "code",
    [
        'resource "aws_batch_job_definition" "user" {\n  container_properties = jsonencode({ image = local.image, memory = 512 })\n}',
        'resource "aws_apprunner_service" "user" {\n  source_configuration {\n    image_repository {\n      image_identifier = local.image\n    }\n  }\n}',
        'resource "aws_sagemaker_model" "user" {\n  primary_container {\n    image = local.image\n  }\n}',
    ],
    ids=["a job", "a service", "a model"],
)
def test_whatever_runs_the_tag_latest_counts(tmp_path: Path, code: str) -> None:
    latest = only_fault(tmp_path / "latest", RUN % ("latest", code), "terraform", RULE)
    own = only_fault(tmp_path / "own", RUN % ("v1", code), "terraform", RULE)

    assert ".user runs the tag latest of this repository" in latest.message
    assert "runs the tag latest" not in own.message
