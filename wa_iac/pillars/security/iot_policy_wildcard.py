"""# IoT policy lets each device act for all devices

## Why

The certificate of a device is on the device, where somebody can take it. With a policy for all topics, anyone who has one certificate
reads what all devices send, and sends commands to all of them. Connecting with any client id also throws other devices off.

## What it checks

The rule reports a statement without conditions that allows connecting, publishing, subscribing, receiving, or work with shadows, for
every resource of its kind: `*`, `topic/*`, `topicfilter/*`, `client/*` or `thing/*`. Connecting alone has a medium severity, and so has subscribing:
a device gets only what the policy also lets it receive. Of several
statements of a policy, the worst is reported. A policy for users who sign in, by its name (`cognito`, `website`) or since there is an identity pool of Amazon
Cognito beside it, and no certificate and no thing, has a remedy of its own.

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

Users who sign in get a policy too. Code or a custom resource attaches it to their identity.

```yaml
Resources:
  Identities:
    Type: AWS::Cognito::IdentityPool
    Properties:
      AllowUnauthenticatedIdentities: false
  Messages:
    Type: AWS::IoT::Policy
    Properties:
      PolicyName: messages
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: iot:Publish
            Resource: "*"  # finding: each user who has this policy
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

- [AWS IoT policies overly permissive - AWS IoT Device Defender](https://docs.aws.amazon.com/iot-device-defender/latest/devguide/audit-chk-iot-policy-permissive.html), read on 2026-11-29
- [AWS IoT Core policy actions](https://docs.aws.amazon.com/iot/latest/developerguide/iot-policy-actions.html), read on 2026-11-29
- [Thing policy variables - AWS IoT Core](https://docs.aws.amazon.com/iot/latest/developerguide/policy-variables.html), read on 2026-11-29
"""

import re
from collections.abc import Mapping
from functools import partial
from typing import Final

from wa_iac.aws.iot import Policy
from wa_iac.core.awscc import and_awscc
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import Statement, statements
from wa_iac.core.late_pattern import late
from wa_iac.core.rule import Flags, Remedy, Severity, all_known, each_of, flag, rule, settled
from wa_iac.core.value import Known, Unknown, Value
from wa_iac.knowledge.called import called
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
_ONLY_SUBSCRIBES: Final = (
    "With this statement, each device that has this policy subscribes to every topic. Only what the policy lets it receive keeps the messages of "
    "other devices from it: one statement more, and anyone who takes one certificate reads them all."
)


_BY_VARIABLES: Final = (
    "Name the resources of the one device, by policy variables: client/${{iot:Connection.Thing.ThingName}}, "
    "topic/devices/${{iot:Connection.Thing.ThingName}}/*, and the same with topicfilter for subscriptions. {} The certificate then has to be attached to "
    "a thing, and the device has to connect with the name of the thing as its client id. Devices that use other names or topics are refused from then "
    "on: change them first."
)


_USERS: Final = late(r"\b(?:cognito|websites?|webs?|web ?apps?|browsers?|frontends?|dashboards?|consoles?|users?)\b")
"""How a policy is called that is for people who sign in, and not for devices."""
_NARROW: Final = (
    "Name the topics, client ids and things that they need, and only the actions: an app that shows data needs no iot:Publish. The IAM role of the "
    "identity pool allows no more than this policy then, but narrow it too. Requests of the app for other topics are refused from then on."
)
"""By "Authorization with Amazon Cognito identities" (AWS IoT Core Developer Guide)."""
_POOLS: Final = frozenset(and_awscc("AWS::Cognito::IdentityPool", "aws_cognito_identity_pool"))
_OF_DEVICES: Final = late(
    r"(?:AWS::IoT::|aws_iot_|awscc_iot_)(?:CA_?)?(?:Certificate|Thing|ProvisioningTemplate|PolicyPrincipalAttachment"
    r"|provisioning_template|policy_attachment|policy_principal_attachment|role_alias|RoleAlias)",
    re.IGNORECASE,
)
"""Types that are there for devices, which have certificates and are things."""
_DEVICES: Final = late(
    r"\b(?:devices?|things?|sensors?|gateways?|certificates?|certs?|provisioning|claims?|fleets?|greengrass)\b"
)


def _is_for_users(policy: Policy, graph: Graph) -> str:
    """Why a policy is for users who sign in; empty if it is not, or may not be."""
    words = [*called(policy, policy.tags)]
    if any(map(_USERS.search, words)):
        return "By its name, this policy is for users who sign in, such as identities of Amazon Cognito."
    if graph.once(_knows_only_users) and not any(map(_DEVICES.search, words)):
        return (
            "With an identity pool of Amazon Cognito beside it, and no certificate and no thing, this policy is probably for users who sign in: something "
            "attaches it to their identities."
        )
    return ""


def _knows_only_users(graph: Graph) -> bool:
    """Whether there is an identity pool, and nothing that devices have."""
    return not graph.types.isdisjoint(_POOLS) and not any(map(_OF_DEVICES.match, graph.types))


def _as_written(policy: Policy, graph: Graph) -> Remedy:
    """How the dialect writes the variables of a policy."""
    if users := _is_for_users(policy, graph):
        return Remedy(decision=f"{users} {_NARROW}")
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
def check(policy: Policy, graph: Graph) -> Flags:
    found = [*each_of(statements(policy.document), partial(_judge, policy, graph))]
    faults = [each for each in found if each.verdict == "fail"]
    yield from [min(faults, key=lambda each: each.severity is not None)] if faults else found


def _judge(policy: Policy, graph: Graph, statement: Statement) -> Flags:
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
                    yield flag(resource, _ONLY_SUBSCRIBES, severity=Severity.MEDIUM)
                    return
                harm = "push all other devices off" if action == "iot:Connect" else "act for all devices"
                who, how = ("device that has", "takes one certificate")
                if _is_for_users(policy, graph):
                    who, how = ("user who has", "signs in")
                yield flag(
                    resource,
                    f"With this statement, each {who} this policy {what}: anyone who {how} can {harm}.",
                    severity=Severity.MEDIUM if action == "iot:Connect" else None,
                )
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


def _is_every(resource: Value[str], kind: str) -> bool:
    """Whether a resource covers all resources of a kind."""
    text = pattern_of(resource)
    return isinstance(text, str) and re.fullmatch(rf"\*|arn:[^:]*:iot:[^:]*:[^:]*:(?:\*|{kind}/\*)", text) is not None
