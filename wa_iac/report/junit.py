"""The report as JUnit's XML, which most build servers read: a finding is a failed test.

There is one test case for each rule and resource with a finding, one for each error, and a passed one if nothing is wrong,
since some readers treat a file without tests as a mistake.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as Xml

from wa_iac.core.errors import InternalError, WaIacError
from wa_iac.core.finding import Finding, Report
from wa_iac.core.late_pattern import late

from . import not_judged
from .coverage import coverage_lines, held
from .encode import COMMAND
from .group_by import GroupBy
from .items import Item, items, sections
from .listing import label, listed, names, one_line, remedy, whole_message
from .paths import Uris

_NO_CHARACTER: Final = late("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]")
"""Characters that XML cannot hold, and those that a terminal would execute. (Halves of surrogate pairs are replaced when the
report is written, as in all formats.)"""

_COUNTS: Final = {"tests": "testcase", "failures": "testcase/failure", "errors": "testcase/error"}


def render(
    report: Report, *, show_unknown: bool, root: Path | None, group_by: GroupBy | None = None, show_passed: bool = False
) -> str:
    """The report as XML text, in one suite, or in one for each section and one for everything else. Paths are relative to
    `root`. `show_passed` adds a passed test case for each rule that a resource keeps."""
    uris = Uris(root)
    suite = Xml.Element("testsuite", name="wa-iac")
    for error in report.mistakes():
        _error(suite, error, uris)
    findings = listed(report, show_unknown=show_unknown)
    others = []
    if group_by is None:
        _cases(suite, items(report, findings), uris)
    else:
        for section in sections(report, findings, group_by):
            others.append(Xml.Element("testsuite", name=_text(f"wa-iac {section.name}")))
            _cases(others[-1], section.items, uris)
    if show_passed:
        for each in held(report):
            name = " ".join(filter(None, (each.slug, each.address)))
            _element(suite, "testcase", name=name, classname=uris.path(each.path), time="0")
    if not len(suite) and not others:
        _element(suite, "testcase", name="nothing to report", classname="wa-iac", time="0")
    notes = [f"{each.level}: {each}" for each in report.notes()]
    if report.by_settings is not None:
        notes.append(f"note: {report.by_settings}")
    notes += [f"note: {each}" for each in coverage_lines(report)]
    if notes:
        _element(suite, "system-out").text = _text("\n".join(notes))
    counted = [suite, *others]
    for suite_of in counted:
        suite_of.attrib |= {name: str(len(suite_of.findall(path))) for name, path in _COUNTS.items()}
    total = {name: str(sum(int(suite_of.get(name, "0")) for suite_of in counted)) for name in _COUNTS}
    suites = Xml.Element("testsuites", {"name": "wa-iac", **total})
    suites.extend(counted)
    for suite_of in counted:
        suite_of.set("skipped", str(len(suite_of.findall("testcase/skipped"))))
    Xml.indent(suites)
    return Xml.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def _case(finding: Finding) -> tuple[str, str, str, str]:
    return finding.span.path, finding.rule.slug, finding.address, finding.verdict


def _cases(suite: Xml.Element, found: list[Item], uris: Uris) -> None:
    """The test cases of some items, by place. Servers compare them by name from run to run, so items are not test cases."""
    headings = {id(each): item.heading for item in found for each in item.findings}
    for _, together in groupby(sorted((each for item in found for each in item.findings), key=_case), key=_case):
        _findings(suite, list(together), headings, uris)


def _findings(suite: Xml.Element, findings: list[Finding], headings: Mapping[int, str], uris: Uris) -> None:
    """One test case for the findings of one rule on one resource."""
    first = findings[0]
    undecided = first.verdict == "unknown"
    name = " ".join(filter(None, (first.rule.slug, first.address, "(undecided)" if undecided else "")))
    case = _element(suite, "testcase", name=name, classname=uris.path(first.span.path), time="0")
    lines = []
    for each in findings:
        span = each.span
        lines.append(f"{uris.path(span.path)}:{span.start_line}:{span.start_column}: {whole_message(each)}")
        lines += [f"instance: {name}" for name in names(each) if len(each.instances) > 1]
        lines += [
            f"via {uris.path(step.span.path)}:{step.span.start_line} ({step.note})"
            for step in dict.fromkeys(each.related)
            if step.span.path
        ]
    lines += dict.fromkeys(f"part of: {heading}" for each in findings if (heading := headings[id(each)]))
    if fix := remedy(first):
        lines += ["", "fix:", fix]
    outcome = _element(case, "skipped" if undecided else "failure", message=one_line(whole_message(first)), type=label(first))
    outcome.text = _text("\n".join(lines))


def _error(suite: Xml.Element, error: WaIacError, uris: Uris) -> None:
    path = uris.path(error.path) if error.path else ""
    place = ":".join(str(part) for part in (path, error.line, error.column) if part)
    case = _element(suite, "testcase", name=not_judged.SLUG, classname=path or "wa-iac", time="0")
    kind = "bug" if isinstance(error, InternalError) else "input"
    outcome = _element(case, "error", message=one_line(error.message), type=kind)
    outcome.text = _text(f"{place}: {error.message}" if place else error.message)


def _element(parent: Xml.Element, tag: str, **attributes: str) -> Xml.Element:
    return Xml.SubElement(parent, tag, {name: _text(value) for name, value in attributes.items()})


def _text(text: str) -> str:
    return COMMAND.sub("## ", _NO_CHARACTER.sub("\ufffd", text))
