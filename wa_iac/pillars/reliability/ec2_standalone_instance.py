"""# EC2 instance is not in an Auto Scaling group

## Why

When a standalone instance or its Availability Zone fails, someone has to notice and build another. When its load grows, nothing
else shares it. An Auto Scaling group, even a group of one, starts a new instance from a template when the old one stops
responding.

## What it checks

The rule reports instances that evidently serve others: a load balancer sends them requests, there are several of them, a web
port is open to the internet, they install a web server, or their name says web, API or application.

## What is left out

The rule does not report instances that do not fit into a group: bastions, VPN and NAT instances, workstations, instances with a
data volume, a fixed private address, a DNS record of it or their own database, and instances that terminate when their work is done.
Nor does it report instances that the code registers as machines outside AWS: with a [hybrid
activation](https://docs.aws.amazon.com/systems-manager/latest/userguide/activations.html) of Systems Manager, or as hybrid nodes of
Amazon EKS.

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

## Not applicable

```yaml
Resources:
  Bastion:  # not applicable: it is a bastion
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1
      InstanceType: t3.micro
  Batch:  # not applicable: it terminates itself
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0b2
      InstanceType: m7i.large
      InstanceInitiatedShutdownBehavior: terminate
  Api:  # not applicable: a private address of its own
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0b2
      InstanceType: m7i.large
      PrivateIpAddress: 10.0.0.10
  Member:  # not applicable: by a DNS record
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0b2
      InstanceType: m7i.large
  Record:
    Type: AWS::Route53::RecordSet
    Properties:
      HostedZoneId: Z2FDTNDATAQYW2
      Name: member-0.example.com
      Type: A
      TTL: "300"
      ResourceRecords: [!GetAtt Member.PrivateIp]
  Legacy:  # not applicable: nothing shows that it serves clients
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0c3
      InstanceType: m7i.large
```

```hcl
resource "aws_instance" "bastion" { # not applicable: it is a bastion
  ami           = "ami-0a1"
  instance_type = "t3.micro"
}

resource "aws_instance" "workstation" { # not applicable: someone's workstation
  ami           = "ami-0b2"
  instance_type = "m7i.large"
}

resource "aws_instance" "api" { # not applicable: keeps data on a volume of its own
  ami           = "ami-0c3"
  instance_type = "m7i.large"
}

resource "aws_instance" "member" { # not applicable: by a DNS record
  ami           = "ami-0c3"
  instance_type = "m7i.large"
}

resource "aws_route53_record" "member" {
  zone_id = "Z2FDTNDATAQYW2"
  name    = "member-0.example.com"
  type    = "A"
  ttl     = 300
  records = [aws_instance.member.private_ip]
}

resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
}

resource "aws_volume_attachment" "data" {
  device_name = "/dev/sdf"
  volume_id   = aws_ebs_volume.data.id
  instance_id = aws_instance.api.id
}

resource "aws_instance" "app" { # not applicable: a self-managed database
  ami           = "ami-0d4"
  instance_type = "m7i.large"
  user_data     = "#!/bin/bash\\napt-get update && apt-get install -y nginx postgresql-16"
}

resource "aws_instance" "server" { # not applicable: registered as a hybrid node
  ami           = "ami-0e5"
  instance_type = "m7i.large"
  user_data     = "#!/bin/bash\\namazon-ssm-agent -register -code ${aws_ssm_activation.machines.activation_code}"
}

resource "aws_ssm_activation" "machines" {
  iam_role = "machines"
}
```

## Sources

- [Health checks for instances in an Auto Scaling group - Amazon EC2 Auto Scaling](https://docs.aws.amazon.com/autoscaling/ec2/userguide/healthcheck.html), read on 2026-11-29
"""

from wa_iac.aws.ec2 import Instance
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, flag, not_applicable, rule, settled
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.server_software import DATABASE
from wa_iac.knowledge.servers import has_own_record, is_hybrid_node, is_personal, routes_traffic, service_of
from wa_iac.knowledge.user_data import traces
from wa_iac.knowledge.ways_in import is_way_in


@rule(
    practices=["REL11-BP03", "REL07-BP01", "REL10-BP02", "PERF02-BP05", "REL07-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    remedy=Remedy(
        decision="Write the settings of this instance into a launch template, from which the group starts its instances, and put their data elsewhere: the "
        "present instance goes, with its address and what is on its disk.",
        cfn='Group:\n  Type: AWS::AutoScaling::AutoScalingGroup\n  Properties:\n    MinSize: "1"\n    MaxSize: "2"\n'
        "    VPCZoneIdentifier: [<subnets in two zones>]\n    LaunchTemplate:\n      LaunchTemplateId: !Ref <a launch template>\n"
        "      Version: !GetAtt <the launch template>.LatestVersionNumber",
        tf='resource "aws_autoscaling_group" "this" {\n  min_size            = 1\n  max_size            = 2\n'
        "  vpc_zone_identifier = [<subnets in two zones>]\n\n  launch_template {\n    id      = <a launch template>.id\n"
        '    version = "$Latest"\n  }\n}',
    ),
)
def check(server: Instance, graph: Graph) -> Flags:
    exempt(any_of((Known(is_way_in(server)), routes_traffic(server, graph))), "it is a bastion, a VPN or a NAT instance")
    exempt(is_personal(server), "it is someone's workstation")
    exempt(server.shutdown_behavior == Known("terminate"), "it terminates itself when its work is done")
    exempt(is_hybrid_node(server, graph), "it stands for a machine outside AWS, which is registered as a hybrid node")
    exempt(given(server.private_address), "it has a private address of its own, which no instance of a group keeps")
    exempt(has_own_record(server, graph), "others know it by a DNS record with its private address")
    keeps_data = not isinstance(server.attached.presence, Absent) or bool(server.attachments.targets)
    exempt(keeps_data, "it keeps data on a volume of its own")
    exempt(any(traces(server, graph, DATABASE)), "it runs a self-managed database")
    match settled(service_of(server, graph)):
        case Known(service):
            yield flag(
                server,
                f"No Auto Scaling group manages this instance, though {service}: when it or its Availability Zone fails, "
                "nothing here starts another, and it cannot grow with the load.",
            )
        case Absent():
            yield not_applicable("nothing shows that it serves clients")
