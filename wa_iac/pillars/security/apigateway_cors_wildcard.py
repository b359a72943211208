"""# API or function URL answers scripts of every website

## Why

With `*` as an allowed origin, a browser lets the script of any website read the answers. A page that a user happens to open can then call the
API from the user's network, and with a token that it got hold of. Only the websites that use the API need to be allowed.

## What it checks

HTTP APIs and function URLs whose allowed origins contain `*`.

## What is left out

REST APIs, whose answers to preflight requests are methods of their own. An API that is meant for every website, such as open data, needs the
wildcard: suppress the finding there.

## Non-compliant

```yaml
Resources:
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      Name: orders
      ProtocolType: HTTP
      CorsConfiguration:
        AllowMethods: [GET]
        AllowOrigins:
          - "*"  # finding
```

```hcl
resource "aws_lambda_function_url" "orders" {
  function_name      = "orders"
  authorization_type = "AWS_IAM"
  cors {
    allow_methods = ["GET"]
    allow_origins = ["*"] # finding
  }
}
```

## Compliant

```yaml
Resources:
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      Name: orders
      ProtocolType: HTTP
      CorsConfiguration:
        AllowMethods: [GET]
        AllowOrigins: ["https://shop.example.com"]
```

```hcl
resource "aws_lambda_function_url" "orders" {
  function_name      = "orders"
  authorization_type = "AWS_IAM"
  cors {
    allow_methods = ["GET"]
    allow_origins = ["https://shop.example.com"]
  }
}
```

## Undecided

```yaml
Parameters:
  Origin:
    Type: String
Resources:
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      Name: orders
      ProtocolType: HTTP
      CorsConfiguration:
        AllowMethods: [GET]
        AllowOrigins:
          - !Ref Origin  # undecided: parameter "Origin" has no default
```

```hcl
variable "origin" {
  type = string
}

resource "aws_lambda_function_url" "orders" {
  function_name      = "orders"
  authorization_type = "AWS_IAM"
  cors {
    allow_methods = ["GET"]
    allow_origins = [var.origin] # undecided: var.origin has no default
  }
}
```

## Sources

- [Configure CORS for HTTP APIs in API Gateway](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html), read on 2026-11-29
"""

from wa_iac.aws.apigateway import Api
from wa_iac.aws.lambda_function import Url
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, flag, rule, written
from wa_iac.core.value import Known


@rule(
    practices=["SEC05-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn={"CorsConfiguration": {"AllowOrigins": ["https://<the website>"]}},
        tf={"cors_configuration": {"allow_origins": ["https://<the website>"]}},
        of={
            "AWS::Lambda::Url": {"Cors": {"AllowOrigins": ["https://<the website>"]}},
            "aws_lambda_function_url": {"cors": {"allow_origins": ["https://<the website>"]}},
            "AWS::Serverless::Function": {"FunctionUrlConfig": {"Cors": {"AllowOrigins": ["https://<the website>"]}}},
        },
    ),
    equivalents={"checkov": ["CKV2_AWS_75"]},
)
def check(entry: Api | Url) -> Flags:
    origins = written(entry.allowed_origins).value
    for origin in origins:
        if origin == Known("*"):
            yield flag(
                origin, "Scripts of every website may read the answers of this API: any page that a user opens can call it."
            )
            return
    all_known(*origins)
