"""# S3 bucket ACL allows public access

A public ACL lets anyone list the bucket and, with `PublicReadWrite`, write objects to it. `AuthenticatedRead` is no better: it
means every AWS account in the world, not only yours. New buckets reject such an ACL. It takes effect on older buckets, and on
buckets that disable these protections.

An ACL has no effect if the bucket's public access block ignores public ACLs, or if its ownership setting disables ACLs. The
rule does not report it then.

## Non-compliant

```yaml
Resources:
  Reports:
    Type: AWS::S3::Bucket
    Properties:
      AccessControl: PublicRead  # finding
```

```hcl
resource "aws_s3_bucket" "reports" {}

resource "aws_s3_bucket_acl" "reports" {
  bucket = aws_s3_bucket.reports.id
  acl    = "public-read-write" # finding
}
```

```hcl
resource "aws_s3_bucket" "reports" {}

resource "aws_s3_bucket_acl" "reports" {
  bucket = aws_s3_bucket.reports.id
  access_control_policy {
    grant {
      permission = "READ"
      grantee {
        type = "Group"
        uri  = "http://acs.amazonaws.com/groups/global/AllUsers" # finding
      }
    }
    owner {
      id = "1234567890abcdef"
    }
  }
}
```

## Compliant

```yaml
Resources:
  Reports:
    Type: AWS::S3::Bucket
    Properties:
      AccessControl: Private
  Inherited:
    Type: AWS::S3::Bucket
    Properties:
      AccessControl: PublicRead
      PublicAccessBlockConfiguration:
        BlockPublicAcls: true
        BlockPublicPolicy: true
        IgnorePublicAcls: true
        RestrictPublicBuckets: true
```

```hcl
resource "aws_s3_bucket" "reports" {}

resource "aws_s3_bucket_acl" "reports" {
  bucket = aws_s3_bucket.reports.id
  acl    = "log-delivery-write"
}
```
"""

from collections.abc import Iterator

from wa_iac.aws.s3 import AccountPublicAccessBlock, Bucket
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flag, Remedy, Severity, flag, rule, undecided
from wa_iac.core.value import Absent, Known, Unknown, Value

CANNED = {
    "publicread": "anyone can list it",
    "publicreadwrite": "anyone can list it and write to it",
    "authenticatedread": "every AWS account in the world can list it",
}
GROUPS = {"AllUsers": "anyone", "AuthenticatedUsers": "every AWS account in the world"}


@rule(
    practices=["SEC03-BP07", "SEC08-BP04"],
    severity=Severity.CRITICAL,
    remedy=Remedy(cfn="AccessControl: Private", tf='acl = "private"'),
    equivalents={
        "checkov": ["CKV_AWS_20", "CKV_AWS_57", "CKV_AWS_375", "CKV2_AWS_43"],
        "trivy": ["AVD-AWS-0092"],
        "guard": ["S3_BUCKET_NO_PUBLIC_RW_ACL", "S3_BUCKET_PUBLIC_READ_ACL"],
        "config": ["S3_BUCKET_PUBLIC_READ_PROHIBITED", "S3_BUCKET_PUBLIC_WRITE_PROHIBITED"],
    },
)
def check(bucket: Bucket, graph: Graph) -> Iterator[Flag]:
    ignored = _ignored(bucket, graph)
    if ignored == Known(True):
        return
    for answer in _judged(bucket):
        yield undecided(ignored) if isinstance(ignored, Unknown) and answer.verdict == "fail" else answer


def _judged(bucket: Bucket) -> Iterator[Flag]:
    match bucket.acl:
        case Known(name) if name.replace("-", "").lower() in CANNED:
            yield flag(bucket.acl, f"{name}: {CANNED[name.replace('-', '').lower()]}, and read the objects that inherit it.")
        case Unknown() as value:
            yield undecided(value)
        case Known() | Absent():
            pass
    for grant in bucket.grants:
        match grant.uri:
            case Known(uri) if uri.rsplit("/", 1)[-1] in GROUPS:
                yield flag(grant.uri, f"This grant is to {GROUPS[uri.rsplit('/', 1)[-1]]}: the bucket is open to strangers.")
            case Unknown() as value:
                yield undecided(value)
            case Known() | Absent():
                pass


def _ignored(bucket: Bucket, graph: Graph) -> Value[bool]:
    """Whether public ACLs have no effect, by what is written: a new bucket's defaults would make the deployment fail."""
    if bucket.ownership.origin.how != "service default" and bucket.ownership == Known("BucketOwnerEnforced"):
        return Known(True)
    switches = [*(each.ignore_public_acls for each in bucket.public_access_block)]
    switches += [each.ignore_public_acls for each in graph.of(AccountPublicAccessBlock)]
    if any(each == Known(True) for each in switches):
        return Known(True)
    return next((each for each in switches if isinstance(each, Unknown)), Known(False))
