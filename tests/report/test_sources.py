"""Lines, columns in UTF-16 units, and what is not shown."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.counting import growth
from wa_iac.report.sources import Sources

SOURCES = Sources({"a.tf": "one\r\n🙂é two\rthree".encode(), "bin": b"\xff\n"})


@pytest.mark.parametrize(("line", "column", "expected"), [(1, 2, 2), (2, 1, 1), (2, 2, 3), (2, 5, 6), (9, 4, 4)])
def test_columns_count_utf16_units(line: int, column: int, expected: int) -> None:
    assert SOURCES.utf16_column("a.tf", line, column) == expected


def test_a_byte_order_mark_is_no_character_of_the_first_line() -> None:
    sources = Sources({"a.tf": "\ufeffé🙂x".encode()})
    assert (sources.lines("a.tf"), sources.utf16_column("a.tf", 1, 3)) == (["é🙂x"], 4)


@pytest.mark.parametrize(
    ("text", "before", "expected"),
    [
        ("one\r\n🙂é two\rthree", "one\r\n🙂é", (2, 3)),
        ("one\r\n🙂é two\rthree", "one\r\n🙂é two\rth", (3, 3)),
        ("one\n", "one\n", (2, 1)),
        ("\ufeffone", "\ufeffo", (1, 2)),
        ("one\n\ufefftwo", "one\n\ufefft", (2, 3)),
        ("", "", (1, 1)),
    ],
)
def test_bytes_have_a_line_and_a_column_in_characters(text: str, before: str, expected: tuple[int, int]) -> None:
    assert Sources({"a": text.encode()}).position("a", len(before.encode())) == expected


class Watched(bytes):
    """Bytes that know how many of them were cut out or gone over."""

    seen = 0

    def __getitem__(self, key: Any) -> Any:
        found = super().__getitem__(key)
        self.seen += len(found) if isinstance(found, bytes) else 1
        return found

    def decode(self, encoding: str = "utf-8", errors: str = "strict") -> str:
        self.seen += len(self)
        return super().decode(encoding, errors)

    def isascii(self) -> bool:
        self.seen += len(self)
        return super().isascii()


@pytest.mark.parametrize("line", ["Encrypted: false\n", "Encrypted: é\n"], ids=["ASCII", "other characters"])
def test_a_position_needs_the_work_of_its_line_not_of_the_file(line: str) -> None:
    """A report with fixes asks for two places of each edit."""

    def asked(number: int) -> None:
        data = Watched(line.encode() * number)
        width = len(data) // number
        sources = Sources({"a": data})
        assert [sources.position("a", each * width + width - 1) for each in range(number)] == [
            (each + 1, len(line)) for each in range(number)
        ]
        assert data.seen <= 2 * len(data)

    assert growth(asked, 500) < 1.1


def test_every_line_end_ends_a_line_and_what_is_not_utf8_is_replaced() -> None:
    assert SOURCES.lines("a.tf") == ["one", "🙂é two", "three"]
    assert SOURCES.lines("bin") == ["\ufffd", ""]
    assert "other" not in SOURCES


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_excerpt_is_in_the_encoding_of_its_file(encoding: str) -> None:
    assert Sources({"a": "one\ntwo\n".encode(encoding)}).excerpt("s3-versioning", "a", 2) == "two"


def test_an_excerpt_is_the_line_cut_where_it_is_long() -> None:
    sources = Sources({"a": b"  x = 1  \n\n" + b"y" * 200})

    assert sources.excerpt("s3-versioning", "a", 1) == "  x = 1"
    assert sources.excerpt("s3-versioning", "a", 2) is None
    assert sources.excerpt("s3-versioning", "a", 3) == "y" * 159 + "…"
    assert sources.excerpt("s3-versioning", "a", 4) is None
    assert sources.excerpt("s3-versioning", "b", 1) is None


@pytest.mark.parametrize("slug", ["lambda-plaintext", "rds-password", "iam-credentials", "ecs-secret-in-environment"])
def test_a_rule_on_secrets_shows_no_source(slug: str) -> None:
    assert Sources({"a": b"x = 1"}).excerpt(slug, "a", 1) is None


@pytest.mark.parametrize(
    "line",
    [
        'resource "aws_db_instance" "x" { master_password = "hunter2" }',
        '{"Db": {"MasterUserPassword": "hunter2"}}',
        "DbPass: hunter2",
        "api_key = 1",
        "  access-key: x",
        "uri = postgres://me:hunter2@db/x",
        "key = AKIAIOSFODNN7EXAMPLE",
        "-----BEGIN RSA PRIVATE KEY-----",
    ],
)
def test_no_rule_shows_a_line_that_may_hold_a_secret(line: str) -> None:
    assert Sources({"a": line.encode()}).excerpt("rds-multi-az", "a", 1) is None


@pytest.mark.parametrize("line", ["  Passthrough", "KmsMasterKeyId: alias/x", "multi_az = false", "rotate = var.secret"])
def test_other_lines_are_shown(line: str) -> None:
    assert Sources({"a": line.encode()}).excerpt("rds-multi-az", "a", 1) == line


@pytest.mark.parametrize(
    ("line", "is_shown"),
    [
        ('http_tokens = "optional"', True),
        ("HttpTokens: optional  # as it was", True),
        ('"HttpTokens": "optional",', True),
        ("manage_master_user_password = true", True),
        ("minimum_password_length = 6", True),
        ('"PasswordReusePrevention": 3}', True),
        ("refresh_token_validity = 36500 # days", True),
        ("ImagePullCredentialsType: CODEBUILD", True),
        ("password = null", True),
        ("password_length_of_old = seven", False),
        ("password: 12345 # minimum_length: 5", False),
        ('{"MinimumPasswordLength": 6, "Password": "x"}', False),
        ("password_reset_required: 'false'", True),
        ('password = "optional-blue"', False),
        ("password: truest", False),
        ("password = 12345", False),
        ('{"HttpTokens": "optional", "Password": "x"}', False),
        ("token = true ? var.a : 1", False),
    ],
)
def test_a_word_that_is_a_setting_is_no_secret(line: str, is_shown: bool) -> None:
    assert Sources({"a": line.encode()}).excerpt("s3-versioning", "a", 1) == (line if is_shown else None)


def test_a_line_with_what_is_called_sensitive_is_not_shown() -> None:
    sources = Sources({"a": b"x = seven-blue\ny = seven\n"}, frozenset({"seven-blue"}))

    assert (sources.excerpt("s3-versioning", "a", 1), sources.excerpt("s3-versioning", "a", 2)) == (None, "y = seven")
