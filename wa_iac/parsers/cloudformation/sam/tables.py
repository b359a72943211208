"""`AWS::Serverless::SimpleTable`, `LayerVersion` and `Application`: a table, a layer, a nested stack."""

from __future__ import annotations

from typing import Final

from wa_iac.parsers.cloudformation.located import ScalarNode

from .nodes import Made, entries, pairs, text
from .source import Source, packaged

_KEY_TYPES: Final = {"String": "S", "Number": "N", "Binary": "B"}
_LAYER: Final = ("CompatibleArchitectures", "CompatibleRuntimes", "Description", "LicenseInfo")
_KEPT: Final = {"retain": "Retain", "delete": "Delete", "retainexceptoncreate": "RetainExceptOnCreate"}


def expand_table(source: Source) -> None:
    """Puts a table with one key."""
    key = entries(source.get("PrimaryKey"))
    name: Made = key.get("Name") or "id"
    kind = text(key.get("Type")) or "String"
    if kind not in _KEY_TYPES:
        source.error(f'the Type of the PrimaryKey of "{source.name}" is String, Number or Binary', key["Type"].key)
        return
    provisioned = source.get("ProvisionedThroughput")
    source.put_itself(
        "AWS::DynamoDB::Table",
        {
            "AttributeDefinitions": [{"AttributeName": name, "AttributeType": _KEY_TYPES[kind]}],
            "KeySchema": [{"AttributeName": name, "KeyType": "HASH"}],
            "BillingMode": "PAY_PER_REQUEST" if provisioned is None else None,
            "ProvisionedThroughput": provisioned,
            "PointInTimeRecoverySpecification": source.get("PointInTimeRecoverySpecification"),
            "SSESpecification": source.get("SSESpecification"),
            "TableName": source.get("TableName"),
            "Tags": pairs(source.get("Tags")),
        },
    )


def expand_layer(source: Source) -> None:
    """Puts a layer's version. A new one is made with each change, under a name that ends in a hash: here it goes by its own."""
    policy = source.text("RetentionPolicy").lower() or "retain"
    if policy not in _KEPT:
        source.error(f'the RetentionPolicy of "{source.name}" is Retain or Delete', source.properties["RetentionPolicy"].key)
        policy = "retain"
    made: dict[str, Made] = {name: source.get(name) for name in _LAYER}
    made["LayerName"] = source.get("LayerName") or source.name
    made["Content"] = source.code("ContentUri", "S3Bucket", "S3Key", "S3ObjectVersion") or packaged()
    source.put(source.name, "AWS::Lambda::LayerVersion", made, DeletionPolicy=_KEPT[policy])


def expand_application(source: Source) -> None:
    """Puts the nested stack of an application, whose template is a file, or in the Serverless Application Repository."""
    location = source.properties["Location"]
    source.put_itself(
        "AWS::CloudFormation::Stack",
        {
            "TemplateURL": location if isinstance(location.value, ScalarNode) else packaged(),
            "Parameters": source.get("Parameters"),
            "NotificationARNs": source.get("NotificationARNs"),
            "TimeoutInMinutes": source.get("TimeoutInMinutes"),
            "Tags": pairs(source.get("Tags"), "lambda:createdBy"),
        },
    )
