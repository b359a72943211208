"""# EMR cluster does not encrypt its disks

## Why

A cluster copies the data that it works on to the disks of its nodes. Without a security configuration that says otherwise, they are plain:
who gets a copy of a disk reads the data.

## What it checks

The rule reports a cluster without a security configuration, and a security configuration that does not turn on encryption at rest, or that
does so for files in S3 only.

## What is left out

A security configuration that is declared elsewhere. The traffic between the nodes is checked by `emr-encryption-in-transit`. An account may
encrypt all volumes of EBS by default, so a cluster without a configuration has a medium confidence.

## Non-compliant

```yaml
Resources:
  Sessions:  # finding: has no security configuration
    Type: AWS::EMR::Cluster
    Properties:
      Name: sessions
      ReleaseLabel: emr-7.5.0
      JobFlowRole: EMR_EC2_DefaultRole
      ServiceRole: EMR_DefaultRole
      Instances:
        MasterInstanceGroup:
          InstanceCount: 1
          InstanceType: m5.xlarge
        CoreInstanceGroup:
          InstanceCount: 2
          InstanceType: m5.xlarge
  Plain:
    Type: AWS::EMR::SecurityConfiguration
    Properties:
      SecurityConfiguration:
        EncryptionConfiguration:
          EnableAtRestEncryption: false  # finding: disks
          EnableInTransitEncryption: false
```

```hcl
resource "aws_emr_security_configuration" "files" {
  name = "files"

  configuration = jsonencode({
    EncryptionConfiguration = {
      EnableAtRestEncryption    = true # finding: not what they write to their disks
      EnableInTransitEncryption = false
      AtRestEncryptionConfiguration = {
        S3EncryptionConfiguration = { EncryptionMode = "SSE-S3" }
      }
    }
  })
}

resource "aws_emr_cluster" "sessions" { # finding: has no security configuration
  name          = "sessions"
  release_label = "emr-7.5.0"
  service_role  = "EMR_DefaultRole"

  ec2_attributes {
    instance_profile = "EMR_EC2_DefaultRole"
  }

  master_instance_group {
    instance_type = "m5.xlarge"
  }

  core_instance_group {
    instance_type = "m5.xlarge"
  }
}
```

## Compliant

```yaml
Resources:
  Sessions:
    Type: AWS::EMR::Cluster
    Properties:
      Name: sessions
      ReleaseLabel: emr-7.5.0
      JobFlowRole: EMR_EC2_DefaultRole
      ServiceRole: EMR_DefaultRole
      Instances:
        MasterInstanceGroup:
          InstanceCount: 1
          InstanceType: m5.xlarge
        CoreInstanceGroup:
          InstanceCount: 2
          InstanceType: m5.xlarge
      SecurityConfiguration: !Ref Encrypted
  Encrypted:
    Type: AWS::EMR::SecurityConfiguration
    Properties:
      SecurityConfiguration:
        EncryptionConfiguration:
          EnableAtRestEncryption: true
          AtRestEncryptionConfiguration:
            LocalDiskEncryptionConfiguration:
              EncryptionKeyProviderType: AwsKms
              AwsKmsKey: arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-0000-0000-000000000000
              EnableEbsEncryption: true
          EnableInTransitEncryption: true
          InTransitEncryptionConfiguration:
            TLSCertificateConfiguration:
              CertificateProviderType: PEM
              S3Object: s3://example-certificates/emr.zip
```

```hcl
resource "aws_emr_cluster" "sessions" {
  name                   = "sessions"
  release_label          = "emr-7.5.0"
  service_role           = "EMR_DefaultRole"
  security_configuration = "encrypted"

  ec2_attributes {
    instance_profile = "EMR_EC2_DefaultRole"
  }

  master_instance_group {
    instance_type = "m5.xlarge"
  }

  core_instance_group {
    instance_type = "m5.xlarge"
  }
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  AtRest:
    Type: String
Resources:
  Plain:
    Type: AWS::EMR::SecurityConfiguration
    Properties:
      SecurityConfiguration:
        EncryptionConfiguration:
          EnableAtRestEncryption: !Ref AtRest  # undecided: parameter "AtRest" has no default
          AtRestEncryptionConfiguration:
            LocalDiskEncryptionConfiguration:
              EncryptionKeyProviderType: AwsKms
              AwsKmsKey: alias/emr
          EnableInTransitEncryption: true
```

```hcl
variable "security" {
  type = string
}

resource "aws_emr_cluster" "sessions" {
  name                   = "sessions"
  release_label          = "emr-7.5.0"
  service_role           = "EMR_DefaultRole"
  security_configuration = var.security # undecided: var.security has no default

  ec2_attributes {
    instance_profile = "EMR_EC2_DefaultRole"
  }

  master_instance_group {
    instance_type = "m5.xlarge"
  }

  core_instance_group {
    instance_type = "m5.xlarge"
  }
}
```

## Sources

- [emr-security-configuration-encryption-rest - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/emr-security-configuration-encryption-rest.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.emr import Cluster, SecurityConfiguration
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, flag, rule, settled
from wa_iac.core.value import Known
from wa_iac.knowledge.engine_versions import numbers
from wa_iac.pillars.judgements.replaced_clusters import REPLACED, replaced

_CHANGES: Final = "A running cluster keeps its configuration: start a new one."
_AT_REST: Final = (
    "Set EnableAtRestEncryption to true, and give AtRestEncryptionConfiguration a LocalDiskEncryptionConfiguration with a key of KMS and "
    f"EnableEbsEncryption. {_CHANGES}"
)


_MADE: Final = (
    "Make a security configuration ({}) with a key for local disks and EnableEbsEncryption {}, and with certificates for what the nodes send each other. "
    "Let the roles of the service and of the instances use the key."
)
_EBS_SINCE: Final = (5, 24)
"""The first release whose security configurations encrypt volumes of EBS."""


def _made_for(resource: Cluster | SecurityConfiguration, graph: Graph) -> Remedy | None:
    """The type in the words of the dialect, and a newer release where that of the cluster encrypts no volumes."""
    del graph
    if isinstance(resource, SecurityConfiguration):
        return None
    kind = "AWS::EMR::SecurityConfiguration" if resource.as_cloudformation else "aws_emr_security_configuration"
    since = "(release 5.24 or later)"
    if isinstance(resource.release, Known) and (version := numbers(resource.release.value.removeprefix("emr-"))):
        since = (
            "" if version >= _EBS_SINCE else f"(that needs release 5.24 or later: this cluster has {resource.release.value})"
        )
    return Remedy(
        cfn={"SecurityConfiguration": "<the security configuration>"},
        tf={"security_configuration": "<the security configuration>"},
        replaces=True,
        decision=f"{_MADE.format(kind, since).replace(' ,', ',')} {replaced(resource)}",
    )


@rule(
    practices=["SEC08-BP02"],
    severity=Severity.MEDIUM,
    remedy=Remedy(
        cfn={"SecurityConfiguration": "<the security configuration>"},
        tf={"security_configuration": "<the security configuration>"},
        replaces=True,
        decision=f"{_MADE.format('AWS::EMR::SecurityConfiguration, aws_emr_security_configuration', '(release 5.24 or later)')} {REPLACED}",
        given=_made_for,
    ),
    equivalents={
        "checkov": ["CKV_AWS_171", "CKV_AWS_349", "CKV_AWS_350", "CKV2_AWS_55"],
        "trivy": ["AVD-AWS-0137", "AVD-AWS-0139"],
        "cdk_nag": ["AwsSolutions-EMR4"],
        "config": ["EMR_SECURITY_CONFIGURATION_ENCRYPTION_REST"],
        "security_hub": ["EMR.3"],
    },
)
def check(resource: Cluster | SecurityConfiguration) -> Flags:
    if isinstance(resource, SecurityConfiguration):
        yield from _judge(resource)
        return
    if resource.security.presence == Known(True):
        return
    all_known(resource.security.unknown)
    yield flag(
        resource,
        "This cluster has no security configuration: it encrypts neither the data on the disks of its nodes nor what they send each other.",
        confidence=Confidence.MEDIUM,
    )


def _judge(security: SecurityConfiguration) -> Flags:
    at_rest = settled(security.at_rest())
    if at_rest != Known(True):
        yield flag(
            at_rest,
            "Clusters with this configuration write data to their disks without encryption: a copy of a disk shows it.",
            instead=_AT_REST,
        )
        return
    if settled(security.covers_disks()) != Known(True):
        yield flag(
            at_rest,
            "Clusters with this configuration encrypt what they write to S3, but not what they write to their disks.",
            instead=_AT_REST,
        )
