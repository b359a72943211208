"""Resources of workshops and demonstrations, which exist for some hours, and whose data is made again; those of environments for
development and tests, which are nobody's workload; and those whose author names them for what they leave out (`single_node`)."""

import re
from typing import Any, Final

from wa_iac.aws.parts.tags import entries
from wa_iac.core import files
from wa_iac.core.coerce import Tags
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.resource import Resource
from wa_iac.core.value import Known, Value

from .called import words_of

_WORD: Final = late(
    r"(?<![a-z])(?:workshops?|hands-?on|builders?-?sessions?|demos?|tutorials?|playgrounds?|simulators?)(?![a-z])",
    re.IGNORECASE,
)
_ENVIRONMENT: Final = late(
    r"(?<![a-z])(?:dev|development|staging|stage|stg|qa|sandbox|test|testing|e2e[-_]?tests?|non-?prod|pre-?prod|"
    r"feature[-_]?branch(?:es)?|review[-_]?apps?)(?![a-z])",
    re.IGNORECASE,
)
_BRIEF: Final = late(r"\b(?:workshops?|hands-?on|tutorials?|playground)\b", re.IGNORECASE)
_FOR_DEVELOPMENT: Final = late(
    r"\bfor (?:local |the )?(?:dev|development|testing|tests?|demos?|demonstrations?)(?: (?:purposes?|only|environments?))?(?=[\s.,;)]*$)",
    re.IGNORECASE,
)
"""How a description ends that says what a template is for: one in the middle may speak of a feature ("for testing pipelines")."""
DESCRIBED: Final = "It is for development or tests, by the description of its template."
FOR_A_WORKSHOP: Final = "It is part of a workshop or a tutorial, by the description of its template."
FOR_SOME_HOURS: Final = "It is part of a workshop or a demonstration, by the path of its file."
FOR_READERS: Final = "It is an example, by the path of its file."
_EXAMPLES: Final = frozenset({"example", "examples", "sample", "samples"})
FOR_DEVELOPMENT: Final = "It is part of an environment for development or tests, by the path of a file."


_ALONE: Final = late(
    r"(?:^|(?<= ))(?:(?:single|one|1) ?(?:node|instance|az|zone|server|replica)|non ?ha|no ?ha|without ha)(?= |$)"
)
_PLAIN: Final = late(r"(?:^|(?<= ))(?:(?:no|non|not|without) ?encrypt(?:ed|ion)?|unencrypted)(?= |$)")
_IN_THE_OPEN: Final = late(r"(?:^|(?<= ))(?:(?:non|no|without|outside) ?vpc|public)(?= |$)")


def named_alone(resource: Resource) -> str:
    """A sentence on a name by which the author says that it is one of its kind, without another to take its place; empty if none does."""
    return _on_purpose(resource, _ALONE)


def named_in_the_open(resource: Resource) -> str:
    """A sentence on a name by which the author says that it is not in a VPC; empty if none does."""
    return _on_purpose(resource, _IN_THE_OPEN)


def named_unencrypted(resource: Resource) -> str:
    """A sentence on a name by which the author says that it is not encrypted, such as beside a variant that is; empty if none does."""
    return _on_purpose(resource, _PLAIN)


def _on_purpose(resource: Resource, words: re.Pattern[str]) -> str:
    """A sentence on the first of these words in the path of its outermost file, in its names, or in those of the calls that make it."""
    for name in (resource.address, *resource.names()):
        if (found := words.search(words_of(name))) is not None:
            return f'Its author names it "{found[0]}", probably on purpose.'
    found = words.search(words_of(files.below_root(_outermost(resource))))
    return "" if found is None else f'The path of a file names it "{found[0]}", probably on purpose.'


def is_of_a_workshop(resource: Resource) -> bool:
    """Whether the path of a resource's file has the word, below the root of its repository or of the scan."""
    return _names(resource.span.path, _WORD)


def is_an_example(resource: Resource) -> bool:
    """Whether the file of a resource is in a directory of examples, below the root of its repository or of the scan."""
    return _is_of_examples(resource.span.path)


def is_called_by_an_example(resource: Resource) -> bool:
    """Whether the file of the outermost call of a resource's module is in such a directory: the example decides what it passes."""
    return bool(resource.declared.calls) and _is_of_examples(_outermost(resource))


def is_passed_by_an_example(resource: Resource, value: Value[Any]) -> bool:
    """Whether an example passes a value in its call of the resource's module: it decides for itself alone."""
    chain = value.origin.chain
    passed = any(each.argument for each in chain) and not chain[-1].default_of
    return passed and is_called_by_an_example(resource)


def _is_of_examples(path: str) -> bool:
    return not _EXAMPLES.isdisjoint(files.below_root(path).lower().split("/")[:-1])


def of_a_workshop(resource: Resource, graph: Graph, tags: Value[Tags] | None = None) -> str:
    """A sentence on the path of a resource's file, on its tags or on the description of its template, by which it is part of a workshop;
    empty if none is."""
    if is_of_a_workshop(resource):
        return FOR_SOME_HOURS
    for key, value in entries(tags).items() if tags is not None else ():
        if _BRIEF.search(key) or (isinstance(value, Known) and _BRIEF.search(str(value.value))):
            return "It is part of a workshop or a tutorial, by its tags."
    return FOR_A_WORKSHOP if _BRIEF.search(description_of(resource, graph)) is not None else ""


def described_for_development(resource: Resource, graph: Graph) -> str:
    """A sentence on the description of a resource's template, by which it is for development or tests; empty if it does not say so."""
    return DESCRIBED if _FOR_DEVELOPMENT.search(description_of(resource, graph)) is not None else ""


def described_alone(resource: Resource, graph: Graph) -> str:
    """The same as `named_alone`, also by the description of the resource's template."""
    if (said := named_alone(resource)) != "":
        return said
    found = _ALONE.search(words_of(description_of(resource, graph)))
    return "" if found is None else f'The template says "{found[0]}", probably on purpose.'


def description_of(resource: Resource, graph: Graph) -> str:
    """The description of the template that declares a resource; empty if it has none."""
    return graph.once(_descriptions).get(resource.declared.span.path, "")


def _descriptions(graph: Graph) -> dict[str, str]:
    """The descriptions of templates, by the paths of their files."""
    found: dict[str, str] = {}
    for each in graph.declared:
        if each.kind == "context" and each.type == "template-description":
            text = each.body.value.get("text")
            if isinstance(text, Known):
                found[each.span.path] = str(text.value)
    return found


def is_of_development(resource: Resource) -> bool:
    """Whether the path of a resource's file, or of the outermost module call or stack that makes it, names such an environment."""
    return _names(_outermost(resource), _ENVIRONMENT)


def without_need(resource: Resource) -> str:
    """Why nobody would protect a resource against every loss, by its names or the paths of files: a sentence; empty where none says so."""
    if is_of_a_workshop(resource):
        return FOR_SOME_HOURS
    return FOR_DEVELOPMENT if is_of_development(resource) else named_alone(resource)


def _outermost(resource: Resource) -> str:
    """The path of the outermost module call or stack that makes a resource; of its own file, if none does."""
    calls = resource.declared.calls
    return calls[0].span.path if calls else resource.span.path


def _names(path: str, word: re.Pattern[str]) -> bool:
    """Whether a path has a word, below the root of its repository or of the scan. `deviceSimulator` has two."""
    if word.search(words_of(path)) is None and word.search(path) is None:
        return False
    below = files.below_root(path)
    return word.search(words_of(below)) is not None or word.search(below) is not None
