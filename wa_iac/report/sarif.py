"""The report as SARIF 2.1.0, in the form that GitHub code scanning accepts.

GitHub accepts at most 25,000 results in a run, keeps 5,000 of them, needs paths from the repository's root, identifies an alert
by `primaryLocationLineHash` alone and ignores `suppressions`. Suppressed findings are therefore left out unless requested.
GitHub keeps one copy of a rule's text for all repositories, so nothing in a rule depends on the results. It does not show
notifications, so a file that could not be checked is also a result of its own rule.

Import this module only for SARIF: importing sarif-om takes as long as everything else together.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import sarif_om as om

from wa_iac import __version__
from wa_iac.core.finding import Report

from . import not_judged
from .coverage import coverage_lines, held
from .encode import dumps
from .items import items
from .listing import gravest_first, listed
from .paths import Uris
from .sarif_results import ROOT, Results
from .sarif_rules import NOT_JUDGED, descriptor
from .sarif_serializer import default

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
FRAMEWORK: Final = "https://docs.aws.amazon.com/wellarchitected/latest/framework/welcome.html"
"""The page that a viewer opens for the tool."""
MAX_RESULTS: Final = 25_000
"""GitHub rejects a run with more."""


def render(
    report: Report,
    *,
    show_unknown: bool,
    root: Path | None,
    show_suppressed: bool = False,
    show_passed: bool = False,
    category: str = "",
) -> str:
    """The whole report as SARIF text: one run, errors first, then the findings, the most severe first.

    `root` is the directory that URIs are relative to; None means the working directory. Files outside of it get `file:` URIs.
    Undecided verdicts are left out unless `show_unknown`, and are then results of kind `open`. Passed ones are left out unless
    `show_passed`, and are then results of kind `pass`. `category` distinguishes the
    analyses that are uploaded for one commit.
    """
    # GitHub says that it keeps the most severe, users say that it keeps the first: so the most severe are first.
    wanted = gravest_first(listed(report, show_unknown=show_unknown, show_suppressed=show_suppressed))
    errors = [each for each in report.mistakes() if each.path][:MAX_RESULTS]
    findings = wanted[: MAX_RESULTS - len(errors)]
    passed = held(report)[: MAX_RESULTS - len(errors) - len(findings)] if show_passed else []
    used = {each.slug: each for each in report.rules}
    rules = {each.rule.slug: each.rule for each in findings} | {each.slug: used[each.slug] for each in passed}
    # Without the team's options: the same text for everybody.
    descriptors = {slug: descriptor(rule.written or rule) for slug, rule in rules.items()}
    if errors:
        descriptors[not_judged.SLUG] = NOT_JUDGED
    slugs = sorted(descriptors)
    results = Results(report, slugs, Uris(root), items(report, wanted))
    notifications = [results.notification(each) for each in report.errors]
    if len(wanted) > len(findings):
        text = (
            f"Only the most severe {len(findings):,} of {len(wanted):,} findings are in this file: GitHub does not accept more."
        )
        notifications.append(om.Notification(om.Message(text=text), level="warning"))
    if report.by_settings is not None:
        text = f"Settings in the repository apply: {report.by_settings}."
        notifications.append(om.Notification(om.Message(text=text), level="note"))
    notifications += [om.Notification(om.Message(text=f"{each}."), level="note") for each in coverage_lines(report, most=10**9)]
    run = om.Run(
        om.Tool(
            om.ToolComponent(
                "wa-iac",
                full_name="wa-iac: CloudFormation and Terraform against the AWS Well-Architected Framework",
                version=__version__,
                semantic_version=__version__,
                information_uri=FRAMEWORK,
                rules=[descriptors[slug] for slug in slugs],
            )
        ),
        # GitHub's category is the part before the last slash.
        automation_details=om.RunAutomationDetails(id=f"{category.strip('/')}/") if category.strip("/") else None,
        # There is a report, so the execution succeeded: GitHub rejects a file that says otherwise. Notifications name unread
        # files.
        invocations=[om.Invocation(True, tool_execution_notifications=notifications)],
        original_uri_base_ids={ROOT: om.ArtifactLocation(description=om.Message(text="The root of the repository."))},
        column_kind="utf16CodeUnits",
        results=[*map(results.error, errors), *map(results.finding, findings), *map(results.passed, passed)],
    )
    return dumps(
        om.SarifLog([run], "2.1.0", schema_uri=SCHEMA), items=len(errors) + len(findings) + len(passed), default=default
    )
