"""# IAM user has a long-lived access key

## Why

An access key works from anywhere until someone deletes it, and its secret is also in the state or in the stack's outputs.
Leaked keys are the most common way into an account. Programs on AWS use a role; programs elsewhere use federation (OIDC, IAM
Roles Anywhere).

## What it checks

The rule checks access keys of IAM users, and reports each active one. The finding is advice if the user certainly has no policy
and no group, and nothing else here names the user. So it is for a key in a module whose callers name the user, and for one whose user only lists roles, as
Microsoft Entra ID does for single sign-on.

## What is left out

The rule does not report an inactive key, or the key of a user who may only send mail over SMTP: by the user's policies or, if none is
here, since the code takes only the key's password for SMTP (`ses_smtp_password_v4`), and not its secret.

## Non-compliant

```yaml
Resources:
  Deployer:
    Type: AWS::IAM::User
  DeployerKey:  # finding
    Type: AWS::IAM::AccessKey
    Properties:
      UserName: !Ref Deployer
```

```hcl
resource "aws_iam_access_key" "deployer" { # finding
  user = "deployer"
}
```

## Compliant

```yaml
Resources:
  Deployer:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              Service: codebuild.amazonaws.com
            Action: sts:AssumeRole
  OldKey:
    Type: AWS::IAM::AccessKey
    Properties:
      UserName: deployer
      Status: Inactive
```

```hcl
resource "aws_iam_access_key" "deployer" {
  user   = "deployer"
  status = "Inactive"
}
```

## Not applicable

```yaml
Resources:
  Mailer:
    Type: AWS::IAM::User
    Properties:
      Policies:
        - PolicyName: send
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - {Effect: Allow, Action: "ses:SendRawEmail", Resource: "*"}
  Key:  # not applicable: sends mail over SMTP
    Type: AWS::IAM::AccessKey
    Properties:
      UserName: !Ref Mailer
```

```hcl
resource "aws_iam_user" "mailer" {
  name = "mailer"
}

resource "aws_iam_user_policy" "mailer" {
  user = aws_iam_user.mailer.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "ses:SendRawEmail", Resource = "*" }]
  })
}

resource "aws_iam_access_key" "mailer" { # not applicable: sends mail over SMTP
  user = aws_iam_user.mailer.name
}
```

## Undecided

The result is undecided if `Status` or `status` is not known before deployment.

```yaml
Parameters:
  Status:
    Type: String
Resources:
  OldKey:
    Type: AWS::IAM::AccessKey
    Properties:
      UserName: deployer
      Status: !Ref Status  # undecided: parameter "Status" has no default
```

```hcl
variable "status" {
  type = string
}

resource "aws_iam_access_key" "deployer" {
  user   = "deployer"
  status = var.status # undecided: var.status has no default
}
```

## Sources

- [SEC02-BP02 Use temporary credentials](https://docs.aws.amazon.com/wellarchitected/latest/framework/sec_identities_unique.html), read on 2026-11-29
- [Manage access keys for IAM users - AWS Identity and Access Management](https://docs.aws.amazon.com/console/iam/self-accesskeys), read on 2026-11-29
"""

from wa_iac.aws.iam import AccessKey
from wa_iac.core.graph import Graph
from wa_iac.core.logic import all_of
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, flag, rule, settled
from wa_iac.core.value import Known
from wa_iac.knowledge.iam_grants import has_no_rights, lists_roles_only, mail_only
from wa_iac.knowledge.purposes import is_for_callers
from wa_iac.pillars.judgements.grants import FOR_SINGLE_SIGN_ON


@rule(
    practices=["SEC02-BP02", "SEC02-BP05"],
    severity=Severity.HIGH,
    remedy=Remedy(
        decision="Let its holder assume a role first, and only then remove the key. A workload in AWS gets a role from its service (an instance "
        "profile, a task role), systems elsewhere use OpenID Connect or IAM Roles Anywhere, and people sign in through IAM Identity Center, also on "
        "the command line (aws configure sso). For what takes nothing but a key, allow the user little, and replace the key from time to time."
    ),
    equivalents={
        "trivy": ["AVD-AWS-0144", "AVD-AWS-0146", "AVD-AWS-0166", "AVD-AWS-0167"],
        "config": ["ACCESS_KEYS_ROTATED", "IAM_USER_UNUSED_CREDENTIALS_CHECK"],
    },
)
def check(key: AccessKey, graph: Graph) -> Flags:
    sends_mail = all_of(mail_only(user, graph) for user in key.user) if key.user.targets else Known(False)
    exempt(sends_mail == Known(True), "its user sends mail over SMTP, which needs an access key")
    if settled(key.status) != Known("Inactive"):
        settled(sends_mail)
        if key.user.targets and not key.user.elsewhere and all(has_no_rights(each, graph) for each in key.user):
            yield flag(
                key,
                "This key does not expire. Its user has no policy and no group here, so the key opens nothing until somebody grants the "
                "user something.",
                severity=Severity.LOW,
                confidence=Confidence.LOW,
            )
        elif not key.user.targets and is_for_callers(key.user_name, graph):
            yield flag(
                key,
                "This key does not expire: anyone who gets it can use it until it is deleted. The callers of this module decide for which user it is.",
                severity=Severity.MEDIUM,
                confidence=Confidence.LOW,
            )
        elif key.user.targets and all(map(lists_roles_only, key.user)):
            yield flag(
                key,
                "This key does not expire. Its user only lists the roles of the account, as Microsoft Entra ID does for single sign-on, which "
                "takes nothing but an access key.",
                severity=Severity.LOW,
                confidence=Confidence.MEDIUM,
                instead=FOR_SINGLE_SIGN_ON,
            )
        else:
            yield flag(key, "This key does not expire: anyone who gets it can use it until it is deleted.")
