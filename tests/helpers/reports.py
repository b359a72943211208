"""Judge source texts: what most tests of rules and of the engine do."""

from __future__ import annotations

from pathlib import Path

from wa_iac.core.declared import Dialect
from wa_iac.core.finding import Finding, Report
from wa_iac.engine.check import check
from wa_iac.engine.selection import Selection
from wa_iac.engine.suppressions.rules import SUPPRESSION_RULES
from wa_iac.report.remedy import meant, remedy

FILE_NAMES: dict[Dialect, str] = {"cloudformation": "template.yaml", "terraform": "main.tf"}


def judge(directory: Path, source: str, dialect: Dialect, *slugs: str) -> Report:
    """The report of one text in a directory of its own, by the rules named (all where none is)."""
    directory.mkdir(parents=True, exist_ok=True)
    (directory / FILE_NAMES[dialect]).write_text(source, encoding="utf-8")
    return check([directory], Selection(select=slugs, profile="all"))


def judge_files(directory: Path, files: dict[str, str], *slugs: str) -> Report:
    """The same, for several files by their paths below `directory`."""
    for name, source in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    return check([directory], Selection(select=slugs, profile="all"))


def by_address(report: Report, slug: str) -> dict[str, str]:
    """What a rule says of each resource, by its address; one that is in order is not there."""
    assert report.errors == []
    return {each.address: each.verdict for each in report.findings if each.rule.slug == slug}


def both(directory: Path, slug: str, cloudformation: str, terraform: str) -> tuple[dict[str, str], dict[str, str]]:
    """The by_address of one rule on a template and on a module."""
    return (
        by_address(judge(directory / "template", cloudformation, "cloudformation", slug), slug),
        by_address(judge(directory / "module", terraform, "terraform", slug), slug),
    )


def lines(report: Report, slug: str) -> list[int]:
    """The lines at which a rule fails."""
    return [each.span.start_line for each in report.failing() if each.rule.slug == slug]


def told(report: Report) -> list[str]:
    """Each finding on a suppression, as `name:line:column-end slug address: message`."""
    assert report.errors == []
    return [
        f"{Path(each.span.path).name}:{each.span.start_line}:{each.span.start_column}-{each.span.end_column} "
        f"{each.rule.slug.removeprefix('suppression-')} {each.address}: {each.message}"
        for each in report.failing()
        if each.rule.slug in SUPPRESSION_RULES
    ]


def verdicts(directory: Path, source: str, dialect: Dialect, slug: str) -> dict[str, str]:
    """What one rule says of one text: by the address of each resource that is at fault or cannot be decided, `fail` or `unknown`."""
    report = judge(directory, source, dialect, slug)
    assert report.errors == []
    return {each.address: each.verdict for each in report.findings}


def only_fault(tmp_path: Path, source: str, dialect: Dialect, slug: str) -> Finding:
    """The one finding of a rule in a text, which is a failure."""
    (found,) = [each for each in judge(tmp_path, source, dialect, slug).findings if each.rule.slug == slug]
    assert found.verdict == "fail"
    return found


def remedies(report: Report) -> list[str]:
    """The remedies of all findings, without folders."""
    return [_remedy(each) for each in report.failing()]


def only_remedy(report: Report) -> str:
    [text] = remedies(report)
    return text


def decision(finding: Finding) -> str:
    """What the rule of a finding has a person decide: the words with which its remedy starts."""
    of_rule = meant(finding)
    assert not isinstance(of_rule, str)
    return of_rule.decision


def only_place(report: Report) -> str:
    """All that the only remedy says after the words of its rule: where it belongs, and its code."""
    [finding] = report.failing()
    before, text = f"{decision(finding)}\n", only_remedy(report)
    assert text.startswith(before)
    return text.removeprefix(before)


def only(report: Report) -> Finding:
    """The only finding."""
    [finding] = report.failing()
    return finding


def said(report: Report) -> tuple[str, ...]:
    """The remedy of the only finding: its sentences without folders, and its code."""
    finding = only(report)
    advice = remedy(finding)
    return (*(sentence.replace(_folder(finding), "") for sentence in advice.sentences), advice.code)


def placed(report: Report) -> tuple[str, ...]:
    """The same after the words of its rule."""
    first, *others = said(report)
    assert first == decision(only(report))
    return tuple(others)


def _remedy(finding: Finding) -> str:
    return remedy(finding).text.replace(_folder(finding), "")


def _folder(finding: Finding) -> str:
    folder = Path(finding.unit)
    return f"{folder.parent if folder.suffix else folder}/"
