"""# Job, model, canary or environment has a secret in its variables

## Why

The environment variables of a job of AWS Batch, a model of SageMaker, a canary and an environment of Elastic Beanstalk are plain text, and so are the
arguments of a Glue job. Anyone who can view the resource, or this code and its history, can read a secret in them. Glue and many programs also write
them to their logs.

## What it checks

The variables of job definitions of Batch, models of SageMaker, canaries of CloudWatch Synthetics, and environments and configuration templates of Elastic
Beanstalk, and the default and fixed arguments of Glue jobs. The rule reports a value that has the form of a key or a token, or that is written for a name
which says that it is a secret (`DB_PASSWORD`, `--api-token`). The report never shows the value.

The severity is high for an API key or a token, unless it has the format of a known credential: what it opens is not in the code.

## What is left out

A placeholder (`changeme`, `DUMMYKEY`), the address of a secret, a value that is passed in from outside, and the variables that Batch takes from a secret
(`Secrets`). The ID of an access key opens nothing without its secret key: it is reported as advice.

Variables that are given only when a job is submitted, and those of SageMaker's training, processing and notebooks are not judged, and neither are those of Amplify,
Bedrock AgentCore and the express services of ECS. `ecs-task-secrets`, `lambda-env-secrets`, `apprunner-env-secrets` and `codebuild-env-secrets` check the other services.

## Non-compliant

```yaml
Resources:
  Report:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      ContainerProperties:
        Image: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/report:1
        Environment:
          - Name: DB_PASSWORD
            Value: hK8vQ2xLr9  # finding: anyone who can view the job definition
  Model:
    Type: AWS::SageMaker::Model
    Properties:
      ExecutionRoleArn: arn:aws:iam::123456789012:role/model
      PrimaryContainer:
        Image: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/model:1
        Environment:
          DB_PASSWORD: hK8vQ2xLr9  # finding: anyone who can view the model
  Shop:
    Type: AWS::ElasticBeanstalk::Environment
    Properties:
      ApplicationName: shop
      OptionSettings:
        - Namespace: aws:elasticbeanstalk:application:environment
          OptionName: DB_PASSWORD
          Value: hK8vQ2xLr9  # finding: anyone who can view the environment
  Import:
    Type: AWS::Glue::Job
    Properties:
      Role: arn:aws:iam::123456789012:role/import
      Command:
        Name: glueetl
        ScriptLocation: s3://scripts/import.py
      DefaultArguments:
        --db_password: hK8vQ2xLr9  # finding: anyone who can view the job or its logs
  Login:
    Type: AWS::Synthetics::Canary
    Properties:
      Name: login
      ArtifactS3Location: s3://artifacts
      ExecutionRoleArn: arn:aws:iam::123456789012:role/login
      RuntimeVersion: syn-nodejs-puppeteer-11.0
      Schedule:
        Expression: rate(5 minutes)
      Code:
        Handler: login.handler
        S3Bucket: scripts
        S3Key: login.zip
      RunConfig:
        EnvironmentVariables:
          DB_PASSWORD: hK8vQ2xLr9  # finding: anyone who can view the canary
```

```hcl
resource "aws_batch_job_definition" "report" {
  name = "report"
  type = "container"
  container_properties = jsonencode({
    image       = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/report:1"
    environment = [{ name = "DB_PASSWORD", value = "hK8vQ2xLr9" }] # finding: anyone who can view the job definition
  })
}

resource "aws_sagemaker_model" "model" {
  execution_role_arn = "arn:aws:iam::123456789012:role/model"
  primary_container {
    image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/model:1"
    environment = {
      DB_PASSWORD = "hK8vQ2xLr9" # finding: anyone who can view the model
    }
  }
}

resource "aws_elastic_beanstalk_environment" "shop" {
  name        = "shop"
  application = "shop"
  setting {
    namespace = "aws:elasticbeanstalk:application:environment"
    name      = "DB_PASSWORD"
    value     = "hK8vQ2xLr9" # finding: anyone who can view the environment
  }
}

resource "aws_glue_job" "import" {
  name     = "import"
  role_arn = "arn:aws:iam::123456789012:role/import"
  command {
    script_location = "s3://scripts/import.py"
  }
  default_arguments = {
    "--db_password" = "hK8vQ2xLr9" # finding: anyone who can view the job or its logs
  }
}

resource "aws_synthetics_canary" "login" {
  name                 = "login"
  artifact_s3_location = "s3://artifacts"
  execution_role_arn   = "arn:aws:iam::123456789012:role/login"
  handler              = "login.handler"
  runtime_version      = "syn-nodejs-puppeteer-11.0"
  s3_bucket            = "scripts"
  s3_key               = "login.zip"
  schedule {
    expression = "rate(5 minutes)"
  }
  run_config {
    environment_variables = {
      DB_PASSWORD = "hK8vQ2xLr9" # finding: anyone who can view the canary
    }
  }
}
```

## Compliant

```yaml
Resources:
  Report:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      ContainerProperties:
        Image: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/report:1
        Environment:
          - Name: LOG_LEVEL
            Value: info
        Secrets:
          - Name: DB_PASSWORD
            ValueFrom: arn:aws:secretsmanager:eu-west-1:123456789012:secret:report-0a1b2c
  Import:
    Type: AWS::Glue::Job
    Properties:
      Role: arn:aws:iam::123456789012:role/import
      Command:
        Name: glueetl
        ScriptLocation: s3://scripts/import.py
      DefaultArguments:
        --db_secret_arn: arn:aws:secretsmanager:eu-west-1:123456789012:secret:import-0a1b2c
```

```hcl
resource "aws_batch_job_definition" "report" {
  name = "report"
  type = "container"
  container_properties = jsonencode({
    image   = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/report:1"
    secrets = [{ name = "DB_PASSWORD", valueFrom = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:report-0a1b2c" }]
  })
}

resource "aws_elastic_beanstalk_environment" "shop" {
  name        = "shop"
  application = "shop"
  setting {
    namespace = "aws:elasticbeanstalk:application:environment"
    name      = "LOG_LEVEL"
    value     = "info"
  }
}
```

## Undecided

```yaml
Parameters:
  Password:
    Type: String
Resources:
  Model:
    Type: AWS::SageMaker::Model
    Properties:
      ExecutionRoleArn: arn:aws:iam::123456789012:role/model
      PrimaryContainer:
        Image: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/model:1
        Environment:
          DB_PASSWORD: !Ref Password  # undecided: parameter "Password" has no default
```

```hcl
variable "password" {
  type = string
}

resource "aws_sagemaker_model" "model" {
  execution_role_arn = "arn:aws:iam::123456789012:role/model"
  primary_container {
    image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/model:1"
    environment = {
      DB_PASSWORD = var.password # undecided: var.password has no default
    }
  }
}
```

## Sources

- [Specify sensitive data - AWS Batch](https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data.html), read on 2026-12-01
- [defaultArguments (Job) - AWS Glue](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/glue/aws.sdk.kotlin.services.glue.model/-job/default-arguments.html), read on 2026-12-01
- [Fetching secrets and parameters to Elastic Beanstalk environment variables](https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/AWSHowTo.secrets.env-vars.html), read on 2026-12-01
- [Common canary features](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_CommonFeatures.html), read on 2026-12-01
"""

from collections.abc import Iterator
from typing import Final

from wa_iac.aws.batch import JobDefinition
from wa_iac.aws.elasticbeanstalk import ConfigurationTemplate, Environment, Option
from wa_iac.aws.glue import Job
from wa_iac.aws.parts.containers import Container
from wa_iac.aws.sagemaker import Model
from wa_iac.aws.synthetics import Canary
from wa_iac.core.graph import Graph
from wa_iac.core.partial import entries_of
from wa_iac.core.rule import Flags, Remedy, Severity, all_known, each_of, rule, settled
from wa_iac.core.value import Known, Tree, Value
from wa_iac.knowledge.secret_names import has_form_of_secret, names_a_secret
from wa_iac.pillars.judgements.plain_text import judge_variable

_Beanstalk = Environment | ConfigurationTemplate
_NAMESPACE: Final = Known("aws:elasticbeanstalk:application:environment")
_CHANGE: Final = "Change the value, since the repository's history keeps it."
_READ: Final = (
    "Remove {}, keep the value in Secrets Manager, and pass the name of the secret only: let the program read it there, and let {} do so (secretsmanager:GetSecretValue). "
    f"{_CHANGE}"
)
_BATCH: Final = Remedy(
    decision="Move the variable from Environment to Secrets, with the ARN of a secret in Secrets Manager or of a SecureString parameter as its ValueFrom, and let the execution role of "
    f"the job read it. In a pod, take it from a secret of the cluster. {_CHANGE}"
)
_OF_BEANSTALK: Final = Remedy(
    decision="Let Elastic Beanstalk fetch the variable from Secrets Manager or a SecureString parameter, by its ARN (platform versions since March 2025), and let the instance profile read "
    f"it. On an older platform, let the program read it there. {_CHANGE}"
)


@rule(
    practices=["SEC02-BP03"],
    severity=Severity.CRITICAL,
    remedy=_BATCH,
)
def check(resource: JobDefinition | Model | Environment | ConfigurationTemplate | Job | Canary, graph: Graph) -> Flags:
    match resource:
        case JobDefinition():
            yield from each_of(resource.containers, lambda each: _of_container(each, resource, graph))
        case Environment() | ConfigurationTemplate():
            yield from each_of(resource.options, lambda each: _of_option(each, resource, graph))
        case _:
            yield from _of_maps(resource, graph)


def _of_container(container: Container, job: JobDefinition, graph: Graph) -> Flags:
    all_known(container.unknown)
    message = "anyone who can view the job definition can read it."
    for name, value in (*container.environment(), *container.pod_environment()):
        yield from _of_pair(name, value, message, job, graph, _BATCH)


def _of_option(option: Option, environment: _Beanstalk, graph: Graph) -> Flags:
    if option.namespace == _NAMESPACE:
        message = "anyone who can view the environment can read it."
        yield from _of_pair(option.name, option.value, message, environment, graph, _OF_BEANSTALK)
    elif isinstance(option.name, Known) and names_a_secret(option.name.value):
        settled(option.namespace)
    else:
        all_known(option.unknown)


def _of_maps(resource: Model | Job | Canary, graph: Graph) -> Flags:
    what, role = (
        ("the model", "the model's execution role")
        if isinstance(resource, Model)
        else ("the job or its logs", "the job's role")
        if isinstance(resource, Job)
        else ("the canary", "the canary's execution role")
    )
    maps = list(_maps(resource))
    for each in maps:
        for name, value in entries_of(each).items():
            remedy = Remedy(decision=_READ.format(name, role))
            yield from _judge(name, value, f"anyone who can view {what} can read it.", resource, graph, remedy)
    for each in maps:
        settled(each)


def _maps(resource: Model | Job | Canary) -> Iterator[Value[object]]:
    match resource:
        case Job():
            yield from (resource.arguments, resource.fixed_arguments)
        case Model():
            yield from (resource.variables, *(each.variables for each in resource.containers))
        case _:
            yield resource.variables


def _of_pair(
    name: Value[str], value: Value[str], message: str, resource: JobDefinition | _Beanstalk, graph: Graph, remedy: Remedy
) -> Flags:
    """Judges a pair whose name may not be known: that of a value in the form of a secret need not be."""
    if isinstance(name, Known):
        yield from _judge(name.value, value, message, resource, graph, remedy)
    elif isinstance(value, Known) and has_form_of_secret(value.value):
        yield from _judge("", value, message, resource, graph, remedy)
    else:
        settled(name)


def _judge(
    name: str,
    value: Tree,
    message: str,
    resource: JobDefinition | _Beanstalk | Model | Job | Canary,
    graph: Graph,
    remedy: Remedy,
) -> Flags:
    what = "argument" if isinstance(resource, Job) else "variable"
    yield from judge_variable(
        name, value, f"The {what} {name} holds a secret in plain text: {message}", resource, graph, instead=remedy
    )
