"""# EFS access point leaves user or directory to the client

## Why

An access point gives an application its own way into a shared file system. It protects the others only if it says who the application is
and where it may go. Without a POSIX user, a client claims any user and group ID, and reads and changes what belongs to others. With the
root of the file system as its directory, it sees the files of all applications.

## What it checks

The rule reads the POSIX user and the root directory of each access point. It reports one without a user; the severity is lower if nothing
else in this unit enters the same file system through an access point. It reports one that opens the whole file system, with lower
severity, if there are such others.

## What is left out

A root directory `/` where nothing else in this unit enters the file system through an access point: the file system may belong to one
application. The rule does not read the policy of the file system.

## Non-compliant

```yaml
Resources:
  Reports:  # finding: no POSIX user
    Type: AWS::EFS::AccessPoint
    Properties:
      FileSystemId: fs-0123456789abcdef0
      RootDirectory:
        Path: /reports
```

```hcl
resource "aws_efs_file_system" "shared" {}

resource "aws_efs_access_point" "reports" { # finding: opens the whole file system
  file_system_id = aws_efs_file_system.shared.id

  posix_user {
    uid = 1001
    gid = 1001
  }
}

resource "aws_efs_access_point" "invoices" {
  file_system_id = aws_efs_file_system.shared.id

  posix_user {
    uid = 1002
    gid = 1002
  }

  root_directory {
    path = "/invoices"
  }
}
```

## Compliant

```yaml
Resources:
  Reports:
    Type: AWS::EFS::AccessPoint
    Properties:
      FileSystemId: fs-0123456789abcdef0
      PosixUser: {Uid: "1001", Gid: "1001"}
      RootDirectory:
        Path: /reports
        CreationInfo: {OwnerUid: "1001", OwnerGid: "1001", Permissions: "0750"}
```

```hcl
resource "aws_efs_access_point" "reports" {
  file_system_id = "fs-0123456789abcdef0"

  posix_user {
    uid = 1001
    gid = 1001
  }

  root_directory {
    path = "/reports"
  }
}
```

## Undecided

The result is undecided if it is not known which directory an access point opens.

```yaml
Parameters:
  Root:
    Type: String
Resources:
  Shared:
    Type: AWS::EFS::FileSystem
  Reports:
    Type: AWS::EFS::AccessPoint
    Properties:
      FileSystemId: !Ref Shared
      PosixUser: {Uid: "1001", Gid: "1001"}
      RootDirectory:
        Path: !Ref Root  # undecided: parameter "Root" has no default
  Invoices:
    Type: AWS::EFS::AccessPoint
    Properties:
      FileSystemId: !Ref Shared
      PosixUser: {Uid: "1002", Gid: "1002"}
      RootDirectory:
        Path: /invoices
```

```hcl
variable "root" {
  type = string
}

resource "aws_efs_file_system" "shared" {}

resource "aws_efs_access_point" "reports" {
  file_system_id = aws_efs_file_system.shared.id

  posix_user {
    uid = 1001
    gid = 1001
  }

  root_directory {
    path = var.root # undecided: var.root has no default
  }
}

resource "aws_efs_access_point" "invoices" {
  file_system_id = aws_efs_file_system.shared.id

  posix_user {
    uid = 1002
    gid = 1002
  }

  root_directory {
    path = "/invoices"
  }
}
```

## Sources

- [Enforcing a user identity using an access point - Amazon Elastic File System](https://docs.aws.amazon.com/efs/latest/ug/enforce-identity-access-points.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.efs import AccessPoint
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, flag, rule, settled
from wa_iac.core.value import Absent, Known

_REPLACED: Final = "This replaces the access point, and so its ID: clients mount the new one."
_DIRECTORY: Final = Remedy(
    cfn='RootDirectory:\n  Path: /<the application>\n  CreationInfo: {OwnerUid: "1001", OwnerGid: "1001", Permissions: "0750"}',
    tf='root_directory {\n  path = "/<the application>"\n\n  creation_info {\n    owner_uid   = 1001\n    owner_gid   = 1001\n'
    '    permissions = "0750"\n  }\n}',
    replaces=True,
    decision=_REPLACED,
)


@rule(
    practices=["SEC03-BP02", "SEC08-BP04"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn='PosixUser: {Uid: "1001", Gid: "1001"}',
        tf="posix_user {\n  uid = 1001\n  gid = 1001\n}",
        replaces=True,
        decision=_REPLACED,
    ),
    equivalents={
        "checkov": ["CKV_AWS_329", "CKV_AWS_330"],
        "config": ["EFS_ACCESS_POINT_ENFORCE_USER_IDENTITY", "EFS_ACCESS_POINT_ENFORCE_ROOT_DIRECTORY"],
        "security_hub": ["EFS.3", "EFS.4"],
    },
)
def check(point: AccessPoint, graph: Graph) -> Flags:
    shared = any(len(graph.pointing(AccessPoint, "file_system").at[id(each.declared)]) > 1 for each in point.file_system)
    if isinstance(settled(point.user_id), Absent):
        yield flag(
            point.user_id,
            "This access point has no POSIX user: a client says itself which user it is, and reads and changes what belongs to others.",
            severity=None if shared else Severity.LOW,
        )
        return
    if settled(point.path) == Known("/"):
        all_known(point.file_system.unknown)
        accept(not shared)
        yield flag(
            point.path,
            "This access point opens the whole file system, which other applications use too: the files of all are in view.",
            severity=Severity.LOW,
            instead=_DIRECTORY,
        )
