"""# Elastic Beanstalk environment keeps its logs on its instances

## Why

Instances come and go with the load and with each deployment, and their logs go with them. When an instance failed, nobody can read why.

## What it checks

The rule reports an environment that neither streams its logs to CloudWatch (`StreamLogs`) nor publishes them to S3
(`LogPublicationControl`). Both are off by default.

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
        - Namespace: aws:elasticbeanstalk:cloudwatch:logs
          OptionName: StreamLogs
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
        - Namespace: aws:elasticbeanstalk:cloudwatch:logs
          OptionName: StreamLogs
          Value: "true"
```

```hcl
resource "aws_elastic_beanstalk_environment" "shop" {
  name                = "shop"
  application         = "shop"
  solution_stack_name = "64bit Amazon Linux 2023 v6.5.0 running Node.js 22"

  setting {
    namespace = "aws:elasticbeanstalk:cloudwatch:logs"
    name      = "StreamLogs"
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
        - Namespace: aws:elasticbeanstalk:cloudwatch:logs
          OptionName: StreamLogs
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
    namespace = "aws:elasticbeanstalk:cloudwatch:logs"
    name      = "StreamLogs"
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
    practices=["OPS08-BP02", "SEC04-BP01"],
    severity=Severity.LOW,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn='OptionSettings:\n  - Namespace: aws:elasticbeanstalk:cloudwatch:logs\n    OptionName: StreamLogs\n    Value: "true"\n',
        tf='setting {\n  namespace = "aws:elasticbeanstalk:cloudwatch:logs"\n  name      = "StreamLogs"\n  value     = "true"\n}\n',
        decision="Logs in CloudWatch cost; RetentionInDays says how long they stay.",
    ),
    equivalents={
        "cdk_nag": ["AwsSolutions-EB4"],
        "config": ["ELASTIC_BEANSTALK_LOGS_TO_CLOUDWATCH"],
        "security_hub": ["ElasticBeanstalk.3"],
    },
)
def check(environment: Environment) -> Flags:
    found = settled(environment.option("aws:elasticbeanstalk:cloudwatch:logs", "StreamLogs"))
    published = settled(environment.option("aws:elasticbeanstalk:hostmanager", "LogPublicationControl"))
    if isinstance(published, Known) and published.value.lower() == "true":
        return
    if not isinstance(found, Known) or found.value.lower() != "true":
        yield flag(
            found,
            "The logs of this environment are on its instances only, and are gone when an instance is replaced.",
            confidence=None if isinstance(found, Known) else Confidence.MEDIUM,
        )
