"""Groups of one instance, and services of one task, whose software runs once: a second controller of a build server is another one, with other jobs.

"Architecting for Scale" (Jenkins documentation) adds agents or further controllers, each with jobs of its own. Terraform Enterprise needs its
mode "active-active" for a second node, GitLab and Artifactory an edition or an architecture of its own. Servers of Prometheus may be many, but
each of them collects from all targets ("High availability", Prometheus documentation).
"""

from __future__ import annotations

from typing import Final

from wa_iac.aws.autoscaling import AutoScalingGroup
from wa_iac.aws.ecs import Service
from wa_iac.core import files
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import holds
from wa_iac.core.partial import pieces_of
from wa_iac.core.value import Absent, Known

from .called import called, words_of
from .user_data import Server, Software, traces

_NAMES: Final = late(
    r"\b(?:jenkins|hudson|team ?city|bamboo|gocd|nexus|artifactory|sonar ?qube|git ?lab|bitbucket|terraform enterprise|p?tfe|prometheus|"
    r"rundeck|standalone)\b"
)
_CONTROLLERS: Final = late(r"\b(?:jenkins|hudson|team ?city|bamboo|gocd|rundeck)\b")
"""Build servers: one controller knows nothing of the jobs of another one."""
_LEADERS: Final = late(r"\b(?:leaders?|masters?|primary|coordinators?|controllers?|head nodes?|licen[cs]e servers?)\b")
"""What a group of one instance is called that leads others, or keeps what they share: a second one would be another leader."""
_ALONE: Final = frozenset(
    {"single", "single instance", "single node", "single server", "standalone", "stand alone", "all in one"}
)
"""How a directory is called with the variant of a product that is one server, beside others of several."""
_AGENTS: Final = late(r"\b(?:agents?|workers?|runners?|executors?|builders?|nodes?|slaves?)\b")
_DATABASES: Final = late(r"\b(?:db(?:auto)?|databases?|neo4j|mongo(?:db)?|mysql|mariadb|postgres(?:ql)?)\b")
"""What a group of one instance is called that is a database, with its data on its disk."""
_STATEFUL: Final = late(
    r"(?:\S*/)?(?:open-?ldap|slapd|mysql|mariadb|postgres(?:ql)?|postgis|mongo(?:db)?|redis|rabbitmq|neo4j|influxdb|elasticsearch|grafana|"
    r"push-?gateway|etcd|zookeeper|kafka|cassandra|clickhouse(?:-server)?|minio|solr)"
)
"""Images of software that keeps its data in the container or in one volume: a second task would have other data, or be
a cluster of its own."""
_SCHEDULES: Final = late(
    r"\b(?:schedulers?|celery ?beat|beat|cron(?:tab)?|open ?ldap|push ?gateways?|alert ?managers?|projections?|projectors?|"
    r"mwaa local runner|sensu(?! agent))\b"
)
"""What containers and services are called that start work at set times, so that two would start it twice; that keep what they are sent in
memory; that would tell people of each alarm twice, unless they know each other; that make a view of events in their order; or that run a whole
Airflow for tests (aws-mwaa-local-runner)."""
_CHAINS: Final = late(r"\b(?:validator key|node moniker)\b")
"""How variables of nodes of a blockchain are called: two with one key are two signers, which the network punishes."""
_COLLECTORS: Final = late(r"\b(?:prometheus|alert ?manager|vm ?agent)\b")
_BESIDE: Final = late(
    r"\b(?:exporters?|(?:push ?)?gateways?|adapters?|prox(?:y|ies)|grafana|dashboards?|thanos|quer(?:y|ier)|web|api|ui|app)\b"
)
"""What runs beside such software, and does answer the requests of clients."""
_COLLECTOR: Final = late(r"(?:\S*/)?(?:prometheus|alertmanager|vmagent)")
"""Software that collects from the same targets in each task: replicas for safety, which share no work."""
_UNTAGGED: Final = late(r"(?::[\w.-]*)?(?:@\S*)?$")
_SOFTWARE: Final = Software(
    packages=late(r"jenkins|gitlab-[ce]e|nexus(?:-repository-manager)?|go-server|teamcity|sonarqube|rundeck"),
    images=late(
        r"jenkins/jenkins|jenkinsci/\S+|gitlab/gitlab-[ce]e|sonatype/nexus\d?|jetbrains/teamcity-server|gocd/gocd-server\S*|sonarqube|"
        r"atlassian/(?:bamboo|bitbucket)\S*|rundeck/rundeck|prom/prometheus|releases-docker\.jfrog\.io/\S+|jfrog/artifactory\S*"
    ),
    services=late(r"jenkins|gitlab-runsvdir|nexus|go-server|teamcity|sonar(?:qube)?|rundeckd|prometheus"),
)


def runs_once(group: AutoScalingGroup, graph: Graph) -> str:
    """What says that a group of one instance can have no second one: a word of its names or of the path of its file, or what its instances start.
    Empty if nothing does."""
    if holds(group.max_size, lambda size: size == 1) != Known(True):
        return ""
    for name in called(group, Absent()):
        if (found := _NAMES.search(name) or _DATABASES.search(name) or _LEADERS.search(name)) is not None:
            return f'its name says "{found[0]}"'
    for folder in files.below_root(group.declared.span.path).split("/")[:-1]:
        if words_of(folder) in _ALONE:
            return f'the path of its file says "{folder}"'
    starts: tuple[Server, ...] = (*group.launch_template, *group.launch_configuration)
    for each in starts:
        for sign in traces(each, graph, _SOFTWARE):
            return f"its user data {sign.what}"
    return ""


def is_called_once(group: AutoScalingGroup) -> str:
    """The same by its names alone, for a group that may have more instances, as its author allows: a controller beside another one that knows nothing
    of it. Agents and the like work beside each other."""
    names = list(called(group, Absent()))
    found = next((each for name in names if (each := _CONTROLLERS.search(name)) is not None), None)
    return f'its name says "{found[0]}"' if found is not None and not any(map(_AGENTS.search, names)) else ""


def runs_once_as_service(service: Service) -> str:
    """What says that a service of one task can have no second one: a word of its names, or an image. Empty if nothing does."""
    for name in called(service, Absent()):
        if (found := _NAMES.search(name) or _SCHEDULES.search(name)) is not None:
            return f'its name says "{found[0]}"'
    containers = [each for task in service.task_definition for each in task.containers]
    for container in containers:
        for image in pieces_of(container.image):
            plain = _UNTAGGED.sub("", image)
            if _SOFTWARE.images.fullmatch(plain) is not None or _STATEFUL.fullmatch(plain) is not None:
                return f"it runs the image {image}"
        if (found := _SCHEDULES.search(words_of(" ".join(pieces_of(container.name))))) is not None:
            return f'a container of its task is called "{found[0]}"'
        for variable in (*(each for each, _ in container.environment()), *container.secrets()):
            if (found := _CHAINS.search(words_of(" ".join(pieces_of(variable))))) is not None:
                return f'a variable of its container is called "{found[0]}", so it is a node of a blockchain'
    return ""


def each_collects_all(service: Service) -> str:
    """What says that each task of a service does all of its work, so that more of them relieve none: a word of its names, an image, or a
    volume of containers that are not known. Empty if nothing does."""
    for name in called(service, Absent()):
        if (found := _COLLECTORS.search(name)) is not None and _BESIDE.search(name) is None:
            return f'its name says "{found[0]}"'
    for task in service.task_definition:
        containers = task.containers
        essential = [each for each in containers if each.unknown is None and each.essential != Known(False)]
        if len(essential) == 1:  # A collector beside a program with work of its own says nothing of that work.
            for image in pieces_of(essential[0].image):
                if _COLLECTOR.fullmatch(_UNTAGGED.sub("", image)) is not None:
                    return f"it runs the image {image}"
        if any(each.unknown is not None for each in containers):
            for name in (piece for each in task.volumes for piece in pieces_of(each.name)):
                if (found := _COLLECTORS.search(words_of(name))) is not None:
                    return f'a volume of its task is called "{name}"'
    return ""
