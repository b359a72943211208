"""The shapes a file is read into: blocks, attributes and expressions, each with the span it was written at. Pure data.

Nothing here is evaluated. A file is parsed once and its nodes are shared by every module instance that uses it. They have no `repr`, since
Python would compile each at every start.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal as Choice
from typing import TypeAlias

from wa_iac.core.algebra import moved
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Unknown


@dataclass(slots=True, repr=False)
class Literal:
    """A number (unknown if it is larger than the largest we keep), a boolean, `null`, or a string without interpolation."""

    span: Span
    value: Known[object] | Unknown | Absent


@dataclass(slots=True, repr=False)
class Name:
    """A bare identifier: `var`, `each`, a resource type, the variable of a `for`."""

    span: Span
    name: str


@dataclass(slots=True, repr=False)
class Attr:
    """`.name`"""

    name: str


@dataclass(slots=True, repr=False)
class IndexStep:
    """`[key]`, or the legacy `.0`."""

    key: Expr


@dataclass(slots=True, repr=False)
class Splat:
    """`[*]` or `.*`, with the steps that apply to every element."""

    steps: tuple[PathStep, ...]


PathStep: TypeAlias = Attr | IndexStep | Splat


@dataclass(slots=True, repr=False)
class Traversal:
    """`root.attribute[index]...`"""

    span: Span
    root: Expr
    steps: tuple[PathStep, ...]


@dataclass(slots=True, repr=False)
class Call:
    """`name(arguments)`. `spread` is set if the last argument is followed by `...`."""

    span: Span
    name: str
    arguments: tuple[Expr, ...]
    spread: bool


@dataclass(slots=True, repr=False)
class TupleExpr:
    """`[a, b]`"""

    span: Span
    items: tuple[Expr, ...]


@dataclass(slots=True, repr=False)
class Item:
    """`key = value` in an object. The span is from the key to the end of the value."""

    span: Span
    key: Expr
    value: Expr


@dataclass(slots=True, repr=False)
class ObjectExpr:
    """`{ key = value }`"""

    span: Span
    items: tuple[Item, ...]


@dataclass(slots=True, repr=False)
class ForExpr:
    """`[for k, v in collection : result if condition]`, or with `key => result...` in braces."""

    span: Span
    key_name: str
    value_name: str
    collection: Expr
    key: Expr | None
    result: Expr
    grouped: bool
    condition: Expr | None


@dataclass(slots=True, repr=False)
class Conditional:
    """`condition ? then : otherwise`. `text` is the condition as written, for messages."""

    span: Span
    condition: Expr
    then: Expr
    otherwise: Expr
    text: str


@dataclass(slots=True, repr=False)
class Unary:
    """`!operand` or `-operand`."""

    span: Span
    operator: str
    operand: Expr
    text: str


@dataclass(slots=True, repr=False)
class Binary:
    """`left operator right`"""

    span: Span
    operator: str
    left: Expr
    right: Expr


@dataclass(slots=True, repr=False)
class TemplateIf:
    """`%{ if condition }...%{ else }...%{ endif }`"""

    condition: Expr
    then: TemplateExpr
    otherwise: TemplateExpr
    text: str


@dataclass(slots=True, repr=False)
class TemplateFor:
    """`%{ for k, v in collection }...%{ endfor }`"""

    key_name: str
    value_name: str
    collection: Expr
    body: TemplateExpr


TemplatePart: TypeAlias = "str | Expr | TemplateIf | TemplateFor"


@dataclass(slots=True, repr=False)
class TemplateExpr:
    """A quoted string or a heredoc: literal text, interpolations and directives in order."""

    span: Span
    parts: tuple[TemplatePart, ...]


@dataclass(slots=True, repr=False)
class Invalid:
    """Code that could not be parsed, or is beyond a limit: its value is unknown, for the reason `why`."""

    span: Span
    why: str


Expr: TypeAlias = (
    Literal | Name | Traversal | Call | TupleExpr | ObjectExpr | ForExpr | Conditional | Unary | Binary | TemplateExpr | Invalid
)


@dataclass(slots=True, repr=False)
class Attribute:
    """`name = value`. The span is from the name to the end of the value."""

    name: str
    span: Span
    value: Expr


def content(value: Expr, span: Span) -> Expr:
    """An expression as the whole content of the attribute or item at `span`. A literal gets that place here, once, instead of at
    each evaluation."""
    if isinstance(value, Literal):
        origin = value.value.origin.at(span, ())
        value.value = Known(value.value.value, origin) if isinstance(value.value, Known) else moved(value.value, origin)
    return value


def objects(value: Expr) -> tuple[Expr, ...]:
    """An object, or the objects of a list of nothing else."""
    listed = value.items if isinstance(value, TupleExpr) else (value,)
    return listed if all(isinstance(each, ObjectExpr) for each in listed) else ()


@dataclass(slots=True, repr=False)
class Body:
    """The content of braces: attributes by name (the first of each), and nested blocks in order.

    `whole` is false if a syntax error may have swallowed some of it.
    """

    attributes: dict[str, Attribute] = field(default_factory=dict)
    blocks: list[HclBlock] = field(default_factory=list)
    whole: bool = True

    def text(self, name: str) -> str:
        """The attribute `name` if it is a literal string, else the empty string."""
        attribute = self.attributes.get(name)
        match attribute.value if attribute else None:
            case Literal(value=Known(str() as text)):
                return text
            case _:
                return ""

    def named(self, kind: str) -> list[HclBlock]:
        """The nested blocks of one type."""
        return [block for block in self.blocks if block.type == kind]


@dataclass(slots=True, repr=False)
class HclBlock:
    """`type "label" "label" { body }`. `header` is from the type to the end of the last label, `extent` to the brace."""

    type: str
    labels: tuple[str, ...]
    header: Span
    extent: Span
    body: Body


Quote: TypeAlias = Choice["quoted", "heredoc"]


def written(expression: Expr) -> str:
    """The text of a reference: `aws_s3_bucket.logs[0].arn`; the content of a literal; empty for anything else."""
    match expression:
        case Name(name=name):
            return name
        case Literal(value=Known(str() as text)):
            return text
        case Traversal(root=Name(name=name), steps=steps):
            pieces = [name]
            for step in steps:
                match step:
                    case Attr(name=attribute):
                        pieces.append(f".{attribute}")
                    case IndexStep(key=Literal(value=Known(int() as number))):
                        pieces.append(f"[{number}]")
                    case IndexStep(key=Literal(value=Known(str() as text))):
                        pieces.append(f'["{text}"]')
                    case _:
                        return ""
            return "".join(pieces)
        case _:
            return ""


def is_constant(expression: Expr) -> bool:
    """Whether an expression is a constant, with nothing to evaluate."""
    match expression:
        case Literal():
            return True
        case TupleExpr(items=items):
            return all(is_constant(item) for item in items)
        case ObjectExpr(items=entries):
            return all(is_constant(item.key) and is_constant(item.value) for item in entries)
        case _:
            return False
