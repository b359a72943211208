"""# S3 bucket has a Block Public Access setting disabled

## Why

Four settings keep a bucket private, whatever its policy and ACLs say. With one of them off, a careless policy or ACL makes the bucket
public.

It is better to serve a website through CloudFront, from a private bucket.

A policy that is public by S3's definition stops working with the settings for policies, and so does a website that anyone reads. That
includes networks wider than /8 (/32 for IPv6), as in the ranges of a proxy. The remedy then has stages ("The meaning of public" and
"Block public access settings", Amazon S3 User Guide). Objects that are public by their ACLs go offline with the settings for ACLs: where an object
here has such an ACL, or somebody has the right to set one, the remedy names that first.

## What it checks

The rule reports a public access block that leaves a setting off; an argument that the block does not set counts as false. The severity is
medium if S3 refuses new policies or ACLs that are public and only heeds those from before. It is low, and advice, if S3 accepts them but takes their
effect away. A website that only redirects holds no objects, so its finding is of low severity.

## What is left out

S3 has enabled all four settings on new buckets since April 2023, so the rule does not report a bucket without a public access block. A
setting that the account's public access block enables (`aws_s3_account_public_access_block`, in the same configuration) is enabled for
all its buckets.

If the settings for policies are off and the bucket's policy is public, [s3-policy-public](s3-policy-public.md) reports both as one. This
rule then reports the settings for ACLs, if the bucket accepts ACLs.

## Non-compliant

```yaml
Resources:
  Reports:
    Type: AWS::S3::Bucket
    Properties:
      PublicAccessBlockConfiguration:
        BlockPublicAcls: true
        BlockPublicPolicy: false  # finding: RestrictPublicBuckets are off
        IgnorePublicAcls: true
        RestrictPublicBuckets: false
```

```yaml
Resources:
  Reports:
    Type: AWS::S3::Bucket
    Properties:
      PublicAccessBlockConfiguration:  # finding: RestrictPublicBuckets are off
        BlockPublicAcls: true
        IgnorePublicAcls: true
```

```hcl
resource "aws_s3_bucket" "reports" {}

resource "aws_s3_bucket_public_access_block" "reports" { # finding: block_public_policy, ignore_public_acls and
  bucket            = aws_s3_bucket.reports.id
  block_public_acls = true
}
```

```hcl
resource "aws_s3_bucket" "reports" {}

resource "aws_s3_bucket_public_access_block" "reports" {
  bucket                  = aws_s3_bucket.reports.id
  block_public_acls       = false # finding: block_public_acls, block_public_policy,
  block_public_policy     = false
  ignore_public_acls      = false
  restrict_public_buckets = false
}
```

## Compliant

```yaml
Resources:
  Reports:
    Type: AWS::S3::Bucket
    Properties:
      PublicAccessBlockConfiguration:
        BlockPublicAcls: true
        BlockPublicPolicy: true
        IgnorePublicAcls: true
        RestrictPublicBuckets: true
  Exports:
    Type: AWS::S3::Bucket
```

```hcl
resource "aws_s3_bucket" "reports" {}

resource "aws_s3_bucket_public_access_block" "reports" {
  bucket                  = aws_s3_bucket.reports.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket" "exports" {}
```

## Not applicable

```yaml
Resources:
  Downloads:  # not applicable: the finding at the public policy
    Type: AWS::S3::Bucket
    Properties:
      PublicAccessBlockConfiguration:
        BlockPublicAcls: true
        BlockPublicPolicy: false
        IgnorePublicAcls: true
        RestrictPublicBuckets: false
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Downloads
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: "*"
            Action: s3:GetObject
            Resource: !Sub ${Downloads.Arn}/*
```

```hcl
resource "aws_s3_bucket" "downloads" {} # not applicable: the finding at the public policy

resource "aws_s3_bucket_public_access_block" "downloads" {
  bucket                  = aws_s3_bucket.downloads.id
  block_public_acls       = true
  block_public_policy     = false
  ignore_public_acls      = true
  restrict_public_buckets = false
}

resource "aws_s3_bucket_policy" "downloads" {
  bucket = aws_s3_bucket.downloads.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "${aws_s3_bucket.downloads.arn}/*"
    }]
  })
}
```

## Undecided

The result is undecided if `BlockPublicAcls` or `block_public_acls` is not known before deployment.

```yaml
Parameters:
  BlockPublicAcls:
    Type: String
Resources:
  Reports:
    Type: AWS::S3::Bucket
    Properties:
      PublicAccessBlockConfiguration:
        BlockPublicAcls: !Ref BlockPublicAcls  # undecided: parameter "BlockPublicAcls" has no default
        BlockPublicPolicy: true
        IgnorePublicAcls: true
        RestrictPublicBuckets: true
```

```hcl
variable "block_public_acls" { # undecided: Fails when var.block_public_acls is false
  type = bool
}

resource "aws_s3_bucket" "reports" {}

resource "aws_s3_bucket_public_access_block" "reports" {
  bucket                  = aws_s3_bucket.reports.id
  block_public_acls       = var.block_public_acls
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
```

## Sources

- [PublicAccessBlockConfiguration - Amazon Simple Storage Service](https://docs.aws.amazon.com/goto/WebAPI/s3-2006-03-01/PublicAccessBlockConfiguration), read on 2026-11-29
- [Understanding Amazon S3 Block Public Access](https://aws.amazon.com/blogs/storage/understanding-s3-block-public-access/), read on 2026-11-29
"""

from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from wa_iac.aws.s3 import AccountPublicAccessBlock, Bucket, PublicAccessBlock
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import Statement, statements
from wa_iac.core.logic import all_of, first_unknown
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, flag, rule, undecided
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Step, Unknown, Value
from wa_iac.knowledge.policies.access import opened
from wa_iac.knowledge.policies.scopes import OfBucket
from wa_iac.knowledge.policies.texts import texts
from wa_iac.knowledge.regional_settings import settings
from wa_iac.pillars.judgements.redirects import HOLDS_NOTHING
from wa_iac.pillars.judgements.wording import listed

if TYPE_CHECKING:
    from wa_iac.knowledge.public_by_acl import ByAcl

ACLS = {
    "block_public_acls": "BlockPublicAcls",
    "ignore_public_acls": "IgnorePublicAcls",
}
SWITCHES = {
    "block_public_acls": "BlockPublicAcls",
    "block_public_policy": "BlockPublicPolicy",
    "ignore_public_acls": "IgnorePublicAcls",
    "restrict_public_buckets": "RestrictPublicBuckets",
}

_PAIRS = (
    ("block_public_policy", "restrict_public_buckets", "policies"),
    ("block_public_acls", "ignore_public_acls", "ACLs"),
)
"""For policies and for ACLs: the setting that refuses new ones that are public, and the one that takes their effect away."""
_PUBLIC_ACLS = frozenset({"publicread", "publicreadwrite", "authenticatedread"})
_EVERYBODY = ("/AllUsers", "/AuthenticatedUsers")
_ACL_FIRST = "First make the bucket's ACL private, and see who reads by it: S3 refuses a public ACL once BlockPublicAcls is on, and the deployment fails."
_NO_EFFECT = "Deployments that set a public policy, and uploads with a public ACL, then fail."
_UPLOADS = "Anyone who reads the bucket's objects without an identity loses access, and uploads with a public ACL fail."
_BY_ACL = "Anyone who reads objects by an ACL without an identity loses access, and uploads with a public ACL fail."
_REDIRECTS = (
    "The website goes on redirecting with all of them on, since a redirect reads no object. First remove a public policy of the bucket, and make its ACL "
    "private: S3 refuses both then."
)
"""So does the AWS CDK's own bucket for redirects (aws-route53-patterns, HttpsRedirect)."""
_OFF = (Known(False), Absent())


@rule(
    practices=["SEC03-BP07", "SEC08-BP04"],
    severity=Severity.HIGH,
    equivalents={
        "checkov": ["CKV_AWS_53", "CKV_AWS_54", "CKV_AWS_55", "CKV_AWS_56", "CKV2_AWS_6"],
        "trivy": ["AVD-AWS-0086", "AVD-AWS-0087", "AVD-AWS-0091", "AVD-AWS-0093", "AVD-AWS-0094"],
        "cdk_nag": ["AwsSolutions-S2", "S3BucketPublicReadProhibited", "S3BucketPublicWriteProhibited"],
        "guard": [
            "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED",
            "S3_BUCKET_PUBLIC_READ_PROHIBITED",
            "S3_BUCKET_PUBLIC_WRITE_PROHIBITED",
        ],
        "config": ["S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED"],
        "security_hub": ["S3.8"],
    },
    fix=Recipe(
        cfn={"PublicAccessBlockConfiguration": dict.fromkeys(SWITCHES.values(), True)},
        types={"aws_s3_bucket_public_access_block": dict.fromkeys(SWITCHES, True)},
        unsafe_because="anyone who reads the bucket's objects without an identity loses access, and uploads with a public ACL fail",
    ),
)
def check(bucket: Bucket, graph: Graph) -> Flags:
    account = list(settings(graph, AccountPublicAccessBlock))
    by_account = {switch for switch in SWITCHES if any(getattr(each, switch) == Known(True) for each in account)}
    for block in bucket.public_access_block:
        yield from _judge(block, by_account, bucket, graph)


def _judge(block: PublicAccessBlock, by_account: Set[str], bucket: Bucket, graph: Graph) -> Flags:
    values: dict[str, Value[bool]] = {each: Known(True) if each in by_account else getattr(block, each) for each in SWITCHES}
    open_to_policies = any(values[each] in _OFF for each in ("block_public_policy", "restrict_public_buckets"))
    users = list(_users(bucket)) if open_to_policies else []
    if values["restrict_public_buckets"] in _OFF and any(each.reported for each in users):
        # The rule on policies reports these two, with the policy. The others say nothing where there are no ACLs.
        values = {each: value for each, value in values.items() if each in ACLS and not _has_no_acls(bucket)}
    off = [each for each, value in values.items() if value in _OFF]
    if not off:
        if (doubt := first_unknown(*values.values())) is not None:
            yield undecided(doubt)
        exempt(values.keys() != SWITCHES.keys(), "the finding at the public policy is about the settings that are off")
        return
    at = min((values[each] for each in off), key=lambda value: value.origin.how == "service default")
    users = [] if ACLS.keys() >= set(off) else users
    acl = _ACL_FIRST if "block_public_acls" in off and _has_public_acl(bucket) else ""
    names = [each if bucket.dialect == "terraform" else SWITCHES[each] for each in off]
    consequence, severity = _consequence(values)
    message = f"{listed(names)} {'is' if len(off) == 1 else 'are'} off: {consequence}."
    if bucket.only_redirects():
        remedy = replace(_settings(SWITCHES if values.keys() == SWITCHES.keys() else ACLS), decision=_REDIRECTS)
        yield flag(at, f"{message} {HOLDS_NOTHING}", severity=Severity.LOW, instead=remedy)
        return
    # A bucket from before April 2023 heeds ACLs, unless its ownership of objects is written.
    heeds = bucket.ownership.origin.how == "service default" or not _has_no_acls(bucket)
    by_acl = _made_public(bucket, graph) if "ignore_public_acls" in off and heeds else None
    if by_acl is not None and severity is Severity.HIGH:
        related = [Step(by_acl.place, by_acl.what), *(Step(each.place, each.what) for each in users)]
        remedy = _after_acls(
            SWITCHES if values.keys() == SWITCHES.keys() else ACLS, by_acl.what, users[0].what if users else "", acl
        )
        yield flag(at, f"{message} {users[0].why}" if users else message, related=related, instead=remedy, severity=severity)
        return
    if not users or severity is Severity.MEDIUM:
        remedy = _settings(SWITCHES if values.keys() == SWITCHES.keys() else ACLS)
        plain = values.keys() == SWITCHES.keys() and not acl
        if severity is Severity.LOW:
            instead = replace(remedy, decision=f"{acl} {_NO_EFFECT}".lstrip())
            yield flag(at, message, severity=severity, confidence=Confidence.MEDIUM, instead=instead)
            return
        lost = _UPLOADS if values.keys() == SWITCHES.keys() else _BY_ACL
        yield flag(at, message, severity=severity, instead="" if plain else replace(remedy, decision=f"{acl} {lost}".lstrip()))
        return
    yield flag(
        at,
        f"{message} {users[0].why}",
        related=[Step(each.place, each.what) for each in users],
        instead=_in_stages(set(off) & ACLS.keys(), users[0].what, acl),
        severity=severity,
        confidence=Confidence.MEDIUM if severity is Severity.LOW else None,
    )


def _consequence(values: dict[str, Value[bool]]) -> tuple[str, Severity]:
    """What the settings allow, and how grave that is: "Blocking public access to your Amazon S3 storage" (Amazon S3 User Guide)."""
    opening, before, accepted = [], [], []
    for refusal, limit, what in _PAIRS:
        if limit not in values:
            continue
        if values[limit] == Known(True):
            accepted += [what] if values[refusal] in _OFF else []
        elif values[refusal] == Known(True):
            before += [what] if values[limit] in _OFF else []
        elif values[limit] in _OFF or values[refusal] in _OFF:
            opening.append(what)
    if opening:
        return f"{' or '.join(f'public {each}' for each in opening)} can open this bucket to anyone", Severity.HIGH
    if before:
        return (
            f"S3 refuses new {listed(before)} that are public, but heeds those from before, if there are any",
            Severity.MEDIUM,
        )
    return (
        f"S3 accepts {listed(accepted)} that are public, which have no effect only as long as the other settings stay on",
        Severity.LOW,
    )


class _User(NamedTuple):
    """Something that stops working when public policies are blocked: `what` it is, its `place`, and `why`. `reported` is whether it is a
    policy that is certainly public, so that another rule reports it."""

    what: str
    place: Span
    why: str
    reported: bool = False


def _users(bucket: Bucket) -> Iterator[_User]:
    """The policies and the website of a bucket that need public access. A website whose objects a policy gives to others has no such need."""
    narrow = False
    holders = [(bucket.policy, bucket.declared), *((each.document, each.declared) for each in bucket.policies)]
    for document, declared in holders:
        name = declared.name if declared.dialect == "cloudformation" else f"{declared.type}.{declared.name}"
        listed = statements(document)
        answers = [(_is_public(each, listed), each.origin.span) for each in listed]
        certain = next((span for answer, span in answers if answer == Known(True)), None)
        possible = next((span for answer, span in answers if isinstance(answer, Unknown)), None)
        if certain is not None:
            yield _User(f"the policy {name}", certain, f"The policy {name} is public by S3's definition.", reported=True)
        elif possible is not None:
            yield _User(f"the policy {name}", possible, f"The policy {name} may be public by S3's definition.")
        elif any(each.allows() == Known(True) for each in listed):
            narrow = True
    for site in () if narrow else bucket.website:
        if site.unknown is None and not site.redirects() and site.origin.span is not None:
            yield _User("the website", site.origin.span, "Its website serves only objects that anyone may read.")


def _has_no_acls(bucket: Bucket) -> bool:
    """Whether S3 heeds no ACL of the bucket or its objects, as it does by default."""
    return bucket.ownership == Known("BucketOwnerEnforced")


def _is_public(statement: Statement, listed: list[Statement]) -> Value[bool]:
    """Whether a statement is public by S3's definition. Networks that are not known may be too wide for it, as those of a proxy are."""
    answer = opened(statement, listed, OfBucket())
    if answer != Known(False) or all_of((statement.allows(), statement.names_anyone())) != Known(True):
        return answer
    networks = (each.value for each in statement.conditions if each.key.lower() == "aws:sourceip")
    return next((each for network in networks for each in texts(network) if isinstance(each, Unknown)), answer)


def _settings(names: Iterable[str]) -> Remedy:
    """Some settings, turned on."""
    body = dict.fromkeys(names, True)
    return Remedy(
        cfn={"PublicAccessBlockConfiguration": {SWITCHES[each]: True for each in body}} if body else "",
        of={"aws_s3_bucket_public_access_block": body},
    )


def _made_public(bucket: Bucket, graph: Graph) -> "ByAcl | None":
    """What makes objects public by their ACLs. Few buckets have such a block, so a run need not import the grants of IAM."""
    from wa_iac.knowledge.public_by_acl import public_by_acl

    return public_by_acl(bucket, graph)


def _has_public_acl(bucket: Bucket) -> bool:
    """Whether its own ACL is certainly public."""
    canned = isinstance(bucket.acl, Known) and bucket.acl.value.replace("-", "").lower() in _PUBLIC_ACLS
    return canned or any(isinstance(each.uri, Known) and each.uri.value.endswith(_EVERYBODY) for each in bucket.grants)


def _after_acls(names: Iterable[str], what: str, user: str, acl: str) -> Remedy:
    """All settings, after the objects that are public by their ACLs have another way to their readers."""
    instead = f", in place of {user}" if user else ""
    return replace(
        _settings(names),
        decision=f"{acl}{' ' if acl else ''}{what}: the settings for ACLs take public objects offline (IgnorePublicAcls), and let uploads with a public "
        f"ACL fail (BlockPublicAcls). If anyone is to read them, first serve them by a distribution of CloudFront with origin access control{instead}, "
        "and let uploads set no ACL. Then turn on the settings:",
    )


def _in_stages(acls: Set[str], user: str, acl: str = "") -> Remedy:
    """The two settings for ACLs can be turned on at once. The other two reject or ignore a public policy."""
    others = f"Replace {user} by a distribution of CloudFront with origin access control, or by a policy for named principals or narrow networks"
    body = [each for each in SWITCHES if each in acls]
    return replace(
        _settings(body),
        decision=f"{acl}{' ' if acl else ''}{'Turn on the settings for ACLs first. ' if body else ''}{others}. Only then turn on the settings for policies, which would "
        "break it: S3 rejects a public policy (BlockPublicPolicy), and limits access to the account (RestrictPublicBuckets).",
    )
