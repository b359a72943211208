"""# Lambda permission lets a service invoke the function for any account

## Why

A permission for a service such as S3, SNS or API Gateway says which service may invoke the function, but not for whom. Anyone with an AWS
account can make a bucket, a topic or an API of their own that invokes it, if they know its ARN: the service is a confused deputy.
`SourceArn` or `SourceAccount` says whose resource it has to be.

## What it checks

Permissions for the principal of a service (`s3.amazonaws.com`) without `SourceArn`, `SourceAccount` or an organization.

## What is left out

Permissions for everybody: `lambda-public-access` reports them. Permissions with an event source token, for Alexa. Services that only act for
the account of the function, such as CloudFront's replicas of it, and Elastic Load Balancing, whose target group is in the same account. Services
that invoke functions as a role, such as CodePipeline and Step Functions: they do not use the permission, and nobody else can. An ARN of a bucket
alone (buckets' ARNs name no account).

## Non-compliant

```yaml
Resources:
  Allowed:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: orders
      Action: lambda:InvokeFunction
      Principal: sns.amazonaws.com  # finding
```

```hcl
resource "aws_lambda_permission" "orders" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "s3.amazonaws.com" # finding
}
```

```yaml
Resources:
  Allowed:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: orders
      Action: lambda:InvokeFunction
      Principal: apigateway.amazonaws.com  # finding
```

```hcl
resource "aws_lambda_permission" "orders" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com" # finding
}
```

## Compliant

```yaml
Resources:
  Allowed:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: orders
      Action: lambda:InvokeFunction
      Principal: sns.amazonaws.com
      SourceArn: arn:aws:sns:eu-west-1:111122223333:orders
```

```hcl
resource "aws_lambda_permission" "orders" {
  function_name  = "orders"
  action         = "lambda:InvokeFunction"
  principal      = "s3.amazonaws.com"
  source_account = "111122223333"
  source_arn     = "arn:aws:s3:::orders-example"
}
```

## Not applicable

```yaml
Resources:
  Allowed:  # not applicable: not a service
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: orders
      Action: lambda:InvokeFunction
      Principal: arn:aws:iam::111122223333:root
  Pipeline:  # not applicable: invokes functions as a role
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: orders
      Action: lambda:InvokeFunction
      Principal: codepipeline.amazonaws.com
```

```hcl
resource "aws_lambda_permission" "orders" { # not applicable: acts for the account of the function only
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "replicator.lambda.amazonaws.com"
}
```

## Undecided

```yaml
Parameters:
  Topic:
    Type: String
Resources:
  Allowed:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: orders
      Action: lambda:InvokeFunction
      Principal: sns.amazonaws.com
      SourceArn: !Ref Topic  # undecided: parameter "Topic" has no default
```

```hcl
variable "principal" {
  type = string
}

resource "aws_lambda_permission" "orders" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = var.principal # undecided: var.principal has no default
}
```

## Sources

- [AWS IAM Permissions Guardrails](https://aws-samples.github.io/aws-iam-permissions-guardrails/guardrails/lambda/guardrails.html), read on 2026-11-29
- [interface Permission](https://docs.aws.amazon.com/cdk/api/latest/docs/@aws-cdk_aws-lambda.Permission.html), read on 2026-11-29
- [Use Lambda functions as targets of an Application Load Balancer - Elastic Load Balancing](https://docs.aws.amazon.com/elasticloadbalancing/latest/application//lambda-functions.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.lambda_function import Permission
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import any_of, holds, negate
from wa_iac.core.presence import given, is_made_here
from wa_iac.core.rule import Flags, Remedy, Severity, accept, exempt, flag, rule
from wa_iac.core.value import Known, Step

_OWN_ACCOUNT: Final = frozenset(
    {
        *(
            "replicator.lambda.amazonaws.com",
            "edgelambda.amazonaws.com",
            "cloudformation.amazonaws.com",
            "lambda.amazonaws.com",
        ),
        "elasticloadbalancing.amazonaws.com",
    }
)
"""Services that invoke a function only for its own account."""
_BY_ROLE: Final = frozenset(
    {
        "codepipeline.amazonaws.com",
        "states.amazonaws.com",
        "scheduler.amazonaws.com",
        "pipes.amazonaws.com",
        "firehose.amazonaws.com",
    }
)
"""Services that invoke functions as a role, whose own policy allows it, and never as themselves ("Managing permissions in AWS Lambda", AWS Lambda
Developer Guide; "Invoke an AWS Lambda function in a pipeline in CodePipeline", AWS CodePipeline User Guide)."""
_REGION: Final = late(r"\.[a-z]{2}(?:-[a-z]+)+-\d(?=\.amazonaws\.com$)")
"""The Region in the older name of a service: `logs.eu-west-1.amazonaws.com`."""
_ANEW: Final = "Terraform makes the permission again, and deletes it first: a call in between is refused."
_ACCOUNT: Final = 'Declare data "aws_caller_identity" "current" too, if the module has none.'
_CIRCULAR: Final = "If the bucket depends on this permission, write the ARN with the bucket's name, since a reference to the bucket would be circular."
_EACH: Final = "It takes one ARN: if several invoke the function, write a permission for each."
_OF_THE_ACCOUNT: Final = "source_account = data.aws_caller_identity.current.account_id"
_OF_A_BUCKET: Final = Remedy(
    cfn="SourceArn: <the ARN of the bucket>\nSourceAccount: !Ref AWS::AccountId",
    tf="source_arn     = <the bucket>.arn\nsource_account = data.aws_caller_identity.current.account_id",
    decision="The ARN of a bucket names no account: without the account, anyone who makes a deleted bucket again could invoke the function.",
)
_OF_CONFIG: Final = Remedy(
    cfn="SourceAccount: !Ref AWS::AccountId",
    tf=_OF_THE_ACCOUNT,
    decision="A rule of AWS Config is made after the permission, so its ARN cannot be named here: name the account.",
)
_OF_AN_API: Final = Remedy(
    cfn="SourceArn: !Sub arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${<the API>}/*",
    tf='source_arn = "${<the API>.execution_arn}/*"',
    decision="The last part may also name a stage, a method and a path.",
)
_OF_A_RULE: Final = Remedy(cfn="SourceArn: !GetAtt <the rule>.Arn", tf="source_arn = <the rule>.arn", decision=_EACH)
_OF_A_TOPIC: Final = Remedy(cfn="SourceArn: !Ref <the topic>", tf="source_arn = <the topic>.arn", decision=_EACH)
_OF_A_LOG_GROUP: Final = Remedy(
    cfn="SourceArn: !GetAtt <the log group>.Arn", tf='source_arn = "${<the log group>.arn}:*"', decision=_EACH
)
_OF_A_SECRET: Final = Remedy(
    cfn="SourceAccount: !Ref AWS::AccountId",
    tf=_OF_THE_ACCOUNT,
    decision="The account is enough for the rotation of its secrets.",
)
_OF_MAIL: Final = Remedy(
    cfn="SourceAccount: !Ref AWS::AccountId",
    tf=_OF_THE_ACCOUNT,
    decision="SES makes a rule for mail only after the permission, so its ARN cannot be named here: name the account.",
)
"""Without the permission, SES refuses the rule ("Giving permissions to Amazon SES for email receiving", Amazon SES Developer Guide)."""
_OF_SERVICES: Final = {
    "ses.amazonaws.com": _OF_MAIL,
    "s3.amazonaws.com": _OF_A_BUCKET,
    "config.amazonaws.com": _OF_CONFIG,
    "apigateway.amazonaws.com": _OF_AN_API,
    "events.amazonaws.com": _OF_A_RULE,
    "sns.amazonaws.com": _OF_A_TOPIC,
    "logs.amazonaws.com": _OF_A_LOG_GROUP,
    "secretsmanager.amazonaws.com": _OF_A_SECRET,
}
_OF_ANYONE: Final = _OF_SERVICES.keys() - {"secretsmanager.amazonaws.com", "ses.amazonaws.com"}
"""Services of which it is known that a resource of one account may invoke a function of another."""
_REMEDY: Final = Remedy(
    cfn="SourceArn: <the ARN of what invokes the function>", tf="source_arn = <what invokes the function>.arn", decision=_EACH
)


_SOURCES: Final = {
    "s3.amazonaws.com": ("aws_s3_bucket",),
    "apigateway.amazonaws.com": ("aws_api_gateway_rest_api", "aws_apigatewayv2_api"),
    "events.amazonaws.com": ("aws_cloudwatch_event_rule",),
    "sns.amazonaws.com": ("aws_sns_topic",),
    "logs.amazonaws.com": ("aws_cloudwatch_log_group",),
}
"""What invokes a function, by the service, in Terraform."""


def _from_outside(permission: Permission, service: str, graph: Graph) -> str:
    """A sentence for a module that has nothing of the kind that invokes the function: its callers do. Empty for others."""
    calls = permission.declared.calls
    kinds = _SOURCES.get(service, ())
    if not calls or not kinds or graph.once(_by_module).intersection((each, calls) for each in kinds):
        return ""
    return "This module has no such resource of its own: let its callers pass the ARN as a variable, and write that here."


def _by_module(graph: Graph) -> frozenset[tuple[str, tuple[Step, ...]]]:
    """The types of what invokes functions, each with the module calls through which one is made."""
    kinds = {each for kinds in _SOURCES.values() for each in kinds}
    return frozenset((each.type, each.calls) for each in graph.declared if each.type in kinds)


def _fitting(permission: Permission, service: str, graph: Graph) -> Remedy:
    """The remedy for a service, with what its dialect needs."""
    found = _OF_SERVICES.get(service, _REMEDY)
    if permission.dialect == "terraform" and not permission.as_cloudformation:
        more = [
            *([_ACCOUNT] if _OF_THE_ACCOUNT.rpartition(" ")[2] in str(found.tf) else []),
            _ANEW,
            _from_outside(permission, service, graph),
        ]
    else:
        more = [_CIRCULAR] if found is _OF_A_BUCKET else []
    return replace(found, decision=" ".join(filter(None, [found.decision, *more])))


@rule(
    practices=["SEC03-BP07", "SEC03-BP02"],
    severity=Severity.MEDIUM,
    remedy=_REMEDY,
    equivalents={"checkov": ["CKV_AWS_364"], "trivy": ["AVD-AWS-0067"]},
)
def check(permission: Permission, graph: Graph) -> Flags:
    limits = (permission.source_arn, permission.source_account, permission.organization, permission.event_source_token)
    limited = any_of(given(each) for each in limits)
    accept(limited == Known(True))
    exempt(is_made_here(permission.principal), "its principal is not a service of AWS")
    exempt(
        negate(holds(permission.principal, lambda name: name.endswith(".amazonaws.com"))),
        "its principal is not a service of AWS",
    )
    exempt(
        holds(permission.principal, lambda name: name in _OWN_ACCOUNT), "this service acts for the account of the function only"
    )
    exempt(
        holds(permission.principal, lambda name: name in _BY_ROLE),
        "this service invokes functions as a role of the account, so that the permission opens nothing and can be removed",
    )
    accept(limited)
    written = permission.principal.value if isinstance(permission.principal, Known) else "this service"
    service = _REGION.sub("", written)
    yield flag(
        permission.principal,
        f"{written} may invoke this function for any AWS account: "
        f"{'anyone' if service in _OF_ANYONE else 'unless the service itself prevents that, anyone'} can make a resource of that service which "
        "invokes it.",
        instead=_fitting(permission, service, graph),
    )
