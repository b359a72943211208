"""Server software that somebody runs on servers or in tasks, where AWS has a service for it."""

from wa_iac.aws.ecs import TaskDefinition
from wa_iac.aws.parts.containers import Container
from wa_iac.core.binding import member
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flags, all_known, each_of, flag, settled
from wa_iac.knowledge.user_data import CLIENTS, UNKNOWN_PIECE, Host, Software, is_image, readable, traces, unreadable


def judge(host: Host, graph: Graph, software: Software, message: str) -> Flags:
    """Flag the first sign of the software; `message` goes on after it: "This server installs mysql-server: ..."."""
    if isinstance(host, TaskDefinition):
        yield from _judge_task(host, software, message)
        return
    for trace in traces(host, graph, software):
        yield flag(trace.where, f"This instance {trace.what}: {message}")
        return
    all_known(unreadable(host, graph))


def _judge_task(task: TaskDefinition, software: Software, message: str) -> Flags:
    if len(task.containers) == 1 or software.beside_others:
        yield from each_of(task.containers, lambda container: _judge_container(container, software, message))


def _judge_container(container: Container, software: Software, message: str) -> Flags:
    all_known(container.unknown)
    image = readable(container.image)
    if image is None:
        settled(container.image)
        return
    words = [word for key in ("Command", "command") for word in (readable(member(container.tree, key)) or "").split()]
    if is_image(image, software) and not any(CLIENTS.fullmatch(word) for word in words[:3]):
        yield flag(container.image, f"This task runs the image {image.replace(UNKNOWN_PIECE, '...')}: {message}")
