"""`AWS::Serverless::GraphQLApi`: the API, its schema, keys, data sources, functions and resolvers."""

from __future__ import annotations

from typing import Final

from wa_iac.core.value import Span
from wa_iac.parsers.cloudformation.located import Entry

from .nodes import Made, at_entry, build, entries, get_att, listed, only, pairs, ref, text
from .roles import allow, assumed_by, inline, managed
from .shapes import unknown_name
from .source import Source, packaged

_AUTH: Final = {
    "LambdaAuthorizer": "LambdaAuthorizerConfig",
    "OpenIDConnect": "OpenIDConnectConfig",
    "UserPool": "UserPoolConfig",
}
_READ: Final = ("GetItem", "Query", "Scan", "BatchGetItem", "ConditionCheckItem", "PartiQLSelect")
_WRITE: Final = ("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "PartiQLDelete", "PartiQLInsert", "PartiQLUpdate")


def expand_graphql(source: Source) -> None:
    """Puts the resources of a GraphQL API."""
    name = source.name
    auth = entries(source.get("Auth"))
    made: dict[str, Made] = {
        "Name": source.get("Name") or name,
        "AuthenticationType": auth.get("Type"),
        "LogConfig": _logging(source),
        "Tags": pairs(source.get("Tags"), "graphqlapi:createdBy"),
        **{new: auth[old] for old, new in _AUTH.items() if old in auth},
        "XrayEnabled": source.get("XrayEnabled"),
    }
    additional = auth.get("Additional")
    if additional is not None:
        made["AdditionalAuthenticationProviders"] = at_entry(additional, _additional(additional))
    source.put_itself("AWS::AppSync::GraphQLApi", made)
    _schema(source)
    for key, entry in entries(source.get("ApiKeys")).items():
        given = {"ApiId": _id(source), "ApiKeyId": entries(entry).get("ApiKeyId")}
        source.put(f"{name}{key}", "AWS::AppSync::ApiKey",
                   {**given, "Description": entries(entry).get("Description"), "Expires": entries(entry).get("ExpiresOn")},
                   at=entry.key)  # fmt: skip
    for kind, sources in entries(source.get("DataSources")).items():
        for called, entry in entries(sources).items():
            _data_source(source, kind, called, entry)
    for called, entry in entries(source.get("Functions")).items():
        _function(source, called, entry)
    for kind, fields in entries(source.get("Resolvers")).items():
        for called, entry in entries(fields).items():
            _resolver(source, kind, called, entry)
    if (domain := source.get("DomainName")) is not None:
        source.put(f"{name}DomainName", "AWS::AppSync::DomainName", entries(domain), at=domain.key)
        association = {"ApiId": _id(source), "DomainName": ref(f"{name}DomainName")}
        source.put(f"{name}DomainNameApiAssociation", "AWS::AppSync::DomainNameApiAssociation", association, at=domain.key)
    if (cache := source.get("Cache")) is not None:
        source.put(f"{name}ApiCache", "AWS::AppSync::ApiCache", {"ApiId": _id(source), **entries(cache)}, at=cache.key)


def _id(source: Source) -> Made:
    return get_att(source.name, "ApiId")


def _additional(entry: Entry) -> Made:
    made: list[Made] = []
    for item in listed(entry):
        given = entries(item)
        renamed = {_AUTH.get(key, "AuthenticationType" if key == "Type" else key): each for key, each in given.items()}
        made.append(build(renamed, item.span))
    return made


def _logging(source: Source) -> Made:
    """What is logged and by which role: all of it, unless the template says otherwise, by a role of SAM's own."""
    entry = source.get("Logging") or Entry(source.at, build({}, source.at))
    if text(entry).lower() == "false":
        return None
    given = entries(entry)
    if "CloudWatchLogsRoleArn" in given:
        return entry
    role = source.put(
        f"{source.name}CloudWatchRole",
        "AWS::IAM::Role",
        {
            "AssumeRolePolicyDocument": assumed_by("appsync.amazonaws.com"),
            "ManagedPolicyArns": [managed("AWSAppSyncPushToCloudWatchLogs")],
        },
        at=entry.key,
    )
    level: Made = given.get("FieldLogLevel") or "ALL"
    return at_entry(entry, {**given, "FieldLogLevel": level, "CloudWatchLogsRoleArn": get_att(role, "Arn")})


def _schema(source: Source) -> None:
    inline_schema, location = source.get("SchemaInline"), source.get("SchemaUri")
    if (inline_schema is None) is (location is None):
        source.error(f'"{source.name}" takes either a SchemaInline or a SchemaUri', source.at)
        return
    address = source.expansion.text(location)
    remote: Made = location if location is not None and address.startswith("s3://") else None
    if location is not None and remote is None:
        remote = Entry(location.key, build(packaged(), location.value.span))
    source.put(
        f"{source.name}Schema",
        "AWS::AppSync::GraphQLSchema",
        {"ApiId": _id(source), "Definition": inline_schema, "DefinitionS3Location": remote},
    )


def _data_source(source: Source, kind: str, called: str, entry: Entry) -> None:
    """A data source: a table or a function, and the role by which the API uses it."""
    given = entries(entry)
    name = f"{source.name}{called}DataSource"
    common: dict[str, Made] = {
        "ApiId": _id(source),
        "Name": given.get("Name") or called,
        "Description": given.get("Description"),
    }
    if kind == "DynamoDb":
        arn = given.get("TableArn")
        configuration: dict[str, Made] = {
            "DynamoDBConfig": {
                "AwsRegion": given.get("Region") or ref("AWS::Region"),
                "TableName": given.get("TableName"),
                **only(given, ("DeltaSyncConfig", "UseCallerCredentials", "Versioned")),
            },
            "Type": "AMAZON_DYNAMODB",
        }
        statements = [] if arn is None else [_table_statement(actions, arn) for actions in (_READ, _WRITE)]
    elif kind == "Lambda":
        function: Made = given.get("FunctionArn")
        configuration = {"LambdaConfig": {"LambdaFunctionArn": function}, "Type": "AWS_LAMBDA"}
        statements = [] if function is None else [allow(["lambda:InvokeAsync", "lambda:InvokeFunction"], function)]
    else:
        unknown_name(source.expansion.scope, f'DataSources of "{source.name}"', "kind", kind, ("DynamoDb", "Lambda"), entry)
        return
    role: Made = given.get("ServiceRoleArn")
    if role is None:
        role = get_att(_role(source, f"{name}Role", statements, entry.key), "Arn")
    source.put(name, "AWS::AppSync::DataSource", {**common, **configuration, "ServiceRoleArn": role}, at=entry.key)


def _table_statement(actions: tuple[str, ...], arn: Entry) -> Made:
    indices: Made = {"Fn::Sub": ["${TableArn}/index/*", {"TableArn": arn.value}]}
    return allow([f"dynamodb:{action}" for action in actions], [arn.value, indices])


def _role(source: Source, name: str, statements: list[Made], at: Span) -> str:
    policies: list[Made] = [inline(f"{name}Policy", *statements, version=True)]
    properties: dict[str, Made] = {
        "AssumeRolePolicyDocument": assumed_by("appsync.amazonaws.com"),
        "Policies": policies if statements else None,
    }
    return source.put(name, "AWS::IAM::Role", properties, at=at)


def _runtime(given: dict[str, Entry]) -> dict[str, Made]:
    runtime = given.get("Runtime")
    made: Made = {"Name": entries(runtime).get("Name"), "RuntimeVersion": entries(runtime).get("Version")}
    return {
        "Runtime": None if runtime is None else at_entry(runtime, made),
        "Code": given.get("InlineCode"),
        "CodeS3Location": given.get("CodeUri"),
        **only(given, ("MaxBatchSize", "Sync")),
    }


def _function(source: Source, called: str, entry: Entry) -> None:
    given = entries(entry)
    if "Id" in given:
        return
    data_source = text(given.get("DataSource"))
    properties: dict[str, Made] = {
        "ApiId": _id(source),
        "Name": given.get("Name") or called,
        "Description": given.get("Description"),
        "DataSourceName": get_att(f"{source.name}{data_source}DataSource", "Name") if data_source else given.get("DataSource"),
        **_runtime(given),
    }
    source.put(f"{source.name}{called}", "AWS::AppSync::FunctionConfiguration", properties, at=entry.key)


def _resolver(source: Source, kind: str, called: str, entry: Entry) -> None:
    given = entries(entry)
    pipeline = given.get("Pipeline")
    functions: list[Made] = [get_att(f"{source.name}{text(item)}", "FunctionId") for item in listed(pipeline)]
    properties: dict[str, Made] = {
        "ApiId": _id(source),
        "TypeName": kind,
        "FieldName": given.get("FieldName") or called,
        "Kind": "PIPELINE" if functions else "UNIT",
        "PipelineConfig": {"Functions": functions} if functions else None,
        **_runtime(given),
        "CachingConfig": given.get("Caching"),
    }
    source.put(f"{source.name}{kind}{called}", "AWS::AppSync::Resolver", properties, at=entry.key)
