"""Records what a real Terraform plans for the modules in `fixtures/plans`: `NAME/` is a module, `NAME.json` its plan.

    WA_IAC_TERRAFORM=path/to/terraform WA_IAC_TERRAFORM_MIRROR=path/to/mirror WA_IAC_MOTO=path/to/moto_server \\
        python tests/parsers/terraform/record_plans.py [NAME ...]

The mirror is a file system mirror with one version of the AWS provider, and moto's server (PyPI's `moto[server]`) answers as AWS:
nothing is asked of anybody else. Where there is a file `NAME/before`, the module that it names is applied first, and the plan is then
made of what exists. A file `NAME/module` names another module that is planned, instead of one in `NAME/`; `NAME/plan-arguments` holds
arguments for `terraform plan`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from wa_iac.parsers.terraform.plan.parts import PARTS

RECORDED: Final = Path(__file__).parents[3] / "fixtures" / "plans"
SCHEMA: Final = Path(__file__).parents[3] / "fixtures" / "schemas" / "terraform_computed.json"
BEFORE: Final = "before"
ARGUMENTS: Final = "plan-arguments"
MODULE: Final = "module"
_PORT: Final = 5733
_NOISE: Final = frozenset({"provider_name", "schema_version", "timestamp", "relevant_attributes", "replace_paths", "full_name"})
_STATE_NOISE: Final = frozenset({"before_sensitive", "after_identity", "before_identity"})


class FailedError(Exception):
    """Terraform refused: what it said."""


class Terraform:
    """One Terraform, with a provider from a mirror and moto as AWS."""

    def __init__(self, binary: str, mirror: str, home: Path, port: int = _PORT) -> None:
        self._binary = binary
        self.address = f"http://127.0.0.1:{port}"
        settings = home / "terraform.rc"
        settings.write_text(f'provider_installation {{\n  filesystem_mirror {{\n    path = "{mirror}"\n  }}\n}}\n')
        self._environment = {
            "PATH": os.environ.get("PATH", ""),
            "HOME": str(home),
            "TF_CLI_CONFIG_FILE": str(settings),
            "TF_IN_AUTOMATION": "1",
            "CHECKPOINT_DISABLE": "1",
            "AWS_ENDPOINT_URL": self.address,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": "eu-west-1",
            "AWS_S3_USE_PATH_STYLE": "true",
        }

    def __call__(self, directory: Path, *arguments: str, check: bool = True) -> str:
        done = subprocess.run(
            [self._binary, *arguments], cwd=directory, env=self._environment, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        if check and done.returncode:
            raise FailedError(f"terraform {' '.join(arguments)}: {done.stderr or done.stdout}")
        return done.stdout

    def plan(self, directory: Path, *arguments: str, check: bool = True) -> dict[str, Any]:
        """A plan of a directory, as Terraform prints it."""
        self(directory, "init", "-input=false", "-backend=false")
        self(directory, "plan", "-input=false", "-no-color", "-out=made.tfplan", *arguments, check=check)
        shown: dict[str, Any] = json.loads(self(directory, "show", "-json", "made.tfplan"))
        return shown

    def forget(self) -> None:
        """Empty the account."""
        urllib.request.urlopen(urllib.request.Request(f"{self.address}/moto-api/reset", method="POST")).close()  # noqa: S310


@contextmanager
def account(server: str, port: int = _PORT) -> Iterator[None]:
    """Moto's server, while it is needed."""
    environment = {**os.environ, "MOTO_IAM_LOAD_MANAGED_POLICIES": "true"}
    process = subprocess.Popen([server, "-p", str(port)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            time.sleep(0.2)
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/moto-api/").close()
                break
            except OSError:
                continue
        yield
    finally:
        process.terminate()
        process.wait()


def named(module: Path, file: str) -> Path | None:
    """The module that a file beside this one names."""
    path = module / file
    return module.parent / path.read_text(encoding="utf-8").strip() if path.is_file() else None


def copy(module: Path, target: Path) -> None:
    """Copy a module's source, wherever it stands."""
    source = named(module, MODULE) or module
    shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns(BEFORE, ARGUMENTS))


def record(terraform: Terraform, module: Path) -> dict[str, Any]:
    """The plan of one module, in an account of its own."""
    terraform.forget()
    with tempfile.TemporaryDirectory() as directory:
        work = Path(directory, module.name)
        arguments = module / ARGUMENTS
        before = named(module, BEFORE)
        copy(module if before is None else before, work)
        if before is not None:
            terraform(work, "init", "-input=false", "-backend=false")
            terraform(work, "apply", "-input=false", "-auto-approve", "-no-color")
            terraform(work, "apply", "-input=false", "-auto-approve", "-no-color", "-refresh-only")
            for each in work.glob("*.tf"):
                each.unlink()
            copy(module, work)
        plan = terraform.plan(
            work, *(arguments.read_text().split() if arguments.is_file() else ()), check=not _may_fail(module)
        )
        return trimmed(plan)


def _may_fail(module: Path) -> bool:
    return module.name.startswith("errored")


def trimmed(plan: dict[str, Any]) -> dict[str, Any]:
    """A plan without what says nothing of what will be; of the state, its data sources, but all of it where nothing else is there."""
    kept: dict[str, Any] = _without_noise(plan)
    prior = kept.get("prior_state")
    if isinstance(prior, dict) and "resource_changes" in kept:
        _keep_data(prior.get("values", {}).get("root_module", {}))
    for each in (*kept.get("resource_changes", []), *kept.pop("resource_drift", [])):
        for name in _STATE_NOISE:
            each["change"].pop(name, None)
    return kept


def _without_noise(content: Any) -> Any:
    if isinstance(content, dict):
        return {name: _without_noise(each) for name, each in content.items() if name not in _NOISE}
    return [_without_noise(each) for each in content] if isinstance(content, list) else content


def _keep_data(module: dict[str, Any]) -> None:
    if "resources" in module:
        module["resources"] = [each for each in module["resources"] if each["mode"] == "data"]
    for child in module.get("child_modules", []):
        _keep_data(child)


def computed(terraform: Terraform, directory: Path) -> dict[str, dict[str, list[str]]]:
    """What the provider's schema says of resources of which a part may be another resource (`aws_sqs_queue`, whose `policy` may be an
    `aws_sqs_queue_policy`): the arguments that are optional and computed, and the blocks (of which it does not say that)."""
    (directory / "main.tf").write_text('terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws" }\n  }\n}\n')
    terraform(directory, "init", "-input=false")
    [provider] = json.loads(terraform(directory, "providers", "schema", "-json"))["provider_schemas"].values()
    types = {name: each["block"] for name, each in provider["resource_schemas"].items()}
    wanted = {owner for parts in PARTS.values() for part in parts for owner in part.owners}
    found: dict[str, dict[str, list[str]]] = {}
    for name, block in sorted(types.items()):
        both = sorted(key for key, each in block.get("attributes", {}).items() if each.get("optional") and each.get("computed"))
        if name in wanted or any(f"{name}_{each}" in types for each in both):
            parts = sorted(each for each in types if each.startswith(f"{name}_"))
            found[name] = {"computed": both, "blocks": sorted(block.get("block_types", {})), "parts": parts}
    return found


def modules(names: list[str]) -> list[Path]:
    return sorted(each for each in RECORDED.iterdir() if each.is_dir() and (not names or each.name in names))


def main() -> None:
    """Record the modules that are named, or all of them."""
    with tempfile.TemporaryDirectory() as home, account(os.environ["WA_IAC_MOTO"]):
        terraform = Terraform(os.environ["WA_IAC_TERRAFORM"], os.environ["WA_IAC_TERRAFORM_MIRROR"], Path(home))
        if not sys.argv[1:]:
            SCHEMA.write_text(json.dumps(computed(terraform, Path(home)), indent=1) + "\n", encoding="utf-8")
        for module in modules(sys.argv[1:]):
            try:
                plan = record(terraform, module)
            except FailedError as error:
                print(f"{module.name}: {error}")
                continue
            target = RECORDED / f"{module.name}.json"
            target.write_text(json.dumps(plan, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")
            print(f"{target.name}: {len(plan.get('resource_changes', []))} changes")


if __name__ == "__main__":
    main()
