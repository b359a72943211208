"""How a database's secret gets a rotation: by a function for the engine, by RDS itself, or elsewhere, and what has to come first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from wa_iac.aws.ecs import TaskDefinition
from wa_iac.aws.rds import Cluster, Instance
from wa_iac.aws.secretsmanager import Rotation, Secret
from wa_iac.core.algebra import references
from wa_iac.core.binding import member
from wa_iac.core.declared import INDEX
from wa_iac.core.graph import Graph
from wa_iac.core.ignored_changes import ALL, ignored_changes
from wa_iac.core.partial import identity_of, pieces_of
from wa_iac.core.presence import given
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Remedy
from wa_iac.core.value import Absent, Known, Tree, Unknown
from wa_iac.knowledge.database_replicas import forbids_managed_password, may_be_replica, why_module_may_have_replicas
from wa_iac.knowledge.secret_names import names_a_secret

from .wording import listed

_CLIENTS: Final = (
    "Let clients first read the secret when they connect: the password changes as soon as the rotation is deployed, and a value that was copied "
    "before is wrong from then on."
)
_PRIVATE: Final = (
    "For a database in private subnets, it also needs VpcSubnetIds and VpcSecurityGroupIds, with a group that the database's group lets in, and a way to "
    "Secrets Manager."
)
TRANSFORM: Final = (
    "HostedRotationLambda needs AWS::SecretsManager-2024-09-16 in the template's Transform, and a deployment by a change set with CAPABILITY_AUTO_EXPAND "
    f"and CAPABILITY_IAM. {_PRIVATE} {_CLIENTS}"
)
_MANAGED_KEYS: Final = "alias/aws/"
IN_TERRAFORM: Final = (
    'resource "aws_secretsmanager_secret_rotation" "<a name>" {\n  secret_id           = <this secret>.id\n'
    "  rotation_lambda_arn = <a rotation function>.arn\n\n  rotation_rules {\n    automatically_after_days = 30\n  }\n}"
)
_ACROSS: Final = (
    "Another stack has the database ({databases}), and this template cannot refer to it. In the template of the database, attach the secret by "
    "the parameter that brings its ARN (AWS::SecretsManager::SecretTargetAttachment), and after that give it a rotation there "
    "(AWS::SecretsManager::RotationSchedule) for the database's engine. The rotation runs as a function: {private} A rotation changes the password of one database: a further one there that takes "
    "the same, also under a condition, needs a secret of its own first. {clients}"
)
_IN_MODULE: Final = (
    "The database is in {module}, and a rotation needs that the module ignores changes of its password, which cannot be set from outside. If the module "
    "can, let RDS keep the password in a secret of its own and rotate it (manage_master_user_password), and remove this secret. {clients}"
)
_IN_MODULE_WITH_REPLICAS: Final = (
    "The database is in {module}, and a rotation needs that the module ignores changes of its password, which cannot be set from outside. RDS would "
    "keep the password in a secret of its own, but not that of a database with read replicas: {why}. Declare the database here instead, with ignore_changes for its "
    "password, and give the secret a rotation. Or let Terraform change the password: give random_password keepers that a time_rotating changes, and "
    "apply as often. {clients}"
)
_TYPES: Final = {
    "postgres": "PostgreSQLSingleUser",
    "aurora-postgresql": "PostgreSQLSingleUser",
    "mysql": "MySQLSingleUser",
    "aurora-mysql": "MySQLSingleUser",
    "mariadb": "MariaDBSingleUser",
    "oracle": "OracleSingleUser",
    "sqlserver": "SQLServerSingleUser",
    "db2": "Db2SingleUser",
    "mongo": "MongoDBSingleUser",
    "docdb": "MongoDBSingleUser",
}
"""`RotationType` of HostedRotationLambda (CloudFormation, AWS::SecretsManager::RotationSchedule), by the beginning of an engine's
name."""
_STRUCTURE: Final = (
    "Secrets Manager rotates only a secret that holds JSON with engine, host, username and password, not a bare password."
)
_NEEDED: Final = ("engine", "host", "username", "password")
"""The keys that every rotation function of AWS reads from the secret of a database ("JSON structure of AWS Secrets Manager secrets", AWS Secrets
Manager User Guide)."""
_VERSION: Final = "secret_string of the secret's version"
_VERSIONS: Final = frozenset({"aws_secretsmanager_secret_version"})
_DATABASES: Final = frozenset((*Instance.types(), *Cluster.types(), "aws_docdb_cluster"))
_OUTPUT: Final = frozenset({"output"})
_MOST: Final = 3
"""The tasks that a sentence names."""
_IMPORTED: Final = (
    "The template exports this secret, and who imports it may need it as it is: a bare password rather than JSON, or a copy from a deployment. Look at "
    "the importing stacks first. If all of them read the secret when they connect, and know its form, give it a rotation for the engine of its database. "
    "Otherwise let each of them get a user of its own."
)


def rotation(kind: str, after: str = "", key: str = "") -> str:
    """A rotation by a function that CloudFormation makes. `key` is the ARN of the KMS key of the secret, which the function has to use, if that is not
    AWS's own ("HostedRotationLambda", AWS CloudFormation Template Reference)."""
    used = f"\n      KmsKeyArn: {key}" if key else ""
    return (
        f"Rotation:\n  Type: AWS::SecretsManager::RotationSchedule\n{after}  Properties:\n    SecretId: !Ref <this secret>\n"
        f"    HostedRotationLambda:\n      RotationType: {kind}{used}\n    RotationRules:\n      AutomaticallyAfterDays: 30"
    )


def _key_of(secret: Secret) -> str:
    """The ARN of the KMS key of a secret, in a template; empty if it has AWS's own."""
    named = secret.key.value
    if isinstance(named, Absent) or (isinstance(named, Known) and str(named.value).startswith(_MANAGED_KEYS)):
        return ""
    targets = [each for each in secret.key if _stack(each) == _stack(secret)]
    return f"!GetAtt {targets[0].declared.name}.Arn" if len(targets) == 1 else "<the ARN of the secret's KMS key>"


def _attached(kind: str, databases: Sequence[Instance | Cluster], key: str) -> str:
    """The attachment, which writes the engine and the host into the secret, and the rotation after it."""
    of = databases[0].declared if len(databases) == 1 else None
    target, name = ("<the database>", "AWS::RDS::DBInstance") if of is None else (of.name, of.type)
    return (
        "Attachment:\n  Type: AWS::SecretsManager::SecretTargetAttachment\n  Properties:\n    SecretId: !Ref <this secret>\n"
        f"    TargetId: !Ref {target}\n    TargetType: {name}\n{rotation(kind, '  DependsOn: Attachment' + chr(10), key)}"
    )


def _by_template(secret: Secret, kinds: set[str], graph: Graph) -> Remedy:
    """A rotation in Terraform, with a function made from AWS's template for the engine."""
    said = []
    if len(kinds) == 1:
        (kind,) = kinds
        service = "" if kind.startswith("Mongo") else "RDS"
        template = f"SecretsManager{service}{kind.removesuffix('SingleUser')}RotationSingleUser"
        engine = next(name for name, each in _TYPES.items() if each == kind)
        said.append(f"Make the rotation function from AWS's template {template}. It expects the engine {engine} in the secret.")
    else:
        said.append(
            "Make the rotation function from AWS's template for the database's engine. The secret names the engine as that function "
            "expects (postgres, mysql, mariadb, oracle, sqlserver, db2, mongo)."
        )
    said.append(
        "It needs a way to the database and to Secrets Manager, and an aws_lambda_permission for secretsmanager.amazonaws.com."
    )
    if _key_of(secret):
        said.append("Its role also needs kms:Decrypt and kms:GenerateDataKey for the KMS key of the secret.")
    if instance := _with_port(secret, graph):
        said.append(
            f"The host in the secret is the endpoint of {instance}, which ends with the port: write its address instead, or the function cannot "
            "connect."
        )
    undone = [] if isinstance(secret.content, Absent) else _undone(secret, graph)
    if lacking := [each for each in _NEEDED if isinstance(secret.content, Known) and not secret.holds(each)]:
        it = "it" if len(lacking) == 1 else "them"
        by_hand = "" if _VERSION in undone else " by hand, since Terraform ignores changes of secret_string"
        said.append(f"The function also needs {listed(lacking)} in the secret: write {it} there too{by_hand}.")
    if undone:
        said.append(f"Let Terraform ignore {listed(undone)} (ignore_changes): it would undo each rotation.")
    said.append(_CLIENTS)
    return Remedy(tf=IN_TERRAFORM, decision=" ".join(said))


def _undone(secret: Secret, graph: Graph) -> list[str]:
    """What Terraform would write again after a rotation: what it does not ignore yet."""
    versions = list(graph.referring(secret, _VERSIONS))
    named = [found for each in references(secret.content) for found in graph.at(each.address) if found.type in _DATABASES]
    databases = [*named, *(each.declared for each in databases_of(secret, graph))]
    return [
        what
        for what, resources, arguments in (
            (_VERSION, versions, {"secret_string"}),
            ("the password of the database", databases, {"password", "master_password"}),
        )
        if not resources or not all(ignored_changes(each) & (arguments | ALL) for each in resources)
    ]


def _with_port(secret: Secret, graph: Graph) -> str:
    """The instance whose `endpoint` is the secret's host; empty if there is none. It is "address:port" ("aws_db_instance", Terraform's AWS
    provider), and the endpoint of a cluster is not."""
    found = references(member(secret.content, "host")) if isinstance(secret.content, Known) else ()
    endpoints = (each.address for each in found if each.attribute == "endpoint")
    return next((each for each in endpoints if any(at.type == "aws_db_instance" for at in graph.at(each))), "")


def _by_rds(databases: Sequence[Instance | Cluster], graph: Graph) -> Remedy:
    """The password as RDS manages it: "Password management with Amazon RDS and AWS Secrets Manager" (Amazon RDS User Guide), which
    excludes databases with read replicas; and that of Aurora, which excludes clusters of a global database and Aurora Serverless v1."""
    in_terraform = any(each.dialect == "terraform" for each in databases)
    if why := next(filter(None, (_why_not_by_rds(each, graph) for each in databases)), ""):
        if in_terraform:
            return Remedy(
                decision=f"{_STRUCTURE} RDS cannot manage the password of {why}: write the secret as JSON, let Terraform "
                "ignore its changes and those of the database's password (ignore_changes), and give it a rotation (aws_secretsmanager_secret_rotation) "
                "with a function from AWS's template."
            )
        return Remedy(
            decision=f"{_STRUCTURE} RDS cannot manage the password of {why}: generate the secret as JSON "
            "(SecretStringTemplate with the username, GenerateStringKey: password), let all that read the password name that key (SecretString:password), "
            "attach the secret to the database (AWS::SecretsManager::SecretTargetAttachment), and give it a rotation "
            f"(AWS::SecretsManager::RotationSchedule). {TRANSFORM}"
        )
    where = " and ".join(each.address for each in databases) if databases else "the database"
    managed, old, arn = ("ManageMasterUserPassword", "MasterUserPassword", "MasterUserSecret.SecretArn")
    if in_terraform:
        kinds = {"master_password" if isinstance(each, Cluster) else "password" for each in databases}
        managed, old, arn = ("manage_master_user_password", listed(sorted(kinds)), "master_user_secret")
    return Remedy(
        decision=f"{_STRUCTURE} Let RDS keep the password in a secret of its own, and rotate it every seven days: set "
        f"{managed} to true on {where}, and remove {old}. RDS then chooses a new password at once: let clients read that secret "
        f"({arn}) when they connect, which their roles must allow, and then remove this one."
    )


def _why_not_by_rds(database: Instance | Cluster, graph: Graph) -> str:
    """The kind of database that RDS cannot manage the password of; empty if it can."""
    if isinstance(database, Cluster):
        if database.is_serverless_v1():
            return "a cluster of Aurora Serverless v1"
        return "a cluster of a global database" if given(database.global_cluster.value) == Known(True) else ""
    return "a database with read replicas" if forbids_managed_password(database, graph) or may_be_replica(database) else ""


def of_engine(secret: Secret | Rotation, graph: Graph) -> Remedy | None:
    """A rotation for the engine of the database that uses the secret, and what has to come first; for a bare password, RDS's own management."""
    if isinstance(secret, Rotation):
        return None
    found = _way(secret, graph)
    first = [*_others(secret, graph), *_repeated(secret)]
    words = (*first, *_under_two_names(secret, graph), found.decision, *_injected(secret, graph))
    return replace(found, decision=" ".join(filter(None, words)))


def _under_two_names(secret: Secret, graph: Graph) -> Iterator[str]:
    """A sentence on a password that a container gets twice, by names of different meaning perhaps: a rotation changes it in the database only."""
    for each in graph.referring(secret, frozenset(TaskDefinition.types())):
        for container in graph.typed(each, TaskDefinition).containers:
            names: dict[object, list[str]] = {}
            for name, source in zip(container.secrets(), container.secret_sources(), strict=True):
                if isinstance(name, Known) and names_a_secret(name.value) and graph.refers(source, secret):
                    names.setdefault(identity_of(source), []).append(name.value)
            if several := next((found for found in names.values() if len(found) > 1), None):
                yield (
                    f"{INDEX.sub('', each.address)} gets this password as {listed(several[:_MOST])}: if one of them is not the database's, first give that a "
                    "secret of its own, since a rotation changes the password in the database only."
                )
                return


def _injected(secret: Secret, graph: Graph) -> Iterator[str]:
    """A sentence on tasks that ECS gives the secret to when they start, and not again ("Pass Secrets Manager secrets through Amazon ECS environment
    variables", Amazon ECS Developer Guide)."""
    definitions = (graph.typed(each, TaskDefinition) for each in graph.referring(secret, frozenset(TaskDefinition.types())))
    reading = (
        each.address
        for each in definitions
        if any(graph.refers(source, secret) for container in each.containers for source in container.secret_sources())
    )
    if tasks := list(dict.fromkeys(INDEX.sub("", each) for each in reading)):
        get, their = ("gets", "its") if len(tasks) == 1 else ("get", "their")
        yield (
            f"{listed(tasks[:_MOST])} {get} the secret only when a task starts: replace {their} tasks after each rotation, or let them read the secret "
            "themselves."
        )


def _others(secret: Secret, graph: Graph) -> Iterator[str]:
    """A sentence on further databases with the same password: a rotation function changes that of the host in the secret."""
    readers = databases_of(secret, graph)
    if len(readers) < 2 or not secret.holds("username"):
        return
    names = listed([each.address for each in readers])
    several = "" if all(each.declared.condition is None for each in readers) else "If several of them exist at once: "
    yield f"{names} take the same password. {several}{'first' if several else 'First'} give each a secret of its own, since a rotation changes one of them only."


def _repeated(secret: Secret) -> Iterator[str]:
    """A sentence on what repeats the password inside of the secret, as a URL does: a rotation function writes the key `password` only."""
    content = secret.content
    if not isinstance(content, Known) or not isinstance(content.value, Mapping):
        return
    password = member(content, "password")
    names = [f"`{key}`" for key, value in content.value.items() if key != "password" and _has(value, password)]
    if names:
        yield (
            f"In the secret, {listed(names)} {'repeats' if len(names) == 1 else 'repeat'} the password, and a rotation does not write it there: first "
            "let clients put that together from the other keys."
        )


def _has(value: Tree, password: Tree) -> bool:
    """Whether a text certainly contains a password."""
    match password:
        case Known(str() as text):
            return bool(text) and any(text in piece for piece in pieces_of(value))
        case Unknown():
            made_of = (value, *value.parts) if isinstance(value, Unknown) else (value,)
            named = set(references(password))
            return any(identity_of(each) == identity_of(password) for each in made_of if isinstance(each, Unknown)) or bool(
                named and named <= set(references(value))
            )
        case _:
            return False


def _way(secret: Secret, graph: Graph) -> Remedy:
    if any(link.targets for link in (secret.rotations, *(attachment.rotations for attachment in secret.attachments))):
        return Remedy(decision="The rotation is switched off: remove what turns it off, or give it a rotation function.")
    if is_exported(secret, graph):
        return Remedy(decision=_IMPORTED)
    readers = databases_of(secret, graph)
    if not secret.holds("username") and (readers or not isinstance(secret.content, Unknown)):
        return _by_rds(readers, graph)
    if secret.dialect == "cloudformation" and any(_stack(each) != _stack(secret) for each in readers):
        return Remedy(
            decision=_ACROSS.format(
                databases=listed([each.address for each in readers]),
                private=_PRIVATE[0].lower() + _PRIVATE[1:],
                clients=_CLIENTS,
            )
        )
    engines = [str(each.engine.value).lower() for each in readers if isinstance(each.engine, Known)]
    named = [member(each, "engine") for each in (secret.content, secret.generated_template) if isinstance(each, Known)]
    engines += [str(each.value).lower() for each in named if isinstance(each, Known)]
    engines += ["mongo" for each in secret.attachments if each.target_type == Known("AWS::DocDB::DBCluster")]
    kinds = {kind for engine in engines for name, kind in _TYPES.items() if engine.startswith(name)}
    if secret.dialect == "terraform":
        module = "" if readers else _module_of(secret)
        if not module:
            return _by_template(secret, kinds, graph)
        why = why_module_may_have_replicas(module, graph)
        words = _IN_MODULE_WITH_REPLICAS if why else _IN_MODULE
        return Remedy(decision=words.format(module=module, why=why, clients=_CLIENTS))
    # A parameter that chooses the engine also has to choose the type of the rotation.
    chosen = any(each.engine.origin.default_step is not None for each in readers)
    kind = next(iter(kinds)) if len(kinds) == 1 and not chosen else "<the type for the engine>"
    complete = bool(secret.attachments.targets) or secret.holds("host")
    key = _key_of(secret)
    return Remedy(cfn=rotation(kind, key=key) if complete else _attached(kind, readers, key), decision=TRANSFORM)


def _module_of(secret: Secret) -> str:
    """The module that is not read here and that the content of a secret comes from; empty if there is none."""
    return next((each.address for each in references(secret.content) if each.address.rpartition(".")[0].endswith("module")), "")


def _stack(resource: Resource) -> str:
    """The nested stack of a resource of a template, as the beginning of its address."""
    return resource.address.rpartition("/")[0]


def databases_of(secret: Secret, graph: Graph) -> list[Instance | Cluster]:
    """The databases that read their password from a secret."""
    kinds: tuple[type[Instance | Cluster], ...] = (Instance, Cluster)
    found = (graph.typed(declared, kind) for kind in kinds for declared in graph.referring(secret, frozenset(kind.types())))
    return [each for each in found if graph.refers(each.master_password, secret)]


def is_exported(secret: Secret, graph: Graph) -> bool:
    """Whether other stacks can import a secret: what reads it there is not known here."""
    outputs = graph.referring(secret, _OUTPUT) if secret.dialect == "cloudformation" else ()
    return any(not isinstance(each.body.value.get("export", Absent()), Absent) for each in outputs)
