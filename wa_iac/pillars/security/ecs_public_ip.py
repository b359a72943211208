"""# ECS service assigns public IP addresses to its tasks

## Why

A task with a public IP address can be reached from the internet on every port that its security group opens, bypassing the load
balancer and its protections. Tasks in private subnets use a NAT gateway or VPC endpoints.

## What it checks

The rule checks services, and reports one whose network configuration assigns public IP addresses (`ENABLED`). The severity is high if
their security groups are known to let many addresses of the internet in at another port than 80 and 443 (a range of IPv6 counts only where
a subnet has one). It is medium if a comment beside the setting gives a reason.

Everything else is advice: a website whose tasks have no load balancer is reached by these addresses, many save the NAT gateway in this way and
rely on the security groups, and groups that are not known here mostly let in the load balancer alone. The severity is low if the
internet cannot reach the tasks: their subnets have no route to an internet gateway, VPC Block Public Access is on, or the subnets are private by the name of
an output, an export, a parameter or a variable.

## What is left out

An absent setting is accepted. The rule does not know tasks that are started without a service.

## Non-compliant

```yaml
Resources:
  Web:
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      LaunchType: FARGATE
      TaskDefinition: web:7
      NetworkConfiguration:
        AwsvpcConfiguration:
          AssignPublicIp: ENABLED  # finding: the internet can reach it on every port
          SecurityGroups: [!Ref Tasks]
          Subnets: [subnet-0a1, subnet-0b2]
  Tasks:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: The tasks of the service
      VpcId: vpc-0a1
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 8080
          ToPort: 8080
          CidrIp: 0.0.0.0/0
```

```hcl
resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = "main"
  launch_type     = "FARGATE"
  task_definition = "web:7"

  network_configuration {
    assign_public_ip = true # finding: the internet can reach it on every port
    security_groups  = [aws_security_group.tasks.id]
    subnets          = ["subnet-0a1", "subnet-0b2"]
  }
}

resource "aws_security_group" "tasks" {
  vpc_id = "vpc-0a1"

  ingress {
    protocol    = "tcp"
    from_port   = 8080
    to_port     = 8080
    cidr_blocks = ["0.0.0.0/0"]
  }
}
```

## Compliant

```yaml
Resources:
  Web:
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      LaunchType: FARGATE
      TaskDefinition: web:7
      NetworkConfiguration:
        AwsvpcConfiguration:
          AssignPublicIp: DISABLED
          Subnets: [subnet-0a1, subnet-0b2]
```

```hcl
resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = "main"
  launch_type     = "FARGATE"
  task_definition = "web:7"

  network_configuration {
    subnets = ["subnet-0a1", "subnet-0b2"]
  }
}
```

## Undecided

The result is undecided if `AssignPublicIp` or `assign_public_ip` is not known before deployment.

```yaml
Parameters:
  AssignPublicIp:
    Type: String
Resources:
  Web:
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      LaunchType: FARGATE
      TaskDefinition: web:7
      NetworkConfiguration:
        AwsvpcConfiguration:
          AssignPublicIp: !Ref AssignPublicIp  # undecided: parameter "AssignPublicIp" has no default
          Subnets: [subnet-0a1, subnet-0b2]
```

```hcl
variable "assign_public_ip" { # undecided: Fails when var.assign_public_ip is true
  type = bool
}

resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = "main"
  launch_type     = "FARGATE"
  task_definition = "web:7"

  network_configuration {
    assign_public_ip = var.assign_public_ip
    subnets          = ["subnet-0a1", "subnet-0b2"]
  }
}
```

## Sources

- [mapPublicIpOnLaunch (Subnet)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/ec2/aws.sdk.kotlin.services.ec2.model/-subnet/map-public-ip-on-launch.html), read on 2026-11-29
- [associatePublicIpAddress (InstanceNetworkInterfaceSpecification)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/ec2/aws.sdk.kotlin.services.ec2.model/-instance-network-interface-specification/associate-public-ip-address.html), read on 2026-11-29
"""

from dataclasses import replace

from wa_iac.aws.ecs import Service
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flags, Remedy, Severity, rule, settled
from wa_iac.core.value import Known
from wa_iac.pillars.judgements.other_zones import admitted
from wa_iac.pillars.judgements.public_addresses import exposed

_NEEDS = (
    "Let the security groups admit only who has to connect, such as the load balancer. Then decide whether the tasks move to private subnets (change `{}` too): these "
    "need a NAT gateway, or VPC endpoints, for their images, their logs and whatever else they call. If clients connect to the tasks "
    "themselves, they need a load balancer first."
)


def _moved(service: Service, graph: Graph) -> Remedy:
    """The remedy with the name of the other property that changes, and with who lets in the present subnets only."""
    subnets = [subnet for place in service.places for subnet in place.subnet]
    needs = _NEEDS.format("Subnets" if service.as_cloudformation else "subnets")
    return replace(_PRIVATE, decision=" ".join((needs, *admitted(dict.fromkeys(subnets), graph))))


_PRIVATE = Remedy(
    cfn={"NetworkConfiguration": {"AwsvpcConfiguration": {"AssignPublicIp": "DISABLED"}}},
    tf={"network_configuration": {"assign_public_ip": False}},
    decision=_NEEDS.format("subnets"),
)


@rule(
    practices=["SEC05-BP01"],
    severity=Severity.HIGH,
    equivalents={
        "checkov": ["CKV_AWS_333"],
        "security_hub": ["ECS.2"],
    },
    remedy=replace(_PRIVATE, given=_moved),
    fix=Recipe(
        cfn={"NetworkConfiguration": {"AwsvpcConfiguration": {"AssignPublicIp": "DISABLED"}}},
        tf={"network_configuration": {"assign_public_ip": False}},
        unsafe_because="in a subnet without a NAT gateway, the tasks can no longer reach the internet",
    ),
)
def check(service: Service, graph: Graph) -> Flags:
    if settled(service.public_ip) == Known("ENABLED"):
        found = exposed(
            service,
            graph,
            [service.security_groups],
            where=service.public_ip,
            fact="Each task of this service gets a public IP address",
            way=", past the load balancer," if service.load_balancers else "",
            only_if_open=True,
        )
        yield found._replace(explained=Severity.MEDIUM)
