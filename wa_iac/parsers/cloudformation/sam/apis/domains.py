"""The property `Domain` of an API: its domain name, the mappings from its paths to the API, and the DNS records of the
domain."""

from __future__ import annotations

from typing import Final

from wa_iac.core.late_pattern import late
from wa_iac.parsers.cloudformation.sam.nodes import Made, build, entries, entry_at, get_att, is_true, listed, pairs, ref, text
from wa_iac.parsers.cloudformation.sam.sam_resource import SamResource
from wa_iac.parsers.cloudformation.text.located import Entry, Node

from .http_document import tags_of

_NOT_ALPHANUMERIC: Final = late(r"[^A-Za-z0-9]")


def rest_domain(source: SamResource, stage: str) -> None:
    """Adds the domain of a REST API."""
    entry = source.get("Domain")
    given = _checked(source, entry)
    if entry is None or given is None:
        return
    kind = source.expansion.text(given.get("EndpointConfiguration")) or "REGIONAL"
    certificate = "CertificateArn" if kind == "EDGE" else "RegionalCertificateArn"
    name = source.put(
        f"{source.name}DomainName",
        "AWS::ApiGateway::DomainName",
        {
            "DomainName": given.get("DomainName"),
            certificate: given.get("CertificateArn"),
            "EndpointConfiguration": {"Types": [given.get("EndpointConfiguration") or kind]},
            "MutualTlsAuthentication": given.get("MutualTlsAuthentication"),
            "OwnershipVerificationCertificateArn": given.get("OwnershipVerificationCertificateArn"),
            "SecurityPolicy": given.get("SecurityPolicy"),
            "Tags": pairs(source.get("Tags")),
        },
        at=entry.key,
    )
    source.expansion.renamed |= {f"{source.name}.{each}": name for each in ("DomainName", "DomainNameV2")}
    common: dict[str, Made] = {"DomainName": ref(name), "RestApiId": ref(source.name), "Stage": ref(stage)}
    for path in _paths(given):
        written = text(path).strip("/")
        made = {**common, "BasePath": build(written, path.span) if path is not None and written else path}
        suffix = _NOT_ALPHANUMERIC.sub("", written)
        source.put(f"{source.name}{suffix}BasePathMapping", "AWS::ApiGateway::BasePathMapping", made, at=entry.key)
    edge = kind == "EDGE"
    zone: Made = "Z2FDTNDATAQYW2" if edge else get_att(name, "RegionalHostedZoneId")
    _records(source, entry, given, zone, get_att(name, "DistributionDomainName" if edge else "RegionalDomainName"))


def http_domain(source: SamResource, stage: str) -> None:
    """Adds the domain of an HTTP API."""
    entry = source.get("Domain")
    given = _checked(source, entry)
    if entry is None or given is None:
        return
    configuration: dict[str, Made] = {
        "CertificateArn": given.get("CertificateArn"),
        "EndpointType": given.get("EndpointConfiguration") or "REGIONAL",
        "OwnershipVerificationCertificateArn": given.get("OwnershipVerificationCertificateArn"),
        "SecurityPolicy": given.get("SecurityPolicy"),
    }
    name = source.put(
        f"{source.name}DomainName",
        "AWS::ApiGatewayV2::DomainName",
        {
            "DomainName": given.get("DomainName"),
            "DomainNameConfigurations": [configuration],
            "MutualTlsAuthentication": given.get("MutualTlsAuthentication"),
            "Tags": tags_of(source),
        },
        at=entry.key,
    )
    source.expansion.renamed[f"{source.name}.DomainName"] = name
    common: dict[str, Made] = {"ApiId": ref(source.name), "DomainName": ref(name), "Stage": ref(stage)}
    for path in _paths(given):
        suffix = _NOT_ALPHANUMERIC.sub("", text(path))
        made: dict[str, Made] = {
            **common,
            "ApiMappingKey": build(text(path).strip("/"), path.span) if path is not None else None,
        }
        source.put(f"{source.name}{suffix}ApiMapping", "AWS::ApiGatewayV2::ApiMapping", made, at=entry.key)
    _records(source, entry, given, get_att(name, "RegionalHostedZoneId"), get_att(name, "RegionalDomainName"))


def _paths(given: dict[str, Entry]) -> list[Node | None]:
    """The paths below the domain that lead to the API; the domain itself if none is written."""
    return [*listed(given.get("BasePath"))] or [None]


def _checked(source: SamResource, entry: Entry | None) -> dict[str, Entry] | None:
    """The members of a Domain; None, and an error, if some are missing."""
    given = entries(entry)
    if entry is None:
        return None
    missing = [name for name in ("DomainName", "CertificateArn") if name not in given]
    if missing:
        source.error(f'the Domain of "{source.name}" needs {" and ".join(missing)}', entry.key)
        return None
    return given


def _records(source: SamResource, entry: Entry, given: dict[str, Entry], zone: Made, target: Made) -> None:
    """The records in Route 53 for the domain: one, and another for IPv6."""
    route = given.get("Route53")
    if route is None:
        return
    own = entries(route)
    alias: dict[str, Made] = {
        "HostedZoneId": zone,
        "DNSName": own.get("DistributionDomainName") or target,
        "EvaluateTargetHealth": own.get("EvaluateTargetHealth"),
    }
    kinds = ["A", "AAAA"] if is_true(text(own.get("IpV6"))) else ["A"]
    placed = {name: own.get(name) for name in ("SetIdentifier", "Region")}
    records: list[Made] = [{"Name": given["DomainName"].value, "Type": kind, "AliasTarget": alias, **placed} for kind in kinds]
    properties: dict[str, Made] = {
        "HostedZoneId": own.get("HostedZoneId"),
        "HostedZoneName": own.get("HostedZoneName"),
        "RecordSets": entry_at(route, records),
    }
    source.put(f"{source.name}RecordSetGroup", "AWS::Route53::RecordSetGroup", properties, at=route.key)
