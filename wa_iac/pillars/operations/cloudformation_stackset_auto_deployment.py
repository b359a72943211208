"""# Stack set does not reach new accounts of the organization

## Why

A stack set for an organizational unit usually holds its baseline: logs, guard rails, roles of the security team. Without automatic
deployment, an account that joins the unit later has none of it, and nobody notices until it is needed.

## What it checks

The rule looks at stack sets with service-managed permissions, and reports those whose automatic deployment is off, which is the default
of CloudFormation's API.

## What is left out

Stack sets with self-managed permissions, which know no organizational units.

## Non-compliant

```yaml
Resources:
  Baseline:  # finding
    Type: AWS::CloudFormation::StackSet
    Properties:
      StackSetName: baseline
      PermissionModel: SERVICE_MANAGED
      TemplateURL: https://templates.s3.amazonaws.com/baseline.yaml
      Capabilities: [CAPABILITY_IAM]
```

```hcl
resource "aws_cloudformation_stack_set" "baseline" {
  name             = "baseline"
  permission_model = "SERVICE_MANAGED"
  template_url     = "https://templates.s3.amazonaws.com/baseline.yaml"

  auto_deployment {
    enabled = false # finding
  }
}
```

## Compliant

```yaml
Resources:
  Baseline:
    Type: AWS::CloudFormation::StackSet
    Properties:
      StackSetName: baseline
      PermissionModel: SERVICE_MANAGED
      TemplateURL: https://templates.s3.amazonaws.com/baseline.yaml
      Capabilities: [CAPABILITY_IAM]
      AutoDeployment:
        Enabled: true
        RetainStacksOnAccountRemoval: false
```

```hcl
resource "aws_cloudformation_stack_set" "baseline" {
  name             = "baseline"
  permission_model = "SERVICE_MANAGED"
  template_url     = "https://templates.s3.amazonaws.com/baseline.yaml"

  auto_deployment {
    enabled = true
  }
}
```

## Not applicable

```yaml
Resources:
  Baseline:  # not applicable: knows no organizational units
    Type: AWS::CloudFormation::StackSet
    Properties:
      StackSetName: baseline
      PermissionModel: SELF_MANAGED
      TemplateURL: https://templates.s3.amazonaws.com/baseline.yaml
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Follow:
    Type: String
Resources:
  Baseline:
    Type: AWS::CloudFormation::StackSet
    Properties:
      StackSetName: baseline
      PermissionModel: SERVICE_MANAGED
      TemplateURL: https://templates.s3.amazonaws.com/baseline.yaml
      Capabilities: [CAPABILITY_IAM]
      AutoDeployment:
        Enabled: !Ref Follow  # undecided: parameter "Follow" has no default
```

```hcl
variable "follow" { # undecided: Fails when var.follow is false
  type = bool
}

resource "aws_cloudformation_stack_set" "baseline" {
  name             = "baseline"
  permission_model = "SERVICE_MANAGED"
  template_url     = "https://templates.s3.amazonaws.com/baseline.yaml"

  auto_deployment {
    enabled = var.follow
  }
}
```

## Sources

- [AWS::CloudFormation::StackSet AutoDeployment](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-cloudformation-stackset-autodeployment.html), read on 2026-11-29
"""

from wa_iac.aws.cloudformation import StackSet
from wa_iac.core.graph import Graph
from wa_iac.core.logic import holds
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Flags, Severity, exempt, expect, rule


def _of_dialect(stacks: StackSet, graph: Graph) -> Remedy | None:
    """The remedy for Terraform, whose provider makes another stack set for each change of `auto_deployment`."""
    del graph
    if stacks.dialect != "terraform":
        return None
    return Remedy(
        decision="Turn automatic deployment on for the stack set outside of Terraform, or delete its instances first: the provider replaces the stack "
        "set if auto_deployment changes, and one with instances cannot be deleted. Then write enabled = true there. The block allows no "
        "administration_role_arn and no execution_role_name beside it."
    )


@rule(
    practices=["SEC01-BP06", "REL13-BP04"],
    severity=Severity.MEDIUM,
    remedy=Remedy(
        cfn={"AutoDeployment": {"Enabled": True, "RetainStacksOnAccountRemoval": False}},
        tf={"auto_deployment": {"enabled": True, "retain_stacks_on_account_removal": False}},
        decision="An account that leaves the unit loses the stack: set the retention to true if its resources must stay.",
        given=_of_dialect,
    ),
)
def check(stacks: StackSet) -> Flags:
    exempt(holds(stacks.permissions, lambda model: model == "SELF_MANAGED"), "it knows no organizational units")
    yield from expect(
        stacks.auto_deployment,
        True,
        "Accounts that join the organizational unit later do not get this stack: automatic deployment is off.",
    )
