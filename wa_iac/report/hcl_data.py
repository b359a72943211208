"""Data of a template written in HCL: as arguments of the `awscc` provider, or as parts of a policy."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from wa_iac.core.awscc import snake
from wa_iac.core.late_pattern import late

PLACEHOLDER: Final = late(r"<[A-Za-z0-9][^<>\n]*>")
_JSON_TEXT: Final = frozenset({
    "AssumeRolePolicyDocument", "KeyPolicy", "Policy", "PolicyDocument", "RedrivePolicy", "RepositoryPolicyText", "ResourcePolicy",
})  # fmt: skip
"""Properties without a schema in CloudFormation: the `awscc` provider accepts JSON text for them."""


def assigned(data: Mapping[str, Any], indent: str) -> list[str]:
    """Arguments in the provider's spelling, aligned as `terraform fmt` does."""
    texts = {snake(key): _argument(key, value, indent) for key, value in data.items()}
    lines: list[str] = []
    run: list[tuple[str, str]] = []
    for name, text in [*texts.items(), ("", "")]:
        if name and "\n" not in text:
            run.append((name, text))
            continue
        if name:
            run.append((name, text))
        width = max((len(each) for each, _ in run), default=0)
        lines += [f"{indent}{each:<{width}} = {value}" for each, value in run]
        run = []
    return lines


def _argument(key: str, value: Any, indent: str) -> str:
    if key in _JSON_TEXT and isinstance(value, dict):
        return f"jsonencode({in_hcl(value, indent, spelled=False)})"
    return in_hcl(value, indent)


def in_hcl(value: Any, indent: str, *, spelled: bool = True) -> str:
    inner = indent + "  "
    match value:
        case {"Ref": str() as name}:
            return "<the Region>" if name == "AWS::Region" else "<the account>" if name == "AWS::AccountId" else f"{name}.id"
        case {"Fn::GetAtt": [str() as name, str() as attribute]}:
            return f"{name}.{snake(attribute)}"
        case {"Fn::Sub": str() as text}:
            return json.dumps(text.replace(".Arn}", ".arn}").replace("AWS::AccountId", "<the account>"), ensure_ascii=False)
        case dict():
            if spelled:
                return "\n".join(["{", *assigned(value, inner), f"{indent}}}"])
            names = {key if key.isidentifier() else json.dumps(key): each for key, each in value.items()}
            members = [f"{inner}{key} = {in_hcl(each, inner, spelled=False)}" for key, each in names.items()]
            return "\n".join(["{", *members, f"{indent}}}"])
        case list():
            return f"[{', '.join(in_hcl(each, indent, spelled=spelled) for each in value)}]"
        case str() if PLACEHOLDER.fullmatch(value):
            return value
        case _:
            return json.dumps(value, ensure_ascii=False)


def arguments(value: Any) -> Any:
    """Properties as arguments of the provider in Terraform's JSON."""
    match value:
        case {"Ref": _} | {"Fn::GetAtt": _} | {"Fn::Sub": _}:
            return plain(value)
        case dict():
            as_text = {key for key, each in value.items() if key in _JSON_TEXT and isinstance(each, dict)}
            return {snake(key): in_text(each) if key in as_text else arguments(each) for key, each in value.items()}
        case list():
            return [arguments(each) for each in value]
        case _:
            return value


def in_text(value: Any) -> str:
    """A part of a statement in a text of JSON, with placeholders for what a template would refer to."""
    return json.dumps(plain(value), ensure_ascii=False)


def plain(value: Any) -> Any:
    """The data with Terraform's references and placeholders for those of a template."""
    match value:
        case {"Ref": _} | {"Fn::GetAtt": _}:
            reference = in_hcl(value, "")
            return reference if PLACEHOLDER.fullmatch(reference) else f"${{{reference}}}"
        case {"Fn::Sub": str() as text}:
            return re.sub(r"\$\{AWS::AccountId\}", "<the account>", text).replace(".Arn}", ".arn}")
        case dict():
            return {key: plain(each) for key, each in value.items()}
        case list():
            return [plain(each) for each in value]
        case _:
            return value


def filled(value: Any) -> Any:
    """The data with a template's references as a text has them that it fills in."""
    match value:
        case {"Ref": str() as name}:
            return f"${{{name}}}"
        case {"Fn::GetAtt": [str() as name, str() as attribute]}:
            return f"${{{name}.{attribute}}}"
        case {"Fn::Sub": str() as text}:
            return text
        case dict():
            return {key: filled(each) for key, each in value.items()}
        case list():
            return [filled(each) for each in value]
        case _:
            return value


def in_document(key: str, value: Any) -> Iterator[str]:
    """A part of a statement as `aws_iam_policy_document` has it."""
    if key == "Principal" and isinstance(value, dict):
        for kind, names in value.items():
            yield from ("principals {", f'  type        = "{kind}"', f"  identifiers = {_items(names)}", "}")
    elif key == "Condition":
        for test, tested in value.items():
            for name, values in tested.items():
                yield from (
                    "condition {",
                    f'  test     = "{test}"',
                    f'  variable = "{name}"',
                    f"  values   = {_items(values)}",
                    "}",
                )
    elif key == "Effect":
        yield f'effect = "{value}"'
    else:
        yield f"{key.lower()}s = {_items(value)}"


def _items(value: Any) -> str:
    return in_hcl(value if isinstance(value, list) else [value], "", spelled=False)
