"""What a script that runs at the start says about server software."""

from pathlib import Path

import pytest

from helpers.reports import verdicts
from wa_iac.knowledge.server_software import DATABASE
from wa_iac.knowledge.user_data import found_in


@pytest.mark.parametrize(
    ("script", "signs"),
    [
        ("yum install -y mariadb-server", []),
        ("yum install -y mariadb-server\nsystemctl enable mariadb", ["installs mariadb-server", "starts mariadb"]),
        ("apt-get install -y mariadb-server", ["installs mariadb-server"]),
        ("systemctl start mariadb", ["starts mariadb"]),
    ],
)
def test_a_package_that_nothing_starts_may_be_there_for_its_client(script: str, signs: list[str]) -> None:
    """On Debian and Ubuntu, installing a server starts it; on distributions with RPM it does not."""
    assert list(found_in(script, DATABASE)) == signs


@pytest.mark.parametrize(
    ("config", "verdict"),
    [
        ("packages: {yum: {mariadb-server: []}}", {}),
        ("packages: {apt: {mariadb-server: []}}", {"Web": "fail"}),
        ("packages: {yum: {mariadb-server: []}}\n          services: {sysvinit: {mariadb: {enabled: true}}}", {"Web": "fail"}),
        (
            "packages: {yum: {mariadb-server: []}}\n          commands: {go: {command: systemctl start mariadb}}",
            {"Web": "fail"},
        ),
    ],
    ids=["RPM", "Debian", "a service", "a command"],
)
def test_the_same_holds_for_packages_of_cfn_init(tmp_path: Path, config: str, verdict: dict[str, str]) -> None:
    template = f"""
Resources:
  Web:
    Type: AWS::EC2::Instance
    Metadata:
      AWS::CloudFormation::Init:
        config:
          {config}
    Properties: {{ImageId: ami-1, InstanceType: m7i.large}}
"""
    assert verdicts(tmp_path, template, "cloudformation", "compute-self-hosted-database") == verdict
