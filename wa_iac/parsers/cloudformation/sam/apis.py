"""`AWS::Serverless::Api` and `HttpApi`: the API with its document, its deployment and its stage."""

from __future__ import annotations

import hashlib
from typing import Final

from wa_iac.parsers.cloudformation.located import Entry, Node, ScalarNode

from .api_events import stage_suffix
from .http_document import HttpDocument, tags_of
from .nodes import Made, build, entries, get_att, is_true, listed, pairs, ref, text
from .openapi import RestDocument
from .routes import Routes
from .security import Auth
from .source import Source

_STAGE: Final = (
    "AccessLogSetting", "CacheClusterEnabled", "CacheClusterSize", "CanarySetting", "MethodSettings", "StageName",
    "TracingEnabled", "Variables",
)  # fmt: skip
_REST: Final = (
    "ApiKeySourceType", "Description", "EndpointAccessMode", "FailOnWarnings", "MinimumCompressionSize", "Mode", "Name", "Policy",
    "SecurityPolicy",
)  # fmt: skip


def expand_rest(source: Source) -> None:
    """Puts a REST API."""
    auth = Auth(source)
    routes = source.expansion.routes.get(source.name, Routes())
    made: dict[str, Made] = {name: source.get(name) for name in _REST}
    made |= _body(source, RestDocument(source, routes, auth))
    made |= _endpoint(source)
    made["BinaryMediaTypes"] = source.get("BinaryMediaTypes")
    made["Tags"] = source.propagated
    source.put_itself("AWS::ApiGateway::RestApi", made)
    auth.put_permissions(http=False)
    # Where the document is OpenAPI 3, SAM leaves out a stage that nobody asked for.
    unasked: dict[str, Made] = {} if "OpenApiVersion" in source else {"StageName": "Stage"}
    deployment = source.put(
        f"{source.name}Deployment", "AWS::ApiGateway::Deployment", {"RestApiId": ref(source.name), **unasked}
    )
    stage = source.put(
        f"{source.name}{stage_suffix(source.get('StageName'))}Stage",
        "AWS::ApiGateway::Stage",
        {
            **{name: source.get(name) for name in _STAGE},
            "RestApiId": ref(source.name),
            "DeploymentId": ref(deployment),
            "Tags": pairs(source.get("Tags")),
        },
    )
    source.expansion.renamed |= {f"{source.name}.Deployment": deployment, f"{source.name}.Stage": stage}
    _domain(source, stage, "AWS::ApiGateway::DomainName", "AWS::ApiGateway::BasePathMapping")


def _body(source: Source, document: RestDocument | HttpDocument) -> dict[str, Made]:
    """An API's document: the template's own, completed, the file that it names, or one made of its routes."""
    if (written := source.get("DefinitionBody")) is not None:
        return {"Body": document.completed(written)}
    if "DefinitionUri" in source:
        return {"BodyS3Location": source.code("DefinitionUri", "Bucket", "Key", "Version")}
    return {"Body": document.made(source.entry)}


def _endpoint(source: Source) -> dict[str, Made]:
    """The kind of endpoint: by its name, or with the endpoints of the networks that may use it."""
    entry = source.get("EndpointConfiguration")
    if entry is None:
        return {}
    given = entries(entry)
    kind: Node | None = given["Type"].value if "Type" in given else None if given else entry.value
    if kind is None:
        return {"EndpointConfiguration": entry}
    return {
        "EndpointConfiguration": Entry(
            entry.key, build({"Types": [kind], "VpcEndpointIds": given.get("VPCEndpointIds")}, entry.key)
        ),
        "Parameters": {"endpointConfigurationTypes": kind},
    }


def expand_http(source: Source) -> None:
    """Puts an HTTP API."""
    auth = Auth(source)
    routes = source.expansion.routes.get(source.name, Routes())
    written_out = "DefinitionUri" not in source
    made: dict[str, Made] = {
        # A document that is written out has the description in it.
        "Description": None if written_out else source.get("Description"),
        "FailOnWarnings": source.get("FailOnWarnings"),
        **_body(source, HttpDocument(source, routes, auth)),
    }
    source.put_itself("AWS::ApiGatewayV2::Api", made)
    auth.put_permissions(http=True)
    written = source.get("StageName")
    default = written is None or text(written) == "$default"
    suffix = "ApiGatewayDefault" if default else stage_suffix(written)
    stage = source.put(
        f"{source.name}{suffix}Stage",
        "AWS::ApiGatewayV2::Stage",
        {
            "ApiId": ref(source.name),
            "StageName": "$default" if written is None else written,
            "AutoDeploy": True,
            "StageVariables": source.get("StageVariables"),
            "AccessLogSettings": source.get("AccessLogSettings"),
            "DefaultRouteSettings": source.get("DefaultRouteSettings"),
            "RouteSettings": _route_settings(source, routes),
            "Tags": tags_of(source) if written_out else source.get("Tags"),
        },
    )
    source.expansion.renamed[f"{source.name}.Stage"] = stage
    _domain(source, stage, "AWS::ApiGatewayV2::DomainName", "AWS::ApiGatewayV2::ApiMapping")


def _route_settings(source: Source, routes: Routes) -> Made:
    """The settings of single routes: those of the API, and those of the events."""
    own: dict[str, Made] = dict(entries(source.get("RouteSettings")))
    for route in routes:
        settings = route.event.get("RouteSettings")
        if settings is not None:
            method = "ANY" if route.method.startswith("x-") else route.method.upper()
            own[route.path if route.path == "$default" else f"{method} {route.path}"] = settings
    return own or None


def _domain(source: Source, stage: str, kind: str, mapping: str) -> None:
    """A domain's own name before an API, with a mapping for each base path, and the records that lead there."""
    entry = source.get("Domain")
    if entry is None:
        return
    given = entries(entry)
    name, certificate = given.get("DomainName"), given.get("CertificateArn")
    if name is None or certificate is None:
        source.error(f'the Domain of "{source.name}" needs a DomainName and a CertificateArn', entry.key)
        return
    rest = kind.startswith("AWS::ApiGateway::")
    domain = f"ApiGatewayDomainName{'' if rest else 'V2'}{_hash(source.expansion.text(name))}"
    regional = text(given.get("EndpointConfiguration")).upper() != "EDGE"
    secured: dict[str, Made] = {"SecurityPolicy": given.get("SecurityPolicy")}
    if rest:
        which = "RegionalCertificateArn" if regional else "CertificateArn"
        properties: dict[str, Made] = {
            "DomainName": name,
            which: certificate,
            "EndpointConfiguration": {"Types": [text(given.get("EndpointConfiguration")) or "REGIONAL"]},
            **secured,
        }
    else:
        configuration: dict[str, Made] = {
            "CertificateArn": certificate,
            "EndpointType": given.get("EndpointConfiguration") or "REGIONAL",
            **secured,
        }
        properties = {"DomainName": name, "DomainNameConfigurations": [configuration], "Tags": tags_of(source)}
    source.put(domain, kind, properties, at=entry.key)
    _mappings(source, entry, domain, stage, mapping, rest=rest)
    if "Route53" in given:
        _records(source, given["Route53"], name, domain, regional=regional)


def _hash(text: str) -> str:
    """What SAM ends names with that stand for a text."""
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:10]


def _mappings(source: Source, entry: Entry, domain: str, stage: str, kind: str, *, rest: bool) -> None:
    paths = listed(entries(entry).get("BasePath"))
    own, key = ("RestApiId", "BasePath") if rest else ("ApiId", "ApiMappingKey")
    for path in paths or [ScalarNode(None, "", entry.key)]:
        shown = text(Entry(entry.key, path))
        letters = "".join(each for each in shown if each.isalnum())
        properties: dict[str, Made] = {
            "DomainName": ref(domain),
            own: ref(source.name),
            "Stage": ref(stage),
            key: shown.strip("/") or None,
        }
        source.put(f"{source.name}{letters}{'BasePathMapping' if rest else 'ApiMapping'}", kind, properties, at=entry.key)


def _records(source: Source, entry: Entry, name: Entry, domain: str, *, regional: bool) -> None:
    given = entries(entry)
    side = "Regional" if regional else "Distribution"
    alias: dict[str, Made] = {
        "DNSName": get_att(domain, f"{side}DomainName"),
        "HostedZoneId": get_att(domain, "RegionalHostedZoneId") if regional else "Z2FDTNDATAQYW2",
        "EvaluateTargetHealth": given.get("EvaluateTargetHealth"),
    }
    kinds = ["A"] + (["AAAA"] if is_true(text(given.get("IpV6"))) else [])
    records: list[Made] = [{"Name": name, "Type": kind, "AliasTarget": alias} for kind in kinds]
    properties: dict[str, Made] = {
        "HostedZoneId": given.get("HostedZoneId"),
        "HostedZoneName": given.get("HostedZoneName"),
        "RecordSets": records,
    }
    zone = source.expansion.text(given.get("HostedZoneId") or given.get("HostedZoneName"))
    source.put(f"RecordSetGroup{_hash(zone)}", "AWS::Route53::RecordSetGroup", properties, at=entry.key)
