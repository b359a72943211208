"""# CodeBuild's credentials for a repository are in plain text

## Why

A password or token for the repository stays in the history of this code, and everyone who may view the build project can read
it in its source's URL. With it, anybody can read the repository, and often change it: the next build then runs their code with
the permissions of the project's role.

A connection of the developer tools needs no token at all. If a token is needed, keep it in Secrets Manager.

## What it checks

The URLs of a project's primary and secondary sources: a login (`https://user:password@host/...`) or a known form of token. And
the token of a source credential, if it is written as text.

## What is left out

A user name alone in a URL opens nothing. For the types `CODECONNECTIONS` and `SECRETS_MANAGER`, the token of a source
credential is the ARN of a connection or a secret.

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
        Type: BITBUCKET
        Location: https://builder:Tr0ub4dor-and-3@bitbucket.org/acme/orders.git  # finding: URL
      Environment:
        Type: LINUX_CONTAINER
        ComputeType: BUILD_GENERAL1_SMALL
        Image: aws/codebuild/standard:7.0
```

```hcl
resource "aws_codebuild_source_credential" "github" {
  auth_type   = "PERSONAL_ACCESS_TOKEN"
  server_type = "GITHUB"
  token       = "Tr0ub4dor-and-3" # finding: token
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
        Type: BITBUCKET
        Location: https://builder@bitbucket.org/acme/orders.git
      Environment:
        Type: LINUX_CONTAINER
        ComputeType: BUILD_GENERAL1_SMALL
        Image: aws/codebuild/standard:7.0
```

```hcl
resource "aws_codebuild_source_credential" "github" {
  auth_type   = "CODECONNECTIONS"
  server_type = "GITHUB"
  token       = "arn:aws:codeconnections:eu-west-1:123456789012:connection/11111111-2222-3333-4444-555555555555"
}
```

## Not applicable

```yaml
Resources:
  GitHub:  # not applicable: ARN
    Type: AWS::CodeBuild::SourceCredential
    Properties:
      AuthType: CODECONNECTIONS
      ServerType: GITHUB
      Token: arn:aws:codeconnections:eu-west-1:123456789012:connection/11111111-2222-3333-4444-555555555555
```

## Undecided

The result is undecided if the URL, or the type of a credential, is not known before deployment.

```yaml
Parameters:
  AuthType:
    Type: String
Resources:
  GitHub:
    Type: AWS::CodeBuild::SourceCredential
    Properties:
      AuthType: !Ref AuthType  # undecided: parameter "AuthType" has no default
      ServerType: GITHUB
      Token: Tr0ub4dor-and-3
```

```hcl
variable "repository" {
  type = string
}

resource "aws_codebuild_project" "build" {
  name         = "build"
  service_role = "arn:aws:iam::123456789012:role/build"

  artifacts {
    type = "NO_ARTIFACTS"
  }

  source {
    type     = "BITBUCKET"
    location = var.repository # undecided: var.repository has no default
  }

  environment {
    type         = "LINUX_CONTAINER"
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
  }
}
```

## Sources

- [Security Hub CSPM controls for CodeBuild](https://docs.aws.amazon.com/securityhub/latest/userguide/codebuild-controls.md), read on 2026-11-29
- [aws resource codebuild sourcecredential](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codebuild-sourcecredential.md), read on 2026-11-29
"""

from wa_iac.aws.codebuild import Project, Source, SourceCredential
from wa_iac.core.logic import holds
from wa_iac.core.rule import Flags, Remedy, Severity, all_known, each_of, exempt, flag, rule, undecided
from wa_iac.core.value import Known, Unknown
from wa_iac.knowledge.secret_names import has_form_of_secret
from wa_iac.pillars.judgements.plain_text import judge

_IN_REPOSITORIES = frozenset({"GITHUB", "GITHUB_ENTERPRISE", "BITBUCKET", "GITLAB", "GITLAB_SELF_MANAGED"})
_SECRET = Remedy(
    cfn="Token: '{{resolve:secretsmanager:<the secret>:SecretString:token}}'",
    decision="Revoke the token, since the repository's history keeps it, and store a new one in Secrets Manager, with the key token. The role that deploys the stack has "
    "to be allowed to read it (secretsmanager:GetSecretValue).",
)
_CONNECTION = Remedy(
    tf='auth_type = "CODECONNECTIONS"\ntoken     = <a connection>.arn',
    decision="Revoke the token, since the repository's history keeps it. A connection has to be accepted once in the console, and the roles of the "
    "projects must be allowed to use it (codeconnections:GetConnectionToken).",
)


@rule(
    practices=["SEC02-BP03", "SEC11-BP07"],
    severity=Severity.CRITICAL,
    remedy=Remedy(
        decision="Remove the login from the URL and change the password or token at the repository's host, since the history of this code "
        "keeps it. Sign in by a connection of the developer tools instead (AWS::CodeConnections::Connection, "
        "aws_codeconnections_connection), which has to be accepted once in the console. Name it in a source credential, and let the project's role "
        "use it (codeconnections:GetConnectionToken)."
    ),
    equivalents={
        "cdk_nag": ["CodeBuildProjectSourceRepoUrl"],
        "guard": ["CODEBUILD_PROJECT_SOURCE_REPO_URL_CHECK"],
        "config": ["CODEBUILD_PROJECT_SOURCE_REPO_URL_CHECK"],
        "security_hub": ["CodeBuild.1"],
    },
)
def check(resource: Project | SourceCredential) -> Flags:
    if isinstance(resource, Project):
        yield from each_of(resource.sources(), _judge_source)
        return
    pointing = holds(resource.auth_type, lambda kind: kind in ("CODECONNECTIONS", "SECRETS_MANAGER"))
    if pointing != Known(False) and not isinstance(resource.token, Unknown):
        exempt(pointing, "its token is an ARN of the connection or the secret")
    for found in judge(resource.token, "This token for a repository is in plain text: anyone who can read it can use it."):
        yield found._replace(instead=_SECRET if resource.dialect == "cloudformation" else _CONNECTION)


def _judge_source(source: Source) -> Flags:
    all_known(source.unknown)
    match source.location:
        case Known(text) if has_form_of_secret(text):
            yield flag(
                source.location,
                "The URL of the repository contains a password or a token: anyone who can view the build project can use it.",
            )
        case Unknown() as url if not url.parts and not url.origin.references:
            # A template's own parts of a URL are looked at above; a bucket or a repository of AWS needs no login.
            if holds(source.type, lambda kind: kind in _IN_REPOSITORIES) != Known(False):
                yield undecided(url)
        case _:
            return
