"""# SNS topic accepts messages without TLS

## Why

The endpoints of the service accept plain HTTP besides HTTPS. A client that is set up that way sends its messages in plain text, and anyone on the
way reads them. A statement that denies everything if `aws:SecureTransport` is false refuses such clients.

## What it checks

Topics without a policy that denies everybody publishing messages without TLS. A statement for other actions, or for some clients only, is
not enough.

## What is left out

All SDKs and the command line use HTTPS unless somebody changes it. The severity is therefore low. A topic whose policy another template sets.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: Orders
```

```hcl
resource "aws_sns_topic" "orders" { # finding
  name = "orders"
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: Orders
  Encrypted:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics: [!Ref Orders]
      PolicyDocument:
        Statement:
          - Effect: Deny
            Principal: "*"
            Action: sns:Publish
            Resource: "*"
            Condition:
              Bool:
                aws:SecureTransport: "false"
```

```hcl
resource "aws_sns_topic" "orders" {
  name = "orders"
}

resource "aws_sns_topic_policy" "orders" {
  arn    = aws_sns_topic.orders.arn
  policy = jsonencode({
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.orders.arn
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}
```

## Undecided

```yaml
Parameters:
  Plain:
    Type: String
Resources:
  Orders:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: Orders
  Encrypted:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics: [!Ref Orders]
      PolicyDocument:
        Statement:
          - Effect: Deny
            Principal: "*"
            Action: sns:Publish
            Resource: "*"
            Condition:
              Bool:
                aws:SecureTransport: !Ref Plain  # undecided: parameter "Plain" has no default
```

```hcl
variable "policy" {
  type = string
}

resource "aws_sns_topic" "orders" {
  name   = "orders"
  policy = var.policy # undecided: var.policy has no default
}
```

## Sources

- [interface TopicPolicyProps](https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_sns.TopicPolicyProps.html), read on 2026-11-29
"""

from wa_iac.aws.sns import Topic
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, rule
from wa_iac.pillars.judgements.tls_only import judge


@rule(
    practices=["SEC09-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn="Encrypted:\n  Type: AWS::SNS::TopicPolicy\n  Properties:\n    Topics: [!Ref <this topic>]\n    PolicyDocument:\n      Statement:\n"
        "        - Effect: Deny\n          Principal: '*'\n          Action: sns:Publish\n          Resource: '*'\n          Condition:\n"
        "            Bool:\n              aws:SecureTransport: 'false'",
        tf='resource "aws_sns_topic_policy" "this" {\n  arn = <this topic>.arn\n  policy = jsonencode({\n    Statement = [{\n'
        '      Effect    = "Deny"\n      Principal = "*"\n      Action    = "sns:Publish"\n      Resource  = <this topic>.arn\n'
        '      Condition = { Bool = { "aws:SecureTransport" = "false" } }\n    }]\n  })\n}',
        decision="A topic has one policy: add the statement to it if there is one.",
    ),
    equivalents={"cdk_nag": ["AwsSolutions-SNS3"]},
)
def check(topic: Topic) -> Flags:
    exempt(bool(topic.declared.made_from), "SAM makes it, and has no settings for it")
    yield from judge(
        topic,
        "Nothing here denies requests without TLS to this topic: a client that uses plain HTTP sends its messages readable for anyone on the way.",
        "sns:Publish",
    )
