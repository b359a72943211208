"""Remedies: what to write instead.

A remedy is content in the dialect's own names, as in a `Recipe`, or a text in YAML and HCL where content cannot express it: a
reference, a placeholder (`<the log group>`). Reports write it in the format of the file that it is for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from .awscc import is_awscc_type, type_name
from .declared import Dialect
from .fix import Content, Recipe, Satellite, place

if TYPE_CHECKING:
    from .graph import Graph
    from .resource import Resource

Snippet: TypeAlias = str | Content
"""YAML or HCL as text, or content. An empty one says that there is nothing to write there."""


class OtherRemedy(NamedTuple):
    """A remedy for other types. `types` are their names in a sentence, `language` is the language of the text."""

    types: str
    language: Literal["yaml", "hcl"]
    snippet: Snippet


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """The correct code for each dialect: an argument or a short block, with its indentation.

    Attributes:
        of: for types with another property, by their names as written: SAM's types (`AWS::Serverless::Function`), or one of
            several types that a rule checks.
        beside: the Terraform resource to add if the resource has none of the names in `tf`.
        removes: names to remove, of both dialects, if they are written: they contradict the code.
        differs: whether the value has to differ from that of other resources. It is then written at the resource, not at a
            variable or a parameter that they share.
        keeps: whether the other elements of the list in which the flagged one is written are right: they take the place of the
            placeholder for it.
        cause: the address of a resource without which there would be no fault. If a variable or an argument of a call has
            Terraform make it, the remedy is to turn that off.
        more_of: the address of a resource of which there have to be more. The remedy names what its `count` or `for_each` is made of.
        replaces: whether the change replaces the resource. One with a fixed name then needs another name where the new one is
            made before the old one is deleted.
        decision: sentences for the person who has to decide something, or to do something else also.
        given: makes the remedy for one resource, from its engine or its neighbors. None stands for this remedy itself.
    """

    cfn: Snippet = ""
    tf: Snippet = ""
    of: Mapping[str, Snippet] = field(default_factory=dict)
    beside: Satellite | None = None
    removes: tuple[str, ...] = ()
    differs: bool = False
    keeps: bool = False
    cause: str = ""
    more_of: str = ""
    replaces: bool = False
    decision: str = ""
    given: Callable[[Any, Graph], Remedy | None] | None = field(default=None, repr=False)

    @classmethod
    def of_recipe(cls, recipe: Recipe) -> Remedy:
        """The remedy that a fix writes, with the reason why a person should look at it first."""
        because = recipe.unsafe_because
        decision = f"{because[0].upper()}{because[1:]}." if because else ""
        return cls(cfn=recipe.cfn, tf=recipe.tf, of=recipe.types, beside=recipe.beside, decision=decision)

    @property
    def in_words(self) -> str:
        """Everything of it that is no code, for a page."""
        named = ", ".join(f"`{each}`" for each in self.removes)
        return " ".join(filter(None, (self.decision, f"Remove {named}, if that is written." if named else "")))

    def for_resource(self, resource: Resource | None, graph: Graph) -> Remedy:
        """The remedy for one resource."""
        if self.given is None or resource is None:
            return self
        made = self.given(resource, graph)
        return replace(self, given=None) if made is None else made

    def snippet(self, dialect: Dialect, written: str) -> Snippet:
        """The correct code for a resource of the type `written`. For a type of the `awscc` provider, it is CloudFormation's,
        unless the remedy has one of its own."""
        own = self.of.get(written)
        if own is None and is_awscc_type(written):
            own = next((each for name, each in self.of.items() if type_name(name) == written), None)
        if own is not None:
            return own
        return self.cfn if dialect == "cloudformation" or is_awscc_type(written) else self.tf

    def others(self) -> Iterator[OtherRemedy]:
        """The remedies of the types that have another property."""
        types: list[tuple[Snippet, list[str]]] = []
        for name, snippet in self.of.items():
            same = next((names for each, names in types if each == snippet), None)
            if same is None:
                types.append((snippet, [name]))
            else:
                same.append(name)
        for snippet, names in types:
            language: Literal["yaml", "hcl"] = "hcl" if names[0].startswith("aws") else "yaml"
            yield OtherRemedy(" and ".join(f"`{name}`" for name in names), language, snippet)


def innermost(content: Content) -> Content:
    """The content to write at the finding's own place: inside of the element that contains it (`Rules[]`), if a name says
    that."""
    for name, value in content.items():
        if isinstance(value, Mapping):
            if place(name).here:
                return value
            inside = innermost(value)
            if inside is not value:
                return inside
    return content
