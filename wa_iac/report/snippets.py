"""Remedies as code in the language of the file that they are for.

A remedy is written once for CloudFormation and once for Terraform. From these come JSON templates, Terraform's JSON, the `awscc`
provider (CloudFormation's properties in snake case), and the call by which a CDK program sets a property of a generated
resource.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from wa_iac.core.awscc import snake, type_name
from wa_iac.core.fix import Content, Satellite, Wanted, anew, content_of, items_of
from wa_iac.core.late_pattern import late
from wa_iac.core.remedy import Remedy, Snippet, innermost

from .hcl_data import arguments, assigned, filled, in_document, in_hcl, in_text, plain

Language: TypeAlias = Literal["yaml", "json", "hcl", "terraform-json", "awscc", "awscc-json", "typescript", "python"]

THIS: Final = late(r"<this(?: [^<>\n]*)?>")
"""The name of the finding's own resource."""
_ATTRIBUTES: Final = frozenset({"DeletionPolicy", "UpdateReplacePolicy", "UpdatePolicy", "CreationPolicy"})
_STATEMENT: Final = frozenset({"Effect", "Principal", "Action", "Condition"})
"""Names in a policy statement, which stay as they are."""


class Construct(NamedTuple):
    """A construct of a CDK program: its path, the type of its resource, and the names of that type's properties."""

    path: str
    type: str
    properties: frozenset[str]

    def resource(self, language: Language) -> str:
        """The expression for its resource, under the name that its variable probably has."""
        name = self.path.rpartition("/")[2]
        if language == "python":
            return f"{snake(name)}.node.default_child"
        return f"({name[:1].lower()}{name[1:]}.node.defaultChild as Cfn{self.type.rpartition('::')[2]})"

    def without(self, names: Sequence[str], language: Language) -> list[str]:
        """The calls that remove properties."""
        if language == "python":
            return [f'{self.resource(language)}.add_property_deletion_override("{name}")' for name in names]
        return [f'{self.resource(language)}.addPropertyDeletionOverride("{name}");' for name in names]


class Code(NamedTuple):
    """A remedy in one language. `notes` are its comments, as sentences."""

    notes: tuple[str, ...]
    text: str

    @property
    def only(self) -> tuple[str, str] | None:
        """The property and the value, if the remedy is one literal."""
        found = _ONLY.fullmatch(self.text)
        return (found["name"], found["value"]) if found is not None else None


_ONLY: Final = late(r'"?(?P<name>\w+)"?(?:: | = )(?P<value>"[^"\n]*"|[\w./-]+)')


def code(snippet: Snippet, language: Language, *, this: str = "", construct: Construct | None = None) -> Code:
    """A remedy in a language. `this` is the name of the finding's own resource, for `<this>`."""
    if not isinstance(snippet, str):
        return Code((), _of_content(innermost(snippet), language, construct))
    notes, text = _without_comments(THIS.sub(lambda _: this, snippet) if this else snippet)
    if language in ("yaml", "hcl") or not text:
        return Code(notes, text)
    if language == "terraform-json":
        from .snippets_hcl import hcl_as_data

        found = hcl_as_data(text)
        return Code(notes, text if found is None else _json(found))
    from .snippets_yaml import yaml_as_data

    data = yaml_as_data(text)
    return Code(notes, text if data is None else _of_data(data, language, construct))


def document(text: str) -> str:
    """A remedy in HCL as members of an object in a JSON document. Empty if it is only a part of something."""
    from .snippets_hcl import hcl_as_data

    found = hcl_as_data(text)
    return "" if found is None else _json(found)


class Fenced(NamedTuple):
    """A remedy of a rule for a page. `types` are the types that it is for, in words; empty for the rest of the dialect."""

    language: Literal["yaml", "hcl"]
    types: str
    text: str


def of_page(remedy: Remedy) -> list[Fenced]:
    """The remedies of a rule, as its page shows them: CloudFormation's, those of single types, Terraform's."""
    found = [Fenced("yaml", "", _of_page(remedy.cfn, "yaml"))]
    found += [Fenced(each.language, each.types, _of_page(each.snippet, each.language)) for each in remedy.others()]
    added = "" if remedy.beside is None else satellite(remedy.beside, "hcl", "<the resource>", "this")
    found.append(Fenced("hcl", "", added or _of_page(remedy.tf, "hcl")))
    return [each for each in found if each.text]


def _of_page(snippet: Snippet, language: Literal["yaml", "hcl"]) -> str:
    return snippet.strip("\n") if isinstance(snippet, str) else code(snippet, language).text


def satellite(added: Satellite, language: Language, this: str, name: str) -> str:
    """A Terraform resource of a name to add beside the one of the name `this`."""
    if language == "terraform-json":
        body = {added.by: f"${{{this}.id}}", **_plain(added.body)}
        return _json({"resource": {added.type: {name: body}}})
    from .snippets_hcl import satellite_block

    return satellite_block(added, name, this)


def _without_comments(text: str) -> tuple[tuple[str, ...], str]:
    """The comments on lines of their own, as sentences, and the other lines. A comment that suppresses something is code."""
    lines = text.strip("\n").splitlines()
    comments = [line for line in lines if line.lstrip().startswith("#") and not line.startswith("# wa-iac:")]
    notes = tuple(_sentence(line.strip().lstrip("# ")) for line in comments)
    return notes, "\n".join(line for line in lines if line not in comments)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith((".", ":")) else ".")


# Content


def _of_content(content: Content, language: Language, construct: Construct | None) -> str:
    match language:
        case "yaml":
            members = {key._replace(name=key.name.removeprefix("@")): value for key, value in anew(content)}
            from .snippets_yaml import yaml_lines

            return yaml_lines(members)
        case "hcl":
            from .snippets_hcl import arguments

            return arguments(content)
        case "terraform-json":
            return _json(_plain(content))
        case _:
            return _of_data(_plain(content), language, construct)


def _plain(content: Content) -> dict[str, Any]:
    """Content as JSON data."""
    made: dict[str, Any] = {}
    for key, value in anew(content):
        plain = _plain_value(value)
        made[key.name.removeprefix("@")] = [plain] if key.key else plain
    return made


def _plain_value(value: Wanted) -> Any:
    within, items = content_of(value), items_of(value)
    if within is not None:
        return _plain(within)
    return [_plain_value(each) for each in items] if items is not None else value


def _of_data(data: Any, language: Language, construct: Construct | None) -> str:
    match language:
        case "typescript" | "python":
            return _of_program(data, language, construct)
        case "awscc":
            return _of_awscc(data)
        case "awscc-json":
            return _json(_awscc_data(data))
        case _:
            return _json(data)


def _json(data: Any) -> str:
    """Members of an object, or elements of a list, without the brackets around them."""
    lines = _dumped(data).splitlines()
    return "\n".join(line[2:] for line in lines[1:-1]) if len(lines) > 1 else lines[0]


def _dumped(data: Any, indent: str = "") -> str:
    """JSON over several lines, with lists of plain values on one line."""
    inner = f"{indent}  "
    match data:
        case dict() if data:
            members = (f"{inner}{json.dumps(key, ensure_ascii=False)}: {_dumped(each, inner)}" for key, each in data.items())
            return "\n".join(["{", ",\n".join(members), f"{indent}}}"])
        case list() if any(isinstance(each, (dict, list)) for each in data):
            return "\n".join(["[", ",\n".join(f"{inner}{_dumped(each, inner)}" for each in data), f"{indent}]"])
        case _:
            return json.dumps(data, ensure_ascii=False)


def _resources(data: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The name, type and properties of each resource, if the data are whole resources."""
    for name, each in data.items() if isinstance(data, dict) else ():
        if isinstance(each, dict) and isinstance(kind := each.get("Type"), str) and "::" in kind:
            yield name, kind, each.get("Properties", {})


def _of_program(data: Any, language: Literal["typescript", "python"], construct: Construct | None) -> str:
    """A remedy in a CDK program: an override of the generated resource, or another resource."""
    shown = _python if language == "python" else _typescript
    if resources := list(_resources(data)):
        return "\n".join(
            f'CfnResource(self, "{name}", type="{kind}", properties={shown(properties)})'
            if language == "python"
            else f'new CfnResource(this, "{name}", {shown({"type": kind, "properties": properties})});'
            for name, kind, properties in resources
        )
    if construct is None or not isinstance(data, dict):
        return shown(data)
    inside = construct.properties.issuperset(data)
    if not inside and not _ATTRIBUTES.issuperset(data):
        return shown(data)
    if language == "python":
        call = f"{construct.resource(language)}.add_{'property_' if inside else ''}override"
        return "\n".join(f'{call}("{key}", {shown(value)})' for key, value in data.items())
    call = f"{construct.resource(language)}.add{'Property' if inside else ''}Override"
    return "\n".join(f'{call}("{key}", {shown(value)});' for key, value in data.items())


def _typescript(data: Any) -> str:
    return _dumped(data)


def _python(data: Any) -> str:
    words = {"true": "True", "false": "False", "null": "None"}
    return re.sub(r'"(?:[^"\\]|\\.)*"|\b(?:true|false|null)\b', lambda word: words.get(word[0], word[0]), _typescript(data))


def _of_awscc(data: Any) -> str:
    statement = data[0] if isinstance(data, list) and data else data
    if isinstance(statement, dict) and not _STATEMENT.isdisjoint(statement):
        return in_hcl(statement, "", spelled=False)
    if resources := list(_resources(data)):
        return "\n\n".join(
            "\n".join([f'resource "{type_name(kind)}" "{snake(name)}" {{', *assigned(properties, "  "), "}"])
            for name, kind, properties in resources
        )
    return "\n".join(assigned(data, "")) if isinstance(data, dict) else in_hcl(data, "")


def _awscc_data(data: Any) -> Any:
    """A remedy for a resource of the `awscc` provider in Terraform's JSON."""
    if resources := list(_resources(data)):
        return {"resource": {type_name(kind): {snake(name): arguments(properties)} for name, kind, properties in resources}}
    statement = data[0] if isinstance(data, list) and data else data
    return plain(data) if isinstance(statement, dict) and not _STATEMENT.isdisjoint(statement) else arguments(data)


Spelling: TypeAlias = Literal["json", "jsonencode", "document", "text"]


def statement(snippet: str, spelling: Spelling) -> str:
    """A part of a policy statement, written for a template, as Terraform has it: in a text of JSON, in `jsonencode`, or in a policy
    document's block; or in a text of JSON in a template. Empty if it is no such part."""
    from .snippets_yaml import yaml_as_data

    data = yaml_as_data(snippet)
    if not isinstance(data, dict) or not _PARTS.issuperset(data):
        return ""
    if spelling == "document":
        return "\n".join(line for key, value in data.items() for line in in_document(key, value))
    if spelling == "text":
        return ",\n".join(f'"{key}": {json.dumps(filled(value), ensure_ascii=False)}' for key, value in data.items())
    if spelling == "json":
        return ",\n".join(f'"{key}": {in_text(value)}' for key, value in data.items())
    return in_hcl(data, "", spelled=False)[2:-2].replace("\n  ", "\n").strip()


_PARTS: Final = frozenset({"Action", "Condition", "Effect", "Principal", "Resource"})
