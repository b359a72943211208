"""Remedies applied to text, as a person would: into the template's object, or into the module's block, that the finding is about."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

from helpers.cloudformation import plain
from wa_iac.core.finding import Finding
from wa_iac.core.fix import Content, Edit, applied
from wa_iac.core.fix import split as in_order
from wa_iac.parsers.cloudformation.text.documents import parsed
from wa_iac.parsers.cloudformation.text.located import ListNode, MapNode, Node
from wa_iac.parsers.terraform.text.edit import Editor, Expression, style_of
from wa_iac.parsers.terraform.text.nodes import Body, Call, Expr, HclBlock, ObjectExpr, TupleExpr, written
from wa_iac.parsers.terraform.text.syntax import read_body
from wa_iac.report.remedy import Advice
from wa_iac.report.snippets_yaml import yaml_as_data

_ATTRIBUTES = frozenset({"DeletionPolicy", "UpdateReplacePolicy", "UpdatePolicy", "CreationPolicy"})
_IDENTITIES = ("SubnetId", "Key", "Name", "DeviceName", "DeviceIndex", "Sid")
_WHOLE = re.compile(r"<[A-Za-z0-9][^<>\n]*>(?:\.\w+)*")


class CannotApplyError(Exception):
    """The remedy says what to do in words, or is a part of something that no test can find."""


@cache
def schema(kind: str) -> dict[str, Any]:
    """The schema of a CloudFormation type, from cfn-lint."""
    spec = find_spec("cfnlint")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent / "data" / "schemas"
    stem = json.loads((folder / "providers" / "us-east-1.json").read_text(encoding="utf-8")).get(kind)
    found: dict[str, Any] = json.loads((folder / "resources" / f"{stem}.json").read_text(encoding="utf-8"))
    return found


# Templates


def in_template(source: str, finding: Finding, advice: Advice) -> dict[str, Any]:
    """The template with the remedy of one finding, as data."""
    if not advice.code and not advice.removes:
        raise CannotApplyError(advice.text)
    data = _data(advice) if advice.code else {}
    if not isinstance(data, dict):
        raise CannotApplyError(advice.text)
    document = parsed(source.encode(), "template.yaml")
    assert document is not None
    template: dict[str, Any] = plain(document.root)
    data = _with_parameters(data, template.setdefault("Parameters", {}))
    if data and all(isinstance(each, dict) and "::" in str(each.get("Type")) for each in data.values()):
        if not template["Resources"].keys().isdisjoint(data):
            raise CannotApplyError(f"a name is taken: {advice.text}")
        template["Resources"] |= data
        return template
    path = _path(document.root, finding.span.start_byte)
    resource = path[:2]
    if len(resource) < 2 or resource[0] != "Resources":
        raise CannotApplyError(f"not in a resource: {advice.text}")
    kind = _at(template, resource)["Type"]
    if _ATTRIBUTES.issuperset(data):
        place: tuple[str | int, ...] = tuple(resource)
    else:
        inside = [path[:length] for length in range(len(path), 2, -1) if isinstance(_at(template, path[:length]), dict)]
        known = next((each for each in inside if not data.keys().isdisjoint(_at(template, each))), None)
        whole = data.keys() <= schema(kind)["properties"].keys()
        place = known or ((*resource, "Properties") if whole or not inside else inside[0])
    _at(template, resource).setdefault("Properties", {})
    target = _at(template, place)
    for name in advice.removes:
        target.pop(name, None)
        _at(template, resource)["Properties"].pop(name, None)
    _merged(target, data)
    return template


def _data(advice: Advice) -> Any:
    """A remedy as data: of a JSON template, the members are in no braces."""
    if advice.language != "json":
        return yaml_as_data(advice.code)
    try:
        return json.loads(f"{{{advice.code}}}")
    except ValueError:
        return None


def _with_parameters(data: Any, parameters: dict[str, Any]) -> Any:
    """The data, with a parameter for each placeholder."""
    numbers = count(len(parameters))

    def parameter() -> dict[str, str]:
        name = f"Placeholder{next(numbers)}"
        parameters[name] = {"Type": "String"}
        return {"Ref": name}

    def replaced(value: Any) -> Any:
        match value:
            case {"Ref": str() as name} | {"Fn::GetAtt": [str() as name, _]} if name.startswith("<"):
                return parameter()
            case {"Fn::Sub": str() as text} if "<" in text:
                return parameter()
            case dict():
                return {key: replaced(each) for key, each in value.items()}
            case list():
                return [replaced(each) for each in value]
            case str() if _WHOLE.fullmatch(value):
                return parameter()
            case _:
                return value

    return replaced(data)


def _path(node: Node, byte: int) -> tuple[str | int, ...]:
    """The keys that lead to a byte."""
    match node:
        case MapNode(entries=entries):
            for key, entry in entries.items():
                if entry.extent.start_byte <= byte < max(entry.extent.end_byte, entry.key.end_byte):
                    return (key, *_path(entry.value, byte))
        case ListNode(items=items):
            for index, item in enumerate(items):
                if item.span.start_byte <= byte < item.span.end_byte:
                    return (index, *_path(item, byte))
        case _:
            pass
    return ()


def _at(tree: Any, path: tuple[str | int, ...]) -> Any:
    for key in path:
        if isinstance(tree, dict) and key == "Properties":
            tree.setdefault("Properties", {})
        tree = tree[key]
    return tree


def _merged(old: dict[str, Any], new: dict[str, Any]) -> None:
    for key, value in new.items():
        if isinstance(value, dict) and isinstance(old.get(key), dict) and not is_call(old[key]) and not is_call(value):
            _merged(old[key], value)
        elif isinstance(value, list) and isinstance(old.get(key), list) and not any(map(_is_scalar, value)):
            for each in value:
                _into(old[key], each)
        else:
            old[key] = value


def _into(items: list[Any], new: dict[str, Any]) -> None:
    """Merge an element into the one of the same identity, or add it."""
    for name in _IDENTITIES:
        for old in items:
            if isinstance(old, dict) and name in new and str(old.get(name)) == str(new[name]):
                _merged(old, new)
                return
    if is_call(new) or any(name in new for name in _IDENTITIES) or len(items) != 1 or not isinstance(items[0], dict):
        items.append(new)
    else:
        _merged(items[0], new)


def _is_scalar(value: Any) -> bool:
    return not isinstance(value, dict) or is_call(value)


def is_call(value: dict[str, Any]) -> bool:
    """Whether an object is a call of an intrinsic function."""
    return len(value) == 1 and next(iter(value)).startswith(("Ref", "Fn::"))


# Modules


def in_module(source: str, finding: Finding, advice: Advice) -> str:
    """The module with the remedy of one finding."""
    numbers = count()
    variables: list[str] = []

    def variable(found: re.Match[str]) -> str:
        name = f"placeholder_{next(numbers)}"
        variables.append(f'variable "{name}" {{}}\n')
        return f"var.{name}"

    code = re.sub(r'"([^"\n]*)"', lambda text: re.sub(r"(?<!\{)<[^<>]*>", "placeholder", text[0]), advice.code)
    code = _WHOLE.sub(variable, code)
    body, errors = read_body("remedy.tf", f"{code}\n".encode())
    if errors or not (body.attributes or body.blocks or advice.removes):
        raise CannotApplyError(advice.text)
    if any(each.type == "resource" for each in body.blocks):
        return f"{source}\n{code}\n{''.join(variables)}"
    whole, _ = read_body("main.tf", source.encode())
    around = list(_around(whole, finding.span.start_byte))
    if not around:
        raise CannotApplyError(f"not in a block: {advice.text}")
    data = _without(source.encode(), around, advice.removes)
    whole, _ = read_body("main.tf", data)
    around = list(_around(whole, finding.span.start_byte))
    if around[0].type in {each.type for each in body.blocks}:
        body = next(each.body for each in body.blocks if each.type == around[0].type)
    names = {*body.attributes, *(each.type for each in body.blocks)}
    if (edits := _in_object(around[-1].body, finding.span.start_byte, body, code.encode())) is not None:
        return applied(data, in_order(edits)).decode() + "".join(variables)
    place = _place(around, names)
    content = _content(body, code.encode())
    editor = Editor(data, "main.tf", finding.span.start_byte, style_of(data))
    replaced, content = _replaced(place, content)
    if content:
        editor.fill(place, content)
    edits = [*editor.edits, *(Edit("main.tf", start, end, text) for start, end, text in replaced)]
    return applied(data, in_order(edits)).decode() + "".join(variables)


def _without(data: bytes, around: list[HclBlock], names: tuple[str, ...]) -> bytes:
    """The text without some arguments and blocks: with spaces in their places, so that all places stay."""
    for block in around:
        spans = [each.span for name, each in block.body.attributes.items() if name in names]
        for span in (*spans, *(each.extent for each in block.body.blocks if each.type in names)):
            written_ = data[span.start_byte : span.end_byte]
            data = data[: span.start_byte] + re.sub(rb"[^\n]", b" ", written_) + data[span.end_byte :]
    return data


def _place(around: list[HclBlock], names: set[str]) -> HclBlock:
    """The innermost block that has one of the arguments, or may have all of them."""
    for each in reversed(around):
        if not names.isdisjoint(_names(each)):
            return each
    found: Any = terraform_schema().get(around[0].labels[0], {}) if around[0].labels else {}
    fitting = around[0]
    for each in around:
        if each is not around[0]:
            kind = each.type if each.type != "dynamic" else each.labels[0]
            if kind != "content":
                found = found.get(kind, {}).get("args", {}) if isinstance(found.get(kind), dict) else {}
        if names <= found.keys():
            fitting = each
    return fitting


@cache
def terraform_schema() -> dict[str, Any]:
    """The part of the provider's schema that is kept in the fixtures."""
    path = Path(__file__).parent.parent.parent / "fixtures" / "schemas" / "terraform_aws.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["resources"]
    return found


def _in_object(body: Body, byte: int, new: Body, code: bytes) -> list[Edit] | None:
    """The edits of an object in an expression, such as a policy in `jsonencode`; None if the place is in none."""
    attribute = next((each for each in body.attributes.values() if each.span.start_byte <= byte < each.span.end_byte), None)
    objects = list(_objects(attribute.value, byte)) if attribute is not None else []
    if not objects or new.blocks:
        return None
    texts = {
        name: code[each.value.span.start_byte : each.value.span.end_byte].decode() for name, each in new.attributes.items()
    }
    target = next((each for each in reversed(objects) if any(written(item.key) in texts for item in each.items)), objects[-1])
    edits = [
        Edit("main.tf", item.value.span.start_byte, item.value.span.end_byte, text)
        for item in target.items
        if (text := texts.pop(written(item.key), None)) is not None
    ]
    added = "".join(f"\n{name} = {text}\n" for name, text in texts.items())
    if added:
        edits.append(Edit("main.tf", target.span.start_byte + 1, target.span.start_byte + 1, added))
    return edits


def _objects(expression: Expr, byte: int) -> Iterator[ObjectExpr]:
    """The objects that contain a byte, the outer ones first."""
    if not expression.span.start_byte <= byte < expression.span.end_byte:
        return
    match expression:
        case ObjectExpr(items=items):
            yield expression
            for item in items:
                yield from _objects(item.value, byte)
        case TupleExpr(items=elements):
            for each in elements:
                yield from _objects(each, byte)
        case Call(arguments=arguments):
            for each in arguments:
                yield from _objects(each, byte)
        case _:
            pass


def _replaced(block: HclBlock, content: Content) -> tuple[list[tuple[int, int, str]], Content]:
    """The edits of arguments that are there, whatever they hold, and the content that is left."""
    edits = []
    left: dict[str, Any] = {}
    for name, value in content.items():
        attribute = block.body.attributes.get(name)
        nested = block.body.named(name)
        if attribute is not None and isinstance(value, str):
            edits.append((attribute.value.span.start_byte, attribute.value.span.end_byte, str(value)))
        elif len(nested) == 1 and isinstance(value, dict):
            inner, rest = _replaced(nested[0], value)
            edits += inner
            if rest:
                left[name] = rest
        else:
            left[name] = value
    return edits, left


def _content(body: Body, code: bytes) -> Content:
    content: dict[str, Any] = {
        name: Expression(code[each.value.span.start_byte : each.value.span.end_byte].decode())
        for name, each in body.attributes.items()
    }
    for block in body.blocks:
        inside = _content(block.body, code)
        content[block.type] = inside
    return content


def _around(body: Body, byte: int) -> Iterator[HclBlock]:
    for block in body.blocks:
        if block.extent.start_byte <= byte < block.extent.end_byte:
            yield block
            yield from _around(block.body, byte)


def _names(block: HclBlock) -> set[str]:
    return {*block.body.attributes, *(each.type for each in block.body.blocks)}
