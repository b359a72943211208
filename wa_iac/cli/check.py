"""One run of `check`: from options and settings to a written report and an exit code."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from wa_iac.core.errors import WaIacError
from wa_iac.engine.settings import NO_SETTINGS, Settings
from wa_iac.report.formats import Format, View, render

from .progress import progress
from .terminal import coloured, interactive, put, put_errors, tell, width, write

if TYPE_CHECKING:
    from wa_iac.core.finding import Report
    from wa_iac.core.inputs import Inputs
    from wa_iac.core.rule import Severity
    from wa_iac.engine.report_scope import ReportScope
    from wa_iac.engine.selection import Selection


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Check:
    """The request for one run of `check`; the options' help explains each field."""

    paths: Sequence[Path]
    selection: Selection
    inputs: Sequence[Inputs]
    fail_on: Severity
    settings: Settings = NO_SETTINGS
    baseline: Path | None = None
    skip_other_files: bool = False
    view: View
    exit_zero: bool = False
    format: Format = Format.TEXT
    output: Path | None = None
    also: Sequence[tuple[Format, Path]] = ()
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    diff_base: str | None = None
    only_named: bool = False
    only_changed: bool = False
    errors: Sequence[WaIacError] = ()
    """Errors in the call itself; everything else can still be checked."""

    def run(self) -> int:
        """Check, fix if requested, write the report, and return the exit code."""
        from wa_iac.engine.build import collector_paused

        # A report makes small objects also, next to everything that was read.
        with collector_paused():
            return self.write_report(*self.judge())

    def judge(self) -> tuple[Report, str]:
        """The report, and further lines for the terminal."""
        from wa_iac.settings.run import note_known

        report, said = self._fixed() if self.fix or self.diff else (self._judged(), "")
        report.errors += self.errors
        note_known(report, self.settings)
        return report, said

    def write_report(self, report: Report, said: str) -> int:
        """Write the reports and return the exit code. If one report cannot be written, the others still are."""
        writers: list[Callable[[], None]] = [partial(self._write, report)]
        if self.diff and self.output is None:
            writers = [partial(put_errors, report.errors)]
        writers += [partial(self._write_also, report, format_, path) for format_, path in self.also]
        unwritten: list[WaIacError] = []
        for each in writers:
            try:
                each()
            except WaIacError as error:
                unwritten.append(error)
        put_errors(unwritten)
        if self.skip_other_files and report.by_settings is not None and not report.sources:
            tell(f"wa-iac: nothing was checked: {report.by_settings}")  # a hook that passes hides its other output
        if said:
            tell(f"wa-iac: {said}")
        return 2 if unwritten else report.exit_code(self.fail_on, exit_zero=self.exit_zero)

    def _write_also(self, report: Report, format_: Format, path: Path) -> None:
        write(path, render(report, format_, self.view))

    def _judged(self) -> Report:
        from wa_iac.engine.check import check
        from wa_iac.engine.report_scope import narrow

        with progress():
            report = check(
                self.paths,
                self.selection,
                skip_other_files=self.skip_other_files,
                inputs=self.inputs,
                settings=self.settings,
                fixes=self.format.tells_fixes or any(each.tells_fixes for each, _ in self.also),
                scopes=self._scopes,
            )
        if self.baseline is not None:
            from wa_iac.engine.baseline import apply

            if apply(report, self.baseline, self.selection.catalogue):
                tell(
                    f"wa-iac: {self.baseline}: this baseline has an older format, without callers and environments: "
                    "`wa-iac baseline update` rewrites it"
                )
        narrow(report)
        return report

    def _scopes(self) -> list[ReportScope]:
        """The current report."""
        from wa_iac.engine.report_scope import Named

        scopes: list[ReportScope] = [Named(self.paths)] if self.only_named else []
        if self.diff_base is not None:
            from wa_iac.engine.changes import Since

            scopes.append(Since(self.diff_base, self.paths))
        elif self.only_changed:
            from wa_iac.engine.changes import in_this_commit

            scopes += filter(None, [in_this_commit(self.paths)])
        return scopes

    def _fixed(self) -> tuple[Report, str]:
        """Apply fixes, or print their changes. Returns the report of the remaining findings, and lines for the terminal."""
        from wa_iac.engine.fixes.write import write_fixes
        from wa_iac.report.text import fix_summary

        with progress():
            outcome = write_fixes(
                self.paths,
                self.selection,
                unsafe=self.unsafe_fixes,
                write=not self.diff,
                skip_other_files=self.skip_other_files,
                inputs=self.inputs,
                settings=self.settings,
                baseline=self.baseline,
                scopes=self._scopes,
            )
        if self.diff:
            from wa_iac.report.text import safe_difference

            in_a_log = any(os.environ.get(name) for name in ("GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION"))
            put("".join(safe_difference(line, in_a_log=in_a_log) for line in outcome.differences()))
        said = fix_summary(outcome.findings, outcome.report, unsafe=self.unsafe_fixes, written=not self.diff, gone=outcome.gone)
        if outcome.covered:
            said += "; lines that may hold a secret are covered, so the patch fits no file: --fix changes the files"
        return outcome.report, said

    def _write(self, report: Report) -> None:
        text = self._rendered(report)
        if self.output is None:
            put(text)
        else:
            write(self.output, text)
        # A workflow's log would execute a command inside an error's message.
        if self.output is not None or self.format not in (Format.TEXT, Format.GITHUB):
            put_errors(report.errors)
        if self.format is Format.GITLAB and self.output is None:
            from wa_iac.report.text import gaps

            # This format has no fields for them.
            said = [str(report.by_settings)] if report.by_settings is not None else []
            for each in (*said, *gaps(report)):
                tell(f"wa-iac: {each}")
        if self.output is not None:
            from wa_iac.report.text import summary

            tell(f"wa-iac: {summary(report)}; report in {self.output}")

    def _rendered(self, report: Report) -> str:
        if self.format is Format.TEXT and self.output is None and interactive():
            from wa_iac.report import terminal_view
            from wa_iac.report.rescued import written

            def view(each: Report) -> str:
                return terminal_view.render(
                    each,
                    show_unknown=self.view.show_unknown,
                    colour=coloured(),
                    width=width(),
                    group_by=self.view.group_by,
                    only_summary=self.view.only_summary,
                    verbose=self.view.verbose,
                    show_passed=self.view.show_passed,
                )

            return written(report, view, "text")
        return render(report, self.format, self.view)
