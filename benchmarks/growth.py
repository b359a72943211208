"""Times `check` on generated configurations of growing size, and prints how time and memory grow.

    python benchmarks/growth.py [--most 100000] [--before DIR]

Every five resources are a queue, its dead-letter queue, a function that reads the queue, its role, and the mapping between them, so that
rules have links to follow. They are written as one Terraform root module of many files, over 250 templates, as one template up to
CloudFormation's own limit of 500 resources, and as the JSON of a plan.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from compare import Contender, Run, run, wa_iac

SIZES: Final = (1_000, 10_000, 100_000)
IN_A_TEMPLATE: Final = (50, 500)
"""CloudFormation takes at most 500 resources in a template ("CloudFormation quotas", User Guide)."""
TEMPLATES: Final = 250
IN_A_FILE: Final = 2_000
PARTS: Final = 5
_TRUST: Final = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}],
}


def hcl(number: int) -> str:
    """One part of a root module."""
    return f"""
resource "aws_sqs_queue" "work{number}" {{
  name           = "work-{number}"
  redrive_policy = jsonencode({{ deadLetterTargetArn = aws_sqs_queue.dead{number}.arn, maxReceiveCount = 5 }})
}}
resource "aws_sqs_queue" "dead{number}" {{
  name = "dead-{number}"
}}
resource "aws_iam_role" "role{number}" {{
  assume_role_policy = jsonencode({json.dumps(_TRUST)})
}}
resource "aws_lambda_function" "function{number}" {{
  function_name = "function-{number}"
  role          = aws_iam_role.role{number}.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "main.zip"
}}
resource "aws_lambda_event_source_mapping" "mapping{number}" {{
  event_source_arn = aws_sqs_queue.work{number}.arn
  function_name    = aws_lambda_function.function{number}.arn
}}
"""


def template(number: int) -> dict[str, Any]:
    """The same part of a template."""

    def arn(name: str) -> dict[str, Any]:
        return {"Fn::GetAtt": [f"{name}{number}", "Arn"]}

    code = {"ZipFile": "def handle(event, context): pass"}
    return {
        f"Work{number}": {
            "Type": "AWS::SQS::Queue",
            "Properties": {"RedrivePolicy": {"deadLetterTargetArn": arn("Dead"), "maxReceiveCount": 5}},
        },
        f"Dead{number}": {"Type": "AWS::SQS::Queue"},
        f"Role{number}": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": _TRUST}},
        f"Function{number}": {
            "Type": "AWS::Lambda::Function",
            "Properties": {"Role": arn("Role"), "Runtime": "python3.13", "Handler": "index.handle", "Code": code},
        },
        f"Mapping{number}": {
            "Type": "AWS::Lambda::EventSourceMapping",
            "Properties": {"EventSourceArn": arn("Work"), "FunctionName": arn("Function")},
        },
    }


def planned(number: int) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Type, name and values of the same part of a plan."""
    yield "aws_sqs_queue", f"work{number}", {"name": f"work-{number}"}
    yield "aws_sqs_queue", f"dead{number}", {"name": f"dead-{number}"}
    yield "aws_iam_role", f"role{number}", {"assume_role_policy": json.dumps(_TRUST)}
    function = {
        "function_name": f"function-{number}",
        "runtime": "python3.13",
        "handler": "main.handle",
        "filename": "main.zip",
    }
    yield "aws_lambda_function", f"function{number}", function
    yield "aws_lambda_event_source_mapping", f"mapping{number}", {"batch_size": 10}


def write_root(folder: Path, size: int) -> None:
    for first in range(0, size, IN_A_FILE):
        parts = range(first // PARTS, min(first + IN_A_FILE, size) // PARTS)
        (folder / f"part{first // IN_A_FILE}.tf").write_text("".join(map(hcl, parts)), encoding="utf-8")


def write_templates(folder: Path, size: int) -> None:
    parts = size // PARTS
    number = min(TEMPLATES, parts)
    for each in range(number):
        mine = range(each, parts, number)
        resources = {name: found for part in mine for name, found in template(part).items()}
        (folder / f"stack{each}.json").write_text(json.dumps({"Resources": resources}, indent=1), encoding="utf-8")


def write_one(folder: Path, size: int) -> None:
    resources = {name: found for part in range(size // PARTS) for name, found in template(part).items()}
    (folder / "stack.json").write_text(json.dumps({"Resources": resources}, indent=1), encoding="utf-8")


def write_plan(folder: Path, size: int) -> None:
    provider = "registry.terraform.io/hashicorp/aws"
    found = [each for part in range(size // PARTS) for each in planned(part)]
    resources = [
        {
            "address": f"{kind}.{name}", "mode": "managed", "type": kind, "name": name,
            "provider_name": provider, "schema_version": 0, "values": values, "sensitive_values": {},
        }
        for kind, name, values in found
    ]  # fmt: skip
    changes = [
        {
            "address": f"{kind}.{name}", "mode": "managed", "type": kind, "name": name, "provider_name": provider,
            "change": {
                "actions": ["create"], "before": None, "after": values,
                "after_unknown": {}, "before_sensitive": False, "after_sensitive": {},
            },
        }
        for kind, name, values in found
    ]  # fmt: skip
    configured = [
        {
            "address": f"{kind}.{name}",
            "mode": "managed",
            "type": kind,
            "name": name,
            "provider_config_key": "aws",
            "expressions": {},
        }
        for kind, name, _ in found
    ]
    plan = {
        "format_version": "1.2",
        "terraform_version": "1.13.0",
        "planned_values": {"root_module": {"resources": resources}},
        "resource_changes": changes,
        "configuration": {"root_module": {"resources": configured}},
        "applyable": True,
        "complete": True,
        "errored": False,
    }
    (folder / "plan.json").write_text(json.dumps(plan), encoding="utf-8")


KINDS: Final[dict[str, tuple[Callable[[Path, int], None], tuple[int, ...]]]] = {
    "one Terraform root module": (write_root, SIZES),
    "250 templates": (write_templates, SIZES),
    "one template": (write_one, IN_A_TEMPLATE),
    "one plan": (write_plan, SIZES),
}


def median_run(contender: Contender, path: Path, rounds: int) -> Run:
    """The run of the median time, of some after one that is not counted."""
    run(contender, path)
    return sorted((run(contender, path) for _ in range(rounds)), key=lambda each: each.seconds)[rounds // 2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=SIZES[-1], help="the largest number of resources")
    parser.add_argument("--before", type=Path, metavar="DIR", help="another build of wa-iac: the directory with its wa_iac")
    parser.add_argument("--rounds", type=int, default=1)
    given = parser.parse_args()
    contenders = [wa_iac(), *([wa_iac("before", given.before.resolve())] if given.before else [])]
    print("| | resources | build | s | growth | memory, MB | KB more for a resource | findings |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for kind, (write, sizes) in KINDS.items():
        earlier: dict[str, tuple[int, Run]] = {}
        for size in (each for each in sizes if each <= given.most):
            with tempfile.TemporaryDirectory() as folder:
                write(Path(folder), size)
                for each in contenders:
                    found = median_run(each, Path(folder), given.rounds)
                    growth = room = ""
                    if each.name in earlier:
                        smaller, before = earlier[each.name]
                        growth = f"{found.seconds / before.seconds:.1f} for {size // smaller} times"
                        room = f"{(found.memory - before.memory) * 1024 / (size - smaller):.1f}"
                    earlier[each.name] = size, found
                    row = (
                        kind,
                        f"{size:,}",
                        each.name,
                        f"{found.seconds:.2f}",
                        growth,
                        f"{found.memory:.0f}",
                        room,
                        f"{found.findings:,}",
                    )
                    print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
