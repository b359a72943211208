"""A value that is set elsewhere, by its history: in a default, in an argument of a call, in a local value, in a mapping."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import takewhile
from typing import Final

from wa_iac.core.late_pattern import late
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Step
from wa_iac.knowledge.called import words_of

from .allowed import Allowed, Limits, allow, declared_parameter, extended
from .callers import at, calling, default_named, inputs_of, is_installed
from .code_parts import parts_of, without
from .code_place import written_around
from .fault import Fault, line_of
from .local_keys import key_behind
from .module_code import VALUES, ModuleCode
from .other_branch import is_no_better
from .shared_lines import calls_of
from .validated import validated
from .written import indentation, is_of_resource, is_reference, text_at

_OPTIONAL: Final = late(r"optional\((?P<type>[^,()]+),\s*$")
"""The text before the default of an attribute, in the type of a variable."""
_LOOKUP: Final = late(r"lookup\(\s*var\.")
_OR_GIVEN: Final = ", or pass that value"
_DECODED: Final = late(r'(?:json|yaml)decode\(\s*file\(\s*"(?:\$\{path\.module\}/)?(?P<file>[\w./-]+)"\s*\)\s*\)')
"""A document in a file of its own."""
_ENVIRONMENT: Final = late(
    r"\b(?:prod|production|prd|live|staging|stage|dev|development|test|testing|qa|uat|sandbox|env|environment)\b"
)
"""A condition that asks for which environment a stack is: another value of its parameter would make it one of another environment."""
_NAMES: Final = late(r"[A-Za-z][A-Za-z0-9]*")
_PLACEHOLDERS: Final = late(r"<([^<>]+)>")
_PART: Final = late(r"var\.[\w-]+\.(?P<part>[\w.-]+)")
_UNNAMED: Final = "written here"
_ENTRY: Final = late(
    rb"""(?m)^[ \t]*["']?(?P<key>[\w-]+)["']?[ \t]*[=:][ \t]*(?P<value>["']?[\w.-]+["']?)[ \t]*,?[ \t]*(?:(?:#|//)[^\n]*)?\r?$"""
)
"""A line of an object that has a key and a text, a number or a boolean."""
_OBJECT: Final = 4_000
"""Bytes of an object whose other keys are looked at."""
_CONDITION: Final = 500
"""Bytes after the name of a condition in which its parameters are looked for."""
_LONGEST: Final = 60
"""Bytes before a default in which its type is looked for."""


def chained(fault: Fault) -> list[str]:
    """For a value that is set elsewhere. Empty if it is set where it is at fault."""
    place, chain = fault.at, fault.chain()
    if place.part is None and fault.declared.type == "parameter" and (place.path or ("",))[0] == "AllowedValues":
        leaves = [leaf for each in parts_of(fault.text) for leaf in each.leaves()]
        if len(leaves) == 1:
            return fault.said(extended(fault.subject, fault.declared, leaves[0].name, leaves[0].value))
    if place.part is None:
        return _combined(fault)
    if not chain:
        return []
    last = chain[-1]
    direct = fault.is_set_directly(chain)
    arguments = sum(bool(each.argument) for each in chain)
    chosen = None if direct else next((each for each in chain if each.chooses), None)
    if chosen is not None and fault.finding.dialect == "cloudformation":
        used = f"This value is used since {at(chosen.note, chosen.span)}"
        if _ENVIRONMENT.search(words_of(chosen.note)):
            return fault.with_code(f"{used}, which is for this environment. Write in its place:")
        if is_no_better(fault.finding, fault.subject, fault.declared, place.path or (), chosen):
            return fault.with_code(f"{used}. The other branch is no better: write in its place:")
        names = _asked(fault, chosen)
        others = f'parameter "{names[0]}" another value' if len(names) == 1 else "its parameters other values"
        return fault.with_code(f"{used}. Give {others}, or write this without a condition:")
    _, default = default_named(last)
    if default and fault.finding.dialect == "terraform":
        return of_variable(fault, default, last.span, arguments, direct=direct)
    if last.argument:
        return _of_argument(fault, last, arguments, direct=direct)
    if default:
        return _of_parameter(fault, default, last.span, direct=direct)
    if last.entry and fault.wanted() and isinstance(place.node, Known):
        return _set(fault, last.note, last.span, last.entry, direct=True)
    written, value = fault.assigned(last.span)
    if direct and written == "value" != last.key and last.key:
        return _set(fault, f'output "{last.key}"', last.span, written, direct=direct)
    if last.key.startswith("[") and direct and (wanted := fault.wanted()):
        return fault.said(f"Set the {at(_key_at(fault, last, last.key), last.span)} to {wanted}.")
    if last.span.path.endswith(VALUES) and _is_of_resource(fault):
        where = at(f'value of variable "{written or last.key}"', last.span)
        return fault.with_code(
            f"A file of values holds constants only, such as ids. Change the {where} so that it stands for this:"
        )
    if last.key or (direct and written):
        name = last.key or written
        more = _same_beside(last.span, fault.sources) if fault.language == "hcl" and not last.local else ""
        return _set(fault, _key_at(fault, last, name), last.span, name, direct=direct, more=more)
    if given := inputs_of(value, last, fault.declared, fault.sources):
        made = f"{at(last.note, last.span)} computes the value from {given}."
        return fault.with_code(f"{made} Pass another value, or change the expression, so that this results:")
    if given := key_behind(value, last, fault.declared, fault.sources) if fault.language == "hcl" else "":
        made = f"{at(last.note, last.span)} computes the value from {given}."
        return fault.with_code(f"{made} Set that, or change the expression, so that this results:")
    return _changed_there(fault, last)


def _asked(fault: Fault, chosen: Step) -> list[str]:
    """The parameters that a condition of a template asks for, as far as its own lines name them."""
    span = chosen.span
    following = text_at(span._replace(start_byte=span.end_byte, end_byte=span.end_byte + _CONDITION), fault.sources)
    first, *others = (*following.splitlines(), "")
    lines = [first, *takewhile(lambda each: indentation(each) >= span.start_column, others)]
    declared = fault.subject.graph.declared
    parameters = {each.name for each in declared if each.type == "parameter" and each.extent.path == span.path}
    return [each for each in dict.fromkeys(_NAMES.findall("\n".join(lines))) if each in parameters]


def _combined(fault: Fault) -> list[str]:
    """For a value that is written nowhere in the body, since a provider adds it."""
    chain = [each for each in fault.finding.chain if each.span.path] if fault.at.path == () else []
    return _changed_there(fault, chain[-1]) if chain else []


def _changed_there(fault: Fault, last: Step) -> list[str]:
    if isinstance(fault.at.node, Absent) and _LOOKUP.match(fault.written()[1]):
        return fault.with_code(
            "`lookup` finds the optional key, which is null where nobody sets it, so that its default has no effect. Give the key a default in the type of the "
            "variable (`optional(type, default)`), so that this results:"
        )
    where = line_of(last.span) if last.note == _UNNAMED else at(last.note, last.span)
    return fault.with_code(f"The value comes from {where}. Change it there, so that this results:")


def of_variable(fault: Fault, name: str, default: Span | None, arguments: int, *, direct: bool) -> list[str]:
    """For the default of a variable: of a called module, if there are calls that do not pass it. `arguments` is the number of calls that
    pass the value on; `direct` says that it reaches the place as it was set."""
    call = calling(fault.declared, arguments)
    limits = None if default is None else Limits("variable", name, default)
    declaration = at(f'variable "{name}"', default)
    if call is None and _is_of_resource(fault):
        return _constant(fault, declaration)
    if call is None:
        what = f'default of variable "{name}"'
        return _set(fault, what, default, "default", direct=direct, more=_in_files_too(fault) or _OR_GIVEN, limits=limits)
    ours = default is not None and not is_installed(default.path) and not _is_of_resource(fault)
    more = f", or change the default of {declaration}" if ours else ""
    return _set(fault, f'argument "{name}" of {call.note}', call.span, name, direct=direct, more=more, limits=limits)


def _in_files_too(fault: Fault) -> str:
    """The files of values that set a variable to what its default is, and win over it (`engine/values_beside.py`); empty if none is known."""
    found = [each.span for each in fault.finding.related if each.span.path.endswith(VALUES)]
    places = [f"{each.path}:{each.start_line}" for each in found]
    return f", and its value in each file that sets it ({' and '.join(places)})" if places else ""


def _of_parameter(fault: Fault, name: str, span: Span, *, direct: bool) -> list[str]:
    """For the default of a parameter."""
    parameter = f'parameter "{name}"'
    if _is_of_resource(fault):
        return _constant(fault, at(parameter, span))
    limits = Limits("parameter", name, span)
    return _set(fault, f"default of {parameter}", span, "default", direct=direct, more=_OR_GIVEN, limits=limits)


def _of_argument(fault: Fault, last: Step, arguments: int, *, direct: bool) -> list[str]:
    """For an argument of a module call, or a parameter of a nested stack."""
    around = ModuleCode(fault.declared, fault.sources).call_around(last.span)
    call = around[0] if around is not None else calling(fault.declared, arguments - 1)
    of = f" of {call.note}" if call is not None else ""
    kind = "argument" if fault.finding.dialect == "terraform" else "parameter"
    if kind == "argument" and (part := _part_of_object(fault)):
        where = at(f'{kind} "{last.argument}"{of}', last.span)
        other = f"pass another object, or let {line_of(fault.written()[0])} use another part of it"
        if wanted := fault.wanted():
            return fault.said(f'The value is "{part}" in the {where}. It has to be {wanted}: {other}.')
        return fault.with_code(f'The value is "{part}" in the {where}: {other}, so that this results:')
    inner = declared_parameter(fault.subject, fault.declared.span.path, last.argument)
    limits = None if inner is None else Limits("parameter", last.argument, inner)
    return _set(fault, f'{kind} "{last.argument}"{of}', last.span, last.argument, direct=direct, limits=limits)


def _part_of_object(fault: Fault) -> str:
    """The part of an object in a variable that the value at fault is, if a caller passes the object as a whole."""
    chain = fault.chain()
    texts = (fault.written()[1], *(fault.assigned(each.span)[1] for each in chain))
    found = next((part for each in texts if (part := _PART.fullmatch(each)) is not None), None)
    return "" if found is None or any(each.key for each in chain) else found["part"]


def _constant(fault: Fault, declaration: str) -> list[str]:
    """For a default that cannot be what is wanted. One that lists IDs can have another."""
    part = fault.at.part
    placeholders = _PLACEHOLDERS.findall(part.value) if part is not None else []
    if len(placeholders) > 1 and "another" in placeholders[-1]:
        return fault.said(f"Add the ID of {placeholders[-1]} to the default of {declaration}, or pass it with the others.")
    return fault.with_code(
        f"A default can only be a constant: callers have to pass this value for {declaration}, or write it here:"
    )


def _is_of_resource(fault: Fault) -> bool:
    """Whether the value to write stands for a resource."""
    return fault.at.part is not None and is_of_resource(fault.at.part.value)


def _same_beside(span: Span, sources: Mapping[str, bytes]) -> str:
    """Words on the other keys of an object that have the same value, as where each is for an environment; empty if there are none."""
    data = sources.get(span.path, b"")
    begin, end = data.rfind(b"{", 0, span.start_byte), data.find(b"}", span.end_byte)
    around = data[begin + 1 : end]
    of_object = data[:begin].rstrip()[-1:] in (b"=", b":", b"(", b",", b"[")  # not a block
    if begin < 0 or end < 0 or end - begin > _OBJECT or b"{" in around or b"}" in around or not of_object:
        return ""
    own = _ENTRY.match(data[span.start_byte : span.end_byte].lstrip())
    others = [each for each in _ENTRY.finditer(around) if own is not None and each["value"] == own["value"]]
    names = [each["key"].decode() for each in others if own is not None and each["key"] != own["key"]]
    if not names:
        return ""
    return f", and {' and '.join(names)} beside it, which {'has' if len(names) == 1 else 'have'} the same value"


def _key_at(fault: Fault, step: Step, name: str) -> str:
    """What has a value at the end of its history: a local value, or a key, of an argument if it is one of a call."""
    if step.local:
        return f'local value "{name}"'
    if step.key.startswith("["):
        return f"element {step.key} of the list"
    if step.span.path.endswith(VALUES) and not step.key:
        return f'value of variable "{name}"'
    call, block = ModuleCode(fault.declared, fault.sources).call_around(step.span) or (None, None)
    attributes = block.body.attributes.items() if block is not None else ()
    outer = next((argument for argument, each in attributes if each.span.holds(step.span)), "")
    return f'key "{name}" in the argument "{outer}" of {call.note}' if outer and call is not None else f'key "{name}"'


def _set(
    fault: Fault,
    what: str,
    span: Span | None,
    name: str,
    *,
    direct: bool,
    more: str = "",
    limits: Limits | None = None,
) -> list[str]:
    """Sentences for a place that sets the value. `limits` is the parameter or variable that may limit it."""
    where = at(what, span)
    wanted = fault.wanted()
    declared = limits.place if limits is not None else span
    if declared is not None and fault.language == "hcl" and not _fits(wanted, fault.assigned(declared)[1]):
        wanted = ""
    decoded = None if span is None or fault.finding.dialect != "terraform" else _DECODED.search(text_at(span, fault.sources))
    if decoded is not None and wanted and what.startswith('key "'):
        return fault.said(
            f'The file "{decoded["file"]}", which {line_of(span or fault.finding.span)} decodes, has the value. Set its key "{name}" to {wanted} there.'
        )
    if direct and wanted:
        allowed = _allowed(fault, limits, wanted)
        if allowed.never:
            return fault.said(f"{allowed.refused}.")
        if allowed.refused:
            then = "make it the default" if name == "default" and allowed.own else f"set the {where} to it"
            return [*fault.others, f"{allowed.refused}. Then {then}:", _assignment(fault, name, wanted)]
        wanted = allowed.value
    if direct and wanted:
        kind = "" if span is None else type_of_default(span, fault.sources)
        made = f"optional({kind}, {wanted})" if kind else wanted
        number = calls_of(fault.subject, fault.declared)
        if kind and (number > 1 or fault.declared.keys):
            more += f", which changes it for all that do not set it{f', in {number} calls of the module' if number > 1 else ''}"
        return [*fault.others, f"Set the {where} to {made}{more}:", _assignment(fault, name, made)]
    if direct and fault.at.part is not None and (one := _one_of_several(fault, limits)) is not None:
        if one.never:
            return fault.said(f"{one.refused}.")
        begun = f"Set the {where} to {one.value}{more}"
        if one.refused:
            then = "make it the default" if name == "default" and one.own else f"set the {where} to it"
            begun = f"{one.refused}. Then {then}"
        rest = without(fault.text, (fault.at.part,))
        if not rest.strip():
            return fault.said(f"{begun}.")
        also = f"{_itself(fault)} also needs this{_in_what_is_there(fault, rest)}:"
        return [*fault.others, f"{begun}. {also}", rest]
    if direct:
        return fault.with_code(f"Set the {where}{more}, so that this results:")
    computes = f"An expression computes the value from the {where}."
    if wanted:
        return fault.said(f"{computes} It must give {wanted} for `{fault.at.name}`.")
    return fault.with_code(f"{computes} Change one of them, so that this results:")


def type_of_default(span: Span, sources: Mapping[str, bytes]) -> str:
    """The type of an attribute whose default is at a place, in the type of a variable; empty if the place is no such default."""
    before = span._replace(start_byte=span.start_byte - _LONGEST, end_byte=span.start_byte)
    found = _OPTIONAL.search(text_at(before, sources))
    return "" if found is None else found["type"]


def _allowed(fault: Fault, limits: Limits | None, value: str, *, exactly: bool = False) -> Allowed:
    """The value that the variables, or the parameters, on its way allow; or what has to change first."""
    if fault.finding.dialect == "terraform":
        return validated(fault, value, exactly=exactly)
    if limits is None:
        return Allowed(value)
    return allow(fault.finding, fault.subject, fault.declared, fault.at, limits, value, exactly=exactly)


def _fits(wanted: str, written: str) -> bool:
    """Whether two values of HCL have one shape, by their first signs: lists and objects are none of the others'."""
    signs = [re.match(r"\[\s*\{|[\[{]|", each) for each in (wanted, written)]
    return (
        not wanted or not written or written == "null" or is_reference(written) or len({each[0] for each in signs if each}) == 1
    )


def _one_of_several(fault: Fault, limits: Limits | None) -> Allowed | None:
    """The value to write for the argument at fault, if the code has other arguments too; or what has to be allowed first."""
    value = _literal_of(fault)
    if not value:
        return None
    if limits is None:
        return Allowed(value) if fault.finding.dialect == "terraform" else None
    # Another number would not fit the rest, such as a number of zones.
    return _allowed(fault, limits, value, exactly=value.isdigit())


def _itself(fault: Fault) -> str:
    """The resource that contains the fault, with its place."""
    declared = fault.declared
    name = declared.name if declared.dialect == "cloudformation" else f"{declared.type}.{declared.name}"
    return f"{name} itself ({line_of(declared.span)})"


def _in_what_is_there(fault: Fault, code: str) -> str:
    """Which objects of the code are written already: only what they lack, or have otherwise, changes."""
    written = (each.name for each in parts_of(code) if each.parts)
    names = [
        f"`{each}`" for each in written if isinstance(written_around(fault.declared.body, fault.at.path or (), each), Known)
    ]
    return f" (keep the other parts of {' and '.join(names)})" if names else ""


def _literal_of(fault: Fault) -> str:
    """The value on one line that the code has for the argument at fault."""
    place, part = fault.at, fault.at.part
    value = "" if part is None or part.parts or place.element or place.name != part.name else part.value.rstrip(",")
    return "" if "\n" in value or value.endswith(("{", "[", "(")) else value


def _assignment(fault: Fault, name: str, value: str) -> str:
    """An argument, a property or a default, in the language of the file."""
    is_template = fault.finding.dialect == "cloudformation"
    if is_template and name == "default":
        name = "Default"
    if fault.language in ("json", "terraform-json", "awscc-json"):
        return f'"{name}": {value}'
    return f"{name}: {value}" if is_template else f"{name} = {value}"
