"""# Studio domain of SageMaker reaches the internet past the VPC

## Why

Notebooks of this domain read training data, and run code and packages that their users choose. They reach the internet through a network of
SageMaker: no security group, no route table and no flow log of your VPC sees what leaves on that way.

## What it checks

The rule reports a domain whose applications have public access to the internet, which is the default.

## What is left out

A domain whose traffic goes through its VPC (`VpcOnly`), whatever the VPC lets out. The rule is in the profile `all`: a VPC without the endpoints that
Studio needs has to be prepared first.

## Non-compliant

```yaml
Resources:
  Research:  # finding
    Type: AWS::SageMaker::Domain
    Properties:
      AuthMode: IAM
      DomainName: research
      VpcId: vpc-0123456789abcdef0
      SubnetIds: [subnet-0123456789abcdef0]
      DefaultUserSettings:
        ExecutionRole: arn:aws:iam::111122223333:role/research
```

```hcl
resource "aws_sagemaker_domain" "research" {
  domain_name             = "research"
  auth_mode               = "IAM"
  vpc_id                  = "vpc-0123456789abcdef0"
  subnet_ids              = ["subnet-0123456789abcdef0"]
  app_network_access_type = "PublicInternetOnly" # finding

  default_user_settings {
    execution_role = "arn:aws:iam::111122223333:role/research"
  }
}
```

## Compliant

```yaml
Resources:
  Research:
    Type: AWS::SageMaker::Domain
    Properties:
      AuthMode: IAM
      DomainName: research
      VpcId: vpc-0123456789abcdef0
      SubnetIds: [subnet-0123456789abcdef0]
      AppNetworkAccessType: VpcOnly
      DefaultUserSettings:
        ExecutionRole: arn:aws:iam::111122223333:role/research
        SecurityGroups: [sg-0123456789abcdef0]
```

```hcl
resource "aws_sagemaker_domain" "research" {
  domain_name             = "research"
  auth_mode               = "IAM"
  vpc_id                  = "vpc-0123456789abcdef0"
  subnet_ids              = ["subnet-0123456789abcdef0"]
  app_network_access_type = "VpcOnly"

  default_user_settings {
    execution_role  = "arn:aws:iam::111122223333:role/research"
    security_groups = ["sg-0123456789abcdef0"]
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
  Research:
    Type: AWS::SageMaker::Domain
    Properties:
      AuthMode: IAM
      DomainName: research
      VpcId: vpc-0123456789abcdef0
      SubnetIds: [subnet-0123456789abcdef0]
      AppNetworkAccessType: !Ref Access  # undecided: parameter "Access" has no default
      DefaultUserSettings:
        ExecutionRole: arn:aws:iam::111122223333:role/research
```

```hcl
variable "access" {
  type = string
}

resource "aws_sagemaker_domain" "research" {
  domain_name             = "research"
  auth_mode               = "IAM"
  vpc_id                  = "vpc-0123456789abcdef0"
  subnet_ids              = ["subnet-0123456789abcdef0"]
  app_network_access_type = var.access # undecided: var.access has no default

  default_user_settings {
    execution_role = "arn:aws:iam::111122223333:role/research"
  }
}
```

## Sources

- [AWS::SageMaker::Domain (CfnDomain)](https://docs.aws.amazon.com/cdk/api/v1/python/aws_cdk.aws_sagemaker/CfnDomain.html), read on 2026-11-29
- [vpcId (CreateDomainRequest)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/sagemaker/aws.sdk.kotlin.services.sagemaker.model/-create-domain-request/vpc-id.html), read on 2026-11-29
"""

from wa_iac.aws.sagemaker import Domain
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, flag, rule, settled
from wa_iac.core.value import Known


@rule(
    practices=["SEC05-BP01", "SEC05-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn={"AppNetworkAccessType": "VpcOnly"},
        tf={"app_network_access_type": "VpcOnly"},
        decision="The VPC first needs endpoints or a NAT gateway for what Studio calls, and the users need a security group. Delete all running "
        "applications before you change this.",
    ),
    equivalents={"config": ["SAGEMAKER_DOMAIN_IN_VPC"]},
)
def check(domain: Domain) -> Flags:
    if settled(domain.access) == Known("PublicInternetOnly"):
        yield flag(
            domain.access,
            "Notebooks of this domain reach the internet past your VPC, which neither limits nor records where their data goes.",
        )
