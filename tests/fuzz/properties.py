"""What must be true of every input: no exception, no bug that is told of, no file that is silently left out, nothing in a report that
a terminal obeys."""

from __future__ import annotations

import json
import os
import shutil
import traceback
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from random import Random
from typing import Final

from wa_iac.core.contain import contained
from wa_iac.core.declared import Unit
from wa_iac.core.errors import InternalError, UsageError, WaIacError, mistakes
from wa_iac.core.files import parsed_once
from wa_iac.core.finding import Report
from wa_iac.core.graph import Graph
from wa_iac.core.inputs import NOTHING_GIVEN
from wa_iac.engine.baseline import apply
from wa_iac.engine.build import graphs
from wa_iac.engine.check import judge
from wa_iac.engine.fixes.find import Fixes
from wa_iac.engine.report_scope import narrow
from wa_iac.report.formats import Format, View, render
from wa_iac.settings.config import Config
from wa_iac.settings.find import configured

from .kinds import Tree

FULL: Final = 0.12
"""The share of inputs that are judged and written as well; the others are only read and built, which is faster."""


class BrokenError(Exception):
    """A property does not hold. `what` tells failures of one cause from others."""

    def __init__(self, what: str, details: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.details = details


def put(folder: Path, tree: Tree) -> None:
    """Write a tree into an empty folder that has a repository's mark."""
    for each in os.scandir(folder):
        if each.is_dir(follow_symlinks=False):
            shutil.rmtree(each.path)
        else:
            os.unlink(each.path)
    os.mkdir(folder / ".git")
    for name, data in tree.files.items():
        path = folder / name
        if "/" in name:
            path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def outcome_of(tree: Tree, random: Random, *, full: float = FULL) -> str:
    """Run the program on a tree in the working directory. Returns what came of it: `clean`, `findings`, `errors`, `refused`.

    Raises `BrokenError` if a property does not hold.
    """
    put(Path(), tree)
    try:
        return _run(tree, random, is_full=random.random() < full)
    except BrokenError:
        raise
    except Exception as error:
        raise BrokenError(raised(error), traceback.format_exc()) from error


def _run(tree: Tree, random: Random, *, is_full: bool) -> str:
    paths = [Path(each) for each in tree.named]
    given = Path("known.json") if "known.json" in tree.files else None
    try:
        config = configured(paths)
        inputs = config.environments or (NOTHING_GIVEN,)
        with parsed_once():
            built, errors = graphs(paths, inputs=inputs, settings=config.settings)
            _sound(errors)
            report = Report(errors=errors, sources={name: data for unit, _ in built for name, data in unit.sources.items()})
            if is_full or given is not None or config.path is not None:
                report = judge(built, config.selection.slugs(), config.selection, errors, config.settings)
                if (known := config.baseline or given) is not None:
                    apply(report, known, config.catalogue)
                narrow(report)
                _sound(report.errors)
            if is_full:
                _written(report, built, paths, random)
    except UsageError:
        return "refused"  # exit code 2, with a message
    code = report.exit_code(config.fail_on)
    if code != 2:
        _all_read(tree, report, config)
    return ("clean", "findings", "errors")[code]


def _sound(errors: Sequence[WaIacError]) -> None:
    for each in errors:
        if isinstance(each, InternalError):
            told = each.message.partition(" raised ")[2].partition(";")[0] or each.message
            raise BrokenError(f"bug: {told}", str(each))


def _all_read(tree: Tree, report: Report, config: Config) -> None:
    """Every file that must be read was, or an error or a note names it, or the settings leave it out and are told of."""
    told = {os.path.normpath(name) for name in report.sources}
    words = " ".join(f"{each.path or ''} {each.message}" for each in report.errors)
    left = len(config.settings.trace.files) if config.settings.trace is not None else 0
    unread = [name for name in tree.must if name not in told and name not in words]
    # The names in a CDK app's output are those of its templates.
    if unread and left == 0 and not any("cdk.out" in each for each in (*told, words)):
        raise BrokenError(f"exit code 0 or 1, and unread: {', '.join(sorted(Path(each).suffix for each in unread))}", words)


def _written(report: Report, built: Sequence[tuple[Unit, Graph]], paths: Sequence[Path], random: Random) -> None:
    """The report in a format, and something else that is made from the same graphs."""
    format_ = random.choice(list(Format))
    view = View(
        paths=paths,
        show_unknown=True,
        show_suppressed=True,
        show_passed=format_.refuses(View(show_passed=True)) == "",
        verbose=random.random() < 0.5,
    )
    text = render(report, format_, view)
    _sound(report.errors)
    _harmless(text, format_.value)
    if format_ in (Format.JSON, Format.SARIF, Format.GITLAB):
        json.loads(text)
    random.choice(_MORE)(report, built, paths)


def _harmless(text: str, where: str) -> None:
    for character in set(text):
        if unicodedata.category(character) == "Cc" and character not in "\n\t\r":
            raise BrokenError(f"{where} holds the character {ord(character):#x}")
        if character in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069":
            raise BrokenError(f"{where} turns the direction of writing")


def _graph(report: Report, built: Sequence[tuple[Unit, Graph]], paths: Sequence[Path]) -> None:
    from wa_iac.engine.graph_secrecy import documents_without_secrets
    from wa_iac.report import graph
    from wa_iac.report.graph_document import graph_document

    errors: list[WaIacError] = []
    made = [contained(unit.path, partial(graph_document, each), errors.append) for unit, each in built]
    _sound(errors)
    documents = documents_without_secrets([each for each in made if each is not None])
    json.loads(graph.as_json(documents))
    _harmless(graph.as_text(documents), "graph")


def _pictures(report: Report, built: Sequence[tuple[Unit, Graph]], paths: Sequence[Path]) -> None:
    from wa_iac.engine.picture_secrecy import picture_without_secrets
    from wa_iac.picture.dot import as_dot
    from wa_iac.picture.draw import picture
    from wa_iac.picture.drawing.page import html
    from wa_iac.picture.mermaid import as_mermaid

    drawn = [picture_without_secrets(picture(unit, graph)) for unit, graph in built]
    for write in (as_mermaid, as_dot, html):
        _harmless(write(drawn), write.__name__)


def _drill(report: Report, built: Sequence[tuple[Unit, Graph]], paths: Sequence[Path]) -> None:
    from wa_iac.cli.drill import DrillFormat, _written

    for asked in ("zone:each", "region", "dependency:each"):
        errors: list[WaIacError] = []
        with suppress(UsageError):
            _harmless(_written(built, [asked], DrillFormat.TEXT, errors), "drill")
            json.loads(_written(built, [asked], DrillFormat.JSON, errors))
        _sound(errors)


def _review(report: Report, built: Sequence[tuple[Unit, Graph]], paths: Sequence[Path]) -> None:
    from wa_iac.cli.review import ReviewFormat, _written
    from wa_iac.engine.selection import Selection

    for format_ in (ReviewFormat.MARKDOWN, ReviewFormat.JSON, ReviewFormat.HTML):
        _harmless(_written(report, built, Selection(), format_, None), format_.value)
        _sound(report.errors)


def _fixes(report: Report, built: Sequence[tuple[Unit, Graph]], paths: Sequence[Path]) -> None:
    fixes = Fixes(report, [unit for unit, _ in built], paths)
    fixes.applied(report.grouped(each for each in report.findings if each.rule.fix is not None))
    _sound(fixes.errors)


_MORE: Final[Sequence[Callable[[Report, Sequence[tuple[Unit, Graph]], Sequence[Path]], None]]] = (
    _graph, _pictures, _drill, _review, _fixes, _fixes,
)  # fmt: skip
"""What else is made of the same input, one at random."""


def raised(error: BaseException) -> str:
    """An exception by its type and the last place in our code that it passed."""
    frames = [each for each in traceback.extract_tb(error.__traceback__) if f"{os.sep}wa_iac{os.sep}" in each.filename]
    place = f" in {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}: {mistakes([error])[0].message if isinstance(error, WaIacError) else ''}".rstrip(
        ": "
    )
