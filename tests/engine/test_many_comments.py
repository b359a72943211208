"""Files made of comments, and lines without end: what is looked for in them takes time in proportion."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.cli import run
from helpers.counting import growth
from helpers.reports import judge, lines
from wa_iac.engine.suppressions.written import in_comments

VOLUME = "Resources:\n  V: {Type: AWS::EC2::Volume}\n"

HOSTILE = {
    "suppressions, one above the other": "# wa-iac: ignore[s3-versioning] because\n" * 60_000,
    "suppressions that never close": "# " + "# wa-iac: ignore[" * 200_000 + "\n",
    "blanks after the name": ("# wa-iac" + " " * 200_000 + "x\n") * 5,
    "signs of a comment": "#" * 1_000_000 + "\n# checkov:skip=CKV_AWS_0\n",
    "skips of others": "# trivy:ignore:AVD-AWS-0000\n" * 60_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_of_comments_is_judged(tmp_path: Path, name: str) -> None:
    (tmp_path / "t.yaml").write_text(VOLUME + HOSTILE[name], encoding="utf-8")
    done = run(tmp_path, "check", "--select", "ebs-encryption", "--format", "json")

    assert done.returncode == 1
    assert '"ebs-encryption"' in done.stdout


@pytest.mark.parametrize("line", ["# wa-iac: ignore[s3-versioning] because\n", "# trivy:ignore:AVD-AWS-0000\n"])
def test_many_comments_need_work_in_proportion(tmp_path: Path, line: str) -> None:
    def judged(number: int) -> None:
        report = judge(tmp_path, VOLUME + line * number, "cloudformation", "ebs-encryption")
        assert lines(report, "ebs-encryption") == [2]

    assert growth(judged, 500) < 1.1


def test_every_comment_of_a_block_holds_for_the_line_below_it() -> None:
    comment = "  # wa-iac: ignore[a-b] é\n"
    text = f"Resources:\n{comment * 3}  V: {{Type: AWS::EC2::Volume}}\n"

    found = list(in_comments("t.yaml", text.encode(), "cloudformation"))

    assert [each.line for each in found] == [5, 5, 5]
    assert [text.encode()[each.span.start_byte : each.span.end_byte] for each in found] == [b"a-b"] * 3


USER_DATA = {
    "blank lines": "\n" * 200_000 + "x",
    "blanks": "a" * 20 + " " * 200_000 + "!",
    "a word": "celery " * 100_000,
    "lists that never close": "packages: [" * 50_000,
    "names": "a.b." * 100_000,
    "an image": "- image: " + "a" * 200_000 + "!",
    "copies": "cp " * 100_000,
}


@pytest.mark.parametrize("name", USER_DATA)
def test_a_script_without_end_is_judged(tmp_path: Path, name: str) -> None:
    script = USER_DATA[name].replace("\n", "\\n")
    source = '{"Resources": {"V": {"Type": "AWS::EC2::Volume"}, "I": {"Type": "AWS::EC2::Instance", "Properties": '
    source += f'{{"UserData": {{"Fn::Base64": "{script}"}}}}}}}}}}'

    report = judge(tmp_path, source, "cloudformation")

    assert report.mistakes() == []
    assert lines(report, "ebs-encryption") == [1]
