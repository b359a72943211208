"""Texts for which a careless expression needs the square of their length, or worse: they are read as any other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fuzz.campaign import limited

from helpers.cli import run

KEY = 'resource "aws_kms_key" "k" {{\n  enable_key_rotation = {0}false\n}}\n'
BUCKET = 'variable "x" {{{0}  default = 1\n}}\nresource "aws_s3_bucket" "b" {{{0}  bucket = "b-${{var.x}}"\n}}\n'
DOMAIN = {"Type": "AWS::OpenSearchService::Domain", "Properties": {"EngineVersion": f"Elasticsearch_{'9' * 5000}.1"}}
HOSTILE = {
    "blanks before a value": (
        "t.yaml",
        f"Resources:\n  K:\n    Type: AWS::KMS::Key\n    Properties:\n      EnableKeyRotation: {' ' * 200_000}false\n",
    ),
    "stars in a suppression": ("main.tf", f"# tfsec:ignore:{'*' * 60}x\n# trivy:ignore:{'a*' * 60}\n{KEY.format('')}"),
    "blank lines": ("main.tf", KEY.format("") + BUCKET.format("\n" * 3_000)),
    "blank lines of a template": ("t.yaml", "\n" * 200_000 + "Resources:\n  K:\n    Type: AWS::KMS::Key\n"),
    "long versions": ("t.json", json.dumps({"Resources": {"D": DOMAIN, "K": {"Type": "AWS::KMS::Key"}}})),
    "a long zone": ("main.tf", f'resource "aws_subnet" "s" {{\n  availability_zone = "{"a" * 100_000}-"\n}}\n{KEY.format("")}'),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_text_is_read_in_time(tmp_path: Path, kind: str) -> None:
    name, text = HOSTILE[kind]
    (tmp_path / name).write_text(text, encoding="utf-8")
    with limited(30):
        done = run(tmp_path, "check", "--verbose", "--show-unknown")

    assert "kms-key-rotation" in done.stdout
    assert done.returncode == 1


@pytest.mark.parametrize("blanks", [" " * 200_000, "\n" * 200_000, (" " * 99 + "\n") * 2_000], ids=["a line", "lines", "both"])
def test_blanks_have_a_bound(tmp_path: Path, blanks: str) -> None:
    (tmp_path / "main.tf").write_text(f"locals {{\n  a = [{blanks}1]\n}}\n", encoding="utf-8")
    with limited(30):
        done = run(tmp_path, "check")

    assert "stretches of blanks have more than 10,000 characters together: the file is not read" in done.stdout
    assert done.returncode == 2


def test_a_parser_that_needs_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wa_iac.parsers.terraform.text.excess.MOST_SECONDS", 0)
    (tmp_path / "main.tf").write_text("a = {" + "a {}\n" * 8_000, encoding="utf-8")
    (tmp_path / "sound.tf").write_text(KEY.format(""), encoding="utf-8")
    done = run(tmp_path, "check")

    assert "main.tf:1:1 error reading it needs more than 0 seconds, the safety limit: the file is not read" in " ".join(
        done.stdout.split()
    )
    assert "kms-key-rotation" in done.stdout
    assert done.returncode == 2
