"""# EMR cluster does not encrypt the traffic between its nodes

## Why

The nodes of a cluster send each other the data that they work on. Without encryption in transit, anyone who listens in their network reads
it.

## What it checks

The rule reports a security configuration that does not turn on encryption in transit.

## What is left out

A cluster without a security configuration: `emr-encryption` reports it. Encryption in transit needs certificates, and the nodes are in one
subnet: the severity is low, and the finding is advice, since who turns it off has mostly weighed that.

## Non-compliant

```yaml
Resources:
  Disks:
    Type: AWS::EMR::SecurityConfiguration
    Properties:
      SecurityConfiguration:
        EncryptionConfiguration:
          EnableAtRestEncryption: true
          EnableInTransitEncryption: false  # finding
          AtRestEncryptionConfiguration:
            LocalDiskEncryptionConfiguration:
              EncryptionKeyProviderType: AwsKms
              AwsKmsKey: alias/emr
```

```hcl
resource "aws_emr_security_configuration" "disks" {
  name = "disks"

  configuration = jsonencode({
    EncryptionConfiguration = {
      EnableAtRestEncryption    = true
      EnableInTransitEncryption = false # finding
      AtRestEncryptionConfiguration = {
        LocalDiskEncryptionConfiguration = { EncryptionKeyProviderType = "AwsKms", AwsKmsKey = "alias/emr" }
      }
    }
  })
}
```

## Compliant

```yaml
Resources:
  Encrypted:
    Type: AWS::EMR::SecurityConfiguration
    Properties:
      SecurityConfiguration:
        EncryptionConfiguration:
          EnableAtRestEncryption: true
          AtRestEncryptionConfiguration:
            LocalDiskEncryptionConfiguration:
              EncryptionKeyProviderType: AwsKms
              AwsKmsKey: alias/emr
          EnableInTransitEncryption: true
          InTransitEncryptionConfiguration:
            TLSCertificateConfiguration:
              CertificateProviderType: PEM
              S3Object: s3://example-certificates/emr.zip
```

```hcl
resource "aws_emr_security_configuration" "encrypted" {
  name = "encrypted"

  configuration = jsonencode({
    EncryptionConfiguration = {
      EnableAtRestEncryption = true
      AtRestEncryptionConfiguration = {
        LocalDiskEncryptionConfiguration = { EncryptionKeyProviderType = "AwsKms", AwsKmsKey = "alias/emr" }
      }
      EnableInTransitEncryption = true
      InTransitEncryptionConfiguration = {
        TLSCertificateConfiguration = { CertificateProviderType = "PEM", S3Object = "s3://example-certificates/emr.zip" }
      }
    }
  })
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  InTransit:
    Type: String
Resources:
  Encrypted:
    Type: AWS::EMR::SecurityConfiguration
    Properties:
      SecurityConfiguration:
        EncryptionConfiguration:
          EnableAtRestEncryption: false
          EnableInTransitEncryption: !Ref InTransit  # undecided: parameter "InTransit" has no default
```

```hcl
variable "configuration" {
  type = string
}

resource "aws_emr_security_configuration" "encrypted" {
  name          = "encrypted"
  configuration = var.configuration # undecided: var.configuration has no default
}
```

## Sources

- [emr-security-configuration-encryption-transit - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/emr-security-configuration-encryption-transit.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.emr import SecurityConfiguration
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, expect, rule

_SWITCHED_ON: Final = Remedy(
    decision="Set EnableInTransitEncryption to true, and give InTransitEncryptionConfiguration a TLSCertificateConfiguration with certificates in S3. "
    "A running cluster keeps its configuration: start a new one."
)


@rule(
    practices=["SEC09-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    remedy=_SWITCHED_ON,
    equivalents={
        "checkov": ["CKV_AWS_351"],
        "trivy": ["AVD-AWS-0138"],
        "cdk_nag": ["AwsSolutions-EMR5"],
        "config": ["EMR_SECURITY_CONFIGURATION_ENCRYPTION_TRANSIT"],
        "security_hub": ["EMR.4"],
    },
)
def check(security: SecurityConfiguration) -> Flags:
    message = "Clusters with this configuration send data in plain text from node to node."
    yield from expect(security.in_transit(), True, message)
