"""A stack that the scripts of a repository create in an emulator only is not in AWS."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge_files, only
from wa_iac.core.rule import Severity

STREAM = "Resources:\n  Orders:\n    Type: AWS::S3::Bucket\n    Properties: {AccessControl: PublicReadWrite}\n"
CREATE = "aws cloudformation create-stack --stack-name orders \\\n  --template-body file://dev/orders.yaml"
LOCAL = {"dev/script/setup.sh": f"{CREATE} --endpoint-url http://localhost:4566\n"}


@pytest.mark.parametrize(
    ("scripts", "emulated"),
    [
        (LOCAL, True),
        (
            {
                "setup.sh": "HERE=http://localstack:4566\nFILE=dev/orders.yaml\naws cloudformation deploy --template-file $FILE --endpoint-url $HERE\n"
            },
            True,
        ),
        ({"Makefile": "up:\n\tawslocal cloudformation deploy --template-file dev/orders.yaml\n"}, True),
        ({"compose.yaml": "command: awslocal cloudformation deploy --template-file /dev/orders.yaml\n"}, True),
        ({"compose.yaml": "volumes: [./dev/orders.yaml:/orders.yaml]\n", **LOCAL}, True),
        ({"setup.sh": f"{CREATE}\n"}, False),
        ({"setup.sh": f"HERE=https://example.com\n{CREATE} --endpoint-url $HERE\n"}, False),
        ({"setup.sh": f"# {LOCAL['dev/script/setup.sh']}"}, False),
        (LOCAL | {"deploy.sh": f"{CREATE}\n"}, False),
        (LOCAL | {"README.md": f"```\n{CREATE}\n```\n"}, False),
        (LOCAL | {".github/workflows/deploy.yml": "with:\n  template: dev/orders.yaml\n"}, False),
        ({}, False),
    ],
)
def test_scripts_say_where_a_stack_is_created(tmp_path: Path, scripts: dict[str, str], emulated: bool) -> None:
    (tmp_path / ".git").mkdir()
    found = only(judge_files(tmp_path, {"dev/orders.yaml": STREAM, **scripts}, "s3-acl-public"))

    assert (found.is_advice, "emulator" in found.message) == (emulated, emulated)
    assert (found.severity is Severity.MEDIUM) is emulated


def test_a_template_for_others_too_may_be_tried_in_an_emulator(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    scripts = {each: text.replace("dev/orders", "stacks/orders") for each, text in LOCAL.items()}
    found = only(judge_files(tmp_path, {"stacks/orders.yaml": STREAM, **scripts}, "s3-acl-public"))

    assert not found.is_advice
