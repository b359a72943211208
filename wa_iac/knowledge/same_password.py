"""What else in the code has the same password, so that it needs the new one too."""

from collections.abc import Sequence
from typing import Final

from wa_iac.aws.rds import Cluster, Instance
from wa_iac.core.awscc import and_awscc
from wa_iac.core.graph import Graph
from wa_iac.core.secrets import texts

from .secret_names import is_invented

_OTHERS: Final = frozenset(
    (*Instance.types(), *Cluster.types(), *and_awscc("AWS::SecretsManager::Secret", "aws_secretsmanager_secret_version"))
)
"""Databases and secrets, which are judged by themselves."""
_LONG: Final = 8
"""So many characters are hardly in another text by chance."""


def who_has(password: str, graph: Graph) -> Sequence[str]:
    """The addresses of the resources that have a password as a text of theirs, or in one: a definition of a task, user data."""
    if password.isalpha() or is_invented(password):
        return []  # A word may be the name of something, and a text that is to be changed stands for many secrets.
    found = (
        address for address, text in graph.once(_all_texts) if text == password or (len(password) >= _LONG and password in text)
    )
    return list(dict.fromkeys(found))


def _all_texts(graph: Graph) -> list[tuple[str, str]]:
    made = (each for each in graph.declared if each.kind == "resource" and each.type not in _OTHERS)
    return [(each.address, text) for each in made for text in texts(each.body, everything=True)]
