"""Files that say of themselves that they are no longer used, or that they come from somebody else, who has to change them."""

from __future__ import annotations

from functools import lru_cache
from itertools import takewhile
from typing import Final

from wa_iac.core.late_pattern import late

_LONGEST: Final = 2_000
"""Bytes of a file in which it says something of itself."""
_COMMENT: Final = late(r"(?:#|//|/\*|\*)")
_RETIRED: Final = late(
    r"(?i)\bthis (?:code|file|module|template|stack|configuration|root|directory|folder|recipe)\b.{0,20}?\b(?:is|was|has been|are)\b.{0,20}?"
    r"\b(?:deprecated|obsolete|superseded|retired|no longer (?:used|maintained|deployed|needed))\b"
)
_WARNED: Final = late(r"(?i)^\W*(?:deprecated|deprecation (?:warning|notice)|obsolete|no longer used)(?:\W*$|\s*[:!.,-])")
"""How the first line of such a comment may begin: one further down may speak of a setting."""
_BOOTSTRAP: Final = (b"/cdk-bootstrap/${Qualifier}/version", b"CdkBootstrapVersion")
"""What CDK's command line looks for in the template of an environment that it has prepared."""
OF_CDK: Final = "This is a copy of CDK's own bootstrap template."


@lru_cache(256)
def is_retired(source: bytes) -> bool:
    """Whether the comment at the top of a file says that it is no longer used."""
    lines = (each.strip().lstrip("\ufeff") for each in source[:_LONGEST].decode("utf-8", "replace").splitlines())
    top = list(takewhile(lambda each: _COMMENT.match(each) is not None, (each for each in lines if each and each != "---")))
    return any(map(_RETIRED.search, top)) or any(map(_WARNED.search, top[:1]))


@lru_cache(256)
def is_bootstrap(source: bytes) -> bool:
    """Whether a template is the one with which CDK prepares an environment."""
    return all(each in source for each in _BOOTSTRAP)
