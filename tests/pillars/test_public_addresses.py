"""A public IP address is milder if something connects to it, or if the subnets are private by the name of a module's output."""

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, only
from wa_iac.core.finding import Finding
from wa_iac.core.scales import Confidence, Severity
from wa_iac.report.remedy import remedy

SLUG = "ec2-public-ip"
TEMPLATE = """\
Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1
      NetworkInterfaces: [{{ DeviceIndex: "0", SubnetId: subnet-0a1, AssociatePublicIpAddress: true, GroupSet: [!Ref Open] }}]
  Open:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: work
      SecurityGroupIngress: [{{ IpProtocol: tcp, FromPort: 8080, ToPort: 8080, CidrIp: 0.0.0.0/0 }}]
Outputs:
  Way: {{ Value: !Sub "{} ${{Server.PublicIp}}" }}
"""
INSTANCE = """\
resource "aws_instance" "node" {
  ami                         = "ami-0a1"
  subnet_id                   = "subnet-0a1"
  vpc_security_group_ids      = [aws_security_group.open.id]
  associate_public_ip_address = true
}
resource "aws_security_group" "open" {
  ingress {
    protocol    = "tcp"
    from_port   = 8080
    to_port     = 8080
    cidr_blocks = ["0.0.0.0/0"]
  }
}
"""
SCRIPT = """
resource "local_file" "join" {
  filename = "join.sh"
  content  = "scp config ubuntu@${aws_instance.node.public_ip}:config"
}
"""
RECORD = """
resource "aws_route53_record" "node" {
  zone_id = "Z1"
  name    = "node"
  type    = "A"
  records = [aws_instance.node.public_ip]
}
"""
GROUP = """\
module "vpc" {{
  source  = "terraform-aws-modules/vpc/aws"
  version = "5.0.0"
}}
resource "aws_launch_template" "worker" {{
  image_id = "ami-0a1"
  network_interfaces {{ associate_public_ip_address = true }}
}}
resource "aws_autoscaling_group" "worker" {{
  min_size            = 1
  max_size            = 2
  vpc_zone_identifier = module.vpc.{}
  launch_template {{ id = aws_launch_template.worker.id }}
}}
"""


def found(directory: Path, source: str, dialect: str = "terraform") -> Finding:
    (finding,) = judge(directory, source, "cloudformation" if dialect == "cloudformation" else "terraform", SLUG).failing()
    return finding


def test_a_script_that_connects_to_the_address_needs_another_way_first(tmp_path: Path) -> None:
    finding = found(tmp_path, INSTANCE + SCRIPT)

    assert finding.severity is Severity.MEDIUM
    assert "local_file.join reads the address" in finding.message
    assert "First give local_file.join another way" in remedy(finding).text


@pytest.mark.parametrize("more", ["", RECORD])
def test_an_address_for_clients_is_as_grave_as_ever(tmp_path: Path, more: str) -> None:
    assert found(tmp_path, INSTANCE + more).severity is Severity.HIGH


@pytest.mark.parametrize(("command", "severity"), [("ssh -i key", Severity.MEDIUM), ("The website is at", Severity.HIGH)])
def test_an_output_counts_if_it_is_a_command_for_ssh(tmp_path: Path, command: str, severity: Severity) -> None:
    assert found(tmp_path, TEMPLATE.format(command), "cloudformation").severity is severity


@pytest.mark.parametrize(
    ("output", "grade"),
    [
        *((each, (Severity.LOW, Confidence.LOW)) for each in ("private_subnets", "database_subnets", "intra_subnets")),
        ("public_subnets", (Severity.MEDIUM, Confidence.LOW)),
    ],
)
def test_outputs_of_a_module_that_is_not_installed_speak_by_their_names(
    tmp_path: Path, output: str, grade: tuple[Severity, Confidence]
) -> None:
    finding = found(tmp_path, GROUP.format(output))

    assert (finding.severity, finding.confidence) == grade
    assert ("private" in finding.message) is (output != "public_subnets")


@pytest.mark.parametrize(("name", "grade"), [("bastion", (Severity.MEDIUM, True)), ("node", (Severity.HIGH, False))])
def test_a_bastion_is_public_by_its_purpose(tmp_path: Path, name: str, grade: tuple[Severity, bool]) -> None:
    finding = found(tmp_path, INSTANCE.replace("node", name))

    assert (finding.severity, finding.is_advice) == grade


@pytest.mark.parametrize(
    ("path", "name", "advice"),
    [
        ("vpc-ssh-bastion.yaml", "node", True),
        ("bastion/main.yaml", "node", True),
        ("vpc-ssh-bastion.yaml", "web", False),
        ("jumpstart.yaml", "node", False),
    ],
)
def test_a_file_may_be_called_after_a_bastion(tmp_path: Path, path: str, name: str, advice: bool) -> None:
    template = f"""
Resources:
  {name.title()}:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1
      NetworkInterfaces:
        - {{DeviceIndex: "0", SubnetId: subnet-0a1, AssociatePublicIpAddress: true, GroupSet: [!Ref Group]}}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Work
      SecurityGroupIngress:
        - {{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}}
"""
    assert only(judge_files(tmp_path, {path: template}, "ec2-public-ip")).is_advice is advice


ADMITTED = """\
Parameters:
  Office: {{ Type: String{} }}
Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1
      NetworkInterfaces:
        - {{ DeviceIndex: "0", SubnetId: subnet-0a1, AssociatePublicIpAddress: true, GroupSet: [!Ref Group] }}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Work
      SecurityGroupIngress:
        - {{ IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !Ref Office }}
        {}
"""


@pytest.mark.parametrize(
    ("default", "more", "is_advice"),
    [
        ("", "", True),
        (", Default: 192.0.2.7/32", "", True),
        ("", "- { IpProtocol: tcp, FromPort: 8080, ToPort: 8080, CidrIp: 0.0.0.0/0 }", False),
        ("", "- { IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 0.0.0.0/0 }", True),
        ("", "- { IpProtocol: icmp, FromPort: 8, ToPort: -1, CidrIp: 0.0.0.0/0 }", True),
        (", Default: 0.0.0.0/0", "", False),
    ],
)
def test_addresses_that_whoever_deploys_has_to_name_are_not_the_internet(
    tmp_path: Path, default: str, more: str, is_advice: bool
) -> None:
    finding = found(tmp_path, ADMITTED.format(default, more), "cloudformation")

    assert finding.is_advice is is_advice
    assert ('only what is given by parameter "Office"' in finding.message) is (is_advice and not default and not more)


@pytest.mark.parametrize(
    ("record", "severity"),
    [("aws_route53_record", Severity.HIGH), ("cloudflare_record", Severity.HIGH), ("local_file", Severity.MEDIUM)],
)
def test_a_dns_record_sends_clients_whoever_provides_it(tmp_path: Path, record: str, severity: Severity) -> None:
    block = f'resource "{record}" "node" {{\n  content = aws_instance.node.public_ip\n}}\n'
    (finding,) = judge(tmp_path, INSTANCE + block, "terraform", SLUG).failing()
    assert finding.severity is severity
    assert ("would have no address" in remedy(finding).text) is (severity is Severity.HIGH)


SERVICE = """\
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      LaunchType: FARGATE
      TaskDefinition: web:7
      LoadBalancers: %s
      NetworkConfiguration:
        AwsvpcConfiguration:
          AssignPublicIp: ENABLED
          Subnets: [subnet-0a1]
          SecurityGroups: [!ImportValue containers]
"""


@pytest.mark.parametrize(
    ("balancers", "advice"),
    [("[{ContainerName: web, ContainerPort: 80, TargetGroupArn: !ImportValue web}]", True), ("[]", False)],
    ids=["behind a load balancer", "reached directly"],
)
def test_another_stack_may_close_tasks_behind_a_load_balancer(tmp_path: Path, balancers: str, advice: bool) -> None:
    (finding,) = judge(tmp_path, SERVICE % balancers, "cloudformation", "ecs-public-ip").failing()
    assert finding.is_advice
    assert ("Another stack exports" in finding.message) is advice


STARTED = """\
Resources:
  Template:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        ImageId: ami-0a1
        NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: subnet-0a1, AssociatePublicIpAddress: true }]
  Server:
    Type: AWS::EC2::Instance
    Properties:
      LaunchTemplate: { LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber }
Outputs:
  Url: { Value: !Sub "https://${Server.PublicIp}" }
"""


def test_an_address_from_a_launch_template_is_reported_there_with_what_becomes_of_its_instance(tmp_path: Path) -> None:
    (finding,) = judge(tmp_path, STARTED, "cloudformation", SLUG).failing()
    words = remedy(finding).text
    assert finding.address == "Template"
    assert "output.Url" in words
    assert "replaces Server" in words


def test_a_subnet_that_assigns_addresses_to_the_interface_of_a_launch_template_is_changed_in_the_template(
    tmp_path: Path,
) -> None:
    subnet = "  Public: { Type: AWS::EC2::Subnet, Properties: { VpcId: vpc-1, CidrBlock: 10.0.0.0/24, MapPublicIpOnLaunch: true } }\n"
    source = STARTED.replace("SubnetId: subnet-0a1, AssociatePublicIpAddress: true", "SubnetId: !Ref Public")
    source = source.replace("Outputs:", f"{subnet}Outputs:")
    (finding,) = judge(tmp_path, source, "cloudformation", SLUG).failing()
    advice = remedy(finding)
    assert (finding.address, advice.code) == ("Server", "")
    assert "launch template Template has the network interface" in advice.text


def test_instances_of_one_block_get_their_private_subnets_where_each_has_its_own(tmp_path: Path) -> None:
    source = """
resource "aws_subnet" "public" {
  vpc_id                  = "vpc-1"
  cidr_block              = "10.0.0.0/24"
  map_public_ip_on_launch = true
}
resource "aws_instance" "node" {
  for_each  = { web = aws_subnet.public.id, worker = "subnet-0a1" }
  ami       = "ami-0a1"
  subnet_id = each.value
}
"""
    (finding,) = judge(tmp_path, source, "terraform", SLUG).failing()
    advice = remedy(finding)
    assert advice.code == "associate_public_ip_address = false"
    assert "`subnet_id`" in advice.text


IN_A_SUBNET = """
variable "range" {{}}
resource "aws_ecs_service" "it" {{
  network_configuration {{
    assign_public_ip = true
    subnets          = [aws_subnet.it.id]
    security_groups  = [aws_security_group.it.id]
  }}
}}
resource "aws_subnet" "it" {{
  vpc_id = "vpc-0a1"
  {subnet}
}}
resource "aws_security_group" "it" {{
  ingress {{
    protocol         = "tcp"
    from_port        = 8080
    to_port          = 8080
    cidr_blocks      = [{ipv4}]
    ipv6_cidr_blocks = ["::/0"]
  }}
}}
"""


@pytest.mark.parametrize(
    ("ipv4", "subnet", "reached"),
    [
        ('"10.0.0.0/16"', "", False),
        ("var.range", "", False),
        ('"10.0.0.0/16"', 'ipv6_cidr_block = "2001:db8::/64"', True),
        ('"0.0.0.0/0"', "", True),
    ],
)
def test_addresses_of_ipv6_do_not_reach_what_has_none(tmp_path: Path, ipv4: str, subnet: str, reached: bool) -> None:
    (finding,) = judge(tmp_path, IN_A_SUBNET.format(ipv4=ipv4, subnet=subnet), "terraform", "ecs-public-ip").failing()

    assert (finding.severity is Severity.HIGH, finding.is_advice) == (reached, not reached)


@pytest.mark.parametrize(
    ("name", "address", "severity"),
    [
        ("web", "web", Severity.HIGH),
        ("mail", "web", Severity.MEDIUM),
        ("cyhy_nmap", "web", Severity.MEDIUM),
        ("team", "Teamserver", Severity.MEDIUM),
        ("mailbox_api", "web", Severity.HIGH),
    ],
)
def test_others_know_the_address_of_a_sender(tmp_path: Path, name: str, address: str, severity: Severity) -> None:
    source = f"""
resource "aws_instance" "{name}" {{
  ami                         = "ami-0a1"
  subnet_id                   = "subnet-0a1"
  vpc_security_group_ids      = [aws_security_group.open.id]
  associate_public_ip_address = false
}}
resource "aws_security_group" "open" {{
  ingress {{
    protocol    = "tcp"
    from_port   = 8080
    to_port     = 8080
    cidr_blocks = ["0.0.0.0/0"]
  }}
}}
resource "aws_eip" "it" {{ tags = {{ Name = "{address} EIP" }} }}
resource "aws_eip_association" "it" {{
  allocation_id = aws_eip.it.id
  instance_id   = aws_instance.{name}.id
}}
"""
    (found,) = judge(tmp_path, source, "terraform", SLUG).failing()

    assert found.severity is severity
    assert ("others know the address" in remedy(found).text) == (severity is Severity.MEDIUM)
