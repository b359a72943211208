"""# Elastic Beanstalk environment has basic health reporting only

## Why

Basic health knows only whether the load balancer gets an answer. Enhanced health also looks at the responses, the processes and the
operating system of each instance, says what is wrong, and is needed for managed updates.

## What it checks

The rule looks at `SystemType` of health reporting, which is `basic` by default in templates.

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
        - Namespace: aws:elasticbeanstalk:healthreporting:system
          OptionName: SystemType
          Value: basic  # finding
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
        - Namespace: aws:elasticbeanstalk:healthreporting:system
          OptionName: SystemType
          Value: enhanced
```

```hcl
resource "aws_elastic_beanstalk_environment" "shop" {
  name                = "shop"
  application         = "shop"
  solution_stack_name = "64bit Amazon Linux 2023 v6.5.0 running Node.js 22"

  setting {
    namespace = "aws:elasticbeanstalk:healthreporting:system"
    name      = "SystemType"
    value     = "enhanced"
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
        - Namespace: aws:elasticbeanstalk:healthreporting:system
          OptionName: SystemType
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
    namespace = "aws:elasticbeanstalk:healthreporting:system"
    name      = "SystemType"
    value     = var.wanted # undecided: var.wanted has no default
  }
}
```

## Sources

- [command options general](https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.md), read on 2026-11-29
"""

from wa_iac.aws.elasticbeanstalk import Environment
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, flag, rule, settled
from wa_iac.core.value import Known


@rule(
    practices=["REL06-BP01", "REL11-BP01"],
    severity=Severity.LOW,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn="OptionSettings:\n  - Namespace: aws:elasticbeanstalk:healthreporting:system\n    OptionName: SystemType\n    Value: enhanced\n",
        tf='setting {\n  namespace = "aws:elasticbeanstalk:healthreporting:system"\n  name      = "SystemType"\n  value     = "enhanced"\n}\n',
        decision="The instance profile and the service role need the managed policies for enhanced health.",
    ),
    equivalents={
        "checkov": ["CKV_AWS_312"],
        "cdk_nag": ["ElasticBeanstalkEnhancedHealthReportingEnabled"],
        "guard": ["BEANSTALK_ENHANCED_HEALTH_REPORTING_ENABLED"],
        "config": ["BEANSTALK_ENHANCED_HEALTH_REPORTING_ENABLED"],
        "security_hub": ["ElasticBeanstalk.1"],
    },
)
def check(environment: Environment) -> Flags:
    found = settled(environment.option("aws:elasticbeanstalk:healthreporting:system", "SystemType"))

    if not isinstance(found, Known) or found.value.lower() != "enhanced":
        yield flag(
            found,
            "Basic health does not see the errors and the load of single instances of this environment, and does not say what is wrong.",
            confidence=None if isinstance(found, Known) else Confidence.MEDIUM,
        )
