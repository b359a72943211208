"""What each resource names of the others, and in which argument: by reference, or by the literal name. Arguments about deployment only
(`depends_on`) name nothing that belongs to an architecture."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.partial import PartlyMap
from wa_iac.core.value import Absent, Known, Tree, Unknown

from .kinds import class_of_type, kind_of

_STEPS: Final = 12
"""Data sources that are followed one after another."""
_SHORTEST: Final = 3
"""Literal names that are shorter are not looked for."""
_NOT_BY_NAME: Final = frozenset({"tags", "tagsall", "labels", "description"})
"""Arguments whose contents name no other resource, even if they have its name."""

_OTHER_WORDS: Final = {"rds.dbinstance": "replicatesourcedb"}
"""Arguments with names of a type's resources that do not contain its word."""


class Mention(NamedTuple):
    """One resource's argument that names another one.

    Attributes:
        path: the argument as both dialects have it, in lower case without underscores, with the keys in it: `environment.variables.table`.
            Elements of lists have no step of their own.
        target: the resource that is named.
        attribute: the attribute of the target that is read; empty for a literal name.
        through: the data source that reads it, if it is not named directly.
    """

    path: str
    target: Declared
    attribute: str
    through: str = ""


class Mentions:
    """All mentions of a unit's graph, by the resource that makes them, and by the one that is named."""

    def __init__(self, graph: Graph) -> None:
        self._graph: Final = graph
        self._names: Final = _names(graph)
        self._of: Final[dict[int, tuple[Mention, ...]]] = {}
        self._of_data: Final[dict[int, tuple[Declared, ...]]] = {}
        self.resources: Final = [each for each in graph.declared if each.kind == "resource"]
        self._by: Final[dict[int, list[tuple[Declared, Mention]]]] = defaultdict(list)
        for each in self.resources:
            for mention in self.of(each):
                self._by[id(mention.target)].append((each, mention))

    def of(self, declared: Declared) -> tuple[Mention, ...]:
        """What a resource names, each pair of an argument and a target once, in the order in which it is written."""
        found = self._of.get(id(declared))
        if found is None:
            once: dict[tuple[str, int], Mention] = {}
            for mention in self._found(declared):
                if mention.target is not declared:
                    once.setdefault((mention.path, id(mention.target)), mention)
            found = self._of[id(declared)] = tuple(once.values())
        return found

    def by(self, declared: Declared) -> list[tuple[Declared, Mention]]:
        """Who names a resource, and where."""
        return self._by.get(id(declared), [])

    def by_arn(self, text: str) -> list[Declared]:
        """The resources whose literal name a literal ARN or name has."""
        name = text.rpartition(":")[2].rstrip("*").rstrip("/")
        first, _, rest = name.partition("/")
        return [each for piece in dict.fromkeys((first, rest, name)) if piece for each in self._names.get(Known(piece), ())]

    def _found(self, declared: Declared) -> Iterator[Mention]:
        for path, value in leaves(declared):
            for reference in value.origin.references:
                for target in self._graph.at(reference.address):
                    if target.kind == "resource":
                        yield Mention(path, target, reference.attribute)
                    elif target.kind == "data":
                        for each in self._through(target, _STEPS):
                            yield Mention(path, each, "", target.address)
            if not value.origin.references:
                yield from self._by_name(path, value)

    def _through(self, data: Declared, steps: int) -> tuple[Declared, ...]:
        """The resources that a data source looks up or names in its arguments."""
        found = self._of_data.get(id(data))
        if found is None:
            self._of_data[id(data)] = ()
            targets: dict[int, Declared] = {}
            for _, value in leaves(data):
                for reference in value.origin.references:
                    for target in self._graph.at(reference.address):
                        more: tuple[Declared, ...] = (target,) if target.kind == "resource" else ()
                        if target.kind == "data" and steps:
                            more = self._through(target, steps - 1)
                        targets.update((id(each), each) for each in more)
            found = self._of_data[id(data)] = tuple(targets.values())
        return found

    def _by_name(self, path: str, value: Tree) -> Iterator[Mention]:
        """The resource of which an argument gives the literal name, if the argument is about such resources by its own name."""
        last = path.rpartition(".")[2]
        if path.partition(".")[0] in _NOT_BY_NAME or last == "name" or not isinstance(value, Known | Unknown):
            return
        if isinstance(value, Known) and (not isinstance(value.value, str) or len(value.value) < _SHORTEST):
            return
        for target in self._names.get(value, ()):
            if _word(target.type) in last or last == _OTHER_WORDS.get(kind_of(target.type)):
                yield Mention(path, target, "")


@cache
def _word(type_name: str) -> str:
    """The word for a type's resources that an argument's name contains: `function`, `table`, `loggroup`."""
    resource = kind_of(type_name).partition(".")[2]
    for word in (
        "bucket",
        "table",
        "queue",
        "topic",
        "function",
        "cluster",
        "stream",
        "repository",
        "database",
        "role",
        "secret",
    ):
        if resource.endswith(word):
            return word
    return resource


def _names(graph: Graph) -> dict[Tree, list[Declared]]:
    """The resources by their names, as far as these are written."""
    found: dict[Tree, list[Declared]] = defaultdict(list)
    for each in graph.declared:
        cls = class_of_type(each.type) if each.kind == "resource" else None
        name = cls.key_of(each) if cls is not None else Absent()
        if (isinstance(name, Known) and isinstance(name.value, str)) or isinstance(name, Unknown):
            found[name].append(each)
    return found


@cache
def plain_key(key: str) -> str:
    """A key as both dialects have it: in lower case, without underscores."""
    return re.sub(r"[^a-z0-9]", "", key.lower())


def leaves(declared: Declared) -> Iterator[tuple[str, Tree]]:
    """The scalars of a block's arguments with their paths, also of those in text that a program encodes as JSON, and what is empty or not
    known as a whole."""
    waiting: list[tuple[str, Tree]] = [(plain_key(key), value) for key, value in reversed(declared.body.value.items())]
    while waiting:
        path, value = waiting.pop()
        document = value.origin.document
        if document is not None:
            waiting.append((path, document))
            continue
        if isinstance(value, Known) and isinstance(value.value, dict | list) and value.origin.references:
            yield path, value
        match value:
            case PartlyMap(entries=entries):
                waiting += [(f"{path}.{plain_key(name)}", each) for name, each in reversed(entries.items())]
                waiting += [(path, each) for _, each in value.others]
                yield path, value
            case Known(dict() as entries):
                waiting += [(f"{path}.{plain_key(str(key))}", each) for key, each in reversed(entries.items())]
            case Known(list() as items):
                waiting += [(path, each) for each in reversed(items)]
            case Unknown(alternatives=alternatives) if alternatives:
                waiting += [(path, each.value) for each in reversed(alternatives)]
                yield path, value
            case Absent():
                continue
            case _:
                yield path, value
                if isinstance(value, Unknown):
                    waiting += [(path, part) for part in reversed(value.parts) if isinstance(part, Unknown)]
