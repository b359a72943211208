"""Workloads that give out their work themselves: they do not scale with the load of a processor."""

from __future__ import annotations

from typing import Final

from wa_iac.core.coerce import Tags
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.resource import Resource
from wa_iac.core.value import Absent, Value

from .allowed_values import allowed_for
from .called import called

_NAMES: Final = late(
    r"\b(?:agents?|runners?|builders?|jenkins|team ?city|buildkite|circle ?ci|nomad|consul|vault|etcd|zookeeper|rancher|hazelcast)\b"
)
"""Agents of build servers, whose jobs end with their machine, and members of clusters that vote."""
_UNTAGGED: Final = Absent()


_VOTERS: Final = late(r"\b(?:(?:consul|vault|etcd|zookeeper)\b|nomad\b.*\b(?:servers?|controllers?)\b|swarm\b.*\bmanagers?\b)")
_OTHERS: Final = late(r"\b(?:clients?|agents?|workers?|runners?|proxy|proxies)\b")


def is_of_quorum(resource: Resource, tags: Value[Tags] = _UNTAGGED) -> bool:
    """Whether its servers vote, by its names: Consul, Vault, etcd, ZooKeeper, the servers of Nomad, whose clients do not, and the managers of a
    swarm of Docker, whose workers do not."""
    names = list(called(resource, tags))
    return any(map(_VOTERS.search, names)) and not any(map(_OTHERS.search, names))


_STORES: Final = late(
    r"\b(?:elastic ?search|open ?search|kafka|mongo(?:db)?|cassandra|scylla(?:db)?|rabbit ?mq|redis|mark ?logic|graph ?db|neo4j|cockroach(?:db)?|"
    r"couch(?:base|db)|click ?house|influx(?:db)?|minio|gluster(?:fs)?|ceph|solr|galera|mysql|mariadb|postgres(?:ql)?|databases?|db|"
    r"(?:docker|image|container|package) ?registr(?:y|ies)|nexus|artifactory)\b"
)


def keeps_data(resource: Resource, tags: Value[Tags] = _UNTAGGED) -> bool:
    """Whether its servers keep data that others read, by its names: databases, queues, file systems, registries of images or packages, and servers that vote. Whoever takes one away
    takes its data away."""
    names = list(called(resource, tags))
    return is_of_quorum(resource, tags) or (any(map(_STORES.search, names)) and not any(map(_OTHERS.search, names)))


def is_odd_by_choice(number: Value[int], resource: Resource, graph: Graph) -> bool:
    """Whether a number of servers is a parameter that allows several numbers, all of them odd: so are the sizes of clusters that vote."""
    _, allowed = allowed_for(number, resource, graph)
    return len(allowed) > 1 and all(each.isdecimal() and int(each) % 2 for each in allowed)


def schedules_itself(resource: Resource, tags: Value[Tags] = _UNTAGGED) -> bool:
    """Whether a resource's names say so."""
    return any(_NAMES.search(name) for name in called(resource, tags))
