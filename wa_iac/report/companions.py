"""Resources that a remedy adds beside another: names that nothing else in the module or template has, and companions that are
written already but switched off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from wa_iac.core.declared import Declared
from wa_iac.core.finding import Finding, Subject
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.value import Known

from .also_needed import also_needed, local_value
from .callers import VARIABLES, arguments_at, at, calling, is_installed, passed, texts_beside, variable
from .instances import HEADER, REPEATED
from .snippets import THIS
from .template_code import resource_at
from .written import text_at

_LOGICAL_ID: Final = late(r'(?m)^(?P<name>\w+):\n +Type: (?P<type>"?AWS::)')
_TYPE_LINE: Final = late(r'(?m)(?<=:\n)(?P<indent>  )Type: "?AWS::.*$')
_TYPE: Final = late(r'(?m)^ +Type: "?(AWS::[\w:]+)')
_OPENING: Final = late(HEADER.pattern + "$")
"""A header whose block goes on below it."""
_IN_JSON: Final = late(r'(?m)^    "[^"\n]+": \{$')
"""The name of a resource in Terraform's JSON, above its arguments."""
_PROVIDER: Final = late(r"[\w-]+\.[\w-]+")
_BELONGS: Final = late(r"(?m)^[ \t]*+\w+_(?:arn|id)[ \t]*+=[ \t]*+(aws_[\w.\[\]]+)[ \t]*+$")
"""What a block belongs to, by an argument with its ID or ARN."""
_LOCALS: Final = late(r"(?<![\w.])local\.(\w+)")
_LONGEST: Final = 100
_MANY: Final = 4
"""Variables that are named one by one."""


def named_apart(snippet: str, subject: Subject) -> str:
    """The code with names for its resources that come from the one that it is for: another resource of this kind gets others."""
    owner = subject.declared
    if owner is None or owner.construct:
        return snippet
    if owner.dialect == "cloudformation":
        new = list(_LOGICAL_ID.finditer(snippet))
        taken = {each.name for each in subject.graph.declared} if new else set()
        for found in new:
            name = _free(f"{owner.name}{found['name']}", taken, "")
            old = found["name"]
            used = rf"(?<=!Ref ){old}\b|(?<=!GetAtt ){old}(?=\.)|(?<=DependsOn: ){old}\b"
            snippet = re.sub(rf"(?m)^{old}(?=:\n)|{used}", name, snippet)
        return snippet
    if HEADER.search(snippet) is None:
        return snippet
    written = [
        (each["kind"], each["type"], each["name"])
        for _, text in texts_beside(owner, subject.sources)
        for each in HEADER.finditer(text)
    ]
    for found in list(HEADER.finditer(snippet)):
        block, kind, old = found.groups()
        name = _free(_derived(owner, kind, old), {name for *each, name in written if each == [block, kind]}, "_")
        snippet = re.sub(rf'(?<=^{block} "{kind}" "){re.escape(old)}(?=")', name, snippet, flags=re.MULTILINE)
        address = f"data.{kind}" if block == "data" else kind
        snippet = re.sub(rf"(?<![\w.]){address}\.{re.escape(old)}\b", f"{address}.{name}", snippet)
    return snippet


def with_condition(snippet: str, subject: Subject) -> str:
    """New resources of a template that refer to the finding's resource, with its `Condition`: without it they refer to nothing."""
    owner = subject.declared
    if owner is None or owner.dialect != "cloudformation" or not _TYPE_LINE.search(snippet):
        return snippet
    if not THIS.search(snippet) and re.search(rf"\b{re.escape(owner.name)}\b", snippet) is None:
        return snippet
    name = _condition_of(owner, subject.sources)
    return _TYPE_LINE.sub(lambda found: f"{found[0]}\n{found['indent']}Condition: {name}", snippet) if name else snippet


def _condition_of(declared: Declared, sources: Mapping[str, bytes]) -> str:
    """The name of the condition under which a resource of a template exists. Empty if none is written."""
    if "Condition" not in text_at(declared.extent, sources):
        return ""
    from wa_iac.parsers.cloudformation.text.located import ScalarNode

    written = resource_at(declared.extent.path, declared.extent.start_byte, sources).get("Condition")
    named = written.value.value if written is not None and isinstance(written.value, ScalarNode) else None
    return named if isinstance(named, str) else ""


def companion_name(kind: str, subject: Subject, name: str) -> str:
    """A name for the only companion of a resource: its own, if nothing else of this type has it."""
    owner = subject.declared
    if owner is None:
        return name
    texts = texts_beside(owner, subject.sources)
    return _free(name, {each["name"] for _, text in texts for each in HEADER.finditer(text) if each["type"] == kind}, "_")


def _derived(owner: Declared, kind: str, old: str) -> str:
    """The owner's name, with its type before it if companions of this type are for many types, and the role that the code gives
    to the new one."""
    service = owner.type.removeprefix("aws_").partition("_")[0]
    name = owner.name if kind.startswith(f"aws_{service}_") else f"{owner.type.removeprefix('aws_')}_{owner.name}"
    return name if old == "this" or old.startswith("<") else f"{name}_{old}"


def _free(name: str, taken: set[str], between: str) -> str:
    number = 2
    made = name
    while made in taken:
        made = f"{name}{between}{number}"
        number += 1
    return made


def left_out(subject: Subject, code: str) -> str:
    """A sentence on a resource of a template that the default of a parameter leaves out: it has a type that the code adds, and refers
    to the finding's resource, or is another of its type for the same thing. Empty if there is none."""
    owner = subject.declared
    if owner is None or owner.dialect != "cloudformation" or not subject.graph.switched_off:
        return ""
    types = set(_TYPE.findall(code))
    for each in subject.graph.switched_off:
        made = each.make() if each.type in types else None
        if made is not None and _belongs_to(made, owner, subject.graph):
            why = at(each.switch.default_of, each.switch.span)
            return (
                f"{at(made.name, made.span)} exists for this, but the default of {why} leaves it out: give it another value, or change "
                "the default."
            )
    return ""


def _belongs_to(one: Declared, owner: Declared, graph: Graph) -> bool:
    """Whether a resource refers to another, or has its type and refers to the same thing by the same property."""
    if any(each is owner for each in graph.referred(one.body)):
        return True
    both = one.body.value.keys() & owner.body.value.keys() if one.type == owner.type else ()
    return any(not _named(one, name, graph).isdisjoint(_named(owner, name, graph)) for name in both)


def _named(declared: Declared, name: str, graph: Graph) -> set[int]:
    """The `id` of everything that a property refers to."""
    return {id(each) for each in graph.referred(declared.body.value[name])}


class _Written(NamedTuple):
    """A block of the module that makes a companion only sometimes: where it is, and the expression that says how many."""

    name: str
    place: str
    by: str
    value: str
    block: str


def switched_off(finding: Finding, subject: Subject, kinds: set[str]) -> str:
    """A sentence on a companion of one of the types that is written beside the resource, but makes no resource here. Empty if
    there is none."""
    owner = subject.declared
    if owner is None or not kinds or owner.dialect != "terraform":
        return ""
    texts = dict(texts_beside(owner, subject.sources))
    made = {(each.type, each.name) for each in subject.graph.declared if each.calls == owner.calls}
    switch = next((each.default_of for each in finding.related if each.default_of), "")
    companions = list(_companions(owner, kinds, texts, subject.sources))
    # Of several of a type, such as the endpoints of a VPC, it is the one that the switch makes.
    companions.sort(key=lambda each: switch not in {f'variable "{name}"' for name in _variables(each.value, texts)})
    for found in companions:
        if tuple(found.name.split(".")) in made:
            continue
        value = f": {found.value}" if len(found.value) <= _LONGEST else ""
        how = _turned_on(finding, owner, subject.sources, found, texts)
        return f"{found.name} ({found.place}) exists for this, but its {found.by} makes none here{value}. {how}"
    return ""


def _companions(owner: Declared, kinds: set[str], texts: Mapping[str, str], sources: Mapping[str, bytes]) -> Iterator[_Written]:
    """Blocks of the types that refer to the resource, or, if it is the only one of its type, to nothing else of that type. One of its own
    type counts if it belongs to the same thing, as two listeners do to a load balancer."""
    own = re.compile(rf"(?<![\w.]){owner.type}\.{re.escape(owner.name)}\b")
    others = re.compile(rf"(?<![\w.]){owner.type}\.")
    alone = sum(each["type"] == owner.type for text in texts.values() for each in HEADER.finditer(text)) == 1
    service = owner.type.removeprefix("aws_").partition("_")[0]
    belongs = set(_BELONGS.findall(text_at(owner.extent, sources))) if owner.type in kinds else set[str]()
    for path, text in texts.items():
        for header in HEADER.finditer(text):
            if header["kind"] == "data" or header["type"] not in kinds:
                continue
            block = text[header.end() : max(text.find("\n}", header.end()), header.end())]
            repeated = REPEATED.search(block)
            indirect = alone and not others.search(block) and (header["type"].startswith(f"aws_{service}") or "local." in block)
            alike = header["type"] == owner.type and not belongs.isdisjoint(_BELONGS.findall(block))
            if repeated is not None and (own.search(block) or alike or (indirect and f"{service}_id" in block)):
                line = text.count("\n", 0, header.start()) + 1
                yield _Written(
                    f"{header['type']}.{header['name']}", f"{path}:{line}", repeated["by"], repeated["value"].strip(), block
                )


def _turned_on(
    finding: Finding, owner: Declared, sources: Mapping[str, bytes], found: _Written, texts: Mapping[str, str]
) -> str:
    """The variables that turn the block on, and where they are set."""
    names = _variables(found.value, texts)
    switch = next((each for each in finding.related if each.default_of), None)
    decisive = [each for each in names if switch is not None and switch.default_of == f'variable "{each}"']
    own = REPEATED.search(text_at(owner.extent, sources))
    needed = _variables(own["value"], texts) if own is not None else []
    call = calling(owner, 0)
    also = also_needed(found.block, names, call, sources, texts)
    names = decisive or [each for each in names if each not in needed] or names
    if not names or len(names) > _MANY:
        return f"Change this {found.by}.{also}"
    declarations = [at(f'variable "{each}"', variable(owner, sources, each)) for each in names]
    if call is None:
        return f"Change {' or '.join(declarations)}.{also}"
    of = f"of {call.note}"
    where = arguments_at(call, sources, names)
    noun = "the argument" if len(names) == 1 else "one of the arguments"
    default = variable(owner, sources, names[0])
    ours = (
        len(names) == 1 and passed(call, sources, names[0]) is None and default is not None and not is_installed(default.path)
    )
    more = f", or change the default of {declarations[0]}" if ours else ""
    return f"Set {noun} {' or '.join(where)} {of}{more}.{also}"


def _variables(expression: str, texts: Mapping[str, str]) -> list[str]:
    """The variables of an expression, also those of the locals in it."""
    found = VARIABLES.findall(expression)
    for name in _LOCALS.findall(expression):
        found += VARIABLES.findall(local_value(name, texts))
    return list(dict.fromkeys(found))


def kinds_of(code: str) -> set[str]:
    """The types of the resources that a code adds."""
    return {each["type"] for each in HEADER.finditer(code) if each["kind"] == "resource"}


def with_provider(text: str, declared: Declared | None) -> str:
    """New Terraform blocks with the `provider` of the resource that they are for, if it names one."""
    key = provider_of(declared)
    if text.startswith('"resource": {'):
        return _IN_JSON.sub(lambda found: f'{found[0]}\n      "provider": "{key}",', text) if key else text
    return _OPENING.sub(lambda found: f"{found[0]}\n  provider = {key}\n", text) if key else text


def provider_of(declared: Declared | None) -> str:
    """The provider that a Terraform resource names. Empty if it names none, or one that its `for_each` chooses."""
    if declared is None or declared.dialect != "terraform":
        return ""
    match declared.attributes.get("provider"):
        case Known(str() as key) if _PROVIDER.fullmatch(key):
            return key
        case _:
            return ""
