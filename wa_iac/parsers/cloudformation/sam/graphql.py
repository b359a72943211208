"""`AWS::Serverless::GraphQLApi`: the API, its schema, keys, data sources, functions and resolvers."""

from __future__ import annotations

from typing import Final

from wa_iac.parsers.cloudformation.sam.permissions.connectors import End, permit
from wa_iac.parsers.cloudformation.sam.permissions.roles import assumed_by, managed
from wa_iac.parsers.cloudformation.text.located import Entry

from .nodes import Made, build, entries, entry_at, get_att, listed, pairs, pick, ref, text
from .sam_resource import SamResource, packaged
from .shapes import unknown_name

_AUTH: Final = {
    "LambdaAuthorizer": "LambdaAuthorizerConfig",
    "OpenIDConnect": "OpenIDConnectConfig",
    "UserPool": "UserPoolConfig",
}


_KINDS: Final = {
    "DynamoDb": ("TableArn", "AWS::DynamoDB::Table", "DynamoDB", "Table"),
    "Lambda": ("FunctionArn", "AWS::Lambda::Function", "Lambda", "Lambda"),
}
"""Kinds of data sources: the property with the ARN, its type, and words in the names of the generated resources."""


def expand_graphql(source: SamResource) -> None:
    """Adds the resources of a GraphQL API."""
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
        made["AdditionalAuthenticationProviders"] = entry_at(additional, _additional(additional))
    source.put_itself("AWS::AppSync::GraphQLApi", made)
    _schema(source)
    for key, entry in entries(source.get("ApiKeys")).items():
        given = {"ApiId": _id(source), "ApiKeyId": entries(entry).get("ApiKeyId")}
        source.put(f"{name}{key}", "AWS::AppSync::ApiKey",
                   {**given, "Description": entries(entry).get("Description"), "Expires": entries(entry).get("ExpiresOn")},
                   at=entry.key)  # fmt: skip
    data_sources = {
        called: _data_source(source, kind, called, entry)
        for kind, sources in entries(source.get("DataSources")).items()
        for called, entry in entries(sources).items()
    }
    functions = {
        called: _function(source, called, entry, data_sources) for called, entry in entries(source.get("Functions")).items()
    }
    for kind, fields in entries(source.get("Resolvers")).items():
        for called, entry in entries(fields).items():
            _resolver(source, kind, called, entry, functions)
    if (domain := source.get("DomainName")) is not None:
        source.put(f"{name}DomainName", "AWS::AppSync::DomainName", entries(domain), at=domain.key)
        association = {"ApiId": _id(source), "DomainName": ref(f"{name}DomainName")}
        source.put(f"{name}DomainNameApiAssociation", "AWS::AppSync::DomainNameApiAssociation", association, at=domain.key)
    if (cache := source.get("Cache")) is not None:
        source.put(f"{name}ApiCache", "AWS::AppSync::ApiCache", {"ApiId": _id(source), **entries(cache)}, at=cache.key)


def _id(source: SamResource) -> Made:
    return get_att(source.name, "ApiId")


def _additional(entry: Entry) -> Made:
    made: list[Made] = []
    for item in listed(entry):
        given = entries(item)
        renamed = {_AUTH.get(key, "AuthenticationType" if key == "Type" else key): each for key, each in given.items()}
        made.append(build(renamed, item.span))
    return made


def _logging(source: SamResource) -> Made:
    """The logging settings and role. By default everything is logged, with a role that SAM creates."""
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
    return entry_at(entry, {**given, "FieldLogLevel": level, "CloudWatchLogsRoleArn": get_att(role, "Arn")})


def _schema(source: SamResource) -> None:
    inline_schema, location = source.get("SchemaInline"), source.get("SchemaUri")
    if (inline_schema is None) is (location is None):
        source.error(f'"{source.name}" needs either a SchemaInline or a SchemaUri', source.at)
        return
    source.put(
        f"{source.name}Schema",
        "AWS::AppSync::GraphQLSchema",
        {"ApiId": _id(source), "Definition": inline_schema, "DefinitionS3Location": _place(source, location)},
    )


def _data_source(source: SamResource, kind: str, called: str, entry: Entry) -> str:
    """Adds a data source, a table or a function, with the permission for the API; returns its name, empty if its kind is not
    known."""
    if kind not in _KINDS:
        unknown_name(source.expansion.scope, f'DataSources of "{source.name}"', "kind", kind, _KINDS, entry)
        return ""
    given = entries(entry)
    arn, target, suffix, word = _KINDS[kind]
    name = f"{source.name}{called}{suffix}DataSource"
    made: dict[str, Made] = {
        "ApiId": _id(source),
        "Name": given.get("Name") or called,
        "Description": given.get("Description"),
    }
    if kind == "Lambda":
        made |= {"LambdaConfig": {"LambdaFunctionArn": given.get(arn)}, "Type": "AWS_LAMBDA"}
    else:
        table: dict[str, Made] = {
            "AwsRegion": given.get("Region") or ref("AWS::Region"),
            "TableName": given.get("TableName"),
            **pick(given, ("DeltaSyncConfig", "UseCallerCredentials", "Versioned")),
        }
        made |= {"DynamoDBConfig": table, "Type": "AMAZON_DYNAMODB"}
    made["ServiceRoleArn"] = given.get("ServiceRoleArn")
    if "ServiceRoleArn" not in given:
        assumed: dict[str, Made] = {"AssumeRolePolicyDocument": assumed_by("appsync.amazonaws.com")}
        role = source.put(f"{name}Role", "AWS::IAM::Role", assumed, at=entry.key)
        made["ServiceRoleArn"] = get_att(role, "Arn")
        if arn in given:
            start = End("AWS::AppSync::DataSource", name, {"RoleName": Entry(entry.key, build(ref(role), entry.key))})
            written = [text(each) for each in listed(given.get("Permissions"))]
            permissions = written or (["Write"] if kind == "Lambda" else ["Read", "Write"])
            permit(source, f"{name}To{word}Connector", start, End(target, "", {"Arn": given[arn]}), permissions, at=entry.key)
    return source.put(name, "AWS::AppSync::DataSource", made, at=entry.key)


def _code(source: SamResource, given: dict[str, Entry]) -> dict[str, Made]:
    """The code of a function or a resolver."""
    runtime, location = given.get("Runtime"), given.get("CodeUri")
    named: dict[str, Made] = {"Name": entries(runtime).get("Name"), "RuntimeVersion": entries(runtime).get("Version")}
    return {
        "Runtime": None if runtime is None else entry_at(runtime, named),
        "Code": given.get("InlineCode"),
        "CodeS3Location": _place(source, location),
        "MaxBatchSize": given.get("MaxBatchSize"),
        "SyncConfig": given.get("Sync"),
    }


def _place(source: SamResource, location: Entry | None) -> Made:
    """The place of a file: an S3 address, or the place where `sam package` will put it."""
    if location is None or source.expansion.text(location).startswith("s3://"):
        return location
    return entry_at(location, packaged())


def _function(source: SamResource, called: str, entry: Entry, data_sources: dict[str, str]) -> Made:
    """Adds a function of pipelines; returns its id, which may be that of an existing function."""
    given = entries(entry)
    if (own := given.get("Id")) is not None:
        return own.value
    written = text(given.get("DataSource"))
    if written.lower() == "none":
        written = "NONE"  # SAM accepts it in any case
    if written == "NONE" and "NONE" not in data_sources:
        none = f"{source.name}NoneDataSource"
        properties: dict[str, Made] = {"ApiId": _id(source), "Name": none, "Type": "NONE"}
        data_sources["NONE"] = source.put(none, "AWS::AppSync::DataSource", properties, at=entry.key)
    if written and written not in data_sources:
        source.error(f'"{source.name}" has no data source "{written}"', given["DataSource"].key)
    named: Made = get_att(data_sources[written], "Name") if written in data_sources else given.get("DataSource")
    name = source.put(
        f"{source.name}{called}",
        "AWS::AppSync::FunctionConfiguration",
        {
            "ApiId": _id(source),
            "Name": given.get("Name") or called,
            "Description": given.get("Description"),
            "DataSourceName": named,
            **_code(source, given),
        },
        at=entry.key,
    )
    return get_att(name, "FunctionId")


def _resolver(source: SamResource, kind: str, called: str, entry: Entry, functions: dict[str, Made]) -> None:
    given = entries(entry)
    steps: list[Made] = []
    for item in listed(given.get("Pipeline")):
        if text(item) in functions:
            steps.append(functions[text(item)])
        else:
            source.error(f'"{source.name}" has no function "{text(item)}"', item.span)
    properties: dict[str, Made] = {
        "ApiId": _id(source),
        "TypeName": kind,
        "FieldName": given.get("FieldName") or called,
        "Kind": "PIPELINE",
        "PipelineConfig": {"Functions": steps},
        **_code(source, given),
        "CachingConfig": given.get("Caching"),
    }
    name, schema = f"{source.name}{kind}{called}", f"{source.name}Schema"
    source.put(name, "AWS::AppSync::Resolver", properties, at=entry.key, DependsOn=[schema])
