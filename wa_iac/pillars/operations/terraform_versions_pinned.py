"""# Terraform provider or module has no version constraint

## Why

Without a version constraint, `terraform init` downloads the newest version. The same code then plans something else tomorrow
than today, a major release of the provider breaks it, and anyone who takes over a module's repository can run their code with
your credentials.

Constrain the AWS provider, and give every module a version.

A root module gets a `~>` constraint, with the version in its lock file if there is one. A module for others gets `>=`, which names the
oldest version that it works with ("Version Constraints", Terraform documentation). Neither allows a major version that no longer
knows an argument in the code: `vpc` of `aws_eip` is gone in version 6.

## What it checks

The rule reports the AWS provider if nothing constrains its version, and a module without a version. These count as the version of a module:

- a module from a registry: a `version`;
- a module from Git: a `ref` that is a tag or a commit, not a branch;
- a module from an [OCI registry](https://opentofu.org/docs/language/modules/sources/#oci-distribution-repository) (OpenTofu): a
  `tag` or a `digest`. Otherwise, OpenTofu downloads `latest`.

A lock file beside the code fixes the providers of one root module, until somebody runs `terraform init -upgrade`: then the severity is
low. It does not cover modules. A provider counts as constrained if any module in the configuration constrains it.

The confidence is low in a directory `example` or `examples`, so the finding is advice: nobody operates that code, and anyone who copies it
chooses the version.

A comment that tells TFLint to ignore this (`tflint-ignore: terraform_module_pinned_source`) is a decision: the finding is then advice.

## What is left out

The rule does not check modules from a local folder, which have the version of the code around them, nor modules of code that makes resources
in another cloud and none in AWS. It does not check the provider of a
module that is called here, because the root module decides on the version, and of code without resources of AWS. Nor does it check the
provider of code that only Terraform 0.11 can read, as it writes maps as blocks (`config {`): the provider ended its support with version 3.

## Non-compliant

```hcl
terraform {
  required_providers {
    aws = { # finding: AWS provider has no version constraint
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region = "eu-west-1"
}

resource "aws_s3_bucket" "reports" {}
```

A module for others is less of a problem: its callers constrain the provider.

```hcl
terraform {
  required_providers {
    aws = { # finding: does not say from which version
      source = "hashicorp/aws"
    }
  }
}

resource "aws_s3_bucket" "reports" {}
```

Code that only a Terraform before 1.0 reads hardly fits the provider of today. The remedy then leaves the version to its owner.

```hcl
terraform { # finding: AWS provider has no version constraint
  required_version = "~> 0.12.20"
}

provider "aws" {
  region = "eu-west-1"
}

resource "aws_s3_bucket" "reports" {}
```

```hcl
module "network" { # finding: module has no version constraint
  source = "terraform-aws-modules/vpc/aws"
}

module "queue" {
  source = "git::https://github.com/example/queue.git?ref=main" # finding: main is a branch
}

module "table" {
  source = "oci://registry.example.com/table" # finding: names no tag or digest
}
```

## Compliant

```hcl
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

resource "aws_s3_bucket" "reports" {}

module "network" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "~> 6.5"
}

module "queue" {
  source = "git::https://github.com/example/queue.git?ref=v1.4.0"
}

module "table" {
  source = "oci://registry.example.com/table?tag=1.2.0"
}
```

## Not applicable

```hcl
terraform { # not applicable: only Terraform 0.11 can read this code
  backend "s3" {}
}

data "terraform_remote_state" "network" {
  backend = "s3"

  config {
    bucket = "states"
    key    = "network.tfstate"
    region = "eu-west-1"
  }
}

provider "aws" {}

resource "aws_s3_bucket" "reports" {}
```

```hcl
resource "azurerm_resource_group" "shop" {
  name     = "shop"
  location = "westeurope"
}

module "identity" { # not applicable: the code around it makes nothing in AWS
  source = "git::https://git.example.com/identity.git"
}
```

## Undecided

The result is undecided if `version` is not known before deployment.

```hcl
variable "version" {
  type = string
}

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

module "network" {
  source  = "terraform-aws-modules/vpc/aws"
  version = var.version # undecided: var.version has no default
}
```

## Sources

- [Version constraints - Terraform](https://developer.hashicorp.com/terraform/language/expressions/version-constraints), read on 2026-11-29
"""

import re

from wa_iac.aws.terraform import ModuleCall, Provider, TerraformSettings
from wa_iac.core.binding import member
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, exempt, flag, milder, require, rule, settled
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.provider_versions import (
    CURRENT,
    entry_of,
    fitting_major,
    is_for_old_terraform,
    is_reusable,
    locked_version,
    version_of,
)

_REGISTRY = late(r"^(?:[\w-]+(?:\.[\w-]+)+(?::\d+)?/)?[\w-]+/[\w-]+/[\w-]+(?://.*)?$")
_GIT = late(r"^(?:git::|git@|github\.com/|bitbucket\.org/)|^https://[^?]+\.git(?:[/?]|$)")
_REF = late(r"[?&](?:ref|rev)=([^&]+)")
_OCI = late(r"^oci://[^?]+(?:\?(?:.*&)?(?P<by>tag|digest)=(?P<of>[^&]+))?")
_OTHER_QUERY = late(r"\?(?!(?:ref|rev)=[^&]*$)")
"""What asks for something else than a version at the end of a source: `?depth=1`."""
_CLOUDS = ("azurerm_", "azuread_", "azapi_", "google_", "oci_", "alicloud_", "ibm_", "digitalocean_", "hcloud_")
_OF_CLOUDS = late(r"[-/](?:azurerm|azuread|azure|google|gcp|oci|alicloud|ibm|digitalocean|hcloud)(?:[-/?.]|$)")
"""How types, and modules for them, begin that are for other clouds."""
_AT = "ref=<a tag or a commit>"
_OLDER = "If you run an older major version today (`terraform version` lists it), name that one."
_BEFORE_1 = late(r"(?:^|,)\s*(?:(?:~>|=|<=?)?\s*v?0\.\d|<\s*v?1(?:\.0){0,2}\s*(?:,|$))")
"""A constraint on Terraform that allows none from version 1.0 on: code of that time hardly fits the provider of today."""
_ONLY_0_12 = late(r"(?:^|,)\s*(?:(?:~>|=)?\s*v?0\.12(?:\.\d+)+\s*(?:,|$)|<\s*v?0\.13(?:\.0)?\s*(?:,|$))")
"""A constraint that allows no Terraform from version 0.13 on: not all of those before read the source of a provider."""
_SAME = "Take the tag or the commit that you run today, and then run terraform init: without -upgrade, the providers keep their versions."
_EXAMPLES = frozenset({"example", "examples"})
"""The names of directories that show others how to use a module."""
_BRANCHES = frozenset({"main", "master", "develop", "dev", "trunk", "HEAD", "head"})


_WITHOUT_SOURCE = 'terraform {{\n  required_providers {{\n    aws = "{}"\n  }}\n}}'
_CONSTRAINED = 'terraform {{\n  required_providers {{\n    aws = {{\n      source  = "hashicorp/aws"\n      version = "{}"\n    }}\n  }}\n}}'


def _pinned(subject: TerraformSettings | ModuleCall, graph: Graph) -> Remedy:
    """The version of the provider that fits the configuration; the version of a module, in the way of its source."""
    if isinstance(subject, TerraformSettings):
        return _fitting(subject, graph)
    source = str(subject.source.value) if isinstance(subject.source, Known) else ""
    if _GIT.search(source):
        return Remedy(tf=f'source = "{_with_ref(subject, source)}"', decision=_SAME)
    if _OCI.match(source):
        return Remedy(tf='source = "<the source>?tag=<a version>"')
    return Remedy(tf='version = "~> <the major version that you use>.0"')


def _with_ref(call: ModuleCall, source: str) -> str:
    """The source of a module with a place for a tag or a commit. A source that is put together is not written out."""
    at = _REF.search(source)
    if call.source.origin.how != "explicit" or call.source.origin.chain:
        return f"<the source>{'&' if _OTHER_QUERY.search(source) else '?'}{_AT}"
    return (
        f"{source}{'&' if '?' in source else '?'}{_AT}"
        if at is None
        else f"{source[: at.start() + 1]}{_AT}{source[at.end() :]}"
    )


def _is_of_others(call: ModuleCall, graph: Graph) -> bool:
    """Whether code makes nothing in AWS, and something in another cloud: by its resources, or by the source of a module."""
    if any(name.startswith(("aws_", "awscc_")) for name in graph.types):
        return False
    return any(name.startswith(_CLOUDS) for name in graph.types) or (
        isinstance(call.source, Known) and _OF_CLOUDS.search(str(call.source.value)) is not None
    )


def _fitting(settings: TerraformSettings, graph: Graph) -> Remedy:
    major, old = fitting_major(graph)
    constrained = _constrained(settings)
    said = [f"Version {major + 1} no longer has {old}."] if old else []
    if is_reusable(graph):
        said.append(
            "A module for others names the oldest version that it works with: lower it if you have tested an older one."
        )
        return Remedy(tf=constrained.format(f">= {major}.0" + (f", < {major + 1}.0" if old else "")), decision=" ".join(said))
    locked = locked_version(settings)
    if locked is not None:
        said = ["This is the version in the lock file."]
    elif _wants_terraform(graph, _BEFORE_1):
        if _wants_terraform(graph, _ONLY_0_12) and isinstance(entry_of(settings), Absent):
            constrained = _WITHOUT_SOURCE
        return Remedy(tf=constrained.format("~> <the major version that you run today>.0"), decision=" ".join(said))
    else:
        said.append(_OLDER)
    return Remedy(
        tf=constrained.format(f"~> {major}.0" if locked is None else f"~> {locked[0]}.{locked[1]}"), decision=" ".join(said)
    )


def _wants_terraform(graph: Graph, versions: re.Pattern[str]) -> bool:
    """Whether the configuration is for some versions of Terraform."""
    wanted = (each.required_version for each in graph.of(TerraformSettings))
    return any(isinstance(each, Known) and versions.search(each.value) is not None for each in wanted)


def _constrained(settings: TerraformSettings) -> str:
    """The block to write, with the source that the settings have."""
    source = member(entry_of(settings), "source")
    if not isinstance(source, Known) or not isinstance(source.value, str):
        return _CONSTRAINED
    return _CONSTRAINED.replace('"hashicorp/aws"', f'"{source.value}"')


@rule(
    practices=["SEC06-BP04", "OPS05-BP03", "OPS05-BP06"],
    severity=Severity.MEDIUM,
    remedy=Remedy(tf=_CONSTRAINED.format(f"~> {CURRENT}.0"), given=_pinned),
    equivalents={"checkov": ["CKV_TF_1", "CKV_TF_2"]},
)
def check(subject: TerraformSettings | ModuleCall, graph: Graph) -> Flags:
    if isinstance(subject, ModuleCall):
        exempt(_is_of_others(subject, graph), "the code around it makes nothing in AWS")
    found = _module(subject) if isinstance(subject, ModuleCall) else _provider(subject, graph)
    shown_to_others = not _EXAMPLES.isdisjoint(subject.span.path.lower().split("/")[:-1])
    yield from milder(found, confidence=Confidence.LOW) if shown_to_others else found


def _module(call: ModuleCall) -> Flags:
    match settled(call.source):
        case Known(source) if _GIT.search(source):
            ref = _REF.search(source)
            if ref is None:
                yield flag(
                    call.source,
                    "The source names no tag or commit: Terraform downloads the module's newest code, whatever it is.",
                )
            elif ref[1] in _BRANCHES:
                yield flag(call.source, f"{ref[1]} is a branch: the module changes with each push to it.")
        case Known(source) if found := _OCI.match(source):
            if found["of"] in (None, "latest"):
                yield flag(
                    call.source,
                    "The source names no tag or digest: Terraform downloads the module's newest package, whatever it is.",
                )
        case Known(source) if _REGISTRY.match(source):
            yield from require(
                call.version,
                "The module has no version constraint: Terraform downloads the newest version, even the next major one, "
                "which may break this.",
            )
        case _:
            return


def _provider(settings: TerraformSettings, graph: Graph) -> Flags:
    exempt(bool(settings.declared.calls), "the root module decides on the version")
    accept(not any(name.startswith("aws_") for name in graph.types))
    accept(any(not isinstance(version_of(each), Absent) for each in graph.of(TerraformSettings)))
    accept(any(not isinstance(each.version, Absent) for each in graph.of(Provider)))
    exempt(
        is_for_old_terraform(graph),
        "only Terraform 0.11 can read this code, which runs the provider up to version 2 only",
    )
    entry = entry_of(settings)
    place = settings.required_providers if isinstance(entry, Absent) else entry
    if is_reusable(graph):
        yield flag(
            place,
            "This module does not say from which version of the AWS provider on it works: with an older one it fails, or does less.",
            severity=Severity.LOW,
            confidence=Confidence.LOW,
        )
        return
    if locked_version(settings) is not None:
        yield flag(
            place,
            "Only the lock file holds the AWS provider back: `terraform init -upgrade` takes the next major release, which may break this.",
            severity=Severity.LOW,
        )
        return
    yield flag(
        place,
        "The AWS provider has no version constraint: the next major release is used as soon as it is out, and may break this.",
    )
