"""# Terraform's state in S3 is not locked

## Why

If two people or builds apply the same configuration at once, each overwrites the state of the other. Resources then exist that
no state knows, and the next plan deletes or makes them again. A lock lets the second run wait.

## What it checks

The backend `s3` of a root module that names its bucket and key, and has neither `use_lockfile` nor `dynamodb_table`.

## What is left out

A backend without bucket or key gets its settings when Terraform is initialised, and the lock may be among them. So may the lock of any
backend, if a script, a makefile or a workflow between the configuration and the root of its repository passes `-backend-config`. A bucket such as
`<bucket-name>`, or an empty text, is a blank in an example. Other backends, state on the machine itself, and storage of another provider with S3's interface (`endpoint`). S3 has encrypted all new objects since January 2023, so `encrypt` is not checked.

## Non-compliant

```hcl
terraform {
  backend "s3" { # finding
    bucket = "acme-state"
    key    = "orders/terraform.tfstate"
    region = "eu-west-1"
  }
}
```

```hcl
terraform {
  required_version = "~> 0.11.6"

  backend "s3" { # finding
    bucket = "acme-state"
    key    = "orders/terraform.tfstate"
    region = "eu-west-1"
  }
}
```

Terraform 1.10, which can lock by a file, has no `role_arn` in its place any more. The remedy then says what takes its place.

```hcl
terraform {
  backend "s3" { # finding
    bucket   = "acme-state"
    key      = "orders/terraform.tfstate"
    region   = "eu-west-1"
    role_arn = "arn:aws:iam::123456789012:role/state"
  }
}
```

## Compliant

```hcl
terraform {
  backend "s3" {
    bucket = "acme-state"
    key    = "orders/terraform.tfstate"
    region = "eu-west-1"

    use_lockfile = true
  }
}
```

```hcl
terraform {
  backend "s3" {
    bucket = "acme-state"
    key    = "orders/terraform.tfstate"
    region = "eu-west-1"

    dynamodb_table = "terraform-locks"
  }
}
```

## Not applicable

```hcl
terraform { # not applicable: initialised
  backend "s3" {}
}
```

```hcl
terraform { # not applicable: a blank to fill in
  backend "s3" {
    bucket = "<bucket-name>"
    key    = "orders/terraform.tfstate"
  }
}
```

```hcl
terraform { # not applicable: not in AWS
  backend "s3" {
    bucket   = "acme-state"
    key      = "orders/terraform.tfstate"
    region   = "fra1"
    endpoint = "https://fra1.storage.example.com"
  }
}
```

## Undecided

OpenTofu takes variables here. The result is undecided if the table is not known.

```hcl
variable "table" {
  type = string
}

terraform {
  backend "s3" {
    bucket = "acme-state"
    key    = "orders/terraform.tfstate"
    region = "eu-west-1"

    dynamodb_table = var.table # undecided: var.table has no default
  }
}
```

## Sources

- [S3 backend](https://developer.hashicorp.com/terraform/language/backend/s3), read on 2026-11-29
- [Terraform 1.10 changes](https://github.com/hashicorp/terraform/blob/v1.10/CHANGELOG.md), read on 2026-11-29
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from wa_iac.aws.terraform import S3Backend, TerraformSettings
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import any_of, holds
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, each_of, exempt, flag, rule
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.init_settings import are_given_at_init

_WITH_FILE: Final = (1, 10)
"""The first version that can lock by a file beside the state."""
_PART: Final = late(r"\s*(?P<operator>~>|<=|<|=|)\s*(?P<major>\d{1,9})(?:\.(?P<minor>\d{1,9}))?(?P<patch>\.\d+)?\s*$")
_BLANK: Final = late(r"[<>{}$ ]|CHANGE|REPLACE|YOUR")
"""What no name of a bucket contains."""


_FILE: Final = Remedy(
    tf='backend "s3" {\n  use_lockfile = true\n}',
    decision="Set use_lockfile to true in the backend block (Terraform 1.10 or newer, OpenTofu 1.10 or newer), and run terraform "
    "init -reconfigure. Anyone who runs it also writes and deletes an object beside the state, with .tflock at the end. Older versions need a DynamoDB table with the key LockID, named in dynamodb_table.",
)


def _for_the_version(settings: TerraformSettings, graph: Graph) -> Remedy | None:
    """For a version that knows no lock file: a table. For one that does: what it no longer accepts beside it."""
    versions = [each.required_version for each in graph.of(TerraformSettings)]
    if not any(isinstance(each, Known) and _is_older(each.value) for each in (settings.required_version, *versions)):
        moved = list(dict.fromkeys(_moved(settings)))
        if not moved:
            return None
        named, inside = " and ".join(moved), ", ".join(f"{each} = ..." for each in moved)
        return replace(
            _FILE,
            decision=f"{_FILE.decision} Terraform 1.10 refuses {named} where it is written here: with it, write assume_role = {{ {inside} }} instead.",
        )
    return Remedy(
        tf='backend "s3" {\n  dynamodb_table = "<the table>"\n}',
        decision="Make a DynamoDB table with the key LockID, a text, and run terraform init -reconfigure. Anyone who runs Terraform needs GetItem, "
        "PutItem and DeleteItem on the table. From version 1.10 on, which this configuration does not allow, use_lockfile does without a table.",
    )


def _moved(settings: TerraformSettings) -> Iterator[str]:
    """The written arguments that Terraform 1.10 has only inside of `assume_role`."""
    for backend in settings.s3_backend:
        arguments = {"role_arn": backend.role, "external_id": backend.external_id, "session_name": backend.session_name}
        yield from (name for name, value in arguments.items() if not isinstance(value, Absent))


def _is_older(constraint: str) -> bool:
    """Whether a constraint on Terraform's version allows none that can lock by a file."""
    for part in constraint.split(","):
        found = _PART.match(part)
        if found is None or found["minor"] is None:
            continue
        named = (int(found["major"]), int(found["minor"]))
        if found["operator"] == "~>" and found["patch"] is None:
            named = (named[0], 1 << 30)
        if named < _WITH_FILE or (found["operator"] == "<" and named == _WITH_FILE and (found["patch"] or ".0") == ".0"):
            return True
    return False


@rule(
    practices=["OPS05-BP04"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=replace(_FILE, given=_for_the_version),
)
def check(settings: TerraformSettings) -> Flags:
    yield from each_of(settings.s3_backend, partial(_judge, Path(settings.span.path).parent))


def _judge(configuration: Path, backend: S3Backend) -> Flags:
    incomplete = isinstance(backend.bucket, Absent) or isinstance(backend.key, Absent)
    exempt(incomplete, "its settings are given when Terraform is initialised")
    is_blank = holds(backend.bucket, lambda name: not name or _BLANK.search(name) is not None) == Known(True)
    exempt(is_blank, "its bucket is a blank to fill in")
    elsewhere = holds(backend.endpoint, lambda address: ".amazonaws.com" not in address.lower()) == Known(True)
    exempt(elsewhere, "its bucket is not in AWS, by its endpoint")
    accept(any_of((backend.lock_file, given(backend.lock_table))))
    exempt(are_given_at_init(configuration), "a script gives it settings when Terraform is initialised")
    yield flag(backend, "Nothing locks this state: two runs at once may overwrite each other's, and lose resources from it.")
