"""The output of the parsers: evaluated blocks, not yet typed, and the unit they belong to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias

from .errors import WaIacError
from .late_pattern import late
from .reasons import Reason
from .span import Span
from .value import Absent, Known, Origin, Step, Tree, Unknown, Value

Dialect: TypeAlias = Literal["cloudformation", "terraform"]

Kind: TypeAlias = Literal["resource", "data", "module", "context"]
"""resource: a resource that AWS will have. data: a Terraform data source. module: a module call that could not be followed, or
a nested stack. context: `terraform`, `provider.<name>` (Terraform), `parameter`, `template-metadata` (CloudFormation), `output` (both, with its
`value`). Rules read them, `graph` does not list them."""

INDEX: Final = late(r'\[(?:\d+|"(?:[^"\\]|\\.)*")\]')
"""In an address, the key of an instance: `[0]`, `["a"]`."""

_CALLS: Final = late(r"^(?:module\.[^.]+\.)+")


def block_of(address: str) -> str:
    """The block of an address in its own file, without module calls, enclosing stacks and the key of an instance."""
    return _CALLS.sub("", INDEX.sub("", address)).rpartition("/")[2]


class InstanceKey(NamedTuple):
    """The key that tells one instance of a block, a module or a loop from the others.

    Attributes:
        key: the key or the number of the instance.
        written: where the key is written: an element of a list, an entry of a map; for `count`, the number of instances.
        argument: the whole argument that defines the instances, such as `for_each`.
    """

    key: str | int
    written: Span
    argument: Span


@dataclass(slots=True, eq=False, repr=False)
class Declared:
    """One evaluated block.

    Attributes:
        type: as written: `AWS::S3::Bucket`, `aws_s3_bucket`; for settings `terraform`, `provider.aws`, `parameter`.
        address: the dialect's own, unique in the unit: `module.db.aws_db_instance.this[0]`, `data.aws_ami.x`, a logical id.
        name: the last label or the logical id, without index.
        body: the arguments, by the dialect's own names. A Terraform nested block is a `Known[list]` of `Known[dict]` under the
            block's name, even where there is one. An object's origin is its key's or header's line.
        attributes: attributes beside the body. CloudFormation: DeletionPolicy, UpdateReplacePolicy, UpdatePolicy,
            CreationPolicy, DependsOn, Metadata. Terraform: `lifecycle` (an object), `depends_on`, `provider`.
        span: the header: `resource "aws_s3_bucket" "logs"`, or the logical id's key.
        extent: the whole block.
        calls: the module calls it was reached through, outermost first.
        keys: its instance keys: of the modules it was reached through, outermost first, then of its own block.
        representative: why the number of instances is unknown, if it is. This one then represents all of them.
        condition: the unknown boolean that its existence depends on, if any.
        exists_by: the default of a parameter or variable without which it would not exist, if there is one.
        region: the Region of its provider or stack; absent if it is not set.
        emulated: whether its provider talks to an emulator of AWS, such as LocalStack, instead of AWS.
        construct: the path of the CDK construct that makes it: `Shop/Orders/Queue`.
        acknowledged: the ids of findings that a CDK program has acknowledged for it, with the reasons.
        source: the line of a program that generates it, if it is generated: the line to change.
        made_from: the type, as written, of the resource that a transform makes it from: `AWS::Serverless::Function`; for an API
            that a SAM function's events imply, the section that has its properties: `Globals.Api`.
        incomplete: why a part of it could not be read, if so. Keys missing in the body are then unknown, not absent.
        rewritten: the macro or program that still rewrites this text. A value of the wrong type may be meant for it.
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
    exists_by: Step | None = None
    region: Tree = field(default_factory=Absent)
    emulated: bool = False
    construct: str = ""
    acknowledged: Mapping[str, str] = field(default_factory=dict)
    source: Span | None = None
    made_from: str = ""
    incomplete: Reason | None = None
    rewritten: str = ""

    @property
    def others(self) -> Unknown | None:
        """The unknown number of instances that this block represents; None if it is a single, known instance."""
        if self.representative is None:
            return None
        return Unknown(self.representative, ("instances", self.address), Origin(self.span))

    @property
    def missing(self) -> Unknown | None:
        """An unknown for everything that could not be read; None if all of it was read."""
        if self.incomplete is None:
            return None
        return Unknown(self.incomplete, ("incomplete", self.address), Origin(self.span))

    def exists_with(self, other: Declared) -> Value[bool]:
        """Whether it exists if `other` does: true, or the condition that it depends on."""
        return Known(True) if self.condition is None or self.condition == other.condition else self.condition


class SwitchedOff(NamedTuple):
    """A block that makes no resource because of a default: `count = var.create ? 1 : 0`, a `Condition` on a parameter.

    Attributes:
        type: as written.
        switch: the default of the variable or parameter.
        make: evaluates the block as if it made a resource; None if it cannot be read.
    """

    type: str
    switch: Step
    make: Callable[[], Declared | None]


@dataclass(slots=True, eq=False, repr=False)
class Unit:
    """The resources that are checked together: a Terraform root module with all its modules, or a CloudFormation template.

    Attributes:
        sources: every file that was read, by its path as shown to the user.
        takes: the names of the variables or parameters that it accepts.
        environment: the name of the environment that it was evaluated for; empty if there is only one.
        switched_off: the blocks that a default switches off.
        fills: the resolved paths of files that its functions fill in (`templatefile`): these are not templates of their own.
    """

    path: str
    dialect: Dialect
    declared: list[Declared] = field(default_factory=list)
    errors: list[WaIacError] = field(default_factory=list)
    sources: dict[str, bytes] = field(default_factory=dict)
    takes: frozenset[str] = frozenset()
    environment: str = ""
    fills: frozenset[Path] = frozenset()
    switched_off: list[SwitchedOff] = field(default_factory=list)
