"""# Elastic Beanstalk environment does not update its platform by itself

## Why

New versions of a platform close holes in the operating system, the runtime and the web server. Without managed updates, somebody has to
update each environment by hand, and hardly anybody does.

## What it checks

The rule looks at `ManagedActionsEnabled`, which is off by default. If AWS has retired the platform, the remedy says so: it gets no updates. It
also says what to do with an image that the environment names (`ImageId`), since updates leave that as it is.

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
from collections.abc import Iterable
from typing import Final

from wa_iac.aws.elasticbeanstalk import Environment
from wa_iac.core.graph import Graph
from wa_iac.core.ignored_changes import ALL, ignored_changes
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, flag, rule, settled
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.dated import facts
from wa_iac.pillars.judgements.wording import listed

_NEEDS: Final = (
    "Managed updates need enhanced health. Choose the time of the week (UTC), and the level minor, or patch for fixes alone."
)
_OPTIONS: Final = (
    ("aws:elasticbeanstalk:managedactions", "ManagedActionsEnabled", "true"),
    ("aws:elasticbeanstalk:managedactions", "PreferredStartTime", "Sun:03:00"),
    ("aws:elasticbeanstalk:managedactions:platformupdate", "UpdateLevel", "minor"),
    ("aws:elasticbeanstalk:healthreporting:system", "SystemType", "enhanced"),
)
"""What updates need ("Managed platform updates", AWS Elastic Beanstalk Developer Guide). The first one is what is missing for certain."""

_POLICIES: Final = "AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy and AWSElasticBeanstalkEnhancedHealth"
_ROLE: Final = (
    f"The environment names no service role: first make one for elasticbeanstalk.amazonaws.com with the policies {_POLICIES}, and name it as "
    "ServiceRole in aws:elasticbeanstalk:environment."
)
_WRITTEN_ROLE: Final = (
    "The ServiceRole that is written in aws:elasticbeanstalk:environment has to name a role for elasticbeanstalk.amazonaws.com with the policies "
    f"{_POLICIES}."
)
"""What updates need ("Managed platform updates" and "Managing Elastic Beanstalk service roles", AWS Elastic Beanstalk Developer Guide)."""
_MOVE: Final = (
    "AWS has retired the platforms with {platform}, which get no updates: first make a new environment on a supported platform, with its own name, and let "
    "{clients} that."
)
"""Major versions and other branches need a new environment ("Updating your Elastic Beanstalk environment's platform version")."""
_IMAGE: Final = (
    "Also remove ImageId in aws:autoscaling:launchconfiguration, whose image updates of the platform leave as it is. If the image holds something "
    "that the application needs, make another one from that of the new platform instead."
)
"""An image of one's own holds the system and the runtime of one version ("Using a custom Amazon machine image (AMI) in your Elastic Beanstalk
environment", AWS Elastic Beanstalk Developer Guide)."""
_RETIRED: Final[list[str]] = facts("beanstalk_platforms")["retired"]


def _listed(options: Iterable[tuple[str, str, str]]) -> str:
    entry = '  - Namespace: {}\n    OptionName: {}\n    Value: "{}"\n'
    return "OptionSettings:\n" + "".join(entry.format(*each) for each in options)


def _blocks(options: Iterable[tuple[str, str, str]]) -> str:
    block = 'setting {{\n  namespace = "{}"\n  name      = "{}"\n  value     = "{}"\n}}\n'
    return "".join(block.format(*each) for each in options)


def _kept_by_terraform(environment: Environment, graph: Graph) -> Remedy | None:
    """The remedy at a place: the options that nobody sets, the role that updates need, and, in Terraform, which takes an update of the platform back,
    without that."""
    del graph
    first, *others = _OPTIONS
    missing = [
        each for each in others if not environment.has_written(*each[:2]) and isinstance(environment.option(*each[:2]), Absent)
    ]
    is_written = isinstance(environment.option(*first[:2]), Known)
    options = [first] if is_written else [first, *missing]
    retired = _retired(environment)
    needs = f"{_NEEDS} {_role(environment)}".rstrip()
    if retired:
        clients = "what sends to its queue use" if environment.is_worker() == Known(True) else "the domain name lead to"
        needs = f"{_MOVE.format(platform=retired, clients=clients)} {needs}"
    if environment.has_own_image():
        needs = f"{needs} {_IMAGE}"
    if is_written and missing:
        needs = f"{needs} Also set {listed([f'{name} ({value}) in {namespace}' for namespace, name, value in missing])}."
    if environment.dialect != "terraform":
        return Remedy(cfn=_listed(options), decision=needs)
    return Remedy(tf=_blocks(options), decision=" ".join((needs, *_ignored(environment))))


def _role(environment: Environment) -> str:
    """A sentence on the service role: on one that nobody names, or on an option whose value is empty or not known; else empty."""
    option = ("aws:elasticbeanstalk:environment", "ServiceRole")
    role = environment.option(*option)
    if environment.has_written(*option):
        return "" if isinstance(role, Known) and role.value else _WRITTEN_ROLE
    return _ROLE if isinstance(role, Absent) else ""


def _ignored(environment: Environment) -> list[str]:
    """What Terraform has to leave alone: the argument for the platform, if the environment has one and it is not ignored yet."""
    ignored = ignored_changes(environment.declared)
    if ignored == ALL:
        return []
    names = [
        each
        for each in ("solution_stack_name", "platform_arn")
        if each in environment.declared.body.value and each not in ignored
    ]
    return [f"Let Terraform ignore changes of {each}: the next apply would take an update back." for each in names]


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
    remedy=Remedy(
        cfn=_listed(_OPTIONS),
        tf=_blocks(_OPTIONS),
        decision=_NEEDS,
        given=_kept_by_terraform,
    ),
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
            "This environment does not update its platform by itself: holes in its system and runtime stay open until somebody does it by hand.",
            confidence=None if isinstance(found, Known) else Confidence.MEDIUM,
        )
