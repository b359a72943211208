"""Typed resources: one Pydantic class for each kind of AWS resource, the same for both dialects.

```python
class Bucket(Resource, cfn="AWS::S3::Bucket", tf="aws_s3_bucket", cfn_key="BucketName", tf_key="bucket"):
    versioning: Annotated[Value[str], Cfn("VersioningConfiguration.Status"), Tf("status", of=..., by="bucket")]
    rules: Annotated[list[LifecycleRule], Cfn("LifecycleConfiguration.Rules"), Tf("rule", of=..., by="bucket")]
    key: Annotated[Link[Key], Cfn("..."), Tf("...")]
    policies: Annotated[Link["BucketPolicy"], Back("bucket")]
```

A field is one of

- `Value[T]`: the first of its bindings that is written, else AWS's default, else `Absent`;
- `list[B]`, where `B` is a `Block`: the elements of all its bindings; one that cannot be listed is a block of unknowns;
- `Link[R]`: the resources that the values at its bindings refer to, or, with `Back`, those that refer here.

Instances are built by `wa_iac.core.reader`, without validation: it has checked every type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Generic, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from .awscc import is_awscc, snake, type_name
from .declared import Declared, Dialect
from .presence import is_made_here
from .reasons import Reason
from .span import Span
from .value import Absent, Known, Origin, Tree, Unknown, Value

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

R_co = TypeVar("R_co", bound="Resource", covariant=True)
_CONFIG = ConfigDict(defer_build=True, arbitrary_types_allowed=True, extra="forbid", frozen=True)


class Block(BaseModel):
    """An object within a resource. Its origin is the line where it begins."""

    model_config = _CONFIG

    origin: Annotated[Origin, Field(exclude=True)]
    unknown: Annotated[Unknown | None, Field(exclude=True)] = None
    """Why it is not known whether this block exists, or what is in it; then all its fields are unknown."""

    @property
    def absent(self) -> Absent:
        """Something to flag where a block lacks what cannot be a field: its own place."""
        return Absent(self.origin)


class Resource(BaseModel):
    """What all resources share. Subclasses give their types, and `cfn_key`, `tf_key`: the argument whose literal value names
    the resource (other resources may refer to it by that instead of by reference)."""

    model_config = _CONFIG

    cfn: ClassVar[tuple[str, ...]] = ()
    tf: ClassVar[tuple[str, ...]] = ()
    awscc: ClassVar[tuple[str, ...]] = ()
    """Its types in Terraform's `awscc` provider: those of CloudFormation in another spelling."""
    cfn_key: ClassVar[str] = ""
    tf_key: ClassVar[str] = ""

    declared: Annotated[Declared, Field(exclude=True)]

    def __init_subclass__(
        cls,
        cfn: str | tuple[str, ...] = (),
        tf: str | tuple[str, ...] = (),
        cfn_key: str = "",
        tf_key: str = "",
        **options: Any,
    ) -> None:
        super().__init_subclass__(**options)
        cls.cfn = (cfn,) if isinstance(cfn, str) else cfn
        cls.tf = (tf,) if isinstance(tf, str) else tf
        cls.awscc = tuple(name for each in cls.cfn if (name := type_name(each)))
        cls.cfn_key = cfn_key
        cls.tf_key = tf_key

    @classmethod
    def types(cls) -> tuple[str, ...]:
        """Every type, of both dialects, that this class reads."""
        return (*cls.cfn, *cls.tf, *cls.awscc)

    @property
    def address(self) -> str:
        return self.declared.address

    @property
    def dialect(self) -> Dialect:
        return self.declared.dialect

    @property
    def as_cloudformation(self) -> bool:
        """Whether it has the shape of CloudFormation's schema: a template's resource, or one of the `awscc` provider."""
        return self.dialect == "cloudformation" or is_awscc(self.declared)

    @property
    def span(self) -> Span:
        """The header."""
        return self.declared.span

    @property
    def absent(self) -> Absent:
        """Something to flag where the whole resource is the matter: its header."""
        return Absent(Origin(self.declared.span))

    @property
    def representative(self) -> Reason | None:
        """Where this stands for an unknown number of instances, why; else None."""
        return self.declared.representative

    @classmethod
    def key_of(cls, declared: Declared) -> Tree:
        """The argument by which others may call a resource of this class."""
        from .binding import value_at

        key = cls.cfn_key if declared.dialect == "cloudformation" else cls.tf_key
        if is_awscc(declared):
            key = snake(cls.cfn_key)
        return value_at(declared.body, key) if key else Absent(declared.body.origin)

    def names(self) -> tuple[str, ...]:
        """The literal names by which others may call it."""
        match self.key_of(self.declared):
            case Known(str() as name):
                return (name,)
            case _:
                return ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Resource) and self.declared is other.declared

    def __hash__(self) -> int:
        return id(self.declared)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.address}>"


class Found(NamedTuple):
    """What a link resolves to; see `Link`."""

    targets: tuple[Any, ...]
    unknown: Unknown | None
    external: tuple[Known[Any], ...]
    value: Tree
    certain: frozenset[int]
    """The `id` of each target's declaration that is linked for sure: neither it nor the reference hangs on a condition."""


class Link(Generic[R_co]):
    """Neighbours in the graph, resolved when first asked for (the graph has cycles)."""

    __slots__ = ("_found", "_resolve")

    def __init__(self, resolve: Callable[[], Found]) -> None:
        self._resolve = resolve
        self._found: Found | None = None

    @property
    def _all(self) -> Found:
        if self._found is None:
            self._found = self._resolve()
        return self._found

    @property
    def targets(self) -> tuple[R_co, ...]:
        """The resources of the wanted class in this unit, each once."""
        return self._all.targets

    @property
    def unknown(self) -> Unknown | None:
        """Why the targets may lack some, or hold some that will not exist; None where they are complete."""
        return self._all.unknown

    @property
    def external(self) -> tuple[Known[Any], ...]:
        """What is written but names nothing in this unit: literal names and ARNs."""
        return self._all.external

    @property
    def value(self) -> Tree:
        """What is written, to be flagged; `Absent` where nothing is, and for the far end of a `Back`."""
        return self._all.value

    @property
    def presence(self) -> Value[Literal[True]]:
        """Whether there is at least one: known true, unknown, or absent. What refers to a resource of another class is written, too."""
        if self._all.certain or self.external or (not self.targets and is_made_here(self.value)):
            return Known(True, self.value.origin)
        return Absent(self.value.origin) if self.unknown is None else self.unknown

    def surely(self, resource: Resource) -> bool:
        """Whether `resource` is a target that neither hangs on a condition nor is linked under one."""
        return id(resource.declared) in self._all.certain

    def doubt(self, resource: Resource) -> Value[bool]:
        """Whether `resource` is a target: true, or why that is not sure."""
        return Known(True) if self.unknown is None or self.surely(resource) else self.unknown

    @property
    def elsewhere(self) -> bool:
        """Whether something is written that this unit does not hold: what it is like cannot be said."""
        return bool(self.external) or self.unknown is not None

    def __iter__(self) -> Iterator[R_co]:
        return iter(self.targets)

    def __len__(self) -> int:
        return len(self.targets)

    def __repr__(self) -> str:
        return f"Link({list(self.targets)}, unknown={self.unknown}, external={list(self.external)})"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        addresses = core_schema.plain_serializer_function_ser_schema(_addresses, info_arg=False)
        return core_schema.is_instance_schema(cls, serialization=addresses)


def _addresses(link: Link[Resource]) -> list[str]:
    return [target.address for target in link.targets]
