"""The intrinsic functions by name. Each takes the scope, its argument as written and the span that its result carries."""

from __future__ import annotations

from typing import Final

from wa_iac.core.value import Known, Span, Tree, Unknown

from . import conditions, lists, mappings, names, rules_section, strings
from .located import MapNode, Node, ScalarNode
from .scope import Function, Scope, deployed, result


def import_value(scope: Scope, node: Node, where: Span) -> Tree:
    """`Fn::ImportValue`: what another template of this run exports, where that is known; else unknown, the same for the same name."""
    name = scope.argument(node)
    match name:
        case Known(str() as text) if text in scope.exports:
            return result(scope.exports[text], where)
        case Known(str() as text):
            return deployed(f'"{text}" is exported by another stack', ("import", text), where)
        case Unknown():
            return deployed("it is exported by another stack", ("import", name.identity), where, *name.origin.references)
        case _:
            return scope.fail("Fn::ImportValue takes the name of an export", where, node.span)


def transform(scope: Scope, node: Node, where: Span) -> Tree:
    """`Fn::Transform`: whatever the macro makes."""
    name = node.entries.get("Name") if isinstance(node, MapNode) else None
    called = f' "{name.value.text}"' if name is not None and isinstance(name.value, ScalarNode) else ""
    return deployed(f"the macro{called} makes it at deployment", ("macro", node.span), where)


FUNCTIONS: Final[dict[str, Function]] = {
    **conditions.CONDITION_FUNCTIONS,
    **rules_section.RULE_FUNCTIONS,
    "Condition": conditions.condition,
    "Fn::Base64": strings.base64_,
    "Fn::Cidr": lists.cidr,
    "Fn::FindInMap": mappings.find_in_map,
    "Fn::GetAZs": lists.get_azs,
    "Fn::GetAtt": names.get_att,
    "Fn::If": conditions.if_,
    "Fn::ImportValue": import_value,
    "Fn::Join": strings.join,
    "Fn::Length": lists.length,
    "Fn::Select": lists.select,
    "Fn::Split": strings.split,
    "Fn::Sub": strings.sub,
    "Fn::ToJsonString": strings.to_json_string,
    "Fn::Transform": transform,
    "Ref": names.ref,
}
