"""# IoT policy lets each device act for all devices

## Why

The certificate of a device is on the device, where somebody can take it. With a policy for all topics, anyone who has one certificate
reads what all devices send, and sends commands to all of them. Connecting with any client id also throws other devices off.

## What it checks

The rule reports a statement without conditions that allows connecting, publishing, subscribing, receiving, or work with shadows, for
every resource of its kind: `*`, `topic/*`, `topicfilter/*`, `client/*` or `thing/*`. Connecting alone is advice of medium severity, and so is subscribing:
a device gets only what the policy also lets it receive. Of several
statements of a policy, the worst is reported. Users who sign in with Amazon Cognito have such policies too: the code rarely shows who has one, so the remedy
names both. Cores of AWS IoT Greengrass do not get the policy variables of things, so that the remedy for a policy with actions of Greengrass names the thing of each core.

## What is left out

Statements with conditions, narrower patterns such as `topic/devices/*`, and policy variables. Other actions, which take only `*` or
belong to the control plane.

## Non-compliant

```yaml
Resources:
  Device:
    Type: AWS::IoT::Policy
    Properties:
      PolicyName: device
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action:
              - iot:Connect
              - iot:Publish
            Resource:
              - "*"  # finding: publishes
  Client:
    Type: AWS::IoT::Policy
    Properties:
      PolicyName: client
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action:
              - iot:Connect
            Resource:
              - !Sub arn:aws:iot:${AWS::Region}:${AWS::AccountId}:client/*  # finding: connects
```

```hcl
resource "aws_iot_policy" "device" {
  name = "device"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "iot:*"
      Resource = "*" # finding: publishes
    }]
  })
}
```

```hcl
resource "aws_iot_policy" "listener" {
  name = "listener"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "iot:Subscribe"
        Resource = "arn:aws:iot:eu-west-1:111122223333:topicfilter/*" # finding: Only what the policy lets it receive
      },
      {
        Effect   = "Allow"
        Action   = "iot:Receive"
        Resource = "arn:aws:iot:eu-west-1:111122223333:topic/devices/$${iot:Connection.Thing.ThingName}"
      },
    ]
  })
}
```

```yaml
Resources:
  Core:
    Type: AWS::IoT::Policy
    Properties:
      PolicyName: core
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: ["iot:*", "greengrass:*"]
            Resource: "*"  # finding: publishes
```

## Compliant

```yaml
Resources:
  Device:
    Type: AWS::IoT::Policy
    Properties:
      PolicyName: device
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action:
              - iot:Connect
            Resource:
              - !Sub arn:aws:iot:${AWS::Region}:${AWS::AccountId}:client/${!iot:Connection.Thing.ThingName}
  Sender:
    Type: AWS::IoT::Policy
    Properties:
      PolicyName: sender
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action:
              - iot:Publish
            Resource:
              - !Sub arn:aws:iot:${AWS::Region}:${AWS::AccountId}:topic/devices/${!iot:Connection.Thing.ThingName}/*
```

```hcl
resource "aws_iot_policy" "device" {
  name = "device"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "iot:Publish"
      Resource = "arn:aws:iot:eu-west-1:111122223333:topic/devices/$${iot:Connection.Thing.ThingName}"
    }]
  })
}
```

## Undecided

The result is undecided if an action or a resource is not known before deployment.

```yaml
Parameters:
  Topics:
    Type: String
Resources:
  Device:
    Type: AWS::IoT::Policy
    Properties:
      PolicyName: device
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action:
              - iot:Publish
            Resource:
              - !Ref Topics  # undecided: parameter "Topics" has no default
```

```hcl
variable "topics" {
  type = string
}

resource "aws_iot_policy" "device" {
  name = "device"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "iot:Publish"
      Resource = var.topics # undecided: var.topics has no default
    }]
  })
}
```

## Sources

- [Device authentication and authorization for AWS IoT Greengrass](https://docs.amazonaws.cn/en_us/greengrass/v2/developerguide/device-auth.html), read on 2026-12-01
- [AWS IoT policies overly permissive - AWS IoT Device Defender](https://docs.aws.amazon.com/iot-device-defender/latest/devguide/audit-chk-iot-policy-permissive.html), read on 2026-11-29
- [AWS IoT Core policy actions](https://docs.aws.amazon.com/iot/latest/developerguide/iot-policy-actions.html), read on 2026-11-29
- [Thing policy variables - AWS IoT Core](https://docs.aws.amazon.com/iot/latest/developerguide/policy-variables.html), read on 2026-11-29
"""

import re
from collections.abc import Mapping
from functools import partial
from typing import Final

from wa_iac.aws.iot import Policy
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import Statement, statements
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, each_of, flag, rule, settled
from wa_iac.core.value import Known, Unknown, Value
from wa_iac.knowledge.policies.texts import pattern_of

_KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "iot:Publish": ("topic", "publishes to every topic"),
    "iot:Subscribe": ("topicfilter", "subscribes to every topic"),
    "iot:Receive": ("topic", "receives what all devices send"),
    "iot:GetThingShadow": ("thing", "reads the shadows of all things"),
    "iot:UpdateThingShadow": ("thing", "changes the shadows of all things"),
    "iot:DeleteThingShadow": ("thing", "deletes the shadows of all things"),
    "iot:Connect": ("client", "connects with every client id"),
}
"""The actions of devices, the most harmful first: the kind of resource each is for, and what it lets a device do."""
_FOR_ALL: Final = "one of them is enough to act for all, and one certificate that somebody takes."
_ONLY_CONNECTS: Final = "With this statement, anyone who has this policy connects with every client id: a connection with the id of another one ends that one's."
_ONLY_SUBSCRIBES: Final = (
    "With this statement, anyone who has this policy subscribes to every topic. Only what the policy lets it receive keeps the messages of others from it: "
    "one statement more, and it reads them all."
)


_BY_VARIABLES: Final = (
    "See whose policy this is: name only what each of them needs. If devices have it, name the resources of the one device by policy variables: "
    "client/${{iot:Connection.Thing.ThingName}}, topic/devices/${{iot:Connection.Thing.ThingName}}/*, and the same with topicfilter for subscriptions. {} "
    "The certificate then has to be attached to a thing, and the device has to connect with the name of the thing as its client id. If users have it who sign in "
    "(Amazon Cognito), name the topics, client ids and things of the app, and only the actions: an app that shows data needs no iot:Publish. Devices and "
    "apps that use other names or topics are refused from then on: change them first."
)


_OF_CORES: Final = (
    "The policy also allows work of AWS IoT Greengrass, whose cores do not get the policy variables of things: write a policy for each core, with the name of its "
    "thing in the resources (client/NAME*, topic/$aws/things/NAME*, and the topics of its components), and only the actions that it needs. Topics and actions that it "
    "does not name are refused from then on."
)


def _as_written(policy: Policy, graph: Graph) -> Remedy:
    """How the dialect writes the variables of a policy, or what a core needs, which has none: "Device authentication and authorization for AWS IoT
    Greengrass" (AWS IoT Greengrass Developer Guide)."""
    del graph
    if any(map(_is_of_cores, statements(policy.document))):
        return Remedy(decision=_OF_CORES)
    terraform = policy.dialect == "terraform"
    return Remedy(
        decision=_BY_VARIABLES.format("Terraform takes them as $${iot:...}." if terraform else "Write ${!iot:...} inside !Sub.")
    )


@rule(
    practices=["SEC03-BP02"],
    severity=Severity.HIGH,
    remedy=Remedy(
        decision=_BY_VARIABLES.format("Write ${!iot:...} inside !Sub, and $${iot:...} in Terraform."), given=_as_written
    ),
    equivalents={"config": ["IOT_POLICY_WILDCARD_ACTION_RULE", "IOT_POLICY_WILDCARD_RESOURCE_RULE"]},
)
def check(policy: Policy) -> Flags:
    found = [*each_of(statements(policy.document), partial(_judge, policy))]
    faults = [each for each in found if each.verdict == "fail"]
    yield from [min(faults, key=lambda each: each.severity is not None)] if faults else found


def _judge(policy: Policy, statement: Statement) -> Flags:
    all_known(statement.unknown)
    if settled(statement.allows()) != Known(True) or statement.conditional:
        return
    covered = {action: statement.covers_action(action) for action in _KINDS}
    for action, (kind, what) in _KINDS.items():
        if covered[action] != Known(True):
            continue
        for resource in statement.resources:
            if _is_every(resource, kind) is True:
                if action == "iot:Subscribe" and not _may_receive_all(policy):
                    yield flag(resource, _ONLY_SUBSCRIBES, severity=Severity.MEDIUM, confidence=Confidence.LOW)
                elif action == "iot:Connect":
                    yield flag(resource, _ONLY_CONNECTS, severity=Severity.MEDIUM, confidence=Confidence.LOW)
                else:
                    yield flag(resource, f"With this statement, anyone who has this policy {what}: {_FOR_ALL}")
                return
    # Only a text that is not known at all may still be a star.
    all_known(*(each for each in covered.values() if isinstance(each, Unknown)))
    if Known(True) in covered.values():
        all_known(*(each for each in statement.resources if isinstance(pattern_of(each), Unknown)))


def _may_receive_all(policy: Policy) -> bool:
    """Whether a statement lets devices receive messages of every topic, or may do so."""
    return any(map(_receives_all, statements(policy.document)))


def _receives_all(statement: Statement) -> bool:
    if statement.unknown is not None:
        return True
    if statement.allows() == Known(False) or statement.covers_action("iot:Receive") == Known(False):
        return False
    return any(isinstance(pattern_of(each), Unknown) or _is_every(each, "topic") for each in statement.resources)


def _is_of_cores(statement: Statement) -> bool:
    """Whether it allows what cores of Greengrass do, and not only what their clients do, which ask for a core."""
    known = [each.value.lower() for each in statement.actions if isinstance(each, Known)]
    return any(each.startswith("greengrass:") and each != "greengrass:discover" for each in known)


def _is_every(resource: Value[str], kind: str) -> bool:
    """Whether a resource covers all resources of a kind."""
    text = pattern_of(resource)
    return isinstance(text, str) and re.fullmatch(rf"\*|arn:[^:]*:iot:[^:]*:[^:]*:(?:\*|{kind}/\*)", text) is not None
