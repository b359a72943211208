"""# Lambda function or layer allows public access

## Why

A permission for the principal `*` lets any AWS account invoke the function, with any input, at your expense and with its role's
permissions. On a layer, it lets any account read your code. The same is true of a statement in a function's resource policy.

## What it checks

The rule reads each permission of a function, each permission of a layer version, and each resource policy of a function. It reports one
that is for any principal, if nothing in it limits who the caller is. An organization ID, a source ARN or an account restricts it. A layer has a
medium severity: a permission for everybody is how vendors publish one. So has a permission for `lambda:InvokeFunctionUrl` alone: a call of the URL also
needs `lambda:InvokeFunction`.

## What is left out

`lambda-url-auth` reports the permission for a public function URL. A permission for an account or for a service by its name is not
reported here either. A `Deny` in a resource policy counts only where it names the function.

## Non-compliant

```yaml
Resources:
  Anyone:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: orders
      Principal: "*"  # finding: invoke this function
```

```yaml
Resources:
  Anyone:
    Type: AWS::Lambda::ResourcePolicy
    Properties:
      ResourceArn: arn:aws:lambda:eu-west-1:123456789012:function:orders
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow  # finding: invoke this function
            Principal: "*"
            Action: lambda:InvokeFunction
            Resource: arn:aws:lambda:eu-west-1:123456789012:function:orders
```

```hcl
resource "aws_lambda_permission" "anyone" {
  action        = "lambda:InvokeFunction"
  function_name = "orders"
  principal     = "*" # finding: invoke this function
}

resource "aws_lambda_layer_version_permission" "anyone" {
  action         = "lambda:GetLayerVersion"
  layer_name     = "orders"
  version_number = 1
  statement_id   = "anyone"
  principal      = "*" # finding: read the code in this layer
}
```

## Compliant

```yaml
Resources:
  Partner:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: orders
      Principal: "*"
      PrincipalOrgID: o-a1b2c3d4e5
```

```hcl
resource "aws_lambda_permission" "uploads" {
  action         = "lambda:InvokeFunction"
  function_name  = "orders"
  principal      = "s3.amazonaws.com"
  source_arn     = "arn:aws:s3:::uploads"
  source_account = "123456789012"
}
```

## Not applicable

```yaml
Resources:
  Url:  # not applicable: the permission of a function URL
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: orders
      Action: lambda:InvokeFunctionUrl
      Principal: "*"
      FunctionUrlAuthType: NONE
```

```hcl
resource "aws_lambda_permission" "url" { # not applicable: the permission of a function URL
  function_name          = "orders"
  action                 = "lambda:InvokeFunctionUrl"
  principal              = "*"
  function_url_auth_type = "NONE"
}
```

## Undecided

The result is undecided if `Principal` or `principal` is not known before deployment.

```yaml
Parameters:
  Principal:
    Type: String
Resources:
  Anyone:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: orders
      Principal: !Ref Principal  # undecided: parameter "Principal" has no default
```

```hcl
variable "principal" {
  type = string
}

resource "aws_lambda_permission" "caller" {
  action        = "lambda:InvokeFunction"
  function_name = "orders"
  principal     = var.principal # undecided: var.principal has no default
}
```

## Sources

- [AWS JSON policy elements: Principal - AWS Identity and Access Management](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html), read on 2026-11-29
- [Control access to Lambda function URLs](https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html), read on 2026-11-29
"""

from dataclasses import replace

from wa_iac.aws.lambda_function import LayerVersionPermission, Permission, ResourcePolicy
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of, holds
from wa_iac.core.rule import Flags, Remedy, Severity, exempt, milder, refuse, rule, unless
from wa_iac.core.value import Absent, Known, Value
from wa_iac.knowledge.lambda_policies import as_statement, is_for_url
from wa_iac.knowledge.policies.access import opened
from wa_iac.knowledge.policies.own_resources import OfOwners, owner_elsewhere
from wa_iac.pillars.judgements.open_policy import judge

_NAMED = Remedy(
    cfn="Principal: <an account or a service>",
    tf='principal = "<an account or a service>"',
    decision="Name each account or service that uses it today. If only identities of its own account do, delete the permission: their own policies are "
    "enough.",
)
_LAYER = (
    "If the layer is published for everybody on purpose, keep secrets out of it, and suppress the finding with that reason."
)
_OF_URL_ALONE = (
    "Any AWS account may call the URL of this function, as far as this permission goes. AWS also asks for lambda:InvokeFunction, which nothing here gives "
    "them: one more permission opens the function."
)
"""By "Control access to Lambda function URLs" (AWS Lambda Developer Guide), for new URLs since October 2025. AWS asked owners of older ones to
follow by November 2026 (github.com/serverless/serverless/issues/13147)."""
_OF_FUNCTION = "Any AWS account may invoke this function, with any input and with the permissions of its role."


@rule(
    practices=["SEC03-BP07", "SEC03-BP02"],
    severity=Severity.CRITICAL,
    remedy=_NAMED,
    equivalents={
        "checkov": ["CKV_AWS_301", "CKV_AWS_364"],
        "trivy": ["AVD-AWS-0067"],
        "cdk_nag": ["LambdaFunctionPublicAccessProhibited"],
        "guard": [
            "LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED",
            "LAMBDA_NO_WILDCARD_PRINCIPALS",
            "LAMBDA_PERMISSION_INVOKE_FUNCTION_ACTION",
        ],
        "config": ["LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED"],
        "cfn_nag": ["F13"],
        "security_hub": ["Lambda.1"],
    },
)
def check(holder: Permission | LayerVersionPermission | ResourcePolicy, graph: Graph) -> Flags:
    if isinstance(holder, ResourcePolicy):
        yield from judge(holder.document, _OF_FUNCTION, OfOwners(graph, [owner_elsewhere(holder.arn)]), unless=is_for_url)
        return
    of_url: Value[bool] = Absent()
    if isinstance(holder, Permission):
        of_url = any_of((holds(holder.url_auth, lambda kind: kind == "NONE"), holder.via_url))
        exempt(of_url == Known(True), "it is the permission of a function URL")
    message = _OF_FUNCTION if isinstance(holder, Permission) else "Any AWS account may read the code in this layer."
    url_alone = isinstance(holder, Permission) and _is_for_url_alone(holder, graph)
    statement = as_statement(holder)
    found = refuse(opened(statement, [statement]), True, _OF_URL_ALONE if url_alone else message, at=holder.principal)
    if url_alone:
        found = milder(found, severity=Severity.MEDIUM)
    if isinstance(holder, LayerVersionPermission):
        # A star is the only way to publish a layer, as vendors do.
        found = milder(found, severity=Severity.MEDIUM, instead=replace(_NAMED, decision=f"{_NAMED.decision} {_LAYER}"))
    yield from unless(of_url, found)


def _is_for_url_alone(permission: Permission, graph: Graph) -> bool:
    """Whether it is about the URL of a function, and nothing here lets the same callers invoke the function by it."""
    if permission.action != Known("lambda:InvokeFunctionUrl"):
        return False
    functions = {each.address for each in permission.function}
    return bool(functions) and functions.isdisjoint(graph.once(_invoked_by_url))


def _invoked_by_url(graph: Graph) -> frozenset[str]:
    """The functions that something may let others invoke by their URLs."""
    return frozenset(
        function.address
        for each in graph.of(Permission)
        if each.action != Known("lambda:InvokeFunctionUrl")
        and each.via_url != Known(False)
        and not isinstance(each.via_url, Absent)
        for function in each.function
    )
