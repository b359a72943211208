"""Buckets of Terraform whose settings are arguments: resources of their own are not known to the provider, or would contradict these."""

from collections.abc import Callable
from typing import Any, Final

from wa_iac.aws.s3 import Bucket
from wa_iac.aws.terraform import TerraformSettings
from wa_iac.core.graph import Graph
from wa_iac.core.remedy import Remedy

_OLD_STYLE: Final = frozenset(
    {
        "server_side_encryption_configuration",
        "logging",
        "lifecycle_rule",
        "cors_rule",
        "website",
        "acl",
        "replication_configuration",
    }
)
"""Arguments of `aws_s3_bucket` that have been resources of their own since 3.75 of the provider ("Version 4 Upgrade Guide")."""
_FIRST: Final = (3, 75)
"""Major and minor version. A constraint on 3 allows older ones too, which know only the arguments."""


def is_of_old_style(bucket: Bucket, graph: Graph) -> bool:
    """Whether the settings of a bucket are arguments of it, or its provider may know no others, by the lock file or a constraint."""
    if bucket.declared.type != "aws_s3_bucket":
        return False
    return not _OLD_STYLE.isdisjoint(bucket.declared.body.value) or graph.once(_has_old_provider)


def _has_old_provider(graph: Graph) -> bool:
    from wa_iac.knowledge.provider_versions import locked_version, newest_major

    locked = [each for settings in graph.of(TerraformSettings) if (each := locked_version(settings)) is not None]
    return min(locked) < _FIRST if locked else newest_major(graph) <= _FIRST[0]


def within(bucket: str, decision: str = "") -> Callable[[Any, Graph], Remedy | None]:
    """What a remedy gives for a bucket whose settings are arguments: these arguments, in HCL. A remedy has this as its `given`."""
    remedy = Remedy(tf=bucket, decision=decision)

    def given(resource: Any, graph: Graph) -> Remedy | None:
        return remedy if isinstance(resource, Bucket) and is_of_old_style(resource, graph) else None

    return given


def logging_within(target: str, prefix: str) -> Callable[[Any, Graph], Remedy | None]:
    """The same for the access log of a bucket."""
    return within(f'logging {{\n  target_bucket = <{target}>.id\n  target_prefix = "{prefix}"\n}}')
