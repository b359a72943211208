"""# OpenSearch Serverless collection is reachable from the internet

## Why

A network policy with `AllowFromPublic` opens the endpoint of a collection to the internet. Then only its data access policies keep strangers out, and
leaked credentials work from anywhere. A collection can instead be reachable through a VPC endpoint, or by chosen AWS services only.

## What it checks

The rule reports a network policy of OpenSearch Serverless that allows access from public networks. The message says so if only OpenSearch Dashboards
is public: the data is then not reachable directly.

## What is left out

Every request still has to be signed by an identity of IAM, so the severity is low. Encryption needs no rule: every collection is encrypted.

## Non-compliant

```yaml
Resources:
  Network:
    Type: AWS::OpenSearchServerless::SecurityPolicy
    Properties:
      Name: orders-network
      Type: network
      Policy: '[{"Rules":[{"ResourceType":"collection","Resource":["collection/orders"]}],"AllowFromPublic":true}]'  # finding
```

```hcl
resource "aws_opensearchserverless_security_policy" "network" {
  name = "orders-network"
  type = "network"
  policy = jsonencode([
    {
      Rules           = [{ ResourceType = "collection", Resource = ["collection/orders"] }]
      AllowFromPublic = true # finding
    }
  ])
}
```

## Compliant

```yaml
Resources:
  Network:
    Type: AWS::OpenSearchServerless::SecurityPolicy
    Properties:
      Name: orders-network
      Type: network
      Policy: '[{"Rules":[{"ResourceType":"collection","Resource":["collection/orders"]}],"SourceVPCEs":["vpce-0a1b2c3d"]}]'
```

```hcl
resource "aws_opensearchserverless_security_policy" "network" {
  name = "orders-network"
  type = "network"
  policy = jsonencode([
    {
      Rules       = [{ ResourceType = "collection", Resource = ["collection/orders"] }]
      SourceVPCEs = ["vpce-0a1b2c3d"]
    }
  ])
}
```

## Not applicable

```yaml
Resources:
  Key:  # not applicable: says nothing about the network
    Type: AWS::OpenSearchServerless::SecurityPolicy
    Properties:
      Name: orders-key
      Type: encryption
      Policy: '{"Rules":[{"ResourceType":"collection","Resource":["collection/orders"]}],"AWSOwnedKey":true}'
```

## Undecided

The result is undecided if the policy is not known before deployment.

```yaml
Parameters:
  Policy:
    Type: String
Resources:
  Network:
    Type: AWS::OpenSearchServerless::SecurityPolicy
    Properties:
      Name: orders-network
      Type: network
      Policy: !Ref Policy  # undecided: parameter "Policy" has no default
```

```hcl
variable "public" {
  type = bool
}

resource "aws_opensearchserverless_security_policy" "network" {
  name = "orders-network"
  type = "network"
  policy = jsonencode([
    {
      Rules           = [{ ResourceType = "collection", Resource = ["collection/orders"] }]
      AllowFromPublic = var.public # undecided: var.public has no default
    }
  ])
}
```

## Sources

- [Network access for Amazon OpenSearch Serverless](https://docs.aws.amazon.com/ja_jp/opensearch-service/latest/developerguide/serverless-network.md), read on 2026-11-29
- [AWS::OpenSearchServerless::SecurityPolicy](https://docs.aws.amazon.com/zh_tw/AWSCloudFormation/latest/UserGuide/aws-resource-opensearchserverless-securitypolicy.html), read on 2026-11-29
"""

from collections.abc import Iterator
from typing import Any

from wa_iac.aws.opensearch import SecurityPolicy
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, flag, rule, settled, undecided
from wa_iac.core.value import Known, Tree, Unknown


@rule(
    practices=["SEC05-BP01", "SEC03-BP07"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        decision="Name the VPC endpoints (SourceVPCEs) or the AWS services (SourceServices, such as bedrock.amazonaws.com) that use the collection, "
        "and remove AllowFromPublic. Clients on the internet are then cut off."
    ),
)
def check(policy: SecurityPolicy) -> Flags:
    if settled(policy.kind) != Known("network"):
        exempt(policy.kind == Known("encryption"), "it chooses a key, and says nothing about the network")
        return
    entries = [
        each.value for each in _items(settled(policy.document)) if isinstance(each, Known) and isinstance(each.value, dict)
    ]
    public = [each for each in entries if each.get("AllowFromPublic") == Known(True)]
    data = [each for each in public if not _only_dashboards(each)]
    if data:
        yield flag(
            data[0]["AllowFromPublic"],
            "The endpoint of these collections is on the internet: only data access policies keep strangers out.",
        )
    elif public:
        yield flag(
            public[0]["AllowFromPublic"],
            "OpenSearch Dashboards of these collections is on the internet: only its sign-in keeps strangers out.",
        )
    else:
        yield from _doubts([*_items(policy.document), *(each.get("AllowFromPublic") for each in entries)])


def _items(document: Tree) -> list[Tree]:
    match document:
        case Known(list() as items):
            return items
        case Known(dict()) | Unknown():
            return [document]
        case _:
            return []


def _only_dashboards(entry: dict[str, Any]) -> bool:
    rules = [each.value for each in _items(entry.get("Rules", Known([]))) if isinstance(each, Known)]
    return bool(rules) and all(isinstance(each, dict) and each.get("ResourceType") == Known("dashboard") for each in rules)


def _doubts(values: list[Tree | None]) -> Iterator[Any]:
    unknown = next((each for each in values if isinstance(each, Unknown)), None)
    if unknown is not None:
        yield undecided(unknown)
