"""# EC2 instance uses a previous-generation instance type

## Why

AWS keeps previous generations for customers who cannot move, on hardware that is ten or more years old. These instances are
slower, cost more for the same work, lack the network and disk speed of the Nitro System, and are hard to get if you have to
replace one. Their successors do the same work for less.

The remedy names the successor with the same kind of processor. An old image, such as that of a marketplace appliance, may lack
the [ENA and NVMe drivers](https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-resize.html) that it needs.

A launch configuration accepts no type that was [released after
2022](https://docs.aws.amazon.com/autoscaling/ec2/userguide/launch-configurations.html), so the remedy there is a type of the
generation before. A launch template accepts all of them.

## What it checks

The rule checks the types of instances, launch templates, launch configurations and the overrides of Auto Scaling groups. The rule reports
the instance families that AWS lists as previous generations.

If the ids of the images are written in the code, and the parameter allows no type of the Nitro System either, the image comes first. The
finding is then advice, and the remedy also names a newer type that runs the same image (`m4`, `c4`, `t2`), if there is one.

An old type among the overrides of a group that lists newer ones too is advice: each type has a Spot capacity of its own.

## What is left out

`t2`, `m4`, `c4` and `r4` are old but still current.

## Non-compliant

```yaml
Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      InstanceType: m3.large  # finding
```

```hcl
resource "aws_launch_template" "batch" {
  image_id      = "ami-12345678"
  instance_type = "c3.xlarge" # finding
}
```

## Compliant

```yaml
Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      InstanceType: m7g.large
```

```hcl
resource "aws_launch_template" "batch" {
  image_id      = "ami-12345678"
  instance_type = "c7i.xlarge"
}
```

## Undecided

The result is undecided if `InstanceType` or `instance_type` is not known before deployment.

```yaml
Parameters:
  InstanceType:
    Type: String
Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      InstanceType: !Ref InstanceType  # undecided: parameter "InstanceType" has no default
```

```hcl
variable "instance_type" {
  type = string
}

resource "aws_launch_template" "batch" {
  image_id      = "ami-12345678"
  instance_type = var.instance_type # undecided: var.instance_type has no default
}
```

## Sources

- [instanceGenerations (InstanceRequirements)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/autoscaling/aws.sdk.kotlin.services.autoscaling.model/-instance-requirements/instance-generations.html), read on 2026-11-29
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from wa_iac.aws.autoscaling import AutoScalingGroup, LaunchConfiguration
from wa_iac.aws.ec2 import Instance, LaunchTemplate
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flag, Flags, Remedy, Severity, each_of, flag, flags_of, rule, settled
from wa_iac.core.value import Known, Unknown, Value
from wa_iac.knowledge.dated import facts
from wa_iac.pillars.judgements.launch_configurations import renewed

SUCCESSORS: Final[Mapping[str, str]] = facts("ec2_generations")["previous"]
"""The families that AWS calls previous generations, and those before them, with their successors, which have the same kind of
processor."""
_UNTIL_2022: Final[Mapping[str, str]] = facts("ec2_generations")["until_2022"]
"""What takes the place of a successor in launch configurations."""

_XEN: Final = frozenset({*SUCCESSORS, *("t2", "m4", "c4", "r4", "x1", "x1e", "i3", "d2", "h1", "p2", "p3", "g3", "g3s", "f1")})
"""The families that are not of the Nitro System ("Amazon EC2 instance types by hypervisor type", Amazon EC2 Instance Types)."""
_SAME_IMAGE: Final = {"m3": "m4", "c3": "c4"}
"""Newer families that need no driver for ENA, so that they run the images of the earlier one."""
_SMALL: Final = frozenset({"nano", "micro", "small", "medium"})
"""The sizes that only burstable types have today."""
_IMAGE: Final = "Check that the image supports the type: an old one may lack the drivers for ENA and NVMe, or be paravirtual."
_REPLACED: Final = "Another image replaces the instance."
_STOPPED: Final = "EC2 stops the instance for this: instance store volumes lose their data, and a public address that is not an Elastic IP address changes."
_NO_NEW_TYPES: Final = (
    "A launch configuration accepts no type that was released after 2022; a launch template accepts newer ones."
)


@rule(
    practices=["PERF02-BP01", "PERF05-BP06", "COST06-BP02", "SUS05-BP02", "SUS06-BP03"],
    severity=Severity.LOW,
    remedy=Remedy(cfn={"InstanceType": "m7i.large"}, tf={"instance_type": "m7i.large"}),
    equivalents={"config": ["EC2_PARAVIRTUAL_INSTANCE_CHECK", "DESIRED_INSTANCE_TYPE"]},
)
def check(server: Instance | LaunchTemplate | LaunchConfiguration | AutoScalingGroup, graph: Graph) -> Flags:
    if isinstance(server, AutoScalingGroup):
        yield from _of_overrides([each.instance_type for each in server.overrides])
        return
    old = isinstance(server, LaunchConfiguration)
    first = _is_fixed(server.image) and _allows_no_nitro(server, graph)
    found = _judge(server.instance_type, in_launch_configuration=old, image_first=first)
    more = (
        _REPLACED if first and isinstance(server, Instance) else _STOPPED if isinstance(server, Instance) else renewed(server)
    )
    yield from (_with(each, more) for each in flags_of(found))


def _of_overrides(types: list[Value[str]]) -> Flags:
    """Groups that may choose among several types list old ones beside new ones, since each has a Spot capacity of its own. AWS refuses a type
    that is listed twice."""
    names = {kind.value for kind in types if isinstance(kind, Known)}
    newer = any(name.partition(".")[0] not in SUCCESSORS for name in names)
    for each in flags_of(each_of(types, _judge)):
        found = each
        wanted = (
            found.instead.cfn["InstanceType"]
            if isinstance(found.instead, Remedy) and isinstance(found.instead.cfn, dict)
            else ""
        )
        if wanted in names:
            found = found._replace(instead=f"Remove this override: {wanted} is listed already.")
        if newer:
            found = found._replace(confidence=Confidence.LOW, message=f"{found.message} The group may choose newer types too.")
        yield found


def _with(found: Flag, more: str) -> Flag:
    """A finding whose remedy also says what else happens."""
    if not more or not isinstance(found.instead, Remedy):
        return found
    return found._replace(instead=replace(found.instead, decision=f"{found.instead.decision} {more}"))


def _is_fixed(image: Value[str]) -> bool:
    """Whether the id of an image is written, or an id for each of the outcomes of a choice, such as the Region."""
    match image:
        case Known(str() as text):
            return text.startswith("ami-")
        case Unknown(alternatives=alternatives) if alternatives:
            return all(_is_fixed(each.value) for each in alternatives)
        case _:
            return False


def _allows_no_nitro(server: Instance | LaunchTemplate | LaunchConfiguration, graph: Graph) -> bool:
    """Whether the parameter with the instance type lists the types that it allows, and none of them is of the Nitro System."""
    step = server.instance_type.origin.default_step
    if step is None or not step.default_of.startswith("parameter "):
        return False
    stack = server.declared.address.removesuffix(server.declared.name)
    name = step.default_of.partition(" ")[2].strip('"')
    for parameter in graph.at(f"{stack}parameter.{name}"):
        allowed = parameter.body.value.get("AllowedValues")
        if isinstance(allowed, Known) and isinstance(allowed.value, list):
            families = [str(each.value).partition(".")[0] for each in allowed.value if isinstance(each, Known)]
            return bool(families) and len(families) == len(allowed.value) and all(each in _XEN for each in families)
    return False


def _image_first(name: str, better: str) -> Remedy:
    """The remedy for a server whose image hardly has the drivers that newer types need."""
    family, _, size = name.partition(".")
    same = f"{'t2' if size in _SMALL else _SAME_IMAGE[family]}.{size}" if family in _SAME_IMAGE else ""
    then = f"Replace the image by a current one first, and then the type by {better}."
    if not same:
        return Remedy(decision=then)
    return Remedy(
        cfn={"InstanceType": same},
        tf={"instance_type": same},
        decision=f"{then} Until then, {same} is newer and runs the same image.",
    )


def _judge(instance_type: Value[str], *, in_launch_configuration: bool = False, image_first: bool = False) -> Flags:
    match settled(instance_type):
        case Known(name) if successor := SUCCESSORS.get(name.split(".")[0]):
            size = name.partition(".")[2]
            family = "t3" if size in _SMALL else successor
            earlier = _UNTIL_2022.get(family) if in_launch_configuration else None
            better = f"{earlier or family}.{size}"
            decision = f"{_NO_NEW_TYPES} {_IMAGE}" if earlier else _IMAGE
            if image_first:
                yield flag(
                    instance_type,
                    f"{name} is of a previous generation, like the image that it runs: both are slower and more expensive than they "
                    "have to be.",
                    confidence=Confidence.LOW,
                    instead=_image_first(name, better),
                )
                return
            yield flag(
                instance_type,
                f"{name} is of a previous generation: slower and more expensive for the same work than {better}.",
                instead=Remedy(cfn={"InstanceType": better}, tf={"instance_type": better}, decision=decision),
            )
        case _:
            return
