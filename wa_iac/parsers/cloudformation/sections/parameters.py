"""Parameters: those with defaults are known, the others are unknown, limited by their AllowedValues, by the numbers between two limits, or by a pattern."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from wa_iac.core import secrets
from wa_iac.core.algebra import choose, moved, text_of
from wa_iac.core.budget import current
from wa_iac.core.declared import Declared
from wa_iac.core.late_pattern import late
from wa_iac.core.reasons import InParameterStore, UnsetParameter
from wa_iac.core.span import NOWHERE, Span
from wa_iac.core.value import Absent, Known, Origin, Step, Tree, Unknown
from wa_iac.parsers.cloudformation.dynamic_references import without_dynamic_references
from wa_iac.parsers.cloudformation.functions.strings import EACH_PIECE
from wa_iac.parsers.cloudformation.scope import TemplateScope
from wa_iac.parsers.cloudformation.text.located import MACRO, Entry, ListNode, MapNode, Node, ScalarNode

MAX_ALLOWED: Final = 64
"""Allowed values that are followed one by one."""

_DECIMAL: Final = late(r"[-+]?(?:[0-9]{1,40}\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_SHORT, _LONG = 1e-3, 1e7
"""Between these, a number with a fraction is written without an exponent."""

_WHOLE: Final = late(r"[0-9]{1,9}")
_WORDS: Final = late(r"\^?(?:\((?:\?:)?([\w-]+(?:\|[\w-]+)+)\)|([\w-]+))\$?")
_LIST: Final = late(r"List<(.*)>")
_PARAMETER_STORE: Final = "AWS::SSM::Parameter::Value<"


def read_parameters(scope: TemplateScope, section: dict[str, Entry], given: Mapping[str, Tree]) -> list[Declared]:
    """Adds every parameter's value to the scope, and returns the parameters as settings, for the rules about them.

    `given` has the values from a nested stack's parent.
    """
    declared = []
    for name, entry in section.items():
        if not isinstance(entry.value, MapNode):
            scope.error(f'the parameter "{name}" must be an object', entry.key)
            scope.parameters[name] = _without_default(scope, name, entry.key, sensitive=False)
            continue
        value = given.get(name)
        if value is None or isinstance(value, Absent):
            scope.parameters[name] = _value(scope, name, entry.key, entry.value)
        else:
            if value.origin.span == NOWHERE:
                value = moved(value, Origin(entry.key, "given", (Step(entry.key, f'parameter "{name}", as given'),)))
            else:
                step = Step(value.origin.span, f'parameter "{name}", as passed', argument=name)
                value = moved(value, value.origin._replace(chain=(step, *value.origin.chain)))
            scope.parameters[name] = _given(scope, name, value, entry.value)
        declared.append(_declared(scope, name, entry, entry.value))
    return declared


def _value(scope: TemplateScope, name: str, key: Span, node: MapNode) -> Tree:
    sensitive = _text(node, "NoEcho").lower() == "true"
    kind = _text(node, "Type")
    if MACRO in node.entries:
        scope.unavailable(f'the snippet of the parameter "{name}" is not available: its content is not known', key)
    elif not kind:
        scope.error(f'the parameter "{name}" has no Type', key)
    unset = _without_default(scope, name, key, sensitive=sensitive, filled=_is_filled(node, kind))
    if MACRO in node.entries:
        return unset
    if kind != "CommaDelimitedList" and _LIST.fullmatch(kind):
        scope.collections.add(unset.identity)
    if kind.startswith(_PARAMETER_STORE):
        return _from_parameter_store(scope, name, unset.origin)
    default = node.entries.get("Default")
    if default is not None and not (isinstance(default.value, ScalarNode) and default.value.value is None):
        step = Step(default.where, f'default of parameter "{name}"', f'parameter "{name}"')
        value = _converted(default.value, kind, Origin(default.where, "default", (step,), sensitive=sensitive))
        if value is None:
            return scope.fail(f'the default of parameter "{name}" does not fit its type', default.where, default.value.span)
        if kind == "String":
            scope.allowed[name] = _allowed_texts(node)
        return secrets.note(value) if sensitive else value
    allowed = node.entries.get("AllowedValues")
    if kind == "CommaDelimitedList" or _LIST.fullmatch(kind):
        return unset
    if allowed is not None and isinstance(allowed.value, ListNode):
        step = Step(allowed.key, f'allowed values of parameter "{name}"')
        values = [_converted(item, kind, Origin(item.span, sensitive=sensitive)) for item in allowed.value.items]
    elif (limited := _limited(node, kind)) is not None:
        note, entry, texts = limited
        step = Step(entry.key, f'{note} of parameter "{name}"')
        values = [_typed(text, kind, Origin(entry.key, sensitive=sensitive)) for text in texts]
    else:
        return unset
    for each in values if sensitive else ():
        if each is not None:
            secrets.note(each)
    listed = [(_label(scope.prefix + name, value), value) for value in values if value is not None]
    if not 0 < len(listed) <= MAX_ALLOWED or len(listed) < len(values):
        return unset
    origin = unset.origin._replace(chain=(step,))
    return choose(unset.reason, ("parameter", scope.prefix + name), listed, origin)


def _limited(node: MapNode, kind: str) -> tuple[str, Entry, list[str]] | None:
    """What limits a parameter to a few values besides AllowedValues, its entry, and the values: the whole numbers between MinValue and MaxValue,
    or the words of a pattern that is nothing but a choice between words."""
    least, most = _text(node, "MinValue"), _text(node, "MaxValue")
    if kind == "Number" and _WHOLE.fullmatch(least) and _WHOLE.fullmatch(most):
        # What is between 0 and 1 may be a share.
        several = range(int(least), int(most) + 1) if int(most) > 1 else range(0)
        return "limits", node.entries["MinValue"], [str(each) for each in several[: MAX_ALLOWED + 1]]
    words = _WORDS.fullmatch(_text(node, "AllowedPattern")) if kind == "String" else None
    if words is None:
        return None
    return "pattern", node.entries["AllowedPattern"], (words[1] or words[2]).split("|")


def _given(scope: TemplateScope, name: str, value: Tree, node: MapNode) -> Tree:
    """A parent's value in the parameter's type: strings become numbers and lists."""
    kind = _text(node, "Type")
    origin = value.origin._replace(sensitive=value.origin.sensitive or _text(node, "NoEcho").lower() == "true")
    if origin.sensitive:
        secrets.note(value)
    if kind.startswith(_PARAMETER_STORE):
        return _from_parameter_store(scope, name, origin)

    def convert(value: Tree) -> Tree:
        match value:
            case Known(str() | int() | float() | bool() as content):
                made = _typed(text_of(content), kind, value.origin)
                if made is None:
                    return scope.refuse(
                        f'the value of parameter "{name}" does not fit its type', value.origin.span, value.origin.span
                    )
                return made
            case _:
                return value

    if isinstance(value, Unknown) and not value.alternatives:
        return value.at(origin)
    return moved(scope.lift(("given", kind), convert, value, origin=origin), origin)


def _from_parameter_store(scope: TemplateScope, name: str, origin: Origin) -> Unknown:
    reason = InParameterStore(name, scope.prefix)
    return Unknown(reason, ("parameter", reason.address), origin, itself=True)


def _label(name: str, value: Tree) -> str:
    # The value of a secret must not appear in a report's labels.
    if not isinstance(value, Known) or value.origin.sensitive:
        return f"{name} is ..."
    return f"{name} is {'empty' if value.value == '' else value.value}"


def _is_filled(node: MapNode, kind: str) -> bool:
    """Whether CloudFormation refuses an empty value: for a number, for the name or the id of something that exists, and because of
    MinLength or AllowedPattern."""
    if kind == "Number" or (kind.startswith("AWS::") and not kind.startswith(_PARAMETER_STORE)):
        return True
    if kind != "String" or "Default" in node.entries:
        return False
    least = _text(node, "MinLength")
    return (least.isascii() and least.isdecimal() and int(least[:9]) > 0) or _refuses_nothing(_text(node, "AllowedPattern"))


def _refuses_nothing(pattern: str) -> bool:
    """Whether a pattern does not match an empty text."""
    if not pattern:
        return False
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern, options).fullmatch("") is None
    except (re2.error, UnicodeEncodeError):
        return False


def _without_default(scope: TemplateScope, name: str, key: Span, *, sensitive: bool, filled: bool = False) -> Unknown:
    reason = UnsetParameter(name, scope.prefix, filled)
    origin = Origin(key, "computed", (Step(key, reason.subject),), sensitive=sensitive)
    return Unknown(reason, ("parameter", reason.address), origin, itself=True)


def _converted(node: Node, kind: str, origin: Origin) -> Tree | None:
    """A default or an allowed value in the parameter's type; None if it does not fit."""
    if not isinstance(node, ScalarNode):
        return None
    return _typed(_written(node), kind, origin)


def _written(node: ScalarNode) -> str:
    """A scalar as CloudFormation's text: a number in decimal form, whatever its base."""
    match node.value:
        case bool() as truth:
            return text_of(truth)
        case int() as number:
            return str(number)
        case float() as number if _SHORT <= abs(number) < _LONG:
            return repr(number)
        case _:
            return node.text


def _typed(text: str, kind: str, origin: Origin) -> Tree | None:
    if kind == "Number":
        return _number(text, origin)
    inner = "String" if kind == "CommaDelimitedList" else list_of[1] if (list_of := _LIST.fullmatch(kind)) else None
    if inner is None:
        return without_dynamic_references(Known(text, origin))
    current().make(EACH_PIECE * text.count(","))
    pieces = [piece.strip() for piece in text.split(",")]
    items = [_number(piece, origin) if inner == "Number" else Known(piece, origin) for piece in pieces]
    return None if None in items else Known(items, origin)


def _number(text: str, origin: Origin) -> Tree | None:
    """A number in a string. In quotes, or given from outside, it is decimal; YAML's other bases apply only without quotes."""
    text = text.strip()
    if not _DECIMAL.fullmatch(text):
        return None
    number = int(text) if text.lstrip("+-").isdigit() else float(text)
    return Known(number, origin) if math.isfinite(number) else None


def _text(node: MapNode, key: str) -> str:
    entry = node.entries.get(key)
    return entry.value.text if entry is not None and isinstance(entry.value, ScalarNode) else ""


def _allowed_texts(node: MapNode) -> tuple[str, ...]:
    """The AllowedValues of a parameter, as they are written; none if one of them cannot be read."""
    entry = node.entries.get("AllowedValues")
    items = entry.value.items if entry is not None and isinstance(entry.value, ListNode) else ()
    found = tuple(each.text for each in items if isinstance(each, ScalarNode))
    return found if len(found) == len(items) else ()


def _declared(scope: TemplateScope, name: str, entry: Entry, node: MapNode) -> Declared:
    body = {key: scope.evaluate(each.value, each.where) for key, each in node.entries.items()}
    if _text(node, "NoEcho").lower() == "true" and isinstance(body.get("Default"), Known):
        default = body["Default"]
        body["Default"] = (
            Known(default.value, default.origin._replace(sensitive=True)) if isinstance(default, Known) else default
        )
    return Declared(
        kind="context",
        dialect="cloudformation",
        type="parameter",
        address=f"{scope.prefix}parameter.{name}",
        name=name,
        body=Known(body, Origin(entry.key)),
        span=entry.key,
        extent=entry.extent,
    )
