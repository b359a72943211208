"""Amazon ECR."""

from collections.abc import Sequence
from typing import Annotated, Final

from wa_iac.core.algebra import lift
from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.coerce import EmbeddedDocument, Tags
from wa_iac.core.iam_policy import matches
from wa_iac.core.logic import all_of, any_of
from wa_iac.core.reasons import Said
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Absent, Known, Unknown, Value

from .kms import Key


class LifecyclePolicy(Block):
    """The policy for deleting images."""

    text: Annotated[Value[EmbeddedDocument], Cfn("LifecyclePolicyText"), Tf("policy")]


class Repository(Resource, cfn="AWS::ECR::Repository", tf="aws_ecr_repository", cfn_key="RepositoryName", tf_key="name"):
    """A private repository, with Terraform's separate policies folded in."""

    name: Annotated[Value[str], Cfn("RepositoryName"), Tf("name")]
    tag_mutability: Annotated[Value[str], Cfn("ImageTagMutability"), Tf("image_tag_mutability"), Default("MUTABLE")]
    # Tags that are exceptions with MUTABLE_WITH_EXCLUSION and IMMUTABLE_WITH_EXCLUSION.
    excluded_tags: Annotated[
        list["TagFilter"], Cfn("ImageTagMutabilityExclusionFilters[]"), Tf("image_tag_mutability_exclusion_filter[]")
    ]
    scan_on_push: Annotated[
        Value[bool],
        Cfn("ImageScanningConfiguration.ScanOnPush"),
        Tf("image_scanning_configuration.scan_on_push"),
        Default(False),
    ]
    lifecycle_policies: Annotated[
        list[LifecyclePolicy], Cfn("LifecyclePolicy"), Tf("", of="aws_ecr_lifecycle_policy", by="repository")
    ]
    policy: Annotated[
        Value[EmbeddedDocument], Cfn("RepositoryPolicyText"), Tf("policy", of="aws_ecr_repository_policy", by="repository")
    ]
    encryption: Annotated[
        Value[str],
        Cfn("EncryptionConfiguration.EncryptionType"),
        Tf("encryption_configuration[0].encryption_type"),
        Default("AES256"),
    ]
    key: Annotated[Link[Key], Cfn("EncryptionConfiguration.KmsKey"), Tf("encryption_configuration[0].kms_key")]
    emptied: Annotated[Value[bool], Cfn("EmptyOnDelete"), Tf("force_delete"), Default(False)]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]


class RepositoryPolicy(Resource, tf="aws_ecr_repository_policy"):
    """A repository's policy as a separate resource in Terraform."""

    repository: Annotated[Link[Repository], Tf("repository")]
    document: Annotated[Value[EmbeddedDocument], Tf("policy")]


class TagFilter(Block):
    """A pattern of tags."""

    pattern: Annotated[Value[str], Cfn("ImageTagMutabilityExclusionFilterValue"), Tf("filter")]


class RepositoryFilter(Block):
    """A pattern of repositories' names."""

    pattern: Annotated[Value[str], Cfn("Filter"), Tf("filter")]


class ScanningRule(Block):
    """The scan frequency of the repositories that match a filter."""

    frequency: Annotated[Value[str], Cfn("ScanFrequency"), Tf("scan_frequency")]
    filters: Annotated[list[RepositoryFilter], Cfn("RepositoryFilters[]"), Tf("repository_filter[]")]


class RegistryScanning(Resource, cfn="AWS::ECR::RegistryScanningConfiguration", tf="aws_ecr_registry_scanning_configuration"):
    """The scan settings of the whole registry of an account and Region, which override each repository's own flag."""

    kind: Annotated[Value[str], Cfn("ScanType"), Tf("scan_type"), Default("BASIC")]
    rules: Annotated[list[ScanningRule], Cfn("Rules[]"), Tf("rule[]")]

    def scans(self, repository: Repository) -> Value[bool]:
        """Whether it scans images pushed to a repository. A rule's frequency is on push or continuous, unless it is MANUAL."""
        if not self.rules and self.kind == Known("ENHANCED"):
            # The console then scans everything. The behavior of the API with an empty list of rules is not documented.
            return Unknown(
                Said("enhanced scanning without rules may cover every repository or none"),
                ("scan", self.address),
                self.kind.origin,
            )
        return any_of(
            all_of((_not_manual(rule), _matches(each.pattern, repository.name))) for rule in self.rules for each in rule.filters
        )


def _not_manual(rule: ScanningRule) -> Value[bool]:
    return rule.frequency if isinstance(rule.frequency, Unknown) else Known(rule.frequency != Known("MANUAL"))


def _matches(pattern: Value[str], name: Value[str]) -> Value[bool]:
    """Whether a filter matches a name: anywhere in it if the filter has no wildcard, else as a whole ("Filters to choose which
    repositories are scanned", Amazon ECR User Guide)."""
    match pattern, name:
        case Unknown() as why, _:
            return why
        case Known(text), _ if text.strip("*") == "" and text:
            return Known(True, pattern.origin)
        case Known(text), Unknown(alternatives=alternatives) if alternatives:
            return lift(("filter", text), lambda each: _matches(pattern, each), name, origin=name.origin)
        case Known(text), Unknown(parts=parts) if parts:
            return _matches_in_part(text, name, parts)
        case _, Unknown() as why:
            return why
        case Known(text), Known(whole):
            return Known(matches(text, whole) if "*" in text else text in whole, pattern.origin)
        case Known(), Absent():
            return Unknown(
                Said("the generated name of a repository is not known before deployment"), ("name", name), name.origin
            )
        case _:
            return Known(False, pattern.origin)


_ANY: Final = "\ue000"
"""Represents an unknown piece of a name: a character that no filter contains, so that only a `*` matches it."""


def _matches_in_part(text: str, name: Unknown, parts: Sequence[str | Unknown]) -> Value[bool]:
    """Whether a filter matches a partly known name, if the known pieces decide that."""
    whole = "".join(part if isinstance(part, str) else _ANY for part in parts)
    if matches(text, whole) if "*" in text else text in whole:
        return Known(True, name.origin)
    known_start, known_end = whole.partition(_ANY)[0], whole.rpartition(_ANY)[2]
    start, star, _ = text.partition("*")
    end = text.rpartition("*")[2]
    differs = not (start.startswith(known_start) or known_start.startswith(start)) or not (
        end.endswith(known_end) or known_end.endswith(end)
    )
    return Known(False, name.origin) if star and differs else name
