"""# Lambda function has no X-Ray tracing

## Why

Without active tracing, you cannot follow a slow or failing request through the function into the services that it calls. You can only
guess from logs. With `PassThrough`, the default, you see only requests that a traced caller has already sampled.

The function's role needs `xray:PutTraceSegments` and `xray:PutTelemetryRecords`, for example from the AWS managed policy
`AWSXRayDaemonWriteAccess`.

The X-Ray SDKs and daemon have received only security fixes since February 2026. AWS recommends OpenTelemetry to instrument programs; it
also sends traces to X-Ray ([support timeline](https://docs.aws.amazon.com/xray/latest/devguide/xray-sdk-daemon-timeline.html)).

## What it checks

The rule reads the tracing mode of each function, and reports every mode other than `Active`; the default is `PassThrough`. It runs only
in the profile `all`.

## What is left out

The rule does not check Lambda@Edge and Greengrass functions, which do not support active tracing, or functions behind a custom resource
or a CloudFormation macro.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      Role: arn:aws:iam::123456789012:role/orders
      Code:
        S3Bucket: artifacts
        S3Key: orders.zip
      TracingConfig:
        Mode: PassThrough  # finding
```

```hcl
resource "aws_lambda_function" "orders" { # finding
  function_name = "orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  role          = aws_iam_role.orders.arn
  filename      = "orders.zip"
}

resource "aws_iam_role" "orders" {
  assume_role_policy = "{}"
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      Role: arn:aws:iam::123456789012:role/orders
      Code:
        S3Bucket: artifacts
        S3Key: orders.zip
      TracingConfig:
        Mode: Active
```

```hcl
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  role          = aws_iam_role.orders.arn
  filename      = "orders.zip"

  tracing_config {
    mode = "Active"
  }
}

resource "aws_iam_role" "orders" {
  assume_role_policy = "{}"
}
```

## Not applicable

```yaml
Resources:
  Headers:  # not applicable: it runs at the edge
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      Role: arn:aws:iam::123456789012:role/headers
      Code:
        S3Bucket: artifacts
        S3Key: headers.zip
  HeadersVersion:
    Type: AWS::Lambda::Version
    Properties:
      FunctionName: !Ref Headers
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - Id: site
            DomainName: site.example.com
            CustomOriginConfig: {OriginProtocolPolicy: https-only}
        DefaultCacheBehavior:
          TargetOriginId: site
          ViewerProtocolPolicy: redirect-to-https
          CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6
          LambdaFunctionAssociations:
            - EventType: viewer-response
              LambdaFunctionARN: !Ref HeadersVersion
  Setup:  # not applicable: only while a stack is deployed
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: setup.handler
      Role: arn:aws:iam::123456789012:role/setup
      Code:
        S3Bucket: artifacts
        S3Key: setup.zip
  Tables:
    Type: Custom::Tables
    Properties:
      ServiceToken: !GetAtt Setup.Arn
```

```hcl
resource "aws_lambda_function" "headers" { # not applicable: it runs at the edge
  function_name = "headers"
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  role          = "arn:aws:iam::123456789012:role/headers"
  filename      = "headers.zip"
  publish       = true
}

resource "aws_cloudfront_distribution" "site" {
  enabled = true

  origin {
    origin_id   = "site"
    domain_name = "site.example.com"
  }

  default_cache_behavior {
    target_origin_id       = "site"
    viewer_protocol_policy = "redirect-to-https"
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]

    lambda_function_association {
      event_type = "viewer-response"
      lambda_arn = aws_lambda_function.headers.qualified_arn
    }
  }
}
```

## Undecided

The result is undecided if `Mode` or `mode` is not known before deployment.

```yaml
Parameters:
  Mode:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      Role: arn:aws:iam::123456789012:role/orders
      Code:
        S3Bucket: artifacts
        S3Key: orders.zip
      TracingConfig:
        Mode: !Ref Mode  # undecided: parameter "Mode" has no default
```

```hcl
variable "mode" {
  type = string
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  role          = aws_iam_role.orders.arn
  filename      = "orders.zip"

  tracing_config {
    mode = var.mode # undecided: var.mode has no default
  }
}
```

## Sources

- [TracingConfig - AWS Lambda](https://docs.aws.amazon.com/lambda/latest/dg/API_TracingConfig.html), read on 2026-11-29
- [Tracing (aws_cdk.aws_lambda) - AWS CDK](https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_lambda/Tracing.html), read on 2026-11-29
"""

from wa_iac.aws.lambda_function import Function
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt_for, expect, rule
from wa_iac.core.value import Known
from wa_iac.knowledge.lambda_use import special_use


@rule(
    practices=["OPS04-BP05", "REL06-BP07"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn="TracingConfig:\n  Mode: Active",
        tf='tracing_config {\n  mode = "Active"\n}',
        of={"AWS::Serverless::Function": "Tracing: Active"},
    ),
    equivalents={"checkov": ["CKV_AWS_50"], "trivy": ["AVD-AWS-0066", "AVD-AWS-0125"], "cdk_nag": ["Serverless-LambdaTracing"]},
    fix=Recipe(
        cfn={"TracingConfig": {"Mode": "Active"}},
        tf={"tracing_config": {"mode": "Active"}},
        unsafe_because="X-Ray charges for traces, and the function's role must allow them",
    ),
)
def check(function: Function, graph: Graph) -> Flags:
    if function.tracing == Known("Active"):
        return
    exempt_for(special_use(function, graph))
    message = "This function has no active tracing: X-Ray does not show where its requests are slow or fail."
    yield from expect(function.tracing, "Active", message)
