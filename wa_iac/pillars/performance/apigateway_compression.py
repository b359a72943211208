"""# REST API sends its responses uncompressed

## Why

JSON becomes four or five times smaller when it is compressed. Without compression, clients on slow networks wait longer, and each byte
that leaves AWS is paid for.

## What it checks

The rule reads the smallest size that each REST API compresses, also in its OpenAPI document, and reports an API without one: compression
is off by default. It runs only in the profile `all`: API Gateway compresses only for clients that ask for it, and small responses gain
nothing.

## What is left out

The rule does not check APIs whose document is elsewhere. HTTP APIs have no such setting.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
```

```hcl
resource "aws_api_gateway_rest_api" "orders" { # finding
  name = "orders"
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
      MinimumCompressionSize: 1024
```

```hcl
resource "aws_api_gateway_rest_api" "orders" {
  name                     = "orders"
  minimum_compression_size = 1024
}
```

## Not applicable

```yaml
Resources:
  Orders:  # not applicable: its document is elsewhere
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
      BodyS3Location:
        Bucket: apis
        Key: orders.json
```

## Undecided

The result is undecided if the size is not known before deployment.

```yaml
Parameters:
  Size:
    Type: Number
Conditions:
  IsSet: !Not [!Equals [!Ref Size, 0]]
Resources:
  Orders:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
      MinimumCompressionSize: !If [IsSet, !Ref Size, !Ref AWS::NoValue]  # undecided: Fails when Size is 0
```

```hcl
variable "size" {
  type = number
}

resource "aws_api_gateway_rest_api" "orders" {
  name                     = "orders"
  minimum_compression_size = var.size # undecided: var.size has no default
}
```

## Sources

- [Payload compression for REST APIs in API Gateway - Amazon API Gateway](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gzip-compression-decompression), read on 2026-11-29
- [x-amazon-apigateway-minimum-compression-size - Amazon API Gateway](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-openapi-minimum-compression-size.html), read on 2026-11-29
"""

from wa_iac.aws.apigateway import RestApi
from wa_iac.core.binding import member
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, exempt, flag, rule, settled
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.api_documents import document


@rule(
    practices=["PERF04-BP05", "COST08-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn={"MinimumCompressionSize": 1024},
        tf={"minimum_compression_size": 1024},
        of={"Globals.Api": "Globals:\n  Api:\n    MinimumCompressionSize: 1024"},
    ),
)
def check(api: RestApi) -> Flags:
    exempt(not isinstance(api.body_elsewhere, Absent), "its document is elsewhere")
    if settled(api.minimum_compression) not in (Absent(), Known("-1")):
        return
    if isinstance(settled(member(document(api), "x-amazon-apigateway-minimum-compression-size")), Absent):
        yield flag(
            api.minimum_compression,
            "This API sends its responses uncompressed: clients wait longer, and more data than necessary leaves AWS.",
        )
