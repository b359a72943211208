"""`Ref` and `Fn::GetAtt`, and the meaning of names: a parameter, a pseudo parameter, a resource."""

from __future__ import annotations

from typing import Final

from wa_iac.core.algebra import text_of
from wa_iac.core.reasons import LOOK_AT_THE_STACK, OF_ONE_STACK, PSEUDO, Pseudo, Said
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Origin, Reference, Tree, Unknown
from wa_iac.parsers.cloudformation.scope import TemplateScope, deployed, result
from wa_iac.parsers.cloudformation.text.located import ListNode, Node, ScalarNode

_OUTPUTS: Final = "Outputs."


def ref(scope: TemplateScope, node: Node, where: Span) -> Tree:
    """`Ref`: of a parameter, a pseudo parameter or a resource."""
    name = _name(scope, node)
    if isinstance(name, Unknown):
        return _of_unknown("Ref", name, where)
    return scope.fail("Ref needs a name", where, node.span) if name is None else named(scope, name, where, node.span)


def get_att(scope: TemplateScope, node: Node, where: Span) -> Tree:
    """`Fn::GetAtt`, as `[id, attribute]` or `id.attribute`."""
    if isinstance(node, ScalarNode):
        address, _, attribute = node.text.partition(".")
    elif isinstance(node, ListNode) and len(node.items) >= 2:
        first, *rest = (_name(scope, item) for item in node.items)
        if isinstance(first, Unknown):
            return _of_unknown("Fn::GetAtt", first, where)
        address = first or ""
        # The attribute may be an undecided call of Ref; then the attribute that is read stays open.
        attribute = ".".join(part for part in rest if isinstance(part, str) and part)
        if first is not None and not all(isinstance(part, str) for part in rest):
            return attribute_of(scope, address, "", where, node.span)
    else:
        address = attribute = ""
    if not address or not attribute:
        return scope.fail("Fn::GetAtt needs a logical id and an attribute", where, node.span)
    return attribute_of(scope, address, attribute, where, node.span)


def named(scope: TemplateScope, name: str, where: Span, at: Span) -> Tree:
    """The target of `name`, written at `at`."""
    name = scope.renamed.get(name, name)
    if name == "AWS::NoValue":
        return Absent(Origin(where))
    if name in scope.pseudo:
        return Known(scope.pseudo[name], Origin(where, "given"))
    if name in PSEUDO:
        reason = Pseudo(name, scope.prefix if name in OF_ONE_STACK else "")
        return deployed(reason, ("pseudo", reason.address), where)
    parameter = scope.parameters.get(name)
    if parameter is not None:
        return result(parameter, where, how=parameter.origin.how)
    address = scope.prefix + name
    if name in scope.resources:
        later = Said(f'"{name}" is known only after its deployment', LOOK_AT_THE_STACK)
        return deployed(later, ("ref", address), where, Reference(address, "Ref"))
    if scope.may_declare(name):
        missing = Said(f'"{name}" is not in the template as written', LOOK_AT_THE_STACK)
        return deployed(missing, ("ref", address), where)
    return scope.fail(f'there is no parameter or resource "{name}"', where, at)


def attribute_of(scope: TemplateScope, address: str, attribute: str, where: Span, at: Span) -> Tree:
    """The attribute of a resource; `attribute` is empty if it is unknown."""
    if scope.renamed:
        address = scope.renamed.get(address, address)
        first, _, rest = attribute.partition(".")
        meant = scope.renamed.get(f"{address}.{first}")
        if meant is not None:
            return attribute_of(scope, meant, rest, where, at) if rest else named(scope, meant, where, at)
    why = f'"{address}.{attribute}" is known only after its deployment'
    there = address in scope.resources
    if there and attribute.startswith(_OUTPUTS) and scope.output_of is not None:
        output = scope.output_of(address, attribute.removeprefix(_OUTPUTS), where, at)
        if output is not None:
            return output
    if there or scope.may_declare(address):
        full = scope.prefix + address
        found = (Reference(full, attribute),) if there else ()
        return deployed(Said(why, LOOK_AT_THE_STACK), ("attribute", full, attribute or at), where, *found)
    return scope.fail(f'there is no resource "{address}"', where, at)


def _of_unknown(function: str, name: Unknown, where: Span) -> Unknown:
    """The target of an unknown name, the same for the same name."""
    origin = Origin(where, "computed", references=name.origin.references)
    return Unknown(name.reason, (function, name.identity, None if function == "Ref" else where), origin)


def _name(scope: TemplateScope, node: Node) -> str | Unknown | None:
    """A name as written, or as a function makes it."""
    if isinstance(node, ScalarNode):
        return node.text
    match scope.evaluate(node, node.span):
        case Known(str() | int() | float() as content):
            return text_of(content)
        case Unknown() as unknown:
            return unknown
        case _:
            return None
