"""`AWS::Serverless::Function`: the function itself, its role, its URL. Versions, destinations and events have their own
files."""

from __future__ import annotations

from typing import Final

from wa_iac.parsers.cloudformation.sam.apis.routes import Apis
from wa_iac.parsers.cloudformation.sam.events.target import EventTarget
from wa_iac.parsers.cloudformation.sam.permissions.roles import dead_letter_policy, put_role
from wa_iac.parsers.cloudformation.text.located import Entry

from . import destinations, versions
from .events import kinds as events
from .nodes import Made, build, entries, entry_at, get_att, is_empty
from .sam_resource import SamResource, packaged, uploaded
from .shapes import unknown_name

_AS_THEY_ARE: Final = (
    "Architectures", "CapacityProviderConfig", "CodeSigningConfigArn", "DurableConfig", "Environment",
    "EphemeralStorage", "FileSystemConfigs", "FunctionName", "FunctionScalingConfig", "Handler", "ImageConfig", "KmsKeyArn",
    "Layers", "LoggingConfig", "MemorySize", "PackageType", "PublishToLatestPublished", "RecursiveLoop",
    "ReservedConcurrentExecutions", "Runtime", "RuntimeManagementConfig", "SnapStart", "TenancyConfig", "Timeout", "VpcConfig",
)  # fmt: skip
"""Properties that have the same name and form in SAM and CloudFormation."""
_URL: Final = ("AuthType", "Cors", "InvokeMode")


def expand_function(source: SamResource, apis: Apis) -> None:
    """Adds the resources of a function."""
    role = source.name + "Role"
    made: dict[str, Made] = {name: source.get(name) for name in _AS_THEY_ARE}
    made["Code"] = _code(source)
    made["Description"] = _description(source)
    made["Tags"] = source.tags("lambda:createdBy")
    made["Role"] = source.get("Role") or get_att(role, "Arn")
    if (tracing := _tracing(source)) is not None:
        made["TracingConfig"] = entry_at(tracing, {"Mode": tracing})
    queue = source.get("DeadLetterQueue")
    dead_letters = dead_letter_policy(source, queue) if queue is not None else None
    if queue is not None and dead_letters is not None:
        made["DeadLetterConfig"] = entry_at(queue, {"TargetArn": entries(queue)["TargetArn"]})
    source.put_itself("AWS::Lambda::Function", made)

    target = versions.publish(source)
    _url(source, target)
    needs = destinations.event_invoke_config(source, target)
    needs += events.function_events(source, target, apis)
    if "Role" not in source:
        _role(source, role, dead_letters, needs)


def _description(source: SamResource) -> Made:
    """The description, with the code's digest from the template, since Lambda only publishes a version after a change."""
    digest, own = source.text("AutoPublishCodeSha256"), source.get("Description")
    if "AutoPublishAlias" not in source or not digest:
        return own
    entry = own or source.properties["AutoPublishCodeSha256"]
    return entry_at(entry, f"{source.text('Description')} {digest}".strip())


def _tracing(source: SamResource) -> Entry | None:
    """The property Tracing, unless it is disabled."""
    tracing = source.get("Tracing")
    return None if source.text("Tracing") == "Disabled" else tracing


def _code(source: SamResource) -> Made:
    inline, image = source.get("InlineCode"), source.get("ImageUri")
    if inline is not None:
        return entry_at(inline, {"ZipFile": inline})
    if image is not None:
        return entry_at(image, {"ImageUri": image})
    if source.text("PackageType") == "Image":
        return {"ImageUri": packaged()}
    code = source.code("CodeUri", "S3Bucket", "S3Key", "S3ObjectVersion")
    key = source.get("SourceKMSKeyArn")
    if isinstance(code, Entry) and key is not None:
        return Entry(code.key, build({**entries(code), "SourceKMSKeyArn": key}, code.key))
    return uploaded("S3Bucket", "S3Key") if code is None else code


def _url(source: SamResource, target: EventTarget) -> None:
    url = source.get("FunctionUrlConfig")
    given = entries(url)
    if url is None or is_empty(url):
        return
    for name, entry in given.items():
        if name not in _URL:
            unknown_name(
                source.expansion.scope,
                f'the FunctionUrlConfig of "{source.name}"',
                "property",
                name,
                _URL,
                entry,
                passed_over=True,
            )
    if "AuthType" not in given:
        source.error(f'the FunctionUrlConfig of "{source.name}" needs an AuthType', url.key)
    source.put(
        f"{source.name}Url",
        "AWS::Lambda::Url",
        {"TargetFunctionArn": target.name_or_alias, **{name: given.get(name) for name in _URL}},
        at=url.key,
    )
    if source.expansion.text(given.get("AuthType")) == "NONE":
        public: dict[str, Made] = {"FunctionName": target.name_or_alias, "Principal": "*"}
        source.put(
            f"{source.name}UrlPublicPermissions",
            "AWS::Lambda::Permission",
            {**public, "Action": "lambda:InvokeFunctionUrl", "FunctionUrlAuthType": given["AuthType"]},
            at=url.key,
        )
        source.put(
            f"{source.name}URLInvokeAllowPublicAccess",
            "AWS::Lambda::Permission",
            {**public, "Action": "lambda:InvokeFunction", "InvokedViaFunctionUrl": True},
            at=url.key,
        )


def _role(source: SamResource, role: str, dead_letters: Made, needs: list[Made]) -> None:
    """The role of a function that names none. `needs` are names of AWS managed policies, and policies, for events and
    destinations."""
    names = ["AWSLambdaBasicExecutionRole"]
    if _tracing(source) is not None:
        names.append("AWSXrayWriteOnlyAccess")
    if "VpcConfig" in source:
        names.append("AWSLambdaVPCAccessExecutionRole")
    names += [each for each in needs if isinstance(each, str) and each not in names]
    inlines: list[Made] = [] if dead_letters is None else [dead_letters]
    inlines += [each for each in needs if not isinstance(each, str)]
    put_role(source, role, "lambda.amazonaws.com", names, inlines, source.tags("lambda:createdBy"))
