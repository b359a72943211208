"""Rules about suppressions. `audit` runs them, not a resource."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from wa_iac.core.rule import Confidence, Pillar, Remedy, Rule, Severity

PILLAR: Final[Pillar] = "operations"

UNKNOWN: Final = "suppression-unknown-rule"
NOT_ALLOWED: Final = "suppression-not-allowed"
UNEXPLAINED: Final = "suppression-without-reason"
BAD_DATE: Final = "suppression-invalid-date"
EXPIRED: Final = "suppression-expired"
UNUSED: Final = "suppression-unused"

_EXCEPTIONS: Final = "OPS02-BP05"
"""Mechanisms exist to request additions, changes, and exceptions."""
_CODE_QUALITY: Final = "OPS05-BP07"

_TEMPLATE: Final = """\
# {title}

{text}

## Non-compliant

```yaml
Resources:
  Scratch: {bad}
    Type: AWS::S3::Bucket{more}
```

```hcl
resource "aws_s3_bucket" "scratch" {{ {bad}
}}{beside}
```

## Compliant

```yaml
Resources:
  Scratch:{good}
    Type: AWS::S3::Bucket{more}
```

```hcl
resource "aws_s3_bucket" "scratch" {{{good}
}}{beside}
```
"""
_GOOD: Final = "# wa-iac: ignore[s3-versioning] rebuilt every night until=2999-12-31"
_VERSIONED_YAML: Final = """
    Properties:
      VersioningConfiguration:
        Status: Enabled"""
_VERSIONED_HCL: Final = """

resource "aws_s3_bucket_versioning" "scratch" {
  bucket = aws_s3_bucket.scratch.id
  versioning_configuration {
    status = "Enabled"
  }
}"""


def _nothing() -> Iterator[Any]:
    """It checks no resource."""
    yield from ()


def _rule(
    slug: str,
    title: str,
    text: str,
    *,
    bad: str,
    remedy: str,
    good: str = _GOOD,
    severity: Severity = Severity.LOW,
    practice: str = _EXCEPTIONS,
    versioned: bool = False,
) -> Rule:
    page = _TEMPLATE.format(
        title=title,
        text=text.strip(),
        bad=f"# wa-iac: ignore{bad}",
        good=f" {good}" if good else "",
        more=_VERSIONED_YAML if versioned else "",
        beside=_VERSIONED_HCL if versioned else "",
    )
    return Rule(
        slug=slug,
        pillar=PILLAR,
        page=page,
        practices=(practice,),
        severity=severity,
        remedy=Remedy(cfn=remedy, tf=remedy),
        confidence=Confidence.HIGH,
        profile="default",
        equivalents={},
        function=_nothing,
    )


_ALL: Final = (
    _rule(
        UNKNOWN,
        "Suppression names a rule that does not exist",
        """
The suppression has no effect: the finding that it was meant for is reported, now or after a later change of the code. The name is
misspelled, or the rule was renamed. `wa-iac rules` lists the names. cfn-lint's rules have names such as `cfn-lint-E3012`.
""",
        bad="[s3-version] rebuilt every night",
        remedy="# wa-iac: ignore[SLUG] why this is accepted  (a SLUG that `wa-iac rules` lists)",
        severity=Severity.MEDIUM,
    ),
    _rule(
        NOT_ALLOWED,
        "Suppression names a rule that must not be suppressed in the code",
        """
The suppression has no effect: the settings say which rules may be suppressed in the code (`suppressions.allow`), or that none may
(`suppressions.inline`, `--no-inline-ignores`). Readers of the code believe that the finding was accepted. Fix the finding, or add the
exception where your organization keeps exceptions: in the settings (`overrides`), or in a baseline.

The examples apply if the settings allow only `s3-versioning`.
""",
        bad="[s3-public-access-block] rebuilt every night",
        remedy="# remove the comment or the entry, and fix the finding",
    ),
    _rule(
        UNEXPLAINED,
        "Suppression has no reason",
        """
The suppression has no effect. A suppression is a decision that others have to live with. Without a reason, nobody can tell later
whether it is still right, so it is never removed. Write the reason after the bracket (in metadata: as `reason`), for the next reader.
A placeholder between `<` and `>` is not a reason.
""",
        bad="[s3-versioning]",
        remedy="# wa-iac: ignore[SLUG] why this is accepted",
    ),
    _rule(
        BAD_DATE,
        "Suppression has an invalid end date",
        """
The suppression was meant to end but never will, because the text after `until=` is not a valid date. Write it as year, month and day.
""",
        bad="[s3-versioning] rebuilt every night until=2999-02-30",
        remedy="# wa-iac: ignore[SLUG] why this is accepted until=2027-06-30",
        severity=Severity.MEDIUM,
    ),
    _rule(
        EXPIRED,
        "Suppression has expired",
        """
The end date has passed, so the suppression has no effect any more, and the finding is reported again. Someone meant to have fixed it
by now. Fix it and remove the suppression, or decide again, with a new date and a reason that is still right.
""",
        bad="[s3-versioning] moves to the new account until=2020-06-30",
        remedy="# wa-iac: ignore[SLUG] why this is still accepted until=2027-06-30",
        severity=Severity.MEDIUM,
    ),
    _rule(
        UNUSED,
        "Suppression suppresses nothing",
        """
The rule has checked this place and found nothing. Either the finding was fixed, or the comment is on another line than the finding.
If the suppression stays, it hides the next fault of the same kind, and readers believe that something is wrong.

An unused suppression is reported only if that is certain, that is, if:

- the rule ran in this run and could decide;
- the file was read in full;
- the resource does not depend on an unknown condition;
- nothing about it depends on variables or parameters for which another environment, or another caller of the module, may set other
  values.
""",
        bad="[s3-versioning] rebuilt every night",
        good="",
        remedy="# remove the comment or the entry, or this name from its list",
        practice=_CODE_QUALITY,
        versioned=True,
    ),
)

SUPPRESSION_RULES: Final[Mapping[str, Rule]] = {each.slug: each for each in _ALL}
"""By slug."""
