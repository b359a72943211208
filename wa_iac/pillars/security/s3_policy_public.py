"""# S3 bucket policy allows public access

## Why

A statement that allows `*`, without a condition that says who, lets everyone on the internet do what it lists: read every object or, with
`s3:*`, overwrite and delete them.

On buckets made since April 2023, S3 blocks public access by default: without a block that turns this off, it refuses a public policy, and
the deployment fails ("Default settings for new S3 buckets FAQ", Amazon S3 User Guide).

## What it checks

The rule reads the policy of each bucket. It reports an `Allow` statement for any principal, if no condition says who the caller is. These
conditions are not accepted, because anyone can meet them:

- keys that say nothing of the caller: a known referer, TLS, a date, an ACL, a tag of the object;
- values that fit any caller: `o-*`, `${aws:PrincipalOrgID}`, networks that are larger than /8 (/32 for IPv6);
- operators that a missing key meets: `StringNotEquals`, `ForAllValues:...`, `...IfExists`.

The severity is medium if the statement only allows reading objects, and the bucket's name says that they are published (`static`,
`assets`, `downloads`, `releases`, `templates`), or it serves a website or an application in the AWS Serverless Application Repository, or another content delivery
network in the same configuration serves it. If CloudFront serves the objects already, or the bucket's name says that it
is a mirror, it is high. The finding is advice of medium severity if the statement's `Sid` or the
bucket's name says that everyone may read them (`PublicReadGetObject`), and if the requester pays, who then has to sign in: the author has decided so. It is advice of low severity if the website only redirects: there are
no objects to read; and for the challenges of a certificate authority (ACME), by the bucket's name or the path. The finding is also milder if the statement asks for a secret in `aws:UserAgent` or `aws:Referer`, which is random or
comes from outside: a website's endpoint is restricted to CloudFront in this way ("Use CloudFront to serve a static website hosted on
Amazon S3", AWS re:Post). But callers can send any value in these headers ("AWS global condition context keys", IAM User Guide).

If the bucket's public access block leaves the setting for public buckets off, the finding names the setting.

## What is left out

Conditions that name the caller or the caller's network are accepted: `aws:PrincipalOrgID`, `aws:SourceVpce`, `aws:SourceArn` and the
other keys of "The meaning of public" (Amazon S3 User Guide), with fixed values. CloudFront as the principal for a website's bucket is
also accepted. A Deny closes exactly the requests that its principals, actions, resources and conditions match. If the bucket's public
access block restricts public buckets, S3 itself denies public access, and the rule reports nothing.

## Non-compliant

```yaml
Resources:
  Reports:
    Type: AWS::S3::Bucket
  ReportsPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Reports
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow  # finding
            Principal: "*"
            Action: s3:GetObject
            Resource: !Sub ${Reports.Arn}/*
```

```hcl
resource "aws_s3_bucket" "reports" {}

resource "aws_s3_bucket_policy" "reports" {
  bucket = aws_s3_bucket.reports.id
  policy = data.aws_iam_policy_document.reports.json
}

data "aws_iam_policy_document" "reports" {
  statement { # finding
    actions   = ["s3:*"]
    resources = ["${aws_s3_bucket.reports.arn}/*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}
```

## Compliant

```yaml
Resources:
  Reports:
    Type: AWS::S3::Bucket
  ReportsPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Reports
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: "*"
            Action: s3:GetObject
            Resource: !Sub ${Reports.Arn}/*
            Condition:
              StringEquals:
                aws:PrincipalOrgID: o-a1b2c3d4e5
```

```hcl
resource "aws_s3_bucket" "reports" {}

resource "aws_s3_bucket_policy" "reports" {
  bucket = aws_s3_bucket.reports.id
  policy = data.aws_iam_policy_document.reports.json
}

data "aws_iam_policy_document" "reports" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.reports.arn}/*"]
    principals {
      type        = "Service"
      identifiers = ["cloudfront.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "AWS:SourceArn"
      values   = ["arn:aws:cloudfront::111122223333:distribution/E1A2B3C4D5"]
    }
  }
}
```

## Undecided

The result is undecided if `Principal` is not known before deployment.

```yaml
Parameters:
  Principal:
    Type: String
Resources:
  Reports:
    Type: AWS::S3::Bucket
  ReportsPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Reports
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: !Ref Principal  # undecided: parameter "Principal" has no default
            Action: s3:GetObject
            Resource: !Sub ${Reports.Arn}/*
```

```hcl
variable "reader" {
  type = string
}

resource "aws_s3_bucket" "reports" {}

resource "aws_s3_bucket_policy" "reports" {
  bucket = aws_s3_bucket.reports.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = var.reader } # undecided: var.reader has no default
      Action    = "s3:GetObject"
      Resource  = "${aws_s3_bucket.reports.arn}/*"
    }]
  })
}
```

## Sources

- [AWS JSON policy elements: Principal - AWS Identity and Access Management](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html), read on 2026-11-29
- [PublicAccessBlockConfiguration - Amazon Simple Storage Service](https://docs.aws.amazon.com/goto/WebAPI/s3-2006-03-01/PublicAccessBlockConfiguration), read on 2026-11-29
- [Understanding Amazon S3 Block Public Access](https://aws.amazon.com/blogs/storage/understanding-s3-block-public-access/), read on 2026-11-29
"""

from collections.abc import Callable, Sequence
from typing import Final

from wa_iac.aws.s3 import AccountPublicAccessBlock, Bucket, BucketPolicy
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import Statement, statements
from wa_iac.core.late_pattern import late
from wa_iac.core.partial import pieces_of
from wa_iac.core.rule import Confidence, Flag, Flags, Remedy, Severity, each_of, flag, milder, rule, settled, unless
from wa_iac.core.span import NOWHERE
from wa_iac.core.value import Absent, Known, Step, Tree, Value
from wa_iac.knowledge.policies.access import opened
from wa_iac.knowledge.policies.scopes import OfBucket
from wa_iac.knowledge.policies.secret_headers import secret_header
from wa_iac.knowledge.public_access_blocks import switched_on
from wa_iac.knowledge.published import FOR_EVERYONE, is_for_everyone, is_published, names_of
from wa_iac.knowledge.regional_settings import settings
from wa_iac.pillars.judgements.open_buckets import (
    BY_CLOUDFRONT_OR_NAMED,
    FOR_DEPLOYMENTS,
    FOR_WRITERS,
    LOAD_BALANCERS,
    NAMED_PRINCIPALS,
    NO_LIST,
    OF_PUBLISHED,
    ORIGIN_ACCESS_CONTROL,
    for_logs,
    of_design,
    of_distribution,
    of_nothing,
)
from wa_iac.pillars.judgements.open_policy import judge
from wa_iac.pillars.judgements.wording import listed

_REFUSED: Final = (
    "A bucket made since April 2023 blocks public access by default: S3 refuses this policy there, and the deployment fails."
)
_POLICY_SWITCHES: Final = (("block_public_policy", "restrict_public_buckets"), ("BlockPublicPolicy", "RestrictPublicBuckets"))
_CHALLENGE: Final = late(
    r"(?i:(?:acme|lets-?encrypt|domains?|cert(?:ificate)?s?|http-?01)[-_a-z]{0,20}challenges?(?![a-z])|/\.well-known/)"
)
"""What is said of the answers to a certificate authority's challenges. A challenge by itself is often a contest, and Acme a company."""
_MIRROR: Final = late(r"(?i:(?<![a-z])mirrors?(?![a-z]))")
"""What copies of what others publish are called."""
_CODE: Final = late(
    r"(?i:(?<![a-z])(?:artifacts?|packages?|layers|lambdas?|serverless)(?![a-z]))|(?:Artifact|Package|Layer|Lambda)s?(?![a-z])"
)
"""What buckets are called that hold code, which those fetch who deploy it."""
_GETS: Final = frozenset({"s3:getobject", "s3:getobjectversion"})
_LISTS: Final = frozenset({"s3:listbucket", "s3:listbucketversions", "s3:getbucketlocation", "s3:getbucketversioning"})
_ANYONE: Final = "Anyone on the internet may do this: the statement allows any principal, and no condition limits who."
_OBJECTS: Final = "read the objects"
_NAMES: Final = "list the objects by name"
_BOTH: Final = "list and read the objects"
_SERVED: Final = " CloudFront serves them already, and anyone can pass it by."


@rule(
    practices=["SEC03-BP07", "SEC03-BP02"],
    severity=Severity.CRITICAL,
    remedy=NAMED_PRINCIPALS,
    equivalents={
        "checkov": ["CKV_AWS_70", "CKV_AWS_93"],
        "guard": [
            "S3_BUCKET_POLICY_NO_WILDCARD_PRINCIPAL",
            "S3_BUCKET_POLICY_NO_WILDCARD_ACTION",
            "S3_BUCKET_POLICY_NO_ALLOW_PLUS_NOT_ACTION",
            "S3_BUCKETPOLICY_NO_ALLOW_PLUS_NOTPRINCIPAL",
        ],
        "config": [
            "S3_BUCKET_POLICY_GRANTEE_CHECK",
            "S3_BUCKET_POLICY_NOT_MORE_PERMISSIVE",
            "S3_BUCKET_BLACKLISTED_ACTIONS_PROHIBITED",
            "CLOUDTRAIL_S3_BUCKET_PUBLIC_ACCESS_PROHIBITED",
        ],
        "cfn_nag": ["F16"],
    },
)
def check(holder: BucketPolicy | Bucket, graph: Graph) -> Flags:
    buckets = [holder] if isinstance(holder, Bucket) else list(holder.bucket)
    document = holder.policy if isinstance(holder, Bucket) else holder.document
    holders = (holder, *buckets)
    published = any(map(is_published, holders)) or any(map(_is_of_applications, statements(document)))
    for_everyone = any(map(is_for_everyone, holders))
    closed = _is_closed(holder, buckets, graph)
    listed = statements(document)

    by_challenge = any(_CHALLENGE.search(name) for each in holders for name in names_of(each))
    elsewhere = bool(listed) and any(_is_served_elsewhere(each, graph) for each in buckets)
    anyone = any(each.allows() == Known(True) and each.names_anyone() == Known(True) for each in listed)
    served = anyone and not elsewhere and any(_has_distribution(each, graph) for each in buckets)
    front = (of_distribution(buckets, graph), _SERVED) if served else ()
    copied = any(_MIRROR.search(name) for each in holders for name in names_of(each))
    paying = bool(buckets) and all(each.payer == Known("Requester") for each in buckets)

    def said(statement: Statement) -> bool:
        """Whether the author says outright that everyone may do this, by a name or by who pays."""
        sid = statement.sid
        return for_everyone or paying or (isinstance(sid, Known) and FOR_EVERYONE.search(sid.value) is not None)

    def intent(statement: Statement) -> Severity:
        """How bad it is that a statement lets everyone in, after what the author says of it."""
        if not (_reads(statement) == _OBJECTS or (_reads(statement) and (published or for_everyone))):
            return Severity.CRITICAL
        if any(each.only_redirects() for each in buckets) or by_challenge or _is_of_challenges(statement):
            return Severity.LOW
        if elsewhere or paying:
            return Severity.MEDIUM
        if said(statement) or (published and _reads(statement) == _OBJECTS):
            return Severity.MEDIUM
        return Severity.HIGH if published or served or copied else Severity.CRITICAL

    of_code = any(_CODE.search(name) for each in holders for name in names_of(each)) and not any(
        each.website for each in buckets
    )
    design = front if front else of_design(paying=paying, elsewhere=elsewhere, of_code=of_code)

    def of_logs(statement: Statement) -> bool:
        """Whether it only lets everybody write where a load balancer writes its logs."""
        return _only_puts(statement) and any(graph.referring(each, LOAD_BALANCERS) for each in buckets)

    def writes(statement: Statement) -> bool:
        """Whether it only lets everybody write, and nothing shows who does."""
        return _only_puts(statement) and not of_logs(statement)

    for found in (
        judge(
            document,
            _ANYONE,
            OfBucket(),
            unless=lambda each: _is_judged_otherwise(each, intent(each)) or _only_puts(each),
        ),
        milder(
            judge(
                document, _ANYONE, OfBucket(), unless=lambda each: _is_judged_otherwise(each, intent(each)) or not writes(each)
            ),
            instead=FOR_WRITERS,
        ),
        milder(
            judge(
                document,
                _ANYONE,
                OfBucket(),
                unless=lambda each: _is_judged_otherwise(each, intent(each)) or not of_logs(each),
            ),
            instead=for_logs(buckets, graph),
        ),
        _of_readers(document, intent, Severity.CRITICAL, *(front if front else (BY_CLOUDFRONT_OR_NAMED,))),
        _of_readers(document, intent, Severity.HIGH, *(front if front else (FOR_DEPLOYMENTS if of_code else OF_PUBLISHED,))),
        _of_readers(
            document,
            lambda each: _but(said(each), intent(each)),
            Severity.MEDIUM,
            *(design if front or elsewhere or of_code else (OF_PUBLISHED,)),
        ),
        milder(
            _of_readers(document, lambda each: _but(not said(each), intent(each)), Severity.MEDIUM, *design),
            confidence=Confidence.LOW,
        ),
        # There is nothing to protect, and the author has a use for it: nobody acts on this.
        milder(_of_readers(document, intent, Severity.LOW, *of_nothing(buckets)), confidence=Confidence.LOW),
        each_of(filter(secret_header, listed), lambda each: _judge_header(each, listed)),
    ):
        yield from (_with_block(each, buckets, graph) for each in unless(closed, found))


def _but(left_out: bool, severity: Severity) -> Severity | None:
    return None if left_out else severity


def _is_closed(holder: BucketPolicy | Bucket, buckets: Sequence[Bucket], graph: Graph) -> Value[bool]:
    """Whether the public access block of a policy's bucket restricts it. Of several buckets, a condition chooses the one that gets the policy."""
    answers = [switched_on(lambda block: block.restrict_public_buckets, [each], graph) for each in buckets]
    if len(answers) < 2 or answers.count(Known(True)) in (0, len(answers)):
        return answers[0] if answers else switched_on(lambda block: block.restrict_public_buckets, buckets, graph)
    chosen = holder.bucket.unknown if isinstance(holder, BucketPolicy) else None
    return Known(False) if chosen is None else chosen


def _is_judged_otherwise(statement: Statement, intent: Severity) -> bool:
    """Whether it is one that only lets everyone read, or that asks for a secret."""
    return bool(secret_header(statement)) or intent is not Severity.CRITICAL or bool(_reads(statement))


def _with_block(found: Flag, buckets: Sequence[Bucket], graph: Graph) -> Flag:
    """A fault, with what the bucket's public access block has to do with it. A bucket that only redirects keeps it off."""
    if found.verdict != "fail" or found.severity is Severity.LOW or not buckets:
        return found
    blocks = [block for bucket in buckets for block in bucket.public_access_block]
    if not blocks and not any(True for _ in settings(graph, AccountPublicAccessBlock)):
        return found._replace(message=f"{found.message} {_REFUSED}")
    for block in blocks:
        names = _POLICY_SWITCHES[0 if buckets[0].dialect == "terraform" else 1]
        values = (block.block_public_policy, block.restrict_public_buckets)
        off = [name for name, value in zip(names, values, strict=True) if value in (Known(False), Absent())]
        if block.restrict_public_buckets in (Known(False), Absent()):
            place = values[-1].origin.span if values[-1].origin.span is not NOWHERE else block.origin.span
            both = "it" if len(off) == 1 else "both"
            message = (
                f"{found.message} The bucket's public access block leaves {listed(off)} off: turn {both} on once the policy is not "
                "public any longer."
            )
            return found._replace(message=message, related=(*found.related, Step(place, "the bucket's public access block")))
    return found


def _of_readers(
    document: Tree, intent: Callable[[Statement], Severity | None], severity: Severity, instead: Remedy, more: str = ""
) -> Flags:
    """Statements that only let everyone read objects, which the author has meant so, as it seems or as it is said."""

    def of(what: str, remedy: Remedy, more: str = more) -> Flags:
        found = judge(
            document,
            f"Anyone on the internet may {what}: the statement allows any principal, and no condition limits who.{more}",
            OfBucket(),
            unless=lambda statement: (
                bool(secret_header(statement)) or intent(statement) is not severity or _reads(statement) != what
            ),
        )
        yield from milder(found, severity=severity, instead=remedy)

    yield from of(_OBJECTS, instead)
    yield from of(_BOTH, instead)
    yield from of(_NAMES, NO_LIST, "")


def _is_served_elsewhere(bucket: Bucket, graph: Graph) -> bool:
    """Whether a content delivery network other than CloudFront serves a bucket. Most buckets have no policy, so a run need not import this."""
    from wa_iac.knowledge.other_networks import served_by_another

    return served_by_another(bucket, graph) == Known(True)


def _has_distribution(bucket: Bucket, graph: Graph) -> bool:
    """Whether CloudFront serves it already."""
    # Imported here, since it needs all of CloudFront, and few buckets are public.
    from wa_iac.knowledge.websites import behind_distribution

    return behind_distribution(bucket, graph) == Known(True)


def _is_of_challenges(statement: Statement) -> bool:
    """Whether it is only about the answers to the challenges of a certificate authority (RFC 8555, "HTTP Challenge")."""
    return bool(statement.resources) and all(_CHALLENGE.search("".join(pieces_of(each))) for each in statement.resources)


def _is_of_applications(statement: Statement) -> bool:
    """Whether it lets the AWS Serverless Application Repository read what is published there."""
    return any(each.value == Known("serverlessrepo.amazonaws.com") for each in statement.principals)


def _reads(statement: Statement) -> str:
    """What it allows, in words, if that is only to read objects, or to list their names; else empty."""
    names = {each.value.lower() if isinstance(each, Known) else "" for each in statement.actions}
    if not names or not names <= _GETS | _LISTS:
        return ""
    return _OBJECTS if names <= _GETS else _NAMES if names <= _LISTS else _BOTH


def _only_puts(statement: Statement) -> bool:
    """Whether it allows nothing but to write objects."""
    return {each.value.lower() if isinstance(each, Known) else "" for each in statement.actions} == {"s3:putobject"}


def _judge_header(statement: Statement, listed: list[Statement]) -> Flags:
    if settled(opened(statement, listed, OfBucket())) == Known(True):
        header = secret_header(statement)
        yield flag(
            statement.place,
            f"Anyone who knows the secret in {header} may do this from anywhere: a header is not an identity, and anyone who sees one "
            "request knows it.",
            severity=Severity.MEDIUM,
            instead=ORIGIN_ACCESS_CONTROL,
        )
