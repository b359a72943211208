"""# SageMaker model reaches the internet past the VPC

## Why

The container of this model sees every request, and has the credentials of its role. Without a VPC and without isolation, its code, or a package in it that
somebody took over, sends all of that anywhere, and no security group or flow log of yours sees it.

## What it checks

The rule reports a model whose container is neither isolated from the network nor in subnets of a VPC.

## What is left out

A model in a VPC, whose security groups decide. The rule is in the profile `all`: some containers load their model from the internet when they
start.

## Non-compliant

```yaml
Resources:
  Prices:  # finding
    Type: AWS::SageMaker::Model
    Properties:
      ExecutionRoleArn: arn:aws:iam::111122223333:role/prices
      PrimaryContainer:
        Image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/prices:3
```

```hcl
resource "aws_sagemaker_model" "prices" { # finding
  execution_role_arn = "arn:aws:iam::111122223333:role/prices"

  primary_container {
    image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/prices:3"
  }
}
```

## Compliant

```yaml
Resources:
  Prices:
    Type: AWS::SageMaker::Model
    Properties:
      ExecutionRoleArn: arn:aws:iam::111122223333:role/prices
      EnableNetworkIsolation: true
      PrimaryContainer:
        Image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/prices:3
```

```hcl
resource "aws_sagemaker_model" "prices" {
  execution_role_arn = "arn:aws:iam::111122223333:role/prices"

  primary_container {
    image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/prices:3"
  }

  vpc_config {
    subnets            = ["subnet-0123456789abcdef0"]
    security_group_ids = ["sg-0123456789abcdef0"]
  }
}
```

## Undecided

The result is undecided if the isolation or the subnets are not known before deployment.

```yaml
Parameters:
  Isolated:
    Type: String
Resources:
  Prices:
    Type: AWS::SageMaker::Model
    Properties:
      ExecutionRoleArn: arn:aws:iam::111122223333:role/prices
      EnableNetworkIsolation: !Ref Isolated  # undecided: parameter "Isolated" has no default
      PrimaryContainer:
        Image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/prices:3
```

```hcl
variable "isolated" { # undecided: Fails when var.isolated is false
  type = bool
}

resource "aws_sagemaker_model" "prices" {
  execution_role_arn       = "arn:aws:iam::111122223333:role/prices"
  enable_network_isolation = var.isolated

  primary_container {
    image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/prices:3"
  }
}
```

## Sources

- [CfnModelProps](https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_sagemaker/CfnModelProps.html), read on 2026-11-29
- [interface ModelProps](https://docs.aws.amazon.com/cdk/api/v2/docs/@aws-cdk_aws-sagemaker-alpha.ModelProps.html), read on 2026-11-29
"""

from wa_iac.aws.sagemaker import Model
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, accept, expect, rule
from wa_iac.core.value import Known


@rule(
    practices=["SEC05-BP01", "SEC05-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    profile="all",
    remedy=Remedy(
        cfn={"EnableNetworkIsolation": True},
        tf={"enable_network_isolation": True},
        replaces=True,
        decision="The model is replaced. If its container has to call something, place it in subnets of your VPC instead.",
    ),
    equivalents={
        "checkov": ["CKV_AWS_370"],
        "config": ["SAGEMAKER_MODEL_ISOLATION_ENABLED", "SAGEMAKER_MODEL_IN_VPC"],
        "security_hub": ["SageMaker.5"],
    },
)
def check(model: Model) -> Flags:
    accept(model.isolated == Known(True))
    accept(model.subnets.presence)
    yield from expect(
        model.isolated,
        True,
        "The container of this model reaches the internet past your VPC, which neither limits nor records what it sends.",
    )
