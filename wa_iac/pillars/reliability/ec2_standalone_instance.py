"""# EC2 instance is not in an Auto Scaling group

When a standalone instance or its Availability Zone fails, someone has to notice and build another. When its load grows, nothing
else shares it. An Auto Scaling group, even a group of one, starts a new instance from a template when the old one stops
responding.

The rule reports instances that evidently serve others: a load balancer sends them requests, there are several of them, a web
port is open to the internet, they install a web server, or their name says web, API, application or worker.

The rule does not report instances that do not fit into a group: bastions, VPN and NAT instances, workstations, instances with a
data volume or their own database, and instances that terminate when their work is done.

## Non-compliant

```yaml
Resources:
  Web:  # finding
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      SubnetId: subnet-12345678
```

```hcl
resource "aws_instance" "web" { # finding
  ami           = "ami-12345678"
  instance_type = "t3.small"
}
```

## Compliant

```yaml
Resources:
  Template:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        ImageId: ami-12345678
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "1"
      MaxSize: "3"
      VPCZoneIdentifier: [subnet-12345678, subnet-87654321]
      LaunchTemplate:
        LaunchTemplateId: !Ref Template
        Version: !GetAtt Template.LatestVersionNumber
```

```hcl
resource "aws_instance" "bastion" {
  ami           = "ami-12345678"
  instance_type = "t3.nano"
}

resource "aws_instance" "erp" {
  ami           = "ami-12345678"
  instance_type = "m7i.large"
  user_data     = "#!/bin/bash\\nyum install -y httpd"
}

resource "aws_ebs_volume" "erp" {
  availability_zone = "eu-west-1a"
  size              = 500
}

resource "aws_volume_attachment" "erp" {
  device_name = "/dev/sdf"
  instance_id = aws_instance.erp.id
  volume_id   = aws_ebs_volume.erp.id
}
```
"""

from collections.abc import Iterator

from wa_iac.aws.ec2 import Instance
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flag, Remedy, Severity, flag, not_applicable, rule, undecided
from wa_iac.core.value import Absent, Known, Unknown
from wa_iac.knowledge.server_software import DATABASE, WEB
from wa_iac.knowledge.servers import (
    fronted,
    is_called_a_service,
    is_personal,
    is_way_in,
    open_web_port,
    routes_traffic,
    same_kind,
)
from wa_iac.knowledge.user_data import traces


@rule(
    practices=["REL11-BP03", "REL07-BP01", "REL10-BP02", "PERF02-BP05", "REL07-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        cfn='Group:\n  Type: AWS::AutoScaling::AutoScalingGroup\n  Properties:\n    MinSize: "1"\n    MaxSize: "2"\n'
        "    VPCZoneIdentifier: [<subnets in two zones>]\n    LaunchTemplate:\n      LaunchTemplateId: !Ref <a launch template>\n"
        "      Version: !GetAtt <the launch template>.LatestVersionNumber",
        tf='resource "aws_autoscaling_group" "this" {\n  min_size            = 1\n  max_size            = 2\n'
        "  vpc_zone_identifier = [<subnets in two zones>]\n\n  launch_template {\n    id      = <a launch template>.id\n"
        '    version = "$Latest"\n  }\n}',
    ),
)
def check(server: Instance, graph: Graph) -> Iterator[Flag]:
    if routes_traffic(server) or is_way_in(server):
        yield not_applicable("a bastion, a VPN or a NAT instance")
    elif is_personal(server):
        yield not_applicable("someone's own machine")
    elif server.shutdown_behavior == Known("terminate"):
        yield not_applicable("it ends when its work is done")
    elif not isinstance(server.attached.presence, Absent) or server.attachments.targets:
        yield not_applicable("it keeps data on a volume of its own")
    elif any(True for _ in traces(server, graph, DATABASE)):
        yield not_applicable("it runs a database of its own")
    else:
        yield from _judge(server, graph)


def _judge(server: Instance, graph: Graph) -> Iterator[Flag]:
    service = _service(server, graph)
    if isinstance(service, Unknown):
        yield undecided(service)
    elif not service:
        yield not_applicable("nothing says that it serves others")
    else:
        yield flag(
            server,
            f"No Auto Scaling group looks after this server, though {service}: when it or its Availability Zone fails, nothing starts "
            "another, and it cannot grow with its load.",
        )


def _service(server: Instance, graph: Graph) -> str | Unknown:
    """What shows that it serves others; empty where nothing does."""
    if open_web_port(server) is not None:
        return "it serves the internet"
    certain = (other for other in graph.of(Instance) if other.declared.condition in (None, server.declared.condition))
    if sum(same_kind(server, other) for other in certain) > 1:
        return "several do the same work"
    for trace in traces(server, graph, WEB):
        return f"it {trace.what}"
    if is_called_a_service(server):
        return "its name says that it serves others"
    match fronted(server, graph):
        case Known(True):
            return "a load balancer or a distribution sends it requests"
        case Unknown() as why:
            return why
        case Known() | Absent():
            return ""
