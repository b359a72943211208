"""The remedy of one finding: what to write instead, in the format of its file, and where.

A rule says what to write (`core.remedy`). The rest depends on the finding: a value may come from a variable, a parameter, an
expression, a `dynamic` block or an argument of a module call, and the change belongs there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final, NamedTuple

from wa_iac.core.awscc import is_awscc
from wa_iac.core.declared import Declared
from wa_iac.core.finding import Finding, Subject
from wa_iac.core.fix import place
from wa_iac.core.reader import field_specs
from wa_iac.core.remedy import Remedy, Snippet
from wa_iac.core.resource import Resource
from wa_iac.core.secrets import WORD, Hidden, seen
from wa_iac.core.span import Span

from . import snippets
from .also_decided import also_decided
from .callers import set_at
from .code_parts import is_added
from .companions import (
    companion_name,
    kinds_of,
    left_out,
    named_apart,
    switched_off,
    with_condition,
    with_provider,
)
from .documents import FOLLOWING, document_part, dynamic_part, policy_part, template_part
from .generated import generated
from .ignored import ignored_at, ignored_in
from .instances import of_instance
from .misplaced import misplaced
from .neighbors import named, repeating
from .new_function_versions import new_function_version
from .new_versions import new_version
from .of_dialect import of_dialect
from .old_syntax import in_old_syntax
from .own_values import as_written, repeated_by
from .parts_there import THERE
from .provider_version import provider_held, provider_needed
from .renamed import renamed
from .sam_globals import exists_already
from .setters import in_place
from .shared_lines import shared_by
from .snippets import Code, Construct, Language
from .switched import turned_off
from .written_names import WrittenNames, place_in, written_names

_FENCES: Final = {"awscc": "hcl", "awscc-json": "json", "terraform-json": "json"}


class Advice(NamedTuple):
    """A remedy: sentences on where it belongs and what to decide, the code, in a language with this name in
    Markdown, and the names to remove. `others` says what is to be done for other instances of the same fault instead, with the code for
    that, or none. `held` is a last sentence, on a provider that is limited to older versions."""

    sentences: tuple[str, ...]
    code: str
    language: str
    removes: tuple[str, ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    held: str = ""

    @property
    def text(self) -> str:
        return "\n".join(
            filter(None, (*self.sentences, self.code, *(text for each in self.others for text in each), self.held))
        )


def remedy(finding: Finding) -> Advice:
    """The remedy of a finding."""
    made = _with_interpolations(_made(finding), finding)
    made = made._replace(
        sentences=(*generated(finding), *also_decided(made.sentences, finding), *made.sentences),
        held=provider_held(made.sentences, made.code, finding),
    )
    secrets = seen()
    if not secrets:
        return made
    hidden = Hidden(secrets)
    words = frozenset(WORD.findall(finding.rule.page))
    sentences = tuple(hidden.out_of_sentence(each, words) for each in made.sentences)
    return made._replace(sentences=sentences, code=hidden.out_of_sentence(made.code, words))


def _with_interpolations(made: Advice, finding: Finding) -> Advice:
    """A remedy in HCL with references as its file has them."""
    if made.language != "hcl" or not made.code or finding.subject is None:
        return made
    from wa_iac.parsers.terraform.text.interpolations import refers_in_strings, requires_strings

    sources, (directory, _, _) = finding.subject.sources, finding.span.path.rpartition("/")
    beside = (data for path, data in sources.items() if path.rpartition("/")[0] == directory)
    if not refers_in_strings(sources.get(finding.span.path, b"")) and not any(map(requires_strings, beside)):
        return made
    from .snippets_hcl import with_interpolations

    return made._replace(code=with_interpolations(made.code))


def meant(finding: Finding) -> Remedy | str:
    """The remedy of a finding as its rule gives it for this resource, in no format: equal for findings with the same remedy."""
    remedy = finding.instead or finding.rule.remedy
    if isinstance(remedy, str) or finding.subject is None:
        return remedy
    return remedy.for_resource(finding.subject.resource, finding.subject.graph)


def _made(finding: Finding) -> Advice:
    subject = finding.subject
    remedy = meant(finding)
    if isinstance(remedy, str):
        ignored = ignored_at(finding)
        return Advice(tuple(filter(None, (of_dialect(remedy, finding.dialect), set_at(finding), ignored))), "", "")
    if subject is None:
        language: Language = "hcl" if finding.dialect == "terraform" else "yaml"
        code = snippets.code(remedy.snippet(finding.dialect, finding.made_from or finding.type), language)
        return Advice(code.notes, code.text, language)
    return _Making(finding, subject, remedy).advice()


class _Making:
    """A remedy on its way into the format of its file."""

    def __init__(self, finding: Finding, subject: Subject, remedy: Remedy) -> None:
        self._finding = finding
        self._subject = subject
        decision = of_dialect(remedy.decision, finding.dialect)
        self._remedy = remedy = remedy if decision == remedy.decision else replace(remedy, decision=decision)
        self._language = _language(finding, subject)
        self._called = _FENCES.get(self._language, self._language)
        self._this = _own_name(finding, subject)
        self._construct = _construct(subject)
        self._kind, snippet = _snippet(finding, subject, remedy)
        self._snippet = _missing_only(subject, snippet)
        self._removes = _written(finding, subject, remedy.removes)
        self._removal = f"Remove {' and '.join(self._removes)}." if self._removes else ""
        version = new_version(subject) if self._snippet else ""
        self._decided = tuple(filter(None, (remedy.decision, version, renamed(subject, remedy), self._removal)))

    def advice(self) -> Advice:
        """The first of these ways that fits."""
        ways = (self._without, self._beside, self._in_words, self._statement, self._of_companion, self._in_document)
        made = next(filter(None, (way() for way in ways)), None) or self._in_place()
        declared = self._subject.declared
        old = (
            in_old_syntax(declared, self._subject.sources, made.code)
            if self._language == "hcl" and declared is not None
            else ""
        )
        needed = provider_needed(made.code, self._kind, self._subject) if self._language == "hcl" and made.code else ""
        first = tuple(filter(None, (needed, old)))
        return made._replace(sentences=(*first, *made.sentences)) if first else made

    def _made(self, sentences: Iterable[str], code: str = "", language: str | None = None) -> Advice:
        return Advice(tuple(sentences), code, self._called if language is None else language, self._removes)

    def _without(self) -> Advice | None:
        """For a resource that a setting of Terraform makes: the setting."""
        made = self._subject.graph.at(self._remedy.cause) if self._language == "hcl" else []
        sentence = turned_off(self._subject, made[0]) if made else ""
        return Advice((sentence,), "", self._called) if sentence else None

    def _beside(self) -> Advice | None:
        """The resource that a remedy adds if the finding's own has none of its arguments."""
        beside = self._remedy.beside
        lacks = self._kind == self._finding.type and not _has(self._subject, self._remedy.tf)
        if beside is None or self._language not in ("hcl", "terraform-json") or not lacks:
            return None
        if off := switched_off(self._finding, self._subject, {beside.type}):
            return Advice((*self._decided, off), "", self._called)
        name = companion_name(beside.type, self._subject, self._this.rpartition(".")[2])
        added = snippets.satellite(beside, self._language, self._this, name)
        shared = shared_by(self._finding, self._subject, added=True)
        return Advice(
            tuple(filter(None, (*self._decided, shared))),
            of_instance(self._subject, with_provider(added, self._subject.declared), self._this),
            self._called,
        )

    def _in_words(self) -> Advice | None:
        """For a remedy without code: its decision, and the place that sets the value."""
        if self._snippet and not (isinstance(self._snippet, str) and not self._snippet.strip()):
            return None
        if self._construct is not None and self._removes:
            return self._made(_program(self._construct), "\n".join(self._construct.without(self._removes, self._language)))
        setter = "" if self._remedy.differs else set_at(self._finding)
        more = repeated_by(self._subject, self._remedy.more_of) if self._remedy.more_of else ""
        return self._made(filter(None, (*self._decided, more, setter, ignored_at(self._finding))))

    def _statement(self) -> Advice | None:
        """A part of a policy statement."""
        if self._language == "yaml" and (text := template_part(self._finding, self._subject, self._remedy)) is not None:
            return self._made((*self._decided, text.place), text.text, text.language)
        policy = policy_part(self._finding, self._subject, self._remedy) if self._language == "hcl" else None
        if policy is None:
            return None
        dynamic = dynamic_part(self._finding, self._subject, policy.text)
        sentences = (*self._decided, ignored_at(self._finding), dynamic, policy.place)
        return self._made(filter(None, sentences), policy.text, policy.language)

    def _of_companion(self) -> Advice | None:
        """For code with resources, of which the module has one that is switched off. Others get names of their own."""
        if not isinstance(self._snippet, str) or self._construct is not None:
            return None
        # What has to differ from the finding's own is one more of its kind: another that exists is no substitute.
        kinds = set() if self._remedy.differs else kinds_of(self._snippet)
        off = switched_off(self._finding, self._subject, kinds) or left_out(self._subject, self._snippet)
        if off:
            return self._made((*self._decided, off))
        repeated_here = repeating(self._snippet, self._subject, self._language)
        apart = named_apart(named(repeated_here, self._subject), self._subject)
        self._snippet = with_condition(as_written(apart, self._subject, self._language), self._subject)
        return None

    def _in_document(self) -> Advice | None:
        """For code that belongs into a JSON document."""
        if self._language != "hcl":
            return None
        code = self._code()
        within = document_part(self._finding, self._subject, code)
        if within is None:
            return None
        sentences = (*self._decided, *code.notes, ignored_at(self._finding), within.place)
        return self._made(filter(None, sentences), within.text, within.language)

    def _in_place(self) -> Advice:
        """Code for the place of the finding, or for the place that sets its value."""
        code, decided, around = self._code(), self._decided, _around(self._subject, self._finding.span)
        if self._language in ("hcl", "awscc") and (ignored := ignored_in(around or self._subject.declared, code.text)):
            leads = bool(decided) and decided[-1].endswith(":")
            decided = (ignored, *decided) if leads else (*decided, ignored)
        if self._finding.dialect == "cloudformation" and (version := new_function_version(self._subject, code.text)):
            decided = (*decided, version)
        where, text = _in_place(self._finding, self._subject, code, self._language, self._remedy)
        text = of_instance(self._subject, with_provider(text, self._subject.declared), self._this)
        if self._construct is not None and self._removes:
            decided = (self._remedy.decision,) if self._remedy.decision else ()
            text = "\n".join((text, *self._construct.without(self._removes, self._language)))
        if where and not where[-1].endswith(":") and self._removal and self._removes.given:
            decided = tuple(each for each in decided if each != self._removal)
            where = (*where, f"Leave out {' and '.join(self._removes)} there.")
        there = exists_already(text, self._subject)
        added = text.lstrip().startswith("resource ")
        # Code for a part that is there already is for the resource's own block as well.
        shared = "" if any(THERE not in each for each in where) else shared_by(self._finding, self._subject, added=added)
        return self._made(filter(None, (*decided, *code.notes, *where, there, shared)), text)

    def _code(self) -> Code:
        return snippets.code(self._snippet, self._language, this=self._this, construct=self._construct)


def _written(finding: Finding, subject: Subject, names: tuple[str, ...]) -> WrittenNames:
    """Those of some names of arguments that are written beside a finding's place."""
    own, span = subject.declared, finding.span
    if not names:
        return WrittenNames()
    if own is not None and not own.extent.holds(span):
        other = _around(subject, span)
        data = subject.sources.get(own.extent.path, b"")
        if other is None and (place := place_in(own, span, data)) is not None:
            return written_names(names, data, own.extent, place)
        own = other
    extent = span._replace(end_byte=span.start_byte + FOLLOWING) if own is None else own.extent
    return written_names(names, subject.sources.get(extent.path, b""), extent, span.start_byte)


def _language(finding: Finding, subject: Subject) -> Language:
    declared = subject.declared
    path = declared.span.path if declared is not None else finding.span.path
    if finding.dialect == "terraform":
        cloud_control = declared is not None and is_awscc(declared)
        if path.endswith((".tf.json", ".tofu.json")):
            return "awscc-json" if cloud_control else "terraform-json"
        return "awscc" if cloud_control else "hcl"
    if declared is not None and declared.construct:
        program = declared.source.path if declared.source is not None else ""
        return "python" if program.endswith(".py") else "typescript"
    return "json" if subject.sources.get(path, b"").lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" else "yaml"


def _snippet(finding: Finding, subject: Subject, remedy: Remedy) -> tuple[str, Snippet]:
    """The type whose properties are to change, and what to write: those of the satellite in which the flagged place is, if the
    remedy has something for that."""
    satellite = _around(subject, finding.span)
    if satellite is not None and satellite.type in remedy.of:
        return satellite.type, remedy.of[satellite.type]
    written = finding.made_from or finding.type
    beside = remedy.of.get(finding.type, "")
    if written not in remedy.of and isinstance(beside, str) and is_added(beside):
        written = finding.type  # A resource beside the one that SAM makes: only properties have other names in SAM.
    return finding.type, remedy.snippet(finding.dialect, written)


def _around(subject: Subject, span: Span) -> Declared | None:
    """The resource that contains a place, if it is not the finding's own."""
    own = subject.declared
    if own is None or own.extent.holds(span):
        return None
    found = [each for each in subject.graph.declared if each.extent.holds(span)]
    # Each call of a module has one, and each key of a block: that of the finding's resource has the same key, or refers to it.
    same = [each for each in found if each.calls == own.calls] or found
    if len(same) < 2:
        return next(iter(same), None)
    refers = (each for each in same if any(other is own for other in subject.graph.referred(each.body)))
    keys = [key.key for key in own.keys]
    alike = (each for each in same if keys and [key.key for key in each.keys] == keys)
    return next(refers, None) or next(alike, same[0])


def _has(subject: Subject, snippet: Snippet) -> bool:
    """Whether a resource has one of the names in a remedy."""
    body = subject.resource.declared.body.value if subject.resource is not None else {}
    return not isinstance(snippet, str) and any(place(name).name in body for name in snippet)


def _missing_only(subject: Subject, snippet: Snippet) -> Snippet:
    """A remedy without the names that it only adds where they are missing, if they are written, and without those that it only changes, if not."""
    if isinstance(snippet, str) or subject.resource is None:
        return snippet
    body = subject.resource.declared.body.value
    parsed = ((name, place(name), each) for name, each in snippet.items())
    return {
        name.removesuffix("!"): each
        for name, where, each in parsed
        if not (where.only_missing if where.name in body else where.only_written)
    }


def _own_name(finding: Finding, subject: Subject) -> str:
    """The name by which other code of the same module or template refers to the finding's resource."""
    if subject.resource is None:
        return ""
    declared = subject.resource.declared
    return declared.name if finding.dialect == "cloudformation" else f"{declared.type}.{declared.name}"


def _construct(subject: Subject) -> Construct | None:
    resource = subject.resource
    if resource is None or not resource.declared.construct:
        return None
    return Construct(resource.declared.construct, resource.declared.type, _properties(type(resource)))


def _properties(cls: type[Resource]) -> frozenset[str]:
    """The names of the properties that we know of a class, at the top level."""
    paths = (each.path for spec in field_specs(cls) for each in spec.cfn if not each.of)
    return frozenset(re.split(r"[.\[|]", path)[0] for path in paths)


def _in_place(
    finding: Finding, subject: Subject, code: Code, language: Language, remedy: Remedy
) -> tuple[tuple[str, ...], str]:
    """Sentences on the place where the code belongs, and the code for it."""
    resource = subject.resource
    if resource is None or not code.text or is_added(code.text):
        return (), code.text
    if (construct := _construct(subject)) is not None:
        return _program(construct), code.text
    declared = _around(subject, finding.span) or resource.declared
    if sentence := misplaced(declared, subject.sources, code.text):
        return (sentence,), ""
    *sentences, text = in_place(finding, subject, declared, code, language, differs=remedy.differs, keeps=remedy.keeps)
    return tuple(sentences), text


def _program(construct: Construct) -> tuple[str, ...]:
    return (f"In the program, for the construct {construct.path}:",)
