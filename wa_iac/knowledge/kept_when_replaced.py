"""What CloudFormation can keep of a data store that it replaces: the `UpdateReplacePolicy` of each type.

"DeletionPolicy attribute" (AWS CloudFormation Template Reference) lists the types that have snapshots; anything can be retained.
"""

from __future__ import annotations

from typing import Final

KEPT_WHEN_REPLACED: Final = {
    **dict.fromkeys(
        ("AWS::RDS::DBInstance", "AWS::RDS::DBCluster", "AWS::DocDB::DBCluster", "AWS::Neptune::DBCluster"), "Snapshot"
    ),
    "AWS::EC2::Volume": "Snapshot",
    "AWS::EFS::FileSystem": "Retain",
}
