"""The four switches of S3 against public access: a bucket's own, and those of its account."""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from wa_iac.aws.s3 import AccountPublicAccessBlock, Bucket, PublicAccessBlock
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of
from wa_iac.core.value import Value

from .regional_settings import settings

Switch: TypeAlias = Callable[[PublicAccessBlock | AccountPublicAccessBlock], Value[bool]]


def switched_on(switch: Switch, buckets: Iterable[Bucket], graph: Graph) -> Value[bool]:
    """Whether a switch is on for one of some buckets, or for the account, by what is written."""
    blocks = [block for bucket in buckets for block in bucket.public_access_block]
    account = settings(graph, AccountPublicAccessBlock)
    return any_of((*map(switch, blocks), *map(switch, account)))
