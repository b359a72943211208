"""# ECR repository allows image tags to be overwritten

With mutable tags, anyone who may push images can put another image under a tag that is already deployed. The next container to
start then runs code that nobody released, and a rollback to the tag does not restore the image that ran before.

Give each build its own tag. If one tag has to move, such as `latest`, exclude it with `IMMUTABLE_WITH_EXCLUSION`.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::ECR::Repository
    Properties:
      ImageTagMutability: MUTABLE  # finding
```

```hcl
resource "aws_ecr_repository" "orders" { # finding
  name = "orders"
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::ECR::Repository
    Properties:
      ImageTagMutability: IMMUTABLE
```

```hcl
resource "aws_ecr_repository" "orders" {
  name                 = "orders"
  image_tag_mutability = "IMMUTABLE"
}
```

## Undecided

The result is undecided if `ImageTagMutability` or `image_tag_mutability` is not known before deployment.

```yaml
Parameters:
  ImageTagMutability:
    Type: String
Resources:
  Orders:
    Type: AWS::ECR::Repository
    Properties:
      ImageTagMutability: !Ref ImageTagMutability  # undecided: parameter "ImageTagMutability" has no default
```

```hcl
variable "image_tag_mutability" {
  type = string
}

resource "aws_ecr_repository" "orders" {
  name                 = "orders"
  image_tag_mutability = var.image_tag_mutability # undecided: var.image_tag_mutability has no default
}
```
"""

from dataclasses import replace

from wa_iac.aws.ecr import Repository
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of, holds, negate
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, refuse, rule, settled
from wa_iac.core.value import Absent, Known

_IMMUTABLE = Recipe(cfn={"ImageTagMutability": "IMMUTABLE"}, tf={"image_tag_mutability": "IMMUTABLE"})


def _with_exception(filters: str) -> Remedy:
    return replace(
        Remedy.of_recipe(_IMMUTABLE),
        decision="Each tag can then be pushed once. If a tag has to move, such as latest or the tags of a mirror, write IMMUTABLE_WITH_EXCLUSION "
        f"instead, and a filter for that tag ({filters}).",
    )


def _fitting(repository: Repository, graph: Graph) -> Remedy:
    """The remedy with the name of the filters in the language of the repository."""
    del graph
    if repository.dialect == "cloudformation":
        return _with_exception("ImageTagMutabilityExclusionFilters")
    return _with_exception(f"image_tag_mutability_exclusion_filter{'s' if repository.as_cloudformation else ''}")


@rule(
    practices=["SEC06-BP04", "OPS05-BP09", "REL08-BP04"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    convention=True,
    equivalents={"checkov": ["CKV_AWS_51"], "trivy": ["AVD-AWS-0031"], "config": ["ECR_PRIVATE_TAG_IMMUTABILITY_ENABLED"]},
    remedy=replace(
        _with_exception("ImageTagMutabilityExclusionFilters, image_tag_mutability_exclusion_filter"), given=_fitting
    ),
    fix=replace(
        _IMMUTABLE,
        unsafe_because="a pipeline that pushes the same tag again fails",
    ),
)
def check(repository: Repository) -> Flags:
    everything = any_of(holds(each.pattern, _is_everything) for each in repository.excluded_tags)
    match settled(repository.tag_mutability):
        # Of what is excluded, the opposite holds. A few tags that may move, such as `latest`, are what the exclusion is for.
        case Known("IMMUTABLE_WITH_EXCLUSION"):
            movable = everything
        case Known("MUTABLE" | "MUTABLE_WITH_EXCLUSION") | Absent():
            movable = negate(everything)
        case Known():
            return
    yield from refuse(
        movable,
        True,
        "This repository allows tags to be overwritten: a tag that is deployed can be pushed again with different code.",
        at=repository.tag_mutability,
    )


def _is_everything(pattern: str) -> bool:
    return pattern != "" and pattern.strip("*") == ""
