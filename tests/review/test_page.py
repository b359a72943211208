"""The page of a review: self-contained, complete without script, and inert whatever the code says."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from helpers.cli import run
from helpers.paths import PROJECT

HOSTILE = """\
variable "x" {
  default = "</script><script>alert(1)</script>"
}
resource "aws_ebs_volume" "v" { # </pre><img src=x onerror=alert(1)>
  for_each          = toset(["</script><b onclick='x'>", "\\"><svg onload=alert(1)>"])
  availability_zone = "eu-west-1a"
  size              = 10
  encrypted         = false
}
"""


class _Page(HTMLParser):
    """The tags of a page with their attributes, and the text of its scripts and style sheets."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self._in = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        data = dict(attrs).get("type") == "application/json"
        self._in = tag if tag in self.raw and not data else ""
        if self._in:
            self.raw[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in:
            self.raw[self._in][-1] += data

    def ids(self) -> list[str]:
        return [value for _, attributes in self.tags if (value := attributes.get("id"))]


def _rendered(folder: Path, text: str) -> str:
    (folder / "main.tf").write_text(text, encoding="utf-8")
    done = run(folder, "review", ".", "--format", "html")
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def badly_built() -> _Page:
    return _Page(run(PROJECT, "review", "fixtures/twins/badly-built/terraform", "--format", "html").stdout)


def test_nothing_of_a_template_becomes_markup(tmp_path: Path) -> None:
    benign = re.sub(
        r"</script><script>alert\(1\)</script>|</pre><img src=x onerror=alert\(1\)>|</script><b onclick='x'>", "a", HOSTILE
    )
    benign = benign.replace('\\"><svg onload=alert(1)>', "b")

    page = _Page(_rendered(tmp_path, HOSTILE))

    assert [tag for tag, _ in page.tags] == [tag for tag, _ in _Page(_rendered(tmp_path, benign)).tags]
    assert [each for _, each in page.tags if any(name.startswith("on") for name in each)] == []


def test_the_policy_names_each_script_and_the_style_sheet_by_its_hash(badly_built: _Page) -> None:
    policy = next(each["content"] or "" for tag, each in badly_built.tags if "http-equiv" in each)

    for text in (*badly_built.raw["script"], *badly_built.raw["style"]):
        assert f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy


def test_it_needs_nothing_from_elsewhere(badly_built: _Page) -> None:
    loaded = [each.get("src") for tag, each in badly_built.tags if "src" in each]
    links = [each for tag, each in badly_built.tags if tag == "link"]
    styled = [each for _, each in badly_built.tags if "style" in each]

    assert (loaded, links, styled) == ([], [], [])


def test_each_link_within_the_page_leads_somewhere_and_ids_are_unique(badly_built: _Page) -> None:
    ids = badly_built.ids()
    targets = {href[1:] for tag, each in badly_built.tags if (href := each.get("href") or "").startswith("#")}

    assert len(set(ids)) == len(ids)
    assert targets - set(ids) == set()


def test_two_runs_write_the_same_bytes(tmp_path: Path) -> None:
    assert _rendered(tmp_path, HOSTILE) == _rendered(tmp_path, HOSTILE)


def test_a_secret_is_not_in_the_page(tmp_path: Path) -> None:
    text = 'resource "aws_db_instance" "d" {\n  engine = "mysql"\n  password = "hunter2hunter2"\n}\n'

    assert "hunter2" not in _rendered(tmp_path, text)


def test_a_sensitive_value_is_not_in_the_picture(tmp_path: Path) -> None:
    text = (
        'variable "net" {\n  sensitive = true\n  default   = "10.99.77.0/24"\n}\nresource "aws_vpc" "v" {\n  cidr_block = var.net\n}\n'
        'variable "zone" {\n  sensitive = true\n  default   = "eu-west-1quiet"\n}\n'
        'resource "aws_subnet" "s" {\n  vpc_id            = aws_vpc.v.id\n  availability_zone = var.zone\n}\n'
        'resource "aws_instance" "i" {\n  subnet_id = aws_subnet.s.id\n}\n'
    )
    page = _rendered(tmp_path, text)

    assert "aws_vpc.v" in page
    assert "10.99.77" not in page
    assert "eu-west-1quiet" not in page


def test_a_name_cannot_turn_the_direction_of_writing(tmp_path: Path) -> None:
    folder = tmp_path / "a\u202eb"
    folder.mkdir()

    assert "\u202e" not in _rendered(folder, 'resource "aws_ebs_volume" "v" {\n  encrypted = false # \u202e\n}\n')
