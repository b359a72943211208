"""A policy forces TLS on a queue or a topic if it denies everybody its messages without it, not if it denies a part."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpers.reports import verdicts

_PLAIN = {"Bool": {"aws:SecureTransport": "false"}}
_NETWORK = {"StringEquals": {"aws:SourceVpc": "vpc-0123456789abcdef0"}}


def _template(kind: str, action: object, condition: object, principal: object) -> str:
    service, policy, of = {"sqs": ("Queue", "QueuePolicy", "Queues"), "sns": ("Topic", "TopicPolicy", "Topics")}[kind]
    statement = {"Effect": "Deny", "Principal": principal, "Action": action, "Resource": "*", "Condition": condition}
    document: dict[str, Any] = {"Version": "2012-10-17", "Statement": [statement]}
    name = kind.upper()
    resources = {
        "Orders": {"Type": f"AWS::{name}::{service}"},
        "Sealed": {"Type": f"AWS::{name}::{policy}", "Properties": {of: [{"Ref": "Orders"}], "PolicyDocument": document}},
    }
    return json.dumps({"Resources": resources})


@pytest.mark.parametrize(
    ("kind", "action", "condition", "principal", "fails"),
    [
        ("sqs", "sqs:*", _PLAIN, "*", False),
        ("sqs", ["sqs:SendMessage", "sqs:ReceiveMessage"], _PLAIN, {"AWS": "*"}, False),
        ("sqs", "sqs:SendMessage", _PLAIN, "*", True),
        ("sqs", "sqs:*", {**_PLAIN, **_NETWORK}, "*", True),
        ("sqs", "sqs:*", {"Bool": {"aws:SecureTransport": "true"}}, "*", True),
        ("sns", "sns:Publish", _PLAIN, "*", False),
        ("sns", "sns:Subscribe", _PLAIN, "*", True),
        ("sns", "sns:*", _PLAIN, {"AWS": "arn:aws:iam::123456789012:role/worker"}, True),
    ],
)
def test_a_denial_of_a_part_leaves_the_rest_in_the_clear(
    tmp_path: Path, kind: str, action: object, condition: object, principal: object, fails: bool
) -> None:
    rule = "sqs-ssl-requests-only" if kind == "sqs" else "sns-ssl-publish-only"
    template = _template(kind, action, condition, principal)

    assert verdicts(tmp_path, template, "cloudformation", rule) == ({"Orders": "fail"} if fails else {})
