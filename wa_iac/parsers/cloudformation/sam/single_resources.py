"""The SAM resources that become a single resource each: tables, layers, nested applications."""

from __future__ import annotations

from typing import Final

from wa_iac.parsers.cloudformation.text.located import Entry, ScalarNode

from .nodes import Made, build, entries, entry_at, pairs, pick
from .sam_resource import CARRIED, SamResource, packaged, uploaded

_KEY_TYPES: Final = {"String": "S", "Number": "N", "Binary": "B"}


def expand_table(source: SamResource) -> None:
    """`SimpleTable`: a table with one key attribute, paid per request if no throughput is given."""
    key = source.get("PrimaryKey")
    given = entries(key)
    name: Made = given.get("Name") or "id"
    kind: Made = "S"
    if key is not None:
        written = source.expansion.text(given.get("Type"))
        if "Name" not in given or "Type" not in given:
            source.error(f'the PrimaryKey of "{source.name}" needs a Name and a Type', key.key)
        elif written and written not in (*_KEY_TYPES, *_KEY_TYPES.values()):
            source.error(f"the Type of a PrimaryKey must be one of {', '.join(_KEY_TYPES)}", given["Type"].key)
        else:
            kind = entry_at(given["Type"], _KEY_TYPES.get(written, given["Type"].value))
    throughput = source.get("ProvisionedThroughput")
    attributes: Made = [{"AttributeName": name, "AttributeType": kind}]
    schema: Made = [{"AttributeName": name, "KeyType": "HASH"}]
    same = ("PointInTimeRecoverySpecification", "ProvisionedThroughput", "SSESpecification", "TableName")
    source.put_itself(
        "AWS::DynamoDB::Table",
        {
            "AttributeDefinitions": attributes if key is None else entry_at(key, attributes),
            "KeySchema": schema if key is None else entry_at(key, schema),
            "BillingMode": "PAY_PER_REQUEST" if throughput is None else None,
            "Tags": pairs(source.get("Tags")),
            **pick(source.properties, same),
        },
    )


def expand_layer(source: SamResource) -> None:
    """`LayerVersion`: it keeps its own name, to which SAM adds a digest of its content."""
    same = ("CompatibleArchitectures", "CompatibleRuntimes", "Description", "LicenseInfo")
    content = source.code("ContentUri", "S3Bucket", "S3Key", "S3ObjectVersion") or uploaded("S3Bucket", "S3Key")
    beside = pick(source.beside, (*CARRIED, "DependsOn"))
    if "DeletionPolicy" not in beside:
        beside["DeletionPolicy"] = _retention(source)
    made: dict[str, Made] = {"Content": content, "LayerName": source.get("LayerName") or source.name}
    source.put_with(source.name, "AWS::Lambda::LayerVersion", {**made, **pick(source.properties, same)}, beside, source.at)


def _retention(source: SamResource) -> Made:
    entry = source.get("RetentionPolicy")
    written = source.expansion.text(entry)
    if entry is None:
        return "Retain"
    if not written:
        return entry
    if written.lower() not in ("retain", "delete"):
        source.error(f'the RetentionPolicy of "{source.name}" must be Retain or Delete', entry.key)
        return "Retain"
    return entry_at(entry, written.title())


def expand_application(source: SamResource) -> None:
    """`Application`: a nested stack, from a template's address or from the Serverless Application Repository."""
    location = source.properties["Location"]
    address: Made
    if isinstance(location.value, ScalarNode):
        address = Entry(location.key, location.value)
    elif entries(location):
        # The repository only gives the template's address while the transform runs.
        address = Entry(location.key, build(packaged(), location.value.span))
        missing = [name for name in ("ApplicationId", "SemanticVersion") if name not in entries(location)]
        if missing:
            source.error(f'the Location of "{source.name}" needs {" and ".join(missing)}', location.key)
    else:
        address = location
    source.put_itself(
        "AWS::CloudFormation::Stack",
        {
            "TemplateURL": address,
            "Tags": pairs(source.get("Tags"), "lambda:createdBy"),
            **pick(source.properties, ("Parameters", "NotificationARNs", "TimeoutInMinutes")),
        },
    )
