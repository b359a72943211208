"""The end that somebody asks for, and a disk or a folder that refuses: said plainly, with the code that says it, and nothing half done."""

from __future__ import annotations

import errno
import os
import signal
import tempfile
from pathlib import Path
from typing import NoReturn

import pytest

from helpers.cli import Done, execute, run
from helpers.git import Repository

KEY = 'resource "aws_kms_key" "a" {}\n'
WORDS = "the run was not completed\n"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "main.tf").write_text(KEY, encoding="utf-8")
    (tmp_path / "report").write_text("before", encoding="utf-8")
    return tmp_path


def ended(here: Path, ends: signal.Signals, at: str, *arguments: str) -> Done:
    """A run that gets a signal where it calls the function `at`."""
    module, _, name = at.rpartition(".")
    program = f"""
import importlib, os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
def end(*_, **__):
    os.kill(os.getpid(), {int(ends)})
sys.argv[0] = "wa-iac"
setattr(importlib.import_module({module!r}), {name!r}, end)
from wa_iac.cli.start import main
main()
"""
    return execute(here, program, *arguments)


# Each command meets each signal, and each place where a run may be.
@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "ends", "at"),
    [
        ("check --also json=report", signal.SIGINT, "wa_iac.engine.build.built"),
        ("check --output report --format sarif", signal.SIGTERM, "os.fsync"),
        ("review --output report", signal.SIGTERM, "wa_iac.review.tasks.tasks"),
        ("drill --output report", signal.SIGINT, "os.fsync"),
        ("graph --format html", signal.SIGTERM, "wa_iac.picture.draw.picture"),
        ("baseline update --file report", signal.SIGHUP, "wa_iac.engine.build.built"),
        ("rules", signal.SIGINT, "wa_iac.core.scales.Severity"),
    ],
)
def test_a_run_that_is_ended_says_so_and_writes_nothing(here: Path, arguments: str, ends: signal.Signals, at: str) -> None:
    done = ended(here, ends, at, *arguments.split()) if arguments != "rules" else imports(here, ends)
    why = "interrupted" if ends is signal.SIGINT else f"ended by {ends.name}"

    assert (done.returncode, done.stdout, done.stderr) == (128 + ends, "", f"wa-iac: {why}: {WORDS}")
    assert (sorted(os.listdir(here)), (here / "report").read_text(encoding="utf-8")) == (["main.tf", "report"], "before")


def imports(here: Path, ends: signal.Signals) -> Done:
    """A run that gets a signal while it imports what it needs."""
    (here.parent / "typer.py").write_text(f"import os\nos.kill(os.getpid(), {int(ends)})\n", encoding="utf-8")
    program = "import signal, sys\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
    program += f"sys.path.insert(0, {str(here.parent)!r})\nfrom wa_iac.cli.start import main\nmain()\n"
    return execute(here, program)


@pytest.mark.slow
def test_git_and_its_directory_end_with_the_run(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = here.parent / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    Repository(here).commit()
    done = ended(here, signal.SIGTERM, "wa_iac.engine.git._config", "check", "--diff-base", "HEAD")

    assert (done.returncode, os.listdir(temporary)) == (143, [])


@pytest.mark.slow
def test_a_drawing_that_is_interrupted_says_no_more_than_that(here: Path) -> None:
    pytest.importorskip("py_mini_racer")
    program = """
import os, signal, sys, threading
signal.signal(signal.SIGINT, signal.default_int_handler)
from wa_iac.picture.drawing import svg
svg.DRAWING = ()
svg._SYNCHRONOUS = "globalThis.waPicture = {standalone() { for (;;); }}; globalThis.ELK = function () {};"
text = svg.text
svg.text = lambda name: threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start() or "" if name.endswith("js") else text(name)
sys.argv = ["wa-iac", "graph", "--format", "svg"]
from wa_iac.cli.start import main
main()
"""
    done = execute(here, program)

    assert (done.returncode, done.stdout, done.stderr) == (130, "", f"wa-iac: interrupted: {WORDS}")


@pytest.mark.parametrize("command", ["check", "review", "drill", "check --also json=/dev/full", "baseline create"])
def test_a_disk_that_is_full(here: Path, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.fsync", full)
    named = [] if "/dev/full" in command else ["--file", "new"] if "baseline" in command else ["--output", "report"]
    for output in (named, [*named[:1], "/dev/full"] if named and "baseline" not in command else named):
        done = run(here, *command.split(), *output)
        assert done.returncode == 2
        assert "cannot be written: No space left on device" in done.stderr
    assert (sorted(os.listdir(here)), (here / "report").read_text(encoding="utf-8")) == (["main.tf", "report"], "before")


@pytest.mark.parametrize(
    "command", ["check --output report", "check --also sarif=report", "review -o report", "drill -o report"]
)
def test_a_file_that_nobody_may_write(here: Path, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda path, mode: mode != os.W_OK)
    done = run(here, *command.split())

    assert done.returncode == 2
    assert "report: the report cannot be written: Permission denied" in done.stderr
    assert (here / "report").read_text(encoding="utf-8") == "before"


@pytest.mark.parametrize("command", ["check", "review", "drill", "graph", "check --rules"])
def test_a_named_directory_that_is_closed(here: Path, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(path: str) -> NoReturn:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)

    (here / "locked").mkdir()
    monkeypatch.setattr("os.access", lambda *_: False)
    monkeypatch.setattr("os.scandir", closed)
    monkeypatch.setattr("os.listdir", closed)
    done = run(here, *command.split(), "locked")

    assert done.returncode == 2
    assert "cannot be read: Permission denied" in done.stdout + done.stderr
    assert "Usage" not in done.stderr


@pytest.mark.parametrize("name", ["main.tf", "t.yaml", "plan.json", "wa-iac.toml", "terraform.tfvars"])
@pytest.mark.parametrize(
    ("number", "words"), [(errno.EACCES, "Permission denied"), (errno.ENOENT, "No such file or directory")]
)
def test_a_file_that_vanishes_or_is_closed_once_it_was_found(
    here: Path,
    tmp_path_factory: pytest.TempPathFactory,
    name: str,
    number: int,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (here / name).write_text(KEY if name.endswith("tf") else "", encoding="utf-8")
    (here / "other").mkdir()
    (here / "other" / "main.tf").write_text(KEY, encoding="utf-8")
    opened = os.open

    def refused(path: str, *arguments: int, **more: int) -> int:
        if str(path) == str(here.resolve() / name):
            raise OSError(number, os.strerror(number), path)
        return opened(path, *arguments, **more)

    temporary = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setattr(os, "open", refused)
    done = run(here, "check", "--format", "json")

    assert done.returncode == 2
    assert name in done.stderr
    assert words in done.stderr
    assert not list(temporary.glob("wa-iac-git-*"))
