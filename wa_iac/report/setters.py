"""Where a flagged value is set: a remedy names that place instead of a line over an expression.

A value may come from the default of a variable or a parameter, from an argument of a module call, from an expression or from a
`dynamic` block. An installed module is not the reader's to change: there it is always an argument of the call. This module asks one
way after the other: `fault` says what is at fault, and `chained`, `deciders`, `switched` and `dynamic_blocks` each find one kind of place.
"""

from __future__ import annotations

from typing import Final

from wa_iac.core.declared import Declared
from wa_iac.core.finding import Finding, Subject
from wa_iac.core.late_pattern import late
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known

from .allowed import declared_parameter
from .callers import VARIABLES, argument_of, at, calling, is_installed, variable
from .chained import chained, of_variable, type_of_default
from .code_place import paths_at
from .conditionals import literal
from .deciders import decided_by
from .decisions import to_make
from .decoded_files import in_decoded_file
from .dynamic_blocks import dynamic
from .elements import in_lists
from .fault import Fault, line_of
from .kept_elements import Kept, keeping
from .module_code import ModuleCode
from .parts_there import kept_there
from .snippets import Code, Language
from .switched import switched_by
from .written import text_at, variable_in

_MAPPED: Final = late(r'FindInMap"?\s*:?\s*\[\s*"?(?P<name>\w+)"?\s*,[^\[\]]*,\s*"?(?P<entry>[\w.-]+)"?\s*\]')
"""An entry of a mapping at a key that is found out, and one that is written."""
_REFERENCES: Final = late(r'\$\{(\w+)\}|!Ref\s+"?(\w+)|"Ref"\s*:\s*"(\w+)')
"""What an expression of a template refers to."""
_FILLED_NAME: Final = late(r"[\"']?\w*[$&]\{")
"""A key of a template that a loop completes."""


def in_place(
    finding: Finding,
    subject: Subject,
    declared: Declared,
    code: Code,
    language: Language,
    *,
    differs: bool,
    keeps: bool = False,
) -> list[str]:
    """Sentences on the place where the code of a remedy belongs, if that is not the line of the finding; the last one is the code
    for that place. `declared` is the resource that contains the place; `differs` and `keeps` are the remedy's."""
    kept = keeping(code, declared, finding.span, subject.sources) if keeps else Kept(code)
    fault = Fault(finding, subject, declared, kept.code, language, keeps=kept.code is not code)
    if differs or fault.is_shared():
        return [kept.code.text]
    if kept.element_only and (wanted := fault.wanted()):
        return fault.said(f"Write {wanted} in place of {text_at(finding.span, subject.sources)}.")
    ways = (in_decoded_file, _passed_on, _switched, _decided, dynamic, chained, _computed, in_lists, _installed, _looped, _kept)
    return next(filter(None, (way(fault) for way in ways)))


def _passed_on(fault: Fault) -> list[str]:
    """For a value that reaches the place as it is written elsewhere."""
    chain = fault.chain() if fault.at.part is not None else []
    if not fault.is_set_directly(chain):
        return []
    # What stands in a module may be for all its calls: one of them may give another value.
    last = chain[-1]
    is_shared = fault.declared.calls and not (last.argument or last.default_of) and not _is_outermost(fault.declared, last.span)
    # So may a default in the type of a map, for all its entries.
    is_of_entries = bool(fault.declared.keys) and bool(type_of_default(last.span, fault.sources))
    return (_decided(fault) if is_shared or is_of_entries else []) or chained(fault)


def _is_outermost(declared: Declared, span: Span) -> bool:
    """Whether a place is in the root module, which calls the others."""
    return span.path.rpartition("/")[0] == declared.calls[0].span.path.rpartition("/")[0]


def _switched(fault: Fault) -> list[str]:
    """For the value of a conditional whose other branch is right."""
    if not fault.at.part:
        return []
    _, value = fault.written()
    sentence = switched_by(fault.finding, fault.subject, fault.declared, fault.at, value)
    return fault.said(sentence) if sentence else []


def _decided(fault: Fault) -> list[str]:
    """For a value that an expression makes from what a call passes, or does not pass."""
    node, only = fault.at.node, fault.wanted()
    wanted = literal(only) if only else None
    if wanted is None or not isinstance(node, (Known, Absent)) or isinstance(wanted.value, (list, dict)):
        return []
    _, value = fault.written()
    if fault.finding.dialect != "terraform" or fault.at.element or not value or literal(value) is not None:
        return []
    now = None if isinstance(node, Absent) else node.value
    span, code = node.origin.span, ModuleCode(fault.declared, fault.sources)
    found = decided_by(fault.declared, fault.sources, span, now, wanted.value, fault.at.path)
    if not found:
        return []
    # A dynamic block writes all of its blocks at one place, and reports name them once.
    others = [
        each.place
        for path in paths_at(fault.declared.body, span)
        for each in decided_by(fault.declared, fault.sources, span, now, wanted.value, path)[:1]
        if each.place._replace(what="", span=span)
        == found[0].place._replace(what="", span=span)
        != each.place
        != found[0].place
    ]
    return [*fault.others, *to_make(found[0], only, span, code, list(dict.fromkeys(others)))]


def _computed(fault: Fault) -> list[str]:
    """For a value that an expression computes."""
    span, value = fault.written()
    if fault.at.part is None or not fault.is_computed(value):
        return []
    if mapped := _in_mapping(fault, value):
        return mapped
    if name := variable_in(value):
        return of_variable(fault, name, variable(fault.declared, fault.sources, name), 0, direct=True)
    arguments = [] if fault.at.part.parts else _passed(fault, value)
    computes = f"An expression computes the value ({line_of(span)})"
    switch = next((each for each in fault.finding.related if each.default_of and not arguments), None)
    named = arguments or ((_defaults(fault, value) or _parameters(fault, value)) if switch is None else [])
    computes += f" from the {' and the '.join(named)}." if named else "."
    if switch is not None:
        computes += f" Pass another value than the default of {at(switch.default_of, switch.span)}, if that is enough."
    if wanted := fault.wanted():
        must = "It must" if switch is None else "Otherwise it must"
        return fault.said(f"{computes} {must} give {wanted} for `{fault.at.name}`.")
    change = "one of them" if arguments else "it"
    return fault.with_code(f"{computes} Change {change}{',' if arguments else ''} so that this results:")


def _in_mapping(fault: Fault, expression: str) -> list[str]:
    """For a value of a mapping, whose key is not known before the deployment, such as the Region: all of its entries are at fault."""
    wanted, found = fault.wanted(), _MAPPED.search(expression)
    if found is None or not wanted:
        return []
    step = next((each for each in fault.finding.related if each.entry), None)
    mapping = at(f'mapping "{found["name"]}"', None if step is None else step.span)
    return fault.said(f'Set "{found["entry"]}" to {wanted} in each entry of {mapping} that has the old value.')


def _passed(fault: Fault, expression: str) -> list[str]:
    """The arguments of the module call that an expression is made of."""
    calls = fault.declared.calls if fault.finding.dialect == "terraform" else ()
    names = dict.fromkeys(VARIABLES.findall(expression)) if calls else ()
    return [found for each in names if (found := argument_of(calls[-1], fault.sources, each))]


def _defaults(fault: Fault, expression: str) -> list[str]:
    """The variables that an expression is made of, if no call passes them."""
    found = {name: variable(fault.declared, fault.sources, name) for name in VARIABLES.findall(expression)}
    return [at(f'default of variable "{name}"', span) for name, span in found.items() if span is not None]


def _parameters(fault: Fault, expression: str) -> list[str]:
    """The parameters of a template that an expression is made of."""
    if fault.finding.dialect != "cloudformation":
        return []
    path = fault.written()[0].path
    names = dict.fromkeys(name for found in _REFERENCES.findall(expression) for name in found if name)
    places = {name: declared_parameter(fault.subject, path, name) for name in names}
    return [at(f'parameter "{name}"', span) for name, span in places.items() if span is not None]


def _installed(fault: Fault) -> list[str]:
    """For a resource of an installed module."""
    call = calling(fault.declared, 0)
    if call is None or not is_installed(fault.declared.span.path):
        return []
    return fault.with_code(
        f"The resource is part of {at(call.note, call.span)}. Pass an argument that makes it so, if the module has one:"
    )


def _looped(fault: Fault) -> list[str]:
    """For a member whose name an `Fn::ForEach` fills in: a second one of that name is refused."""
    span, name = fault.written()[0], fault.at.name
    made = fault.at.part is not None and isinstance(fault.at.node, Known) and fault.finding.dialect == "cloudformation"
    if not made or _FILLED_NAME.match(text_at(span, fault.sources)) is None:
        return []
    return fault.with_code(
        f"A loop writes `{name}` ({line_of(span)}): leave {name} out of its collection, and write it outside of the loop:"
    )


def _kept(fault: Fault) -> list[str]:
    """For code that is partly there."""
    sentence = kept_there(fault)
    return fault.with_code(f"{sentence}.") if sentence else [*fault.others, fault.text]
