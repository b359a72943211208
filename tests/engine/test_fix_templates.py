"""Fixes in templates keep the style that is there: braces or lines, quotes, comments, line ends, tabs."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.fixes import after, mended

SQS = "sqs-encryption"
VERSIONING = "s3-versioning"
VALIDATION = "cloudtrail-log-validation"

CASES = {
    "a value, with a comment behind it": (
        SQS,
        "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      SqsManagedSseEnabled: false   # for now\n",
        "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      SqsManagedSseEnabled: true   # for now\n",
    ),
    "a value in quotes keeps them": (
        SQS,
        "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      SqsManagedSseEnabled: 'false'\n",
        "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      SqsManagedSseEnabled: 'true'\n",
    ),
    "flow mappings": (
        VERSIONING,
        "Resources:\n  B: {Type: AWS::S3::Bucket}\n  C: { Type: AWS::S3::Bucket, Properties: { BucketName: c } } # c\n",
        "Resources:\n  B: {Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: Enabled}}}\n"
        "  C: { Type: AWS::S3::Bucket, Properties: { BucketName: c, VersioningConfiguration: {Status: Enabled} } } # c\n",
    ),
    "no Properties": (
        VERSIONING,
        "Resources:\n    B:\n        Type: AWS::S3::Bucket # ours\n    # the end\n",
        "Resources:\n    B:\n        Type: AWS::S3::Bucket # ours\n        Properties:\n            VersioningConfiguration:\n"
        "                Status: Enabled\n    # the end\n",
    ),
    "empty Properties": (
        VERSIONING,
        "Resources:\n  B:\n    Type: AWS::S3::Bucket\n    Properties: {} # none\n",
        "Resources:\n  B:\n    Type: AWS::S3::Bucket\n    Properties: { VersioningConfiguration: { Status: Enabled } } # none\n",
    ),
    "Properties without a value": (
        VERSIONING,
        "Resources:\n  B:\n    Type: AWS::S3::Bucket\n    Properties: # none\n  Q:\n    Type: AWS::SQS::Queue\n",
        "Resources:\n  B:\n    Type: AWS::S3::Bucket\n    Properties: # none\n      VersioningConfiguration:\n        Status: Enabled\n"
        "  Q:\n    Type: AWS::SQS::Queue\n",
    ),
    "no line feed at the end": (
        VALIDATION,
        "Resources:\n  T:\n    Type: AWS::CloudTrail::Trail\n    Properties:\n      S3BucketName: logs",
        "Resources:\n  T:\n    Type: AWS::CloudTrail::Trail\n    Properties:\n      S3BucketName: logs\n      EnableLogFileValidation: true",
    ),
    "after a list, a block scalar and an alias": (
        VALIDATION,
        "Names:\n  - &name logs\nResources:\n  T:\n    Type: AWS::CloudTrail::Trail\n    Properties:\n      TrailName: |\n        a\n\n"
        "      S3BucketName: *name   # shared\n\n  Q:\n    Type: AWS::SQS::Queue\n",
        "Names:\n  - &name logs\nResources:\n  T:\n    Type: AWS::CloudTrail::Trail\n    Properties:\n      TrailName: |\n        a\n\n"
        "      S3BucketName: *name   # shared\n      EnableLogFileValidation: true\n\n  Q:\n    Type: AWS::SQS::Queue\n",
    ),
    "lists that are not indented": (
        "ecs-container-insights",
        "Outputs:\n  A:\n    Value:\n    - a\nResources:\n  C:\n    Type: AWS::ECS::Cluster\n    Properties:\n      ClusterName: c\n",
        "Outputs:\n  A:\n    Value:\n    - a\nResources:\n  C:\n    Type: AWS::ECS::Cluster\n    Properties:\n      ClusterName: c\n"
        "      ClusterSettings:\n      - Name: containerInsights\n        Value: enabled\n",
    ),
    "one more pair": (
        "elb-deletion-protection",
        "Resources:\n  L:\n    Type: AWS::ElasticLoadBalancingV2::LoadBalancer\n    Properties:\n      LoadBalancerAttributes:\n"
        "        - Key: idle_timeout.timeout_seconds\n          Value: '60' # s\n      Name: l\n",
        "Resources:\n  L:\n    Type: AWS::ElasticLoadBalancingV2::LoadBalancer\n    Properties:\n      LoadBalancerAttributes:\n"
        "        - Key: idle_timeout.timeout_seconds\n          Value: '60' # s\n        - Key: deletion_protection.enabled\n"
        '          Value: "true"\n      Name: l\n',
    ),
    "beside Properties": (
        "workload-stateful-deletion-policy",
        "Resources:\n  F:\n    Type: AWS::EFS::FileSystem\n    DeletionPolicy: Delete\n    UpdateReplacePolicy: Delete\n",
        "Resources:\n  F:\n    Type: AWS::EFS::FileSystem\n    DeletionPolicy: Retain\n    UpdateReplacePolicy: Retain\n",
    ),
    "what a fix replaces is kept": (
        "rds-encryption,rds-deletion-protection,efs-encryption",
        "Resources:\n  D:\n    Type: AWS::RDS::DBInstance\n    DeletionPolicy: Snapshot\n    Properties:\n      Engine: postgres\n"
        "      StorageEncrypted: false\n  F:\n    Type: AWS::EFS::FileSystem\n    UpdateReplacePolicy: Delete\n    Properties:\n      Encrypted: false\n",
        "Resources:\n  D:\n    Type: AWS::RDS::DBInstance\n    DeletionPolicy: Snapshot\n    Properties:\n      Engine: postgres\n"
        "      StorageEncrypted: true\n      DeletionProtection: true\n    UpdateReplacePolicy: Snapshot\n"
        "  F:\n    Type: AWS::EFS::FileSystem\n    UpdateReplacePolicy: Delete\n    Properties:\n      Encrypted: true\n",
    ),
    "several rules on one resource": (
        f"{VALIDATION},cloudtrail-multi-region,cloudtrail-enabled",
        "Resources:\n  T:\n    Type: AWS::CloudTrail::Trail\n    Properties:\n      IsLogging: false\n",
        "Resources:\n  T:\n    Type: AWS::CloudTrail::Trail\n    Properties:\n      IsLogging: true\n      EnableLogFileValidation: true\n"
        "      IsMultiRegionTrail: true\n      IncludeGlobalServiceEvents: true\n",
    ),
}
JSON_CASES = {
    "tabs": (
        VALIDATION,
        '{\n\t"Resources": {\n\t\t"T": {\n\t\t\t"Type": "AWS::CloudTrail::Trail",\n\t\t\t"Properties": {\n\t\t\t\t"S3BucketName": "logs"\n\t\t\t}\n\t\t}\n\t}\n}\n',
        '{\n\t"Resources": {\n\t\t"T": {\n\t\t\t"Type": "AWS::CloudTrail::Trail",\n\t\t\t"Properties": {\n\t\t\t\t"S3BucketName": "logs",\n\t\t\t\t'
        '"EnableLogFileValidation": true\n\t\t\t}\n\t\t}\n\t}\n}\n',
    ),
    "new objects over several lines": (
        VERSIONING,
        '{\n    "Resources": {\n        "B": {\n            "Type": "AWS::S3::Bucket"\n        },\n        "C": {\n            "Type": "AWS::S3::Bucket",\n'
        '            "Properties": {}\n        }\n    }\n}\n',
        '{\n    "Resources": {\n        "B": {\n            "Type": "AWS::S3::Bucket",\n            "Properties": {\n                '
        '"VersioningConfiguration": {\n                    "Status": "Enabled"\n                }\n            }\n        },\n'
        '        "C": {\n            "Type": "AWS::S3::Bucket",\n            "Properties": {\n                "VersioningConfiguration": {\n'
        '                    "Status": "Enabled"\n                }\n            }\n        }\n    }\n}\n',
    ),
    "compact": (
        VERSIONING,
        '{"Resources":{"B":{"Type":"AWS::S3::Bucket","Properties":{"BucketName":"b"}}}}',
        '{"Resources":{"B":{"Type":"AWS::S3::Bucket","Properties":{"BucketName":"b","VersioningConfiguration":{"Status":"Enabled"}}}}}',
    ),
    "one line with spaces": (
        SQS,
        '{ "Resources": { "Q": { "Type": "AWS::SQS::Queue", "Properties": { "SqsManagedSseEnabled" : "false" } } } }',
        '{ "Resources": { "Q": { "Type": "AWS::SQS::Queue", "Properties": { "SqsManagedSseEnabled" : "true" } } } }',
    ),
    "one more pair": (
        "elb-deletion-protection",
        '{\n  "Resources": {\n    "L": {\n      "Type": "AWS::ElasticLoadBalancingV2::LoadBalancer",\n      "Properties": {\n'
        '        "LoadBalancerAttributes": [\n          { "Key": "a", "Value": "b" }\n        ]\n      }\n    }\n  }\n}\n',
        '{\n  "Resources": {\n    "L": {\n      "Type": "AWS::ElasticLoadBalancingV2::LoadBalancer",\n      "Properties": {\n'
        '        "LoadBalancerAttributes": [\n          { "Key": "a", "Value": "b" },\n          {\n            "Key": "deletion_protection.enabled",\n'
        '            "Value": "true"\n          }\n        ]\n      }\n    }\n  }\n}\n',
    ),
}


@pytest.mark.parametrize(("slugs", "source", "wanted"), CASES.values(), ids=list(CASES))
def test_yaml(slugs: str, source: str, wanted: str, tmp_path: Path) -> None:
    assert after(tmp_path, "t.yaml", source, *slugs.split(",")) == wanted


@pytest.mark.parametrize(("slugs", "source", "wanted"), CASES.values(), ids=list(CASES))
def test_yaml_with_a_mark_and_line_ends_of_windows(slugs: str, source: str, wanted: str, tmp_path: Path) -> None:
    text = after(
        tmp_path, "t.yaml", "\ufeff# größer 🙂\n".replace("\n", "\r\n") + source.replace("\n", "\r\n"), *slugs.split(",")
    )

    assert text == "\ufeff# größer 🙂\r\n" + wanted.replace("\n", "\r\n")


@pytest.mark.parametrize(("slugs", "source", "wanted"), JSON_CASES.values(), ids=list(JSON_CASES))
def test_json(slugs: str, source: str, wanted: str, tmp_path: Path) -> None:
    assert after(tmp_path, "t.json", source, *slugs.split(",")) == wanted


UNTOUCHED = {
    "a parameter decides": (
        SQS,
        "Parameters:\n  On:\n    Type: String\n    Default: 'false'\nResources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n"
        "      SqsManagedSseEnabled: !Ref On\n",
    ),
    "both branches of a condition": (
        SQS,
        "Parameters:\n  P: {Type: String}\nConditions:\n  C: !Equals [!Ref P, a]\nResources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n"
        "      SqsManagedSseEnabled: !If [C, false, false]\n",
    ),
    "an alias": (
        VERSIONING,
        "Shared: &shared\n  BucketName: b\nResources:\n  B:\n    Type: AWS::S3::Bucket\n    Properties: *shared\n",
    ),
    "an anchor, for which an alias stands elsewhere": (
        VERSIONING,
        "Resources:\n  B:\n    Type: AWS::S3::Bucket\n    Properties: &shared\n      Tags: []\n  C:\n    Type: AWS::S3::Bucket\n    Properties: *shared\n",
    ),
    "a merged member": (
        SQS,
        "Shared: &shared\n  SqsManagedSseEnabled: false\nResources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      <<: *shared\n      QueueName: q\n",
    ),
    "a construct's template": (
        SQS,
        "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      SqsManagedSseEnabled: false\n    Metadata:\n      aws:cdk:path: Shop/Q/Resource\n",
    ),
    "a loop": (
        SQS,
        "Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::Queues:\n    - Name\n    - [A, B]\n    - Queue${Name}:\n        Type: AWS::SQS::Queue\n"
        "        Properties:\n          SqsManagedSseEnabled: false\n",
    ),
    "a loop over properties": (
        SQS,
        "Transform: AWS::LanguageExtensions\nResources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: q\n"
        "      Fn::ForEach::Off: [P, [SqsManagedSseEnabled], {'${P}': false}]\n",
    ),
    "a text that keeps the empty lines behind it": (
        VALIDATION,
        "Resources:\n  T:\n    Type: AWS::CloudTrail::Trail\n    Properties:\n      TrailName: |+\n        a\n\n\n",
    ),
    "a suppressed finding": (
        SQS,
        "Resources:\n  Q: # wa-iac: ignore[sqs-encryption] rebuilt\n    Type: AWS::SQS::Queue\n    Properties:\n      SqsManagedSseEnabled: false\n",
    ),
    "a key that is computed, among pairs": (
        "elb-drop-invalid-headers",
        "Resources:\n  L:\n    Type: AWS::ElasticLoadBalancingV2::LoadBalancer\n    Properties:\n      LoadBalancerAttributes:\n"
        "        - !If [A, {Key: a, Value: b}, {Key: c, Value: d}]\nConditions:\n  A: !Equals [!Ref 'AWS::Region', x]\n",
    ),
}


@pytest.mark.parametrize(("slug", "source"), UNTOUCHED.values(), ids=list(UNTOUCHED))
def test_what_does_not_stand_there_as_a_literal_is_left_alone(slug: str, source: str, tmp_path: Path) -> None:
    assert after(tmp_path, "t.yaml", source, slug) == source


def test_braces_over_several_lines_and_commas_at_the_end(tmp_path: Path) -> None:
    source = """\
Resources: {
  T: {Type: AWS::CloudTrail::Trail, # c
    Properties: {
      S3BucketName: x, # why
      IsLogging: true, },
  },
  U: {Type: AWS::CloudTrail::Trail, Properties: {S3BucketName: x,},},
}
"""

    assert after(tmp_path, "t.yaml", source, VALIDATION) == source.replace(
        "IsLogging: true,", "IsLogging: true,\n      EnableLogFileValidation: true,"
    ).replace("x,},}", "x, EnableLogFileValidation: true,},}")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_a_file_in_another_encoding_is_left_alone(encoding: str, tmp_path: Path) -> None:
    data = "\ufeffResources: {T: {Type: AWS::CloudTrail::Trail}}\n".encode(encoding)
    (tmp_path / "t.yaml").write_bytes(data)

    outcome = mended(tmp_path, VALIDATION)

    assert (tmp_path / "t.yaml").read_bytes() == data
    assert outcome.files == {}


@pytest.mark.parametrize(("size", "fixed"), [("db.t2.micro", False), ("db.t4g.micro", True)])
def test_a_database_of_a_class_that_rds_cannot_encrypt_is_left_to_a_person(tmp_path: Path, size: str, fixed: bool) -> None:
    template = f"Resources:\n  D:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      Engine: mysql\n      DBInstanceClass: {size}\n"

    assert (after(tmp_path, "database.yaml", template, "rds-encryption") != template) == fixed


@pytest.mark.parametrize(
    ("kind", "slug", "policy"),
    [
        ("AWS::RDS::DBInstance", "rds-encryption", "    UpdateReplacePolicy: Delete\n"),
        ("aws_db_instance", "rds-encryption", "  skip_final_snapshot = true\n"),
        ("AWS::Neptune::DBCluster", "neptune-encryption", "    UpdateReplacePolicy: Delete\n"),
        ("aws_docdb_cluster", "documentdb-encryption", "  skip_final_snapshot = true\n"),
    ],
)
def test_a_database_of_which_nothing_is_kept_is_left_to_a_person(tmp_path: Path, kind: str, slug: str, policy: str) -> None:
    template = f"Resources:\n  D:\n    Type: {kind}\n{policy}    Properties:\n      StorageEncrypted: false\n"
    module = f'resource "{kind}" "d" {{\n  storage_encrypted = false\n{policy}}}\n'
    where, source = ("d.yaml", template) if "::" in kind else ("d.tf", module)

    assert after(tmp_path, where, source, slug) == source
    assert after(tmp_path, where, source.replace(policy, ""), slug) != source.replace(policy, "")
