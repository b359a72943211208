"""# Images are not scanned when they are pushed

Without a scan, an image with known holes is found by whoever attacks it.

A registry can scan its repositories by settings of its own, one for the account in each Region; the flag on the repository does not count
then. Where this unit has settings of the registry, its filters decide: one without a wildcard takes in every name that it stands in, and
what none takes in is scanned by hand only, or not at all ("Filters to choose which repositories are scanned", Amazon ECR User Guide).
Elsewhere the rule reports a repository that switches scanning off; where nothing is written, it says that it cannot be known here.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::ECR::Repository
    Properties:
      ImageScanningConfiguration:
        ScanOnPush: false  # finding
```

```hcl
resource "aws_ecr_repository" "orders" {
  name = "orders"

  image_scanning_configuration {
    scan_on_push = false # finding
  }
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::ECR::Repository
    Properties:
      ImageScanningConfiguration:
        ScanOnPush: true
```

```hcl
resource "aws_ecr_repository" "orders" {
  name = "orders"
}

resource "aws_ecr_registry_scanning_configuration" "all" {
  scan_type = "ENHANCED"

  rule {
    scan_frequency = "CONTINUOUS_SCAN"
    repository_filter {
      filter      = "*"
      filter_type = "WILDCARD"
    }
  }
}
```
"""

from collections.abc import Iterator

from wa_iac.aws.ecr import RegistryScanning, Repository
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.logic import all_of, any_of
from wa_iac.core.reasons import Said
from wa_iac.core.rule import Flag, Remedy, Severity, flag, not_applicable, rule, undecided
from wa_iac.core.value import Absent, Known, Unknown, Value
from wa_iac.knowledge.regional_settings import holds_for

_ELSEWHERE = "whether the registry scans all its images by settings of its own is not known here"


@rule(
    practices=["SEC06-BP01", "SEC11-BP02"],
    severity=Severity.MEDIUM,
    remedy=Remedy(
        cfn="ImageScanningConfiguration:\n  ScanOnPush: true",
        tf="image_scanning_configuration {\n  scan_on_push = true\n}",
    ),
    equivalents={
        "checkov": ["CKV_AWS_163"],
        "trivy": ["AVD-AWS-0030"],
        "guard": ["ECR_REPO_SCAN_ON_PUSH"],
        "config": ["ECR_PRIVATE_IMAGE_SCANNING_ENABLED"],
    },
    fix=Recipe(
        cfn={"ImageScanningConfiguration": {"ScanOnPush": True}},
        tf={"image_scanning_configuration": {"scan_on_push": True}},
    ),
)
def check(repository: Repository, graph: Graph) -> Iterator[Flag]:
    if repository.scan_on_push == Known(True):
        return
    registries = [(each, holds_for(each, repository)) for each in graph.of(RegistryScanning)]
    match any_of(holds for _, holds in registries):
        case Known(True):
            yield from _by_registry(repository, any_of(all_of((holds, each.scans(repository))) for each, holds in registries))
        case Unknown() as why:
            yield undecided(why)
        case _:
            yield from _by_itself(repository)


def _by_registry(repository: Repository, scanned: Value[bool]) -> Iterator[Flag]:
    match scanned:
        case Known(True):
            yield not_applicable("the settings of the registry decide, not the repository's")
        case Unknown() as why:
            yield undecided(why)
        case _:
            yield flag(
                repository.scan_on_push,
                "The registry scans other repositories only: known holes in these images are found by whoever attacks them.",
            )


def _by_itself(repository: Repository) -> Iterator[Flag]:
    match repository.scan_on_push:
        case Unknown() as value:
            yield undecided(value)
        case Known() as value if value.origin.how != "service default":
            yield flag(value, "Images are not scanned here: known holes in them are found by whoever attacks them.")
        case Known() | Absent() as value:
            settle = "set scan_on_push" if repository.dialect == "terraform" else "set ScanOnPush"
            yield undecided(Unknown(Said(_ELSEWHERE, settle), ("registry of", repository.address), value.origin))
