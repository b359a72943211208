"""Server software that somebody runs on servers or in tasks, where AWS has a service for it."""

from collections.abc import Iterator

from wa_iac.aws.ecs import TaskDefinition
from wa_iac.core.binding import member
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flag, flag, undecided
from wa_iac.core.value import Unknown
from wa_iac.knowledge.user_data import CLIENTS, UNKNOWN_PIECE, Host, Software, is_image, readable, traces, unreadable


def judge(host: Host, graph: Graph, software: Software, message: str) -> Iterator[Flag]:
    """Flag the first sign of the software; `message` goes on after it: "This server installs mysql-server: ..."."""
    if isinstance(host, TaskDefinition):
        yield from _judge_task(host, software, message)
        return
    for trace in traces(host, graph, software):
        yield flag(trace.where, f"This server {trace.what}: {message}")
        return
    unread = unreadable(host, graph)
    if unread is not None:
        yield undecided(unread)


def _judge_task(task: TaskDefinition, software: Software, message: str) -> Iterator[Flag]:
    containers = task.containers
    if len(containers) > 1 and not software.beside_others:
        return
    for container in containers:
        if container.unknown is not None:
            yield undecided(container.unknown)
            continue
        image = readable(container.image)
        if image is not None and is_image(image, software):
            words = [word for key in ("Command", "command") for word in (readable(member(container.tree, key)) or "").split()]
            if not any(CLIENTS.fullmatch(word) for word in words[:3]):
                yield flag(container.image, f"This task runs the image {image.replace(UNKNOWN_PIECE, '...')}: {message}")
        elif image is None and isinstance(container.image, Unknown):
            yield undecided(container.image)
