"""# ECR repository allows image tags to be overwritten

## Why

With mutable tags, anyone who may push images can put another image under a tag that is already deployed. The next container to
start then runs code that nobody released, and a rollback to the tag does not restore the image that ran before.

Give each build its own tag. If one tag has to move, such as `latest`, exclude it with `IMMUTABLE_WITH_EXCLUSION`.

## What it checks

The rule checks repositories. It reports one whose tags are mutable, which is the default, and one whose exclusion filters make all tags
mutable again.

If a task definition, a function, a job of AWS Batch, a service of App Runner or a model of SageMaker runs the tag `latest` of the repository, or a build of CodeBuild pushes it each time, immutable tags would break the next build. The finding then
names that place: the image needs a tag of its own first. For images of previews (`pr_review` in the repository's name) the finding is advice:
each push to a pull request moves a tag. So it is for mirrors of the images of others, by the word in the name: their tags move with
those of the originals, for an image in which only builds of CodeBuild run, and for one that a build pushes as `latest` each time where nothing here
runs it: no deployment here uses its tag. And so it is for caches of builds (`buildcache`, `ephemeral`), which write over their own tags.

## What is left out

A few tags that may move are accepted with `IMMUTABLE_WITH_EXCLUSION`. Mutable tags with a filter that excludes everything are accepted,
because all of them are then immutable.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::ECR::Repository
    Properties:
      ImageTagMutability: MUTABLE  # finding
```

```hcl
resource "aws_ecr_repository" "orders" { # finding
  name = "orders"
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::ECR::Repository
    Properties:
      ImageTagMutability: IMMUTABLE
```

```hcl
resource "aws_ecr_repository" "orders" {
  name                 = "orders"
  image_tag_mutability = "IMMUTABLE"
}
```

## Undecided

The result is undecided if `ImageTagMutability` or `image_tag_mutability` is not known before deployment.

```yaml
Parameters:
  ImageTagMutability:
    Type: String
Resources:
  Orders:
    Type: AWS::ECR::Repository
    Properties:
      ImageTagMutability: !Ref ImageTagMutability  # undecided: parameter "ImageTagMutability" has no default
```

```hcl
variable "image_tag_mutability" {
  type = string
}

resource "aws_ecr_repository" "orders" {
  name                 = "orders"
  image_tag_mutability = var.image_tag_mutability # undecided: var.image_tag_mutability has no default
}
```

## Sources

- [Preventing image tags from being overwritten in Amazon ECR - Amazon ECR](https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-edit.html), read on 2026-11-29
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from wa_iac.aws.ecr import Repository
from wa_iac.core.awscc import and_awscc
from wa_iac.core.binding import member, value_at
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import any_of, holds, negate
from wa_iac.core.partial import pieces_of
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, refuse, rule, settled
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Step, Tree
from wa_iac.knowledge.called import called
from wa_iac.knowledge.purposes import CACHES
from wa_iac.pillars.judgements.wording import listed

if TYPE_CHECKING:
    from wa_iac.aws.codebuild import Project

_IMMUTABLE = Recipe(cfn={"ImageTagMutability": "IMMUTABLE"}, tf={"image_tag_mutability": "IMMUTABLE"})

_OVERWRITTEN: Final = (
    "This repository allows tags to be overwritten: a tag that is deployed can be pushed again with different code."
)
_FIRST: Final = Remedy(
    decision="Give each build a tag of its own, and name that tag or the digest where the image runs. Only then make the tags immutable: "
    "until then, the next push of latest would fail. If latest has to stay, exclude it with IMMUTABLE_WITH_EXCLUSION"
)
_NARROWER: Final = Remedy(
    decision="Let the filters name only the tags that have to move, such as latest. If none has to, take out the filters, and write IMMUTABLE."
)
_WITHOUT_FILTERS: Final = replace(
    Remedy.of_recipe(_IMMUTABLE),
    removes=("ImageTagMutabilityExclusionFilters", "image_tag_mutability_exclusion_filter"),
    decision="Each tag can then be pushed once. The filters name the tags that cannot be pushed again today.",
)
_BY_FILTERS: Final = {"IMMUTABLE_WITH_EXCLUSION": _NARROWER, "MUTABLE_WITH_EXCLUSION": _WITHOUT_FILTERS}
"""The remedies where filters say which tags may move."""
_FILTERS_SINCE: Final = (6, 8)
"""The version of the provider from which on it knows `image_tag_mutability_exclusion_filter` (its changelog)."""
_NEWER: Final = "from version 6.8 of the AWS provider on, to which this configuration has to be upgraded first"
_PREVIEWS: Final = frozenset({"pr", "prs", "preview", "previews", "review", "reviews"})
"""What images of pull requests are called."""
_MIRRORS: Final = frozenset({"mirror", "mirrors", "mirrored"})
"""What copies of the images of others are called. Their tags move with those of the originals."""
_TASKS: Final = frozenset(and_awscc("AWS::ECS::TaskDefinition", "aws_ecs_task_definition"))
_BUILDS: Final = frozenset(and_awscc("AWS::CodeBuild::Project", "aws_codebuild_project"))
_PUSHES: Final = late(r"\bdocker\s+(?:image\s+)?push\b|\bdocker\s+buildx\s+build\b[^\n]*--push\b")
_PUSHES_LATEST: Final = late(r"\bdocker\s+(?:image\s+)?push\b[^\n]*:latest\b")
_FILES: Final = (".yml", ".yaml")
"""How the path of a file with the commands of a build ends."""
_TAG: Final = late(r"tag", re.IGNORECASE)
"""In the name of a variable that holds the tag of an image."""
_IMAGES_OF: Final = {
    **dict.fromkeys(
        and_awscc("AWS::AppRunner::Service", "aws_apprunner_service"),
        ("SourceConfiguration.ImageRepository.ImageIdentifier", "source_configuration.image_repository.image_identifier"),
    ),
    **dict.fromkeys(
        and_awscc("AWS::SageMaker::Model", "aws_sagemaker_model"), ("PrimaryContainer.Image", "primary_container.image")
    ),
}
"""Where other resources name the image that they run, by their types."""
_NO_RUNNER: Final = late(r"(?i)^(?:aws|awscc)(?:_|::)(?:ecr|iam|codebuild|codepipeline|ssm|kms)(?:_|::)")
"""Types of what only keeps, builds or names an image, or allows something."""
_LATEST: Final = late(r":latest\b")
_JOBS: Final = frozenset(and_awscc("AWS::Batch::JobDefinition", "aws_batch_job_definition"))
_FUNCTIONS: Final = frozenset(and_awscc("AWS::Lambda::Function", "aws_lambda_function"))


def _with_exception(filters: str) -> Remedy:
    return replace(
        Remedy.of_recipe(_IMMUTABLE),
        decision="Each tag can then be pushed once. If a tag has to move, such as latest or the tags of a mirror, write IMMUTABLE_WITH_EXCLUSION "
        f"instead, and a filter for that tag ({filters}).",
    )


def _fitting(repository: Repository, graph: Graph) -> Remedy:
    """The remedy with the name of the filters in the language of the repository."""
    if repository.dialect == "cloudformation":
        return _with_exception("ImageTagMutabilityExclusionFilters")
    if repository.as_cloudformation:
        return _with_exception("image_tag_mutability_exclusion_filters")
    return _with_exception(f"image_tag_mutability_exclusion_filter{_since(repository, graph)}")


def _since(repository: Repository, graph: Graph) -> str:
    """From which version of the provider on it knows filters, if that of the configuration does not."""
    if repository.dialect == "cloudformation" or repository.as_cloudformation:
        return ""
    return f", {_NEWER}" if graph.once(_has_old_provider) else ""


def _has_old_provider(graph: Graph) -> bool:
    """Whether the provider of a configuration is certainly older than the filters, by its lock file or its constraint."""
    # Imported here, since most repositories have immutable tags or are in templates.
    from wa_iac.knowledge.provider_versions import is_older

    return is_older(graph, _FILTERS_SINCE)


@rule(
    practices=["SEC06-BP04", "REL08-BP04"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    convention=True,
    equivalents={
        "checkov": ["CKV_AWS_51"],
        "trivy": ["AVD-AWS-0031"],
        "config": ["ECR_PRIVATE_TAG_IMMUTABILITY_ENABLED"],
        "security_hub": ["ECR.2"],
    },
    remedy=replace(
        _with_exception("ImageTagMutabilityExclusionFilters, image_tag_mutability_exclusion_filter"), given=_fitting
    ),
    fix=replace(
        _IMMUTABLE,
        unsafe_because="a pipeline that pushes the same tag again fails",
    ),
)
def check(repository: Repository, graph: Graph) -> Flags:
    everything = any_of(holds(each.pattern, _is_everything) for each in repository.excluded_tags)
    match settled(repository.tag_mutability):
        # Of what is excluded, the opposite holds. A few tags that may move, such as `latest`, are what the exclusion is for.
        case Known("IMMUTABLE_WITH_EXCLUSION"):
            movable = everything
        case Known("MUTABLE" | "MUTABLE_WITH_EXCLUSION") | Absent():
            movable = negate(everything)
        case Known():
            return
    latest = list(_run_latest(repository, graph))
    message = _latest(latest) if latest else _OVERWRITTEN
    if not latest and (latest := list(_push_latest(repository, graph))):
        message = _pushed(latest)
    if latest:
        instead: Remedy | str = replace(_FIRST, decision=f"{_FIRST.decision}{_since(repository, graph)}.")
    else:
        mutability = repository.tag_mutability
        instead = _BY_FILTERS.get(mutability.value, "") if isinstance(mutability, Known) else ""
    unused = bool(latest) and message != _latest(latest) and not _is_run(repository, graph)
    tools = bool(graph.referring(repository, _BUILDS)) and _runs_builds_only(repository, graph)
    for found in refuse(movable, True, message, at=repository.tag_mutability):
        related = [Step(each.place, "the tag latest") for each in latest]
        yield found._replace(
            related=(*found.related, *related),
            instead=instead,
            confidence=Confidence.LOW if _is_called(repository, _PREVIEWS | _MIRRORS | CACHES) or tools or unused else None,
        )


class _Image(NamedTuple):
    """An image with the tag latest: what runs it, and the place."""

    user: str
    place: Span


def _run_latest(repository: Repository, graph: Graph) -> Iterator[_Image]:
    """The containers, functions and services that run the tag `latest` of a repository."""
    for declared in graph.referring(repository, frozenset(_IMAGES_OF)):
        for path in _IMAGES_OF[declared.type]:
            image = value_at(declared.body, path)
            if graph.refers(image, repository) and any(map(_LATEST.search, pieces_of(image))):
                yield _Image(declared.address, image.origin.span)
    for declared in graph.referring(repository, _TASKS | _FUNCTIONS | _JOBS):
        images: list[Tree] = []
        # Most repositories have no such neighbors in their unit, so the services are imported only then.
        if declared.type in _TASKS:
            from wa_iac.aws.ecs import TaskDefinition

            images += [each.image for each in graph.typed(declared, TaskDefinition).containers]
        elif declared.type in _JOBS:
            from wa_iac.aws.batch import JobDefinition

            container = graph.typed(declared, JobDefinition).container
            images += [member(container, each) for each in ("image", "Image")]
        else:
            from wa_iac.aws.lambda_function import Function

            images.append(graph.typed(declared, Function).image)
        for image in images:
            if graph.refers(image, repository) and any(each.endswith(":latest") for each in list(pieces_of(image))[-1:]):
                yield _Image(declared.address, image.origin.span)


def _push_latest(repository: Repository, graph: Graph) -> Iterator[_Image]:
    """The builds that push the tag `latest` to a repository, each time again: by a command in their code, or by a variable for the tag."""
    for declared in graph.referring(repository, _BUILDS):
        # Most repositories have no builds in their unit, so the service is imported only then.
        from wa_iac.aws.codebuild import Project

        project = graph.typed(declared, Project)
        for source in project.source:
            commands = "".join(pieces_of(source.buildspec))
            if _PUSHES_LATEST.search(commands):
                yield _Image(declared.address, source.buildspec.origin.span)
            elif _PUSHES.search(commands):
                yield from _tags_latest(project)
            elif project.privileged == Known(True) and (not commands or commands.endswith(_FILES)):
                # The commands are elsewhere, and privileged mode is for those of Docker.
                yield from _tags_latest(project)


def _tags_latest(project: "Project") -> Iterator[_Image]:
    """The variables of a build for the tag of an image, where that is latest."""
    tags = (each for each in project.variables if isinstance(each.name, Known) and _TAG.search(each.name.value))
    yield from (_Image(project.address, each.value.origin.span) for each in tags if each.value == Known("latest"))


def _runs_builds_only(repository: Repository, graph: Graph) -> bool:
    """Whether builds run in its image, and nothing else here does."""
    from wa_iac.aws.codebuild import Project

    builds = (graph.typed(each, Project) for each in graph.referring(repository, _BUILDS))
    return any(graph.refers(each.image, repository) for each in builds) and not any(
        True for _ in graph.referring(repository, _TASKS | _FUNCTIONS | _JOBS | frozenset(_IMAGES_OF))
    )


def _is_run(repository: Repository, graph: Graph) -> bool:
    """Whether something here may run its image: anything that refers to it, but builds, permissions, and what passes it on."""
    others = graph.types - _BUILDS - {"output", "module"}
    return any(_NO_RUNNER.search(each.type) is None for each in graph.referring(repository, others))


def _pushed(images: list[_Image]) -> str:
    """The message for a repository to which builds push the tag latest."""
    users = list(dict.fromkeys(each.user for each in images))
    pushes = "pushes" if len(users) == 1 else "push"
    return f"{listed(users)} {pushes} the tag latest to this repository with each build: the tag then stands for other code, and nobody can go back by it."


def _latest(images: list[_Image]) -> str:
    """The message for a repository of which something runs the tag latest."""
    users = list(dict.fromkeys(each.user for each in images))
    runs = "runs" if len(users) == 1 else "run"
    return f"{listed(users)} {runs} the tag latest of this repository: after each push it stands for other code, and nobody can go back by it."


def _is_called(repository: Repository, said: frozenset[str]) -> bool:
    """Whether a word of its name is one of these."""
    return any(not said.isdisjoint(words.split()) for words in called(repository, repository.tags))


def _is_everything(pattern: str) -> bool:
    return pattern != "" and pattern.strip("*") == ""
