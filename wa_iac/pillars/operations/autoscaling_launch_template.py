"""# Auto Scaling group starts its instances from a launch configuration

## Why

AWS has frozen launch configurations. They accept no instance type that came out after 2022, have no versions to go back to, and accounts that were
created since October 2024 cannot make any: a template that has one fails in a new account.

## What it checks

The rule checks Auto Scaling groups that name a launch configuration.

## What is left out

A launch configuration that no group here names is not reported.

## Non-compliant

```yaml
Resources:
  Server:
    Type: AWS::AutoScaling::LaunchConfiguration
    Properties:
      ImageId: ami-0a1b2c3d
      InstanceType: m5.large
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "1"
      MaxSize: "3"
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchConfigurationName: !Ref Server  # finding
```

```hcl
resource "aws_autoscaling_group" "this" {
  min_size             = 1
  max_size             = 3
  vpc_zone_identifier  = ["subnet-0a1", "subnet-0b2"]
  launch_configuration = "server" # finding
}
```

```yaml
Resources:
  Server:
    Type: AWS::AutoScaling::LaunchConfiguration
    Metadata:
      AWS::CloudFormation::Init:
        config:
          packages: {yum: {httpd: []}}
    Properties:
      ImageId: ami-0a1b2c3d
      InstanceType: m5.large
      SecurityGroups: [sg-0a1]
      UserData:
        Fn::Base64: !Sub cfn-init --stack ${AWS::StackName} --resource Server
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    UpdatePolicy:
      AutoScalingRollingUpdate: {MinInstancesInService: "1"}
    Properties:
      MinSize: "1"
      MaxSize: "3"
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchConfigurationName: !Ref Server  # finding
```

```hcl
resource "aws_launch_configuration" "server" {
  name_prefix     = "server-"
  image_id        = "ami-0a1b2c3d"
  instance_type   = "m5.large"
  security_groups = ["sg-0a1"]
  user_data       = "#!/bin/sh"
}

resource "aws_autoscaling_group" "named" {
  name                 = "web-${aws_launch_configuration.server.name}"
  min_size             = 1
  max_size             = 3
  vpc_zone_identifier  = ["subnet-0a1", "subnet-0b2"]
  launch_configuration = aws_launch_configuration.server.name # finding
}
```

## Compliant

```yaml
Resources:
  Server:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        ImageId: ami-0a1b2c3d
        InstanceType: m7i.large
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "1"
      MaxSize: "3"
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchTemplate:
        LaunchTemplateId: !Ref Server
        Version: !GetAtt Server.LatestVersionNumber
```

```hcl
resource "aws_launch_template" "server" {
  image_id      = "ami-0a1b2c3d"
  instance_type = "m7i.large"
}

resource "aws_autoscaling_group" "this" {
  min_size            = 1
  max_size            = 3
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]

  launch_template {
    id      = aws_launch_template.server.id
    version = aws_launch_template.server.latest_version
  }
}
```

## Undecided

The result is undecided if it is not known before deployment whether the group has a launch configuration.

```yaml
Parameters:
  Name:
    Type: String
Conditions:
  Old: !Not [!Equals [!Ref Name, ""]]
Resources:
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "1"
      MaxSize: "3"
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchConfigurationName: !If [Old, !Ref Name, !Ref AWS::NoValue]  # undecided: parameter "Name" has no default
```

```hcl
variable "name" {
  type = string
}

resource "aws_autoscaling_group" "this" {
  min_size             = 1
  max_size             = 3
  vpc_zone_identifier  = ["subnet-0a1", "subnet-0b2"]
  launch_configuration = var.name # undecided: var.name has no default
}
```

## Sources

- [Auto Scaling launch configurations](https://docs.aws.amazon.com/autoscaling/ec2/userguide/LaunchConfiguration.html), read on 2026-11-29
- [Migrate CloudFormation stacks to launch templates, with the settings that have other names](https://docs.aws.amazon.com/autoscaling/ec2/userguide/migrate-launch-configurations-with-cloudformation.html), read on 2026-11-29
- [Control Amazon EC2 launch template usage in Auto Scaling groups](https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-launch-template-permissions.html), read on 2026-11-29
- [Auto Scaling launch templates](https://docs.aws.amazon.com/autoscaling/ec2/userguide/LaunchTemplates.html), read on 2026-11-29
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from wa_iac.aws.autoscaling import AutoScalingGroup, LaunchConfiguration
from wa_iac.core.algebra import references
from wa_iac.core.graph import Graph
from wa_iac.core.presence import given
from wa_iac.core.rule import Flags, Remedy, Severity, flag, rule, settled
from wa_iac.core.value import Absent, Known, Tree
from wa_iac.knowledge.user_data import readable
from wa_iac.pillars.judgements.copied_groups import where_copied

_TYPES: Final = frozenset(LaunchConfiguration.types())
_INIT: Final = "AWS::CloudFormation::Init"
_NAMES_OF_CFN: Final = {
    "SecurityGroups": "SecurityGroups is SecurityGroupIds, with IDs only",
    "IamInstanceProfile": "IamInstanceProfile has a Name or an Arn",
    "AssociatePublicIpAddress": "AssociatePublicIpAddress is in NetworkInterfaces (DeviceIndex 0), with the security groups as Groups",
    "InstanceMonitoring": "InstanceMonitoring is Monitoring",
    "SpotPrice": "SpotPrice is in InstanceMarketOptions",
    "PlacementTenancy": "PlacementTenancy is in Placement",
}
_NAMES_OF_TF: Final = {
    "security_groups": "security_groups is vpc_security_group_ids",
    "iam_instance_profile": "iam_instance_profile is a block with a name",
    "associate_public_ip_address": "associate_public_ip_address is in network_interfaces, with the security groups",
    "user_data": "user_data is in Base64",
    "user_data_base64": "user_data_base64 is user_data",
    "root_block_device": "root_block_device is in block_device_mappings, with the device of the image",
    "ebs_block_device": "ebs_block_device is in block_device_mappings",
    "ephemeral_block_device": "ephemeral_block_device is in block_device_mappings",
    "enable_monitoring": "enable_monitoring is in monitoring",
    "spot_price": "spot_price is in instance_market_options",
    "placement_tenancy": "placement_tenancy is in placement",
}
"""What a launch template writes in another way."""
_READERS: Final = {"cfn-init": "after --resource (-r) of cfn-init", "cfn-hup": "in the path that cfn-hup watches"}
_ALLOWED: Final = "The role that deploys it needs ec2:CreateLaunchTemplate and ec2:RunInstances."
"""What EC2 checks when a group gets a launch template, and not for a launch configuration ("Control Amazon EC2 launch template usage in Auto Scaling
groups", Amazon EC2 Auto Scaling User Guide)."""
_READ_ELSEWHERE: Final = (
    "Nothing here reads its metadata. If a program in the image does, it finds them by the name of the launch configuration: move them to the launch "
    "template, and see first that the program can read them there. Otherwise leave them out."
)


def _moved(group: AutoScalingGroup, graph: Graph) -> Remedy | None:
    """The remedy for one group: what of its launch configuration is written in another way, what refers to it, and what happens to the
    instances."""
    named = [each.address for each in references(group.launch_configuration.value)]
    declared = [found for address in dict.fromkeys(named) for found in graph.at(address)]
    configurations = [
        graph.typed(each, LaunchConfiguration) for each in declared if each.type in _TYPES and each.kind == "resource"
    ]
    in_name = any(each.address in named for each in references(group.name))
    words = [*_written(group, configurations), *_referring(configurations, in_name=in_name), _replaced(group, in_name=in_name)]
    return replace(_REMEDY, given=None, decision=" ".join(words))


def _written(group: AutoScalingGroup, configurations: list[LaunchConfiguration]) -> Iterator[str]:
    chosen = any(each.chooses for each in group.launch_configuration.value.origin.chain)
    if chosen or len(configurations) > 1:
        yield "Write a launch template for each launch configuration that the group may have, and choose between them as before."
    else:
        yield "Write a launch template with the settings of the launch configuration."
    yield _ALLOWED
    passed = next((each for each in reversed(group.launch_configuration.value.origin.chain) if each.argument), None)
    if passed is not None:
        yield f'A module gets the name by its argument "{passed.argument}": let it take the ID and the latest version of the template instead.'
    if not configurations:
        return
    first = configurations[0]
    there = first.declared.body.value
    names = _NAMES_OF_CFN if first.as_cloudformation else _NAMES_OF_TF
    # Also what is null with these inputs: other callers of the module give it.
    others = [said for name, said in names.items() if name in there]
    public = "AssociatePublicIpAddress" if first.as_cloudformation else "associate_public_ip_address"
    if public in there:
        others = [each for each in others if not each.lower().replace("_", "").startswith("securitygroups")]
    if others:
        yield f"In the template, {'; '.join(others)}."
    if first.monitoring == Known(True) and first.monitoring.origin.how == "service default":
        yield "Detailed monitoring, which a launch configuration turns on, has to be turned on in it."


def _referring(configurations: list[LaunchConfiguration], *, in_name: bool) -> Iterator[str]:
    """What else has to change, since it refers to the launch configuration."""
    if any(_INIT in _metadata(each) for each in configurations):
        texts = " ".join(text for each in configurations for text in (*_texts(each.user_data), *_texts(_metadata_of(each))))
        readers = [said for name, said in _READERS.items() if name in texts]
        if not readers and any(readable(each.user_data) is None for each in configurations):
            readers = [*_READERS.values()]
        named = f"Its metadata moves to the launch template. Write the name of the template {' and '.join(readers)}."
        yield named if readers else _READ_ELSEWHERE
    if in_name:
        yield (
            "The group's name contains that of the launch configuration, so each change of it makes a new group: take the launch template's "
            "latest_version into the name instead, or add an instance_refresh."
        )
    if configurations:
        yield "Then delete the launch configuration, and change what else names it, such as outputs, scripts and policies."


def _metadata_of(configuration: LaunchConfiguration) -> Tree:
    return configuration.declared.attributes.get("Metadata", Absent())


def _texts(value: Tree) -> Iterator[str]:
    """The known pieces of all texts in a value."""
    match value:
        case Known(dict() as entries):
            for name, each in entries.items():
                yield name
                yield from _texts(each)
        case Known(list() as items):
            for each in items:
                yield from _texts(each)
        case _:
            yield readable(value) or ""


def _metadata(configuration: LaunchConfiguration) -> frozenset[str]:
    found = _metadata_of(configuration)
    return frozenset(found.value) if isinstance(found, Known) and isinstance(found.value, dict) else frozenset()


def _replaced(group: AutoScalingGroup, *, in_name: bool) -> str:
    """What happens to the running instances."""
    if in_name:
        return "This change also makes a new group:"
    if group.replacing_update == Known(True):
        return "The update policy then replaces the group:"
    if isinstance(group.rolling_update, Absent):
        return "Running instances stay as they are until they are replaced:"
    if _keeps_all(group):
        return (
            "The update policy keeps all instances in service (MinInstancesInService is not below MaxSize), and CloudFormation refuses such an "
            "update: first change one of them. The policy then replaces the running instances:"
        )
    return f"The {'instance refresh' if group.dialect == 'terraform' else 'update policy'} then replaces the running instances:"


def _keeps_all(group: AutoScalingGroup) -> bool:
    match group.min_in_service, group.max_size:
        case Known(int() as kept), Known(int() as most):
            return kept >= most > 0
        case _:
            return False


_REMEDY: Final = Remedy(
    cfn="LaunchTemplate:\n  LaunchTemplateId: !Ref <a launch template>\n  Version: !GetAtt <the launch template>.LatestVersionNumber",
    tf="launch_template {\n  id      = <a launch template>.id\n  version = <the launch template>.latest_version\n}",
    removes=("LaunchConfigurationName", "launch_configuration"),
    decision="Write a launch template with the settings of the launch configuration. Running instances stay as they are, unless an "
    "update policy or an instance refresh replaces them:",
    given=_moved,
)


@rule(
    practices=["PERF05-BP06", "OPS05-BP03"],
    severity=Severity.LOW,
    remedy=_REMEDY,
    equivalents={
        "checkov": ["CKV_AWS_315"],
        "config": ["AUTOSCALING_LAUNCH_TEMPLATE"],
        "security_hub": ["AutoScaling.9"],
    },
)
def check(group: AutoScalingGroup, graph: Graph) -> Flags:
    yield from where_copied(group, graph, _judge(group))


def _judge(group: AutoScalingGroup) -> Flags:
    value = group.launch_configuration.value
    if settled(given(value)) == Known(True):
        yield flag(
            value,
            "This group starts its instances from a launch configuration, which accepts no instance type that came out after 2022, and "
            "which new accounts cannot create.",
        )
