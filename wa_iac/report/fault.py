"""The value at fault: where it is written, where it came from, and what the code of a remedy wants instead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from wa_iac.core.algebra import is_nothing
from wa_iac.core.declared import Declared
from wa_iac.core.finding import Finding, Subject
from wa_iac.core.late_pattern import late
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Step, Tree

from .callers import at, calling, through_resource
from .code_parts import Part, parts_of, without
from .code_place import CodePlace, code_place, required
from .conditionals import literal
from .decider_parts import as_text
from .dynamic_content import by_variables
from .snippets import Code, Language
from .written import CHOSEN_NULL, assigned, calculates, is_computed, is_of_resource, is_reference, text_at

_OF_ELEMENT: Final = late(r"(?<![\w.])each\.|\b(?:lookup|try)\(")
_OF_EACH: Final = late(r"\$\{(?:count\.index|each\.key)\}")
"""What stands for one of several resources, in their block alone."""
_OF_OBJECT: Final = late(r"^(?:lookup|try)\(\s*\w+\.value\b")
"""The key of an element of a `dynamic` block, with a default."""


class Fault:
    """The value at fault, and the code that is to take its place.

    Attributes:
        declared: the resource that contains the place.
        at: where the code belongs in the body of that resource.
        text: the code, without the arguments that are right already, or that something else sets.
        keeps: whether the code keeps the elements beside the one at fault.
        others: sentences on the arguments that something else sets. They come before everything that is said of the fault.
    """

    def __init__(
        self, finding: Finding, subject: Subject, declared: Declared, code: Code, language: Language, *, keeps: bool = False
    ) -> None:
        self.finding = finding
        self.subject = subject
        self.declared = declared
        self.sources = subject.sources
        self.code = code
        self.language = language
        self.keeps = keeps
        self.at = self._found()
        self._together = [part for part, node in self.at.others if self._is_set_together(part, node)]
        elsewhere = [
            (part, node, step)
            for part, node in self.at.others
            if part not in self._together and (step := self._set_elsewhere(part, node)) is not None
        ]
        elsewhere += [(part, node, step) for part, node in self.at.nulls if (step := self._null_by(part, node)) is not None]
        by_others = [*self._together, *(part for part, *_ in elsewhere)]
        self.at = self._with_expressions(by_others)
        spans = [(part, node.origin.span) for part, node in self.at.nulls if part not in by_others]
        keys = [(part, span) for part, span in spans if self._lacks_key(span)]
        nulls = tuple((part, span) for part, span in spans if self.language == "hcl" and self._gives_null(span))
        left_out = (*(part for part, _ in (*self.at.computed, *nulls, *keys)), *by_others)
        self.text = without(code.text, (*self.at.right, *left_out))
        told = {(part.name, line_of(step.span)) for part, _, step in elsewhere}
        self.others = [
            f"`{part.name}` ({line_of(span)}) has to {f'be there: {given}' if (given := self._by_variables(part, span)) else words}."
            for part, span in self.at.computed
            if (words := required(part)) and (part.name, line_of(span)) not in told and part not in self._together
        ]
        self.others += [f"`{part.name}` ({line_of(span)}) has to give a value then, and not null." for part, span in nulls]
        self.others += [
            f"`{part.name}` ({line_of(span)}) comes from the same object, which lacks its key: it has to be {part.value.rstrip(',')}."
            for part, span in keys
        ]
        self.others += [
            f"`{part.name}` comes from the {at(self._setter(step), step.span)}, and has to {words}{self._by_call(part, step)}."
            for part, node, step in elsewhere
            if (words := self._wanted(part, node, step))
        ]

    def _wanted(self, part: Part, node: Tree, step: Step) -> str:
        """What a place elsewhere has to do for an argument: a local value that chooses null gives another value in the other case."""
        if step.local and isinstance(node, Absent) and CHOSEN_NULL.search(self.assigned(step.span)[1]) is not None:
            return "give a value then, and not null"
        if _OF_EACH.search(part.value) is not None:
            return "give a value, another one for each of them"
        return required(part) or (f"be {part.value.rstrip(',')}" if is_nothing(node) else "")

    def _found(self) -> CodePlace:
        found = code_place(self.declared, self.finding.span, self.code.text, self.finding.chain)
        if found.path is not None:
            return found
        # The place is in no body: a transform or a program has made it.
        name, _ = self.assigned(self.finding.span)
        parts = [leaf for each in parts_of(self.code.text) for leaf in each.leaves() if leaf.name == name]
        if len(parts) != 1:
            return found
        node = Absent(self.finding.subject.origin if self.finding.subject is not None else Absent().origin)
        return CodePlace(None, name, node, parts[0])

    def _with_expressions(self, by_others: Sequence[Part]) -> CodePlace:
        """The place, with the other arguments of the code that an expression of the resource computes: it has to give another value, and a
        literal beside it would be a second one."""
        if self.language != "hcl":
            return self.at
        known = [*by_others, *self.at.right, *(part for part, _ in self.at.computed)]
        more = [
            (part, node.origin.span)
            for part, node in (*self.at.others, *self.at.beside)
            if part.literal and "<" not in part.literal and part not in known and isinstance(node, Known)
            if self.declared.extent.holds(node.origin.span) and self.is_computed(self.assigned(node.origin.span)[1])
        ]
        return self.at._replace(computed=(*self.at.computed, *more)) if more else self.at

    def _gives_null(self, span: Span) -> bool:
        """Whether an argument is an expression from which something else may come: no plain null, and not the key of an element."""
        written = self.assigned(span)[1]
        chosen = CHOSEN_NULL.search(written) is not None
        return written not in ("", "null") and (chosen or _OF_ELEMENT.search(written) is None)

    def _lacks_key(self, span: Span) -> bool:
        """Whether an argument of a `dynamic` block is the key of an element, which an object outside of the resource gives as it gives the
        value at fault."""
        chain = self.chain() if self.language == "hcl" else []
        return bool(chain) and self._is_key(chain[-1]) and _OF_OBJECT.search(self.assigned(span)[1]) is not None

    def _by_variables(self, part: Part, span: Span) -> str:
        return by_variables(self.declared, self.sources, part, span) if self.language == "hcl" else ""

    def _set_elsewhere(self, part: Part, node: Tree) -> Step | None:
        """The default or the argument that sets the value of another argument of the code, which would be written over here."""
        chain = [each for each in node.origin.chain if each.span.path]
        if part.parts or part in self.at.right or not chain or through_resource(chain, self.subject.graph):
            return None
        last = chain[-1]
        return last if last.default_of or last.argument or self._is_key(last) else None

    def _is_key(self, step: Step) -> bool:
        """Whether a step is a key of an object outside of the resource, such as one in an argument of a call."""
        outside = self.finding.dialect == "terraform" and not self.declared.extent.holds(step.span)
        return outside and self.assigned(step.span)[0] != ""

    def _null_by(self, part: Part, node: Absent) -> Step | None:
        """The default or the argument that is null, for an argument of the code that is nothing but that."""
        return self._set_elsewhere(part, node) if is_reference(self.assigned(node.origin.span)[1]) else None

    def _by_call(self, part: Part, step: Step) -> str:
        """Who has to pass a value that stands for a resource, which no default can be."""
        call = calling(self.declared, 0) if step.default_of and is_of_resource(part.value) else None
        return "" if call is None else f": let {at(call.note, call.span)} pass it"

    def _setter(self, step: Step) -> str:
        if step.default_of or step.argument:
            return f"default of {step.default_of}" if step.default_of else f'argument "{step.argument}"'
        return f'{"local value" if step.local else "key"} "{self.assigned(step.span)[0]}"'

    def is_shared(self) -> bool:
        """Whether another argument of the code gets its value from the same place: they could not differ if it changed there."""
        return any(part not in self._together and self._is_from_same_place(node) for part, node in self.at.others)

    def _is_from_same_place(self, node: Tree) -> bool:
        own = self.chain()
        return bool(own) and node.origin.chain[-1:] == (own[-1],)

    def _is_set_together(self, part: Part, node: Tree) -> bool:
        """Whether another argument of the code is a reference to the same place, and is to have the same value: it changes there for both."""
        own = self.at.part
        same = own is not None and bool(part.literal) and part.literal == own.literal
        if not same or self.language != "hcl" or not isinstance(node, Known) or not self._is_from_same_place(node):
            return False
        places = [node.origin.span, *([] if self.at.node is None else [self.at.node.origin.span])]
        return all(is_reference(self.assigned(each)[1]) for each in places)

    def said(self, sentence: str) -> list[str]:
        """A sentence on the place, without code: it says what to write."""
        return [*self.others, sentence, ""]

    def with_code(self, sentence: str) -> list[str]:
        """A sentence on the place, and the code for it."""
        return [*self.others, sentence, self.text]

    def written(self) -> tuple[Span, str]:
        """The place and the text of the value at fault; the text is empty if the code adds what is not written."""
        node = self.at.node
        if node is None:
            return self.finding.span, ""
        span = node.origin.span
        name, value = self.assigned(span)
        return span, value if name or not self.at.element else text_at(span, self.sources)

    def assigned(self, span: Span) -> tuple[str, str]:
        """The name and the value of the argument at a place; empty if the place is no argument."""
        return assigned(span, self.sources, self.finding.dialect)

    def is_computed(self, value: str) -> bool:
        """Whether a text of the finding's language is an expression or a call."""
        return is_computed(value, self.finding.dialect)

    def chain(self) -> list[Step]:
        """The steps of the value at fault, the outermost last. None if they lead through an attribute of another resource: a change there
        would be one of that resource."""
        node = self.at.node
        chain = [each for each in node.origin.chain if each.span.path] if node is not None else []
        return [] if through_resource(chain, self.subject.graph) else self._before_output(chain)

    def _before_output(self, chain: list[Step]) -> list[Step]:
        """The steps down to the argument of a call that passes the output of another module, unless that output is a constant: the output
        serves others, too."""
        for index, step in enumerate(chain):
            name, value = self.assigned(step.span)
            if step.key and name == "value" != step.key and literal(value) is None:
                return chain[:index] if any(each.argument for each in chain[:index]) else chain
        return chain

    def is_set_directly(self, chain: list[Step]) -> bool:
        """Whether a value reaches the place as it was set: by references only, or, as its history tells, by functions and `dynamic` blocks
        that choose it as it is."""
        if not chain:
            return False
        if self._is_passed_on(self.written()[1], chain):
            return True
        node = self.at.node
        if (
            self.finding.dialect != "terraform"
            or not isinstance(node, Known)
            or node.origin.how in ("computed", "from defaults", "from values")
        ):
            return False
        written = literal(self.assigned(chain[-1].span)[1])
        texts = (self.written()[1], *(self.assigned(each.span)[1] for each in chain))
        if written is None or any(map(calculates, texts)):
            return False
        return as_text(written.value) == as_text(node.value)

    def _is_passed_on(self, value: str, chain: list[Step]) -> bool:
        """Whether a value reaches the place as it was set: every step is nothing but a reference, or the object with the next
        step, and the last is a literal."""
        *steps, last = chain
        between = [text for each in steps if not (text := self.assigned(each.span)[1]).startswith("{")]
        ends = self.assigned(last.span)[1]
        whole = bool(last.argument) and is_reference(ends)
        return all(map(is_reference, (value, *between))) and (whole or not self.is_computed(ends))

    def wanted(self) -> str:
        """The value to write, if the code is one value for the argument at fault; empty otherwise."""
        part = self.at.part
        left = [leaf for each in parts_of(self.text) for leaf in each.leaves()]
        if part is None or len(left) != 1 or left[0].name != part.name:
            return ""
        if self.at.name != part.name:
            return part.inner(self.at.name)
        value = part.value.rstrip(",")
        if self.at.element:
            return value[1:-1] if value.startswith("[") and "," not in value and "\n" not in value else ""
        return value if "\n" not in value and not value.endswith(("{", "[", "(")) else ""


def line_of(span: Span) -> str:
    """A place in words."""
    return f"{span.path}:{span.start_line}"
