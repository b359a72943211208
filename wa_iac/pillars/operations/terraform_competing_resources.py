"""# Terraform manages the same rules in two places

## Why

Some resources of Terraform can hold their parts inside themselves: a security group its rules, a route table its routes, a network ACL its
entries, a role its policies. Terraform then owns the whole list, and removes each part that is not in it. If other resources of the
configuration add parts to the same list, the two work against each other: a run removes what the last run added, and traffic or
permissions are gone until the next run.

## What it checks

The rule reports parts that are written inside such a resource, if another resource of the configuration adds parts of the same kind:

| Inside | Beside |
| --- | --- |
| `ingress`, `egress` of `aws_security_group` | `aws_vpc_security_group_ingress_rule`, `aws_vpc_security_group_egress_rule`, `aws_security_group_rule` |
| `route` of `aws_route_table` | `aws_route` |
| `ingress`, `egress` of `aws_network_acl` and `aws_default_network_acl` | `aws_network_acl_rule` |
| `inline_policy` of `aws_iam_role` | `aws_iam_role_policy` |
| `managed_policy_arns` of `aws_iam_role` | `aws_iam_role_policy_attachment` |

## What is left out

Rules for the other direction do not meet: a group with `egress` inside may have rules for incoming traffic beside it. An argument that
`ignore_changes` names counts as good, and so does an attachment of a policy that `managed_policy_arns` has too. CloudFormation adds to what
is there, and removes nothing else.

## Non-compliant

```hcl
resource "aws_security_group" "web" {
  name   = "web"
  vpc_id = "vpc-0a1b2c3d"

  ingress { # finding: aws_vpc_security_group_ingress_rule.health
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["10.0.0.0/16"]
  }
}

resource "aws_vpc_security_group_ingress_rule" "health" {
  security_group_id = aws_security_group.web.id
  ip_protocol       = "tcp"
  from_port         = 8080
  to_port           = 8080
  cidr_ipv4         = "10.0.1.0/24"
}
```

```hcl
resource "aws_iam_role" "worker" {
  assume_role_policy  = "{}"
  managed_policy_arns = ["arn:aws:iam::aws:policy/AWSXrayWriteOnlyAccess"] # finding: aws_iam_role_policy_attachment.logs
}

resource "aws_iam_role_policy_attachment" "logs" {
  role       = aws_iam_role.worker.name
  policy_arn = "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"
}
```

```hcl
resource "aws_route_table" "private" {
  vpc_id = "vpc-0a1b2c3d"

  route { # finding: aws_route.office
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = "nat-0a1b2c3d"
  }
}

resource "aws_route" "office" {
  route_table_id         = aws_route_table.private.id
  destination_cidr_block = "192.168.0.0/16"
  gateway_id             = "vgw-0a1b2c3d"
}
```

## Compliant

```hcl
resource "aws_security_group" "web" {
  name   = "web"
  vpc_id = "vpc-0a1b2c3d"

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_vpc_security_group_ingress_rule" "health" {
  security_group_id = aws_security_group.web.id
  ip_protocol       = "tcp"
  from_port         = 8080
  to_port           = 8080
  cidr_ipv4         = "10.0.1.0/24"
}
```

## Undecided

The result is undecided if Terraform decides only at deployment whether there are parts inside.

```hcl
variable "ports" {
  type = list(number)
}

resource "aws_security_group" "web" {
  name   = "web"
  vpc_id = "vpc-0a1b2c3d"

  dynamic "ingress" { # undecided: var.ports has no default
    for_each = var.ports
    content {
      protocol    = "tcp"
      from_port   = ingress.value
      to_port     = ingress.value
      cidr_blocks = ["10.0.0.0/16"]
    }
  }
}

resource "aws_vpc_security_group_ingress_rule" "health" {
  security_group_id = aws_security_group.web.id
  ip_protocol       = "tcp"
  from_port         = 8080
  to_port           = 8080
  cidr_ipv4         = "10.0.1.0/24"
}
```

## Sources

- [SecurityGroupIngressRule, which repeats the provider's documentation](https://app.unpkg.com/@pulumi/aws@7.15.0/files/vpc/securityGroupIngressRule.js), read on 2026-11-29
- [disallow mixed sgr](https://aquasecurity.github.io/tfsec/v0.62.0/checks/aws/vpc/disallow-mixed-sgr), read on 2026-11-29
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from wa_iac.aws.iam import Attachment, Policy, Role
from wa_iac.aws.network_acl import NetworkAcl
from wa_iac.aws.vpc import RouteTable, SecurityGroup, SecurityGroupEgress, SecurityGroupIngress
from wa_iac.core.resource import Block, Resource
from wa_iac.core.rule import Flags, Remedy, Severity, all_known, each_of, flag, rule
from wa_iac.core.value import Known, Step, Tree, Unknown

_DIRECTIONS: Final = ("ingress", "egress")


@rule(
    practices=["OPS05-BP04", "OPS05-BP03"],
    severity=Severity.MEDIUM,
    remedy=Remedy(
        decision="Write all of them in one way: best as resources of their own, and remove them from the resource itself. Import the ones that "
        "exist already, so that nothing is interrupted."
    ),
)
def check(holder: SecurityGroup | RouteTable | NetworkAcl | Role) -> Flags:
    if holder.as_cloudformation:
        return
    match holder:
        case SecurityGroup():
            yield from each_of(_DIRECTIONS, lambda direction: _judge_group(holder, direction))
        case NetworkAcl():
            yield from each_of(_DIRECTIONS, lambda direction: _judge_acl(holder, direction))
        case RouteTable() if not holder.ignores("route"):
            yield from _judge_blocks(holder.inline_routes, holder.routes.targets, "routes are written in this table")
        case Role():
            yield from each_of((_inline, _managed), lambda judge: judge(holder))
        case _:
            pass


def _judge_group(group: SecurityGroup, direction: str) -> Flags:
    if group.ignores(direction):
        return
    beside: list[Resource] = [*group.standalone, *group.standalone_egress]
    inside = group.ingress if direction == "ingress" else group.egress
    yield from _judge_blocks(
        inside, [each for each in beside if direction in _directions(each)], "rules are written in this group"
    )


def _directions(rule: Resource) -> Iterator[str]:
    """The direction of a rule beside a group. An `aws_security_group_rule` says it itself."""
    if rule.declared.type != "aws_security_group_rule":
        yield "ingress" if "ingress" in rule.declared.type else "egress"
    elif isinstance(rule, SecurityGroupIngress | SecurityGroupEgress):
        blocks = rule.ingress if isinstance(rule, SecurityGroupIngress) else rule.egress
        yield from (each.direction.value for each in blocks if isinstance(each.direction, Known))


def _judge_acl(acl: NetworkAcl, direction: str) -> Flags:
    if acl.ignores(direction):
        return
    inside = acl.ingress if direction == "ingress" else acl.egress
    outgoing = Known(direction == "egress")
    beside = [each for each in acl.entries if any(entry.egress == outgoing for entry in each.entry)]
    yield from _judge_blocks(inside, beside, "entries are written in this ACL")


def _inline(role: Role) -> Flags:
    beside = [each for each in role.attached if isinstance(each, Policy)]
    if not role.ignores("inline_policy"):
        yield from _judge_blocks(role.inline, beside, "policies are written in this role")


def _managed(role: Role) -> Flags:
    if role.ignores("managed_policy_arns") or not isinstance(role.managed_arns, Known | Unknown):
        return
    inside = role.managed_arns.value if isinstance(role.managed_arns, Known) else []
    beside = [each for each in role.attached if isinstance(each, Attachment) and each.policy.value not in inside]
    if beside:
        all_known(role.managed_arns)
    if inside and beside:
        yield from _flags(role.managed_arns, beside, "policies are attached by this list")


def _judge_blocks(inside: Sequence[Block], beside: Sequence[Resource], what: str) -> Flags:
    written = [each for each in inside if each.origin.how != "read"]
    if not beside or not written:
        return
    # The block that stands for all of a `dynamic` block begins where the mark begins that says there may be none.
    doubtful = {each.origin.span for each in written if each.unknown is not None}
    certain = next((each for each in written if each.origin.span not in doubtful), None)
    if certain is None:
        all_known(*(each.unknown for each in written))
    else:
        yield from _flags(certain, beside, what)


def _flags(where: Tree | Block, beside: Iterable[Resource], what: str) -> Flags:
    first, *others = dict.fromkeys(beside)
    more = f" and {len(others)} more" if others else ""
    yield flag(
        where,
        f"Some {what}, and others by {first.address}{more}: each run of Terraform may remove what the other place adds.",
        related=[Step(first.span, "written here too")],
    )
