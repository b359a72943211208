"""What an environment is for: whether its names say that it is not production."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from wa_iac.aws.parts.tags import entries
from wa_iac.core import files
from wa_iac.core.binding import value_at
from wa_iac.core.coerce import Tags
from wa_iac.core.environments import NOT_PRODUCTION, PRODUCTION, is_of_production
from wa_iac.core.graph import Graph
from wa_iac.core.partial import pieces_of
from wa_iac.core.reasons import UnsetVariable, causes
from wa_iac.core.resource import Resource
from wa_iac.core.span import Span
from wa_iac.core.value import Known, Origin, Unknown, Value

from .called import words_of

_TAGS: Final = frozenset({"environment", "env", "stage", "name"})
_LOADED: Final = ("terraform.tfvars", "terraform.tfvars.json", ".auto.tfvars", ".auto.tfvars.json")
_VALUES: Final = (".tfvars", ".tfvars.json")
_CODE: Final = (".tf", ".tofu", ".tf.json", ".tofu.json")
_DIRECTORIES: Final = 3
"""So many directories around a file, or around the call of its module, may name its environment."""


CACHES: Final = frozenset({"cache", "caches", "buildcache", "ephemeral"})
"""What images are called that a build keeps for the next one, and writes over."""
_STAND_INS: Final = frozenset({"mock", "mocks", "mocked", "stub", "stubs", "fake", "simulator"})
"""What is called that takes the place of something real in a test."""


def stands_in(resource: Resource) -> str:
    """The word in the names of a resource that says that it stands for something real in tests; empty if there is none."""
    words = (word for name in (resource.declared.name, *resource.names()) for word in words_of(name).split())
    return next((each for each in words if each in _STAND_INS), "")


def stands_in_by_any_name(resource: Resource) -> str:
    """The same by a name that nothing refers to, and by those of its file and the directory around it: what SAM makes for an event has no name of
    its own."""
    path = Path(files.below_root(resource.declared.span.path))
    own = (piece for key in ("Name", "name") for piece in pieces_of(value_at(resource.declared.body, key)))
    words = (word for name in (*own, path.stem, path.parent.name) for word in words_of(name).split())
    return stands_in(resource) or next((each for each in words if each in _STAND_INS), "")


def is_for_callers(name: Value[str], graph: Graph) -> bool:
    """Whether a name is up to whoever calls a module: a variable without a value is in it, and the module has no provider of its own, as only
    one has that nobody calls."""
    parts = (name, *name.parts) if isinstance(name, Unknown) else ()
    given = any(
        isinstance(why, UnsetVariable) and why.of_root
        for each in parts
        if isinstance(each, Unknown)
        for why in causes(each.reason)
    )
    return given and not graph.once(_has_provider)


def _has_provider(graph: Graph) -> bool:
    return any(each.kind == "context" and each.type.startswith("provider.") for each in graph.declared)


def not_production(resource: Resource, tags: Value[Tags]) -> str:
    """The word in the names, the tags or the directories of a resource that says that it is not for production; empty if there is none,
    or another word says that it is. The default of a parameter is no proof: the same file may be deployed to production."""
    words = [*_words(resource, tags)]
    if any(each in PRODUCTION for each in words):
        return ""
    return next((each for each in words if each in NOT_PRODUCTION), "")


def is_for_production(resource: Resource, tags: Value[Tags]) -> bool:
    """Whether a word in the names, the tags or the directories of a resource says that it is for production."""
    return not PRODUCTION.isdisjoint(_words(resource, tags))


def why_not_production(resource: Resource, tags: Value[Tags]) -> str:
    """A sentence on that word; empty if there is none."""
    word = not_production(resource, tags)
    return f'It is probably not for production: its names, tags or directory have the word "{word}".' if word else ""


def not_production_by_default(resource: Resource, tags: Value[Tags]) -> str:
    """The word of that kind that a default puts into a name or a tag of a resource; empty if there is none. It says what another default is for."""
    values = [value for key, value in entries(tags).items() if key.lower() in _TAGS]
    known = [
        each for each in (*values, resource.key_of(resource.declared)) if isinstance(each, Known) and each.origin.by_default
    ]
    words = [word for each in known for word in words_of(str(each.value)).split()]
    return "" if any(each in PRODUCTION for each in words) else next((each for each in words if each in NOT_PRODUCTION), "")


def _words(resource: Resource, tags: Value[Tags]) -> Iterator[str]:
    for key, value in entries(tags).items():
        if key.lower() in _TAGS and isinstance(value, Known) and not _may_be_another(value.origin, resource):
            yield from words_of(str(value.value)).split()
    named = resource.key_of(resource.declared)
    own = (*resource.names(), *pieces_of(named)) if not _may_be_another(named.origin, resource) else ()
    for label in resource.address.replace("[", ".").split("."):
        # Whoever tries or shows something calls it `test`: that alone says nothing of an environment.
        if (words := words_of(label).split()) != ["test"] or label.startswith('"'):
            yield from words
    for name in own:
        yield from words_of(name).split()
    spans = (resource.span, *(step.span for step in resource.declared.calls))
    for part in (each for span in spans for each in _directories(span)):
        # `private-test` and `staging-eu` name an environment also.
        yield from (part, *part.split("-"))


def _may_be_another(origin: Origin, resource: Resource) -> bool:
    """Whether a word may be another one where the same code is deployed to production: it is that of a default, or of a file that Terraform
    reads without being asked, beside one of values of production."""
    if origin.by_default:
        return True
    if origin.how == "from values":
        calls = resource.declared.calls
        root = calls[0].span.path if calls else resource.span.path
        return resource.dialect == "terraform" and _has_values_of_production(os.path.dirname(os.path.abspath(root)))
    loaded = (each.span.path for each in origin.chain if os.path.basename(each.span.path).endswith(_LOADED))
    return any(_has_values_of_production(os.path.dirname(os.path.abspath(path))) for path in loaded)


@files.once_in_a_run
def _has_values_of_production(module: str) -> bool:
    """Whether a file of values of production is in the directory of a module, or in one below that is no module itself."""
    for folder, inner, names in os.walk(module):
        inside = os.path.relpath(folder, module)
        parts = [] if inside == os.curdir else inside.split(os.sep)
        if parts and (len(parts) > _DIRECTORIES or any(each.endswith(_CODE) for each in names)):
            inner.clear()
            continue
        inner[:] = [each for each in inner if not each.startswith(".")]
        if any(each.endswith(_VALUES) and any(map(is_of_production, (*parts, each))) for each in names):
            return True
    return False


def _directories(span: Span) -> tuple[str, ...]:
    """The names of the directories around a file."""
    return _named(os.path.dirname(os.path.abspath(span.path)))


@files.once_in_a_run
def _named(folder: str) -> tuple[str, ...]:
    """The last names of a directory below the root of its repository. Without one, the name of the scanned directory counts too."""
    inside = files.resolved(Path(folder))
    root = files.named_below(inside)
    above = root if os.path.exists(root / ".git") else root.parent
    parts = inside.relative_to(above).parts if inside.is_relative_to(above) else inside.parts
    return tuple(part.lower() for part in parts[-_DIRECTORIES:])
