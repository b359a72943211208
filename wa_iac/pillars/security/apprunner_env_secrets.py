"""# App Runner service has a secret in its environment

## Why

Environment variables of an App Runner service are plain text. Anyone who can view the service, its logs or this code can read the secret. The
repository's history keeps it.

## What it checks

The environment variables of services, from an image or from code. The rule reports a value that has the form of a key or a token, or that is
written for a name which says that it is a secret (`DB_PASSWORD`, `API_TOKEN`).

## What is left out

Variables that refer to a secret (`RuntimeEnvironmentSecrets`, `runtime_environment_secrets`), values that are passed in from outside, and values
that say that they are invented. Variables in a file `apprunner.yaml` are not read.

The ID of an access key opens nothing without its secret key: it is reported as advice, and not at all as a user name (`MAIL_USERNAME`, for the SMTP
servers of Amazon SES).

## Non-compliant

```yaml
Resources:
  Shop:
    Type: AWS::AppRunner::Service
    Properties:
      SourceConfiguration:
        ImageRepository:
          ImageIdentifier: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1
          ImageRepositoryType: ECR
          ImageConfiguration:
            RuntimeEnvironmentVariables:
              - Name: DB_PASSWORD
                Value: hK8vQ2xLr9  # finding
```

```hcl
resource "aws_apprunner_service" "shop" {
  service_name = "shop"
  source_configuration {
    image_repository {
      image_identifier      = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1"
      image_repository_type = "ECR"
      image_configuration {
        runtime_environment_variables = {
          DB_PASSWORD = "hK8vQ2xLr9" # finding
        }
      }
    }
  }
}
```

## Compliant

```yaml
Resources:
  Shop:
    Type: AWS::AppRunner::Service
    Properties:
      SourceConfiguration:
        ImageRepository:
          ImageIdentifier: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1
          ImageRepositoryType: ECR
          ImageConfiguration:
            RuntimeEnvironmentVariables:
              - Name: LOG_LEVEL
                Value: info
            RuntimeEnvironmentSecrets:
              - Name: DB_PASSWORD
                Value: arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop-0a1b2c
```

```hcl
resource "aws_apprunner_service" "shop" {
  service_name = "shop"
  source_configuration {
    image_repository {
      image_identifier      = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1"
      image_repository_type = "ECR"
      image_configuration {
        runtime_environment_secrets = {
          DB_PASSWORD = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop-0a1b2c"
        }
      }
    }
  }
}
```

## Undecided

```yaml
Parameters:
  Password:
    Type: String
Resources:
  Shop:
    Type: AWS::AppRunner::Service
    Properties:
      SourceConfiguration:
        ImageRepository:
          ImageIdentifier: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1
          ImageRepositoryType: ECR
          ImageConfiguration:
            RuntimeEnvironmentVariables:
              - Name: DB_PASSWORD
                Value: !Ref Password  # undecided: parameter "Password" has no default
```

```hcl
variable "password" {
  type = string
}

resource "aws_apprunner_service" "shop" {
  service_name = "shop"
  source_configuration {
    image_repository {
      image_identifier      = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1"
      image_repository_type = "ECR"
      image_configuration {
        runtime_environment_variables = {
          DB_PASSWORD = var.password # undecided: var.password has no default
        }
      }
    }
  }
}
```

## Sources

- [Referencing environment variables - AWS App Runner](https://docs.aws.amazon.com/apprunner/latest/dg/env-variable.html), read on 2026-11-29
- [Managing your environment variables - AWS App Runner](https://docs.aws.amazon.com/apprunner/latest/dg/env-variable-manage.html), read on 2026-11-29
"""

from wa_iac.aws.apprunner import Service, Variable
from wa_iac.core.graph import Graph
from wa_iac.core.partial import entries_of
from wa_iac.core.rule import Flags, Remedy, Severity, all_known, each_of, rule, settled
from wa_iac.core.value import Known, Tree
from wa_iac.pillars.judgements.plain_text import judge_variable


def _reference(name: str) -> Remedy:
    return Remedy(
        cfn=f"RuntimeEnvironmentSecrets:\n  - Name: {name}\n    Value: !Ref <the secret>",
        tf=f"runtime_environment_secrets = {{\n  {name} = <the secret>.arn\n}}",
        decision=f"Move {name} from the variables to the secrets, and let the service's instance role read it. Change the value, since the "
        "repository's history keeps it.",
    )


@rule(
    practices=["SEC02-BP03"],
    severity=Severity.CRITICAL,
    remedy=_reference("DB_PASSWORD"),
)
def check(service: Service, graph: Graph) -> Flags:
    yield from each_of(service.variables, lambda variable: _of_block(variable, service, graph))
    for variables in (service.variables_of_image, service.variables_of_code):
        yield from each_of(entries_of(variables).items(), lambda variable: _judge(*variable, service, graph))
    settled(service.variables_of_image)
    settled(service.variables_of_code)


def _of_block(variable: Variable, service: Service, graph: Graph) -> Flags:
    all_known(variable.unknown, variable.name)
    yield from _judge(variable.name.value if isinstance(variable.name, Known) else "", variable.value, service, graph)


def _judge(name: str, value: Tree, service: Service, graph: Graph) -> Flags:
    message = f"The variable {name} holds a secret in plain text: anyone who can view the service or its logs can read it."
    yield from judge_variable(name, value, message, service, graph, instead=_reference(name or "<the variable>"))
