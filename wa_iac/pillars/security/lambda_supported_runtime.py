"""# Lambda function uses a deprecated runtime

## Why

AWS has deprecated this runtime. The function keeps running on it, but the runtime gets no security fixes, and after a while it can no
longer be updated.

## What it checks

The rule compares the runtime of each function with a list of Lambda's runtimes. A runtime is reported from its deprecation date on,
compared with today's date, or with `SOURCE_DATE_EPOCH` if that is set. The deprecation dates are AWS's ([Lambda
runtimes](https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html)).
The remedy names what else a newer runtime needs: another SDK or handler in Node.js, an executable called `bootstrap` for Go, a package that
is built again. Code in the template itself is searched for what needs it. A function that AWS CDK brings along gets its runtime from a newer CDK.
For a function of Greengrass, by its name or that of its role, the devices have to have the runtime first.

## What is left out

Container images bring their own runtime and are not checked. A runtime whose deprecation is still to come is not reported, even if it is
near.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.7  # finding
      Handler: app.handler
      Role: arn:aws:iam::123456789012:role/orders
      Code:
        S3Bucket: artifacts
        S3Key: orders.zip
```

```hcl
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  runtime       = "nodejs14.x" # finding
  handler       = "app.handler"
  role          = "arn:aws:iam::123456789012:role/orders"
  filename      = "orders.zip"
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::123456789012:role/orders
      Code:
        S3Bucket: artifacts
        S3Key: orders.zip
```

```hcl
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::123456789012:role/orders"
  filename      = "orders.zip"
}
```

## Not applicable

```yaml
Resources:
  Orders:  # not applicable: a container image
    Type: AWS::Lambda::Function
    Properties:
      PackageType: Image
      Role: arn:aws:iam::123456789012:role/orders
      Code:
        ImageUri: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders:7
```

```hcl
resource "aws_lambda_function" "orders" { # not applicable: a container image
  function_name = "orders"
  package_type  = "Image"
  image_uri     = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders:7"
  role          = "arn:aws:iam::123456789012:role/orders"
}
```

## Undecided

The result is undecided if `Runtime` or `runtime` is not known before deployment.

```yaml
Parameters:
  Runtime:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: !Ref Runtime  # undecided: parameter "Runtime" has no default
      Handler: app.handler
      Role: arn:aws:iam::123456789012:role/orders
      Code:
        S3Bucket: artifacts
        S3Key: orders.zip
```

```hcl
variable "runtime" {
  type = string
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  runtime       = var.runtime # undecided: var.runtime has no default
  handler       = "app.handler"
  role          = "arn:aws:iam::123456789012:role/orders"
  filename      = "orders.zip"
}
```

## Sources

- [Runtime deprecation - AWS Lambda](https://docs.aws.amazon.com/lambda/latest/dg/runtime-support-policy.md), read on 2026-11-29
- [Building Lambda functions with Go](https://docs.amazonaws.cn/en_us/lambda/latest/dg/lambda-golang.html), read on 2026-11-29
- [Node 18 tries to import aws-sdk](https://repost.aws/questions/QUJicD5Z86RiGuznqORVneCA/node-18-tries-to-import-aws-sdk), read on 2026-11-29
- [Release v2.259.0 of the AWS CDK](https://github.com/aws/aws-cdk/releases/tag/v2.259.0), read on 2026-11-29
"""

import re
from dataclasses import replace
from typing import Final

from wa_iac.aws.lambda_function import Function
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.partial import pieces_of
from wa_iac.core.rule import Flags, Remedy, Severity, flag, not_applicable, rule, settled
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.called import called
from wa_iac.knowledge.lambda_runtimes import runtimes, today
from wa_iac.knowledge.provider_versions import CURRENT, newest_major

_VERSION: Final = late(r"^(?P<language>[a-z]+?)(?:core)?(?P<version>[\d.]+)")
_ANSWERS: Final = late(r"callback|context\.(?:done|succeed|fail)\b|\(\s*event\s*,\s*\w+\s*,\s*\w+\s*\)")
_SUPPORTED: Final = Remedy(cfn="Runtime: <a supported version>", tf='runtime = "<a supported version>"')
_EXECUTABLE: Final = Remedy(cfn="Runtime: provided.al2023", tf='runtime = "provided.al2023"')
_GO: Final = (
    "Build the code again with a current aws-lambda-go, and call the executable bootstrap: this runtime starts no other one."
)
_SDK: Final = (
    "From nodejs18.x on, the runtime has version 3 of the AWS SDK for JavaScript and no longer version 2 (aws-sdk): code that uses that has to move "
    "to version 3, or to bring version 2 in its package."
)
_CALLBACKS: Final = "nodejs24.x accepts no handler with a callback: make it async first, or choose nodejs22.x."
_REBUILT: Final = (
    "Build the package and its layers again for the new version, and test them there: compiled dependencies fit only one."
)
_OF_CDK: Final = late(
    r"CustomResourceProviderHandler[0-9A-F]{8}$|^LogRetention[0-9a-f]{32}|^BucketNotificationsHandler|^AWS[0-9a-f]{32}|^CustomCDKBucketDeployment"
    r"|framework(?:onEvent|isComplete|onTimeout)[0-9A-F]{8}$"
)
"""The logical IDs of functions that AWS CDK brings along, with code and runtime."""
_NEWER_CDK: Final = Remedy(
    decision="AWS CDK brings this function along, with its code and its runtime: upgrade aws-cdk-lib, and synthesize the template again."
)
_LAYERS: Final = "Its layers have to be there for the new version too: compiled dependencies fit only one."
_OLD_PROVIDER: Final = (
    "The AWS provider of Terraform accepts only the runtimes that it knows: upgrade it first, if it is older."
)
_TESTED: Final = "Build the code for that version of the language, and test it there."
_GONE: Final = late(
    r"^\s*(?:import|from)\s+(imp|distutils|asyncore|asynchat|smtpd|cgi|cgitb|crypt|pipes|telnetlib|imghdr|sndhdr|uu|xdrlib|nntplib|mailcap)\b",
    re.MULTILINE,
)
"""Modules that Python has no longer, some from 3.12 and the others from 3.13 on."""
_DEVICES: Final = late(r"\bgreengrass\b")
_ON_DEVICES: Final = (
    "By its name, it runs on devices under Greengrass: choose a runtime that the Greengrass of the devices knows, and install it there first. Then give "
    "the group or the component the new version of the function."
)
_WITHOUT: Final = "New versions of Python have no module {} any longer: write the code without it first."
_VENDORED: Final = "The new runtimes have no botocore.vendored: import requests from a package or a layer, or use urllib3."


def _upgrade(function: Function, graph: Graph) -> Remedy | None:
    """What else has to change, as far as the code in the template does not show that it need not."""
    if function.dialect == "cloudformation" and _OF_CDK.search(function.declared.name):
        return _NEWER_CDK
    runtime = function.runtime.value if isinstance(function.runtime, Known) else ""
    provider = _OLD_PROVIDER if function.dialect == "terraform" and newest_major(graph) < CURRENT else ""
    if runtime == "go1.x":
        return replace(_EXECUTABLE, decision=f"{_GO} {provider}".rstrip())
    if runtime.startswith("provided"):
        return replace(_EXECUTABLE, decision=f"Build the executable for Amazon Linux 2023. {provider}".rstrip())
    found = _VERSION.match(runtime)
    language, version = (found["language"], found["version"]) if found else (runtime, "0")
    code = _code(function)
    needs = _needs(language, float(version.rstrip(".")), code)
    named = (function, *function.role.targets)
    devices = _ON_DEVICES if any(_DEVICES.search(words) for each in named for words in called(each, Absent())) else ""
    layers = _LAYERS if code is not None and not isinstance(function.layers.value, Absent) else ""
    return replace(_SUPPORTED, decision=" ".join(filter(None, (*needs, devices, layers, provider))))


def _needs(language: str, version: float, code: str | None) -> list[str]:
    """The changes of the code or the package. `code` is None if it is elsewhere, and the pieces that are known if only a part of it is."""
    match language:
        case "nodejs":
            needed = [_SDK] if version < 18 and (code is None or "aws-sdk" in code) else []
            return [*needed, _CALLBACKS] if code is None or _answers_by_callback(code) else needed
        case "python" if version < 3:
            return ["Port the code to Python 3 first."]
        case "python" | "ruby" if code is None:
            return [_REBUILT]
        case "python":
            gone = _GONE.search(code or "")
            vendored = [_VENDORED] if "botocore.vendored" in (code or "") else []
            return [*vendored, *([_WITHOUT.format(gone[1])] if gone else [])]
        case "java" if code is None:
            return [_TESTED]
        case "dotnet":
            return ["Build the project for that version of .NET first (its target framework)."]
        case _:
            return []


def _answers_by_callback(code: str) -> bool:
    """Whether code ends by a callback or a method of its context, as cfn-response does, which waits for nothing in a handler that is not async."""
    return _ANSWERS.search(code) is not None or ("cfn-response" in code and "async" not in code)


def _code(function: Function) -> str | None:
    """The code in the template, if it is there: as far as it is known."""
    pieces = list(pieces_of(function.inline_code))
    return "".join(pieces) if pieces else None


@rule(
    practices=["SEC06-BP01", "PERF05-BP06"],
    severity=Severity.MEDIUM,
    remedy=replace(_SUPPORTED, given=_upgrade),
    equivalents={
        "checkov": ["CKV_AWS_363"],
        "cdk_nag": ["AwsSolutions-L1", "Serverless-LambdaLatestVersion"],
        "config": ["LAMBDA_FUNCTION_SETTINGS_CHECK"],
        "security_hub": ["Lambda.2"],
    },
)
def check(function: Function) -> Flags:
    runtime = settled(function.runtime)
    if isinstance(runtime, Absent):
        yield not_applicable("it is a container image, without a runtime")
        return
    known = runtimes().get(runtime.value)
    if known is not None and known.deprecated is not None and known.deprecated <= today():
        instead = f"; {known.successor} is its successor" if known.successor else ""
        yield flag(
            runtime,
            f"{runtime.value} has had no security patches since {known.deprecated}: its known vulnerabilities stay open{instead}.",
        )
