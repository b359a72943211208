"""# Terraform's state in S3 is not locked

## Why

If two people or builds apply the same configuration at once, each overwrites the state of the other. Resources then exist that
no state knows, and the next plan deletes or makes them again. A lock lets the second run wait.

## What it checks

The backend `s3` of a root module that names its bucket and key, and has neither `use_lockfile` nor `dynamodb_table`.

## What is left out

A backend without bucket or key gets its settings when Terraform is initialised, and the lock may be among them. So may the lock of any
backend, if a script, a makefile or a workflow between the configuration and the root of its repository passes `-backend-config`. Other backends,
and state on the machine itself. S3 has encrypted all new objects since January 2023, so `encrypt` is not checked.

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
"""

from functools import partial
from pathlib import Path

from wa_iac.aws.terraform import S3Backend, TerraformSettings
from wa_iac.core.logic import any_of
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, each_of, exempt, flag, rule
from wa_iac.core.value import Absent
from wa_iac.knowledge.init_settings import are_given_at_init


@rule(
    practices=["OPS05-BP04"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        tf='backend "s3" {\n  use_lockfile = true\n}',
        decision="Set use_lockfile to true in the backend block (Terraform 1.10 or newer, OpenTofu 1.10 or newer), and run terraform "
        "init -reconfigure. Anyone who runs it also writes and deletes an object beside the state, with .tflock at the end. Older versions need a DynamoDB table with the key LockID, named in dynamodb_table.",
    ),
)
def check(settings: TerraformSettings) -> Flags:
    yield from each_of(settings.s3_backend, partial(_judge, Path(settings.span.path).parent))


def _judge(configuration: Path, backend: S3Backend) -> Flags:
    incomplete = isinstance(backend.bucket, Absent) or isinstance(backend.key, Absent)
    exempt(incomplete, "its settings are given when Terraform is initialised")
    accept(any_of((backend.lock_file, given(backend.lock_table))))
    exempt(are_given_at_init(configuration), "a script gives it settings when Terraform is initialised")
    yield flag(backend, "Nothing locks this state: two runs at once overwrite each other's, and resources are lost from it.")
