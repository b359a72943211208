"""Server software that somebody runs on servers or in tasks, where AWS has a service for it."""

from collections.abc import Mapping
from typing import Final

from wa_iac.aws.ecs import TaskDefinition
from wa_iac.aws.parts.containers import Container
from wa_iac.core.binding import member
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.rule import Flags, Remedy, all_known, each_of, flag, settled
from wa_iac.knowledge.user_data import CLIENTS, UNKNOWN_PIECE, Host, Software, is_image, readable, traces, unreadable

Services = Mapping[str, str]
"""The services of AWS that take the place of software, by the beginning of the software's name."""
NONE: Final[Services] = {}
_NAME: Final = late(r"[\w./:@-]+(?= *$)")


def judge(host: Host, graph: Graph, software: Software, message: str, services: Services = NONE) -> Flags:
    """Flag the first sign of the software; `message` goes on after it: "This server installs mysql-server: ...". The service that takes
    its place is `{service}` in it, and stands in the remedy; "" in `services` is for software with another name."""
    if isinstance(host, TaskDefinition):
        yield from _judge_task(host, software, message, services)
        return
    for trace in traces(host, graph, software):
        service = _service(trace.what, services)
        yield flag(
            trace.where, f"This instance {trace.what}: {message.replace('{service}', service)}", instead=_instead(service)
        )
        return
    all_known(unreadable(host, graph))


def _judge_task(task: TaskDefinition, software: Software, message: str, services: Services) -> Flags:
    if len(task.containers) == 1 or software.beside_others:
        yield from each_of(task.containers, lambda container: _judge_container(container, software, message, services))


def _judge_container(container: Container, software: Software, message: str, services: Services) -> Flags:
    all_known(container.unknown)
    image = readable(container.image)
    if image is None:
        settled(container.image)
        return
    words = [word for key in ("Command", "command") for word in (readable(member(container.tree, key)) or "").split()]
    if is_image(image, software) and not any(CLIENTS.fullmatch(word) for word in words[:3]):
        service = _service(image, services)
        yield flag(
            container.image,
            f"This task runs the image {image.replace(UNKNOWN_PIECE, '...')}: {message.replace('{service}', service)}",
            instead=_instead(service),
        )


def _service(what: str, services: Services) -> str:
    """The service for what a sign or an image names at its end: "installs mysql-server", "quay.io/apache/kafka:4"."""
    found = _NAME.search(what.replace(UNKNOWN_PIECE, ""))
    name = "" if found is None else found[0].partition("@")[0]
    parts = [part for part in reversed(name.lower().split("/")) if part]
    for part in parts:
        for start, service in services.items():
            if start and part.startswith(start):
                return service
    return services.get("", "")


def _instead(service: str) -> str | Remedy:
    if not service:
        return ""
    return Remedy(
        decision=f"Use {service} instead: move the data there, and let the programs connect to it with what it asks for, which is another endpoint, and "
        "mostly TLS, credentials and a rule of a security group."
    )
