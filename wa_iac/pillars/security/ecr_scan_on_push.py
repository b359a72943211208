"""# ECR repository does not scan images on push

## Why

Without a scan, attackers may find the known vulnerabilities of an image before you do.

## What it checks

The rule checks repositories. If the template or configuration contains the registry's settings, their filters decide. A filter without a
wildcard matches every repository name that contains it. A repository that no filter matches is scanned only manually, or not at all
("Filters to choose which repositories are scanned", Amazon ECR User Guide).

Otherwise, the rule reports a repository that disables scanning. For caches of builds (`buildcache`, `ephemeral`), the finding is advice: nothing
runs from them.

## What is left out

If nothing is set, the result is undecided. A registry can have its own scan settings, one set for the account in each Region. The flag on
the repository then has no effect.

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

## Not applicable

```yaml
Resources:
  Orders:  # not applicable: the registry's settings decide
    Type: AWS::ECR::Repository
    Properties:
      RepositoryName: orders
  Scanning:
    Type: AWS::ECR::RegistryScanningConfiguration
    Properties:
      ScanType: BASIC
      Rules:
        - ScanFrequency: SCAN_ON_PUSH
          RepositoryFilters: [{Filter: "*", FilterType: WILDCARD}]
```

```hcl
resource "aws_ecr_repository" "orders" { # not applicable: the registry's settings decide
  name = "orders"
}

resource "aws_ecr_registry_scanning_configuration" "all" {
  scan_type = "BASIC"

  rule {
    scan_frequency = "SCAN_ON_PUSH"

    repository_filter {
      filter      = "*"
      filter_type = "WILDCARD"
    }
  }
}
```

## Undecided

The result is undecided if `ScanOnPush` or `scan_on_push` is not known before deployment.

```yaml
Parameters:
  ScanOnPush:
    Type: String
Resources:
  Orders:
    Type: AWS::ECR::Repository
    Properties:
      ImageScanningConfiguration:
        ScanOnPush: !Ref ScanOnPush  # undecided: parameter "ScanOnPush" has no default
```

```hcl
variable "scan_on_push" { # undecided: Fails when var.scan_on_push is false
  type = bool
}

resource "aws_ecr_repository" "orders" {
  name = "orders"

  image_scanning_configuration {
    scan_on_push = var.scan_on_push
  }
}
```

## Sources

- [PutRegistryScanningConfiguration - Amazon Elastic Container Registry](https://docs.aws.amazon.com/goto/WebAPI/ecr-2015-09-21/PutRegistryScanningConfiguration), read on 2026-11-29
- [interface ImageScanningConfigurationProperty - AWS CDK](https://docs.aws.amazon.com/cdk/api/v2/docs/@aws-cdk_cfn-property-mixins.aws_ecr.CfnRepositoryPropsMixin.ImageScanningConfigurationProperty.html), read on 2026-11-29
"""

from wa_iac.aws.ecr import RegistryScanning, Repository
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.reasons import Said
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, flag, rule, settled, undecided
from wa_iac.core.value import Known, Unknown
from wa_iac.knowledge.called import called
from wa_iac.knowledge.purposes import CACHES
from wa_iac.knowledge.regional_settings import in_force

_BY_REGISTRY = Remedy(
    decision="The registry's own settings decide, and the repository's have no effect: add a filter that matches this repository to a rule of the "
    "registry that scans on push or continuously."
)


@rule(
    practices=["SEC06-BP01", "SEC11-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    equivalents={
        "checkov": ["CKV_AWS_163"],
        "trivy": ["AVD-AWS-0030"],
        "guard": ["ECR_REPO_SCAN_ON_PUSH"],
        "config": ["ECR_PRIVATE_IMAGE_SCANNING_ENABLED"],
        "cfn_nag": ["W79"],
        "security_hub": ["ECR.1"],
    },
    fix=Recipe(
        cfn={"ImageScanningConfiguration": {"ScanOnPush": True}}, tf={"image_scanning_configuration": {"scan_on_push": True}}
    ),
)
def check(repository: Repository, graph: Graph) -> Flags:
    if repository.scan_on_push == Known(True):
        return
    if settled(in_force(repository, graph, RegistryScanning, lambda _: Known(True))) == Known(True):
        scanned = in_force(repository, graph, RegistryScanning, lambda registry: registry.scans(repository))
        exempt(scanned, "the registry's settings decide, not the repository's")
        yield flag(
            repository.scan_on_push,
            "The registry scans only other repositories: ECR does not report the known vulnerabilities in these images by itself.",
            instead=_BY_REGISTRY,
        )
        return
    off = settled(repository.scan_on_push)
    if isinstance(off, Known) and off.origin.how != "service default":
        of_caches = any(not CACHES.isdisjoint(words.split()) for words in called(repository, repository.tags))
        yield flag(
            off,
            "This repository does not scan images on push: ECR does not report the known vulnerabilities in them by itself.",
            confidence=Confidence.LOW if of_caches else None,
        )
    else:
        why = "whether the registry's own settings scan all its images is not known here"
        settle = "set scan_on_push" if repository.dialect == "terraform" else "set ScanOnPush"
        yield undecided(Unknown(Said(why, settle), ("registry of", repository.address), off.origin))
