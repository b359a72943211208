"""# S3 bucket has no versioning

## Why

Without versioning, an overwrite or a delete is final: a bad deployment, a faulty script or a stolen key destroys the only copy.
With versioning, you can restore the earlier version with one request.

## What it checks

The rule reads the versioning of each bucket. It reports a bucket for which it is not enabled; it is off by default, and on by default for a
bucket with Object Lock.

The finding is advice unless the names of the bucket say that it keeps what nobody can make again: data, uploads, backups, archives, documents, records, reports, orders, models,
the state of Terraform. It is advice also for these

- if the names speak of what is made from others, or kept for a while, too (logs, results, artifacts, templates, a cache);
- if AWS delivers logs, records or mails to the bucket, a pipeline or a build keeps its artifacts there, or a workgroup of Athena its results;
- if a lifecycle rule deletes every object within a week, uploads and the like start some work (and no browser may upload, and nothing is said of a deletion of the
  bucket), or the same code of Terraform writes the
  objects (`aws_s3_object`);
- if a distribution of CloudFront shows a page of it at its root (`DefaultRootObject: index.html`), and no browser may upload: a website is deployed from its code again;
- if they speak of reports, and a Lambda function here has to do with the bucket: a program makes reports from other data;
- if `DeletionPolicy` is written as `Delete`, or versioning as off and `force_destroy` as true: its author lets the data go;
- in a directory of examples, or in a template that calls itself one.

If a lifecycle rule deletes objects, the remedy also names the expiration of old versions: with versioning, the rule would delete nothing for good.
The finding is advice in a file of a workshop, a demonstration, or an environment for development or tests, by its path, and for anything that is
not for production, by its names or tags.

## What is left out

No bucket is exempted: elsewhere the finding stays, as advice.

## Non-compliant

```yaml
Resources:
  Reports:
    Type: AWS::S3::Bucket
    Properties:
      VersioningConfiguration:
        Status: Suspended  # finding
```

```hcl
resource "aws_s3_bucket" "reports" {} # finding
```

```yaml
Resources:
  Pages:  # finding: lets its data go
    Type: AWS::S3::Bucket
    DeletionPolicy: Delete
```

```hcl
resource "aws_s3_bucket" "scripts" {} # finding

resource "aws_s3_object" "setup" {
  bucket = aws_s3_bucket.scripts.id
  key    = "setup.sh"
  source = "setup.sh"
}
```

## Compliant

```yaml
Resources:
  Reports:
    Type: AWS::S3::Bucket
    Properties:
      VersioningConfiguration:
        Status: Enabled
```

```hcl
resource "aws_s3_bucket" "reports" {}

resource "aws_s3_bucket_versioning" "reports" {
  bucket = aws_s3_bucket.reports.id
  versioning_configuration {
    status = "Enabled"
  }
}
```

```yaml
Resources:
  Records:
    Type: AWS::S3::Bucket
    Properties:
      ObjectLockEnabled: true
```

```hcl
resource "aws_s3_bucket" "records" {
  object_lock_enabled = true
}
```

## Undecided

The result is undecided if `Status` or `status` is not known before deployment.

```yaml
Parameters:
  Status:
    Type: String
Resources:
  Reports:
    Type: AWS::S3::Bucket
    Properties:
      VersioningConfiguration:
        Status: !Ref Status  # undecided: parameter "Status" has no default
```

```hcl
variable "status" {
  type = string
}

resource "aws_s3_bucket" "reports" {}

resource "aws_s3_bucket_versioning" "reports" {
  bucket = aws_s3_bucket.reports.id
  versioning_configuration {
    status = var.status # undecided: var.status has no default
  }
}
```

## Sources

- [Retaining multiple versions of objects with S3 Versioning](https://docs.amazonaws.cn/en_us/AmazonS3/latest/userguide/Versioning.md), read on 2026-11-29
- [Configuring S3 Object Lock](https://docs.amazonaws.cn/en_us/AmazonS3/latest/userguide/object-lock-configure.md), read on 2026-11-30
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.s3 import Bucket
from wa_iac.core.awscc import and_awscc
from wa_iac.core.binding import value_at
from wa_iac.core.fix import Recipe, Satellite
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, expect, milder, rule
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.called import called
from wa_iac.knowledge.log_buckets import holds_artifacts, holds_builds, receives_deliveries
from wa_iac.knowledge.workshops import description_of, is_an_example
from wa_iac.pillars.judgements.let_go import MAY_GO, may_go
from wa_iac.pillars.judgements.old_buckets import is_of_old_style
from wa_iac.pillars.judgements.workshops import where_needed

_COST: Final = (
    "AWS charges for each version: let a lifecycle rule delete old ones, if objects are often overwritten. A script that empties the bucket before it "
    "is deleted has to delete the versions too."
)
_EXPIRES: Final = (
    "A lifecycle rule deletes objects here. With versioning, it only makes them old versions, which stay: give the rule also an expiration of "
    "noncurrent versions ({}), or what has to be deleted is kept forever. A script that empties the bucket before it is deleted has to delete the "
    "versions too."
)
_OF_VERSIONS: Final = {"cloudformation": "NoncurrentVersionExpiration", "terraform": "noncurrent_version_expiration"}
_LEFT_OFF: Final = "Its author has written that it has none, and lets Terraform delete it with its objects (force_destroy)."
_WITHIN: Final = Remedy(tf={"versioning": {"enabled": True}}, decision=_COST)
_KEEPS: Final = late(
    r"\b(?:data|data ?(?:lakes?|sets?)|uploads?|uploaded|user ?files?|user content|backups?|archives?|archived|documents?|records?|recordings?|attachments?|"
    r"models?|(?:tf|terraform|remote) ?states?|invoices?|orders?|payments?|sales|reports?|contracts?|evidence|originals?|customers?|patients?)\b"
)
"""What is in the names of a bucket that keeps what nobody can make again, or only with much work."""
_MADE: Final = late(
    r"\b(?:logs?|logging|results?|outputs?|(?<!model )(?<!training )artifacts?|builds?|packages?|templates?|scripts?|code|lambdas?|functions?|layers?|caches?|cached|temp|temporary|tmp|"
    r"scratch|thumbnails?|thumbs?|resized|transcoded|encoded|derived|derivatives?|generated|converted|quer(?:y|ies)|athena|metrics|telemetry|traces|quality|"
    r"inventor(?:y|ies)|sitemaps?|costs?|usage|cur|transcripts?|pipelines?|bulk|examples?|samples?|demos?|tests?|testing)\b"
)
"""What is in the names of one whose objects are made from others, or kept for a while only."""
_PUT: Final = late(r"\b(?:uploads?|uploaded|documents?|recordings?|attachments?|invoices?)\b")
"""What somebody puts into a bucket, perhaps only to have it worked on."""
_SHOWN: Final = late(r"(?i)\b(?:examples?|demos?|demonstrat(?:es?|ion)|tutorials?|samples?(?! sam template))\b")
_SOON: Final = 7
"""Days."""


_OBJECTS: Final = frozenset({"aws_s3_object", "aws_s3_bucket_object"})
_ASKED: Final = frozenset(and_awscc("AWS::Athena::WorkGroup", "aws_athena_workgroup"))
"""What writes the results of queries into a bucket, which can be asked again."""
_FOR_OTHERS: Final = frozenset({"aws_s3_bucket_notification", "aws_s3_bucket_cors_configuration", "aws_lambda_permission"})
_FUNCTIONS: Final = frozenset(and_awscc("AWS::Lambda::Function", "AWS::Serverless::Function", "aws_lambda_function"))
_CORS: Final = frozenset({"aws_s3_bucket_cors_configuration"})
_DISTRIBUTIONS: Final = frozenset(and_awscc("AWS::CloudFront::Distribution", "aws_cloudfront_distribution"))
_FIX: Final = Recipe(
    cfn={"VersioningConfiguration": {"Status": "Enabled"}},
    tf={"versioning": {"enabled": True}},
    types={"aws_s3_bucket_versioning": {"versioning_configuration": {"status": "Enabled"}}},
    beside=Satellite(type="aws_s3_bucket_versioning", by="bucket", body={"versioning_configuration": {"status": "Enabled"}}),
    unsafe_because="AWS charges for every version until it is deleted",
)


@rule(
    practices=["REL09-BP01", "SEC08-BP04"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    convention=True,
    equivalents={
        "checkov": ["CKV_AWS_21"],
        "trivy": ["AVD-AWS-0090"],
        "cdk_nag": ["S3BucketVersioningEnabled"],
        "guard": ["S3_BUCKET_VERSIONING_ENABLED"],
        "config": ["S3_BUCKET_VERSIONING_ENABLED"],
    },
    remedy=replace(Remedy.of_recipe(_FIX), decision=_COST),
    fix=_FIX,
)
def check(bucket: Bucket, graph: Graph) -> Flags:
    yield from where_needed(bucket, _judge(bucket, graph), bucket.tags)


def _judge(bucket: Bucket, graph: Graph) -> Flags:
    message = "This bucket has no versioning: an object that is overwritten or deleted cannot be restored from it."
    for found in expect(bucket.versions(), "Enabled", message):
        instead = _WITHIN if is_of_old_style(bucket, graph) else None
        if _keeps_old_versions(bucket):
            words = _EXPIRES.format(_OF_VERSIONS[bucket.dialect])
            instead = replace(instead or Remedy.of_recipe(_FIX), decision=words)
        goes = MAY_GO if may_go(bucket) else _LEFT_OFF if _is_left_off(bucket) else ""
        matters = not goes and _keeps(bucket) and not _is_made_again(bucket, graph)
        yield from milder([found], more=goes, confidence=None if matters else Confidence.LOW, instead=instead or "")


def _keeps(bucket: Bucket) -> bool:
    """Whether its names say that it keeps what nobody can make again, and nothing that is made from others."""
    names = list(called(bucket, bucket.tags))
    return any(map(_KEEPS.search, names)) and not any(map(_MADE.search, names))


def _is_made_again(bucket: Bucket, graph: Graph) -> bool:
    """Whether its settings, or what writes into it, show that its objects are made again, or are copies to work on."""
    if any(each(bucket, graph) for each in (receives_deliveries, holds_artifacts, holds_builds)) or bucket.website:
        return True
    if _holds_reports_of_functions(bucket, graph) or _serves_pages(bucket, graph):
        return True
    if _is_scratch(bucket) or _is_inbox(bucket, graph) or graph.referring(bucket, _ASKED):
        return True
    shown = is_an_example(bucket) or _SHOWN.search(description_of(bucket, graph)) is not None
    return shown or _is_written_here(bucket, graph)


def _holds_reports_of_functions(bucket: Bucket, graph: Graph) -> bool:
    """Whether all that its names say of its objects is that they are reports, and a function here has to do with it."""
    found = [each for name in called(bucket, bucket.tags) for each in _KEEPS.findall(name)]
    return all(each in ("report", "reports") for each in found) and any(graph.referring(bucket, _FUNCTIONS))


def _serves_pages(bucket: Bucket, graph: Graph) -> bool:
    """Whether a distribution shows a page of it at its root, so that it holds a website, and browsers may not upload to it."""
    if _takes_uploads(bucket, graph):
        return False
    for each in graph.referring(bucket, _DISTRIBUTIONS):
        # Most buckets that are judged are behind no distribution, so the service is imported only then.
        from wa_iac.aws.cloudfront import Distribution

        site = graph.typed(each, Distribution)
        ours = [origin for origin in site.origins if graph.refers(origin.domain, bucket)]
        shown = isinstance(site.root_object, Known) and site.root_object.value.endswith((".html", ".htm"))
        if shown and any(first in site.behaviors_to(origin) for origin in ours for first in site.default_behavior):
            return True
    return False


def _takes_uploads(bucket: Bucket, graph: Graph) -> bool:
    """Whether pages of others may use it, and so may upload to it."""
    return "CorsConfiguration" in bucket.declared.body.value or bool(graph.referring(bucket, _CORS))


def _is_left_off(bucket: Bucket) -> bool:
    """Whether its author has written that it has no versions, and that Terraform may delete it with its objects."""
    chosen = bucket.versioning
    if not isinstance(chosen, Known) or chosen.origin.how != "explicit" or chosen.origin.by_default:
        return False
    return bucket.force_destroy == Known(True)


def _is_written_here(bucket: Bucket, graph: Graph) -> bool:
    """Whether Terraform writes objects of it from the same code, and nothing says that others do too: no key that is only a folder, and
    no settings for uploads of browsers or for what happens to new objects."""
    keys = [value_at(each.body, "key") for each in graph.referring(bucket, _OBJECTS)]
    folders = any(isinstance(each, Known) and str(each.value).endswith("/") for each in keys)
    return bool(keys) and not folders and not graph.referring(bucket, _FOR_OTHERS)


def _keeps_old_versions(bucket: Bucket) -> bool:
    """Whether a lifecycle rule deletes objects, and none would delete their old versions."""
    rules = [each for each in bucket.lifecycle_rules if each.in_force() != Known(False)]
    expires = any(
        not isinstance(each.expiration_days, Absent) or not isinstance(each.expiration_date, Absent) for each in rules
    )
    return expires and all(isinstance(each.noncurrent_days, Absent) for each in rules)


def _is_inbox(bucket: Bucket, graph: Graph) -> bool:
    """Whether a new object starts some work, and the names say that somebody puts it there, who has the original. Not if its deletion is ruled out, or
    browsers may upload: then it may be the only place."""
    if _is_kept(bucket) or _takes_uploads(bucket, graph):
        return False
    return bool(bucket.notifications) and any(map(_PUT.search, called(bucket, bucket.tags)))


def _is_kept(bucket: Bucket) -> bool:
    """Whether something is said of its deletion, or rules it out."""
    kept = bucket.declared.attributes
    return "DeletionPolicy" in kept or value_at(kept.get("lifecycle", Absent()), "prevent_destroy") == Known(True)


def _is_scratch(bucket: Bucket) -> bool:
    """Whether all of its objects are deleted soon anyway."""
    return any(
        each.in_force() == Known(True)
        and each.narrowed() == Known(False)
        and isinstance(each.expiration_days, Known)
        and each.expiration_days.value <= _SOON
        for each in bucket.lifecycle_rules
    )
