"""`wa-iac fleet`: many folders, each in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
from html.parser import HTMLParser
from pathlib import Path

import pytest

from helpers.cli import run
from helpers.fleets import Fleet, processes, until

pytestmark = pytest.mark.slow

TEMPLATE = "Resources:\n  Reports:\n    Type: AWS::S3::Bucket\n  Users:\n    Type: AWS::DynamoDB::Table\n"


def test_the_sums_are_those_of_single_checks_and_each_finding_stands_once(tmp_path: Path) -> None:
    fleet = Fleet(tmp_path, "shop", "bank", "mill")
    fleet.write("bank", TEMPLATE, "stack.yaml")
    fleet.write("bank", 'resource "aws_s3_bucket" "b" {', "broken.tf")
    fleet.write("mill", 'ignore = ["s3-*"]\nfail-on = "high"\n', "wa-iac.toml")
    (tmp_path / "shop" / "CODEOWNERS").write_text("*.tf @org/shop\n", encoding="utf-8")

    ended = fleet.run()
    report = fleet.report()

    singles = {
        name: json.loads(run(tmp_path / name, "check", "--format", "json", "--show-unknown", "--rules", "../rules").stdout)
        for name in fleet.names
    }
    rows = fleet.rows("findings")
    for name, single in singles.items():
        listed = [each["fingerprint"] for each in single["findings"] if each["verdict"] == "fail"]
        assert sorted(each["fault"] for each in rows if each["entry"] == name) == sorted(listed)
    assert report["summary"]["findings"] == sum(each["summary"]["fail"] for each in singles.values()) == len(rows)
    assert report["summary"]["undecided"] == sum(each["summary"]["unknown"] for each in singles.values())
    assert report["summary"]["resources"] == sum(each["summary"]["resources"] for each in singles.values())
    assert {each["entry"]: each["exit_code"] for each in fleet.rows("entries")} == {"shop": 1, "bank": 2, "mill": 0}
    assert (ended.returncode, report["complete"]) == (2, False)
    assert [(each["entry"], each["state"]) for each in report["unread"]] == [("bank", "done")]
    assert {each["team"] for each in report["by_team"] if each["findings"]} == {"@org/shop", ""}
    for by in ("by_pillar", "by_rule", "by_team", "by_entry"):
        assert sum(each["findings"] for each in report[by]) == len(rows)


def test_an_entry_that_kills_its_process_costs_only_itself(tmp_path: Path) -> None:
    fleet = Fleet(tmp_path, "segfault", "exit", "hang", "shop", "gone")
    shutil.rmtree(tmp_path / "gone")

    ended = fleet.run("--timeout", "2", "--workers", "2")
    text = run(tmp_path, "fleet", "report", "out")

    assert ended.returncode == 2
    assert fleet.states() == {
        "segfault": ("killed", "SIGSEGV"),
        "exit": ("killed", ""),
        "hang": ("killed", "SIGKILL"),
        "shop": ("done", ""),
        "gone": ("failed", ""),
    }
    told = "4 entries without a result (its check was ended: 3, not read: 1): nothing here says that they are without faults.\n"
    assert (text.returncode, ended.stderr.count(told)) == (2, 1)
    assert "gone: not read: " in ended.stderr
    assert text.stdout.startswith("Not read\n" + told)
    assert "it took longer than 2 seconds" in text.stdout
    assert {each["entry"] for each in fleet.rows("findings")} == {"shop"}
    assert processes(str(tmp_path)) == []


def test_a_later_run_checks_only_what_changed_or_was_killed(tmp_path: Path) -> None:
    fleet = Fleet(tmp_path, "shop", "bank", "exit")
    fleet.run()
    before = {each["entry"]: each["run"] for each in fleet.rows("entries")}

    fleet.write("shop", "# less\n")
    fleet.run()
    after = {each["entry"]: each["run"] for each in fleet.rows("entries")}

    assert {name for name, made in after.items() if made != before[name]} == {"shop", "exit"}
    assert {each["entry"] for each in fleet.rows("findings")} == {"bank"}
    fleet.run("--select", "s3-*")
    other = {each["entry"]: each["run"] for each in fleet.rows("entries")}
    assert other.keys() == after.keys()
    assert set(other.values()).isdisjoint(after.values())
    assert "3 entries unchanged" in fleet.run("--select", "s3-*").stderr
    assert "unchanged" not in fleet.run("--select", "s3-*", "--fresh").stderr


def test_an_interrupt_keeps_what_has_ended_leaves_no_process_and_says_how_to_go_on(tmp_path: Path) -> None:
    fleet = Fleet(tmp_path, "shop", "hang", "bank")
    fleet.write("hang", "#" * 50_000, "long.tf")  # the heaviest begins first

    running = fleet.begin("--workers", "2")
    until(lambda: (tmp_path / "hang" / "began").exists() and len(list((fleet.out / "entries").glob("*.parquet"))) == 2)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)

    assert running.returncode == 130
    assert "stopped: 2 of 3 entries have ended and are kept; the same command goes on with the others" in said
    assert fleet.states().keys() == {"shop", "bank"}
    assert processes(str(tmp_path)) == []
    assert [(each["entry"], each["state"]) for each in fleet.report()["unread"]] == [("hang", "waiting")]
    fleet.write("hang", "# nothing of it is left\n")
    assert "3 entries of 3; 2 entries unchanged" in fleet.run().stderr


def test_a_process_whose_parent_is_killed_ends_as_well(tmp_path: Path) -> None:
    fleet = Fleet(tmp_path, "hang")

    running = fleet.begin()
    until((tmp_path / "hang" / "began").exists)
    running.kill()
    running.communicate()

    until(lambda: processes(str(tmp_path)) == [])
    assert processes(str(tmp_path)) == []


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ([], set()),
        (["--select", "s3-versioning"], {"s3-versioning"}),
        (["--no-settings", "--ignore", "s3-p*"], {"s3-versioning"}),
    ],
    ids=["settings count", "demanded", "without settings"],
)
def test_settings_in_an_entry_do_not_weaken_what_the_command_line_demands(
    tmp_path: Path, options: list[str], found: set[str]
) -> None:
    fleet = Fleet(tmp_path, "shop")
    nested = tmp_path / "shop" / "nested"
    nested.mkdir()
    shutil.copy(tmp_path / "shop" / "main.tf", nested)
    for folder in (nested.parent, nested):
        (folder / "wa-iac.toml").write_text(
            'ignore = ["*"]\nexclude = ["**/*.tf"]\nselect = ["rds-multi-az"]\n', encoding="utf-8"
        )

    fleet.run(*options)

    rows = [each for each in fleet.rows("findings") if each["rule"] in ("s3-versioning", "rds-multi-az")] if found else []
    assert {each["rule"] for each in rows} == found
    assert {each["path"] for each in rows} == ({"main.tf", "nested/main.tf"} if found else set())


def test_the_difference_between_two_runs(tmp_path: Path) -> None:
    fleet = Fleet(tmp_path, "shop", "bank", "mill")
    versioned = '\nresource "aws_s3_bucket_versioning" "a" {{\n  bucket = aws_s3_bucket.a.id\n  versioning_configuration {{\n    status = {}\n  }}\n}}\n'
    fleet.run("--select", "s3-versioning")
    shutil.copytree(fleet.out, tmp_path / "before")
    bucket = (tmp_path / "shop" / "main.tf").read_text(encoding="utf-8")
    fleet.write("shop", f'# moved\n{bucket}\nresource "aws_s3_bucket" "b" {{}}\n')
    fleet.write("bank", bucket + versioned.format('"Enabled"'))
    fleet.write("mill", f'{bucket}\nresource "aws_s3_bucket" "c" {{}}\n')
    fleet.write("mill", "{", "broken.tf.json")

    fleet.run("--select", "s3-versioning")
    trend = fleet.report("--against", "before")["trend"]
    text = run(tmp_path, "fleet", "report", "out", "--against", "before").stdout

    assert {kind: each["findings"] for kind, each in trend["counts"].items()} == {
        "new": 2, "fixed": 1, "accepted": 0, "undecided": 0, "unchanged": 2,
    }  # fmt: skip
    assert [(each["kind"], each["entry"], each["address"]) for each in trend["changed"]] == [
        ("fixed", "bank", "aws_s3_bucket.a"),
        ("new", "mill", "aws_s3_bucket.c"),
        ("new", "shop", "aws_s3_bucket.b"),
    ]
    assert (trend["entries_not_compared"], trend["entries_compared_in_part"]) == ([], ["mill"])
    assert trend["files_not_compared"] == [{"entry": "mill", "path": "broken.tf.json"}]
    assert "in 3 entries that both runs read, 1 of them in part." in text
    assert "1 file with 0 findings now (mill, broken.tf.json)" in text

    fleet.write("bank", f'variable "status" {{}}\n{bucket}{versioned.format("var.status")}')
    fleet.write("shop", bucket.replace("{", "{ # wa-iac: ignore[s3-versioning] rebuilt every night", 1))
    fleet.run("--select", "s3-versioning")
    kinds = {each["kind"]: each["entry"] for each in fleet.report("--against", "before")["trend"]["changed"]}

    assert kinds == {"undecided": "bank", "accepted": "shop", "new": "mill"}


class Read(HTMLParser):
    """What a browser reads in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.texts: list[str] = []
        self.policy = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        assert not {name for name in given if name in ("src", "srcset", "data", "action", "style") or name.startswith("on")}
        self.links += filter(None, [given.get("href")])
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"] or ""

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_page_escapes_names_and_loads_nothing(tmp_path: Path) -> None:
    fleet = Fleet(tmp_path, "shop", "exit")
    bad = "<img src=x onerror=alert(1)>\u202e"
    entries = [{"path": "shop", "name": bad, "team": f"{bad} team"}, {"path": "exit"}]
    fleet.list.write_text("".join(f"{json.dumps(each)}\n" for each in entries), encoding="utf-8")
    fleet.run()

    page = run(tmp_path, "fleet", "report", "out", "--format", "html", "--against", "out").stdout

    read = Read()
    read.feed(page)
    assert f"{bad[:-1]}\ufffd team" in read.texts
    assert "\u202e" not in page
    assert read.tags.isdisjoint({"img", "script", "link", "iframe", "object", "form"})
    assert {value.partition("/docs.aws.amazon.com/")[0] for value in read.links if not value.startswith("#")} <= {"https:/"}
    assert read.policy.startswith("default-src 'none'; script-src ; style-src 'sha256-")
    assert page.index('id="unread"') < page.index('id="overview"')


def test_two_runs_do_not_write_to_one_directory(tmp_path: Path) -> None:
    fleet = Fleet(tmp_path, "hang")

    running = fleet.begin()
    until((tmp_path / "hang" / "began").exists)
    second = fleet.run()
    os.kill(running.pid, signal.SIGTERM)
    running.communicate(timeout=60)

    assert (second.returncode, running.returncode) == (2, 143)
    assert "another run of wa-iac fleet writes to this directory" in second.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--select", "s3-versionning"], "did you mean 's3-versioning'"),
        (["--tls-cert", "x"], "they need --scheduler"),
        (["--scheduler", "tcp://127.0.0.1:9", "--tls-cert", "x"], "there is no such file"),
    ],
)
def test_a_mistake_in_the_call_is_said_once_before_anything_is_checked(tmp_path: Path, options: list[str], said: str) -> None:
    fleet = Fleet(tmp_path, "shop", "bank")

    ended = run(tmp_path, *fleet.arguments(*options))

    assert ended.returncode == 2
    assert ended.stderr.count(said) == 1
    assert not list(tmp_path.rglob("*.parquet"))


def test_an_entry_without_code_and_results_that_cannot_be_written_are_named(tmp_path: Path) -> None:
    fleet = Fleet(tmp_path, "shop")
    (tmp_path / "empty").mkdir()
    fleet.list.write_text("empty\n", encoding="utf-8")

    assert "empty: not read: nothing to check in empty: there is no Terraform module" in fleet.run().stderr
    fleet.out = fleet.list
    ended = fleet.run()
    assert ended.returncode == 2
    assert ended.stderr.endswith("--out names a directory, and a file is in its place: give another one\n")
