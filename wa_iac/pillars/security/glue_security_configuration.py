"""# Glue job, crawler or endpoint has no security configuration, or one that encrypts nothing

## Why

A security configuration says with which key Glue encrypts the files, logs and bookmarks that it writes. Without one, they have only the
default encryption of S3 and CloudWatch Logs, with keys that you can neither limit nor revoke.

## What it checks

The rule reports jobs, crawlers and development endpoints without a security configuration, and security configurations in which a mode is
`DISABLED`.

## What is left out

Jobs that run Ray, which does not accept a security configuration.

## Non-compliant

```yaml
Resources:
  Orders:  # finding: without a security configuration
    Type: AWS::Glue::Job
    Properties:
      Role: arn:aws:iam::111122223333:role/glue
      Command:
        Name: glueetl
        ScriptLocation: s3://example-scripts/orders.py
  Weak:
    Type: AWS::Glue::SecurityConfiguration
    Properties:
      Name: weak
      EncryptionConfiguration:
        CloudWatchEncryption:
          CloudWatchEncryptionMode: DISABLED  # finding: logs
        JobBookmarksEncryption:
          JobBookmarksEncryptionMode: CSE-KMS
          KmsKeyArn: arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-0000-0000-000000000000
        S3Encryptions:
          - S3EncryptionMode: SSE-S3
```

```hcl
resource "aws_glue_crawler" "orders" { # finding: without a security configuration
  name          = "orders"
  database_name = "orders"
  role          = "arn:aws:iam::111122223333:role/glue"

  s3_target {
    path = "s3://example-data/orders"
  }
}

resource "aws_glue_security_configuration" "weak" {
  name = "weak"

  encryption_configuration {
    cloudwatch_encryption {
      cloudwatch_encryption_mode = "DISABLED" # finding: logs
    }

    job_bookmarks_encryption {
      job_bookmarks_encryption_mode = "DISABLED" # finding: bookmarks
    }

    s3_encryption {
      s3_encryption_mode = "SSE-S3"
    }
  }
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::Glue::Job
    Properties:
      Role: arn:aws:iam::111122223333:role/glue
      SecurityConfiguration: !Ref Encrypted
      Command:
        Name: glueetl
        ScriptLocation: s3://example-scripts/orders.py
  Encrypted:
    Type: AWS::Glue::SecurityConfiguration
    Properties:
      Name: encrypted
      EncryptionConfiguration:
        CloudWatchEncryption:
          CloudWatchEncryptionMode: SSE-KMS
          KmsKeyArn: arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-0000-0000-000000000000
        JobBookmarksEncryption:
          JobBookmarksEncryptionMode: CSE-KMS
          KmsKeyArn: arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-0000-0000-000000000000
        S3Encryptions:
          - S3EncryptionMode: SSE-KMS
            KmsKeyArn: arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-0000-0000-000000000000
```

```hcl
resource "aws_glue_crawler" "orders" {
  name                   = "orders"
  database_name          = "orders"
  role                   = "arn:aws:iam::111122223333:role/glue"
  security_configuration = "encrypted"

  s3_target {
    path = "s3://example-data/orders"
  }
}
```

## Not applicable

```yaml
Resources:
  Orders:  # not applicable: does not accept a security configuration
    Type: AWS::Glue::Job
    Properties:
      Role: arn:aws:iam::111122223333:role/glue
      Command:
        Name: glueray
        ScriptLocation: s3://example-scripts/orders.py
```

```hcl
resource "aws_glue_job" "orders" { # not applicable: does not accept a security configuration
  name     = "orders"
  role_arn = "arn:aws:iam::111122223333:role/glue"

  command {
    name            = "glueray"
    script_location = "s3://example-scripts/orders.py"
  }
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Security:
    Type: String
Resources:
  Orders:
    Type: AWS::Glue::Job
    Properties:
      Role: arn:aws:iam::111122223333:role/glue
      SecurityConfiguration: !Ref Security  # undecided: parameter "Security" has no default
      Command:
        Name: glueetl
        ScriptLocation: s3://example-scripts/orders.py
```

```hcl
variable "security" {
  type = string
}

resource "aws_glue_job" "orders" {
  name                   = "orders"
  role_arn               = "arn:aws:iam::111122223333:role/glue"
  security_configuration = var.security # undecided: var.security has no default

  command {
    script_location = "s3://example-scripts/orders.py"
  }
}
```

## Sources

- [Encrypting data written by AWS Glue](https://docs.aws.amazon.com/glue/latest/dg/encryption-security-configuration.md), read on 2026-11-29
"""

from collections.abc import Mapping
from typing import Final

from wa_iac.aws.glue import Crawler, DevEndpoint, Job, SecurityConfiguration
from wa_iac.core.rule import Flags, Remedy, Severity, all_known, exempt, flag, rule
from wa_iac.core.value import Known

_MODES: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "files": ("S3Encryptions[]", "S3EncryptionMode", "s3_encryption", "SSE-KMS"),
    "logs": ("CloudWatchEncryption", "CloudWatchEncryptionMode", "cloudwatch_encryption", "SSE-KMS"),
    "bookmarks": ("JobBookmarksEncryption", "JobBookmarksEncryptionMode", "job_bookmarks_encryption", "CSE-KMS"),
}
"""Where each mode is written, in CloudFormation and in Terraform, and the mode that encrypts."""


@rule(
    practices=["SEC08-BP02", "SEC08-BP01"],
    severity=Severity.LOW,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn={"SecurityConfiguration": "<the security configuration>"},
        tf={"security_configuration": "<the security configuration>"},
        of={
            "AWS::Glue::Crawler": {"CrawlerSecurityConfiguration": "<the security configuration>"},
        },
        decision="A security configuration has a mode and a key each for files, logs and bookmarks. The role needs permission for the keys.",
    ),
    equivalents={
        "checkov": ["CKV_AWS_99", "CKV_AWS_195"],
        "cdk_nag": ["AwsSolutions-GL1", "AwsSolutions-GL3"],
    },
)
def check(resource: Job | Crawler | DevEndpoint | SecurityConfiguration) -> Flags:
    if isinstance(resource, SecurityConfiguration):
        yield from _judge(resource)
        return
    if resource.security.presence == Known(True):
        return
    if isinstance(resource, Job):
        exempt(resource.is_kind("glueray"), "it runs Ray, which does not accept a security configuration")
    all_known(resource.security.unknown)
    yield flag(
        resource,
        "Glue writes files and logs here without a security configuration, and so without a key of yours, whose use you could limit or revoke.",
    )


def _judge(security: SecurityConfiguration) -> Flags:
    modes = {"files": security.files, "logs": security.logs, "bookmarks": security.bookmarks}
    for name, mode in modes.items():
        if mode == Known("DISABLED"):
            message = f"This security configuration does not encrypt the {name} of jobs with a key of yours."
            yield flag(mode, message, instead=_mode(name))
    all_known(*modes.values())


def _mode(name: str) -> Remedy:
    cfn, key, tf, mode = _MODES[name]
    return Remedy(
        cfn={"EncryptionConfiguration": {cfn: {key: mode, "KmsKeyArn": "<the key's ARN>"}}},
        tf={"encryption_configuration": {tf: {f"{tf}_mode": mode, "kms_key_arn": "<the key's ARN>"}}},
        decision="The role of the jobs needs permission for the key.",
    )
