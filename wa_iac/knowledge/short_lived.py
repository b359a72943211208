"""Data stores whose content may be lost: it is made again, or means nothing after a while."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

from wa_iac.aws.dynamodb import GlobalTable, Table
from wa_iac.aws.efs import FileSystem
from wa_iac.aws.rds import Cluster, Instance
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.resource import Resource
from wa_iac.core.value import Absent, Known

from .called import called, words_of

_SHORT_LIVED: Final = late(r"\b(?:ephemeral|caches?|cached|te?mp|temporary|scratch|sessions?)\b")
_ITEMS: Final = late(
    r"\b(?:dedup|dedupe|deduplication|locks?|idempoten(?:t|cy|ce)|processed(?: \w+)? (?:id|key|event|message)s?|"
    r"already seen|checkpoints?|watermarks?|in ?flight|(?:active|running) (?:queries|jobs|tasks)|(?:sfn|async|step functions) state|"
    r"test harness|registry|registries|manifests?|rate ?limit(?:s|er|ers|ing)?|throttl(?:e|es|er|ing)|semaphores?|mutex(?:es)?|heart ?beats?|nonces?|leases?|"
    r"(?:leader|lock) elections?|notifications?|(?:node|nodes|server|servers|worker|workers|instance|agent) (?:status|states?)|(?<!\S )status(?: table)?$|"
    r"(?:web ?socket|ws) connections?|(?<!\S )(?:example|dummy|placeholder) tables?$)\b"
)
"""What is said of tables whose items count for minutes, or only say what a program has done already, and of a table that only holds the place of
one. A database of smart locks is another thing."""
_MEASURES: Final = frozenset({"metrics", "monitoring", "telemetry", "heartbeats", "dashboards"})
"""What files are called whose tables hold what is measured, again and again."""
_CONNECTION: Final = late(r"(?i:connection[_-]?id)")
"""The key of a table of open WebSockets ("Tutorial: Create a WebSocket chat app", API Gateway Developer Guide)."""

_FILLS: Final = late(
    r"\b(?:pre ?populat\w*|pre ?pop|populat\w*|seed(?:s|er|ing)?|fills?|filler|(?:data|table|item) load(?:s|er|ing)?|load (?:data|table|items))\b"
)
"""How a custom resource is called that writes the first items of a table."""


def filled_by(store: Resource, graph: Graph) -> str:
    """The address of a custom resource of the same template that writes the items of a store, by its names, and does so again for a new one; empty if
    there is none."""
    for each in graph.referring(store, graph.once(_custom)):
        if _FILLS.search(words_of(f"{each.type} {each.name}")) is not None:
            return each.address
    return ""


def _custom(graph: Graph) -> frozenset[str]:
    return frozenset(
        each for each in graph.types if each.startswith("Custom::") or each == "AWS::CloudFormation::CustomResource"
    )


def short_lived(store: Instance | Cluster | Table | GlobalTable | FileSystem) -> str:
    """What says that a store holds nothing that lasts; empty where nothing does."""
    if (
        isinstance(store, Table | GlobalTable)
        and isinstance(store.hash_key, Known)
        and _CONNECTION.fullmatch(store.hash_key.value)
    ):
        return "its key is the id of a connection, which means nothing when that is closed"
    if isinstance(store, Table) and store.ttl == Known(True):
        return "DynamoDB deletes its items after a time (TTL)"
    if isinstance(store, Table | GlobalTable) and (stem := PurePath(store.span.path).stem.lower()) in _MEASURES:
        return f"it is declared among the {stem} of the workload"
    tags = Absent() if isinstance(store, GlobalTable) else store.tags
    words = (_SHORT_LIVED, _ITEMS) if isinstance(store, Table | GlobalTable) else (_SHORT_LIVED,)
    found = next((match[0] for name in called(store, tags) for word in words if (match := word.search(name)) is not None), "")
    return f'its name has the word "{found}", which is said of what may be lost' if found else ""
