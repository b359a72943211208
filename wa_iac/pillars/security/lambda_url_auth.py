"""# Lambda function URL requires no authentication

## Why

With `AuthType` `NONE`, Lambda checks nothing: anyone who knows the URL can invoke the function, at your expense and with its
role's permissions. With `AWS_IAM`, callers sign their requests and need a permission.

## What it checks

The rule reads the authentication type of each function URL, and reports `NONE`. The finding is advice for a webhook: by the name of the URL or
of the function, which may also name the service for messages that calls it (Slack, Telegram), or by a variable of the function with the secret of signatures. So it is for what takes the reports of browsers on a content security policy
(`csp`), which cannot sign them. It is also advice if a parameter or a secret beside the URL says by its
name that CloudFront sends a secret header to its origins, which the code checks. The severity is medium if a distribution here has the URL as its
origin: the function is public through that anyway, and the URL is a way past it. It is medium also in a template without a permission for everybody:
the URL then refuses everybody. So it is if the permission is for `lambda:InvokeFunctionUrl` alone, since new URLs also need `lambda:InvokeFunction`, and in code that is limited to a
version of Terraform's provider which adds only that permission. It is advice, of medium severity, for a function that may do nothing but write its logs, or whose code, in the template,
reaches nothing.

## What is left out

The rule has no exception for other URLs that are public on purpose. CloudFront can sign the requests of everybody, so that the URL itself
is closed ("Restrict access to an AWS Lambda function URL origin", Amazon CloudFront Developer Guide).

A webhook that other companies call cannot use IAM. Its code must check the sender's signature. Suppress the finding there, and say how
the sender is checked.

## Non-compliant

```yaml
Resources:
  OrdersUrl:
    Type: AWS::Lambda::Url
    Properties:
      TargetFunctionArn: arn:aws:lambda:eu-west-1:123456789012:function:orders
      AuthType: NONE  # finding
```

```hcl
resource "aws_lambda_function_url" "orders" {
  function_name      = "orders"
  authorization_type = "NONE" # finding
}
```

## Compliant

```yaml
Resources:
  OrdersUrl:
    Type: AWS::Lambda::Url
    Properties:
      TargetFunctionArn: arn:aws:lambda:eu-west-1:123456789012:function:orders
      AuthType: AWS_IAM
```

```hcl
resource "aws_lambda_function_url" "orders" {
  function_name      = "orders"
  authorization_type = "AWS_IAM"
}
```

## Undecided

The result is undecided if `AuthType` or `authorization_type` is not known before deployment.

```yaml
Parameters:
  AuthType:
    Type: String
Resources:
  OrdersUrl:
    Type: AWS::Lambda::Url
    Properties:
      TargetFunctionArn: arn:aws:lambda:eu-west-1:123456789012:function:orders
      AuthType: !Ref AuthType  # undecided: parameter "AuthType" has no default
```

```hcl
variable "authorization_type" {
  type = string
}

resource "aws_lambda_function_url" "orders" {
  function_name      = "orders"
  authorization_type = var.authorization_type # undecided: var.authorization_type has no default
}
```

## Sources

- [Restrict access to an AWS Lambda function URL origin](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html), read on 2026-11-29
- [Control access to Lambda function URLs](https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.cloudfront import Distribution
from wa_iac.aws.lambda_function import ResourcePolicy, Url
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, flag, rule, settled
from wa_iac.core.value import Known
from wa_iac.knowledge.lambda_use import only_answers
from wa_iac.knowledge.provider_versions import is_older
from wa_iac.knowledge.webhooks import header_of_front, is_webhook_url, takes_reports_by_url
from wa_iac.pillars.judgements.open_apis import OPEN_REPORTS, REPORTS

_POLICIES: Final = frozenset(ResourcePolicy.types())
_DISTRIBUTIONS: Final = frozenset(Distribution.types())
_FIX: Final = Recipe(
    cfn={"AuthType": "AWS_IAM"},
    tf={"authorization_type": "AWS_IAM"},
    types={"AWS::Serverless::Function": {"FunctionUrlConfig": {"AuthType": "AWS_IAM"}}},
    unsafe_because="clients that do not sign their requests can no longer invoke it",
)

_WITH_BOTH: Final = (6, 18)
"""Before this version, the provider certainly knew nothing of the second permission that URLs need since October 2025."""
_BY_URL: Final = "lambda:invokefunctionurl"
_REFUSES: Final = (
    "This URL asks for no identity. Nothing here lets anyone invoke the function by it, so that it refuses everybody: with one more permission, anyone "
    "who knows it gets in."
)
_REFUSES_IF_NEW: Final = (
    "This URL asks for no identity. Nothing here allows everybody lambda:InvokeFunction, which URLs need since October 2025 beside "
    "lambda:InvokeFunctionUrl: a new one refuses everybody until it does, an older one may let in anyone who knows it."
)
_OPEN_ANSWERS: Final = "Anyone who knows this URL can invoke the function. It may do nothing but write its logs, or has code here that reaches nothing else, so that a stranger gets what it answers, and no more."


@rule(
    practices=["SEC03-BP07", "SEC03-BP01"],
    severity=Severity.HIGH,
    equivalents={"checkov": ["CKV_AWS_258"], "cdk_nag": ["LambdaFunctionUrlAuth"]},
    remedy=replace(
        Remedy.of_recipe(_FIX),
        decision="First decide who calls it. If webhooks or chats of other services do, they cannot sign their requests: let it stay open, check in the code "
        "who calls, and suppress this with that as the reason. If browsers do, let CloudFront sign the requests (origin access control): those who send a body "
        "then have to send its hash too. If only programs with credentials of AWS do, allow them lambda:InvokeFunctionUrl and lambda:InvokeFunction, let "
        "them sign, and then:",
    ),
    fix=_FIX,
)
def check(url: Url, graph: Graph) -> Flags:
    auth = settled(url.auth)
    if auth != Known("NONE"):
        return
    if is_webhook_url(url):
        yield flag(
            auth,
            "Anyone who knows this URL can invoke the function. A webhook needs that, and only its code can tell who calls.",
            severity=Severity.LOW,
            confidence=Confidence.MEDIUM,
            instead="Check the signature of the sender in the code, and suppress the finding with that reason.",
        )
        return
    if takes_reports_by_url(url):
        yield flag(auth, OPEN_REPORTS, severity=Severity.LOW, confidence=Confidence.MEDIUM, instead=REPORTS)
        return
    secret = graph.once(header_of_front)
    if secret:
        yield flag(
            auth,
            f"Anyone who knows this URL can invoke the function. By {secret}, only its code can refuse those who pass CloudFront by.",
            severity=Severity.LOW,
            confidence=Confidence.LOW,
            instead="Check in the code that requests without the secret header are refused, and suppress the finding with that reason.",
        )
        return
    if front := graph.referring(url, _DISTRIBUTIONS):
        passed = f"past {front[0].address}, which is in front of it"
        closed = _closed(url, graph)
        yield flag(
            auth,
            f"{closed} Anyone who is let in gets {passed}."
            if closed
            else f"Anyone who knows this URL can invoke the function {passed}: its web ACL, limits and logs do not see that.",
            severity=Severity.MEDIUM,
            instead=_signed_by(front[0].address),
        )
        return
    if only_answers((each.declared for each in url.function), graph):
        yield flag(auth, _OPEN_ANSWERS, severity=Severity.MEDIUM, confidence=Confidence.LOW)
        return
    if closed := _closed(url, graph):
        yield flag(auth, closed, severity=Severity.MEDIUM)
        return
    yield flag(auth, "Anyone who knows this URL can invoke the function: no identity is required.")


def _closed(url: Url, graph: Graph) -> str:
    """What a template lacks for a URL to answer everybody; empty if it lacks nothing, as far as is known. SAM and Terraform's provider add permissions by
    themselves, old versions of the provider only the one for lambda:InvokeFunctionUrl."""
    functions = url.function
    of_terraform = not url.as_cloudformation
    if of_terraform and not graph.once(_has_old_provider):
        return ""
    if not functions.targets or functions.elsewhere:
        return ""
    if any(each.permissions.unknown is not None or graph.referring(each, _POLICIES) for each in functions):
        return ""
    permissions = [permission for each in functions for permission in each.permissions]
    if not of_terraform and all(isinstance(each.principal, Known) and each.principal.value != "*" for each in permissions):
        return _REFUSES
    open_ones = [each.action for each in permissions if not isinstance(each.principal, Known) or each.principal.value == "*"]
    only_by_url = all(isinstance(each, Known) and each.value.lower() == _BY_URL for each in open_ones)
    return _REFUSES_IF_NEW if only_by_url else ""


def _has_old_provider(graph: Graph) -> bool:
    """Whether the provider certainly adds only one of the two permissions."""
    return is_older(graph, _WITH_BOTH)


def _signed_by(front: str) -> Remedy:
    """The remedy for an origin of CloudFront: the distribution signs its requests, and is allowed to invoke the function, before the URL asks for it."""
    return replace(
        Remedy.of_recipe(_FIX),
        decision=f"First give the origin in {front} an origin access control of the type lambda that always signs, and allow cloudfront.amazonaws.com "
        "lambda:InvokeFunctionUrl and lambda:InvokeFunction with the ARN of the distribution as the source. Clients that send a body then have to send its "
        "hash too (x-amz-content-sha256), and those that use the URL itself are refused.",
    )
