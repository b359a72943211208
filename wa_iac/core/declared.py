"""What a parser hands on: evaluated blocks, not yet typed, and the unit they were read from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias

from .errors import WaIacError
from .reasons import Reason
from .span import Span
from .value import Absent, Known, Origin, Step, Tree, Unknown, Value

Dialect: TypeAlias = Literal["cloudformation", "terraform"]

Kind: TypeAlias = Literal["resource", "data", "module", "context"]
"""resource: what AWS will run. data: a Terraform data source. module: a module call that could not be followed, or a nested
stack. context: `terraform`, `provider.<name>` (Terraform), `parameter` (CloudFormation), `output` (both, with its `value`): read by
rules, not listed by `graph`."""

INDEX: Final = re.compile(r'\[(?:\d+|"(?:[^"\\]|\\.)*")\]')
"""In an address, the key of an instance: `[0]`, `["a"]`."""


class InstanceKey(NamedTuple):
    """What tells one instance of a block, a module or a loop from the others.

    Attributes:
        key: the key or the number of the instance.
        written: where the key is written: an element of a list, an entry of a map; for `count`, the number of instances.
        argument: the whole argument that says which instances there are.
    """

    key: str | int
    written: Span
    argument: Span


@dataclass(slots=True)
class Declared:
    """One evaluated block.

    Attributes:
        type: as written: `AWS::S3::Bucket`, `aws_s3_bucket`; for settings `terraform`, `provider.aws`, `parameter`.
        address: the dialect's own, unique in the unit: `module.db.aws_db_instance.this[0]`, `data.aws_ami.x`, a logical id.
        name: the last label or the logical id, without index.
        body: the arguments, by the dialect's own names. A Terraform nested block is a `Known[list]` of `Known[dict]` under the
            block's name, even where there is one. An object's origin is its key's or header's line.
        attributes: what stands beside the body. CloudFormation: DeletionPolicy, UpdateReplacePolicy, UpdatePolicy,
            CreationPolicy, DependsOn, Metadata. Terraform: `lifecycle` (an object), `depends_on`, `provider`.
        span: the header: `resource "aws_s3_bucket" "logs"`, or the logical id's key.
        extent: the whole block.
        calls: the module calls it was reached through, outermost first.
        keys: what makes it one of several: of the modules it was reached through, outermost first, then of its own block.
        representative: where the number of instances is unknown, why: this one stands for all of them.
        condition: where its existence is undecided, the unknown boolean it depends on.
        region: of its provider or stack; absent where nothing says.
        construct: the path of the CDK construct that makes it: `Shop/Orders/Queue`.
        source: the line of a program that makes it, where it is generated: what a person would change.
        made_from: the type, as written, of the resource that a transform makes it from: `AWS::Serverless::Function`; for an API
            that a SAM function's events imply, the section that has its properties: `Globals.Api`.
        incomplete: where a part of it could not be read, why: what the body does not hold is then unknown, not absent.
        rewritten: the macro or the program that has yet to go over the text it stands in: what is of the wrong type may be meant for it.
    """

    kind: Kind
    dialect: Dialect
    type: str
    address: str
    name: str
    body: Known[dict[str, Tree]]
    span: Span
    extent: Span
    attributes: dict[str, Tree] = field(default_factory=dict)
    calls: tuple[Step, ...] = ()
    keys: tuple[InstanceKey, ...] = ()
    representative: Reason | None = None
    condition: Unknown | None = None
    region: Tree = field(default_factory=Absent)
    construct: str = ""
    source: Span | None = None
    made_from: str = ""
    incomplete: Reason | None = None
    rewritten: str = ""

    @property
    def others(self) -> Unknown | None:
        """Where it stands for an unknown number of instances, that number; None where it is one of which all is known."""
        if self.representative is None:
            return None
        return Unknown(self.representative, ("instances", self.address), Origin(self.span))

    @property
    def missing(self) -> Unknown | None:
        """What it may hold besides, where a part of it could not be read."""
        if self.incomplete is None:
            return None
        return Unknown(self.incomplete, ("incomplete", self.address), Origin(self.span))

    def exists_with(self, other: Declared) -> Value[bool]:
        """Whether it exists wherever `other` does: true, or the condition that it depends on."""
        return Known(True) if self.condition is None or self.condition == other.condition else self.condition


@dataclass(slots=True)
class Unit:
    """What is judged together: a Terraform root module with all it calls, or a CloudFormation template.

    Attributes:
        sources: every file that was read, by its path as shown to the user.
        takes: the names of the variables or parameters that it can be given.
        environment: the name of the environment that it was evaluated for; empty where there is only one.
        fills: the files, resolved, that its functions fill in (`templatefile`): they are no templates of their own.
    """

    path: str
    dialect: Dialect
    declared: list[Declared] = field(default_factory=list)
    errors: list[WaIacError] = field(default_factory=list)
    sources: dict[str, bytes] = field(default_factory=dict)
    takes: frozenset[str] = frozenset()
    environment: str = ""
    fills: frozenset[Path] = frozenset()
