"""# SSH private key is in Terraform's state

## Why

`tls_private_key` keeps the private key in Terraform's state, unencrypted. Everybody who may read the state can sign in to each instance
with this key pair, and so can everybody who finds an old copy of the state. The provider means this resource for development environments
that are thrown away.

## What it checks

The rule reports a key pair whose public key comes from a `tls_private_key` of the configuration.

## What is left out

A public key from a variable, a file or a data source counts as good: the private key is elsewhere. In CloudFormation, EC2 makes the key
pair, and keeps the private key in Parameter Store.

## Non-compliant

```hcl
resource "tls_private_key" "admin" {
  algorithm = "ED25519"
}

resource "aws_key_pair" "admin" {
  key_name   = "admin"
  public_key = tls_private_key.admin.public_key_openssh # finding
}
```

## Compliant

```hcl
resource "aws_key_pair" "admin" {
  key_name   = "admin"
  public_key = file("admin.pub")
}
```

## Sources

- [private key](https://raw.githubusercontent.com/hashicorp/terraform-provider-tls/main/docs/resources/private_key.md), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.ec2 import KeyPair
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, flag, rule

_GENERATED: Final = "tls_private_key"


@rule(
    practices=["SEC02-BP03", "SEC06-BP03"],
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    remedy=Remedy(
        tf='public_key = file("<a public key>.pub")',
        decision="Make the key pair outside of Terraform, and give only its public key. Or do without keys: people sign in through Session "
        "Manager, by their permissions in IAM. Another public key replaces the key pair, and instances that run keep the old one: replace "
        "them, or take the key out of their authorized_keys.",
    ),
)
def check(pair: KeyPair, graph: Graph) -> Flags:
    if any(each.type == _GENERATED for each in graph.referred(pair.public_key)):
        yield flag(
            pair.public_key,
            "The private key of this pair is in the state, unencrypted: everybody who may read the state can sign in to the instances.",
        )
