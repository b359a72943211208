"""# Elastic Beanstalk environment does not update its platform by itself

## Why

New versions of a platform close holes in the operating system, the runtime and the web server. Without managed updates, somebody has to
update each environment by hand, and hardly anybody does.

## What it checks

The rule looks at `ManagedActionsEnabled`, which is off by default. The remedy lists the needs of updates, some of which may be met elsewhere, and prints
no line of code. If AWS has retired the platform, it says so: such a platform gets no updates.

## What is left out

An option that neither the environment nor its configuration template sets may still be in the `.ebextensions` of the application; such a
finding has a medium confidence.

## Non-compliant

```yaml
Resources:
  Shop:
    Type: AWS::ElasticBeanstalk::Environment
    Properties:
      ApplicationName: shop
      SolutionStackName: 64bit Amazon Linux 2023 v6.5.0 running Node.js 22
      OptionSettings:
        - Namespace: aws:elasticbeanstalk:managedactions
          OptionName: ManagedActionsEnabled
          Value: "false"  # finding
  Blog:  # finding
    Type: AWS::ElasticBeanstalk::Environment
    Properties:
      ApplicationName: shop
      SolutionStackName: 64bit Amazon Linux 2023 v6.5.0 running Node.js 22
```

```hcl
resource "aws_elastic_beanstalk_environment" "shop" { # finding
  name                = "shop"
  application         = "shop"
  solution_stack_name = "64bit Amazon Linux 2023 v6.5.0 running Node.js 22"
}
```

## Compliant

```yaml
Resources:
  Shop:
    Type: AWS::ElasticBeanstalk::Environment
    Properties:
      ApplicationName: shop
      SolutionStackName: 64bit Amazon Linux 2023 v6.5.0 running Node.js 22
      OptionSettings:
        - Namespace: aws:elasticbeanstalk:managedactions
          OptionName: ManagedActionsEnabled
          Value: "true"
```

```hcl
resource "aws_elastic_beanstalk_environment" "shop" {
  name                = "shop"
  application         = "shop"
  solution_stack_name = "64bit Amazon Linux 2023 v6.5.0 running Node.js 22"

  setting {
    namespace = "aws:elasticbeanstalk:managedactions"
    name      = "ManagedActionsEnabled"
    value     = "true"
  }
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Wanted:
    Type: String
Resources:
  Shop:
    Type: AWS::ElasticBeanstalk::Environment
    Properties:
      ApplicationName: shop
      SolutionStackName: 64bit Amazon Linux 2023 v6.5.0 running Node.js 22
      OptionSettings:
        - Namespace: aws:elasticbeanstalk:managedactions
          OptionName: ManagedActionsEnabled
          Value: !Ref Wanted  # undecided: parameter "Wanted" has no default
```

```hcl
variable "wanted" {
  type = string
}

resource "aws_elastic_beanstalk_environment" "shop" {
  name                = "shop"
  application         = "shop"
  solution_stack_name = "64bit Amazon Linux 2023 v6.5.0 running Node.js 22"

  setting {
    namespace = "aws:elasticbeanstalk:managedactions"
    name      = "ManagedActionsEnabled"
    value     = var.wanted # undecided: var.wanted has no default
  }
}
```

## Sources

- [elastic-beanstalk-managed-updates-enabled - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/elastic-beanstalk-managed-updates-enabled.html), read on 2026-11-29
- [command options general](https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.md), read on 2026-11-29
"""

import re
from typing import Final

from wa_iac.aws.elasticbeanstalk import Environment
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, flag, rule, settled
from wa_iac.core.value import Known
from wa_iac.knowledge.dated import facts

_NEEDS: Final = (
    "Set ManagedActionsEnabled to true and PreferredStartTime (Sun:03:00, in UTC) in aws:elasticbeanstalk:managedactions, and UpdateLevel (minor, or patch for "
    "fixes alone) in aws:elasticbeanstalk:managedactions:platformupdate. Updates need enhanced health (SystemType in "
    "aws:elasticbeanstalk:healthreporting:system) and a ServiceRole in aws:elasticbeanstalk:environment with the policies "
    "AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy and AWSElasticBeanstalkEnhancedHealth. If the environment names an image of its own (ImageId), "
    "remove that, or updates leave it as it is."
)
"""What updates need ("Managed platform updates", "Managing Elastic Beanstalk service roles" and "Using a custom Amazon machine image (AMI) in your Elastic
Beanstalk environment", AWS Elastic Beanstalk Developer Guide)."""
_TAKEN_BACK: Final = "If solution_stack_name or platform_arn is written, let Terraform ignore its changes: the next apply would take an update back."
_MOVE: Final = (
    "AWS has retired the platforms with {}, which get no updates: first make a new environment on a supported platform, with its own name, and let its "
    "clients use that."
)
"""Major versions and other branches need a new environment ("Updating your Elastic Beanstalk environment's platform version")."""
_RETIRED: Final[list[str]] = facts("beanstalk_platforms")["retired"]


def _with_needs(environment: Environment, graph: Graph) -> Remedy:
    """What to decide at a place, and what comes first."""
    del graph
    retired = _retired(environment)
    words = (
        _MOVE.format(retired) if retired else "",
        _NEEDS,
        _TAKEN_BACK if environment.dialect == "terraform" and not environment.as_cloudformation else "",
    )
    return Remedy(decision=" ".join(filter(None, words)))


def _retired(environment: Environment) -> str:
    """The words in the name of an environment's platform by which AWS has retired it; empty if there are none."""
    platform = environment.named_platform()
    if not isinstance(platform, Known):
        return ""
    return next((each for each in _RETIRED if re.search(rf"\b{re.escape(each)}\b", platform.value)), "")


@rule(
    practices=["SEC06-BP01", "OPS05-BP05", "COST11-BP01"],
    severity=Severity.MEDIUM,
    profile="default",
    remedy=Remedy(decision=_NEEDS, given=_with_needs),
    equivalents={
        "checkov": ["CKV_AWS_340"],
        "cdk_nag": ["AwsSolutions-EB3"],
        "guard": ["ELASTIC_BEANSTALK_MANAGED_UPDATES_ENABLED"],
        "config": ["ELASTIC_BEANSTALK_MANAGED_UPDATES_ENABLED"],
        "security_hub": ["ElasticBeanstalk.2"],
    },
)
def check(environment: Environment) -> Flags:
    found = settled(environment.option("aws:elasticbeanstalk:managedactions", "ManagedActionsEnabled"))

    if not isinstance(found, Known) or found.value.lower() != "true":
        yield flag(
            found,
            "This environment does not update its platform by itself: somebody has to do it by hand to close holes in its system and runtime.",
            confidence=None if isinstance(found, Known) else Confidence.MEDIUM,
        )
