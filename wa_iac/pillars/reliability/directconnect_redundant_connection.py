"""# Direct Connect has a single line or a single location

## Why

A Direct Connect line ends at one device in one location. AWS maintains these devices, lines are cut, and locations lose power. With one
line and no VPN connection beside it, such an event separates the workload from the other network. AWS gives a service level for
Direct Connect only if lines end at two locations.

## What it checks

The rule checks dedicated connections and link aggregation groups (LAGs). It reports a single one without a VPN connection beside it, and
several of them if they all end at the same location. A LAG counts as one, because its lines end at one device.

## What is left out

The rule reports nothing if a VPN connection is declared beside the line, which can take over with less bandwidth. It knows only what the
same template or configuration declares: a second line that another one declares is not seen, so the confidence is low.

## Non-compliant

```yaml
Resources:
  Line:  # finding: single Direct Connect
    Type: AWS::DirectConnect::Connection
    Properties:
      ConnectionName: main
      Bandwidth: 10Gbps
      Location: EqFA5
```

```hcl
resource "aws_dx_connection" "first" {
  name      = "first"
  bandwidth = "10Gbps"
  location  = "EqFA5"
}

resource "aws_dx_connection" "second" { # finding: EqFA5
  name      = "second"
  bandwidth = "10Gbps"
  location  = "EqFA5"
}
```

## Compliant

```yaml
Resources:
  First:
    Type: AWS::DirectConnect::Connection
    Properties:
      ConnectionName: first
      Bandwidth: 10Gbps
      Location: EqFA5
  Second:
    Type: AWS::DirectConnect::Connection
    Properties:
      ConnectionName: second
      Bandwidth: 10Gbps
      Location: EqDC2
```

```hcl
resource "aws_dx_connection" "main" {
  name      = "main"
  bandwidth = "10Gbps"
  location  = "EqFA5"
}

resource "aws_vpn_connection" "backup" {
  type                = "ipsec.1"
  customer_gateway_id = "cgw-0a1b2c3d"
  transit_gateway_id  = "tgw-0a1b2c3d"
}
```

## Undecided

The result is undecided if the location of one of the lines is not known before deployment.

```yaml
Parameters:
  SecondLocation:
    Type: String
Resources:
  First:
    Type: AWS::DirectConnect::Connection
    Properties:
      ConnectionName: first
      Bandwidth: 10Gbps
      Location: EqFA5
  Second:
    Type: AWS::DirectConnect::Connection
    Properties:
      ConnectionName: second
      Bandwidth: 10Gbps
      Location: !Ref SecondLocation  # undecided: parameter "SecondLocation" has no default
```

```hcl
variable "second_location" {
  type = string
}

resource "aws_dx_connection" "first" {
  name      = "first"
  bandwidth = "10Gbps"
  location  = "EqFA5"
}

resource "aws_dx_connection" "second" {
  name      = "second"
  bandwidth = "10Gbps"
  location  = var.second_location # undecided: var.second_location has no default
}
```

## Sources

- [Making a Direct Connect Connection Resilient](https://raw.githubusercontent.com/aws/agent-toolkit-for-aws/main/skills/specialized-skills/networking-and-content-delivery-skills/directconnect/references/making-a-direct-connect-connection-resilient.md), read on 2026-11-29
"""

from wa_iac.aws.connectivity import DirectConnectConnection, DirectConnectLag, VpnConnection
from wa_iac.core.algebra import count_distinct
from wa_iac.core.graph import Graph
from wa_iac.core.logic import first_unknown
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, flag, rule, undecided
from wa_iac.core.value import Known, Step
from wa_iac.pillars.judgements.wording import all_of


@rule(
    practices=["REL02-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    remedy=Remedy(
        cfn="SecondLine:\n  Type: AWS::DirectConnect::Connection\n  Properties:\n    ConnectionName: second\n"
        "    Bandwidth: <the same bandwidth>\n    Location: <another location>",
        tf='resource "aws_dx_connection" "second" {\n  name      = "second"\n  bandwidth = <the same bandwidth>\n'
        "  location  = <another location>\n}",
        decision="Order a second line at another location. Until then, a VPN connection can be the second way.",
    ),
)
def check(line: DirectConnectConnection | DirectConnectLag, graph: Graph) -> Flags:
    lines = graph.once(_lines)
    # All lines have one verdict, that of the last one.
    last = lines[-1] if lines else None
    if line is not last or graph.of(VpnConnection):
        return
    least, most = count_distinct(each.location for each in lines)
    if least > 1:
        return
    doubt = first_unknown(*(each.declared.others for each in lines))
    if len(lines) > 1 and most > 1:
        doubt = first_unknown(*(each.location for each in lines), doubt)
    if doubt is not None:
        yield undecided(doubt, resource=line)
        return
    if len(lines) == 1:
        message = (
            "This is a single Direct Connect line, and no VPN connection is here as a second way: when it or its device fails, the other network "
            "cannot be reached, unless another line is declared elsewhere."
        )
        yield flag(line, message)
        return
    where = f" ({last.location.value})" if isinstance(last.location, Known) else ""
    message = f"{all_of(len(lines))} Direct Connect lines end at one location{where}: when it fails, the other network cannot be reached by them."
    related = [Step(each.span, "this line ends there too") for each in lines[:-1]]
    yield flag(line, message, related=related)


def _lines(graph: Graph) -> list[DirectConnectConnection | DirectConnectLag]:
    """All lines that count by themselves."""
    return [*(each for each in graph.of(DirectConnectConnection) if not _is_of_lag(each)), *graph.of(DirectConnectLag)]


def _is_of_lag(connection: DirectConnectConnection) -> bool:
    """Whether it is a part of a LAG, which counts itself."""
    return isinstance(connection.lag, Known)
