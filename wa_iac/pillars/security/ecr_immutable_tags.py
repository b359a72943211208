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
"""

from collections.abc import Iterator

from wa_iac.aws.ecr import Repository
from wa_iac.core.fix import Recipe
from wa_iac.core.logic import any_of
from wa_iac.core.rule import Flag, Remedy, Severity, flag, rule, undecided
from wa_iac.core.value import Absent, Known, Unknown, Value


@rule(
    practices=["SEC06-BP04", "OPS05-BP09", "REL08-BP04"],
    severity=Severity.MEDIUM,
    remedy=Remedy(cfn="ImageTagMutability: IMMUTABLE", tf='image_tag_mutability = "IMMUTABLE"'),
    equivalents={"checkov": ["CKV_AWS_51"], "trivy": ["AVD-AWS-0031"], "config": ["ECR_PRIVATE_TAG_IMMUTABILITY_ENABLED"]},
    fix=Recipe(
        cfn={"ImageTagMutability": "IMMUTABLE"},
        tf={"image_tag_mutability": "IMMUTABLE"},
        unsafe_because="a pipeline that pushes the same tag again fails",
    ),
)
def check(repository: Repository) -> Iterator[Flag]:
    value = repository.tag_mutability
    match value:
        case Unknown():
            yield undecided(value)
            return
        case Known("MUTABLE" | "MUTABLE_WITH_EXCLUSION") | Absent():
            open_ = True
        case Known("IMMUTABLE_WITH_EXCLUSION"):
            open_ = False
        case Known():
            return
    # Of what is excluded, the opposite holds. A few tags that may move, such as `latest`, are what the exclusion is for.
    everything = any_of(_is_everything(each.pattern) for each in repository.excluded_tags)
    if isinstance(everything, Unknown):
        yield undecided(everything)
    elif (everything == Known(True)) != open_:
        yield flag(
            value, "A tag that is deployed can be pushed again with other code, and a rollback to it brings that code back."
        )


def _is_everything(pattern: Value[str]) -> Value[bool]:
    match pattern:
        case Unknown() as why:
            return why
        case Known(text):
            return Known(text.strip("*") == "" and text != "", pattern.origin)
        case Absent():
            return Known(False, pattern.origin)
