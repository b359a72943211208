"""# Airflow's web server is on the internet

## Why

The web server of Airflow shows and starts everything that the DAGs do. IAM asks for a sign-in first, but a stolen session or token of one
user then works from anywhere.

## What it checks

The rule reports an MWAA environment whose web server is reached from the internet (`PUBLIC_ONLY`).

## What is left out

The default, `PRIVATE_ONLY`, which needs a way into the VPC for its users. Since IAM checks each sign-in, the severity is low.

## Non-compliant

```yaml
Resources:
  Flows:
    Type: AWS::MWAA::Environment
    Properties:
      Name: flows
      DagS3Path: dags
      SourceBucketArn: arn:aws:s3:::example-flows
      ExecutionRoleArn: arn:aws:iam::111122223333:role/flows
      NetworkConfiguration:
        SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
        SecurityGroupIds: [sg-0123456789abcdef0]
      WebserverAccessMode: PUBLIC_ONLY  # finding
```

```hcl
resource "aws_mwaa_environment" "flows" {
  name                  = "flows"
  dag_s3_path           = "dags"
  source_bucket_arn     = "arn:aws:s3:::example-flows"
  execution_role_arn    = "arn:aws:iam::111122223333:role/flows"
  webserver_access_mode = "PUBLIC_ONLY" # finding

  network_configuration {
    subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
    security_group_ids = ["sg-0123456789abcdef0"]
  }
}
```

## Compliant

```yaml
Resources:
  Flows:
    Type: AWS::MWAA::Environment
    Properties:
      Name: flows
      DagS3Path: dags
      SourceBucketArn: arn:aws:s3:::example-flows
      ExecutionRoleArn: arn:aws:iam::111122223333:role/flows
      NetworkConfiguration:
        SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
        SecurityGroupIds: [sg-0123456789abcdef0]
      WebserverAccessMode: PRIVATE_ONLY
```

```hcl
resource "aws_mwaa_environment" "flows" {
  name               = "flows"
  dag_s3_path        = "dags"
  source_bucket_arn  = "arn:aws:s3:::example-flows"
  execution_role_arn = "arn:aws:iam::111122223333:role/flows"

  network_configuration {
    subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
    security_group_ids = ["sg-0123456789abcdef0"]
  }
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Access:
    Type: String
Resources:
  Flows:
    Type: AWS::MWAA::Environment
    Properties:
      Name: flows
      DagS3Path: dags
      SourceBucketArn: arn:aws:s3:::example-flows
      ExecutionRoleArn: arn:aws:iam::111122223333:role/flows
      NetworkConfiguration:
        SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
        SecurityGroupIds: [sg-0123456789abcdef0]
      WebserverAccessMode: !Ref Access  # undecided: parameter "Access" has no default
```

```hcl
variable "access" {
  type = string
}

resource "aws_mwaa_environment" "flows" {
  name                  = "flows"
  dag_s3_path           = "dags"
  source_bucket_arn     = "arn:aws:s3:::example-flows"
  execution_role_arn    = "arn:aws:iam::111122223333:role/flows"
  webserver_access_mode = var.access # undecided: var.access has no default

  network_configuration {
    subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
    security_group_ids = ["sg-0123456789abcdef0"]
  }
}
```

## Sources

- [create environment](https://docs.aws.amazon.com/cli/v1/reference/mwaa/create-environment.html), read on 2026-11-29
"""

from wa_iac.aws.mwaa import Environment
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, refuse, rule


@rule(
    practices=["SEC05-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn={"WebserverAccessMode": "PRIVATE_ONLY"},
        tf={"webserver_access_mode": "PRIVATE_ONLY"},
        decision="Its users then need a way into the VPC: a VPN, a load balancer or an endpoint.",
    ),
    equivalents={"checkov": ["CKV2_AWS_66"]},
)
def check(environment: Environment) -> Flags:
    yield from refuse(
        environment.access,
        "PUBLIC_ONLY",
        "The web server of this environment is on the internet: a stolen session of one user can start its DAGs from anywhere.",
    )
