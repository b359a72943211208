"""# Nothing uses a declared resource

## Why

A load balancer without a listener and a NAT gateway without a route do nothing, but AWS charges for them by the hour. A target group, a
network interface or a launch template that nothing names is mostly a leftover, or a sign that a reference was forgotten.

## What it checks

The rule reports load balancers without a listener, and NAT gateways, target groups, network interfaces and launch templates to which
nothing in the unit refers. Outputs and modules that cannot be read count as use. Target groups need more than targets.

## What is left out

Launch templates with a fixed name, which others may name. Load balancers with the tags by which the AWS Load Balancer Controller finds
them: it adds the listeners. Elastic IP addresses, which another rule reports. Roles and log groups, which
programs use by name.

## Non-compliant

```yaml
Resources:
  Gateway:  # finding: NAT gateway
    Type: AWS::EC2::NatGateway
    Properties:
      SubnetId: subnet-0123456789abcdef0
      AllocationId: eipalloc-0123456789abcdef0
  Balancer:  # finding: load balancer
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
```

```hcl
resource "aws_lb_target_group" "web" { # finding: target group
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-0123456789abcdef0"
}

resource "aws_lb_target_group_attachment" "web" {
  target_group_arn = aws_lb_target_group.web.arn
  target_id        = "i-0123456789abcdef0"
}

resource "aws_launch_template" "web" { # finding: launch template
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
}

resource "aws_network_interface" "web" { # finding: network interface
  subnet_id = "subnet-0123456789abcdef0"
}
```

## Compliant

```hcl
resource "aws_lb" "of_controller" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  tags = {
    "elbv2.k8s.aws/cluster" = "main"
    "ingress.k8s.aws/stack" = "orders/orders"
  }
}

resource "aws_network_interface" "web" {
  subnet_id = "subnet-0123456789abcdef0"

  attachment {
    instance     = "i-0123456789abcdef0"
    device_index = 1
  }
}
```

```yaml
Resources:
  Gateway:
    Type: AWS::EC2::NatGateway
    Properties:
      SubnetId: subnet-0123456789abcdef0
      AllocationId: eipalloc-0123456789abcdef0
  Out:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: rtb-0123456789abcdef0
      DestinationCidrBlock: 0.0.0.0/0
      NatGatewayId: !Ref Gateway
```

```hcl
resource "aws_lb_target_group" "web" {
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-0123456789abcdef0"
}

resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = "shop"
  task_definition = "web:1"

  load_balancer {
    target_group_arn = aws_lb_target_group.web.arn
    container_name   = "web"
    container_port   = 80
  }
}
```

## Not applicable

```hcl
resource "aws_launch_template" "web" { # not applicable: a fixed name
  name          = "web"
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
}
```

## Undecided

The result is undecided if it is not known whether the resource that uses it is made.

```yaml
Parameters:
  Out:
    Type: String
Conditions:
  HasOut: !Equals [!Ref Out, "yes"]
Resources:
  Gateway:  # undecided: Fails when HasOut
    Type: AWS::EC2::NatGateway
    Properties:
      SubnetId: subnet-0123456789abcdef0
      AllocationId: eipalloc-0123456789abcdef0
  Out:
    Type: AWS::EC2::Route
    Condition: HasOut
    Properties:
      RouteTableId: rtb-0123456789abcdef0
      DestinationCidrBlock: 0.0.0.0/0
      NatGatewayId: !Ref Gateway
```

```hcl
variable "out" {
  type = bool
}

resource "aws_nat_gateway" "this" { # undecided: Fails when var.out is false
  subnet_id     = "subnet-0123456789abcdef0"
  allocation_id = "eipalloc-0123456789abcdef0"
}

resource "aws_route" "out" {
  count                  = var.out ? 1 : 0
  route_table_id         = "rtb-0123456789abcdef0"
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this.id
}
```

## Sources

- [Delete a Network Load Balancer - Elastic Load Balancing](https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-delete.html), read on 2026-11-29
"""

from typing import Final, TypeAlias

from wa_iac.aws.ec2 import ElasticInterface, LaunchTemplate
from wa_iac.aws.elbv2 import LoadBalancer, TargetGroup
from wa_iac.aws.parts.tags import entries
from wa_iac.aws.vpc import NatGateway
from wa_iac.core.awscc import and_awscc
from wa_iac.core.graph import Graph
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, exempt, flag, rule, settled
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.listeners import is_without_listeners
from wa_iac.knowledge.users_of import is_used

_Unused: TypeAlias = LoadBalancer | NatGateway | TargetGroup | ElasticInterface | LaunchTemplate
_WATCHING: Final = frozenset(
    and_awscc(
        "AWS::CloudWatch::Alarm",
        "AWS::CloudWatch::Dashboard",
        "aws_cloudwatch_metric_alarm",
        "aws_cloudwatch_dashboard",
        "aws_lb_target_group_attachment",
        "aws_alb_target_group_attachment",
    )
)
"""What refers to a resource without using it. A target that is registered is no use: nothing sends it a request."""
_OF_CONTROLLERS: Final = ("ingress.k8s.aws/", "service.k8s.aws/", "elbv2.k8s.aws/")
"""How the keys of tags begin by which a controller in a cluster finds its load balancers, to which it adds listeners."""
_CHARGED: Final = "AWS charges for it by the hour, and it does nothing"
_LEFT: Final = "it is a leftover, or a reference was forgotten"


@rule(
    practices=["SUS02-BP03", "COST04-BP03"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(decision="Remove the resource, or add what should use it."),
)
def check(resource: _Unused, graph: Graph) -> Flags:
    match resource:
        case LoadBalancer():
            accept(not is_without_listeners(resource, graph))
            accept(any(key.startswith(_OF_CONTROLLERS) for key in entries(resource.tags)))
            accept(is_used(resource, graph, besides=_WATCHING))
            settled(resource.tags)
            yield flag(resource, f"This load balancer has no listener: {_CHARGED}.")
        case NatGateway():
            accept(is_used(resource, graph, besides=_WATCHING))
            yield flag(resource, f"No route leads to this NAT gateway: {_CHARGED}.")
        case _:
            exempt(
                isinstance(resource, LaunchTemplate) and _is_named(resource),
                "others may use it by its name: it has a fixed name",
            )
            accept(isinstance(resource, ElasticInterface) and given(resource.attachment) != Known(False))
            accept(is_used(resource, graph, besides=_WATCHING))
            kind = {TargetGroup: "target group", LaunchTemplate: "launch template"}.get(resource.own_class, "network interface")
            yield flag(resource, f"Nothing here uses this {kind}: {_LEFT}.", confidence=Confidence.LOW)


def _is_named(template: LaunchTemplate) -> bool:
    return not isinstance(LaunchTemplate.key_of(template.declared), Absent)
