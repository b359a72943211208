"""Declared resources for the tests of the core, without a parser, and two small classes to read them with."""

from typing import Annotated, Any

from wa_iac.core.binding import Back, Cfn, Default, Tf
from wa_iac.core.declared import Declared, Dialect
from wa_iac.core.reasons import Said
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Origin, Reference, Tree, Unknown, Value


def tree(content: Any) -> Tree:
    """Plain data as a tree; what is a value already stays."""
    match content:
        case Known() | Unknown() | Absent():
            return content
        case dict():
            return Known({key: tree(value) for key, value in content.items()})
        case list():
            return Known([tree(value) for value in content])
        case _:
            return Known(content)


def declare(type_name: str, name: str, body: dict[str, Any], dialect: Dialect = "terraform", line: int = 1) -> Declared:
    span = Span("main.tf", line, 1, line, 10)
    address = f"{type_name}.{name}" if dialect == "terraform" else name
    placed = Known({key: tree(value) for key, value in body.items()}, Origin(span))
    return Declared("resource", dialect, type_name, address, name, placed, span, span)


def reference(address: str, attribute: str = "id") -> Unknown:
    return Unknown(Said("known after apply"), ("attr", address, attribute), Origin(references=(Reference(address, attribute),)))


class Grant(Block):
    """A block of the shelf."""

    port: Annotated[Value[int], Cfn("FromPort"), Tf("from_port")]
    depth: Annotated[Value[int], Tf("depth"), Tf("deep.depth")]
    open: Annotated[Value[bool], Cfn("Open"), Tf("open"), Default(False)]


class Shelf(Resource, cfn="AWS::Test::Shelf", tf="aws_shelf", cfn_key="Name", tf_key="name"):
    """A resource with satellites."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    versioning: Annotated[
        Value[str],
        Cfn("Versioning.Status"),
        Tf("status", of="aws_shelf_versioning", by="shelf"),
        Tf("versioning.enabled", read={True: "Enabled", False: "Suspended"}),
        Default("Disabled"),
    ]
    size: Annotated[Value[int], Cfn("Size", default=8), Tf("size", default=10)]
    deletion: Annotated[Value[str], Cfn("@DeletionPolicy"), Tf("@lifecycle.prevent_destroy")]
    idle: Annotated[Value[int], Cfn("Attributes[Key=idle.timeout].Value"), Tf("idle")]
    zones: Annotated[Value[list[Value[str]]], Cfn("Zones"), Tf("zones")]
    grants: Annotated[list[Grant], Cfn("Grants[]"), Tf("grant[]"), Tf("", of="aws_shelf_grant", by="shelf")]
    books: Annotated[Link["Book"], Back("shelf")]


class Book(Resource, cfn="AWS::Test::Book", tf="aws_book", tf_key="title"):
    """A resource that refers to another."""

    shelf: Annotated[Link[Shelf], Cfn("Shelf"), Tf("shelf")]
