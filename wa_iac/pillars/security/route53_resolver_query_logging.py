"""# DNS queries of a VPC are not logged

## Why

Malware asks DNS for the servers of its operators before it connects to them, and may carry data out in the names that it asks for. Flow logs
show addresses only. Without a query log, an investigation cannot tell which names the machines of a VPC asked for.

## What it checks

VPCs that no query logging configuration of Route 53 Resolver is associated with.

## What is left out

GuardDuty reads the queries by itself, but keeps no record of them that you can search. Configurations that another account shares and
associates are not in the code. An association in another template of the run counts if it imports the VPC by the name of its export.

## Non-compliant

```yaml
Resources:
  Network:  # finding
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
```

```hcl
resource "aws_vpc" "network" { # finding
  cidr_block = "10.0.0.0/16"
}

resource "aws_route53_resolver_query_log_config" "queries" {
  name            = "queries"
  destination_arn = "arn:aws:s3:::dns-queries"
}
```

## Compliant

```yaml
Resources:
  Network:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  Queries:
    Type: AWS::Route53Resolver::ResolverQueryLoggingConfig
    Properties:
      DestinationArn: arn:aws:s3:::dns-queries
  OfNetwork:
    Type: AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation
    Properties:
      ResolverQueryLogConfigId: !Ref Queries
      ResourceId: !Ref Network
```

```hcl
resource "aws_vpc" "network" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_route53_resolver_query_log_config" "queries" {
  name            = "queries"
  destination_arn = "arn:aws:s3:::dns-queries"
}

resource "aws_route53_resolver_query_log_config_association" "network" {
  resolver_query_log_config_id = aws_route53_resolver_query_log_config.queries.id
  resource_id                  = aws_vpc.network.id
}
```

## Undecided

```yaml
Parameters:
  VpcId:
    Type: String
Resources:
  Network:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  Of:
    Type: AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation
    Properties:
      ResolverQueryLogConfigId: rqlc-0a1b2c3d
      ResourceId: !Ref VpcId  # undecided: parameter "VpcId" has no default
```

```hcl
variable "vpc_id" {
  type = string
}

resource "aws_vpc" "network" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_route53_resolver_query_log_config_association" "of" {
  resolver_query_log_config_id = "rqlc-0a1b2c3d"
  resource_id                  = var.vpc_id # undecided: var.vpc_id has no default
}
```

## Sources

- [AssociateResolverQueryLogConfig](https://docs.aws.amazon.com/sdk-for-sap-abap/v1/api/latest/r5r/operation/ASSOCRESOLVERQUERYLOGCONFIG.html), read on 2026-11-29
"""

from wa_iac.aws.route53resolver import QueryLoggingAssociation
from wa_iac.aws.vpc import Vpc
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, flag, rule
from wa_iac.core.value import Known
from wa_iac.knowledge.importers import imported_by


@rule(
    practices=["SEC04-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn="QueriesOfNetwork:\n  Type: AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation\n  Properties:\n"
        "    ResolverQueryLogConfigId: <a query logging configuration's id>\n    ResourceId: !Ref <this VPC>",
        tf='resource "aws_route53_resolver_query_log_config_association" "this" {\n'
        "  resolver_query_log_config_id = <a query logging configuration's id>\n  resource_id                  = <this VPC>.id\n}",
    ),
)
def check(vpc: Vpc, graph: Graph) -> Flags:
    pointing = graph.pointing(QueryLoggingAssociation, "vpc")
    if pointing.at.get(id(vpc.declared)):
        return
    elsewhere = imported_by(vpc, graph, QueryLoggingAssociation, "ResourceId", test=lambda _, __: Known(True))
    accept(elsewhere)
    all_known(pointing.loose)
    yield flag(
        vpc, "The DNS queries of this VPC are not logged: a log would show afterwards which names its machines asked for."
    )
