"""# SNS topic policy allows public access

## Why

An `Allow` for every principal, without a condition on who they are or where they come from, lets any AWS account publish to the topic, or
subscribe to it and read all messages.

## What it checks

The rule reads the policy of each topic. It reports an `Allow` statement for any principal, if no condition of it says who the caller is or
where the caller comes from.

A statement that only lets others read what describes the topic, such as `sns:GetTopicAttributes`, is of low severity.

## What is left out

Conditions on `aws:SourceArn`, `aws:SourceAccount`, `aws:SourceOwner`, `aws:PrincipalOrgID` and similar keys restrict a statement; a
condition on TLS does not. A topic without a policy is open to its owner only, and counts as good.

## Non-compliant

```yaml
Resources:
  Alerts:
    Type: AWS::SNS::Topic
  AlertsPolicy:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics:
        - !Ref Alerts
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow  # finding
            Principal:
              AWS: "*"
            Action: sns:Publish
            Resource: !Ref Alerts
            Condition:
              Bool:
                aws:SecureTransport: true
```

```hcl
resource "aws_sns_topic" "alerts" {
  name = "alerts"
}

data "aws_iam_policy_document" "alerts" {
  statement { # finding
    actions   = ["sns:Publish", "sns:Subscribe"]
    resources = [aws_sns_topic.alerts.arn]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

resource "aws_sns_topic_policy" "alerts" {
  arn    = aws_sns_topic.alerts.arn
  policy = data.aws_iam_policy_document.alerts.json
}
```

```yaml
Resources:
  Jobs:
    Type: AWS::SNS::Topic
  JobsPolicy:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics:
        - !Ref Jobs
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow  # finding
            Principal:
              AWS: "*"
            Action: [sns:Publish, sns:Subscribe, sns:SetTopicAttributes, sns:DeleteTopic]
            Resource: !Ref Jobs
```

## Compliant

```yaml
Resources:
  Alerts:
    Type: AWS::SNS::Topic
  AlertsPolicy:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics:
        - !Ref Alerts
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              AWS: "*"
            Action: sns:Publish
            Resource: !Ref Alerts
            Condition:
              StringEquals:
                aws:PrincipalOrgID: o-a1b2c3d4e5
```

```hcl
resource "aws_sns_topic" "alerts" {
  name = "alerts"
}

resource "aws_sns_topic_policy" "alerts" {
  arn = aws_sns_topic.alerts.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "cloudwatch.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.alerts.arn
    }]
  })
}
```

## Undecided

The result is undecided if `AWS` or `policy` is not known before deployment.

```yaml
Parameters:
  Principal:
    Type: String
Resources:
  Alerts:
    Type: AWS::SNS::Topic
  AlertsPolicy:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics:
        - !Ref Alerts
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              AWS: !Ref Principal  # undecided: parameter "Principal" has no default
            Action: sns:Publish
            Resource: !Ref Alerts
            Condition:
              Bool:
                aws:SecureTransport: true
```

```hcl
variable "policy" {
  type = string
}

resource "aws_sns_topic_policy" "alerts" {
  arn    = aws_sns_topic.alerts.arn
  policy = var.policy # undecided: var.policy has no default
}
```

## Sources

- [Security best practices for Amazon SNS (Chinese edition)](https://docs.amazonaws.cn/sns/latest/dg/sns-security-best-practices.html), read on 2026-11-29
- [AWS JSON policy elements: Principal - AWS Identity and Access Management](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.sns import Topic, TopicPolicy
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import Statement, statements
from wa_iac.core.partial import pieces_of
from wa_iac.core.rule import Flags, Remedy, Severity, milder, rule
from wa_iac.core.value import Known
from wa_iac.knowledge.policies.own_resources import TOPIC, OfOwners, owner, owners_of
from wa_iac.pillars.judgements.open_policy import everyone, judge
from wa_iac.pillars.judgements.wording import listed

_NAMED: Final = Remedy(
    cfn="Principal:\n  Service: <the service that publishes>\nCondition:\n  StringEquals:\n    aws:SourceAccount: !Ref AWS::AccountId",
    tf='Principal = { Service = "<the service that publishes>" }\nCondition = { StringEquals = { "aws:SourceAccount" = <the account> } }',
    decision="Name who uses the topic: the service that publishes, with your account as its source, or the roles and accounts that publish and "
    "subscribe. All others lose access. Such as:",
)
_OWN: Final = Remedy(
    cfn="Condition:\n  StringEquals:\n    aws:SourceOwner: !Ref AWS::AccountId",
    tf='Condition = { StringEquals = { "aws:SourceOwner" = <the account> } }',
    decision="The policy that SNS makes itself has these actions under a condition, so that only the topic's own account has them. Add it, or remove "
    "the statement: the account's own roles need none. {others} Other accounts that use the topic lose access, unless a "
    "statement names them:",
)
_MANAGES: Final = frozenset({"sns:addpermission", "sns:deletetopic", "sns:removepermission", "sns:settopicattributes"})


@rule(
    practices=["SEC03-BP07"],
    severity=Severity.HIGH,
    remedy=_NAMED,
    equivalents={
        "checkov": ["CKV_AWS_169", "CKV_AWS_385"],
        "guard": [
            "SNS_TOPICPOLICY_NO_WILDCARD_PRINCIPAL",
            "SNS_TOPICPOLICY_NO_ALLOW_PLUS_NOT_ACTION",
            "SNS_TOPICPOLICY_NO_ALLOW_PLUS_NOTPRINCIPAL",
        ],
        "cfn_nag": ["F18"],
        "security_hub": ["SNS.4"],
    },
)
def check(holder: TopicPolicy | Topic, graph: Graph) -> Flags:
    document = holder.policy if isinstance(holder, Topic) else holder.document
    topics = [owner(each, TOPIC, each.name) for each in ([holder] if isinstance(holder, Topic) else holder.topics)]
    scope = OfOwners(graph, topics if isinstance(holder, Topic) else owners_of(holder.topics, topics, TOPIC, Topic.types()))
    services = _services(statements(document))
    named = (
        Remedy(
            decision=f"Other statements let {listed(services)} publish. If nobody else uses the topic from another account, remove this one: the "
            "account's own roles need none. Otherwise name the roles and accounts. All others lose access."
        )
        if services
        else ""
    )
    yield from milder(judge(document, _message, scope, unless=_manages), instead=named)
    others = (
        f"Other statements let {listed(services)} publish still."
        if services
        else "A service that publishes, such as EventBridge or S3, then needs a statement of its own."
    )
    own = Remedy(cfn=_OWN.cfn, tf=_OWN.tf, decision=_OWN.decision.format(others=others))
    yield from milder(judge(document, _message, scope, unless=lambda each: not _manages(each)), instead=own)


def _message(statement: Statement) -> str:
    return f"This statement allows {everyone(statement)} to use the topic."


def _manages(statement: Statement) -> bool:
    """Whether it allows by name to change or delete the topic, as the policy that SNS makes itself does for the account."""
    return any(isinstance(each, Known) and each.value.lower() in _MANAGES for each in statement.actions)


def _services(found: list[Statement]) -> list[str]:
    """The services that statements let in by name."""
    names = (
        "".join(pieces_of(each.value))
        for statement in found
        if statement.allows() == Known(True)
        for each in statement.principals
    )
    return sorted({name for name in names if name.endswith(".amazonaws.com")})
