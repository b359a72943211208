"""`baseline`: record the known findings, and compare a run with them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from wa_iac.core.errors import UsageError
from wa_iac.core.inputs import NOTHING_GIVEN
from wa_iac.core.paths import shown
from wa_iac.engine.baseline import NAME, Baseline, compared, divided, load, save
from wa_iac.engine.check import check
from wa_iac.report.listing import count
from wa_iac.settings.config import Config

from .options import BaselineAction
from .terminal import put_errors, tell


def run(action: BaselineAction, paths: Sequence[Path], config: Config, file: Path | None, *, add: bool) -> int:
    """Check `paths`, and create, update or check the baseline in `file`, or in the settings' file if it is None.

    Args:
        add: with update, also add new findings.

    Returns the exit code: 1 if the action is check and the baseline lists fixed findings, 2 if not everything could be checked, else
    0. Raises `UsageError` if the baseline cannot be read, or must not be created or changed.
    """
    path = Path(shown(file or config.baseline or Path(NAME)))
    report = check(paths, config.selection, inputs=config.environments or (NOTHING_GIVEN,), settings=config.settings)
    if action is BaselineAction.CREATE and path.exists():
        raise UsageError("a baseline exists already: update it, or delete it first", path=str(path))
    before = Baseline() if action is BaselineAction.CREATE else load(path, config.catalogue)
    report.errors += [*config.notes, *before.notes]
    # This run knows nothing of findings elsewhere.
    before, elsewhere = divided(before, path.parent, paths)
    if elsewhere.first and action is BaselineAction.UPDATE:
        raise UsageError(
            "this baseline has the first format: update it from the directory that contains everything it covers",
            path=str(path),
        )
    found = compared(before, report, path.parent)
    is_all = add or action is BaselineAction.CREATE
    kept = found.known | elsewhere.entries | (found.new if is_all else set())
    gone, whole = len(found.gone), not report.mistakes()
    put_errors(report.errors)
    if action is BaselineAction.UPDATE and gone and not whole:
        raise UsageError("not everything could be checked, so the baseline was not changed", path=str(path))
    if action is not BaselineAction.CHECK and not kept and not whole:
        tell("wa-iac: no finding, and not everything was checked: no baseline was written")
        return 2
    if action is not BaselineAction.CHECK:
        save(path, kept)
    add_them = " (--add adds them)" if action is BaselineAction.UPDATE else ""
    new = f", {count(len(found.new), 'new one')} not in it{add_them}" if found.new and not is_all else ""
    tell(f"wa-iac: {count(len(kept), 'entry', 'entries')} in {path}, {gone:,} {'fixed' if whole else 'not found'}{new}")
    return int(action is BaselineAction.CHECK and gone > 0) if whole else 2
