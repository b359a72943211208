"""# ECS cluster has no Container Insights

## Why

Without Container Insights, CloudWatch has only the CPU and memory use of whole services. It does not show which task ran out of
memory, how often tasks restart, or how they use network and storage.

## What it checks

The rule checks clusters, and reports one whose setting `containerInsights` is neither `enabled` nor `enhanced`.

## What is left out

`enabled` and `enhanced` are both accepted. The rule also accepts a cluster if the same configuration enables Container Insights
for the whole account.

## Non-compliant

```yaml
Resources:
  Main:  # finding
    Type: AWS::ECS::Cluster
```

```hcl
resource "aws_ecs_cluster" "main" {
  name = "main"

  setting {
    name  = "containerInsights"
    value = "disabled" # finding
  }
}
```

## Compliant

```yaml
Resources:
  Main:
    Type: AWS::ECS::Cluster
    Properties:
      ClusterSettings:
        - Name: containerInsights
          Value: enhanced
```

```hcl
resource "aws_ecs_cluster" "main" {
  name = "main"

  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}
```

```hcl
resource "aws_ecs_account_setting_default" "insights" {
  name  = "containerInsights"
  value = "enabled"
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}
```

## Undecided

The result is undecided if `Value` or `value` is not known before deployment.

```yaml
Parameters:
  Value:
    Type: String
Resources:
  Main:
    Type: AWS::ECS::Cluster
    Properties:
      ClusterSettings:
        - Name: containerInsights
          Value: !Ref Value  # undecided: parameter "Value" has no default
```

```hcl
variable "value" {
  type = string
}

resource "aws_ecs_cluster" "main" {
  name = "main"

  setting {
    name  = "containerInsights"
    value = var.value # undecided: var.value has no default
  }
}
```

## Sources

- [ClusterSetting - Amazon Elastic Container Service](https://docs.aws.amazon.com/goto/WebAPI/ecs-2014-11-13/ClusterSetting), read on 2026-11-29
"""

from collections.abc import Hashable, Iterator

from wa_iac.aws.ecs import AccountSetting, Cluster
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.logic import all_of, any_of, holds
from wa_iac.core.rule import Confidence, Flags, Severity, accept, flag, rule
from wa_iac.core.value import Absent, Known, Value
from wa_iac.knowledge.regional_settings import holds_for, reach


@rule(
    practices=["OPS04-BP02", "REL06-BP01", "PERF02-BP03"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    convention=True,
    equivalents={
        "checkov": ["CKV_AWS_65"],
        "trivy": ["AVD-AWS-0034"],
        "cdk_nag": ["AwsSolutions-ECS4"],
        "config": ["ECS_CONTAINER_INSIGHTS_ENABLED"],
        "security_hub": ["ECS.12"],
    },
    fix=Recipe(
        cfn={"ClusterSettings[Name=containerInsights]": {"Value": "enabled"}},
        tf={"setting[name=containerInsights]": {"value": "enabled"}},
        unsafe_because="AWS charges for the metrics",
    ),
)
def check(cluster: Cluster, graph: Graph) -> Flags:
    insights = cluster.container_insights
    if isinstance(insights, Absent):
        settings = (alike[0] for alike in graph.index(AccountSetting, _about_insights).values())
        accept(any_of(all_of((_is_about_insights(each), holds_for(each, cluster), _enabled(each.value))) for each in settings))
    accept(_enabled(insights))
    yield flag(
        insights,
        "This cluster reports no Container Insights: CloudWatch does not show which task ran out of memory or restarts.",
    )


def _about_insights(setting: AccountSetting) -> Iterator[Hashable]:
    """What tells settings of Container Insights apart: what they set, and for which clusters."""
    if _is_about_insights(setting) != Known(False):
        yield setting.name, setting.value, reach(setting)


def _is_about_insights(setting: AccountSetting) -> Value[bool]:
    return holds(setting.name, lambda name: name == "containerInsights")


def _enabled(setting: Value[str]) -> Value[bool]:
    return holds(setting, lambda level: level in ("enabled", "enhanced"))
