"""Buckets that only redirect."""

from typing import Final

from wa_iac.core.rule import Remedy

REDIRECT: Final = Remedy(
    decision="A function of CloudFront can answer with the redirect itself: then no bucket is needed. Origin access control "
    "does not work with a website's endpoint."
)
HOLDS_NOTHING: Final = "Its website only redirects, so the bucket need not hold any object."
