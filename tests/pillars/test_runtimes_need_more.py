"""What a newer runtime needs besides its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, only_remedy

PACKAGE = """
resource "aws_lambda_function" "f" {{
  function_name = "f"
  runtime       = "{runtime}"
  handler       = "app.handler"
  role          = "arn:aws:iam::123456789012:role/f"
  filename      = "f.zip"
}}
"""
INLINE = """
Resources:
  F:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: {runtime}
      Handler: index.handler
      Role: arn:aws:iam::123456789012:role/f
      Code:
        ZipFile: "{code}"
"""
SDK, CALLBACK, REBUILT, VENDORED = "AWS SDK for JavaScript", "callback", "Build the package", "botocore.vendored"


@pytest.mark.parametrize(
    ("runtime", "said"),
    [
        ("nodejs16.x", [SDK, CALLBACK]),
        ("nodejs8.10", [SDK, CALLBACK]),
        ("nodejs18.x", [CALLBACK]),
        ("python3.8", [REBUILT]),
        ("python2.7", ["Port the code to Python 3"]),
        ("go1.x", ["executable bootstrap", 'runtime = "provided.al2023"']),
        ("dotnetcore3.1", ["target framework"]),
        ("java8", []),
    ],
)
def test_a_package(tmp_path: Path, runtime: str, said: list[str]) -> None:
    text = only_remedy(judge(tmp_path, PACKAGE.format(runtime=runtime), "terraform", "lambda-supported-runtime"))

    assert {each for each in (SDK, CALLBACK, REBUILT, VENDORED, *said) if each in text} == set(said)


@pytest.mark.parametrize(
    ("runtime", "code", "said"),
    [
        ("nodejs16.x", "exports.handler = async () => 1", []),
        ("nodejs16.x", "const s3 = require('aws-sdk')", [SDK]),
        ("nodejs18.x", "exports.handler = (e, c, callback) => callback()", [CALLBACK]),
        ("nodejs18.x", "exports.handler = function(event, context, cb) { cb() }", [CALLBACK]),
        ("nodejs18.x", "exports.handler = (event, context) => context.succeed(1)", [CALLBACK]),
        ("nodejs18.x", "const r = require('cfn-response'); exports.handler = (e, c) => r.send(e, c, r.SUCCESS)", [CALLBACK]),
        (
            "nodejs18.x",
            "const r = require('cfn-response'); exports.handler = async (e, c) => await r.send(e, c, r.SUCCESS)",
            [],
        ),
        ("python3.7", "import json", []),
        ("python3.7", "from botocore.vendored import requests", [VENDORED]),
    ],
)
def test_code_in_the_template_is_looked_through(tmp_path: Path, runtime: str, code: str, said: list[str]) -> None:
    source = INLINE.format(runtime=runtime, code=code)
    text = only_remedy(judge(tmp_path, source, "cloudformation", "lambda-supported-runtime"))

    assert [each for each in (SDK, CALLBACK, REBUILT, VENDORED) if each in text] == said


GENERATED = """
generate "provider" {
  path     = "provider.tf"
  contents = <<EOF
provider "aws" {
  region  = "${get_env("REGION", "")}"
  version = "%s"
}
EOF
}
"""
REQUIRED = (
    'generate "versions" {\n  contents = "terraform { required_providers { aws = { source = \\"hashicorp/aws\\" } } }"\n}\n'
)


@pytest.mark.parametrize(
    ("above", "own", "is_old"),
    [
        (GENERATED % "~> 3.0", "", True),
        (GENERATED % ">= 3.0", "", False),
        (REQUIRED, "", False),
        (GENERATED % "~> 3.0", None, False),
    ],
    ids=["an old one", "any", "none is named", "a configuration without Terragrunt"],
)
def test_the_provider_that_terragrunt_writes(tmp_path: Path, above: str, own: str | None, is_old: bool) -> None:
    (tmp_path / ".git").mkdir()
    files = {"terragrunt.hcl": above, "app/main.tf": PACKAGE.format(runtime="python3.8")}
    if own is not None:
        files["app/terragrunt.hcl"] = "include {\n  path = find_in_parent_folders()\n}\n"
    said = only_remedy(judge_files(tmp_path, files, "lambda-supported-runtime"))
    assert ("The AWS provider of Terraform accepts only the runtimes that it knows" in said) == is_old


@pytest.mark.parametrize(
    ("code", "more", "said"),
    [
        (
            "import pandas",
            "Layers: [!Sub 'arn:aws:lambda:${AWS::Region}:336392948345:layer:AWSSDKPandas-Python39:5']",
            "Its layers",
        ),
        ("from distutils.util import strtobool", "MemorySize: 128", "no module distutils"),
        ("import boto3", "MemorySize: 128", ""),
    ],
    ids=["a layer", "a module that is gone", "nothing"],
)
def test_what_code_in_the_template_needs(tmp_path: Path, code: str, more: str, said: str) -> None:
    template = INLINE.format(runtime="python3.9", code=code) + f"      {more}\n"

    text = only_remedy(judge(tmp_path, template, "cloudformation", "lambda-supported-runtime"))
    assert said in text
    assert REBUILT not in text
    assert said or text.startswith("Runtime:")


def test_code_with_a_value_in_it_is_in_the_template_too(tmp_path: Path) -> None:
    template = INLINE.format(runtime="python3.9", code="").replace(
        'ZipFile: ""', "ZipFile: !Sub \"import boto3\\nprint('${AWS::StackId}')\""
    )

    text = only_remedy(judge(tmp_path, template, "cloudformation", "lambda-supported-runtime"))
    assert REBUILT not in text


def test_a_function_that_cdk_brings_along_comes_with_cdk(tmp_path: Path) -> None:
    name = "CustomS3AutoDeleteObjectsCustomResourceProviderHandler9D90184F"
    template = INLINE.format(runtime="nodejs18.x", code="").replace("  F:", f"  {name}:")

    text = only_remedy(judge(tmp_path, template, "cloudformation", "lambda-supported-runtime"))
    assert "upgrade aws-cdk-lib" in text
    assert "Runtime:" not in text


@pytest.mark.parametrize(("name", "said"), [("greengrass-hello", True), ("hello", False)])
def test_a_device_needs_the_runtime_first(tmp_path: Path, name: str, said: bool) -> None:
    code = PACKAGE.format(runtime="python3.7").replace('function_name = "f"', f'function_name = "{name}"')

    assert ("install it there first" in only_remedy(judge(tmp_path, code, "terraform", "lambda-supported-runtime"))) is said
