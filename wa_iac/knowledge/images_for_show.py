"""Images that stand for a real program in a demonstration or a test: they answer, and do no work that anybody needs."""

from __future__ import annotations

from typing import Final

from wa_iac.aws.ecs import Service
from wa_iac.aws.parts.containers import Container
from wa_iac.core.late_pattern import late
from wa_iac.core.partial import pieces_of

_FOR_SHOW: Final = late(
    r"(?:^|[/_.-])(?:fake|mock|stub|http-?echo|echo-?server|hello(?:-?world)?|httpbin|podinfo|whoami|ecs-sample)(?=[-_.:@/]|$)"
)


def runs_for_show(service: Service) -> str:
    """A sentence on a container of a service's tasks that stands for a real program; empty if there is none."""
    containers = (each for task in service.task_definition for each in task.containers)
    return next(filter(None, map(is_for_show, containers)), "")


def is_for_show(container: Container) -> str:
    """The same sentence on the image or the name of one container."""
    for what, value in (("image", container.image), ("name", container.name)):
        for said in pieces_of(value):
            if _FOR_SHOW.search(said) is not None:
                by = f"Its image {said}" if what == "image" else f"By its name {said}, it"
                return f"{by} stands for a real program in demonstrations and tests."
    return ""
