"""# Redshift accepts connections without TLS

## Why

A client that connects without TLS sends its password and its queries in plain text, and receives the data in plain text too.

## What it checks

The rule reports a parameter group that turns `require_ssl` off, and one of the older family `redshift-1.0` that does not turn it on: this family leaves it
off. It also reports a workgroup of Redshift Serverless that turns it off.

## What is left out

Clusters without a parameter group of their own, made since January 2025, use `default.redshift-2.0`, which requires TLS. A parameter group that
nothing here uses, beside clusters with others or with the default one, changes nothing.

## Non-compliant

```yaml
Resources:
  Settings:
    Type: AWS::Redshift::ClusterParameterGroup
    Properties:
      Description: Sales
      ParameterGroupFamily: redshift-2.0
      Parameters:
        - ParameterName: require_ssl
          ParameterValue: "false"  # finding: turned off
```

```hcl
resource "aws_redshift_parameter_group" "settings" { # finding: redshift-1.0
  name   = "sales"
  family = "redshift-1.0"
}
```

## Compliant

```yaml
Resources:
  Settings:
    Type: AWS::Redshift::ClusterParameterGroup
    Properties:
      Description: Sales
      ParameterGroupFamily: redshift-1.0
      Parameters:
        - ParameterName: require_ssl
          ParameterValue: "true"
```

```hcl
resource "aws_redshift_parameter_group" "settings" {
  name   = "sales"
  family = "redshift-2.0"
}
```

## Not applicable

```hcl
resource "aws_redshift_parameter_group" "settings" { # not applicable: no cluster here uses this parameter group
  name   = "sales"
  family = "redshift-1.0"
}

resource "aws_redshift_cluster" "sales" {
  cluster_identifier = "sales"
  node_type          = "ra3.large"
}
```

## Undecided

The result is undecided if the value is not known before deployment.

```yaml
Parameters:
  Tls:
    Type: String
Resources:
  Settings:
    Type: AWS::Redshift::ClusterParameterGroup
    Properties:
      Description: Sales
      ParameterGroupFamily: redshift-1.0
      Parameters:
        - ParameterName: require_ssl
          ParameterValue: !Ref Tls  # undecided: parameter "Tls" has no default
```

```hcl
variable "tls" {
  type = string
}

resource "aws_redshift_parameter_group" "settings" {
  name   = "sales"
  family = "redshift-1.0"

  parameter {
    name  = "require_ssl"
    value = var.tls # undecided: var.tls has no default
  }
}
```

## Sources

- [redshift-require-tls-ssl - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide//redshift-require-tls-ssl.html), read on 2026-11-29
- [Behavior changes in Amazon Redshift](https://docs.aws.amazon.com/zh_cn/redshift/latest/mgmt/behavior-changes.html), read on 2026-11-29
"""

from wa_iac.aws.redshift import Cluster, ParameterGroup, Workgroup
from wa_iac.core.graph import Graph
from wa_iac.core.logic import first_unknown
from wa_iac.core.rule import Flags, Remedy, Severity, all_known, exempt, flag, rule, settled
from wa_iac.core.value import Known
from wa_iac.knowledge.users_of import is_left_out

_REQUIRED = "require_ssl"


@rule(
    practices=["SEC09-BP02"],
    severity=Severity.MEDIUM,
    remedy=Remedy(
        cfn={"Parameters": [{"ParameterName": _REQUIRED, "ParameterValue": "true"}]},
        of={
            "AWS::RedshiftServerless::Workgroup": {"ConfigParameters": [{"ParameterKey": _REQUIRED, "ParameterValue": "true"}]}
        },
        tf='parameter {\n  name  = "require_ssl"\n  value = "true"\n}',
        decision="On a cluster, it takes effect once that is restarted. Clients that do not use TLS can then no longer connect.",
    ),
    equivalents={
        "checkov": ["CKV_AWS_105"],
        "cdk_nag": ["AwsSolutions-RS1"],
        "config": ["REDSHIFT_REQUIRE_TLS_SSL", "REDSHIFT_SERVERLESS_WORKGROUP_ENCRYPTED_IN_TRANSIT"],
        "security_hub": ["Redshift.2", "RedshiftServerless.2"],
    },
)
def check(settings: ParameterGroup | Workgroup, graph: Graph) -> Flags:
    exempt(
        isinstance(settings, ParameterGroup) and is_left_out(settings, Cluster, "parameter_group", graph),
        "no cluster here uses this parameter group",
    )
    found = [each.value for each in settings.parameters if each.name == Known(_REQUIRED)]
    if found:
        value = settled(found[0])
        if isinstance(value, Known) and value.value.lower() == "false":
            yield flag(value, "TLS is turned off here: clients may send their passwords and queries in plain text.")
        return
    all_known(first_unknown(*(each.name for each in settings.parameters)))
    if isinstance(settings, Workgroup):
        return
    all_known(settings.listed)
    if settled(settings.family) == Known("redshift-1.0"):
        yield flag(
            settings.listed,
            "The family redshift-1.0 does not require TLS unless a parameter says so: clients may send passwords and queries in plain text.",
        )
