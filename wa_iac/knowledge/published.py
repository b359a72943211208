"""Buckets whose objects are for everyone, by what they are called."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wa_iac.aws.s3 import Bucket, BucketPolicy
from wa_iac.core.late_pattern import late
from wa_iac.core.partial import pieces_of

_PUBLIC: Final = late(
    r"(?i:(?<![a-z])(?:public|static|assets|website|web|www|cdn|site|releases?|distributions?|downloads?|resources|templates)(?![a-z]))"
    r"|(?:Public|Static|Assets|Website|Cdn|Site|Releases?|Distributions?|Downloads?|Resources|Templates)(?![a-z])"
)
FOR_EVERYONE: Final = late(
    r"(?i:(?<!non)(?<!not)(?<!non[-_ ])(?<!not[-_ ]))"
    r"(?:(?<![A-Za-z])(?i:public|everyone|everybody|anyone|anonymous)|Public|Everyone|Everybody|Anyone|Anonymous)"
    r"(?i:read)?(?![a-z])"
)
"""What a name says of objects that everyone may read."""


def is_published(holder: Bucket | BucketPolicy) -> bool:
    """Whether its name says that its objects are for everyone, or it serves a website."""
    return any(map(_PUBLIC.search, names_of(holder))) or (isinstance(holder, Bucket) and bool(holder.website))


def is_for_everyone(holder: Bucket | BucketPolicy) -> bool:
    """Whether its name says outright that everyone may read its objects."""
    return any(map(FOR_EVERYONE.search, names_of(holder)))


def names_of(holder: Bucket | BucketPolicy) -> Iterator[str]:
    """The name in the code, and the bucket's own."""
    yield holder.address
    if isinstance(holder, Bucket):
        yield from pieces_of(holder.name)
