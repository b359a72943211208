"""# Transfer Family server uses FTP or an outdated security policy

## Why

FTP sends user names, passwords and files in plain text: anyone on the way in the network reads them. The oldest security policies still accept
SHA-1 for SFTP and FTPS, which newer policies left out. A template without a policy gets the oldest one.

## What it checks

Servers with `FTP` among their protocols, and servers with a security policy of 2020 or before. The default in CloudFormation and Terraform is
`TransferSecurityPolicy-2018-11`. An outdated policy is of low severity.

## What is left out

Whether the endpoint is public: partners outside of AWS often need that. An old security policy is advice in an example, and in an
environment for development or tests, by its path.

## Non-compliant

```yaml
Resources:
  Files:
    Type: AWS::Transfer::Server
    Properties:
      SecurityPolicyName: TransferSecurityPolicy-2024-01
      Protocols:
        - SFTP
        - FTP  # finding: plain text
```

```hcl
resource "aws_transfer_server" "files" { # finding: TransferSecurityPolicy-2018-11
  identity_provider_type = "SERVICE_MANAGED"
}
```

## Compliant

```yaml
Resources:
  Files:
    Type: AWS::Transfer::Server
    Properties:
      SecurityPolicyName: TransferSecurityPolicy-2024-01
```

```hcl
resource "aws_transfer_server" "files" {
  identity_provider_type = "SERVICE_MANAGED"
  protocols              = ["SFTP"]
  security_policy_name   = "TransferSecurityPolicy-2024-01"
}
```

## Undecided

```yaml
Parameters:
  Policy:
    Type: String
Resources:
  Files:
    Type: AWS::Transfer::Server
    Properties:
      SecurityPolicyName: !Ref Policy  # undecided: parameter "Policy" has no default
```

```hcl
variable "policy" {
  type = string
}

resource "aws_transfer_server" "files" {
  identity_provider_type = "SERVICE_MANAGED"
  security_policy_name   = var.policy # undecided: var.policy has no default
}
```

## Sources

- [Security policies for AWS Transfer Family servers](https://docs.aws.amazon.com/transfer/latest/userguide/security-policies), read on 2026-11-29
- [transfer-family-server-no-ftp](https://docs.aws.amazon.com/config/latest/developerguide/transfer-family-server-no-ftp.html), read on 2026-11-29
"""

from functools import partial
from typing import Final

from wa_iac.aws.transfer import Server
from wa_iac.core.rule import Flags, Remedy, Severity, each_of, flag, flags_of, rule, undecided, written
from wa_iac.core.value import Absent, Known, Unknown, Value
from wa_iac.knowledge.dated import facts
from wa_iac.pillars.judgements.workshops import where_needed, where_operated

_POLICIES: Final = facts("transfer_security_policies")
_NEWER: Final = _POLICIES["recommended"]


_CLIENTS: Final = "Old clients may not know the algorithms of a newer policy: look in the server's log which ones they use."
_WITHOUT_LOG: Final = (
    "Old clients may not know the algorithms of a newer policy, and this server keeps no log to tell: try it with each of them."
)


def _clients(server: Server) -> str:
    """What a newer policy asks of clients, and where one sees which of them know it."""
    silent = all(isinstance(each, Absent) for each in (server.logging_role, server.log_groups))
    return _WITHOUT_LOG if silent else _CLIENTS


@rule(
    practices=["SEC09-BP02"],
    severity=Severity.MEDIUM,
    remedy=Remedy(
        cfn=f"SecurityPolicyName: {_NEWER}",
        tf=f'security_policy_name = "{_NEWER}"',
        decision=_CLIENTS,
    ),
    equivalents={
        "checkov": ["CKV_AWS_357", "CKV_AWS_380"],
        "config": ["TRANSFER_FAMILY_SERVER_NO_FTP"],
        "security_hub": ["Transfer.2"],
    },
)
def check(server: Server) -> Flags:
    if isinstance(server.protocols, Unknown):
        yield undecided(server.protocols)
    elif isinstance(server.protocols, Known):
        yield from each_of(server.protocols.value, _judge_protocol)
    found = flags_of(each_of([server.security_policy], partial(_judge_policy, server)))
    yield from where_operated(server, where_needed(server, found))


def _judge_protocol(protocol: Value[str]) -> Flags:
    if written(protocol) == Known("FTP"):
        yield flag(
            protocol,
            "This server speaks FTP: user names, passwords and files cross the network as plain text.",
            instead="First let the clients use SFTP or FTPS (which needs a certificate in Certificate Manager): add that protocol, and only then leave out "
            "FTP. Clients that know only FTP lose access.",
        )


def _newer(name: str, decision: str) -> Remedy:
    return Remedy(cfn={"SecurityPolicyName": name}, tf={"security_policy_name": name}, decision=decision)


def _judge_policy(server: Server, policy: Value[str]) -> Flags:
    name = written(policy)
    if name.value in _POLICIES["weak"]:
        yield flag(
            policy,
            f"The security policy of this server is {name.value}, which accepts algorithms with SHA-1 that newer policies left out.",
            severity=Severity.LOW,
            instead=_newer(_POLICIES["recommended_fips"] if "FIPS" in name.value else _NEWER, _clients(server)),
        )
