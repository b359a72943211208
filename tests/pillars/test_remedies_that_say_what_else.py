"""Remedies that name what else changes: what is replaced, who is cut off, what has to come first."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, only, only_fault, only_remedy
from wa_iac.report.remedy import remedy

DOMAIN = """
resource "aws_{kind}_domain" "search" {{
  domain_name = "search"

  vpc_options {{
    subnet_ids         = ["subnet-0a1b2c3d4e5f6a7b8"]
    security_group_ids = [aws_security_group.search.id]
  }}
}}

resource "aws_security_group" "search" {{
  description = "Search"

  ingress {{
    protocol    = "tcp"
    from_port   = {first}
    to_port     = 443
    cidr_blocks = ["10.0.0.0/16"]
  }}
}}
"""
MACHINES = """
Resources:
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "1"
      MaxSize: "2"
      AvailabilityZones: !GetAZs ""
      LaunchConfigurationName: !Ref Start
  Start:
    Type: AWS::AutoScaling::LaunchConfiguration
    Metadata:
      AWS::CloudFormation::Init: {{config: {{}}}}
    Properties:
      ImageId: ami-0a1b2c3d
      InstanceType: m5.large
      UserData: !Base64
        Fn::Sub: "{script} ${{AWS::StackName}}"
"""
NOTEBOOK = """
resource "aws_sagemaker_notebook_instance" "work" {
  name          = "work"
  role_arn      = "arn:aws:iam::111122223333:role/work"
  instance_type = "ml.t3.medium"
  subnet_id     = aws_subnet.work.id
}

resource "aws_subnet" "work" {
  vpc_id     = "vpc-0a1b2c3d"
  cidr_block = "10.0.0.0/24"
}

resource "aws_route_table" "work" {
  vpc_id = "vpc-0a1b2c3d"

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = "igw-0a1b2c3d"
  }
}

resource "aws_route_table_association" "work" {
  subnet_id      = aws_subnet.work.id
  route_table_id = aws_route_table.work.id
}
"""


@pytest.mark.parametrize(
    ("kind", "words"), [("elasticsearch", "by an empty one"), ("opensearch", "anonymous_auth_enabled = true")]
)
def test_roles_of_a_domain_are_mapped_once_access_control_is_on(tmp_path: Path, kind: str, words: str) -> None:
    code = DOMAIN.format(kind=kind, first=443)
    if kind == "elasticsearch":
        code = code.replace("domain_name", 'elasticsearch_version = "7.10"\n  domain_name')

    assert words in only_remedy(judge(tmp_path, code, "terraform", "opensearch-fine-grained-access"))


@pytest.mark.parametrize(("first", "advice"), [(443, True), (80, False)])
def test_http_that_cannot_arrive_is_advice(tmp_path: Path, first: int, advice: bool) -> None:
    found = only_fault(tmp_path, DOMAIN.format(kind="opensearch", first=first), "terraform", "opensearch-https")

    assert found.is_advice is advice


SPOT = """
variable "price" {
  type    = number
  default = null
}
resource "aws_launch_configuration" "workers" {
  image_id      = "ami-0abcdef1234567890"
  instance_type = "m5.large"
  spot_price    = var.price
}
resource "aws_autoscaling_group" "workers" {
  launch_configuration = aws_launch_configuration.workers.name
  min_size             = 1
  max_size             = 4
}
"""


@pytest.mark.parametrize(
    ("script", "there", "not_there"),
    [
        ("cfn-init --resource Start --stack", "after --resource (-r) of cfn-init", "cfn-hup"),
        ("/opt/vendor/start.sh", "a program in the image does", "cfn-init"),
    ],
)
def test_metadata_is_read_by_the_name_of_its_resource(tmp_path: Path, script: str, there: str, not_there: str) -> None:
    remedy = only_remedy(judge(tmp_path, MACHINES.format(script=script), "cloudformation", "autoscaling-launch-template"))

    assert there in remedy
    assert not_there not in remedy


def test_what_is_null_with_these_inputs_is_written_in_another_way_too(tmp_path: Path) -> None:
    remedy = only_remedy(judge(tmp_path, SPOT, "terraform", "autoscaling-launch-template"))

    assert "spot_price is in instance_market_options" in remedy


MODULE = """
variable "launches" {}
resource "aws_autoscaling_group" "workers" {
  launch_configuration = var.launches
  min_size             = 1
  max_size             = 4
}
"""


def test_a_module_that_takes_a_launch_configuration_takes_a_template_instead(tmp_path: Path) -> None:
    call = 'data "aws_launch_configuration" "old" { name = "old" }\n'
    call += 'module "workers" {\n  source   = "./workers"\n  launches = data.aws_launch_configuration.old.name\n}\n'
    found = only(judge_files(tmp_path, {"main.tf": call, "workers/main.tf": MODULE}, "autoscaling-launch-template"))
    text = remedy(found).text

    assert 'A module gets the name by its argument "launches"' in text
    assert "delete the launch configuration" not in text  # It is made elsewhere.


@pytest.mark.parametrize(("kept", "refused"), [("1", False), ("2", True)])
def test_a_rolling_update_that_keeps_all_instances_is_refused(tmp_path: Path, kept: str, refused: bool) -> None:
    policy = f"    UpdatePolicy: {{AutoScalingRollingUpdate: {{MinInstancesInService: {kept}}}}}\n  Start:\n"
    machines = MACHINES.format(script="/opt/vendor/start.sh").replace("  Start:\n", policy)
    remedy = only_remedy(judge(tmp_path, machines, "cloudformation", "autoscaling-launch-template"))

    assert ("MinInstancesInService is not below MaxSize" in remedy) is refused


def test_a_notebook_in_a_public_subnet_moves_to_a_private_one(tmp_path: Path) -> None:
    remedy = only_remedy(judge(tmp_path, NOTEBOOK, "terraform", "sagemaker-notebook-direct-internet"))

    assert "Its subnet is public" in remedy


MACHINE = """
resource "aws_instance" "node" {
  count                   = %d
  ami                     = "ami-0a1b2c3d"
  disable_api_termination = %s

  root_block_device {
    volume_size = 8
  }
}

resource "aws_volume_attachment" "node" {
  device_name = "/dev/sdf"
  instance_id = aws_instance.node[0].id
  volume_id   = "vol-0a1b2c3d"
}
"""


@pytest.mark.parametrize(("number", "protected"), [(1, "true"), (3, "false")])
def test_what_comes_before_an_instance_is_replaced(tmp_path: Path, number: int, protected: str) -> None:
    text = only_remedy(judge(tmp_path, MACHINE % (number, protected), "terraform", "ebs-encryption"))

    assert "unmount the volume of aws_volume_attachment.node" in text
    assert ("turn off its termination protection" in text) is (protected == "true")
    assert ("one by one (terraform apply -target)" in text) is (number > 1)


@pytest.mark.parametrize(
    ("written", "held"),
    [
        ("PrivateIpAddress: 10.0.0.10", "its private address"),
        ("NetworkInterfaces: [{DeviceIndex: '0', NetworkInterfaceId: eni-0a1}], Volumes: [{Device: /dev/sdf, VolumeId: vol-0a1}]",
         "its network interfaces and its volumes"),
        ("SubnetId: subnet-0a1", ""),
    ],
)  # fmt: skip
def test_a_stack_makes_an_instance_while_the_old_one_has_what_is_there_once(tmp_path: Path, written: str, held: str) -> None:
    disks = "BlockDeviceMappings: [{DeviceName: /dev/xvda, Ebs: {VolumeSize: 8}}]"
    template = f"Resources:\n  It: {{Type: AWS::EC2::Instance, Properties: {{ImageId: ami-0a1, {disks}, {written}}}}}\n"
    text = only_remedy(judge(tmp_path, template, "cloudformation", "ebs-encryption"))

    assert (f"while the old one still has {held}, " in text) is bool(held)
    assert ("still has" in text) is bool(held)


@pytest.mark.parametrize("key", [True, False])
def test_a_key_without_encryption_is_used_with_it(tmp_path: Path, key: bool) -> None:
    named = 'kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/disks"' if key else ""
    template = f'resource "aws_launch_template" "it" {{\n  block_device_mappings {{\n    ebs {{\n      volume_size = 8\n      {named}\n    }}\n  }}\n}}\n'

    assert ("Its KMS key is used then" in only_remedy(judge(tmp_path, template, "terraform", "ebs-encryption"))) is key


def test_a_stack_detaches_a_volume_in_a_deployment_before(tmp_path: Path) -> None:
    template = "Resources:\n  Data: {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: eu-west-1a, Size: 8}}\n"
    template += "  Disk: {Type: AWS::EC2::VolumeAttachment, Properties: {InstanceId: i-0a1b2c3d, VolumeId: !Ref Data, Device: /dev/sdf}}\n"

    assert "remove Disk in a deployment before" in only_remedy(judge(tmp_path, template, "cloudformation", "ebs-encryption"))


def test_a_stack_takes_a_volume_out_of_its_instance_before(tmp_path: Path) -> None:
    template = "Resources:\n  Data: {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: eu-west-1a, Size: 8}}\n"
    template += (
        "  App: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-1, Volumes: [{Device: /dev/sdf, VolumeId: !Ref Data}]}}\n"
    )

    assert "take it out of Volumes of App in a deployment before" in only_remedy(
        judge(tmp_path, template, "cloudformation", "ebs-encryption")
    )


@pytest.mark.parametrize(("made", "told"), [("${aws_elasticache_replication_group.it.id}-ro.", True), ("redis://", False)])
def test_a_name_of_parts_of_an_endpoint_does_not_fit_the_new_ones(tmp_path: Path, made: str, told: bool) -> None:
    code = (
        'resource "aws_elasticache_replication_group" "it" {\n  replication_group_id = "it"\n  engine = "redis"\n}\n'
        f'output "reader" {{\n  value = "{made}${{aws_elasticache_replication_group.it.primary_endpoint_address}}"\n}}\n'
    )
    text = only_remedy(judge(tmp_path, code, "terraform", "elasticache-encryption-in-transit"))

    assert ("let output.reader read an endpoint" in text) is told


@pytest.mark.parametrize(("folder", "advice"), [("workshop", True), ("research", False)])
def test_a_notebook_of_a_workshop_may_use_the_internet(tmp_path: Path, folder: str, advice: bool) -> None:
    found = only(judge_files(tmp_path, {f"{folder}/main.tf": NOTEBOOK}, "sagemaker-notebook-direct-internet"))

    assert found.is_advice is advice


def test_a_notebook_clones_its_repository_by_the_way_out_of_its_subnet(tmp_path: Path) -> None:
    cloning = NOTEBOOK.replace("subnet_id ", 'default_code_repository = "https://github.com/octo-org/work"\n  subnet_id ', 1)
    texts = [
        only_remedy(judge(tmp_path / name, each, "terraform", "sagemaker-notebook-direct-internet"))
        for name, each in (("a", NOTEBOOK), ("b", cloning))
    ]

    assert ["code repositories need that way out" in each for each in texts] == [False, True]


@pytest.mark.parametrize(
    ("provider", "words"), [("", "all of its users are guests"), ("DeveloperProviderName: app", "sign its users in")]
)
def test_a_pool_of_guests_needs_a_sign_in_first(tmp_path: Path, provider: str, words: str) -> None:
    code = f"Resources:\n  Pool:\n    Type: AWS::Cognito::IdentityPool\n    Properties:\n      AllowUnauthenticatedIdentities: true\n      {provider}\n"

    assert words in only_remedy(judge(tmp_path, code, "cloudformation", "cognito-guest-access"))


def test_a_choice_for_several_nodes_that_is_there_is_the_remedy(tmp_path: Path) -> None:
    code = """
Parameters:
  SeveralZones: {Type: String, Default: "no"}
Conditions:
  InSeveralZones: !Equals [!Ref SeveralZones, "yes"]
Resources:
  Search:
    Type: AWS::OpenSearchService::Domain
    Properties:
      ClusterConfig:
        InstanceCount: !If [InSeveralZones, 2, 1]
"""
    report = judge(tmp_path, code, "cloudformation", "opensearch-data-node-count")

    assert [each.is_advice for each in report.failing()] == [True]
    assert 'give parameter "SeveralZones" another value' in only_remedy(report)


@pytest.mark.parametrize(("folder", "advice"), [("workshop-files", True), ("demo", True), ("demography", False)])
def test_a_single_node_of_a_workshop_is_advice(tmp_path: Path, folder: str, advice: bool) -> None:
    (tmp_path / ".git").mkdir()
    module = 'resource "aws_opensearch_domain" "search" {\n  domain_name = "search"\n}\n'
    report = judge_files(tmp_path, {f"{folder}/main.tf": module}, "opensearch-data-node-count")

    assert [each.is_advice for each in report.failing()] == [advice]
