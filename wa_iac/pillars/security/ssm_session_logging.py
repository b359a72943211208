"""# Session Manager keeps no record of sessions

## Why

CloudTrail records who started a session, but not what they did in it. Without a log of the sessions, nobody can find out afterwards what
an administrator, or somebody with their credentials, typed on an instance.

## What it checks

The rule reads each Systems Manager document of the type `Session` for shells. It reports one that names neither a bucket nor a log group.

## What is left out

Documents for forwarded ports and for single commands. Systems Manager cannot log what goes through a port.

## Non-compliant

```yaml
Resources:
  Preferences:
    Type: AWS::SSM::Document
    Properties:
      Name: SSM-SessionManagerRunShell
      DocumentType: Session
      Content:
        schemaVersion: "1.0"
        sessionType: Standard_Stream
        inputs:  # finding
          idleSessionTimeout: "20"
```

```hcl
resource "aws_ssm_document" "preferences" {
  name            = "SSM-SessionManagerRunShell"
  document_type   = "Session"
  document_format = "JSON"
  content = jsonencode({
    schemaVersion = "1.0"
    sessionType   = "Standard_Stream"
    inputs = { # finding
      s3BucketName           = ""
      cloudWatchLogGroupName = ""
    }
  })
}
```

## Compliant

```yaml
Resources:
  Preferences:
    Type: AWS::SSM::Document
    Properties:
      Name: SSM-SessionManagerRunShell
      DocumentType: Session
      Content:
        schemaVersion: "1.0"
        sessionType: Standard_Stream
        inputs:
          s3BucketName: session-logs
```

```hcl
resource "aws_ssm_document" "preferences" {
  name            = "SSM-SessionManagerRunShell"
  document_type   = "Session"
  document_format = "JSON"
  content = jsonencode({
    schemaVersion = "1.0"
    sessionType   = "Standard_Stream"
    inputs        = { cloudWatchLogGroupName = "sessions" }
  })
}
```

## Undecided

The result is undecided if the content is not known before deployment.

```yaml
Parameters:
  LogGroup:
    Type: String
Resources:
  Preferences:
    Type: AWS::SSM::Document
    Properties:
      Name: SSM-SessionManagerRunShell
      DocumentType: Session
      Content:
        schemaVersion: "1.0"
        sessionType: Standard_Stream
        inputs:
          cloudWatchLogGroupName: !Ref LogGroup  # undecided: parameter "LogGroup" has no default
```

```hcl
variable "content" {
  type = string
}

resource "aws_ssm_document" "preferences" {
  name            = "SSM-SessionManagerRunShell"
  document_type   = "Session"
  document_format = "JSON"
  content         = var.content # undecided: var.content has no default
}
```

## Sources

- [Session document schema](https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-schema.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.ssm import Document
from wa_iac.core.binding import member
from wa_iac.core.coerce import EmbeddedDocument, coercion
from wa_iac.core.late_pattern import late
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, flag, rule, settled
from wa_iac.core.value import Absent, Known

_PLACES: Final = ("s3BucketName", "cloudWatchLogGroupName")
_IN_YAML: Final = late(r"""\b(?:s3BucketName|cloudWatchLogGroupName)["']?\s*:\s*["']?[^\s"',}]""")
_DECODED: Final = coercion(EmbeddedDocument)


@rule(
    practices=["SEC04-BP01", "SEC10-BP06"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn="Content:\n  inputs:\n    cloudWatchLogGroupName: <a log group>\n    cloudWatchEncryptionEnabled: true",
        tf="content = jsonencode({\n  inputs = {\n    cloudWatchLogGroupName      = <a log group>.name\n    cloudWatchEncryptionEnabled = true\n  }\n})",
        decision="Name a log group with a KMS key, or a bucket: Session Manager then requires that it is encrypted.",
    ),
    equivalents={"checkov": ["CKV_AWS_113"]},
)
def check(document: Document) -> Flags:
    if settled(document.kind) != Known("Session"):
        return
    if isinstance(document.content, Known) and isinstance(document.content.value, str):
        accept(_IN_YAML.search(document.content.value) is not None)
    content = _DECODED(document.content, lambda _: None)
    accept(isinstance(settled(content), Absent))
    accept(settled(member(content, "sessionType")) != Known("Standard_Stream"))
    inputs = member(content, "inputs")
    for place in _PLACES:
        accept(given(member(inputs, place)) == Known(True))
    for place in _PLACES:
        accept(given(member(inputs, place)))
    yield flag(inputs, "Session Manager keeps no record of what people do in a session.")
