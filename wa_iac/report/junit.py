"""The report as JUnit's XML, which most build servers read: a finding is a failed test.

There is one test case for each rule and resource with a finding, one for each error, and a passed one if nothing is wrong,
since some readers treat a file without tests as a mistake.
"""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as Xml

from wa_iac.core.errors import InternalError, WaIacError
from wa_iac.core.finding import Finding, Report

from . import not_judged
from .encode import COMMAND
from .listing import label, listed, names, one_line, remedy, whole_message
from .paths import Uris

_NO_CHARACTER: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]")
"""Characters that XML cannot hold, and those that a terminal would execute. (Halves of surrogate pairs are replaced when the
report is written, as in all formats.)"""


def render(report: Report, *, show_unknown: bool, root: Path | None) -> str:
    """The report as XML text, in one suite. Paths are relative to `root`."""
    uris = Uris(root)
    suite = Xml.Element("testsuite", name="wa-iac")
    for error in report.mistakes():
        _error(suite, error, uris)
    findings = sorted(listed(report, show_unknown=show_unknown), key=_case)
    for _, together in groupby(findings, key=_case):
        _findings(suite, list(together), uris)
    if not len(suite):
        _element(suite, "testcase", name="nothing to report", classname="wa-iac", time="0")
    notes = [f"{each.level}: {each}" for each in report.notes()]
    if report.by_settings is not None:
        notes.append(f"note: {report.by_settings}")
    if notes:
        _element(suite, "system-out").text = _text("\n".join(notes))
    counts = {
        "tests": len(suite.findall("testcase")),
        "failures": len(suite.findall("testcase/failure")),
        "errors": len(suite.findall("testcase/error")),
    }
    suite.attrib |= {name: str(number) for name, number in counts.items()}
    suites = Xml.Element("testsuites", suite.attrib)
    suites.append(suite)
    suite.set("skipped", str(len(suite.findall("testcase/skipped"))))
    Xml.indent(suites)
    return Xml.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def _case(finding: Finding) -> tuple[str, str, str, str]:
    return finding.span.path, finding.rule.slug, finding.address, finding.verdict


def _findings(suite: Xml.Element, findings: list[Finding], uris: Uris) -> None:
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
