"""The functions of the AWS provider, such as `provider::aws::arn_parse`."""

from __future__ import annotations

import re

from wa_iac.core.value import Tree
from wa_iac.parsers.terraform.evaluation.unit import Failure

from .base import Context, function, scalar, text

_PARTS = ("partition", "service", "region", "account_id", "resource")


@function("provider::aws::arn_parse")
def _arn_parse(context: Context, arn: Tree) -> Tree:
    prefix, *parts = text(arn).split(":", 5)
    if prefix != "arn" or len(parts) != len(_PARTS):
        raise Failure(f'"{text(arn)}" is not an ARN')
    return context.known({name: context.known(part) for name, part in zip(_PARTS, parts, strict=True)})


def _arn_build(*parts: str) -> str:
    return ":".join(("arn", *parts))


def _trim_iam_role_path(arn: str) -> str:
    match = re.fullmatch(r"(arn:[^:]*:iam:[^:]*:[^:]*:role/)(?:.*/)?([^/]+)", arn)
    if match is None:
        raise ValueError(f'"{arn}" is not the ARN of a role')
    return match.group(1) + match.group(2)


scalar("provider::aws::arn_build", _arn_build, *[text] * len(_PARTS))
scalar("provider::aws::trim_iam_role_path", _trim_iam_role_path, text)
