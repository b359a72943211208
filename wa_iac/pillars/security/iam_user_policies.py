"""# IAM user has policies attached directly

## Why

If users have their own policies, permissions are written in as many places as there are users, and they pile up as people
change jobs. Give permissions to a group, or to a role that people assume, and attach no policies to the user itself.

## What it checks

The rule reports each policy that a user has by itself: written at the user, or attached to the user. The finding is advice for a
program's user with one policy: an access key, no password, and nothing else that could be attached to a group.

## What is left out

The rule does not report a user who may only send mail over SMTP. It does not look at policies of roles.

## Non-compliant

```yaml
Resources:
  Alice:
    Type: AWS::IAM::User
    Properties:
      ManagedPolicyArns:  # finding
        - arn:aws:iam::aws:policy/ReadOnlyAccess
  Reports:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: reports
      Users:
        - !Ref Alice  # finding
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: s3:GetObject
            Resource: arn:aws:s3:::reports/*
```

```hcl
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy_attachment" "alice" {
  user       = aws_iam_user.alice.name # finding
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
```

## Compliant

```yaml
Resources:
  Alice:
    Type: AWS::IAM::User
    Properties:
      Groups: [!Ref Readers]
  Readers:
    Type: AWS::IAM::Group
    Properties:
      ManagedPolicyArns:
        - arn:aws:iam::aws:policy/ReadOnlyAccess
```

```hcl
resource "aws_iam_group" "readers" {
  name = "readers"
}

resource "aws_iam_group_policy_attachment" "readers" {
  group      = aws_iam_group.readers.name
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
```

## Not applicable

```yaml
Resources:
  Mailer:  # not applicable: sends mail over SMTP
    Type: AWS::IAM::User
    Properties:
      Policies:
        - PolicyName: send
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - {Effect: Allow, Action: "ses:SendRawEmail", Resource: "*"}
  OfWorkers:  # not applicable: it is given to no user and no group
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "sqs:ReceiveMessage", Resource: "*"}
      Roles: [!ImportValue WorkerRole]
```

```hcl
resource "aws_iam_user" "mailer" { # not applicable: sends mail over SMTP
  name = "mailer"
}

resource "aws_iam_user_policy" "mailer" { # not applicable: its users send mail over SMTP
  user = aws_iam_user.mailer.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "ses:SendRawEmail", Resource = "*" }]
  })
}
```

## Undecided

The result is undecided if `ManagedPolicyArns` is not known before deployment.

```yaml
Parameters:
  PolicyArns:
    Type: CommaDelimitedList
Resources:
  Alice:
    Type: AWS::IAM::User
    Properties:
      ManagedPolicyArns: !Ref PolicyArns  # undecided: parameter "PolicyArns" has no default
```

## Sources

- [iam-user-no-policies-check - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/iam-user-no-policies-check.html), read on 2026-11-29
- [SEC03-BP02 Grant least privilege access - AWS Well-Architected Framework](https://docs.aws.amazon.com/wellarchitected/latest/framework/sec_permissions_least_privileges), read on 2026-11-29
"""

from wa_iac.aws.iam import Attachment, ManagedPolicy, Policy, User
from wa_iac.core.awscc import and_awscc
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, flag, rule, settled, undecided, written
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.iam_grants import is_machine, mail_only

OF_USERS = and_awscc("AWS::IAM::UserPolicy", "aws_iam_user_policy", "aws_iam_user_policy_attachment")
MESSAGE = (
    "A user has this policy directly: it is not reviewed with the policies of groups, and remains when the user's work changes."
)


@rule(
    practices=["SEC02-BP06", "SEC03-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        cfn="Groups:\n  - !Ref <a group>",
        tf="groups = [<a group>.name]",
        of={
            "AWS::IAM::UserPolicy": "Type: AWS::IAM::GroupPolicy\nProperties:\n  GroupName: !Ref <a group>",
            "aws_iam_user_policy": 'resource "aws_iam_group_policy" "<a name>" {\n  group  = <a group>.name\n  policy = <the same policy>\n}',
            "aws_iam_user_policy_attachment": 'resource "aws_iam_group_policy_attachment" "<a name>" {\n  group      = <a group>.name\n'
            "  policy_arn = <the same policy>.arn\n}",
            "aws_iam_user": 'resource "aws_iam_user_group_membership" "<a name>" {\n  user   = <this user>.name\n'
            "  groups = [<a group>.name]\n}",
        },
        decision="Give the policy to a group, and make the users members of it.",
    ),
    equivalents={
        "checkov": ["CKV_AWS_40", "CKV2_AWS_14", "CKV2_AWS_21"],
        "trivy": ["AVD-AWS-0143"],
        "cdk_nag": ["IAMUserNoPolicies", "IAMUserGroupMembership", "IAMGroupHasUsers"],
        "guard": ["IAM_NO_POLICY_ON_USER", "IAM_USER_NO_POLICIES_CHECK", "IAM_USER_MISSING_GROUP_RULE"],
        "config": ["IAM_USER_NO_POLICIES_CHECK", "IAM_USER_GROUP_MEMBERSHIP_CHECK", "IAM_GROUP_HAS_USERS_CHECK"],
        "cfn_nag": ["F10", "F11", "F12"],
        "security_hub": ["IAM.2"],
    },
)
def check(holder: User | Policy | ManagedPolicy | Attachment, graph: Graph) -> Flags:
    if isinstance(holder, User):
        yield from _judge_user(holder, graph)
        return
    users = holder.users
    of_nobody = isinstance(users.presence, Absent) and isinstance(holder.groups.presence, Absent)
    exempt(of_nobody, "it is given to no user and no group")
    mail = bool(users.targets) and not users.elsewhere and all(mail_only(user, graph) == Known(True) for user in users)
    exempt(mail, "its users send mail over SMTP, which needs a user's credentials")
    if holder.declared.type not in OF_USERS:
        settled(users.presence)
    if not isinstance(users.presence, Absent):
        machine = len(users.targets) == 1 and not users.elsewhere and is_machine(users.targets[0])
        yield flag(users.value, MESSAGE, confidence=Confidence.LOW if machine else None)


def _judge_user(user: User, graph: Graph) -> Flags:
    exempt(mail_only(user, graph), "it sends mail over SMTP, which needs a user's credentials")
    confidence = Confidence.LOW if is_machine(user) else None
    for policy in user.inline:
        yield flag(policy, MESSAGE, confidence=confidence) if policy.unknown is None else undecided(policy.unknown)
    arns = written(user.managed_arns)
    if arns.value:
        yield flag(arns, MESSAGE, confidence=confidence)
