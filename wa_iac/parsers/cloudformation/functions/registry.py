"""The intrinsic functions by name. Arguments: the scope, the function's argument as written, and the span for the result."""

from __future__ import annotations

from typing import Final

from wa_iac.core.algebra import text_of
from wa_iac.core.imports import import_identity
from wa_iac.core.reasons import PROCESSED, Imported, Said
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Tree, Unknown
from wa_iac.parsers.cloudformation.scope import Function, TemplateScope, deployed, result
from wa_iac.parsers.cloudformation.text.located import MapNode, Node, ScalarNode

from . import conditions, lists, mappings, strings
from . import references as names
from .rule_functions import RULE_FUNCTIONS

_TEXTS: Final = (str, int, float)


def _spelled(name: Unknown) -> str:
    """The known parts of an unknown string: `"${...}-vpc"`."""
    parts = [part if isinstance(part, str) else "${...}" for part in name.parts]
    return f'"{"".join(parts)}"' if parts else f"that {name.why}"


def import_value(scope: TemplateScope, node: Node, where: Span) -> Tree:
    """`Fn::ImportValue`: the value that another template of this run exports, if known; else unknown, the same for the same
    name."""
    name = scope.argument(node)
    match name:
        case Known(str() as text) if text in scope.exports:
            return result(scope.exports[text], where)
        case Known(str() as text):
            return deployed(Imported(f'"{text}"', is_known=True), import_identity(name), where)
        case Unknown() if name in scope.exports:
            return result(scope.exports[name], where)
        case Unknown():
            reason = Imported(_spelled(name), is_known=False)
            return deployed(reason, import_identity(name), where, *name.origin.references)
        case _:
            return scope.refuse("Fn::ImportValue needs the name of an export", where, node.span)


def get_stack_output(scope: TemplateScope, node: Node, where: Span) -> Tree:
    """`Fn::GetStackOutput`: an output of another stack, of another account or Region too, exported or not.

    Known if that stack is in the same run and Region, and has a known name, as in a CDK assembly. Otherwise unknown, the same
    for the same output. ("Fn::GetStackOutput" in the CloudFormation Template Reference)
    """
    if not isinstance(node, MapNode) or not {"StackName", "OutputName"} <= node.entries.keys():
        return scope.fail("Fn::GetStackOutput needs an object with StackName and OutputName", where, node.span)
    given = {key: scope.evaluate(entry.value, entry.where) for key, entry in node.entries.items()}
    stack, output = given["StackName"], given["OutputName"]
    if not all(
        isinstance(each, Unknown) or (isinstance(each, Known) and isinstance(each.value, _TEXTS)) for each in (stack, output)
    ):
        return scope.refuse("Fn::GetStackOutput needs the names of a stack and of its output", where, node.span)
    elsewhere = any(key in given and not isinstance(given[key], Absent) for key in ("Region", "RoleArn"))
    if isinstance(stack, Known) and isinstance(output, Known) and not elsewhere:
        known = scope.outputs.get((text_of(stack.value), text_of(output.value)))
        if known is not None:
            return result(known, where)
    what = f'the output "{text_of(output.value)}"' if isinstance(output, Known) else "an output"
    of = f'the stack "{text_of(stack.value)}"' if isinstance(stack, Known) else "another stack"
    identity = tuple(
        (key, value.identity if isinstance(value, Unknown) else hash(value)) for key, value in sorted(given.items())
    )
    settle = "look it up in that stack, or make it a parameter and set it in --parameters"
    reason = Said(f"{what} of {of} is read at deployment", settle)
    return deployed(reason, ("stack output", identity), where, *stack.origin.references, *output.origin.references)


def transform(scope: TemplateScope, node: Node, where: Span) -> Tree:
    """`Fn::Transform`: the macro's unknown result."""
    name = node.entries.get("Name") if isinstance(node, MapNode) else None
    called = f' "{name.value.text}"' if name is not None and isinstance(name.value, ScalarNode) else ""
    return deployed(Said(f"the macro{called} creates it at deployment", PROCESSED), ("macro", node.span), where)


FUNCTIONS: Final[dict[str, Function]] = {
    **conditions.CONDITION_FUNCTIONS,
    **RULE_FUNCTIONS,
    "Condition": conditions.condition,
    "Fn::Base64": strings.base64_,
    "Fn::Cidr": lists.cidr,
    "Fn::FindInMap": mappings.find_in_map,
    "Fn::GetAZs": lists.get_azs,
    "Fn::GetAtt": names.get_att,
    "Fn::GetStackOutput": get_stack_output,
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
