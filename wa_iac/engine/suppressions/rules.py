"""What can be wrong with a suppression: rules like any other, but that `hygiene` asks, not a resource."""

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
    """No resource is asked."""
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
It suppresses nothing: what it was meant for is reported as if it were not there, or will be, when somebody changes the code. The name
is misspelt, or the rule has been renamed. `wa-iac rules` lists the names; rules of cfn-lint are called `cfn-lint-E3012`.
""",
        bad="[s3-version] rebuilt every night",
        remedy="# wa-iac: ignore[SLUG] why this is accepted  (a SLUG that `wa-iac rules` lists)",
        severity=Severity.MEDIUM,
    ),
    _rule(
        NOT_ALLOWED,
        "Suppression of a rule that may not be suppressed in the code",
        """
It does not hold: the settings say which rules may be suppressed beside the code (`suppressions.allow`), or that none may
(`suppressions.inline`, `--no-inline-ignores`). Who reads the code believes that the finding was accepted. Mend what the rule finds, or have
the exception written where your organisation keeps them: in the settings (`overrides`), or in a baseline.
The examples hold where the settings allow `s3-versioning` alone.
""",
        bad="[s3-public-access-block] rebuilt every night",
        remedy="# take the comment or the entry out, and mend what the rule finds",
    ),
    _rule(
        UNEXPLAINED,
        "Suppression without a reason",
        """
It does not hold. A suppression is a decision that others have to live with: without its reason nobody can tell later whether it
still stands, and none is ever taken out. Write the reason behind the bracket (in metadata: as `reason`), for the person who will wonder.
A placeholder between `<` and `>` is no reason.
""",
        bad="[s3-versioning]",
        remedy="# wa-iac: ignore[SLUG] why this is accepted",
    ),
    _rule(
        BAD_DATE,
        "Suppression until a day that is no date",
        """
It was meant to end and never will: what stands behind `until=` is no day of the calendar. Write it as year, month and day.
""",
        bad="[s3-versioning] rebuilt every night until=2999-02-30",
        remedy="# wa-iac: ignore[SLUG] why this is accepted until=2027-06-30",
        severity=Severity.MEDIUM,
    ),
    _rule(
        EXPIRED,
        "Suppression has expired",
        """
The day it was to hold until has passed, so it holds no more, and what it suppressed is reported again. Somebody meant to
have mended it by now. Mend it and take the suppression out, or decide anew: with a new day, and a reason that still holds.
""",
        bad="[s3-versioning] moves to the new account until=2020-06-30",
        remedy="# wa-iac: ignore[SLUG] why this is still accepted until=2027-06-30",
        severity=Severity.MEDIUM,
    ),
    _rule(
        UNUSED,
        "Suppression that suppresses nothing",
        """
The rule has judged this place and finds nothing here. What was accepted once is mended, or the comment stands at another line
than the finding. Left in, it hides the next fault of the same kind, and says to whoever reads it that something is wrong.

It is told only where that is certain: the rule ran in this run and could decide, the file was read in full, the
resource exists under no condition that is unknown, and nothing about it depends on variables or parameters that another environment,
or another caller of the module, may give otherwise.
""",
        bad="[s3-versioning] rebuilt every night",
        good="",
        remedy="# take the comment or the entry out, or this name out of its list",
        practice=_CODE_QUALITY,
        versioned=True,
    ),
)

SUPPRESSION_RULES: Final[Mapping[str, Rule]] = {each.slug: each for each in _ALL}
"""By slug."""
