"""A length of passwords that comes from a variable."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy
from wa_iac.core.rule import Severity
from wa_iac.core.scales import is_advice

POLICY = """variable "length" {{
  default = {0}
}}

resource "aws_iam_account_password_policy" "p" {{
  minimum_password_length      = var.length
  require_lowercase_characters = true
  require_uppercase_characters = true
  require_numbers              = true
  require_symbols              = true
}}
"""


@pytest.mark.parametrize(("length", "severity"), [(8, Severity.MEDIUM), (12, Severity.LOW)])
def test_a_long_password_of_all_kinds_is_milder(tmp_path: Path, length: int, severity: Severity) -> None:
    (found,) = judge(tmp_path, POLICY.format(length), "terraform", "iam-password-policy").failing()

    assert found.severity is severity


@pytest.mark.parametrize(("length", "advice"), [(8, False), (12, True)])
def test_a_length_that_standards_allow_is_advice_alone(tmp_path: Path, length: int, advice: bool) -> None:
    remembers = POLICY.format(length).rstrip().removesuffix("}") + "  password_reuse_prevention = 24\n}\n"
    (found,) = judge(tmp_path, remembers, "terraform", "iam-password-policy").failing()

    assert is_advice(found.severity, found.confidence) is advice


def test_the_rest_is_written_in_the_policy(tmp_path: Path) -> None:
    text = only_remedy(judge(tmp_path, POLICY.format(12), "terraform", "iam-password-policy"))

    assert text.startswith("In the policy, also write password_reuse_prevention = 24. Passwords that exist stay valid")
    assert text.endswith("default = 14")


def test_what_variables_set_is_changed_there(tmp_path: Path) -> None:
    variable = 'variable "reuse" {\n  default = 0\n}\n'
    policy = POLICY.format(12).rstrip().removesuffix("}") + "  password_reuse_prevention = var.reuse\n}\n"
    text = only_remedy(judge(tmp_path, variable + policy, "terraform", "iam-password-policy"))

    assert text.startswith('Also set the default of variable "reuse" (main.tf:2) to 24, or pass these values.')


def test_what_callers_pass_as_null_is_changed_there(tmp_path: Path) -> None:
    variable = 'variable "reuse" {\n  default = null\n}\n'
    policy = POLICY.format(12).rstrip().removesuffix("}") + "  password_reuse_prevention = var.reuse\n}\n"
    text = only_remedy(judge(tmp_path, variable + policy, "terraform", "iam-password-policy"))

    assert text.startswith('Also set the default of variable "reuse" (main.tf:2) to 24, or pass these values.')


@pytest.mark.parametrize(("length", "faults"), [(19, 1), (20, 0)])
def test_a_very_long_password_needs_no_kinds_of_characters(tmp_path: Path, length: int, faults: int) -> None:
    source = f"""
resource "aws_iam_account_password_policy" "p" {{
  minimum_password_length      = {length}
  require_lowercase_characters = false
  require_symbols              = false
  password_reuse_prevention    = 24
}}
"""
    assert len(judge(tmp_path, source, "terraform", "iam-password-policy").failing()) == faults
