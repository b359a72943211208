"""What a remedy says with values of the finding's resource that are no constants: the expressions, as they are written.

A cluster's name or a number of tasks that comes from a parameter or a variable is another one for each environment and each caller. The
code of a remedy that serves all of them has to refer to the same.
"""

from __future__ import annotations

from typing import Final

from wa_iac.core.finding import Subject
from wa_iac.core.late_pattern import late

from .written import text_at

CLUSTER: Final = "<the cluster>"
TASKS: Final = "<the number of tasks>"
_NAME: Final = "<the name of the cluster>"
_OF_ONE: Final = late(r"(?<![\w.])(?:each\.(?:key|value)|count\.index)\b")
"""A value of one instance of a block."""
_ALONE: Final = late(r'"\$\{([^{}"]+)\}"')
_TEXT: Final = late(r'"((?:[^"$\\]|\$\{[^{}"]*\})*)"')
_PATH: Final = late(r"(?:var|local|module|data)(?:\.\w+|\[[^\[\]]+\])+")
_LOOKED_UP: Final = late(r"(data\.aws_ecs_cluster\.\w+(?:\[[^\[\]]+\])?)\.\w+")
_HCL: Final = {
    name: late(rf"(?m)^[ \t]+{name}[ \t]*=[ \t]*(.*?)[ \t]*(?:(?:#|//).*)?$") for name in ("cluster", "desired_count")
}
_REFERENCES: Final = {
    name: late(
        rf"""(?m)^[ \t]*['"]?{name}['"]?[ \t]*:"""
        r"""(?:[ \t]*!Ref[ \t]+['"]?(\w+)|\s+['"]?Ref['"]?[ \t]*:[ \t]*['"]?(\w+)|\s*\{\s*['"]?Ref['"]?\s*:\s*['"]?(\w+))"""
    )
    for name in ("Cluster", "DesiredCount")
}
_FUNCTION: Final = late(r"(?m)^[ \t]*Cluster[ \t]*:[ \t]*(!(?!Ref\b)\w+[ \t]+[^\s#|>].*?)[ \t]*$")
"""A function in its short form on one line."""
_SERVICE: Final = late(r"!Sub service/\$\{<the cluster>\}/\$\{([^{}]+)\.Name\}")


def as_written(snippet: str, subject: Subject, language: str) -> str:
    """The code with what the finding's resource writes for its cluster and its number of tasks."""
    owner = subject.declared
    if owner is None or owner.construct or not (CLUSTER in snippet or TASKS in snippet):
        return snippet
    text = text_at(owner.extent, subject.sources)
    if language == "hcl":
        return _in_hcl(snippet, _argument("cluster", text), _argument("desired_count", text))
    return _in_template(snippet, text) if language in ("yaml", "json") else snippet


def _in_hcl(snippet: str, cluster: str, tasks: str) -> str:
    if tasks:
        snippet = snippet.replace(TASKS, tasks)
    if (quoted := _TEXT.fullmatch(cluster)) is not None:
        return snippet.replace(f"${{{CLUSTER}.name}}", quoted[1]).replace(f"{CLUSTER}.name", cluster)
    if (looked_up := _LOOKED_UP.fullmatch(cluster)) is not None:
        return snippet.replace(f"{CLUSTER}.name", f"{looked_up[1]}.cluster_name")
    if _PATH.fullmatch(cluster) is None:
        return snippet.replace(f"{CLUSTER}.name", _NAME)
    # What is not called a name may be an ARN, whose last part is the name.
    return snippet.replace(f"{CLUSTER}.name", cluster if cluster.endswith("name") else f'reverse(split("/", {cluster}))[0]')


def _argument(name: str, text: str) -> str:
    """The expression of an argument, if it is on one line and means the same outside of its block; empty otherwise."""
    found = _HCL[name].search(text)
    if (
        found is None
        or _OF_ONE.search(found[1])
        or any(found[1].count(one) != found[1].count(other) for one, other in ("()", "[]", "{}"))
    ):
        return ""
    alone = _ALONE.fullmatch(found[1])
    return found[1] if alone is None else alone[1].strip()


def _in_template(snippet: str, text: str) -> str:
    if tasks := _referred("DesiredCount", text):
        snippet = snippet.replace(TASKS, f"!Ref {tasks}")
    if cluster := _referred("Cluster", text):
        return snippet.replace(CLUSTER, cluster)
    function = _FUNCTION.search(text)
    name = _NAME if function is None else function[1]
    joined = _SERVICE.sub(lambda found: f'!Join ["/", [service, {name}, !GetAtt {found[1]}.Name]]', snippet)
    return joined.replace(f"!Ref {CLUSTER}", name)


def _referred(name: str, text: str) -> str:
    """The parameter to which a property refers; empty if it does not."""
    found = _REFERENCES[name].search(text)
    return "" if found is None else next(filter(None, found.groups()), "")
