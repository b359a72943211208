"""# IAM role can be assumed by anyone

## Why

A trust policy that allows `*`, without a condition that says who, lets every AWS account in the world act with this role's permissions.

The same is true of a policy that trusts an identity provider with accounts for anyone: GitHub, GitLab, HCP Terraform, Buildkite, Amazon
Cognito, Google, Facebook or Amazon.

## What it checks

The rule reads the trust policy of a role. It reports each `Allow` statement for every principal that no condition limits and no `Deny`
takes back, and each for an identity provider with accounts for anyone.

Such a provider needs a condition on a claim that says whose token it is. For jobs of GitHub, GitLab, HCP Terraform, Buildkite, Codefresh
and Scalr this is `sub`, with a fixed owner (`repo:octo-org/*`); a condition on `aud` is not enough. IAM refuses most of these policies
since 2025 when a role is made or changed, and leaves older roles open.

The finding has the severity medium for Amazon Cognito: IAM wants a condition in such a policy, and STS refuses a pool of another account unless both
`aud` and `amr` are asked, so that the users of this account's pools are left. A statement that only lets tags or a source identity be set lets nobody in.

The provider is recognized by its name in the ARN, or by the URL of the provider's resource.

## What is left out

Conditions such as `aws:PrincipalOrgID`, `aws:PrincipalArn` or `sts:ExternalId` are accepted. A provider of your own, with accounts for
your people only, is accepted without a condition. A condition on a claim of another provider lets nobody in, since no token has it.

The key of a condition may be built from the `url` of a provider's resource, with or without `https://` in front: it names the same provider.

## Non-compliant

```yaml
Resources:
  Reader:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow  # finding: Any AWS account may assume
            Principal:
              AWS: "*"
            Action: sts:AssumeRole
```

```yaml
Resources:
  Deployer:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow  # finding: no condition on the claims
            Principal:
              Federated: !Sub arn:aws:iam::${AWS::AccountId}:oidc-provider/token.actions.githubusercontent.com
            Action: sts:AssumeRoleWithWebIdentity
            Condition:
              StringEquals:
                token.actions.githubusercontent.com:aud: sts.amazonaws.com
```

```hcl
resource "aws_iam_role" "reader" {
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

data "aws_iam_policy_document" "trust" {
  statement { # finding: Any AWS account may assume
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}
```

```hcl
resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

resource "aws_iam_role" "deployer" {
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

data "aws_iam_policy_document" "trust" {
  statement { # finding: the condition on the subject fits everybody
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.github.arn]
    }
    condition {
      test     = "StringLike"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:*:ref:refs/heads/main"]
    }
  }
}
```

## Compliant

```yaml
Resources:
  Reader:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              AWS: "*"
            Action: sts:AssumeRole
            Condition:
              StringEquals:
                aws:PrincipalOrgID: o-a1b2c3d4e5
```

```hcl
resource "aws_iam_role" "reader" {
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::111122223333:role/reports"]
    }
  }
}
```

```hcl
resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

resource "aws_iam_role" "deployer" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = aws_iam_openid_connect_provider.github.arn }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = { StringLike = { "${aws_iam_openid_connect_provider.github.url}:sub" = "repo:octo-org/shop:*" } }
    }]
  })
}
```

## Undecided

The result is undecided if `AWS` or `assume_role_policy` is not known before deployment.

```yaml
Parameters:
  Principal:
    Type: String
Resources:
  Reader:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              AWS: !Ref Principal  # undecided: parameter "Principal" has no default
            Action: sts:AssumeRole
```

```hcl
variable "assume_role_policy" {
  type = string
}

resource "aws_iam_role" "reader" {
  assume_role_policy = var.assume_role_policy # undecided: var.assume_role_policy has no default
}
```

## Sources

- [AWS JSON policy elements: Principal - AWS Identity and Access Management](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html), read on 2026-11-29
- [Identity-provider controls for shared OIDC providers - AWS Identity and Access Management](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html), read on 2026-11-29
- [OIDC with AWS - Buildkite Documentation](https://buildkite.com/docs/pipelines/security/oidc/aws), read on 2026-11-29
- [Configuring OpenID Connect in Amazon Web Services - GitHub Docs](https://docs.github.com/en/actions/security-for-github-actions/security-hardening-your-deployments/configuring-openid-connect-in-amazon-web-services), read on 2026-11-29
- [Amazon Cognito identity pools security best practices - Amazon Cognito](https://docs.aws.amazon.com/cognito/latest/developerguide/identity-pools-security-best-practices.html), read on 2026-12-01
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.iam import Role
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import Statement, statements
from wa_iac.core.late_pattern import late
from wa_iac.core.rule import Flags, Remedy, Severity, all_known, each_of, refuse, rule
from wa_iac.knowledge.policies.conditions import condition_tests
from wa_iac.knowledge.policies.federation import GITHUB, GITLAB, TERRAFORM, open_provider, opened_to_accounts, unknown_provider
from wa_iac.knowledge.policies.texts import has_mark
from wa_iac.pillars.judgements.open_policy import judge

_BEGUN: Final = late(r"(?:repo|project_path|organization):([^/:*?]+)[*?]")
"""A subject with the beginning of an owner's name."""


@rule(
    practices=["SEC03-BP02", "SEC03-BP07", "SEC03-BP09"],
    severity=Severity.CRITICAL,
    remedy=Remedy(
        cfn="Principal:\n  AWS: <the user or role that may assume it>",
        tf='principals {\n  type        = "AWS"\n  identifiers = [<the user or role that may assume it>.arn]\n}',
        decision="Name each identity, account or service that assumes the role today: all others are refused from then on.",
    ),
    equivalents={
        "checkov": ["CKV_AWS_60", "CKV_AWS_61", "CKV_AWS_358", "CKV_AWS_393"],
        "guard": ["IAM_ROLE_NO_FULL_ACCESS_ON_TRUST_POLICY", "IAM_ROLE_NO_ALLOW_PLUS_NOT_PRINCIPAL"],
    },
)
def check(role: Role, graph: Graph) -> Flags:
    yield from judge(role.trust, "Any AWS account may assume this role: no condition limits who.")
    yield from each_of(statements(role.trust), lambda statement: _judge_providers(statement, graph))


def _judge_providers(statement: Statement, graph: Graph) -> Flags:
    provider = open_provider(statement, graph)
    if not provider:
        all_known(unknown_provider(statement))
    else:
        found = refuse(opened_to_accounts(statement, provider), True, _message(statement, provider), at=statement.place)
        others = any(each.key and not each.key.lower().endswith(":sub") for each in statement.conditions)
        limited = _limited(provider)
        limited = replace(limited, decision=f"{limited.decision} {_KEPT}".strip()) if others else limited
        severity = Severity.MEDIUM if provider == _POOLS else None
        yield from (each._replace(instead=limited, severity=severity) for each in found)


def _message(statement: Statement, provider: str) -> str:
    why = _why(statement, provider)
    if provider == _POOLS:
        # "Use trust policy conditions in IAM roles" (security best practices for identity pools): IAM wants a condition, and STS both for another
        # account's pool.
        refused = (
            "" if statement.conditional else " IAM refuses a trust policy like this without any condition: a new role fails."
        )
        return (
            f"The users of every identity pool of this account may get this role: no condition on aud names one pool.{refused}"
        )
    late = (
        " IAM has refused this since 2025 where a role is made or changed: an older role is open." if why == _NO_CLAIM else ""
    )
    return f"Anyone with an account at {provider} may assume this role: {why}.{late if provider in _SUBJECTS else ''}"


def _why(statement: Statement, provider: str) -> str:
    """Why the conditions let everybody in."""
    subjects = [value for test in condition_tests(statement) if test.key == f"{provider}:sub" for value in test.values]
    begun = next((found for value in subjects if (found := _BEGUN.match(value)) is not None), None)
    if begun is not None:
        name = "with the same letters" if has_mark(begun[1]) else f"with {begun[1]}"
        return f"the condition on the subject fits each owner whose name begins {name}, and anyone can make such an owner"
    if subjects:
        return "the condition on the subject fits everybody"
    return _NO_CLAIM


_NO_CLAIM: Final = "no condition on the claims of their token limits who"
_POOLS: Final = "cognito-identity.amazonaws.com"
_OF_APPLICATIONS: Final = {
    _POOLS: ("aud", "the id of your identity pool"),
    "accounts.google.com": ("aud", "the client id of your application"),
    "graph.facebook.com": ("app_id", "the id of your application"),
    "www.amazon.com": ("app_id", "the id of your application"),
}
"""The claim of providers for users that says for which application somebody signed in ("Available keys for AWS OIDC federation")."""


_SUBJECTS: Final = {
    GITHUB: "repo:<the owner>/<the repository>:ref:refs/heads/<the branch>",
    GITLAB: "project_path:<the group>/<the project>:ref_type:branch:ref:<the branch>",
    TERRAFORM: "organization:<the organization>:project:<the project>:workspace:<the workspace>:run_phase:*",
}
_KEPT: Final = "Keep the other conditions of the statement."
_EACH: Final = "Name the subject of each job that assumes the role today: all others are refused then."


def _limited(provider: str) -> Remedy:
    """A condition on the claim that names who signed in, or for which application."""
    if provider in _OF_APPLICATIONS:
        claim, value = _OF_APPLICATIONS[provider]
        return Remedy(
            cfn=f"Condition:\n  StringEquals:\n    {provider}:{claim}: <{value}>",
            tf=f'condition {{\n  test     = "StringEquals"\n  variable = "{provider}:{claim}"\n  values   = ["<{value}>"]\n}}',
            decision="All users of the application may then assume the role. In Amazon Cognito, a condition on the claim amr keeps guests out.",
        )
    subject = _SUBJECTS.get(provider, "<the subjects that may assume it>")
    return Remedy(
        cfn=f"Condition:\n  StringLike:\n    {provider}:sub: {subject}",
        tf=f'condition {{\n  test     = "StringLike"\n  variable = "{provider}:sub"\n  values   = ["{subject}"]\n}}',
        decision=_EACH if provider in _SUBJECTS else "",
    )
