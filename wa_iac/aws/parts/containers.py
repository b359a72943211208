"""Container definitions of ECS and Batch: a list of objects in CloudFormation, JSON text in Terraform. Both are read in the
same way."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wa_iac.core.awscc import snake
from wa_iac.core.binding import elements, value_at
from wa_iac.core.coerce import coercion
from wa_iac.core.value import Absent, Known, Origin, Tree, Unknown, Value


@dataclass(frozen=True, slots=True)
class Container:
    """One container. `unknown` says why the definition is not known, if so. All its fields are then unknown."""

    origin: Origin
    unknown: Unknown | None
    tree: Tree

    @property
    def place(self) -> Absent:
        """The place to flag if the container as a whole is wrong: its name, which identifies it."""
        return Absent(self.origin if isinstance(self.name, Absent) else self.name.origin.as_place())

    @property
    def name(self) -> Value[str]:
        return _read(self.tree, "Name", str)

    @property
    def called(self) -> str:
        """Its name as a part of a sentence, behind a noun: ` 'web'`; empty if the name is not known."""
        return f" {self.name.value!r}" if isinstance(self.name, Known) else ""

    @property
    def image(self) -> Value[str]:
        return _read(self.tree, "Image", str)

    @property
    def privileged(self) -> Value[bool]:
        return _read(self.tree, "Privileged", bool)

    @property
    def pod_privileged(self) -> Value[bool]:
        """Whether a container in a Kubernetes pod is privileged."""
        found = _read(self.tree, "SecurityContext.Privileged", bool)
        return _read(self.tree, "security_context.privileged", bool) if isinstance(found, Absent) else found

    @property
    def user(self) -> Value[str]:
        return _read(self.tree, "User", str)

    @property
    def read_only_root(self) -> Value[bool]:
        return _read(self.tree, "ReadonlyRootFilesystem", bool)

    @property
    def credentials(self) -> Value[str]:
        """The secret with which a private registry is read."""
        return _read(self.tree, "RepositoryCredentials.CredentialsParameter", str)

    @property
    def log_driver(self) -> Value[str]:
        return _read(self.tree, "LogConfiguration.LogDriver", str)

    @property
    def log_mode(self) -> Value[str]:
        """What happens if the log driver cannot write: `blocking` lets the program wait."""
        return _read(self.tree, "LogConfiguration.Options.mode", str)

    @property
    def host_ports(self) -> list[Value[int]]:
        """The ports of the instance that its tasks take; 0 or absent where each task gets a free one."""
        return [_read(each, "HostPort", int) for each in _elements(self.tree, "PortMappings[]")]

    @property
    def mounts(self) -> list[Value[str]]:
        """The paths in it at which volumes of its task are."""
        return [_read(each, "ContainerPath", str) for each in _elements(self.tree, "MountPoints[]")]

    @property
    def mounted(self) -> list[Value[str]]:
        """The names of the volumes of its task that it has."""
        return [_read(each, "SourceVolume", str) for each in _elements(self.tree, "MountPoints[]")]

    @property
    def firelens(self) -> Value[str]:
        """The type of its log router; absent for any other container."""
        return _read(self.tree, "FirelensConfiguration.Type", str)

    @property
    def health_check(self) -> Value[Any]:
        return _read(self.tree, "HealthCheck.Command", Any)

    @property
    def essential(self) -> Value[bool]:
        """Whether its task ends with it, which is so unless something else is written."""
        return _read(self.tree, "Essential", bool)

    @property
    def memory(self) -> Value[int]:
        """The memory that it may use at most."""
        return _read(self.tree, "Memory", int)

    @property
    def memory_reservation(self) -> Value[int]:
        """The memory that is kept for it. It may use more."""
        return _read(self.tree, "MemoryReservation", int)

    def environment(self) -> Iterator[tuple[Value[str], Value[str]]]:
        """The environment variables: names and values."""
        yield from self._pairs("Environment[]")

    def pod_environment(self) -> Iterator[tuple[Value[str], Value[str]]]:
        """The environment variables of a container in a Kubernetes pod."""
        yield from self._pairs("Env[]")

    def _pairs(self, path: str) -> Iterator[tuple[Value[str], Value[str]]]:
        for pair in _elements(self.tree, path):
            yield _read(pair, "Name", str), _read(pair, "Value", str)

    def secrets(self) -> Iterator[Value[str]]:
        """The names of the environment variables whose values are secrets."""
        for pair in _elements(self.tree, "Secrets[]"):
            yield _read(pair, "Name", str)

    def secret_sources(self) -> Iterator[Value[str]]:
        """Where the values of these environment variables come from."""
        for pair in _elements(self.tree, "Secrets[]"):
            yield _read(pair, "ValueFrom", str)


def containers(definitions: Tree, path: str = "") -> list[Container]:
    """The containers at `path`, in CloudFormation's spelling. If they cannot be listed: one unknown container."""
    found = [each for tree in (_elements(definitions, path) if path else (definitions,)) for each in _each(tree)]
    return [Container(each.origin, each if isinstance(each, Unknown) else None, each) for each in found]


def _each(tree: Tree) -> Iterator[Tree]:
    """The single definition, or each definition of a list."""
    match tree:
        case Known(list() as items):
            for item in items:
                yield from _each(item)
        case Absent():
            return
        case _:
            yield tree


def _read(tree: Tree, path: str, kind: Any) -> Value[Any]:
    found = value_at(tree, path)
    for other in (_lower(path), _snake(path)):
        if not isinstance(found, Absent):
            break
        again = value_at(tree, other)
        # The nearest written parent is the place where the value would be.
        found = found if isinstance(again, Absent) and again.origin == tree.origin else again
    return coercion(kind)(found, lambda _: None)


def _elements(tree: Tree, path: str) -> list[Tree]:
    return elements(tree, path) or elements(tree, _lower(path)) or elements(tree, _snake(path))


def _lower(path: str) -> str:
    """`LogConfiguration.LogDriver` as JSON spells it: `logConfiguration.logDriver`."""
    return ".".join(name[:1].lower() + name[1:] for name in path.split("."))


def _snake(path: str) -> str:
    """The same in the spelling of Terraform's `awscc` provider: `log_configuration.log_driver`."""
    return ".".join(snake(name.removesuffix("[]")) + ("[]" if name.endswith("[]") else "") for name in path.split("."))
