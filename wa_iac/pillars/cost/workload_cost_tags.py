"""# Resource has no cost allocation tag

## Why

The cost of a resource without a tag cannot be charged to a team or a product. In the bill it is one more line that nobody owns, and so
nobody removes it.

## What it checks

The rule reads the tags of servers, databases, caches, buckets, functions and tables. It reports a resource without a tag; with the option
`keys`, one without all of these tags. A `Name` tag does not help, and neither do the tags that AWS SAM and the AWS CDK add themselves
(`lambda:createdBy`, `aws-cdk:...`). The rule runs only in the profile `all`, because each organization decides which tags it wants.

## What is left out

In Terraform, `default_tags` of the provider count. In CloudFormation, stack tags apply to every resource but do not appear in the
template, so the rule reports a resource only if the template tags other resources of the kinds that it checks. It does not report a
resource whose tags come from a variable that the caller sets.

## Non-compliant

```yaml
Resources:
  Reports:
    Type: AWS::S3::Bucket
    Properties:
      Tags:
        - Key: team
          Value: sales
  Archive:  # finding
    Type: AWS::S3::Bucket
```

```hcl
resource "aws_s3_bucket" "reports" { # finding
  bucket = "example-reports"
}
```

## Compliant

```yaml
Resources:
  Reports:
    Type: AWS::S3::Bucket
    Properties:
      Tags:
        - Key: team
          Value: sales
```

```hcl
provider "aws" {
  region = "eu-west-1"
  default_tags {
    tags = {
      team = "sales"
    }
  }
}

resource "aws_s3_bucket" "reports" {
  bucket = "example-reports"
}
```

## Not applicable

```yaml
Resources:
  Reports:  # not applicable: the stack's own tags
    Type: AWS::S3::Bucket
```

```hcl
variable "tags" {
  type    = map(string)
  default = {}
}

resource "aws_s3_bucket" "reports" { # not applicable: a variable that the caller sets
  tags = var.tags
}
```

## Undecided

The result is undecided if `Tags` or `tags` is not known before deployment.

```yaml
Parameters:
  TagKey:
    Type: String
Resources:
  Reports:
    Type: AWS::S3::Bucket
    Properties:
      Tags:  # undecided: parameter "TagKey" has no default
        - Key: !Ref TagKey
          Value: sales
```

```hcl
variable "tags" {
  type = map(string)
}

resource "aws_s3_bucket" "reports" {
  bucket = "example-reports"
  tags   = var.tags # undecided: var.tags has no default
}
```

## Sources

- [CostAllocationTag - AWS Billing and Cost Management](https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_CostAllocationTag.html), read on 2026-11-29
"""

from pydantic import Field

from wa_iac.aws.dynamodb import Table
from wa_iac.aws.ec2 import Instance as Server
from wa_iac.aws.lambda_function import Function
from wa_iac.aws.parts.tags import names
from wa_iac.aws.rds import Instance as Database
from wa_iac.aws.s3 import Bucket
from wa_iac.core.graph import Graph
from wa_iac.core.partial import PartlyMap
from wa_iac.core.rule import Flags, Options, Remedy, Severity, accept, exempt, flag, rule, settled
from wa_iac.core.value import Known, Unknown


class Required(Options):
    """Which tags there must be."""

    keys: tuple[str, ...] = Field(
        (), description="The keys that every resource must be tagged with; if there are none, any key is accepted."
    )


def _remedy(wanted: Required) -> Remedy:
    keys = wanted.keys or ("team",)
    return Remedy(
        cfn="Tags:\n" + "\n".join(f"  - Key: {key}\n    Value: <the owner>" for key in keys),
        tf="tags = {\n" + "".join(f'  {key} = "<the owner>"\n' for key in keys) + "}",
        of=dict.fromkeys(
            ("AWS::Serverless::Function", "AWS::Serverless::SimpleTable"),
            "Tags:\n" + "\n".join(f"  {key}: <the owner>" for key in keys),
        ),
    )


@rule(
    practices=["COST03-BP02", "OPS02-BP01"],
    severity=Severity.LOW,
    convention=True,
    profile="all",
    remedy=_remedy,
    equivalents={
        "config": [
            "REQUIRED_TAGS",
            "ALB_TAGGED",
            "ALB_LISTENER_TAGGED",
            "NLB_TAGGED",
            "NLB_LISTENER_TAGGED",
            "API_GW_REST_API_TAGGED",
            "API_GW_STAGE_TAGGED",
            "COGNITO_USER_POOL_TAGGED",
            "ECR_REPOSITORY_TAGGED",
            "EC2_LAUNCH_TEMPLATE_TAGGED",
            "EC2_CAPACITY_RESERVATION_TAGGED",
            "EC2_DHCP_OPTIONS_TAGGED",
            "EC2_FLEET_TAGGED",
            "EC2_PREFIX_LIST_TAGGED",
            "SAGEMAKER_DOMAIN_TAGGED",
        ]
    },
)
def check(resource: Server | Database | Bucket | Function | Table, graph: Graph, wanted: Required) -> Flags:
    tags = resource.tags
    if isinstance(tags, PartlyMap):
        accept(not _lacking(tags.entries, wanted) and bool(wanted.keys or _names(tags.entries)))
    known = settled(tags)
    entries: object = known.value if isinstance(known, Known) else {}
    lacking = _lacking(entries, wanted)
    accept(bool(_names(entries)) and not lacking)
    exempt(isinstance(known, Known) and known.origin.how == "default", "the tags come from a variable that the caller sets")
    exempt(
        resource.dialect == "cloudformation" and not graph.once(_tags_anything),
        "the stack's own tags, which a template does not show, may be applied to it",
    )
    said = f"Required tags are missing ({', '.join(lacking)})" if lacking else "No tag names the owner"
    yield flag(known, f"{said}: its tags do not tell whose cost it is.")


def _tags_anything(graph: Graph) -> bool:
    """Whether the template tags anything itself."""
    resources: list[Server | Database | Bucket | Function | Table] = [*graph.of(Server), *graph.of(Database)]
    resources += [*graph.of(Bucket), *graph.of(Function), *graph.of(Table)]
    return any(
        isinstance(each.tags, Unknown) or (isinstance(each.tags, Known) and _names(each.tags.value)) for each in resources
    )


def _lacking(tags: object, wanted: Required) -> list[str]:
    return [key for key in wanted.keys if not (isinstance(tags, dict) and key in tags)]


def _names(tags: object) -> list[str]:
    return names(tags) if isinstance(tags, dict) else []
