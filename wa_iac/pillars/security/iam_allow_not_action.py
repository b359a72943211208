"""# IAM policy uses Allow with NotAction or NotResource

## Why

`Allow` with `NotAction` grants every action that is not listed, including those that AWS adds later. With `NotResource`, it
grants access to every resource except some. The intention is nearly always a list of allowed actions, with a `Deny` for
forbidden ones.

## What it checks

The rule reads the policies of roles, users and groups. It reports an `Allow` statement with `NotAction` or `NotResource`.

The finding is advice if the statement excludes `iam:*` and `organizations:*`, and nothing else but `account:*`: AWS's own policy
[PowerUserAccess](https://docs.aws.amazon.com/aws-managed-policy/latest/reference/PowerUserAccess.html) is written in this way.

`NotResource` is advice unless the statement allows every action (`*`): with chosen actions or services, it mostly leaves out resources that must not be
used, as in policies for launching instances and in AWS's own policy
[AmazonSageMakerFullAccess](https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonSageMakerFullAccess.html).

## What is left out

The rule treats a condition as a limit. It does not apply to a policy that is only used as a permissions boundary, which grants nothing.
`NotAction` with `Deny` is the way to write a guardrail, and is not reported.

## Non-compliant

```yaml
Resources:
  Developers:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            NotAction: iam:*  # finding
            Resource: "*"
```

```hcl
resource "aws_iam_policy" "developers" {
  policy = data.aws_iam_policy_document.developers.json
}

data "aws_iam_policy_document" "developers" {
  statement {
    actions       = ["s3:GetObject"]
    not_resources = ["arn:aws:s3:::secrets/*"] # finding
  }
}
```

## Compliant

```yaml
Resources:
  Developers:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action:
              - s3:GetObject
              - s3:PutObject
            Resource: arn:aws:s3:::exports/*
          - Effect: Deny
            NotAction: s3:*
            Resource: "*"
```

```hcl
resource "aws_iam_policy" "developers" {
  policy = data.aws_iam_policy_document.developers.json
}

data "aws_iam_policy_document" "developers" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::exports/*"]
  }
}
```

## Undecided

The result is undecided if `Effect` or `policy` is not known before deployment.

```yaml
Parameters:
  Effect:
    Type: String
Resources:
  Developers:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: !Ref Effect  # undecided: parameter "Effect" has no default
            NotAction: iam:*
            Resource: "*"
```

```hcl
variable "policy" {
  type = string
}

resource "aws_iam_policy" "developers" {
  policy = var.policy # undecided: var.policy has no default
}
```

## Sources

- [IAM JSON policy elements: NotAction - AWS Identity and Access Management](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html), read on 2026-11-29
"""

from collections.abc import Sequence

from wa_iac.aws.iam import Group, ManagedPolicy, Policy, Role, User
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import Statement
from wa_iac.core.partial import pieces_of
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, flag, rule
from wa_iac.core.value import Known, Value
from wa_iac.knowledge.iam_grants import is_everything
from wa_iac.pillars.judgements.grants import judge

_VIA_A_SERVICE = Remedy(
    decision="Keep NotResource if this is for a key that AWS owns, such as that of the queue of Amazon MWAA: nobody can name it. Add a condition, so "
    "that only the service may use keys for it: StringLike on kms:ViaService, for the queue sqs.<the Region>.amazonaws.com. Otherwise name the keys."
)
_ADMINISTRATION = frozenset({"iam:*", "organizations:*"})


@rule(
    practices=["SEC03-BP02"],
    severity=Severity.MEDIUM,
    remedy=Remedy(
        cfn="Action: [<the allowed actions>]\nResource: [<the resources>]",
        tf="actions   = [<the allowed actions>]\nresources = [<the resources>]",
        removes=("NotAction", "not_actions", "NotResource", "not_resources"),
    ),
    equivalents={"guard": ["IAM_ROLE_OR_POLICY_NO_ALLOW_PLUS_NOT_ACTION", "IAM_ROLE_OR_POLICY_NO_ALLOW_PLUS_NOT_RESOURCE"]},
)
def check(holder: Role | User | Group | Policy | ManagedPolicy, graph: Graph) -> Flags:
    yield from judge(holder, graph, _judge_statement)


def _judge_statement(statement: Statement) -> Flags:
    if statement.conditional:
        return
    if statement.not_actions and _is_for_power_users(statement.not_actions):
        yield flag(
            statement.not_actions[0],
            "This statement allows every action except the administration of users and accounts, as AWS's PowerUserAccess does: every "
            "other service is open, including those that AWS adds later.",
            severity=Severity.LOW,
            confidence=Confidence.LOW,
        )
    elif statement.not_actions:
        yield flag(
            statement.not_actions[0], "This statement allows every action except these, including those that AWS adds later."
        )
    elif statement.not_resources and _is_for_keys_of_aws(statement):
        yield flag(
            statement.not_resources[0],
            "This statement allows the use of every KMS key outside of this account, through any service.",
            instead=_VIA_A_SERVICE,
            severity=Severity.LOW,
            confidence=Confidence.LOW,
        )
    elif statement.not_resources:
        yield flag(
            statement.not_resources[0],
            "This statement allows its actions on every resource except these, including future ones.",
            confidence=None if any(is_everything(each) == Known(True) for each in statement.actions) else Confidence.LOW,
        )


def _is_for_keys_of_aws(statement: Statement) -> bool:
    """Whether it is about the keys of other accounts, as a service needs it whose queue has a key that AWS owns: its address is in no
    template ("Amazon MWAA execution role", Amazon MWAA User Guide)."""
    actions = all(isinstance(each, Known) and each.value.lower().startswith("kms:") for each in statement.actions)
    return actions and all(_is_own_key(each) for each in statement.not_resources)


def _is_own_key(resource: Value[str]) -> bool:
    """Whether it stands for all KMS keys of an account."""
    pieces = "".join(pieces_of(resource))
    return pieces.startswith("arn:") and ":kms:" in pieces and pieces.endswith(":key/*")


def _is_for_power_users(excluded: Sequence[Value[str]]) -> bool:
    """Whether these are the actions that AWS's policy PowerUserAccess excludes."""
    names = {each.value.lower() if isinstance(each, Known) else "" for each in excluded}
    return _ADMINISTRATION <= names <= _ADMINISTRATION | {"account:*"}
