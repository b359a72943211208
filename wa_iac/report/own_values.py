"""What a remedy says with values of the finding's resource that are no constants: the expressions, as they are written.

A cluster's name or a number of tasks that comes from a parameter or a variable is another one for each environment and each caller. The
code of a remedy that serves all of them has to refer to the same.
"""

from __future__ import annotations

from typing import Final

from wa_iac.core.finding import Subject
from wa_iac.core.late_pattern import late

from .also_needed import with_locals
from .callers import VARIABLES, setter_of, texts_beside
from .instances import REPEATED
from .written import text_at

CLUSTER: Final = "<the cluster>"
TASKS: Final = "<the number of tasks>"
_CLASS: Final = "<the class of the first instance>"
_ENGINE: Final = "<the engine of the cluster>"
_MEMBERS: Final = frozenset(
    {
        *("aws_rds_cluster_instance", "aws_docdb_cluster_instance", "aws_neptune_cluster_instance"),
        *("AWS::RDS::DBInstance", "AWS::DocDB::DBInstance", "AWS::Neptune::DBInstance"),
    }
)
_NAME: Final = "<the name of the cluster>"
_MOST: Final = 2
"""Variables to name."""
_LONGEST: Final = 60
_OF_ONE: Final = late(r"(?<![\w.])(?:each\.(?:key|value)|count\.index)\b")
"""A value of one instance of a block."""
_ALONE: Final = late(r'"\$\{([^{}"]+)\}"')
_TEXT: Final = late(r'"((?:[^"$\\]|\$\{[^{}"]*\})*)"')
_PATH: Final = late(r"(?:var|local|module|data)(?:\.\w+|\[[^\[\]]+\])+")
_SWITCH: Final = late(r"\?\s*(?:1\s*:\s*0|0\s*:\s*1)$")
"""The end of a `count` that turns a resource on."""
_LOOKED_UP: Final = late(r"(data\.aws_ecs_cluster\.\w+(?:\[[^\[\]]+\])?)\.\w+")
_HCL: Final = {
    name: late(rf"(?m)^[ \t]+{name}[ \t]*=[ \t]*(.*?)[ \t\r]*(?:(?:#|//).*)?$")
    for name in ("cluster", "desired_count", "instance_class")
}
_REFERENCES: Final = {
    name: late(
        rf"""(?m)^[ \t]*['"]?{name}['"]?[ \t]*:"""
        r"""(?:[ \t]*!Ref[ \t]+['"]?(\w+)|\s+['"]?Ref['"]?[ \t]*:[ \t]*['"]?(\w+)|\s*\{\s*['"]?Ref['"]?\s*:\s*['"]?(\w+))"""
    )
    for name in ("Cluster", "DesiredCount", "DBInstanceClass", "Engine")
}
_PROPERTIES: Final = {
    name: late(
        rf"""(?m)^[ \t]*['"]?{name}['"]?[ \t]*:[ \t]*"""
        r"""(?:['"]?(?P<literal>[\w.-]+)['"]?[ \t]*,?|(?P<function>!\w+[ \t]+[^\s#|>].*?))[ \t\r]*$"""
    )
    for name in ("Cluster", "DBInstanceClass", "Engine")
}
_SERVICE: Final = late(r"!Sub service/\$\{<the cluster>\}/\$\{([^{}]+)\.Name\}")


def as_written(snippet: str, subject: Subject, language: str) -> str:
    """The code with what the finding's resource writes for its cluster and its number of tasks."""
    owner = subject.declared
    if owner is None or owner.construct or not any(each in snippet for each in (CLUSTER, TASKS, _CLASS, _ENGINE)):
        return snippet
    text = text_at(owner.extent, subject.sources)
    if _CLASS in snippet or _ENGINE in snippet:
        return _like_the_first(snippet, text, subject, language)
    if language == "hcl":
        return _in_hcl(snippet, _argument("cluster", text), _argument("desired_count", text))
    return _in_template(snippet, text) if language in ("yaml", "json") else snippet


def _like_the_first(snippet: str, text: str, subject: Subject, language: str) -> str:
    """The code of another instance of a cluster with the class of the only one, and the engine of the cluster."""
    owner = subject.declared
    if owner is None or language not in ("hcl", "yaml", "json"):
        return snippet
    # Under an undecided condition, the resource is one of another graph: addresses are the same in both.
    members = [
        each
        for each in subject.graph.declared
        if each.type in _MEMBERS and each.calls == owner.calls and not each.address.endswith("]")
        if any(found.address == owner.address for found in subject.graph.referred(each.body))
    ]
    if len(members) == 1 and members[0].span.path.rpartition("/")[0] == owner.span.path.rpartition("/")[0]:
        of_member = text_at(members[0].extent, subject.sources)
        read, name = (_argument, "instance_class") if language == "hcl" else (_property, "DBInstanceClass")
        snippet = snippet.replace(_CLASS, read(name, of_member) or _CLASS)
    return snippet.replace(_ENGINE, (_property("Engine", text) if language != "hcl" else "") or _ENGINE)


def repeated_by(subject: Subject, address: str) -> str:
    """A sentence on what the `count` or the `for_each` of a resource is made of, with the places that set it. Empty if there is none."""
    found = subject.graph.at(address)
    repeat = REPEATED.search(text_at(found[0].extent, subject.sources)) if found else None
    if repeat is None:
        return ""
    beside = dict(texts_beside(found[0], subject.sources))
    names = list(dict.fromkeys(VARIABLES.findall(with_locals(repeat["value"], beside))))
    source = " and ".join(setter_of(found[0], subject.sources, each) for each in names) if len(names) <= _MOST else ""
    written = repeat["value"].strip()
    if repeat["by"] == "count" and _SWITCH.search(written) is not None:
        by = written if len(written) <= _LONGEST else "a condition"
        return f"Its `count` is {by}, which gives one at most: write a second block like it instead, with a name of its own."
    given = f", which {source} gives" if source else ""
    return f"Its `{repeat['by']}` is {written}{given}." if len(written) <= _LONGEST else ""


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
    name = _property("Cluster", text) or _NAME
    joined = _SERVICE.sub(lambda found: f'!Join ["/", [service, {name}, !GetAtt {found[1]}.Name]]', snippet)
    return joined.replace(f"!Ref {CLUSTER}", name)


def _property(name: str, text: str) -> str:
    """The value of a property in YAML, if it is a reference, a literal, or a function in its short form on one line; empty otherwise."""
    if referred := _referred(name, text):
        return f"!Ref {referred}"
    found = _PROPERTIES[name].search(text)
    return "" if found is None else found["literal"] or found["function"]


def _referred(name: str, text: str) -> str:
    """The parameter to which a property refers; empty if it does not."""
    found = _REFERENCES[name].search(text)
    return "" if found is None else next(filter(None, found.groups()), "")
