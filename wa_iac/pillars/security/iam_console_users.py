"""# User can sign in to the console with a password alone

## Why

A password can be guessed, phished or found in a leak. A stranger with the password is then in the console, with all the rights of the
user. A second factor stops that, and a policy that denies everything without one makes sure that it is used.

## What it checks

The rule looks at IAM users with a password for the console. It reports one if no policy of the user or of its groups has a condition on
`aws:MultiFactorAuthPresent`, and no virtual MFA device is declared for it. It is advice for a user of a workshop or a tutorial, by paths, tags or the description of the
template, and for one without any policy or group, where others get theirs.

## What is left out

Users without a password. Users with a policy or a group from elsewhere, which may ask for a second factor.

## Non-compliant

```yaml
Resources:
  Alice:
    Type: AWS::IAM::User
    Properties:
      LoginProfile:  # finding
        Password: "{{resolve:secretsmanager:alice}}"
        PasswordResetRequired: true
```

```hcl
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_login_profile" "alice" { # finding
  user                    = aws_iam_user.alice.name
  password_reset_required = true
}
```

```yaml
Description: Lake Formation tutorial
Resources:
  Alice:
    Type: AWS::IAM::User
    Properties:
      LoginProfile:  # finding: part of a workshop or a tutorial
        Password: "{{resolve:secretsmanager:alice}}"
```

## Compliant

```yaml
Resources:
  Alice:
    Type: AWS::IAM::User
    Properties:
      LoginProfile:
        Password: "{{resolve:secretsmanager:alice}}"
      Policies:
        - PolicyName: second-factor
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Deny
                NotAction: ["iam:EnableMFADevice", "iam:ListMFADevices", "iam:CreateVirtualMFADevice", "sts:GetSessionToken"]
                Resource: "*"
                Condition:
                  BoolIfExists: {"aws:MultiFactorAuthPresent": "false"}
```

```hcl
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_login_profile" "alice" {
  user = aws_iam_user.alice.name
}

resource "aws_iam_user_policy" "alice" {
  user = aws_iam_user.alice.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      NotAction = ["iam:EnableMFADevice", "iam:ListMFADevices", "iam:CreateVirtualMFADevice", "sts:GetSessionToken"]
      Resource  = "*"
      Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
    }]
  })
}
```

## Not applicable

```yaml
Resources:
  Alice:  # not applicable: from elsewhere
    Type: AWS::IAM::User
    Properties:
      LoginProfile:
        Password: "{{resolve:secretsmanager:alice}}"
      Groups: [people]
```

## Undecided

The result is undecided if it is not known which policies or groups a user has.

```yaml
Parameters:
  Policy:
    Type: String
Resources:
  Alice:
    Type: AWS::IAM::User
    Properties:
      LoginProfile:
        Password: "{{resolve:secretsmanager:alice}}"
      ManagedPolicyArns: [!Ref Policy]  # undecided: parameter "Policy" has no default
```

```hcl
variable "policy" {
  type = string
}

resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_login_profile" "alice" {
  user = aws_iam_user.alice.name
}

resource "aws_iam_user_policy_attachment" "alice" {
  user       = aws_iam_user.alice.name
  policy_arn = var.policy # undecided: var.policy has no default
}
```

## Sources

- [IAM: Allows IAM users to self-manage an MFA device - AWS Identity and Access Management](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_iam_mfa-selfmanage.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.iam import User
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, exempt, flag, rule
from wa_iac.knowledge.second_factors import has_no_rights, may_need_elsewhere, needs_second_factor
from wa_iac.knowledge.workshops import of_a_workshop

_POLICY: Final = (
    "Let people sign in through IAM Identity Center. Else attach a policy to the user or its group that denies all actions where "
    "`aws:MultiFactorAuthPresent` is false, other than those to register a device and to change the password."
)
_WITHOUT_RIGHTS: Final = "Other users get policies or groups here, and this one has none."
_KEY: Final = "Such a policy also stops its access key, unless a session has a second factor: give programs a role or a user of their own."


@rule(
    practices=["SEC02-BP01", "SEC02-BP04"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(decision=_POLICY),
    equivalents={
        "checkov": ["CKV2_AWS_22"],
        "trivy": ["AVD-AWS-0123", "AVD-AWS-0145"],
        "config": ["IAM_USER_MFA_ENABLED", "MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS"],
        "security_hub": ["IAM.5"],
    },
)
def check(user: User, graph: Graph) -> Flags:
    if not user.login:
        return
    login = user.login[0]
    all_known(login.unknown)
    needs = needs_second_factor(user, graph)
    accept(needs)
    exempt(may_need_elsewhere(user), "a policy or a group from elsewhere may ask for a second factor")
    why = of_a_workshop(user, graph, user.tags) or (_WITHOUT_RIGHTS if has_no_rights(user, graph) else "")
    yield flag(
        login,
        f"A password alone opens the console for this user: nothing here asks for a second factor. {why}".rstrip(),
        resource=user,
        confidence=Confidence.LOW if why else None,
        instead=f"{_POLICY} {_KEY}" if user.keys.targets else "",
    )
