"""# Glue Data Catalog gives out passwords of connections, or is not encrypted

## Why

Connections in the Data Catalog hold passwords of databases. Unless the setting for passwords is on, everybody who may read a connection
gets its password as plain text. The catalog itself, with the names of tables, columns and places, can be encrypted with a key of KMS.

## What it checks

The rule looks at the settings of the Data Catalog. It reports passwords that are not returned encrypted, and a catalog whose encryption
mode is `DISABLED`.

## What is left out

Accounts whose settings are not declared here. The settings count for a whole account and Region, so they are usually in one place only.

## Non-compliant

```yaml
Resources:
  Settings:
    Type: AWS::Glue::DataCatalogEncryptionSettings
    Properties:
      CatalogId: !Ref AWS::AccountId
      DataCatalogEncryptionSettings:
        ConnectionPasswordEncryption:
          ReturnConnectionPasswordEncrypted: false  # finding: as plain text
        EncryptionAtRest:
          CatalogEncryptionMode: DISABLED  # finding: are not encrypted
```

```hcl
resource "aws_glue_data_catalog_encryption_settings" "settings" {
  data_catalog_encryption_settings {
    connection_password_encryption {
      return_connection_password_encrypted = false # finding: as plain text
    }

    encryption_at_rest {
      catalog_encryption_mode = "DISABLED" # finding: are not encrypted
    }
  }
}
```

## Compliant

```yaml
Resources:
  Settings:
    Type: AWS::Glue::DataCatalogEncryptionSettings
    Properties:
      CatalogId: !Ref AWS::AccountId
      DataCatalogEncryptionSettings:
        ConnectionPasswordEncryption:
          ReturnConnectionPasswordEncrypted: true
          KmsKeyId: alias/catalog
        EncryptionAtRest:
          CatalogEncryptionMode: SSE-KMS
          SseAwsKmsKeyId: alias/catalog
```

```hcl
resource "aws_glue_data_catalog_encryption_settings" "settings" {
  data_catalog_encryption_settings {
    connection_password_encryption {
      return_connection_password_encrypted = true
      aws_kms_key_id                       = "alias/catalog"
    }

    encryption_at_rest {
      catalog_encryption_mode = "SSE-KMS"
      sse_aws_kms_key_id      = "alias/catalog"
    }
  }
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Mode:
    Type: String
Resources:
  Settings:
    Type: AWS::Glue::DataCatalogEncryptionSettings
    Properties:
      CatalogId: !Ref AWS::AccountId
      DataCatalogEncryptionSettings:
        ConnectionPasswordEncryption:
          ReturnConnectionPasswordEncrypted: true
          KmsKeyId: alias/catalog
        EncryptionAtRest:
          CatalogEncryptionMode: !Ref Mode  # undecided: parameter "Mode" has no default
```

```hcl
variable "mode" {
  type = string
}

resource "aws_glue_data_catalog_encryption_settings" "settings" {
  data_catalog_encryption_settings {
    connection_password_encryption {
      return_connection_password_encrypted = true
      aws_kms_key_id                       = "alias/catalog"
    }

    encryption_at_rest {
      catalog_encryption_mode = var.mode # undecided: var.mode has no default
    }
  }
}
```

## Sources

- [Security APIs in AWS Glue - AWS Glue](https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-security.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.glue import CatalogEncryptionSettings
from wa_iac.core.rule import Flags, Remedy, Severity, each_of, flag, rule, settled
from wa_iac.core.value import Known

_CATALOG: Final = Remedy(
    cfn={
        "DataCatalogEncryptionSettings": {
            "EncryptionAtRest": {"CatalogEncryptionMode": "SSE-KMS", "SseAwsKmsKeyId": "<the key's ARN>"}
        }
    },
    tf={
        "data_catalog_encryption_settings": {
            "encryption_at_rest": {"catalog_encryption_mode": "SSE-KMS", "sse_aws_kms_key_id": "<the key's ARN>"}
        }
    },
    decision="It encrypts what is written from then on. Everybody who reads or writes the catalog then needs permission for the key: give it first.",
)


@rule(
    practices=["SEC08-BP02", "SEC02-BP03"],
    severity=Severity.MEDIUM,
    remedy=Remedy(
        cfn={
            "DataCatalogEncryptionSettings": {
                "ConnectionPasswordEncryption": {
                    "ReturnConnectionPasswordEncrypted": True,
                    "KmsKeyId": "<the key's ARN>",
                }
            }
        },
        tf={
            "data_catalog_encryption_settings": {
                "connection_password_encryption": {
                    "return_connection_password_encrypted": True,
                    "aws_kms_key_id": "<the key's ARN>",
                }
            }
        },
        decision="People who make a connection then need permission to encrypt with the key, and jobs, crawlers and people who use its password to decrypt: "
        "give it first.",
    ),
    equivalents={"checkov": ["CKV_AWS_94"]},
)
def check(settings: CatalogEncryptionSettings) -> Flags:
    yield from each_of((_passwords, _catalog), lambda judge: judge(settings))


def _passwords(settings: CatalogEncryptionSettings) -> Flags:
    if settled(settings.passwords_encrypted) != Known(True):
        yield flag(
            settings.passwords_encrypted,
            "Everybody who may read a connection in the Data Catalog gets the password of its database as plain text.",
        )


def _catalog(settings: CatalogEncryptionSettings) -> Flags:
    if settled(settings.mode) == Known("DISABLED"):
        yield flag(
            settings.mode,
            "The names of tables, columns and places in the Data Catalog are not encrypted with a key of KMS.",
            severity=Severity.LOW,
            instead=_CATALOG,
        )
