"""# S3 bucket has no versioning

## Why

Without versioning, an overwrite or a delete is final: a bad deployment, a faulty script or a stolen key destroys the only copy.
With versioning, you can restore the earlier version with one request.

## What it checks

The rule reads the versioning of each bucket. It reports a bucket for which it is not enabled; it is off by default, and on by default for a
bucket with Object Lock.
The confidence is low for a bucket to which AWS delivers logs, records or mails (access logs, CloudTrail, AWS Config and its conformance
packs, flow logs, Firehose, reports of costs, mails that SES receives): each delivery has a name of its own, so nothing is overwritten, or AWS
makes it again. It is also low for the artifacts of a pipeline or a build, unless it takes its source from the same bucket. It is also low if the bucket only
redirects, or holds the pages of a website or an application, by its settings, its names or a distribution of CloudFront that takes its first page from it: a build makes them again, unless the names also speak of
uploads, media or data. So it is if a lifecycle rule deletes every object within a week, and if the bucket's name says that its objects are made from others, or are kept only
for a while (thumbnails, a cache, results of queries, artifacts, the bucket of a pipeline, results, packages of functions, templates, scripts, results of canaries, sitemaps, inventories, telemetry, the blocks of a store of metrics, logs or traces such as Thanos or Loki, temporary files): they can be made again, and each version would cost only. So it is for a bucket whose objects the same code of Terraform writes
(`aws_s3_object`), for one whose names say nothing but that it is a bucket, unless a deletion of it is ruled out, for one in a directory of examples or in a template that calls itself one, for one into which a workgroup of Athena writes its results, for one whose names say that copies are put there to be worked on (source, input,
incoming) and whose new objects start that work, and for one whose `DeletionPolicy` is written as `Delete`, or for which versioning is
written as off and `force_destroy` as true: its author lets the data go.

If a lifecycle rule deletes objects, the remedy also names the expiration of old versions: with versioning, the rule would delete nothing for good.
The finding is advice in a file of a workshop, a demonstration, or an environment for development or tests, by its path, and for anything that is
not for production, by its names or tags.

## What is left out

No bucket is exempted: for the buckets above, the finding stays, with low confidence.

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
from wa_iac.knowledge.called import called, words_of
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
_LOGS: Final = frozenset({"log", "logs", "logging"})
_DERIVED: Final = frozenset(
    {
        *("cache", "cached", "caches", "derivative", "derivatives", "derived", "resized", "scratch"),
        *(
            "sitemap",
            "sitemaps",
            "inventory",
            "inventories",
            "coverage",
            "telemetry",
            "traces",
            "thanos",
            "loki",
            "tempo",
            "mimir",
            "cortex",
        ),
        *("temp", "temporary", "tmp", "thumb", "thumbnail", "thumbnails", "thumbs", "transcoded", "encoded"),
        *("crawler", "gif", "gifs"),
    }
)
"""What objects are called that are made from others, and can be made again."""
_PAGES: Final = late(
    r"\b(?:docs?|documentation|front ?end|spa|ui|web ?ui|web ?app|(?:web ?)?sites?|statics?|web (?:bucket|assets|distribution)|"
    r"static (?:web ?)?(?:site|assets|content|files)|(?:admin|console|portal|client) web)\b"
)
"""What a bucket is called that holds the pages of a website or an application, which a build makes from the source."""
_ROOT: Final = ("DistributionConfig.DefaultRootObject", "default_root_object")
_DISTRIBUTIONS: Final = frozenset(and_awscc("AWS::CloudFront::Distribution", "aws_cloudfront_distribution"))
_UPLOADED: Final = late(
    r"\b(?:uploads?|uploaded|uploader|user|users|media|images?|photos?|pictures?|videos?|attachments?|backups?|data|reports?|documents?)\b"
)
"""What people write beside the pages, so that no build makes it again."""
_RESULTS: Final = late(
    r"\b(?:query|athena) results?\b|\bssm outputs?\b|\b(?:lambda|function)s? (?:package|zip|layer|deployment)s?\b|"
    r"\b(?:package|zip|deploy|deployment)s? buckets?\b|\b(?:lambda|function|code) buckets?\b|\b(?:deploy|deployment)s? (?:package|zip)s?\b|"
    r"(?<!model )(?<!ml )(?<!mlflow )(?<!ml flow )(?<!training )(?<!release )\bartifacts?\b|\b(?:synthetics?|canary|canaries)\b|"
    r"\b(?:cloud ?formations?|deployed) ?(?:templates?)? (?:s3 )?buckets?\b|\bbuilds? buckets?\b|\bbuckets? (?:cloud ?formations?|scripts?)\b|"
    r"\b(?:bootstrap|init|migration|flyway|glue|user ?data) scripts?\b|\bscripts? buckets?\b|\b(?:runner )?binaries\b|"
    r"\b(?:monitor(?:ing)?|observability|prometheus|kube ?cost|grafana)\b.*\bmetrics\b|\bvictoria ?metrics\b|"
    r"\bcode ?pipelines?\b(?!.*\bsources?\b)|(?<!data )\bpipelines? (?:s3 )?buckets?\b|\bathena (?:query )?(?:s3 )?buckets?\b|\bssm (?:s3 )?buckets?\b|\bcode ?commit (?:s3 )?buckets?\b|\bcloud ?formation templates?\b|\boauth states?\b|\b(?:transcripts?|transcription|tts|inference|analysis|scan|job) results?\b|\bconforms delivery\b|"
    r"\bimage ?builder\b|\bbucket lambdas\b|\bcfn? (?:templates? )?buckets?\b|\bbeanstalk\b|\bbuild results?\b|\blocal assets\b|\bvirus definitions?\b|\b(?:cost|usage) (?:and usage )?reports?\b|\bcur (?:reports?|buckets?)\b|"
    r"\btext to (?:image|speech|audio|video)s?\b|\bresults? (?:image|video|audio)s?\b|\b(?:generated|converted|resized) (?:image|video|audio|file)s?\b"
)
"""What Athena writes, and makes again when a query is asked again; the output of commands and of canaries; what a build makes of the source; and
the blocks of a store of metrics, which it writes once under a name of their own, joins and deletes itself."""
_ANY: Final = frozenset(
    {
        *("aws", "s3", "bucket", "buckets", "module", "modules", "storage", "stack"),
        *("this", "my", "main", "default", "example", "examples", "sample", "test", "resource"),
    }
)
"""What says nothing of what is in a bucket."""
_INBOX: Final = late(
    r"\b(?:source|input|inputs|incoming|inbox|drop ?box|imports?)\b|\b(?:transcript|transcription|transcribe|tts|conversion) (?:media|files?)\b"
)
"""What a bucket is called into which somebody puts a copy to have it worked on."""
_SHOWN: Final = late(r"(?i)\b(?:examples?|demos?|demonstrat(?:es?|ion)|tutorials?|samples?(?! sam template))\b")
_SOON: Final = 7
"""Days."""


_OBJECTS: Final = frozenset({"aws_s3_object", "aws_s3_bucket_object"})
_ASKED: Final = frozenset(and_awscc("AWS::Athena::WorkGroup", "aws_athena_workgroup"))
"""What writes the results of queries into a bucket, which can be asked again."""
_FOR_OTHERS: Final = frozenset({"aws_s3_bucket_notification", "aws_s3_bucket_cors_configuration", "aws_lambda_permission"})
_CORS: Final = frozenset({"aws_s3_bucket_cors_configuration"})
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
    message = "This bucket has no versioning: an object that is overwritten or deleted cannot be restored."
    for found in expect(bucket.versions(), "Enabled", message):
        by_type = any(each(bucket, graph) for each in (receives_deliveries, holds_artifacts, holds_builds))
        spared = (
            by_type or _is_built(bucket, graph) or _is_for_byproducts(bucket) or _is_scratch(bucket) or bucket.only_redirects()
        )
        instead = _WITHIN if is_of_old_style(bucket, graph) else None
        if _keeps_old_versions(bucket):
            words = _EXPIRES.format(_OF_VERSIONS[bucket.dialect])
            instead = replace(instead or Remedy.of_recipe(_FIX), decision=words)
        spared = spared or _says_nothing(bucket) or _is_shown(bucket, graph) or _is_inbox(bucket, graph)
        goes = MAY_GO if may_go(bucket) else _LEFT_OFF if _is_left_off(bucket) else ""
        spared = spared or bool(goes) or _is_written_here(bucket, graph) or bool(graph.referring(bucket, _ASKED))
        yield from milder([found], more=goes, confidence=Confidence.LOW if spared else None, instead=instead or "")


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


def _is_for_byproducts(bucket: Bucket) -> bool:
    """Whether its names say that it is for logs, of which each has a name of its own, so that none is overwritten; or for objects that
    can be made again."""
    return any(not (_LOGS | _DERIVED).isdisjoint(name.split()) or _RESULTS.search(name) for name in called(bucket, bucket.tags))


def _is_built(bucket: Bucket, graph: Graph) -> bool:
    """Whether it holds the pages of a website or an application, by its settings or its names: a build makes them again."""
    names = list(called(bucket, bucket.tags))
    if any(map(_UPLOADED.search, names)):
        return False
    return bool(bucket.website) or any(map(_PAGES.search, names)) or _is_root(bucket, graph)


def _is_root(bucket: Bucket, graph: Graph) -> bool:
    """Whether a distribution of CloudFront takes its first page from it."""
    roots = (value_at(each.body, path) for each in graph.referring(bucket, _DISTRIBUTIONS) for path in _ROOT)
    return any(isinstance(each, Known) and str(each.value).endswith((".html", ".htm")) for each in roots)


def _is_shown(bucket: Bucket, graph: Graph) -> bool:
    """Whether it is an example, by its directory or by the description of its template. What SAM writes into each new one does not count."""
    return is_an_example(bucket) or _SHOWN.search(description_of(bucket, graph)) is not None


def _is_inbox(bucket: Bucket, graph: Graph) -> bool:
    """Whether a new object starts some work, and the names say that it is a copy to work on, of which who put it there has the original. Not
    if its deletion is ruled out, or browsers may upload: then it may be the only place."""
    if _is_kept(bucket) or "CorsConfiguration" in bucket.declared.body.value or graph.referring(bucket, _CORS):
        return False
    return bool(bucket.notifications) and any(map(_INBOX.search, called(bucket, bucket.tags)))


def _is_kept(bucket: Bucket) -> bool:
    """Whether something is said of its deletion, or rules it out."""
    kept = bucket.declared.attributes
    return "DeletionPolicy" in kept or value_at(kept.get("lifecycle", Absent()), "prevent_destroy") == Known(True)


def _says_nothing(bucket: Bucket) -> bool:
    """Whether neither its names nor its settings say that anything is kept in it, as in an example."""
    if _is_kept(bucket):
        return False
    words = [word for name in called(bucket, bucket.tags) for word in name.split() if len(word) > 1]
    return not _ANY.isdisjoint(words_of(bucket.declared.name).split()) and _ANY.issuperset(words)


def _is_scratch(bucket: Bucket) -> bool:
    """Whether all of its objects are deleted soon anyway."""
    return any(
        each.in_force() == Known(True)
        and each.narrowed() == Known(False)
        and isinstance(each.expiration_days, Known)
        and each.expiration_days.value <= _SOON
        for each in bucket.lifecycle_rules
    )
