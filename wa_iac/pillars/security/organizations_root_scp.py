"""# Service control policies leave the root user alone

## Why

The root user of an account may do everything, and its password is often the oldest and least guarded one. Service control policies are
the way to take the rights of the root users of member accounts away. An organization that has such policies, but none for root, has left
the strongest identity free.

## What it checks

The rule looks at an organization that is declared together with service control policies. It reports it if none of them denies something
to the root user, by the condition key `aws:PrincipalArn`.

## What is left out

Organizations that manage root access centrally, or that use controls of AWS Control Tower: these can take root's rights away too. Units
with an organization and no service control policies.

## Non-compliant

```yaml
Resources:
  Organization:  # finding
    Type: AWS::Organizations::Organization

  Deny:
    Type: AWS::Organizations::Policy
    Properties:
      Name: deny
      Type: SERVICE_CONTROL_POLICY
      Content:
        Version: "2012-10-17"
        Statement:
          - {Effect: Deny, Action: "organizations:LeaveOrganization", Resource: "*"}
```

```hcl
resource "aws_organizations_organization" "this" { # finding
  feature_set = "ALL"
}

resource "aws_organizations_policy" "deny" {
  name = "deny"
  content = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Deny", Action = "organizations:LeaveOrganization", Resource = "*" }]
  })
}
```

## Compliant

```yaml
Resources:
  Organization:
    Type: AWS::Organizations::Organization
  Deny:
    Type: AWS::Organizations::Policy
    Properties:
      Name: deny
      Type: SERVICE_CONTROL_POLICY
      Content:
        Version: "2012-10-17"
        Statement:
          - Effect: Deny
            Action: "*"
            Resource: "*"
            Condition:
              ArnLike:
                aws:PrincipalArn: arn:aws:iam::*:root
```

```hcl
resource "aws_organizations_organization" "this" {
  feature_set = "ALL"
}

resource "aws_organizations_policy" "deny" {
  name = "deny"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Action    = "*"
      Resource  = "*"
      Condition = { StringLike = { "aws:PrincipalArn" = ["arn:aws:iam::*:root"] } }
    }]
  })
}
```

## Not applicable

```yaml
Resources:
  Organization:  # not applicable: no service control policy
    Type: AWS::Organizations::Organization
```

```hcl
resource "aws_organizations_organization" "this" { # not applicable: may take the rights of root away
  feature_set = "ALL"
}

resource "aws_iam_organizations_features" "this" {
  enabled_features = ["RootCredentialsManagement"]
}

resource "aws_organizations_policy" "deny" {
  name = "deny"
  content = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Deny", Action = "organizations:LeaveOrganization", Resource = "*" }]
  })
}
```

## Undecided

The result is undecided if the content of a policy is not known before deployment.

```yaml
Parameters:
  Content:
    Type: String
Resources:
  Organization:
    Type: AWS::Organizations::Organization
  Deny:
    Type: AWS::Organizations::Policy
    Properties:
      Name: deny
      Type: SERVICE_CONTROL_POLICY
      Content: !Ref Content  # undecided: parameter "Content" has no default
```

```hcl
variable "content" {
  type = string
}

resource "aws_organizations_organization" "this" {
  feature_set = "ALL"
}

resource "aws_organizations_policy" "deny" {
  name    = "deny"
  content = var.content # undecided: var.content has no default
}
```

## Sources

- [Strongly recommended controls with preventive behavior - AWS Control Tower](https://docs.aws.amazon.com/controltower/latest/controlreference/strongly-recommended-preventive-controls.html), read on 2026-11-29
"""

from collections.abc import Iterator
from typing import Final

from wa_iac.aws.organizations import Organization, Policy
from wa_iac.core.awscc import and_awscc
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import Statement, statements
from wa_iac.core.logic import any_of, first_unknown, holds
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, exempt, flag, rule
from wa_iac.core.value import Absent, Known, Origin, Unknown, Value
from wa_iac.knowledge.policies.texts import texts

_KEY: Final = "aws:principalarn"
_OTHER_WAYS: Final = frozenset(
    and_awscc("AWS::ControlTower::EnabledControl", "aws_controltower_control", "aws_iam_organizations_features")
)


@rule(
    practices=["SEC01-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        decision="Add a service control policy that denies all actions where `aws:PrincipalArn` is like `arn:aws:iam::*:root`, or remove the "
        "root credentials of member accounts centrally. First make sure that nobody works as root."
    ),
)
def check(organization: Organization, graph: Graph) -> Flags:
    denied = graph.once(_denied)
    exempt(isinstance(denied, Absent), "no service control policy is declared here")
    exempt(not _OTHER_WAYS.isdisjoint(graph.types), "something else may take the rights of root away")
    accept(denied)
    yield flag(
        organization,
        "No service control policy here denies anything to root: unless another one does, the root users of all accounts may do everything.",
    )


def _denied(graph: Graph) -> Value[bool]:
    """Whether a service control policy denies anything to root; absent if there is no such policy."""
    policies = [each for each in graph.of(Policy) if each.kind == Known("SERVICE_CONTROL_POLICY")]
    unknown = first_unknown(*(each.kind for each in graph.of(Policy)))
    if unknown is not None:
        return unknown
    return any_of((answer for each in policies for answer in _answers(each)), Origin()) if policies else Absent()


def _answers(policy: Policy) -> Iterator[Value[bool]]:
    for statement in statements(policy.content):
        if statement.unknown is not None:
            yield statement.unknown
        elif isinstance(statement.effect, Unknown):
            yield statement.effect
        elif statement.denies:
            yield from _of_root(statement)


def _of_root(statement: Statement) -> Iterator[Value[bool]]:
    if statement.conditions_unknown is not None:
        yield statement.conditions_unknown
    for condition in statement.conditions:
        if condition.key == "" and isinstance(condition.value, Unknown):
            yield condition.value
        elif condition.key.lower() == _KEY:
            yield from (holds(each, lambda text: text.endswith(":root")) for each in texts(condition.value))
