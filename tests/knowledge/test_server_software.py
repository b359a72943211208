"""What a script that runs at the start says about server software."""

import pytest

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
