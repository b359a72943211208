"""The kinds of input, each a function from randomness to a tree of files and what of it is named on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from random import Random
from typing import Any, Final, NamedTuple

import yaml

from . import expressions, seeds
from .mutations import ODD_VALUES, changed_document, changed_text, written


class Tree(NamedTuple):
    """An input.

    Attributes:
        files: their contents, by their paths.
        named: the paths that the command line names.
        must: the files that have to be read, or to be told of.
    """

    files: Mapping[str, bytes]
    named: Sequence[str]
    must: Sequence[str]


Make = Callable[[Random], Tree]


def _text(random: Random, texts: Sequence[str]) -> bytes:
    """One of some texts, changed."""
    return changed_text(random, random.choice(texts).encode(), lambda: random.choice(texts).encode())


def _around_template(random: Random) -> dict[str, bytes]:
    around = {"child.yaml": seeds.CHILD, "part.yaml": seeds.PART}
    return {name: _text(random, [text]) if random.random() < 0.2 else text.encode() for name, text in around.items()}


def _template(random: Random) -> Any:
    texts = seeds.template_documents()
    first = texts[0] if random.random() < 0.3 else random.choice(texts)
    return changed_document(random, first, lambda: random.choice(texts))


def cloudformation_yaml(random: Random) -> Tree:
    """A template in YAML: its text changed, or its data."""
    texts = seeds.templates()
    if random.random() < 0.75:
        first = texts[0] if random.random() < 0.3 else random.choice(texts)
        data = changed_text(random, first.encode(), lambda: random.choice(texts).encode())
    else:
        document = _template(random)
        try:
            data = yaml.dump(document, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper)).encode("utf-8", "surrogatepass")
        except (yaml.YAMLError, UnicodeEncodeError):
            data = written(document)
    name = random.choice(("t.yaml", "t.yml", "t.template"))
    return Tree({name: data, **_around_template(random)}, [name], [name])


def cloudformation_json(random: Random) -> Tree:
    """A template in JSON."""
    data = written(_template(random), random.choice((None, None, None, 1)))
    if random.random() < 0.3:
        data = changed_text(random, data, lambda: written(random.choice(seeds.template_documents())))
    return Tree({"t.json": data, **_around_template(random)}, ["t.json"], ["t.json"])


def hcl(random: Random) -> Tree:
    """A root module in HashiCorp's language, with a child, a template file and values."""
    texts = seeds.hcl()
    first = texts[0] if random.random() < 0.3 else random.choice(texts)
    if random.random() < 0.35:
        lines = "".join(f"  x{index} = {expressions.expression(random)}\n" for index in range(random.randrange(1, 6)))
        made = expressions.expression(random)
        first += f'locals {{\n{lines}}}\nresource "aws_kms_key" "x" {{\n  enable_key_rotation = {made}\n}}\n'
        data = (
            first.encode()
            if random.random() < 0.7
            else changed_text(random, first.encode(), lambda: random.choice(texts).encode())
        )
    else:
        data = changed_text(random, first.encode(), lambda: random.choice(texts).encode())
    name = random.choice(("main.tf", "main.tofu"))
    files = {
        name: data,
        "child/main.tf": _text(random, [seeds.CHILD_MODULE]) if random.random() < 0.2 else seeds.CHILD_MODULE.encode(),
        "t.tftpl": _text(random, [seeds.TFTPL]) if random.random() < 0.2 else seeds.TFTPL.encode(),
    }
    must = [name]
    if random.random() < 0.3:
        values = random.choice(("terraform.tfvars", "a.auto.tfvars"))
        files[values] = _text(random, [seeds.TFVARS])
        must.append(values)
    return Tree(files, ["."] if random.random() < 0.5 else [name], must)


def terraform_json(random: Random) -> Tree:
    """A root module in Terraform's JSON."""
    data = written(changed_document(random, random.choice(_TF_JSON), lambda: random.choice(_TF_JSON)))
    if random.random() < 0.3:
        data = changed_text(random, data, lambda: written(random.choice(_TF_JSON)))
    files = {"main.tf.json": data, "child/main.tf": seeds.CHILD_MODULE.encode()}
    must = ["main.tf.json"]
    if random.random() < 0.3:
        values: Any = {"env": "prod", "zones": ["a"], "o": {"a": 1}}
        files["terraform.tfvars.json"] = written(changed_document(random, values, lambda: random.choice(_TF_JSON)))
        must.append("terraform.tfvars.json")
    return Tree(files, ["."], must)


_TF_JSON: Final[Sequence[Any]] = (
    {
        "variable": {"env": {"default": "dev"}, "zones": {"type": "list(string)"}, "o": {"type": "object({a=number})", "default": {"a": 1}}},
        "locals": {"n": "${[for z in var.zones : upper(z)]}", "d": {"a": "${var.env}"}},
        "resource": {
            "aws_s3_bucket": {"b": {"for_each": "${toset([\"x\"])}", "bucket": "${each.key}-x", "//": "wa-iac: ignore[s3-versioning] kept"}},
            "aws_db_instance": {"d": [{"count": 2, "backup_retention_period": "${var.o.a}", "lifecycle": {"ignore_changes": ["tags"]}}]},
            "aws_security_group": {"g": {"dynamic": {"ingress": {"for_each": [22], "content": {"from_port": "${ingress.value}", "cidr_blocks": ["0.0.0.0/0"]}}}}},
        },
        "data": {"aws_iam_policy_document": {"p": {"statement": [{"actions": ["*"], "resources": ["*"]}]}}},
        "module": {"m": {"source": "./child", "q": "${aws_s3_bucket.b[\"x\"].arn}"}},
        "output": {"o": {"value": "${jsonencode(local.d)}", "sensitive": True}},
        "provider": {"aws": [{"region": "eu-west-1"}, {"alias": "x", "region": "us-east-1"}]},
    },
    {"resource": [{"aws_sqs_queue": {"q": [{"name": "a"}]}}, {"aws_kms_key": {"k": {"enable_key_rotation": False}}}]},
)  # fmt: skip


def plan(random: Random) -> Tree:
    """A plan as `terraform show -json` writes it."""
    every = seeds.plans()
    data = written(changed_document(random, random.choice(every), lambda: random.choice(every)), None)
    if random.random() < 0.25:
        data = changed_text(random, data, lambda: written(random.choice(every), None))
    return Tree({"plan.json": data}, ["plan.json"], ["plan.json"])


def settings(random: Random) -> Tree:
    """A settings file beside a module and a template."""
    name = random.choice(("wa-iac.toml", "wa-iac.toml", "pyproject.toml"))
    lines = seeds.SETTINGS.splitlines(keepends=True)
    text = seeds.SETTINGS if random.random() < 0.5 else "".join(each for each in lines if random.random() < 0.6)
    if name == "pyproject.toml":
        text = "[tool.wa-iac]\n" + text.replace("[[", "[[tool.wa-iac.").replace("\n[s", "\n[tool.wa-iac.s").replace(
            "\n[o", "\n[tool.wa-iac.o"
        )
    data = text.encode() if random.random() < 0.3 else _text(random, [text])
    files = {
        name: data,
        "main.tf": seeds.KEY.encode(),
        "known.json": seeds.KNOWN.encode(),
        "a.tfvars": b'env = "x"\n',
        "prod.tfvars": b'env = "y"\n',
    }
    return Tree(files, ["."], ["main.tf"])


def suppressions(random: Random) -> Tree:
    """Comments and metadata that suppress findings, ours and those of other analyzers."""
    comments = [
        _text(random, seeds.SUPPRESSIONS) if random.random() < 0.6 else random.choice(seeds.SUPPRESSIONS).encode()
        for _ in range(random.randrange(1, 5))
    ]
    if random.random() < 0.6:
        lines: list[bytes] = seeds.KEY.encode().splitlines(keepends=True)
        for each in comments:
            where = random.randrange(len(lines))
            lines[where] = each + b"\n" + lines[where] if random.random() < 0.5 else lines[where][:-1] + b" " + each + b"\n"
        return Tree({"main.tf": b"".join(lines)}, ["."], ["main.tf"])
    if random.random() < 0.5:
        lines = seeds.PART.encode().replace(b"Log:", b"Resources:\n  Log:").splitlines(keepends=True)
        for each in comments:
            where = random.randrange(len(lines) + 1)
            lines.insert(where, b"  " + each.replace(b"//", b"#").replace(b"/*", b"#") + b"\n")
        return Tree({"t.yaml": b"".join(lines)}, ["t.yaml"], ["t.yaml"])
    entries = {"wa-iac": {"ignore": [{"rule": "kms-key-rotation", "reason": "x"}]}, "cdk_nag": {"rules_to_suppress": [{"id": "AwsSolutions-KMS5", "reason": "x"}]},
               "checkov": {"skip": [{"id": "CKV_AWS_7", "comment": "x"}]}, "cfn_nag": {"rules_to_suppress": [{"id": "F19"}]}, "guard": {"SuppressedRules": ["X"]}}  # fmt: skip
    changed = changed_document(random, entries, lambda: random.choice(ODD_VALUES))
    key = {"Type": "AWS::KMS::Key", "Metadata": changed, "Properties": {"EnableKeyRotation": False}}
    document: Any = {"Resources": {"K": key}}
    if random.random() < 0.3:
        document["Metadata"] = changed
    return Tree({"t.json": written(document)}, ["t.json"], ["t.json"])


def modules_json(random: Random) -> Tree:
    """The list of installed modules that `terraform init` writes."""
    document = json.loads(seeds.MODULES_JSON)
    data = written(changed_document(random, document, lambda: document))
    if random.random() < 0.4:
        data = changed_text(random, data, seeds.MODULES_JSON.encode)
    installed = b'resource "aws_sqs_queue" "q" {}\nmodule "n" { source = "./n" }\n'
    files = {"main.tf": seeds.CALLS.encode(), ".terraform/modules/modules.json": data, ".terraform/modules/m/main.tf": installed, ".terraform/modules/m/n/main.tf": seeds.KEY.encode()}  # fmt: skip
    return Tree(files, ["."], ["main.tf"])


def assembly(random: Random) -> Tree:
    """A CDK app's output: its manifest, its metadata, its assets, its templates."""
    documents = seeds.assembly()
    small = [name for name in documents if not name.startswith("Data")]
    files = dict(_assembly_as_written())
    for name in random.sample(small, random.choice((1, 1, 2, 3))):
        files[f"cdk.out/{name}"] = written(changed_document(random, documents[name], lambda: documents[random.choice(small)]))
    if random.random() < 0.25:
        name = random.choice(list(files))
        files[name] = changed_text(random, files[name], lambda: files["cdk.out/manifest.json"])
    return Tree(files, [random.choice((".", "cdk.out"))], ["cdk.out/manifest.json"])


@cache
def _assembly_as_written() -> Mapping[str, bytes]:
    return {f"cdk.out/{name}": written(each) for name, each in seeds.assembly().items()}


def baseline(random: Random) -> Tree:
    """A baseline, named by the command line."""
    entry = {
        "rule": "kms-key-rotation",
        "path": "main.tf",
        "unit": ".",
        "address": "aws_kms_key.k",
        "environment": "",
        "mark": "x",
        "number": 1,
    }
    document: Any = {
        "schema": random.choice(("wa-iac/baseline/2", "wa-iac/baseline/1")),
        "findings": [entry, {**entry, "rule": "sqs-encryption"}],
    }
    data = written(changed_document(random, document, lambda: document))
    if random.random() < 0.4:
        data = changed_text(random, data, seeds.KNOWN.encode)
    return Tree({"main.tf": seeds.KEY.encode(), "known.json": data}, ["."], ["main.tf"])


KINDS: Final[Mapping[str, Make]] = {
    "cloudformation-yaml": cloudformation_yaml,
    "cloudformation-json": cloudformation_json,
    "hcl": hcl,
    "terraform-json": terraform_json,
    "plan": plan,
    "settings": settings,
    "suppressions": suppressions,
    "modules-json": modules_json,
    "assembly": assembly,
    "baseline": baseline,
}
"""The kinds of input that are files, by name."""
