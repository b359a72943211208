"""A remedy for one open range keeps the ranges beside it, at the place where they are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy

SSH = "vpc-security-group-ingress-ssh"
GROUP = """
resource "aws_security_group" "this" {
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = RANGES
  }
}
"""
VARIABLE = 'variable "ranges" {\n  type    = list(string)\n  default = ["192.0.2.0/24", "0.0.0.0/0"]\n}\n'
OFFICE = 'variable "office" {}\n'


@pytest.mark.parametrize(
    ("ranges", "more", "said"),
    [
        pytest.param('["192.0.2.0/24", "0.0.0.0/0"]', "", 'cidr_blocks = ["192.0.2.0/24"]', id="in the rule"),
        pytest.param('[var.office, "0.0.0.0/0"]', OFFICE, "cidr_blocks = [var.office]", id="beside a variable"),
        pytest.param('["0.0.0.0/0"]', "", 'cidr_blocks = ["<your network>"]', id="alone"),
        pytest.param(
            "var.ranges",
            VARIABLE,
            'Set the default of variable "ranges" (main.tf:3) to ["192.0.2.0/24"], or pass another value:\ndefault = ["192.0.2.0/24"]',
            id="in a default",
        ),
        pytest.param(
            "local.ranges",
            'locals {\n  ranges = ["192.0.2.0/24", "0.0.0.0/0"]\n}\n',
            'Set the local value "ranges" (main.tf:2) to ["192.0.2.0/24"]:\nranges = ["192.0.2.0/24"]',
            id="in a local value",
        ),
        pytest.param(
            '["192.0.2.0/24", var.everybody]',
            'variable "everybody" {\n  default = "0.0.0.0/0"\n}\n',
            'Set the default of variable "everybody" (main.tf:2) to "<your network>", or pass that value:\ndefault = "<your network>"',
            id="a default of its own",
        ),
        pytest.param(
            'concat(var.office, ["192.0.2.0/24", "0.0.0.0/0"])',
            OFFICE,
            'Write "<your network>" in place of "0.0.0.0/0".',
            id="in an expression",
        ),
    ],
)
def test_the_ranges_beside_an_open_one_stay_where_they_are_written(tmp_path: Path, ranges: str, more: str, said: str) -> None:
    report = judge(tmp_path, more + GROUP.replace("RANGES", ranges), "terraform", SSH)
    assert (
        only_remedy(report) == f"All others lose access, such as builds and provisioners that connect from elsewhere.\n{said}"
    )


def test_the_ranges_that_a_call_passes_stay_in_its_argument(tmp_path: Path) -> None:
    (tmp_path / "group").mkdir()
    (tmp_path / "group" / "main.tf").write_text(
        'variable "ranges" {}\n' + GROUP.replace("RANGES", "var.ranges"), encoding="utf-8"
    )
    call = 'module "group" {\n  source = "./group"\n  ranges = ["192.0.2.0/24", "0.0.0.0/0"]\n}\n'
    said = only_remedy(judge(tmp_path, call, "terraform", SSH))
    assert said.endswith(
        'Set the argument "ranges" of module "group" (main.tf:3) to ["192.0.2.0/24"]:\nranges = ["192.0.2.0/24"]'
    )


def test_halves_of_everybody_do_not_keep_each_other(tmp_path: Path) -> None:
    source = GROUP.replace("RANGES", '["0.0.0.0/1", "128.0.0.0/1"]')
    assert 'cidr_blocks = ["<your network>"]' in only_remedy(judge(tmp_path, source, "terraform", SSH))


def test_the_port_of_a_database_keeps_them_too(tmp_path: Path) -> None:
    source = VARIABLE + GROUP.replace("RANGES", "var.ranges").replace("22", "5432")
    said = only_remedy(judge(tmp_path, source, "terraform", "vpc-security-group-ingress-ports"))
    assert said.startswith("Take out only 0.0.0.0/0, and keep the other ranges of this rule.")
    assert said.endswith('\ndefault = ["192.0.2.0/24"]')


def test_terraforms_json_keeps_them_too(tmp_path: Path) -> None:
    ranges = '"protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_blocks": ["192.0.2.0/24", "0.0.0.0/0"]'
    (tmp_path / "group.tf.json").write_text(
        f'{{"resource": {{"aws_security_group": {{"this": {{"ingress": [{{{ranges}}}]}}}}}}}}', encoding="utf-8"
    )
    said = only_remedy(judge(tmp_path, "", "terraform", SSH))
    assert said.endswith('\n"cidr_blocks": ["192.0.2.0/24"]')


CLUSTER = """
Resources:
  Cluster:
    Type: AWS::EKS::Cluster
    Properties:
      ResourcesVpcConfig:
        SubnetIds: [subnet-1, subnet-2]
        PublicAccessCidrs: [192.0.2.0/24, 0.0.0.0/0]
"""
PORTS = """
Resources:
  Server:
    Type: AWS::Lightsail::Instance
    Properties:
      Networking:
        Ports:
          - Protocol: tcp
            FromPort: 22
            ToPort: 22
            Cidrs: [192.0.2.0/24, 0.0.0.0/0]
"""


@pytest.mark.parametrize(
    ("template", "slug"),
    [
        pytest.param(CLUSTER, "eks-public-endpoint", id="the endpoint of a cluster"),
        pytest.param(PORTS, "lightsail-open-ports", id="the ports of a server"),
    ],
)
def test_a_list_of_cloudformation_keeps_its_narrow_ranges(tmp_path: Path, template: str, slug: str) -> None:
    said = only_remedy(judge(tmp_path, template, "cloudformation", slug))
    assert '- "192.0.2.0/24"' in said
    assert "<your" not in said
