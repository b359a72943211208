"""What comes before a cluster of EMR is replaced."""

import json
from typing import Final

from wa_iac.aws.emr import Cluster
from wa_iac.core.binding import value_at
from wa_iac.core.value import plain

REPLACED: Final = "The cluster is replaced by an empty one: save what is on its disks first."
_ON_S3: Final = (
    "HBase keeps its tables in S3 (hbase.rootdir), in a directory that only one cluster may use at a time: flush them, and {}."
)
_IN_A_STACK: Final = "take the cluster out of the stack in a deployment before this one, since CloudFormation would end it last"
_ROOT: Final = "hbase.rootdir"
_PLACES: Final = ("Configurations", "configurations", "configurations_json")


def replaced(cluster: Cluster) -> str:
    """What a replacement does to what the cluster holds: HBase may keep that in S3 ("HBase on Amazon S3", Amazon EMR Release Guide)."""
    written = (json.dumps(plain(value_at(cluster.declared.body, each)), default=str) for each in _PLACES)
    if not any(_ROOT in each for each in written):
        return REPLACED
    ended = (
        _IN_A_STACK
        if cluster.dialect == "cloudformation"
        else "let nothing else start the new one before the old one has ended"
    )
    return f"{REPLACED} {_ON_S3.format(ended)}"
