"""From a template's tree to its declarations: its sections in the order of their dependencies, its resources, its nested stacks and its
outputs."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Mapping
from contextlib import nullcontext
from typing import Final

from wa_iac.core.budget import current
from wa_iac.core.contain import described
from wa_iac.core.declared import Declared, InstanceKey, Unit
from wa_iac.core.errors import BoundError, WaIacError
from wa_iac.core.files import checkpoint
from wa_iac.core.reasons import Said
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Origin, Step, Tree, Unknown
from wa_iac.parsers.cloudformation.functions.conditions import decide_all
from wa_iac.parsers.cloudformation.functions.for_each import expand_loops
from wa_iac.parsers.cloudformation.functions.mappings import open_mappings
from wa_iac.parsers.cloudformation.functions.registry import FUNCTIONS
from wa_iac.parsers.cloudformation.sections.entries import existence, expandable, type_of
from wa_iac.parsers.cloudformation.sections.includes import expand_includes
from wa_iac.parsers.cloudformation.sections.parameters import read_parameters
from wa_iac.parsers.cloudformation.sections.rules import narrow
from wa_iac.parsers.cloudformation.sections.transforms import LANGUAGE_EXTENSIONS, SERVERLESS, transforms, written_for_rain
from wa_iac.parsers.cloudformation.text.located import MACRO, Entry, MapNode, Node, ScalarNode

from .resources import MODULE, Resources
from .scope import Follow, TemplateScope, result

_SAM: Final = "AWS::Serverless::"
_TYPED: Final = frozenset({"Parameters", "Metadata", "Hooks"})
"""The sections beside Resources whose members may have types."""
_NO_RESOURCES: Final = (
    'the template has no resources, which CloudFormation does not accept; "exclude" in the settings leaves out a file '
    "that is not a template"
)
NESTED: Final = "functions, conditions or aliases are nested more deeply than wa-iac's safety limit allows"
STACK: Final = "AWS::CloudFormation::Stack"
STACK_SET: Final = "AWS::CloudFormation::StackSet"


class Template:
    """One template, evaluated into a unit: its parameters, its resources and its errors.

    Args:
        unit: the unit that it belongs to.
        root: its document.
        path: its shown file.
        stack: the address of its nested stack; empty for a template on its own.
        calls: the stacks it was reached through. `keys`: the loop iterations that create these.
        given: the parameters set by the stack.
        condition: the undecided condition of the stack, if any.
        follow: evaluates the template of a nested stack and returns its outputs.
        exports: the exports of other stacks of this run. `other_outputs`: their outputs, by the names of stack and output.
        pseudo: the known pseudo parameters; for a nested stack, its parent's.
        includes: whether it may include other files.
        empty: whether it may have no resources, like a CDK stack that only serves tests.
    """

    def __init__(
        self,
        unit: Unit,
        root: Node,
        path: str,
        *,
        stack: str = "",
        calls: tuple[Step, ...] = (),
        keys: tuple[InstanceKey, ...] = (),
        given: Mapping[str, Tree] | None = None,
        condition: Unknown | None = None,
        follow: Follow | None = None,
        exports: Mapping[Hashable, Tree] | None = None,
        other_outputs: Mapping[tuple[str, str], Tree] | None = None,
        pseudo: Mapping[str, str] | None = None,
        includes: bool = False,
        empty: bool = False,
    ) -> None:
        self._includes = includes
        self._empty = empty
        self._unit = unit
        self._calls = calls
        self._follow = follow
        self._made: dict[str, Declared | None] = {}
        self._stacks: dict[str, Mapping[str, Tree] | None] = {}
        self._entries: dict[str, Entry] = {}
        self._outputs: dict[str, Entry] = {}
        self.not_made: dict[str, Tree] = {}
        self._scope = scope = TemplateScope(path, FUNCTIONS, prefix=f"{stack}/" if stack else "", output_of=self._output_of)
        self._resources = Resources(unit, scope, calls, keys, condition)
        scope.errors = unit.errors
        scope.exports = exports or {}
        scope.outputs = other_outputs or {}
        scope.pseudo = pseudo or {}
        scope.supposed = int(condition is not None)
        if follow is not None:
            scope.equalities = follow.equalities
            scope.include = follow.include
        self._read(root, given or {})

    def _read(self, root: Node, given: Mapping[str, Tree]) -> None:
        scope = self._scope
        if self._includes and self._follow is not None:
            try:
                root = expand_includes(root, self._follow.include, scope.errors.append)
            except BoundError as error:
                scope.errors.append(error)
        sections = root.entries if isinstance(root, MapNode) else {}
        if "Resources" not in sections and MACRO not in sections and not self._empty:
            self._without_resources(sections, root.span)
        macros = transforms(scope, sections.get("Transform"))
        written_for_rain(scope, self._unit.sources.get(scope.path, b""))
        expandable(scope, sections, "what it adds to the template is not checked")
        was_open, scope.is_open = scope.is_open, False
        scope.mappings = self._section(sections, "Mappings")
        open_mappings(scope)
        scope.open_mappings = was_open or scope.is_open
        scope.is_open = scope.open_mappings
        self._unit.declared += read_parameters(scope, self._section(sections, "Parameters"), given)
        if "Rules" in sections:
            narrow(scope, self._section(sections, "Rules"))
        extended = LANGUAGE_EXTENSIONS in macros
        # The collection of a loop of resources may ask a condition.
        scope.conditions = self._section(self._without_loops(sections, "Conditions") if extended else sections, "Conditions")
        self._entries, self._outputs = (
            self._section(self._without_loops(sections, name) if extended else sections, name)
            for name in ("Resources", "Outputs")
        )
        scope.resources = frozenset(self._entries)
        for name, entry in self._entries.items():
            if type_of(entry).endswith(MODULE):
                # A module's resources are named by its logical id and one inside the module.
                scope.looped.append(re.compile(rf"{re.escape(name)}\.?[A-Za-z0-9]+"))
        if (metadata := sections.get("Metadata")) is not None and "cdk_nag" in _members(metadata):
            self._unit.declared.append(self._context(metadata, "metadata", ("cdk_nag",)))
        if (said := sections.get("Description")) is not None and isinstance(said.value, ScalarNode):
            self._unit.declared.append(self._context(said, "description"))
        if SERVERLESS in macros or self._forgets_sam():
            self._expand_sam(sections.get("Globals"))
        decide_all(scope)

    def _without_loops(self, sections: Mapping[str, Entry], name: str) -> Mapping[str, Entry]:
        """A section in which each loop is what it makes."""
        entry = sections.get(name)
        if entry is None:
            return sections
        made_by = self._resources.made_by if name == "Resources" else None
        return {name: Entry(entry.key, expand_loops(self._scope, entry.value, made_by))}

    def _context(self, entry: Entry, name: str, members: Collection[str] = ()) -> Declared:
        """Something that a template says of itself: in its metadata, which may have suppressions for all of its resources, or in its
        description."""
        evaluate = self._scope.evaluate
        if isinstance(entry.value, MapNode):
            body = {key: evaluate(each.value, each.where) for key, each in _members(entry).items() if key in members}
        else:
            body = {"text": evaluate(entry.value, entry.where)}
        return Declared(
            kind="context",
            dialect="cloudformation",
            type=f"template-{name}",
            address=f"{self._scope.prefix}{name}",
            name=name,
            body=Known(body, Origin(entry.key)),
            span=entry.key,
            extent=entry.extent,
        )

    def _without_resources(self, sections: Mapping[str, Entry], where: Span) -> None:
        """Reports a template without resources. They may be in a section with a misspelt name: then they are not checked.
        A macro may rename it."""
        found = {} if "Transform" in sections else sections
        others = [(key, entry) for key, entry in found.items() if key not in _TYPED and _has_resources(entry)]
        for key, entry in others:
            self._scope.error(
                f'"{key}" is not a section of a template, so its resources are not checked: write Resources', entry.key
            )
        if not others:
            self._scope.doubtful(_NO_RESOURCES, where)

    def _forgets_sam(self) -> bool:
        """Whether there are SAM's types without its transform. CloudFormation will not know them, but the intention is
        clear."""
        for entry in self._entries.values():
            if (kind := type_of(entry)).startswith(_SAM) and isinstance(entry.value, MapNode):
                message = f"{kind} needs the transform {SERVERLESS}: without it, CloudFormation does not know the type"
                self._scope.doubtful(f"{message}; the template is checked as if it were there", entry.value.entries["Type"].key)
                return True
        return False

    def _expand_sam(self, globals_: Entry | None) -> None:
        from wa_iac.parsers.cloudformation.sam.expand import expand

        scope = self._scope
        # Values read by the expansion may refer to resources that it will create.
        was_open, scope.is_open = scope.is_open, True
        expanded = expand(scope, self._entries, scope.conditions, globals_)
        scope.is_open = was_open or expanded.is_open
        self._entries, scope.conditions = expanded.resources, expanded.conditions
        scope.resources = frozenset(self._entries)
        scope.renamed, self._resources.made_from = expanded.renamed, expanded.made_from

    def let_go(self) -> None:
        """Forget the way from the scope back to the template, so that both go at once. With nested stacks, outputs may still be
        asked for."""
        if not self._stacks:
            self._scope.output_of = None

    def declare(self) -> None:
        """Adds the resources to the unit, those of nested stacks after their stack. A crash costs the resource, not the
        template."""
        for name, entry in self._entries.items():
            checkpoint()
            try:
                self._resource(name)
            except RecursionError as error:
                raise BoundError.at(entry.key, NESTED) from error
            except WaIacError:
                raise
            except Exception as error:
                self._unit.errors.append(described(error, entry.key.path, self._scope.budget))

    def outputs(self) -> dict[str, Tree]:
        """The values of the template's outputs, without those under a false condition, which are put into `not_made`."""
        values = {}
        for name, entry in self._outputs.items():
            if not isinstance(entry.value, MapNode) or "Value" not in entry.value.entries:
                continue
            exists = existence(self._scope, entry.value.entries.get("Condition"))
            if isinstance(exists, Known) and exists.value is False:
                self.not_made[name] = Absent(exists.origin)
            else:
                value = entry.value.entries["Value"]
                step = Step(entry.key, f'output "{self._scope.prefix}{name}"')
                with self._scope.supposing() if isinstance(exists, Unknown) else nullcontext():
                    values[name] = result(self._scope.evaluate(value.value, value.where), value.where, step)
        return values

    def declared_outputs(self) -> list[Declared]:
        """The outputs, as sources of references to resources."""
        return [
            Declared(
                kind="context",
                dialect="cloudformation",
                type="output",
                address=f"output.{self._scope.prefix}{name}",
                name=name,
                body=Known({"value": value, "export": self._export(name)}, Origin(self._outputs[name].key)),
                span=self._outputs[name].key,
                extent=self._outputs[name].extent,
                calls=self._calls,
            )
            for name, value in self.outputs().items()
        ]

    def _export(self, output: str) -> Tree:
        """The name under which other stacks import an output; absent if it has none."""
        entry = self._outputs[output]
        export = entry.value.entries.get("Export") if isinstance(entry.value, MapNode) else None
        name = export.value.entries.get("Name") if export is not None and isinstance(export.value, MapNode) else None
        return Absent(Origin(entry.key)) if name is None else self._scope.evaluate(name.value, name.where)

    def _section(self, sections: Mapping[str, Entry], name: str) -> dict[str, Entry]:
        """The members of a section of the template, without those that a macro or a loop must create first."""
        entry = sections.get(name)
        if entry is None:
            return {}
        node = entry.value
        is_empty = (isinstance(node, ScalarNode) and node.value is None) or (isinstance(node, MapNode) and not node.entries)
        if is_empty and name == "Resources" and not self._empty:
            self._scope.doubtful(_NO_RESOURCES, entry.key)
        if not isinstance(node, MapNode):
            if not is_empty:
                self._scope.error(f"{name} must be an object", entry.key)
            return {}
        return expandable(self._scope, node.entries, f"what it adds to {name} is not checked")

    def _resource(self, name: str) -> Declared | None:
        """One resource, added to the unit; None if its condition is false, or if it is not a resource, which is an error."""
        if name not in self._made:
            declared = self._made[name] = self._resources.evaluated(name, self._entries[name])
            if declared is not None:
                self._unit.declared.append(declared)
                if declared.type in (STACK, STACK_SET):
                    self._stack(name, declared)
        return self._made[name]

    def _stack(self, name: str, declared: Declared) -> Mapping[str, Tree] | None:
        """The outputs of a nested stack; None if its template is not available."""
        if name not in self._stacks:
            self._stacks[name] = None
            if self._follow is not None:
                self._stacks[name] = self._follow(declared)
        return self._stacks[name]

    def _output_of(self, name: str, output: str, where: Span, at: Span) -> Tree | None:
        """`Fn::GetAtt` of a nested stack's output; None if the stack's template is not available."""
        if type_of(self._entries[name]) != STACK or self._follow is None:
            return None
        if name not in self._made and name in self._scope.under_way:
            return self._scope.fail(f'the stack "{name}" depends on its own output "{output}"', where, at)
        self._scope.under_way.add(name)
        declared = self._resource(name)
        self._scope.under_way.discard(name)
        values = self._stack(name, declared) if declared is not None else None
        if values is None:
            return None
        value = values.get(output)
        if value is not None and not isinstance(value, Absent):
            return result(value, where)
        given, why = ((), "") if value is None else ((Known(False, value.origin),), ": its condition is false")
        if declared is not None and _is_published(declared):
            said = f'the template found here for the stack "{name}" has no output "{output}"{why}; its address may name another version'
            self._scope.unavailable(said, at)
            return Unknown(Said(said), ("output", at, name, output), Origin(where, "computed"))
        return self._scope.refuse(f'the template of the stack "{name}" has no output "{output}"{why}', where, at, *given)


def _is_published(stack: Declared) -> bool:
    """Whether a stack's template has an address: what was found in the tree may be another version of it."""
    match stack.body.value.get("TemplateURL", Absent()):
        case Known(address):
            return "://" in str(address)
        case Unknown():
            return True
        case _:
            return False


def _has_resources(entry: Entry) -> bool:
    return any("::" in type_of(each) for each in _members(entry).values())


def _members(entry: Entry) -> Mapping[str, Entry]:
    return entry.value.entries if isinstance(entry.value, MapNode) else {}


def declare(
    unit: Unit,
    root: Node,
    *,
    given: Mapping[str, Tree] | None = None,
    follow: Follow | None = None,
    exports: Mapping[Hashable, Tree] | None = None,
    includes: bool = False,
) -> None:
    """Adds the parameters, resources and errors of a template to the unit."""
    try:
        template = Template(unit, root, unit.path, given=given, follow=follow, exports=exports, includes=includes)
        unit.takes = frozenset(each.name for each in unit.declared)
        template.declare()
        unit.declared += template.declared_outputs()
        template.let_go()
    except BoundError as error:
        unit.errors.append(error)
    except RecursionError:
        # The readers limit levels in the text, the scope those of a value; nested conditions go deeper.
        at = current().at
        unit.errors.append(BoundError(NESTED, path=at.path or unit.path, line=at.start_line, column=at.start_column))
