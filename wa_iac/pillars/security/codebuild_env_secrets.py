"""# CodeBuild environment variable contains a secret in plain text

## Why

A secret in the environment of a build project stays in the repository's history. Everyone who may view the project can read it,
and so can every command of the build, which often runs code from many packages. It cannot be rotated without a deployment.

Keep the secret in Secrets Manager or in a SecureString parameter, and give the variable the type `SECRETS_MANAGER` or
`PARAMETER_STORE`: CodeBuild then reads it when the build starts. A build needs no access key: it has temporary credentials of
the project's service role.

## What it checks

Variables of the type `PLAINTEXT`, which is the default. The rule reports a variable with a name that suggests a secret
(`DB_PASSWORD`, `apiKey`), if its value is a literal. It also reports a value in the format of a known credential. The report
never shows the value.

The severity is high for an API key or a token, unless it has the format of a known credential: what it opens is not in the code. Web pages and devices hold some of them.

## What is left out

A placeholder (`changeme`, `DUMMYKEY`) and the address of a secret are not secrets. For the types `PARAMETER_STORE` and
`SECRETS_MANAGER`, the value is only a name.

The ID of an access key opens nothing without its secret key: it is reported as advice, and not at all as a user name (`MAIL_USERNAME`, for the SMTP
servers of Amazon SES).

## Non-compliant

```yaml
Resources:
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      ServiceRole: arn:aws:iam::123456789012:role/build
      Artifacts:
        Type: NO_ARTIFACTS
      Source:
        Type: GITHUB
        Location: https://github.com/example/orders.git
      Environment:
        Type: LINUX_CONTAINER
        ComputeType: BUILD_GENERAL1_SMALL
        Image: aws/codebuild/standard:7.0
        EnvironmentVariables:
          - Name: STAGE
            Value: production
          - Name: NPM_TOKEN
            Value: npm-Tr0ub4dor-and-3  # finding: variable NPM_TOKEN
```

```hcl
resource "aws_codebuild_project" "build" {
  name         = "build"
  service_role = "arn:aws:iam::123456789012:role/build"

  artifacts {
    type = "NO_ARTIFACTS"
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/example/orders.git"
  }

  environment {
    type         = "LINUX_CONTAINER"
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"

    environment_variable {
      name  = "apiKey"
      value = "9f8c1d7e5b3a" # finding: variable apiKey
    }
  }
}
```

## Compliant

```yaml
Resources:
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      ServiceRole: arn:aws:iam::123456789012:role/build
      Artifacts:
        Type: NO_ARTIFACTS
      Source:
        Type: GITHUB
        Location: https://github.com/example/orders.git
      Environment:
        Type: LINUX_CONTAINER
        ComputeType: BUILD_GENERAL1_SMALL
        Image: aws/codebuild/standard:7.0
        EnvironmentVariables:
          - Name: STAGE
            Value: production
          - Name: NPM_TOKEN
            Type: SECRETS_MANAGER
            Value: build/npm:token
```

```hcl
resource "aws_codebuild_project" "build" {
  name         = "build"
  service_role = "arn:aws:iam::123456789012:role/build"

  artifacts {
    type = "NO_ARTIFACTS"
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/example/orders.git"
  }

  environment {
    type         = "LINUX_CONTAINER"
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"

    environment_variable {
      name  = "NPM_TOKEN"
      type  = "PARAMETER_STORE"
      value = "/build/npm-token"
    }
  }
}
```

## Undecided

The result is undecided if the value of `NPM_TOKEN` is not known before deployment.

```yaml
Parameters:
  NpmToken:
    Type: String
Resources:
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      ServiceRole: arn:aws:iam::123456789012:role/build
      Artifacts:
        Type: NO_ARTIFACTS
      Source:
        Type: GITHUB
        Location: https://github.com/example/orders.git
      Environment:
        Type: LINUX_CONTAINER
        ComputeType: BUILD_GENERAL1_SMALL
        Image: aws/codebuild/standard:7.0
        EnvironmentVariables:
          - Name: NPM_TOKEN
            Value: !Ref NpmToken  # undecided: parameter "NpmToken" has no default
```

```hcl
variable "npm_token" {
  type = string
}

resource "aws_codebuild_project" "build" {
  name         = "build"
  service_role = "arn:aws:iam::123456789012:role/build"

  artifacts {
    type = "NO_ARTIFACTS"
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/example/orders.git"
  }

  environment {
    type         = "LINUX_CONTAINER"
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"

    environment_variable {
      name  = "NPM_TOKEN"
      value = var.npm_token # undecided: var.npm_token has no default
    }
  }
}
```

## Sources

- [AWS::CodeBuild::Project EnvironmentVariable - AWS CloudFormation](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-codebuild-project-environmentvariable.html), read on 2026-11-29
- [Security Hub CSPM controls for CodeBuild](https://docs.aws.amazon.com/securityhub/latest/userguide/codebuild-controls.md), read on 2026-11-29
"""

from wa_iac.aws.codebuild import Project, Variable
from wa_iac.core.graph import Graph
from wa_iac.core.logic import holds
from wa_iac.core.rule import Flags, Remedy, Severity, all_known, each_of, rule, settled, unless
from wa_iac.core.value import Known
from wa_iac.knowledge.secret_names import has_form_of_secret, is_access_key
from wa_iac.pillars.judgements.plain_text import judge_variable

_SERVICE_ROLE = Remedy(
    decision="Remove the access key from the environment, and deactivate it. Allow the project's service role to do what the key is for: "
    "the commands of a build find its temporary credentials by themselves."
)


def _reference(name: str) -> Remedy:
    return Remedy(
        cfn={"Environment": {"EnvironmentVariables[]": {"Type": "SECRETS_MANAGER", "Value": "<the name of the secret>"}}},
        tf={"environment": {"environment_variable[]": {"type": "SECRETS_MANAGER", "value": "<the name of the secret>"}}},
        decision=f"Move the value of {name} to Secrets Manager, and change it, since the repository's history keeps it. Let the project's "
        "service role read it (secretsmanager:GetSecretValue).",
    )


@rule(
    practices=["SEC02-BP03", "SEC11-BP07", "SEC02-BP02"],
    severity=Severity.CRITICAL,
    remedy=_reference("DB_PASSWORD"),
    equivalents={
        "cdk_nag": ["CodeBuildProjectEnvVarAwsCred"],
        "guard": ["CODEBUILD_PROJECT_ENVVAR_AWSCRED_CHECK"],
        "config": ["CODEBUILD_PROJECT_ENVVAR_AWSCRED_CHECK"],
        "security_hub": ["CodeBuild.2"],
    },
)
def check(project: Project, graph: Graph) -> Flags:
    yield from each_of(project.variables, lambda variable: _judge(variable, project, graph))


def _judge(variable: Variable, project: Project, graph: Graph) -> Flags:
    all_known(variable.unknown)
    yield from unless(holds(variable.type, lambda kind: kind != "PLAINTEXT"), _judge_text(variable, project, graph))


def _judge_text(variable: Variable, project: Project, graph: Graph) -> Flags:
    name, value = variable.name, variable.value
    if isinstance(value, Known) and not has_form_of_secret(value.value):
        settled(name)
    called = name.value if isinstance(name, Known) else ""
    if not called and not isinstance(value, Known):
        settled(value)
    yield from judge_variable(
        called,
        value,
        f"The variable {called} holds a secret in plain text: anyone who can view the build project can read it.",
        project,
        graph,
        instead=_SERVICE_ROLE if is_access_key(called) else _reference(called or "<the variable>"),
    )
