"""# Access key written in the configuration

Everybody who may read the repository, its history or the deployed resource can act with this key, from anywhere and until somebody
takes it away. Robots find keys in public repositories within minutes.

Leave credentials out of provider blocks: Terraform takes them from the environment, a profile or a role. A program gets a role, or
reads a secret at run time. AWS's own example key, and the made-up keys of an emulator, are not reported. A key among the variables of
a function is the concern of `lambda-env-secrets`.

## Non-compliant

```yaml
Resources:
  Worker:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0abcdef1234567890
      UserData: export AWS_ACCESS_KEY_ID=AKIAQ3EGWLX5TZ7M2YPD  # finding
```

```hcl
provider "aws" {
  region     = "eu-west-1"
  access_key = "AKIAQ3EGWLX5TZ7M2YPD" # finding
  secret_key = "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"
}
```

## Compliant

```yaml
Resources:
  Worker:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0abcdef1234567890
      IamInstanceProfile: worker
```

```hcl
provider "aws" {
  region = "eu-west-1"
  assume_role {
    role_arn = "arn:aws:iam::111122223333:role/deployer"
  }
}
```
"""

import re
from collections.abc import Iterator

from wa_iac.core.awscc import and_awscc
from wa_iac.core.binding import only
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.partial import PartlyMap
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Flag, Remedy, Severity, flag, rule
from wa_iac.core.value import Absent, Known, Tree

_KEY = re.compile(r"(?<![A-Za-z0-9])AKIA[A-Z2-7]{16}(?![A-Za-z0-9])")
_SECRET = re.compile(r"[A-Za-z0-9/+=]{40}")
FUNCTIONS = and_awscc("AWS::Lambda::Function", "aws_lambda_function")


@rule(
    practices=["SEC02-BP02", "SEC02-BP03"],
    severity=Severity.CRITICAL,
    remedy=Remedy(
        cfn="IamInstanceProfile: !Ref <a profile with a role>",
        tf="assume_role {\n  role_arn = <the role to deploy with>\n}",
    ),
    equivalents={"checkov": ["CKV_AWS_41"]},
)
def check(graph: Graph) -> Iterator[Flag]:
    for declared in graph.declared:
        if declared.type in FUNCTIONS:
            continue
        found = _of_provider(declared) if declared.type == "provider.aws" else next(_keys(declared.body), None)
        if found is not None:
            yield flag(
                found,
                "An access key stands here in the clear: whoever reads this can use it from anywhere.",
                resource=graph.typed(declared, Resource),
            )


def _of_provider(provider: Declared) -> Tree | None:
    """The credentials written in a provider block; an emulator on one's own machine takes any."""
    if not isinstance(only(provider.body, "endpoints"), Absent):
        return None
    match only(provider.body, "access_key"), only(provider.body, "secret_key"):
        case (Known(str() as key) as value, _) if _KEY.fullmatch(key) and _counts(value):
            return value
        case (_, Known(str() as secret) as value) if _SECRET.fullmatch(secret) and _counts(value):
            return value
        case _:
            return None


def _keys(tree: Tree) -> Iterator[Tree]:
    match tree:
        case Known(dict() as entries):
            for value in entries.values():
                yield from _keys(value)
        case PartlyMap():
            for value in tree.every():
                yield from _keys(value)
        case Known(list() as items):
            for item in items:
                yield from _keys(item)
        case Known(str() as text):
            found = _KEY.search(text)
            if found is not None and not found[0].endswith("EXAMPLE") and _counts(tree):
                yield tree
        case _:
            for part in getattr(tree, "parts", ()):
                if isinstance(part, str) and (found := _KEY.search(part)) and not found[0].endswith("EXAMPLE"):
                    yield tree


def _counts(value: Tree) -> bool:
    """Whether it stands in the configuration, rather than being given to it."""
    return value.origin.how not in ("given", "service default")
