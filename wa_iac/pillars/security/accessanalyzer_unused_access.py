"""# Access Analyzer does not look for access that nobody uses

## Why

Permissions that were needed once stay for years: roles of former projects, access keys of people who have left. An analyzer for unused
access lists them, so that somebody can take them away.

## What it checks

The rule looks at units that declare an analyzer of IAM Access Analyzer. It reports them, once, if none of their analyzers is for unused
access.

## What is left out

Units without an analyzer: it may be declared for the organization elsewhere. An analyzer for unused access costs for each role and user.

## Non-compliant

```yaml
Resources:
  Outside:
    Type: AWS::AccessAnalyzer::Analyzer
    Properties:
      Type: ORGANIZATION  # finding
```

```hcl
resource "aws_accessanalyzer_analyzer" "outside" {
  analyzer_name = "outside"
  type          = "ACCOUNT" # finding
}
```

## Compliant

```yaml
Resources:
  Outside:
    Type: AWS::AccessAnalyzer::Analyzer
    Properties:
      Type: ORGANIZATION
  Unused:
    Type: AWS::AccessAnalyzer::Analyzer
    Properties:
      Type: ORGANIZATION_UNUSED_ACCESS
```

```hcl
resource "aws_accessanalyzer_analyzer" "unused" {
  analyzer_name = "unused"
  type          = "ACCOUNT_UNUSED_ACCESS"
}
```

## Undecided

The result is undecided if the type is not known before deployment.

```yaml
Parameters:
  Kind:
    Type: String
Resources:
  Outside:
    Type: AWS::AccessAnalyzer::Analyzer
    Properties:
      Type: !Ref Kind  # undecided: parameter "Kind" has no default
```

```hcl
variable "kind" {
  type = string
}

resource "aws_accessanalyzer_analyzer" "outside" {
  analyzer_name = "outside"
  type          = var.kind # undecided: var.kind has no default
}
```

## Sources

- [Create an IAM Access Analyzer unused access analyzer](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-create-unused.html), read on 2026-11-29
"""

from wa_iac.aws.accessanalyzer import Analyzer
from wa_iac.core.graph import Graph
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Flags, Severity, flag, rule, settled
from wa_iac.core.value import Known, Unknown


@rule(
    practices=["SEC03-BP04", "SEC02-BP05"],
    severity=Severity.LOW,
    profile="all",
    remedy=Remedy(
        decision="Add an analyzer of the type ACCOUNT_UNUSED_ACCESS, or ORGANIZATION_UNUSED_ACCESS for all accounts; AWS charges for each role "
        "and user that it looks at."
    ),
)
def check(analyzer: Analyzer, graph: Graph) -> Flags:
    kind = settled(analyzer.kind)
    kinds = graph.once(_kinds)
    if not kinds or any(isinstance(each, Unknown) or (isinstance(each, Known) and "UNUSED" in each.value) for each in kinds):
        return
    if next(iter(graph.of(Analyzer))) is analyzer:
        yield flag(kind, "No analyzer here looks for roles, keys and permissions that nobody uses any more.")


def _kinds(graph: Graph) -> list[object]:
    return [each.kind for each in graph.of(Analyzer)]
