"""# Policy allows everything

A statement that allows every action on every resource makes whoever holds it administrator of the account: one leaked credential or one
bug in a program is then enough to lose it all. List the actions and resources that are needed.

The managed policy `AdministratorAccess` says the same.

## Non-compliant

```yaml
Resources:
  Worker:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - { Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }
      ManagedPolicyArns:
        - arn:aws:iam::aws:policy/AdministratorAccess  # finding
      Policies:
        - PolicyName: everything
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow  # finding
                Action: "*"
                Resource: "*"
```

```hcl
data "aws_iam_policy_document" "everything" {
  statement { # finding
    actions   = ["*"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "everything" {
  policy = data.aws_iam_policy_document.everything.json
}
```

## Compliant

```yaml
Resources:
  Reader:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: s3:GetObject
            Resource: arn:aws:s3:::exports/*
          - Effect: Deny
            Action: "*"
            Resource: "*"
            Condition: { Bool: { "aws:SecureTransport": "false" } }
```

```hcl
resource "aws_iam_policy" "reader" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::exports/*" }]
  })
}
```
"""

from collections.abc import Iterator

from wa_iac.aws.iam import Attachment, Group, ManagedPolicy, Policy, Role, User
from wa_iac.core.policy import Statement, statements
from wa_iac.core.rule import Flag, Remedy, Severity, flag, rule, undecided
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value

ADMINISTRATOR = "policy/AdministratorAccess"


@rule(
    practices=["SEC03-BP02"],
    severity=Severity.CRITICAL,
    remedy=Remedy(
        cfn="Action: s3:GetObject\nResource: !Sub ${<the bucket>.Arn}/*",
        tf='actions   = ["s3:GetObject"]\nresources = ["${<the bucket>.arn}/*"]',
    ),
    equivalents={
        "checkov": ["CKV_AWS_1", "CKV_AWS_62", "CKV_AWS_274", "CKV2_AWS_40"],
        "cdk_nag": ["IAMPolicyNoStatementsWithAdminAccess"],
        "guard": ["IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS"],
        "config": ["IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS"],
    },
)
def check(holder: Role | User | Group | Policy | ManagedPolicy | Attachment) -> Iterator[Flag]:
    match holder:
        case Role() | User() | Group():
            documents: list[Tree] = [each.document for each in holder.inline]
            yield from _managed(holder.managed_arns)
        case Attachment():
            documents = []
            for arn in holder.policy.external:
                if str(arn.value).endswith(ADMINISTRATOR):
                    yield flag(arn, "AdministratorAccess allows every action on every resource of the account.")
        case Policy() | ManagedPolicy():
            documents = [holder.document]
    for document in documents:
        for statement in statements(document):
            yield from _everything(statement)


def _managed(arns: Value[list[Value[str]]]) -> Iterator[Flag]:
    match arns:
        case Known(listed):
            for arn in listed:
                text = arn.value if isinstance(arn, Known) else _last(arn)
                if text.endswith(ADMINISTRATOR):
                    yield flag(arn, "AdministratorAccess allows every action on every resource of the account.")
        case Unknown() | Absent():
            return


def _last(arn: Value[str]) -> str:
    """The known end of an ARN whose partition is not known."""
    last = arn.parts[-1] if isinstance(arn, Unknown) and arn.parts else ""
    return last if isinstance(last, str) else ""


def _everything(statement: Statement) -> Iterator[Flag]:
    answers = [statement.allows(), statement.covers_action("*"), statement.covers_every_resource()]
    if any(isinstance(each, Known) and not each.value for each in answers):
        return
    for each in answers:
        if isinstance(each, Unknown):
            yield undecided(each)
            return
    yield flag(
        statement.place, "Every action on every resource is allowed: whoever holds this is administrator of the account."
    )
