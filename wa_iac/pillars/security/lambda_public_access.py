"""# Lambda function or layer allows public access

A permission for the principal `*` lets any AWS account invoke the function, with any input, at your expense and with its role's
permissions. On a layer, it lets any account read your code. An organization ID, a source ARN or an account restricts it.

`lambda-url-auth` reports the permission for a public function URL.

## Non-compliant

```yaml
Resources:
  Anyone:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: orders
      Principal: "*"  # finding
```

```hcl
resource "aws_lambda_permission" "anyone" {
  action        = "lambda:InvokeFunction"
  function_name = "orders"
  principal     = "*" # finding
}

resource "aws_lambda_layer_version_permission" "anyone" {
  action         = "lambda:GetLayerVersion"
  layer_name     = "orders"
  version_number = 1
  statement_id   = "anyone"
  principal      = "*" # finding
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
"""

from wa_iac.aws.lambda_function import LayerVersionPermission, Permission
from wa_iac.core.rule import Flags, Remedy, Severity, exempt, flag, rule, undecided
from wa_iac.core.value import Absent, Known, Unknown


@rule(
    practices=["SEC03-BP07", "SEC03-BP02"],
    severity=Severity.CRITICAL,
    remedy=Remedy(cfn="Principal: <an account or a service>", tf='principal = "<an account or a service>"'),
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
    },
)
def check(permission: Permission | LayerVersionPermission) -> Flags:
    limits = [permission.organization]
    message = "Any AWS account may read the code in this layer."
    if isinstance(permission, Permission):
        of_url = permission.url_auth == Known("NONE") or permission.via_url == Known(True)
        exempt(of_url, "it is the permission of a function URL")
        limits += [permission.source_arn, permission.source_account, permission.event_source_token]
        message = "Any AWS account may invoke this function, with any input and with the permissions of its role."
    doubt = next((limit for limit in limits if isinstance(limit, Unknown) and limit.alternatives), None)
    if doubt is None and not all(isinstance(limit, Absent) for limit in limits):
        return
    match permission.principal:
        case Known("*") as value:
            yield flag(value, message) if doubt is None else undecided(doubt)
        case Unknown() as value if not value.origin.references and not value.parts:
            yield undecided(value)
        case _:
            return
