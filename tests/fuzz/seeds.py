"""What inputs are made of: the examples of the rules' pages, the fixtures, and some texts that have a little of everything."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from helpers.paths import PROJECT
from wa_iac.engine.catalogue import OURS
from wa_iac.engine.custom_rules.examples import SECTIONS, examples

LARGEST: Final = 24_000
"""Bytes of a fixture that serves as a seed; larger ones take long and show no more."""

TEMPLATE: Final = """\
AWSTemplateFormatVersion: '2010-09-09'
Transform: [AWS::LanguageExtensions]
Parameters:
  Env: {Type: String, AllowedValues: [dev, prod], Default: dev}
  Subnets: {Type: CommaDelimitedList, Default: "a,b"}
  Secret: {Type: String, NoEcho: true, Default: hunter2hunter2}
Mappings:
  Sizes: {dev: {Days: 1, Multi: false}, prod: {Days: 30, Multi: true}}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  Other: !And [!Not [Condition: IsProd], !Or [!Equals [!Ref AWS::Region, a], !Condition IsProd]]
Rules:
  R: {RuleCondition: !Equals [!Ref Env, x], Assertions: [{Assert: !Contains [[a], !Ref Env]}]}
Resources:
  Fn::ForEach::Topics:
    - Name
    - [A, B]
    - Topic${Name}: {Type: AWS::SNS::Topic, Properties: {KmsMasterKeyId: !If [IsProd, alias/x, !Ref AWS::NoValue]}}
  Key: {Type: AWS::KMS::Key, Properties: {EnableKeyRotation: !If [IsProd, true, false], KeyPolicy: {Statement: {Effect: Allow, Action: '*', Principal: '*', Resource: '*'}}}}
  Bucket:
    Type: AWS::S3::Bucket # wa-iac: ignore[s3-versioning] kept on purpose
    DeletionPolicy: Retain
    Properties: {BucketName: !Sub "${AWS::StackName}-${Env}-x", VersioningConfiguration: {Status: Suspended}}
  Db:
    Type: AWS::RDS::DBInstance
    Condition: Other
    Properties: {MultiAZ: !FindInMap [Sizes, !Ref Env, Multi], BackupRetentionPeriod: !FindInMap [Sizes, !Ref Env, Days], MasterUserPassword: !Ref Secret,
      VPCSecurityGroups: !Split [",", !Join [",", !Ref Subnets]], AllocatedStorage: "20"}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: x, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}]}}
  Child: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {P: !GetAtt Bucket.Arn}}}
  Fn::Transform: {Name: AWS::Include, Parameters: {Location: part.yaml}}
Outputs:
  O: {Value: !GetAtt Key.Arn, Export: {Name: !Sub "${Env}-key"}}
"""
CHILD: Final = "Parameters: {P: {Type: String}}\nResources: {Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref P}}}\nOutputs: {U: {Value: !Ref Q}}\n"
PART: Final = "Log: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 1}}\n"

MODULE: Final = """\
terraform { required_providers { aws = { source = "hashicorp/aws", version = "~> 5.0" } } }
variable "env" { default = "dev" }
variable "zones" { type = list(string) }
variable "secret" {
  sensitive = true
  default   = "hunter2hunter2"
}
variable "o" { type = object({ a = optional(number, 3), b = optional(list(string), []) }) }
locals {
  days  = { dev = 1, prod = 30 }
  names = [for i, z in var.zones : "${i}-${upper(z)}" if z != ""]
  pairs = setproduct(["a", "b"], local.names)
  doc   = templatefile("${path.module}/t.tftpl", { names = local.names, x = jsonencode({ a = [1, null] }) })
}
data "aws_iam_policy_document" "d" {
  dynamic "statement" {
    for_each = var.env == "prod" ? [] : [1, 2]
    content {
      actions   = ["s3:*"]
      resources = ["*"]
      principals {
        type        = "*"
        identifiers = ["*"]
      }
    }
  }
}
resource "aws_s3_bucket" "b" { # wa-iac: ignore[s3-versioning] kept on purpose
  for_each = toset(["x", "y"])
  bucket   = "${each.key}-${terraform.workspace}"
  lifecycle { ignore_changes = [tags] }
}
resource "aws_s3_bucket_policy" "p" {
  for_each = aws_s3_bucket.b
  bucket   = each.value.id
  policy   = data.aws_iam_policy_document.d.json
}
resource "aws_db_instance" "db" {
  count                   = var.env == "prod" ? 2 : 1
  backup_retention_period = lookup(local.days, var.env, 0)
  password                = var.secret
  multi_az                = try(var.o.multi, false)
  storage_encrypted       = null
}
resource "aws_security_group" "g" {
  name = <<-EOT
    %{for n in local.names~}
    ${n}
    %{endfor~}
  EOT
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = cidrsubnets("10.0.0.0/8", 4, 4)
  }
}
module "m" {
  source = "./child"
  count  = 2
  q      = aws_s3_bucket.b["x"].arn
}
output "u" { value = module.m[*].u }
"""
CHILD_MODULE: Final = (
    'variable "q" {}\nresource "aws_sqs_queue" "q" { name = var.q }\noutput "u" { value = aws_sqs_queue.q.url }\n'
)
TFTPL: Final = "%{ for n in names ~}\n${n} ${x}\n%{ endfor ~}\n"

SETTINGS: Final = """\
profile = "all"
select = ["s3-*", "kms-key-rotation"]
ignore = ["rds-*"]
pillars = ["security", "reliability"]
fail-on = "medium"
exclude = ["gone/**", "*.old.tf"]
gitignore = false
baseline = "known.json"
[severity]
s3-versioning = "low"
[[overrides]]
paths = ["child/**"]
ignore = ["sqs-*"]
severity = { "s3-*" = "high" }
[[inputs]]
paths = ["**"]
variables = { env = "prod", n = 3 }
var-files = ["*.tfvars"]
workspace = "w"
[environments.prod]
variables = { env = "prod" }
var-files = ["{root}/prod.tfvars"]
[options.rds-backup-retention]
minimum-days = 14
[suppressions]
inline = true
allow = ["s3-*"]
"""
KNOWN: Final = '{"schema": "wa-iac/baseline/2", "findings": []}'
TFVARS: Final = 'env = "prod"\nzones = ["a", "b"]\no = { a = 1 }\n'
MODULES_JSON: Final = json.dumps(
    {
        "Modules": [
            {"Key": "", "Source": "", "Dir": "."},
            {"Key": "m", "Source": "registry.terraform.io/a/b/aws", "Version": "1.0.0", "Dir": ".terraform/modules/m"},
            {"Key": "m.n", "Source": "./n", "Dir": ".terraform/modules/m/n"},
        ]
    }
)
CALLS: Final = 'module "m" {\n  source  = "a/b/aws"\n  version = "1.0.0"\n}\nresource "aws_kms_key" "k" {}\n'
KEY: Final = 'variable "env" { default = "x" }\nvariable "n" { default = 1 }\nresource "aws_kms_key" "k" {\n  enable_key_rotation = false\n}\nresource "aws_sqs_queue" "q" {}\n'
SUPPRESSIONS: Final = (
    "# wa-iac: ignore[kms-key-rotation] a reason",
    "# wa-iac: ignore[kms-*, sqs-encryption]",
    "# wa-iac: ignore[kms-key-rotation] <why this is accepted>",
    "# wa-iac: ignore",
    "#checkov:skip=CKV_AWS_7:a reason",
    "# tfsec:ignore:aws-kms-auto-rotate-keys:exp:2030-01-01 a reason",
    "#trivy:ignore:avd-aws-0065",
    "// nosemgrep: x",
    "/* wa-iac: ignore[kms-key-rotation] a\n reason */",
)


@cache
def hcl() -> Sequence[str]:
    """Modules in HashiCorp's language."""
    return (MODULE, *(each.source for each in _examples() if each.dialect == "terraform"))


@cache
def templates() -> Sequence[str]:
    """CloudFormation templates in YAML or JSON."""
    sam = (each.read_text(encoding="utf-8") for each in sorted((PROJECT / "fixtures" / "sam").glob("*.yaml")))
    return (
        TEMPLATE,
        *(each for each in sam if len(each) < LARGEST),
        *(each.source for each in _examples() if each.dialect == "cloudformation"),
    )


@cache
def template_documents() -> Sequence[Any]:
    """The templates as data, their tags written out."""
    found = []
    for each in templates():
        try:
            found.append(yaml.load(each, _Loader))  # noqa: S506 - a safe loader with tags of its own
        except yaml.YAMLError:
            continue
    return tuple(each for each in found if isinstance(each, dict))


@cache
def plans() -> Sequence[Any]:
    """Plans that a real Terraform wrote."""
    return tuple(json.loads(each.read_bytes()) for each in _smaller(PROJECT / "fixtures" / "plans"))


@cache
def assembly() -> dict[str, Any]:
    """The files of a CDK app's output, by name, as data."""
    folder = PROJECT / "fixtures" / "cdk" / "cdk.out"
    return {each.name: json.loads(each.read_bytes()) for each in sorted(folder.iterdir())}


def _smaller(folder: Path) -> list[Path]:
    return [each for each in sorted(folder.glob("*.json")) if each.stat().st_size < LARGEST]


@cache
def _examples() -> Sequence[Any]:
    return tuple(each for rule in OURS.all() for each in examples(rule.page, SECTIONS))


class _Loader(yaml.SafeLoader):
    """YAML with CloudFormation's tags, as the functions that they stand for."""


def _tagged(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.ScalarNode):
        value: Any = loader.construct_scalar(node)
        value = value.split(".", 1) if suffix == "GetAtt" else value
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True) if isinstance(node, yaml.MappingNode) else None
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


_Loader.add_multi_constructor("!", _tagged)
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
