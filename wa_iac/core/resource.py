"""Typed resources: one Pydantic class for each kind of AWS resource, the same for both dialects.

```python
class Bucket(Resource, cfn="AWS::S3::Bucket", tf="aws_s3_bucket", cfn_key="BucketName", tf_key="bucket"):
    versioning: Annotated[Value[str], Cfn("VersioningConfiguration.Status"), Tf("status", of=..., by="bucket")]
    rules: Annotated[list[LifecycleRule], Cfn("LifecycleConfiguration.Rules[]"), Tf("rule[]", of=..., by="bucket")]
    key: Annotated[Link[Key], Cfn("..."), Tf("...")]
    policies: Annotated[Link["BucketPolicy"], Back("bucket")]
```

A field is one of

- `Value[T]`: the value at the first binding that is written, else AWS's default, else `Absent`;
- `list[B]`, where `B` is a `Block`: the elements of all its bindings; elements that cannot be listed are one block of unknowns;
- `Link[R]`: the resources that the values at its bindings refer to, or, with `Back`, those that refer here.

Instances are built by `wa_iac.core.reader`, without validation: it has checked every type. A run imports many more classes than it
has resources of, so the Pydantic model of a class is made when its first instance is read: see `whole`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from inspect import get_annotations
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Generic, Literal, NamedTuple, TypeVar, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, create_model

from .awscc import is_awscc, snake, type_name
from .declared import Declared, Dialect
from .ignored_changes import ALL, ignored_changes
from .presence import is_made_here
from .reasons import Reason
from .span import Span
from .value import Absent, Known, Origin, Tree, Unknown, Value

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

R_co = TypeVar("R_co", bound="Resource", covariant=True)
C = TypeVar("C", bound="_Written")


class _Model(BaseModel):
    """The settings of all models: fields that nobody changes, and none but those of the class."""

    model_config = ConfigDict(defer_build=True, arbitrary_types_allowed=True, extra="forbid", frozen=True)


# Made by a call, since Pydantic would evaluate annotations that are text again for each model below.
_BlockModel = create_model(
    "_BlockModel",
    __base__=_Model,
    origin=(Annotated[Origin, Field(exclude=True)], ...),
    unknown=(Annotated[Unknown | None, Field(exclude=True)], None),
)
_ResourceModel = create_model("_ResourceModel", __base__=_Model, declared=(Annotated[Declared, Field(exclude=True)], ...))


if TYPE_CHECKING:
    from abc import ABCMeta as _Kind  # Without it, mypy takes the classes for no keys of a cache.
else:
    _Kind = type  # `isinstance` with a class of ABCMeta runs Python's code each time, and rules ask tens of thousands of times.


class _Written(metaclass=_Kind):
    """A class as a service writes it. Its fields are annotations, which `whole` gives to Pydantic."""

    if TYPE_CHECKING:
        written_fields: ClassVar[Mapping[str, Any]]
        model_base: ClassVar[type[_Model]]

    def __init_subclass__(cls, is_whole: bool = False, **options: Any) -> None:
        super().__init_subclass__(**options)
        if not is_whole:
            cls.written_fields = get_annotations(cls)
            cls.__annotations__ = {}


class Block(_Written):
    """An object within a resource. Its origin is the line where it begins."""

    model_base = _BlockModel

    if TYPE_CHECKING:
        origin: Origin
        unknown: Unknown | None
        """Why it is not known whether this block exists, or what it contains. All its fields are then unknown."""

    @property
    def absent(self) -> Absent:
        """The place to flag if the block lacks something that cannot be a field: its own place."""
        return Absent(self.origin)


class Resource(_Written):
    """The base of all resources. Subclasses give their types, and `cfn_key` and `tf_key`: the argument that names the resource.
    Other resources may refer to it by that literal name instead of by reference."""

    model_base = _ResourceModel

    if TYPE_CHECKING:
        cfn: ClassVar[tuple[str, ...]]
        tf: ClassVar[tuple[str, ...]]
        awscc: ClassVar[tuple[str, ...]]
        """Its types in Terraform's `awscc` provider: CloudFormation's, in another spelling."""
        cfn_key: ClassVar[str]
        tf_key: ClassVar[str]
        declared: Declared

    def __init_subclass__(
        cls,
        cfn: str | tuple[str, ...] = (),
        tf: str | tuple[str, ...] = (),
        cfn_key: str = "",
        tf_key: str = "",
        is_whole: bool = False,
        **options: Any,
    ) -> None:
        super().__init_subclass__(is_whole, **options)
        if is_whole:  # It inherits them.
            return
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
    def own_class(self) -> type[Resource]:
        """The class as it is written in its module. `type(resource)` is the one that `whole` made of it."""
        return class_of(type(self))

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
        """The place to flag if the whole resource is the matter: its header."""
        return Absent(Origin(self.declared.span))

    @property
    def representative(self) -> Reason | None:
        """Why the number of instances is not known, if this represents all of them; else None."""
        return self.declared.representative

    def ignores(self, argument: str) -> bool:
        """Whether Terraform ignores changes of an argument (`lifecycle.ignore_changes`): something else sets it."""
        ignored = ignored_changes(self.declared)
        return argument in ignored or ignored == ALL

    @classmethod
    def key_of(cls, declared: Declared) -> Tree:
        """The argument whose value other resources may use to refer to a resource of this class."""
        from .binding import value_at

        key = cls.cfn_key if declared.dialect == "cloudformation" else cls.tf_key
        if is_awscc(declared):
            key = snake(cls.cfn_key)
        return value_at(declared.body, key) if key else Absent(declared.body.origin)

    def names(self) -> tuple[str, ...]:
        """The literal names by which other resources may refer to it."""
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


@cache
def fields_of(cls: type[Resource | Block]) -> Mapping[str, Any]:
    """The fields of a class and of its bases as they are written, with their bindings. Each is resolved in its own module: a block may be
    defined further down."""
    found: dict[str, Any] = {}
    for base in reversed(class_of(cls).__mro__):
        if issubclass(base, (Resource, Block)) and base not in (Resource, Block):
            own = type(base.__name__, (), {"__annotations__": dict(base.written_fields)})
            found |= get_type_hints(own, vars(sys.modules[base.__module__]), include_extras=True)
    return found


@cache
def whole(cls: type[Resource | Block]) -> Any:
    """The Pydantic model of a class: a subclass with the same name, made once, whose instances are also its own. Most of the time of
    importing a service would go into the models of all its classes, of which a run needs a few."""
    if "written_fields" not in cls.__dict__:  # It is a model already.
        return cls
    create: Any = create_model
    fields = {name: (hint, ...) for name, hint in fields_of(cls).items()}
    return create(
        cls.__name__, __base__=(cls, cls.model_base), __module__=cls.__module__, __cls_kwargs__={"is_whole": True}, **fields
    )


_UNUSED: Final[set[str]] = set()
"""The names of fields that a model was given, as pydantic counts them. Nobody asks here, and models are never changed: all share one."""


def made(cls: type[C], fields: dict[str, Any]) -> C:
    """An instance of the model of a class, with all its fields, which bindings have checked.

    This takes the way of a model that is read from a pickle: `model_construct` goes over all fields again, to look for aliases and
    defaults, and takes three times as long.
    """
    model = whole(cls)
    found: C = model.__new__(model)
    state: dict[str, Any] = {
        "__dict__": fields,
        "__pydantic_fields_set__": _UNUSED,
        "__pydantic_extra__": None,
        "__pydantic_private__": None,
    }
    found.__setstate__(state)  # type: ignore[attr-defined] # every model has it
    return found


def class_of(cls: type[C]) -> type[C]:
    """The class as it is written, of one that `whole` may have made."""
    return cls if "written_fields" in cls.__dict__ else cls.__mro__[1]


Resource.cfn = Resource.tf = Resource.awscc = ()
Resource.cfn_key = Resource.tf_key = ""


ANY: Final = 0
"""Among the certain targets of a link: one of several instances, of which the key is not known. No object has this `id`."""


class Found(NamedTuple):
    """The result of resolving a link; see `Link`."""

    targets: tuple[Any, ...]
    unknown: Unknown | None
    external: tuple[Known[Any], ...]
    value: Tree
    certain: Collection[int]
    """The `id` of the declaration of each certain target: neither it nor the reference depends on a condition."""
    unclear: tuple[Unknown, ...] = ()
    """The values that are not known, and may name something else."""


class Link(Generic[R_co]):
    """Neighbors in the graph. They are resolved when they are first read, since the graph has cycles."""

    __slots__ = ("_arguments", "_found", "_resolve")

    def __init__(self, resolve: Callable[..., Found], *arguments: object) -> None:
        """`resolve(*arguments)` finds the neighbors."""
        self._resolve = resolve
        self._arguments = arguments
        self._found: Found | None = None

    @property
    def _all(self) -> Found:
        if self._found is None:
            self._found = self._resolve(*self._arguments)
            self._arguments = ()
        return self._found

    @property
    def targets(self) -> tuple[R_co, ...]:
        """The resources of the wanted class in this unit, each once."""
        found = self._found
        return (self._all if found is None else found).targets  # Most links are asked more than once.

    @property
    def unknown(self) -> Unknown | None:
        """Why there may be more targets, or why some may not exist; None if the targets are complete."""
        return self._all.unknown

    @property
    def unclear(self) -> tuple[Unknown, ...]:
        """The values that are not known, and may name something else. There may be others where `unknown` is none of them."""
        return self._all.unclear

    @property
    def external(self) -> tuple[Known[Any], ...]:
        """Values that name nothing in this unit: literal names and ARNs."""
        return self._all.external

    @property
    def value(self) -> Tree:
        """The value as written, to be flagged. `Absent` if nothing is written, and for a `Back`."""
        return self._all.value

    @property
    def presence(self) -> Value[Literal[True]]:
        """Whether there is at least one: known true, unknown, or absent. A reference to a resource of another class counts
        also."""
        if self._all.certain or self.external or (not self.targets and is_made_here(self.value)):
            return Known(True, self.value.origin)
        return Absent(self.value.origin) if self.unknown is None else self.unknown

    def surely(self, resource: Resource) -> bool:
        """Whether `resource` is certainly a target: neither it nor the link depends on a condition."""
        return id(resource.declared) in self._all.certain

    def doubt(self, resource: Resource) -> Value[bool]:
        """Whether `resource` is a target: true, or the unknown it depends on."""
        return Known(True) if self.unknown is None or self.surely(resource) else self.unknown

    @property
    def elsewhere(self) -> bool:
        """Whether a value names something outside of this unit, of which nothing is known."""
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
