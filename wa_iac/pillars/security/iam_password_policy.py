"""# Password policy of the account is weak

## Why

IAM users may choose short passwords, or take the last one again. A password that is guessed, or that was stolen elsewhere,
opens the account. The policy is for all IAM users of the account.

## What it checks

The password policy of Terraform: a length of at least 14 characters, all four kinds of characters, and no reuse of the last
password. A length of 12 or 13 has a low severity, and is advice if nothing else is wrong. A policy that does not name a setting has AWS's default: six characters, nothing required, reuse allowed.

## What is left out

The kinds of characters of passwords of 20 characters or more: length does more than they do (NIST SP 800-63B). The age of passwords: an end date makes people choose weaker ones. How many passwords are remembered. CloudFormation has no
password policy, and an account without one in this code is not reported.

## Non-compliant

```hcl
resource "aws_iam_account_password_policy" "main" {
  minimum_password_length      = 8 # finding: 8 characters
  require_lowercase_characters = true
  require_uppercase_characters = true
  require_numbers              = true
  require_symbols              = true
  password_reuse_prevention    = 24
}
```

```hcl
resource "aws_iam_account_password_policy" "main" { # finding: used again
  minimum_password_length      = 14
  require_lowercase_characters = true
  require_uppercase_characters = true
  require_numbers              = true
  require_symbols              = true
}
```

## Compliant

```hcl
resource "aws_iam_account_password_policy" "main" {
  minimum_password_length      = 14
  require_lowercase_characters = true
  require_uppercase_characters = true
  require_numbers              = true
  require_symbols              = true
  password_reuse_prevention    = 24
}
```

## Undecided

The result is undecided if a setting is not known before deployment.

```hcl
variable "length" {
  type = number
}

resource "aws_iam_account_password_policy" "main" {
  minimum_password_length      = var.length # undecided: var.length has no default
  require_lowercase_characters = true
  require_uppercase_characters = true
  require_numbers              = true
  require_symbols              = true
  password_reuse_prevention    = 24
}
```

## Sources

- [Restrict IAM password reuse High](https://docs.aws.amazon.com/amazonq/detector-library/terraform/restrict-iam-password-reuse-terraform), read on 2026-11-29
- [Control: Ensure IAM password policy requires a minimum length of 14 or greater](https://hub.steampipe.io/mods/turbot/aws_compliance/controls/control.iam_account_password_policy_min_length_14), read on 2026-11-29
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from pydantic import Field

from wa_iac.aws.iam import PasswordPolicy
from wa_iac.core.rule import Confidence, Flags, Options, Remedy, Severity, all_known, flag, rule
from wa_iac.core.value import Known, Origin, Value
from wa_iac.pillars.judgements.wording import listed


class Wanted(Options):
    """How long passwords must be."""

    minimum_length: int = Field(14, ge=6, le=128, description="The minimum number of characters of a password.")


_SHORT: Final = 12
"""A password of so many characters of all kinds is not guessed soon."""
_LONG: Final = 20
"""From so many characters on, no kinds of them need to be asked for: NIST SP 800-63B prefers length to composition."""
_PRESENT: Final = "Passwords that exist stay valid until their users change them."
_ARGUMENTS: Final = {
    "lowercase": "lowercase_characters",
    "uppercase": "uppercase_characters",
    "numbers": "numbers",
    "symbols": "symbols",
}
_KINDS = {"lowercase": "lowercase letters", "uppercase": "uppercase letters", "numbers": "numbers", "symbols": "symbols"}


@rule(
    practices=["SEC02-BP01"],
    severity=Severity.MEDIUM,
    remedy=lambda wanted: Remedy(
        tf={
            "minimum_password_length": wanted.minimum_length,
            "require_lowercase_characters": True,
            "require_uppercase_characters": True,
            "require_numbers": True,
            "require_symbols": True,
            "password_reuse_prevention": 24,
        },
        decision=_PRESENT,
    ),
    equivalents={
        "checkov": ["CKV_AWS_9", "CKV_AWS_10", "CKV_AWS_11", "CKV_AWS_12", "CKV_AWS_13", "CKV_AWS_14", "CKV_AWS_15"],
        "trivy": [
            "AVD-AWS-0056",
            "AVD-AWS-0058",
            "AVD-AWS-0059",
            "AVD-AWS-0060",
            "AVD-AWS-0061",
            "AVD-AWS-0062",
            "AVD-AWS-0063",
        ],
        "config": ["IAM_PASSWORD_POLICY"],
        "security_hub": ["IAM.7"],
    },
)
def check(policy: PasswordPolicy, wanted: Wanted) -> Flags:
    length, kinds = policy.minimum_length, {name: getattr(policy, name) for name in _KINDS}
    faults: list[tuple[Value[int] | Value[bool], str]] = []
    if isinstance(length, Known) and length.value < wanted.minimum_length:
        faults.append((length, f"may be as short as {length.value} characters"))
    missing = [name for name, value in kinds.items() if value == Known(False) and not _is_long(policy)]
    if missing:
        faults.append((kinds[missing[0]], f"need no {' or '.join(_KINDS[name] for name in missing)}"))
    if policy.remembered == Known(0):
        faults.append((policy.remembered, "may be used again at once"))
    if not faults:
        all_known(length, *kinds.values(), policy.remembered)
        return
    short = isinstance(length, Known) and length.value < _SHORT
    yield flag(
        faults[0][0],
        f"Passwords of this account {listed([said for _, said in faults])}: "
        f"{'one that leaked may come back' if len(faults) == 1 and faults[0][0] is policy.remembered else 'they are easier to guess'}.",
        severity=None if short else Severity.LOW,
        confidence=None if short or len(faults) > 1 or faults[0][0] is not length else Confidence.LOW,
        instead=_in_parts([*_wrong(policy, wanted)], faults[0][0]),
    )


def _is_long(policy: PasswordPolicy) -> bool:
    """Whether its passwords are so long that their kinds of characters do not matter."""
    return isinstance(policy.minimum_length, Known) and policy.minimum_length.value >= _LONG


class _Setting(NamedTuple):
    """An argument of the policy that is too weak, where it comes from, and what it has to be."""

    argument: str
    origin: Origin
    wanted: int | bool

    @property
    def literal(self) -> str:
        return str(self.wanted).lower()

    @property
    def setter(self) -> str:
        """The variable or the argument of a call that sets it; empty if it is written in the policy, or nowhere."""
        chain = [each for each in self.origin.chain if each.span.path]
        if not chain:
            return ""
        last = chain[-1]
        argument = f'the argument "{last.argument}"' if last.argument else last.note
        return (
            f"{f'the default of {last.default_of}' if last.default_of else argument} ({last.span.path}:{last.span.start_line})"
        )


def _wrong(policy: PasswordPolicy, wanted: Wanted) -> Iterator[_Setting]:
    """The settings that are too weak."""
    written = policy.declared.body.value

    def setting(argument: str, value: Value[int] | Value[bool], right: int | bool) -> _Setting:
        # Where a caller passes null, the value is the default, and only what is written tells of the caller.
        return _Setting(argument, written.get(argument, value).origin, right)

    if isinstance(policy.minimum_length, Known) and policy.minimum_length.value < wanted.minimum_length:
        yield setting("minimum_password_length", policy.minimum_length, wanted.minimum_length)
    for name, argument in _ARGUMENTS.items():
        value: Value[bool] = getattr(policy, name)
        if value == Known(False) and not _is_long(policy):
            yield setting(f"require_{argument}", value, True)
    if policy.remembered == Known(0):
        yield setting("password_reuse_prevention", policy.remembered, 24)


def _in_parts(wrong: list[_Setting], at: Value[int] | Value[bool]) -> Remedy:
    """The remedy for what is wrong, and nothing else. If variables set some of it, the code is for the first setting, and words are for the
    others."""
    first, *others = sorted(wrong, key=lambda each: each.origin is not at.origin)
    if not others or not any(each.setter for each in wrong):
        return Remedy(tf={each.argument: each.wanted for each in wrong}, decision=_PRESENT)
    here = [f"{each.argument} = {each.literal}" for each in others if not each.setter]
    there = [f"{each.setter} to {each.literal}" for each in others if each.setter]
    words = [f"In the policy, also write {listed(here)}."] if here else []
    words += [f"Also set {listed(there)}, or pass these values."] if there else []
    return Remedy(tf={first.argument: first.wanted}, decision=" ".join((*words, _PRESENT)))
