"""# Athena workgroup does not say how query results are encrypted, or lets queries decide

## Why

Results of queries are copies of the data. A workgroup can encrypt them with a key whose use you can limit, and hold all queries to that.
If queries may bring their own settings, the results land wherever a client says, encrypted as the client says.

## What it checks

The rule reports a workgroup that writes its results without an encryption of its own, and one that has an encryption but does not enforce
its settings (`EnforceWorkGroupConfiguration`, which is true by default).

## What is left out

S3 encrypts all new objects with keys of its own, so the first case has a low severity. The rule leaves out workgroups that are disabled,
whose results Athena itself keeps, or that name no place for results. It does not look at databases: their encryption setting in Terraform
is only for the results of the statement that makes them.

## Non-compliant

```yaml
Resources:
  Reports:
    Type: AWS::Athena::WorkGroup
    Properties:
      Name: reports
      WorkGroupConfiguration:
        ResultConfiguration:  # finding: only the encryption of their bucket
          OutputLocation: s3://example-results/reports/
  Analysts:
    Type: AWS::Athena::WorkGroup
    Properties:
      Name: analysts
      WorkGroupConfiguration:
        EnforceWorkGroupConfiguration: false  # finding: may bring their own
        ResultConfiguration:
          OutputLocation: s3://example-results/analysts/
          EncryptionConfiguration:
            EncryptionOption: SSE_KMS
            KmsKey: arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-0000-0000-000000000000
```

```hcl
resource "aws_athena_workgroup" "reports" {
  name = "reports"

  configuration {
    result_configuration { # finding: only the encryption of their bucket
      output_location = "s3://example-results/reports/"
    }
  }
}

resource "aws_athena_workgroup" "analysts" {
  name = "analysts"

  configuration {
    enforce_workgroup_configuration = false # finding: may bring their own

    result_configuration {
      output_location = "s3://example-results/analysts/"

      encryption_configuration {
        encryption_option = "SSE_S3"
      }
    }
  }
}
```

## Compliant

```yaml
Resources:
  Reports:
    Type: AWS::Athena::WorkGroup
    Properties:
      Name: reports
      WorkGroupConfiguration:
        ResultConfiguration:
          OutputLocation: s3://example-results/reports/
          EncryptionConfiguration:
            EncryptionOption: SSE_KMS
            KmsKey: arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-0000-0000-000000000000
```

```hcl
resource "aws_athena_workgroup" "reports" {
  name = "reports"

  configuration {
    result_configuration {
      output_location = "s3://example-results/reports/"

      encryption_configuration {
        encryption_option = "SSE_S3"
      }
    }
  }
}
```

## Not applicable

```yaml
Resources:
  Old:  # not applicable: it is disabled
    Type: AWS::Athena::WorkGroup
    Properties:
      Name: old
      State: DISABLED
      WorkGroupConfiguration:
        ResultConfiguration:
          OutputLocation: s3://example-results/old/
  Free:  # not applicable: names no place for results
    Type: AWS::Athena::WorkGroup
    Properties:
      Name: free
```

```hcl
resource "aws_athena_workgroup" "managed" { # not applicable: Athena itself keeps
  name = "managed"

  configuration {
    managed_query_results_configuration {
      enabled = true
    }
  }
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Enforced:
    Type: String
Resources:
  Reports:
    Type: AWS::Athena::WorkGroup
    Properties:
      Name: reports
      WorkGroupConfiguration:
        EnforceWorkGroupConfiguration: !Ref Enforced  # undecided: parameter "Enforced" has no default
        ResultConfiguration:
          OutputLocation: s3://example-results/reports/
          EncryptionConfiguration:
            EncryptionOption: SSE_S3
```

```hcl
variable "encryption" {
  type = string
}

resource "aws_athena_workgroup" "reports" {
  name = "reports"

  configuration {
    result_configuration {
      output_location = "s3://example-results/reports/"

      encryption_configuration {
        encryption_option = var.encryption # undecided: var.encryption has no default
      }
    }
  }
}
```

## Sources

- [WorkGroupConfiguration](https://docs.aws.amazon.com/goto/WebAPI/athena-2017-05-18/WorkGroupConfiguration), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.athena import WorkGroup
from wa_iac.core.logic import negate
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, flag, rule, settled
from wa_iac.core.value import Absent, Known

_ENFORCED: Final = Remedy(
    cfn={"WorkGroupConfiguration": {"EnforceWorkGroupConfiguration": True}},
    tf={"configuration": {"enforce_workgroup_configuration": True}},
    decision="Queries that write to another place then write to that of the workgroup.",
)


@rule(
    practices=["SEC08-BP02"],
    severity=Severity.MEDIUM,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn={
            "WorkGroupConfiguration": {
                "ResultConfiguration": {"EncryptionConfiguration": {"EncryptionOption": "SSE_KMS", "KmsKey": "<the key's ARN>"}}
            }
        },
        tf={
            "configuration": {
                "result_configuration": {
                    "encryption_configuration": {"encryption_option": "SSE_KMS", "kms_key_arn": "<the key's ARN>"}
                }
            }
        },
    ),
    equivalents={
        "checkov": ["CKV_AWS_82", "CKV_AWS_159"],
        "trivy": ["AVD-AWS-0006", "AVD-AWS-0007"],
        "config": ["ATHENA_WORKGROUP_ENCRYPTED_AT_REST", "ATHENA_WORKGROUP_ENFORCE_WORKGROUP_CONFIGURATION"],
    },
)
def check(group: WorkGroup) -> Flags:
    exempt(group.is_disabled(), "it is disabled")
    exempt(group.managed_results, "Athena itself keeps its results, and encrypts them")
    exempt(negate(given(group.output_location)), "it names no place for results, so that each query brings its own settings")
    if isinstance(settled(group.encryption), Absent):
        yield flag(
            group.encryption,
            "The results of these queries have only the encryption of their bucket: with S3's own key, everybody who may read the bucket "
            "can read them.",
            severity=Severity.LOW,
            confidence=Confidence.MEDIUM,
        )
    elif settled(group.enforced) == Known(False):
        yield flag(
            group.enforced,
            "Queries in this workgroup may bring their own place and encryption for results, so that the encryption that is written here "
            "holds for nobody who does.",
            instead=_ENFORCED,
        )
