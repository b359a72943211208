"""# Lightsail instance opens an administrative port to the internet

## Why

Everybody on the internet can try passwords and known weaknesses at this port. Programs search all addresses for SSH, Remote Desktop and
databases, and find a new one within minutes.

## What it checks

The ports that are written for an instance of Lightsail: SSH (22), Remote Desktop (3389), and ports of databases and of other programs that are made
for trusted networks. The rule reports a range of ports with one of these that is open to everybody. It is, if no addresses are written.

## What is left out

Ports of web servers. If no ports are written at all, Lightsail opens SSH and HTTP by itself; the rule does not report that. A port that only an
alias opens (`lightsail-connect`, the terminal in the console) is fine.

## Non-compliant

```yaml
Resources:
  Blog:
    Type: AWS::Lightsail::Instance
    Properties:
      InstanceName: blog
      BlueprintId: wordpress
      BundleId: nano_3_0
      Networking:
        Ports:
          - { FromPort: 443, ToPort: 443, Protocol: tcp }
          - FromPort: 22  # finding: SSH
            ToPort: 22
            Protocol: tcp
```

```hcl
resource "aws_lightsail_instance_public_ports" "blog" {
  instance_name = "blog"
  port_info {
    protocol  = "tcp"
    from_port = 3306 # finding: MySQL
    to_port   = 3306
    cidrs     = ["0.0.0.0/0"]
  }
}
```

## Compliant

```yaml
Resources:
  Blog:
    Type: AWS::Lightsail::Instance
    Properties:
      InstanceName: blog
      BlueprintId: wordpress
      BundleId: nano_3_0
      Networking:
        Ports:
          - { FromPort: 443, ToPort: 443, Protocol: tcp }
          - { FromPort: 22, ToPort: 22, Protocol: tcp, Cidrs: [192.0.2.0/24] }
```

```hcl
resource "aws_lightsail_instance_public_ports" "blog" {
  instance_name = "blog"
  port_info {
    protocol          = "tcp"
    from_port         = 22
    to_port           = 22
    cidr_list_aliases = ["lightsail-connect"]
  }
}
```

## Undecided

```yaml
Parameters:
  Admins:
    Type: CommaDelimitedList
Resources:
  Blog:
    Type: AWS::Lightsail::Instance
    Properties:
      InstanceName: blog
      BlueprintId: wordpress
      BundleId: nano_3_0
      Networking:
        Ports:
          - FromPort: 22
            ToPort: 22
            Protocol: tcp
            Cidrs: !Ref Admins  # undecided: parameter "Admins" has no default
```

```hcl
variable "admins" {
  type = list(string)
}

resource "aws_lightsail_instance_public_ports" "blog" {
  instance_name = "blog"
  port_info {
    protocol  = "tcp"
    from_port = 22
    to_port   = 22
    cidrs     = var.admins # undecided: var.admins has no default
  }
}
```

## Sources

- [InstancePortInfo - Amazon Lightsail](https://docs.aws.amazon.com/lightsail/2016-11-28/api-reference/API_InstancePortInfo.html), read on 2026-11-29
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from wa_iac.aws.lightsail import Firewall, OpenPorts
from wa_iac.core.logic import all_of, any_of, holds
from wa_iac.core.networks import everybody, is_everybody, narrow
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, each_of, flag, rule
from wa_iac.core.value import Absent, Known, Value
from wa_iac.knowledge.trusted_ports import PORTS

_TAKEN_OVER: Final = {22: "SSH", 3389: "Remote Desktop"}
_WATCHED: Final = {**_TAKEN_OVER, **PORTS}


_SMTP: Final = 25
_MAIL: Final = "If this server receives mail from other servers, it needs the port open: leave it so."
_ALIAS: Final = "The terminal of the console then needs the alias lightsail-connect ({})."
_MOMENT: Final = "Terraform closes the ports of the list for a moment."
_OF_YOUR_NETWORK: Final = Remedy(
    cfn="Cidrs:\n  - <your network, such as 192.0.2.0/24>",
    tf='cidrs = ["<your network>"]',
    decision=f"{_ALIAS.format('CidrListAliases, cidr_list_aliases')} {_MOMENT}",
)


@rule(practices=["SEC05-BP02"], severity=Severity.CRITICAL, remedy=_OF_YOUR_NETWORK)
def check(firewall: Firewall) -> Flags:
    yield from each_of(firewall.ports, lambda opening: _judge(opening, firewall))


def _judge(opening: OpenPorts, firewall: Firewall) -> Flags:
    all_known(opening.unknown)
    answers = {number: _covers(opening, number) for number in _WATCHED}
    accept(any_of(answers.values()) == Known(False))
    accept(_everybody(opening) == Known(False))
    all_known(any_of(answers.values()), _everybody(opening))
    number = next(each for each, answer in answers.items() if answer == Known(True))
    yield flag(
        opening.first,
        f"{_WATCHED[number]} (port {number}) is open to the whole internet: anyone can try to get in.",
        severity=None if number in _TAKEN_OVER else Severity.HIGH,
        confidence=Confidence.MEDIUM if isinstance(opening.ipv4, Absent) else None,
        instead=_narrowed(opening, firewall, number),
    )


def _narrowed(opening: OpenPorts, firewall: Firewall, number: int) -> Remedy:
    """The remedy in the words of the dialect. Narrow ranges beside everybody's stay. The console's terminal comes by SSH or Remote Desktop."""
    alias = _ALIAS.format("CidrListAliases" if firewall.as_cloudformation else "cidr_list_aliases")
    words = [_MAIL if number == _SMTP else "", alias if number in _TAKEN_OVER else ""]
    words.append("" if firewall.as_cloudformation else _MOMENT)
    remedy = replace(_OF_YOUR_NETWORK, decision=" ".join(filter(None, words)))
    ranges = narrow(opening.ipv4)
    return replace(remedy, cfn={"Cidrs": ranges}, tf={"cidrs": ranges}) if ranges else remedy


def _covers(opening: OpenPorts, number: int) -> Value[bool]:
    """Whether it opens a TCP port."""
    return all_of(
        (
            holds(opening.protocol, lambda name: name.lower() in ("tcp", "all")),
            holds(opening.first, lambda first: first <= number),
            holds(opening.last, lambda last: last >= number),
        )
    )


def _everybody(opening: OpenPorts) -> Value[bool]:
    """Whether it is open to everybody: by an address range, or since no addresses are written."""
    if isinstance(opening.ipv4, Absent) and isinstance(opening.ipv6, Absent):
        narrowed = given(opening.aliases)
        return narrowed if not isinstance(narrowed, Known) else Known(not narrowed.value)
    return any_of([Known(False), *_ranges(opening)])


def _ranges(opening: OpenPorts) -> Iterator[Value[bool]]:
    for listed in (opening.ipv4, opening.ipv6):
        if isinstance(listed, Known):
            yield Known(everybody(each.value for each in listed.value if isinstance(each, Known)))
            yield from map(is_everybody, listed.value)
        elif not isinstance(listed, Absent):
            yield holds(listed, lambda _: False)
