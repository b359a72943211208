"""What servers install and start by themselves, read from user data and CloudFormation's `cfn-init`; and what images tasks run.

Only what names a server is taken for one: its package, an image that is run, or a service that is started. A client package, a driver or
a command-line tool is none.
"""

import base64
import binascii
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from wa_iac.aws.autoscaling import LaunchConfiguration
from wa_iac.aws.ec2 import Instance, LaunchTemplate, Volume
from wa_iac.aws.ecs import TaskDefinition
from wa_iac.core.algebra import references
from wa_iac.core.binding import elements, member
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import first_unknown
from wa_iac.core.partial import entries_of
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value

Server: TypeAlias = Instance | LaunchTemplate | LaunchConfiguration
Host: TypeAlias = Server | TaskDefinition

_APT = frozenset({"apt", "apt-get", "aptitude", "apk"})
_MANAGERS = _APT | {"yum", "dnf", "microdnf", "tdnf", "zypper", "amazon-linux-extras", "snap", "choco"}
_UNSTARTED = frozenset({"yum", "rpm", "dnf", "zypper", "amazon-linux-extras"})
"""Package managers that start no service of what they install: it may only be there for its client."""
_INSTALLS = frozenset({"install", "add", "in", "reinstall"})
_RUNTIMES = frozenset({"docker", "podman", "nerdctl", "finch"})
_SWITCHES = frozenset({"-d", "-i", "-t", "-it", "-ti", "-dit", "-itd", "-td", "-dt", "-P", "--rm", "--detach", "--init", "--tty",
                       "--interactive", "--privileged", "--publish-all", "--read-only", "--no-healthcheck"})  # fmt: skip
CLIENTS = late(
    r"(?:mysql|mysqldump|mysqladmin|mariadb|psql|pg_dump|pg_restore|mongo|mongosh|mongodump|mongorestore|cqlsh|sqlcmd|redis-cli|"
    r"memtier_benchmark|redis-benchmark|mosquitto_pub|mosquitto_sub|rabbitmqadmin|nats|kafka-[a-z-]+|/opt/mssql-tools\S*)"
)
_SEPARATORS = late(r"&&|\|\||[;|&]|\bthen\b|\bdo\b")
_VENDORS = late(r"^(?:docker/library|library|bitnami|bitnamilegacy|r/bitnami)/")
_COMPOSE = late(r"^[ \t]*+(?:-[ \t]*+)?image:\s*+[\"']?([\w./:@-]++)[\"']?[ \t\r]*+$", re.MULTILINE)
_PACKAGES = late(
    r"^packages:[ \t]*+(?:\[(?P<inline>[^\]]{0,5000}+)\]|\n(?P<listed>(?:[ \t]*+(?:-[^\n]*+(?:\n|$)|\n))++))", re.MULTILINE
)
_BASE64 = late(r"[A-Za-z0-9+/\s]{16,}+={0,2}\s*+")
_ATTACHES = late(r"\bec2\s+attach-volume\b|\battach_volume\b|\bAttachVolume\b|(?i:\bAdd-EC2Volume\b)")
_VOLUMES = frozenset(Volume.types())
UNKNOWN_PIECE = "${?}"
LONGEST = 200_000
"""Characters of a script that are looked at. AWS takes 16 KB of user data; more than this is in no server."""
_RENDERED = {
    "template_file": ("template",),
    "ct_config": ("content",),
    "butane_config": ("content",),
    "cloudinit_config": ("part[].content",),
    "template_cloudinit_config": ("part[].content",),
}


@dataclass(frozen=True, slots=True)
class Software:
    """How a kind of server software gives itself away. Every pattern has to match a name whole, but `commands`, which is searched for.

    `apt` are the packages which are the server under apt and apk, and the client elsewhere. Text in which `unless` is found is passed over.
    `beside_others` is whether it counts in a task that runs other containers as well.
    """

    packages: re.Pattern[str]
    images: re.Pattern[str]
    services: re.Pattern[str] | None = None
    apt: re.Pattern[str] | None = None
    commands: re.Pattern[str] | None = None
    beside_others: bool = True
    unless: re.Pattern[str] | None = None


class Script(NamedTuple):
    """Text that a server runs when it starts; `where` is the place to report, `written` the part of it that has the text, if it is
    put together."""

    where: Tree
    text: str
    written: Tree | None = None


class Sign(NamedTuple):
    """A sign of the software: `what` reads "installs mysql-server"."""

    where: Tree
    what: str


def traces(server: Server, graph: Graph, software: Software) -> Iterator[Sign]:
    """Every sign of the software, user data first."""
    for where, text, _ in scripts(server, graph):
        if software.unless is None or software.unless.search(text) is None:
            yield from (Sign(where, what) for what in found_in(text, software))
    yield from _initialised(server, graph, software)


def scripts(server: Server, graph: Graph) -> Sequence[Script]:
    """The texts that it runs when it starts, as far as they can be read."""
    read = graph.once(_scripts_read)
    found = read.get(id(server.declared))
    if found is None:
        found = read[id(server.declared)] = tuple(_scripts(server, graph))
    return found


def _scripts_read(graph: Graph) -> dict[int, Sequence[Script]]:
    """The scripts of a graph that were read so far, by the `id` of the server's declaration."""
    del graph
    return {}


def _scripts(server: Server, graph: Graph) -> Iterator[Script]:
    if isinstance(server.user_data, Absent):
        pass
    elif (text := readable(server.user_data)) is not None:
        yield Script(server.user_data, text)
    else:
        for part in _rendered(server.user_data, graph):
            if (text := readable(part)) is not None:
                yield Script(server.user_data, text, part)
    for config in _configs(server):
        for command in _entries(member(config, "commands")):
            if (text := readable(member(command, "command"))) is not None:
                yield Script(member(command, "command"), text)
        for path, file in entries_of(member(config, "files")).items():
            if path.startswith("/etc/cron") and (text := readable(member(file, "content"))) is not None:
                yield Script(member(file, "content"), f"cat > {path}\n{text}")


def made_files(server: Server) -> Iterator[Script]:
    """The files that `cfn-init` makes on it, as far as they can be read: scripts that something may run later."""
    for config in _configs(server):
        for file in entries_of(member(config, "files")).values():
            if (text := readable(member(file, "content"))) is not None:
                yield Script(member(file, "content"), text)


def unreadable(server: Server, graph: Graph) -> Unknown | None:
    """Why its user data cannot be read at all, where it cannot."""
    if isinstance(server.user_data, Unknown) and not scripts(server, graph):
        document = server.user_data.origin.document
        return first_unknown(document if isinstance(document, Unknown) else None, server.user_data)
    return None


def readable(value: Tree) -> str | None:
    """The text of a value, decoded where it is encoded, with a mark for each piece that is not known; None where nothing is."""
    if value.origin.document is not None:
        value = value.origin.document
    match value:
        case Known(str() as text):
            return _decoded(text[:LONGEST])
        case Known(list() as items):
            return " ".join(readable(item) or UNKNOWN_PIECE for item in items[:LONGEST])[:LONGEST]
        case Unknown(parts=parts) if parts:
            return "".join(part if isinstance(part, str) else UNKNOWN_PIECE for part in parts)[:LONGEST]
        case _:
            return None


def _decoded(text: str) -> str:
    if not _BASE64.fullmatch(text):
        return text
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode()
    except (binascii.Error, ValueError):
        return text


def _rendered(value: Tree, graph: Graph) -> Iterator[Tree]:
    """The texts of a data source that puts user data together."""
    for reference in references(value):
        for declared in graph.at(reference.address):
            for path in _RENDERED.get(declared.type, ()):
                yield from elements(declared.body, path)


def loads_software(server: Server, graph: Graph) -> str:
    """What a server loads over the network when it starts, by its user data or `cfn-init`, as the object of a sentence: "packages" or "a
    container image". Empty if nothing is seen."""
    texts = [script.text for script in scripts(server, graph)]
    if any(True for text in texts for _ in _installed(text)):
        return "packages"
    if any(entries_of(member(config, "packages")) for config in _configs(server)):
        return "packages"
    return "a container image" if any(True for text in texts for _ in _run(text)) else ""


def attaches_volume(server: Server, graph: Graph) -> Value[bool]:
    """Whether its user data attaches a volume that outlives the server: it calls EC2 for that, or is made from a volume that is declared."""
    if any(_ATTACHES.search(script.text) for script in scripts(server, graph)):
        return Known(True)
    why = unreadable(server, graph)
    seen: set[int] = set()
    waiting: list[Tree] = [server.user_data]
    while waiting:
        for declared in graph.referred(waiting.pop()):
            if declared.type in _VOLUMES and declared.kind == "resource":
                return Known(True)
            if declared.type in _RENDERED and id(declared) not in seen:
                seen.add(id(declared))
                waiting.append(declared.body)
                given = (each for each in declared.body.value.values() if isinstance(each, Unknown))
                why = first_unknown(why, *(each for each in given if not each.origin.references and not each.parts))
    return Known(False) if why is None else why


def found_in(text: str, software: Software) -> Iterator[str]:
    """What a script does that gives the software away."""
    script = text.replace("\\\r\n", " ").replace("\\\n", " ")
    services = () if software.services is None else [each for each in _started(script) if software.services.fullmatch(each)]
    for manager, package in _installed(script):
        if manager in _UNSTARTED and software.services is not None and not services:
            continue
        if software.packages.fullmatch(package) or (software.apt and manager in _APT and software.apt.fullmatch(package)):
            yield f"installs {package}"
    for image in (*_run(script), *_COMPOSE.findall(script)):
        if is_image(image, software):
            yield f"runs the image {image}"
    yield from (f"starts {service}" for service in services)
    if software.commands is not None and (command := software.commands.search(uncommented(script))):
        yield f"runs {command[0].strip()}"


def is_image(image: str, software: Software) -> bool:
    """Whether a container image is the software, from whichever registry."""
    name = image.partition("@")[0]
    head, slash, tail = name.partition("/")
    if slash and ("." in head or ":" in head or head == "localhost"):
        name = tail
    name = _VENDORS.sub("", name.rsplit(":", 1)[0] if ":" in name.rsplit("/", 1)[-1] else name)
    return software.images.fullmatch(name) is not None


def uncommented(script: str) -> str:
    return "\n".join(line for line in script.splitlines() if not line.lstrip().startswith("#"))


@lru_cache(maxsize=64)  # each rule on what a server runs reads the same scripts
def commands(script: str) -> Sequence[list[str]]:
    """Each simple command of a shell script, as words."""
    pieces = (piece.split() for line in uncommented(script).splitlines() for piece in _SEPARATORS.split(line))
    return [[word.strip("\"'(){},[]") for word in piece] for piece in pieces if piece]


def _installed(script: str) -> Iterator[tuple[str, str]]:
    for words in commands(script):
        at = next((i for i, word in enumerate(words[:6]) if word.rsplit("/", 1)[-1] in _MANAGERS), None)
        if at is None or any(word in ("echo", "#") for word in words[:at]):
            continue
        verb = next((i for i, word in enumerate(words[at + 1 :], at + 1) if word in _INSTALLS), None)
        if verb is None:
            continue
        manager = words[at].rsplit("/", 1)[-1]
        for word in words[verb + 1 :]:
            if not word.startswith("-"):
                yield manager, word.split("=")[0].rsplit("/", 1)[-1]
    for block in _PACKAGES.finditer(script):
        listed = block["inline"].split(",") if block["inline"] is not None else block["listed"].splitlines()
        for item in listed:
            yield "", item.strip().lstrip("-").strip(" \"'[]").split(",")[0].strip("\"' ")


def _run(script: str) -> Iterator[str]:
    """The images of `docker run`, unless what it runs there is a client."""
    for words in commands(script):
        at = next((i for i, word in enumerate(words) if word.rsplit("/", 1)[-1] in _RUNTIMES), None)
        if at is None or words[at + 1 : at + 2] not in (["run"], ["container"]):
            continue
        rest = iter(words[at + 2 :])
        for word in rest:
            if word == "run":
                continue
            if not word.startswith("-"):
                if not CLIENTS.fullmatch(next(rest, "")):
                    yield word
                break
            if "=" not in word and word not in _SWITCHES:
                next(rest, None)


def _started(script: str) -> Iterator[str]:
    for words in commands(script):
        match [word for word in words if not word.startswith("-") and word != "sudo"]:
            case ["systemctl", "start" | "enable" | "restart", *units]:
                yield from (unit.removesuffix(".service") for unit in units)
            case ["service", unit, "start" | "restart", *_] | ["chkconfig", unit, "on", *_]:
                yield unit
            case _:
                pass


def _configs(server: Server) -> Iterator[Tree]:
    """The configurations of `cfn-init`, wherever sets put them together."""
    metadata = server.declared.attributes.get("Metadata")
    if metadata is None:
        return
    match member(metadata, "AWS::CloudFormation::Init"):
        case Known(dict() as configs):
            yield from (config for name, config in configs.items() if name != "configSets")
        case _:
            return


def _entries(tree: Tree) -> Iterator[Tree]:
    if isinstance(tree, Known) and isinstance(tree.value, dict):
        yield from tree.value.values()


def _initialised(server: Server, graph: Graph, software: Software) -> Iterator[Sign]:
    """Packages and services of `cfn-init`."""
    started = list(_kept_running(server, software))
    is_started = bool(started) or any(_starts(each.text, software) for each in scripts(server, graph))
    for config in _configs(server):
        for manager, packages in entries_of(member(config, "packages")).items():
            if manager in _UNSTARTED and software.services is not None and not is_started:
                continue
            for name, versions in entries_of(packages).items():
                if software.packages.fullmatch(name) or (software.apt and manager == "apt" and software.apt.fullmatch(name)):
                    yield Sign(versions, f"installs {name}")
    yield from started


def _kept_running(server: Server, software: Software) -> Iterator[Sign]:
    """The services that `cfn-init` starts, or starts again when the server does."""
    if software.services is None:
        return
    for config in _configs(server):
        for services in entries_of(member(config, "services")).values():
            for name, settings in entries_of(services).items():
                runs = Known(True) in (_switch(member(settings, "enabled")), _switch(member(settings, "ensureRunning")))
                if runs and software.services.fullmatch(name):
                    yield Sign(settings, f"starts {name}")


def _starts(script: str, software: Software) -> bool:
    return software.services is not None and any(software.services.fullmatch(each) for each in _started(script))


def _switch(value: Tree) -> Tree:
    return Known(True) if isinstance(value, Known) and str(value.value).lower() == "true" else Absent()
