"""Where a flagged value is set: a remedy names that place instead of a line over an expression.

A value may come from the default of a variable or a parameter, from an argument of a module call, from an expression or from a
`dynamic` block. An installed module is not the reader's to change: there it is always an argument of the call.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from wa_iac.core.declared import Declared
from wa_iac.core.finding import Finding, Subject
from wa_iac.core.late_pattern import LatePattern
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Step, Tree

from .allowed import Limits, allow, declared_parameter, extended
from .callers import (
    VARIABLES,
    at,
    calling,
    in_default,
    inputs_of,
    is_installed,
    passed,
    text_at,
    through_resource,
    variable,
    variable_of_element,
)
from .code_parts import Part, parts_of, without
from .code_place import CodePlace, code_place, required, written_around
from .conditionals import literal
from .decider_parts import as_text
from .deciders import decided_by
from .decisions import argument_around, call_around, constant_in_shared_block, in_shared_block, to_make
from .dynamic_blocks import dynamics, source_of
from .snippets import Code, Language
from .switched import switched_by

_DEFAULT: Final = LatePattern(r'(?P<kind>variable|parameter) "(?P<name>[^"]+)"')
_REFERENCE: Final = LatePattern(
    r'(?:"\$\{)?(?:var|local|module|each)\.[\w.-]+(?:\}")?|!Ref\s+["\x27]?[\w:]+["\x27]?|\{\s*"?Ref"?\s*:\s*"?[\w:]+"?\s*\}|Ref:\s*["\x27]?[\w:]+["\x27]?'
)
_VARIABLE: Final = LatePattern(r'(?:"\$\{)?var\.([\w-]+)(?:\}")?')
_COMPUTED: Final = LatePattern(
    r"(?<![\w.])(?:var|local|each|count|module)\.\w|\s\?\s|(?<![\w.])(?!jsonencode\b|file\b)[a-z_0-9]+\(|^\[?\s*for\b"
)
"""An expression in HCL other than a literal or a reference to a resource."""
_FUNCTION: Final = LatePattern(r'!(?!GetAtt\b)\w+|\{\s*"(?:Ref|Fn::(?!GetAtt)\w+)"')
"""A call of an intrinsic function in a template."""
_ASSIGNED: Final = LatePattern(r'"?(?P<name>[\w-]+)"?[ \t]*[=:]\s*(?P<value>\S.*)', re.DOTALL)
_OPTIONAL: Final = LatePattern(r"optional\((?P<type>[^,()]+),\s*$")
"""The text before the default of an attribute, in the type of a variable."""
_WHOLE: Final = frozenset({"Principal", "principals", "DefaultActions", "default_action"})
"""Parts that other code takes the place of: what they name already is at fault."""
_ARGUMENT: Final = LatePattern(r"(?m)^[ \t]*+([\w-]++)[ \t]*+=")
_MARK: Final = LatePattern(r"[=:]\s")
_CALLED: Final = LatePattern(r'\s*:\s*(?:\{\s*"Ref"\s*:\s*"[^"]*"\s*\}|\{\s*"Fn::\w+"|Ref:\s*\S+|Fn::\w+)')
_OF_RESOURCE: Final = LatePattern(
    r"![A-Z]|\"?(?:Ref|Fn::\w+)\"?:|(?<![\w.])(?:data\.)?aws_\w+\.|(?<![\"\w/-])<[^<>\n]+>\.\w"
    r"|<[^<>\n]*\b(?:ARN|bucket|certificate|control|group|key|policy|queue|role|secret|subnets?|table|topic|VPC)\b[^<>\n]*>"
)
"""A value that stands for a resource: a reference, or a placeholder for one."""
_OR_GIVEN: Final = ", or pass that value"
_ENTRY: Final = LatePattern(r'entry "[^"]*\.(?P<key>[^".]+)" of mapping "[^"]+"')
_CALCULATES: Final = LatePattern(r"(?<![\w.])(?:min|max|distinct|compact|slice|reverse|sort|keys|values|split|replace)\(")
"""A function that may choose another value, if this one changes, or gives another."""
_FOLLOWING: Final = 300
_LONGEST: Final = 60


def in_place(
    finding: Finding, subject: Subject, declared: Declared, code: Code, language: Language, *, differs: bool
) -> list[str]:
    """Sentences on the place where the code of a remedy belongs, if that is not the line of the finding; the last one is the code
    for that place. `declared` is the resource that contains the place; `differs` is the remedy's."""
    place = _Place(finding, subject, declared, code, language)
    if differs or place.is_shared():
        return [code.text]
    ways = (
        place.passed_on,
        place.switched,
        place.decided,
        place.dynamic,
        place.chained,
        place.expression,
        place.in_lists,
        place.installed,
        place.kept,
    )
    return next(filter(None, (way() for way in ways)))


class _Place:
    def __init__(self, finding: Finding, subject: Subject, declared: Declared, code: Code, language: Language) -> None:
        self._finding = finding
        self._subject = subject
        self._declared = declared
        self._sources = subject.sources
        self._code = code
        self._is_json = language in ("json", "terraform-json", "awscc-json")
        self._language = language
        self._names = tuple(each.name for each in parts_of(code.text))
        self._at = self._found()
        elsewhere = [(part, step) for part, node in self._at.others if (step := self._set_elsewhere(part, node)) is not None]
        left_out = (*(part for part, _ in self._at.computed), *(part for part, _ in elsewhere))
        self.text = without(code.text, (*self._at.right, *left_out))
        self._others = [
            f"`{part.name}` ({_line(span)}) has to {words}." for part, span in self._at.computed if (words := required(part))
        ]
        self._others += [
            f"`{part.name}` comes from the {at(_setter(step), step.span)}, and has to {words}."
            for part, step in elsewhere
            if (words := required(part))
        ]

    def _found(self) -> CodePlace:
        found = code_place(self._declared, self._finding.span, self._code.text)
        if found.path is not None:
            return found
        # The place is in no body: a transform or a program has made it.
        name, _ = self._assigned(self._finding.span)
        parts = [leaf for each in parts_of(self._code.text) for leaf in each.leaves() if leaf.name == name]
        if len(parts) != 1:
            return found
        node = Absent(self._finding.subject.origin if self._finding.subject is not None else Absent().origin)
        return CodePlace(None, name, node, parts[0])

    def _set_elsewhere(self, part: Part, node: Tree) -> Step | None:
        """The default or the argument that sets the value of another argument of the code, which would be written over here."""
        chain = [each for each in node.origin.chain if each.span.path]
        if part.parts or part in self._at.right or not chain or through_resource(chain, self._subject.graph):
            return None
        return chain[-1] if chain[-1].default_of or chain[-1].argument else None

    def is_shared(self) -> bool:
        """Whether another argument of the code gets its value from the same place: they could not differ if it changed there."""
        own = self._chain()
        return bool(own) and any(each.origin.chain[-1:] == (own[-1],) for _, each in self._at.others)

    def passed_on(self) -> list[str]:
        """For a value that reaches the place as it is written elsewhere."""
        chain = self._chain() if self._at.part is not None else []
        if not self._is_set_directly(chain):
            return []
        # What stands in a module may be for all its calls: one of them may give another value.
        last = chain[-1]
        is_shared = self._declared.calls and not (last.argument or last.default_of) and not self._is_outermost(last.span)
        return (self.decided() if is_shared else []) or self.chained()

    def switched(self) -> list[str]:
        """For the value of a conditional whose other branch is right."""
        _, value = self._fault()
        sentence = switched_by(self._finding, self._subject, self._declared, self._at, value) if self._at.part else ""
        return [*self._others, sentence, ""] if sentence else []

    def decided(self) -> list[str]:
        """For a value that an expression makes from what a call passes, or does not pass."""
        node, only = self._at.node, self._only()
        wanted = literal(only) if only else None
        if wanted is None or not isinstance(node, (Known, Absent)) or isinstance(wanted.value, (list, dict)):
            return []
        _, value = self._fault()
        if self._finding.dialect != "terraform" or self._at.element or not value or literal(value) is not None:
            return []
        now = None if isinstance(node, Absent) else node.value
        found = decided_by(self._declared, self._sources, node.origin.span, now, wanted.value)
        return [*self._others, *to_make(found[0], only, node.origin.span)] if found else []

    def dynamic(self) -> list[str]:
        """For a `dynamic` block that would write the missing block or argument, or that writes it from its elements."""
        extent = self._declared.extent
        text = self._sources.get(extent.path, b"")[extent.start_byte : extent.end_byte]
        if self._language != "hcl" or b"dynamic" not in text:
            return []
        from wa_iac.parsers.terraform.text.syntax import read_body

        body, _ = read_body(extent.path, text)
        at = self._finding.span.start_byte - extent.start_byte if self._finding.span.path == extent.path else -1
        _, own = self._fault()
        for block in dynamics(body):
            inside = block.extent.start_byte <= at < block.extent.end_byte
            name = block.labels[0]
            if inside and own and f"{name}.value" not in own and (not self._declared.calls or self._is_computed(own)):
                return []
            if inside or (name in self._names and not own):
                line = extent.start_line + block.header.start_line - 1
                source = block.body.attributes.get("for_each")
                value = text[source.value.span.start_byte : source.value.span.end_byte].decode() if source is not None else ""
                constant = bool(inside and own and f"{name}.value" not in own)
                decides = source_of(self._finding, self._declared, self._sources, value)
                if self._declared.calls and (constant or "argument" not in decides):
                    said = self._in_shared_block(name, line, value, constant=constant)
                    return [*self._others, said, ""] if said else []
                return self._with(f'A dynamic block writes "{name}" ({extent.path}:{line}){decides}, so that this results:')
        return []

    def _in_shared_block(self, name: str, line: int, source: str, *, constant: bool) -> str:
        """A sentence on a `dynamic` block of a module; empty if the code can be written there."""
        span, own = self._fault()
        if constant and not self._is_computed(own):
            part = self._at.part
            wanted = part.value.rstrip(",") if part is not None and self._at.element and not part.parts else self._only()
            return constant_in_shared_block(self._subject, self._declared, span, self._at.name, wanted)
        leaves = [leaf for each in parts_of(self.text) for leaf in each.leaves()]
        single = leaves[0] if len(leaves) == 1 and leaves[0].literal else None
        wanted = f"`{single.name}` has to be {single.literal}" if single is not None else ""
        return in_shared_block(self._subject, self._declared, name, line, source, wanted)

    def chained(self) -> list[str]:
        """For a value that is set elsewhere."""
        chain = self._chain()
        if self._at.part is None and self._declared.type == "parameter" and (self._at.path or ("",))[0] == "AllowedValues":
            leaves = [leaf for each in parts_of(self.text) for leaf in each.leaves()]
            if len(leaves) == 1:
                sentence = extended(self._subject, self._declared, leaves[0].name, leaves[0].value)
                return [*self._others, sentence, ""]
        if self._at.part is None:
            return self._combined()
        if not chain:
            return []
        last = chain[-1]
        direct = self._is_set_directly(chain)
        arguments = sum(bool(each.argument) for each in chain)
        default = _DEFAULT.fullmatch(last.default_of)
        chosen = None if direct else next((each for each in chain if each.chooses), None)
        if chosen is not None and self._finding.dialect == "cloudformation":
            return self._with(
                f"This value is used since {at(chosen.note, chosen.span)}. Give its parameters other values, or write in its place:"
            )
        if default is not None and self._finding.dialect == "terraform":
            return self._of_variable(default["name"], last.span, arguments, direct=direct)
        if last.argument:
            call = call_around(self._declared, self._sources, last.span) or calling(self._declared, arguments - 1)
            of = f" of {call.note}" if call is not None else ""
            kind = "argument" if self._finding.dialect == "terraform" else "parameter"
            inner = declared_parameter(self._subject, self._declared.span.path, last.argument)
            limits = None if inner is None else Limits("parameter", last.argument, inner)
            return self._set(f'{kind} "{last.argument}"{of}', last.span, last.argument, direct=direct, limits=limits)
        if default is not None:
            return self._of_parameter(default["name"], last.span, direct=direct)
        entry = _ENTRY.fullmatch(last.note)
        if entry is not None and self._only() and isinstance(self._at.node, Known):
            return self._set(last.note, last.span, entry["key"], direct=True)
        written = self._assigned(last.span)[0]
        if direct and written == "value" != last.key and last.key:
            return self._set(f'output "{last.key}"', last.span, written, direct=direct)
        if last.key or (direct and written):
            name = last.key or written
            return self._set(self._key_at(last, name), last.span, name, direct=direct)
        if given := inputs_of(self._assigned(last.span)[1], last, self._declared, self._sources):
            made = f"{at(last.note, last.span)} computes the value from {given}."
            return self._with(f"{made} Pass another value, or change the expression, so that this results:")
        return self._with(f"The value comes from {at(last.note, last.span)}. Change it there, so that this results:")

    def _combined(self) -> list[str]:
        """For a value that is written nowhere in the body, since a provider adds it."""
        chain = [each for each in self._finding.chain if each.span.path] if self._at.path == () else []
        last = chain[-1] if chain else None
        if last is None:
            return []
        return self._with(f"The value comes from {at(last.note, last.span)}. Change it there, so that this results:")

    def expression(self) -> list[str]:
        """For a value that an expression computes."""
        span, value = self._fault()
        if self._at.part is None or not self._is_computed(value):
            return []
        direct = _VARIABLE.fullmatch(value)
        if direct is not None:
            return self._of_variable(direct[1], variable(self._declared, self._sources, direct[1]), 0, direct=True)
        arguments = [] if self._at.part.parts else self._passed(value)
        computes = f"An expression computes the value ({_line(span)})"
        switch = next((each for each in self._finding.related if each.default_of and not arguments), None)
        named = arguments or (self._defaults(value) if switch is None else [])
        computes += f" from the {' and the '.join(named)}." if named else "."
        if switch is not None:
            computes += f" Pass another value than the default of {at(switch.default_of, switch.span)}, if that is enough."
        only = self._only()
        if only:
            must = "It must" if switch is None else "Otherwise it must"
            return [*self._others, f"{computes} {must} give {only} for `{self._at.name}`.", ""]
        change = "one of them" if arguments else "it"
        return self._with(f"{computes} Change {change}{',' if arguments else ''} so that this results:")

    def in_lists(self) -> list[str]:
        """For an element of a list that a module call passes, or that is the default of a variable."""
        span = self._finding.span
        variable_, line = variable_of_element(span, self._sources)
        if variable_ and (value := self._code.text.partition(" = ")[2]).startswith("[") and "\n" not in value:
            return [*self._others, *in_default(self._declared, span, variable_, line, value)]
        call = next((each for each in reversed(self._declared.calls) if each.span.path == span.path), None)
        only = self._only()
        if call is None or not only or not self._at.element or span.path == self._declared.extent.path:
            return []
        before = span._replace(start_byte=call.span.start_byte, end_byte=span.start_byte)
        names = _ARGUMENT.findall(self._text(before))
        if not names:
            return []
        return [*self._others, f'In the argument "{names[-1]}" of {call.note}, write {only} instead.', ""]

    def installed(self) -> list[str]:
        """For a resource of an installed module."""
        call = calling(self._declared, 0)
        if call is None or not is_installed(self._declared.span.path):
            return []
        return self._with(
            f"The resource is part of {at(call.note, call.span)}. Pass an argument that makes it so, if the module has one:"
        )

    def kept(self) -> list[str]:
        """For code that is partly there."""
        for name, where in self._there(parts_of(self._code.text)):
            if where.path == self._finding.span.path:
                rest = "replace it as a whole" if name in _WHOLE else "keep its other parts"
                return self._with(f"{at(f'`{name}`', where)} exists already: {rest}.")
        return [*self._others, self.text]

    def _there(self, parts: tuple[Part, ...]) -> Iterator[tuple[str, Span]]:
        """The parts of the code that are written, the outer ones first. What is in a new part is new, too."""
        for each in parts:
            there = written_around(self._declared.body, self._at.path or (), each.name)
            if there is None and each.name == "lifecycle":
                there = self._declared.attributes.get(each.name)
            if not isinstance(there, Known) or (isinstance(there.value, list) and _is_one_of_many(each)):
                continue
            if _has_parts(there.value):
                yield each.name, there.origin.span
            yield from self._there(each.parts)

    def _with(self, sentence: str) -> list[str]:
        return [*self._others, sentence, self.text]

    def _fault(self) -> tuple[Span, str]:
        """The place and the text of the value at fault; the text is empty if the code adds what is not written."""
        node = self._at.node
        if node is None:
            return self._finding.span, ""
        span = node.origin.span
        name, value = self._assigned(span)
        return span, value if name or not self._at.element else self._text(span)

    def _chain(self) -> list[Step]:
        """The steps of the value at fault. None if they lead through an attribute of another resource: a change there would
        be one of that resource."""
        node = self._at.node
        chain = [each for each in node.origin.chain if each.span.path] if node is not None else []
        return [] if through_resource(chain, self._subject.graph) else self._before_output(chain)

    def _before_output(self, chain: list[Step]) -> list[Step]:
        """The steps down to the argument of a call that passes the output of another module, unless that output is a constant: the output
        serves others, too."""
        for index, step in enumerate(chain):
            name, value = self._assigned(step.span)
            if step.key and name == "value" != step.key and literal(value) is None:
                return chain[:index] if any(each.argument for each in chain[:index]) else chain
        return chain

    def _only(self) -> str:
        """The value to write, if the code is one value for the argument at fault."""
        part = self._at.part
        left = [leaf for each in parts_of(self.text) for leaf in each.leaves()]
        if part is None or len(left) != 1 or left[0].name != part.name:
            return ""
        if self._at.name != part.name:
            return part.inner(self._at.name)
        value = part.value.rstrip(",")
        if self._at.element:
            return value[1:-1] if value.startswith("[") and "," not in value and "\n" not in value else ""
        return value if "\n" not in value and not value.endswith(("{", "[", "(")) else ""

    def _one_of_several(self, limits: Limits | None) -> str:
        """The value to write for the argument at fault, if the code has other arguments too."""
        part = self._at.part
        value = "" if part is None or part.parts or self._at.element or self._at.name != part.name else part.value.rstrip(",")
        if limits is None or "\n" in value or value.endswith(("{", "[", "(")):
            return ""
        allowed = allow(self._finding, self._subject, self._declared, self._at, limits, value) if value else None
        return "" if allowed is None or allowed.refused else allowed.value

    def _of_parameter(self, name: str, span: Span, *, direct: bool) -> list[str]:
        """For the default of a parameter."""
        parameter = f'parameter "{name}"'
        if self._is_of_resource():
            return self._constant(f"callers have to pass this value for {at(parameter, span)}, or write it here")
        limits = Limits("parameter", name, span)
        return self._set(f"default of {parameter}", span, "default", direct=direct, more=_OR_GIVEN, limits=limits)

    def _constant(self, instead: str) -> list[str]:
        return self._with(f"A default can only be a constant: {instead}:")

    def _is_of_resource(self) -> bool:
        """Whether the value to write stands for a resource."""
        return self._at.part is not None and _OF_RESOURCE.search(self._at.part.value) is not None

    def _of_variable(self, name: str, default: Span | None, arguments: int, *, direct: bool) -> list[str]:
        """For the default of a variable: of a called module, if there are calls that do not pass it."""
        call = calling(self._declared, arguments)
        limits = None if default is None else Limits("variable", name, default)
        declaration = at(f'variable "{name}"', default)
        if call is None and self._is_of_resource():
            return self._constant(f"callers have to pass this value for {declaration}, or write it here")
        if call is None:
            what = f'default of variable "{name}"'
            return self._set(what, default, "default", direct=direct, more=_OR_GIVEN, limits=limits)
        ours = default is not None and not is_installed(default.path) and not self._is_of_resource()
        more = f", or change the default of {declaration}" if ours else ""
        return self._set(f'argument "{name}" of {call.note}', call.span, name, direct=direct, more=more, limits=limits)

    def _assignment(self, name: str, value: str) -> str:
        """An argument, a property or a default, in the language of the file."""
        if self._finding.dialect == "cloudformation":
            name = name.title() if name == "default" else name
            return f'"{name}": {value}' if self._is_json else f"{name}: {value}"
        return f'"{name}": {value}' if self._is_json else f"{name} = {value}"

    def _set(
        self,
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
        only = self._only()
        if direct and only and limits:
            allowed = allow(self._finding, self._subject, self._declared, self._at, limits, only)
            if allowed.refused:
                then = "make it the default" if name == "default" and allowed.own else f"set the {where} to it"
                return [*self._others, f"{allowed.refused}. Then {then}:", self._assignment(name, only)]
            only = allowed.value
        if direct and only:
            before = None if span is None else span._replace(start_byte=span.start_byte - _LONGEST, end_byte=span.start_byte)
            optional = None if before is None else _OPTIONAL.search(self._text(before))
            made = only if optional is None else f"optional({optional['type']}, {only})"
            return [*self._others, f"Set the {where} to {made}{more}:", self._assignment(name, made)]
        if direct and (one := self._one_of_several(limits)):
            return self._with(
                f"Set the {where} to {one}{more}. With the other arguments, which are written here, this results:"
            )
        if direct:
            return self._with(f"Set the {where}{more}, so that this results:")
        computes = f"An expression computes the value from the {where}."
        if only:
            return [*self._others, f"{computes} It must give {only} for `{self._at.name}`.", ""]
        return self._with(f"{computes} Change one of them, so that this results:")

    def _passed(self, expression: str) -> list[str]:
        """The arguments of the module call that an expression is made of."""
        call = self._declared.calls[-1] if self._declared.calls and self._finding.dialect == "terraform" else None
        if call is None:
            return []
        lines = {name: passed(call, self._sources, name) for name in VARIABLES.findall(expression)}
        return [f'argument "{name}" of {call.note} ({call.span.path}:{line})' for name, line in lines.items() if line]

    def _defaults(self, expression: str) -> list[str]:
        """The variables that an expression is made of, if no call passes them."""
        found = {name: variable(self._declared, self._sources, name) for name in VARIABLES.findall(expression)}
        return [at(f'default of variable "{name}"', span) for name, span in found.items() if span is not None]

    def _is_passed_on(self, value: str, chain: list[Step]) -> bool:
        """Whether a value reaches the place as it was set: every step is nothing but a reference, or the object with the next
        step, and the last is a literal."""
        *steps, last = chain
        between = [text for each in steps if not (text := self._assigned(each.span)[1]).startswith("{")]
        ends = self._assigned(last.span)[1]
        whole = bool(last.argument) and _REFERENCE.fullmatch(ends) is not None
        return all(map(_REFERENCE.fullmatch, (value, *between))) and (whole or not self._is_computed(ends))

    def _is_set_directly(self, chain: list[Step]) -> bool:
        """Whether a value reaches the place as it was set: by references only, or, as its history tells, by functions and `dynamic` blocks
        that choose it as it is."""
        if not chain:
            return False
        if self._is_passed_on(self._fault()[1], chain):
            return True
        node = self._at.node
        if self._finding.dialect != "terraform" or not isinstance(node, Known) or node.origin.how == "computed":
            return False
        written = literal(self._assigned(chain[-1].span)[1])
        texts = (self._fault()[1], *(self._assigned(each.span)[1] for each in chain))
        if written is None or any(map(_CALCULATES.search, texts)):
            return False
        return as_text(written.value) == as_text(node.value)

    def _is_outermost(self, span: Span) -> bool:
        """Whether a place is in the root module, which calls the others."""
        return span.path.rpartition("/")[0] == self._declared.calls[0].span.path.rpartition("/")[0]

    def _key_at(self, step: Step, name: str) -> str:
        """What has a value at the end of its history: a local value, or a key, of an argument if it is one of a call."""
        if step.note.startswith("local."):
            return f'local value "{name}"'
        outer = argument_around(self._declared, self._sources, step.span)
        return f'key "{name}" in the {outer}' if outer else f'key "{name}"'

    def _assigned(self, span: Span) -> tuple[str, str]:
        """The name and the value of the argument at a place; empty if the place is no argument."""
        text = self._text(span)
        if self._finding.dialect == "cloudformation" and not _MARK.search(text):
            # Only the key of a call over several lines is marked.
            following = span._replace(start_byte=span.end_byte, end_byte=span.end_byte + _FOLLOWING)
            call = _CALLED.match(self._text(following))
            text += call[0] if call is not None else ""
        found = _ASSIGNED.fullmatch(text)
        return (found["name"], found["value"].strip()) if found is not None else ("", "")

    def _is_computed(self, value: str) -> bool:
        if self._finding.dialect == "cloudformation":
            return _FUNCTION.match(value) is not None
        return not value.startswith(("{", "<<", "jsonencode(")) and _COMPUTED.search(value) is not None

    def _text(self, span: Span) -> str:
        return text_at(span, self._sources)


def _is_one_of_many(part: Part) -> bool:
    """Whether a block has a name of its own, so that it stands beside others of its kind: `setting`, `parameter`, `rule`."""
    return any(each.name in ("name", "namespace", "key") for each in part.parts)


def _has_parts(value: object) -> bool:
    """Whether a value is an object, or a list of objects."""
    if isinstance(value, list):
        return any(isinstance(each, Known) and isinstance(each.value, dict) for each in value)
    return isinstance(value, dict) and bool(value)


def _setter(step: Step) -> str:
    return f"default of {step.default_of}" if step.default_of else f'argument "{step.argument}"'


def _line(span: Span) -> str:
    return f"{span.path}:{span.start_line}"
