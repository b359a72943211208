"""Names of container images: their tag, and the registry that they come from. Pieces of a name are often known after the deployment only."""

from typing import Final

from wa_iac.core.value import Absent, Known, Unknown, Value

_REPOSITORIES: Final = frozenset({"repository_url", "RepositoryUri"})
"""The attributes of a repository of Amazon ECR that are the name of its images, without a tag."""


def tag_of(image: Value[str]) -> Value[str]:
    """The tag of an image: `latest` where none is written. Absent if a digest names the image, or nothing does."""
    pieces = _pieces(image)
    if not pieces or pieces == ("",) or any("@" in each for each in pieces if isinstance(each, str)):
        return Absent(image.origin)
    last = pieces[-1]
    if isinstance(last, Unknown):
        return Known("latest", image.origin) if _is_a_repository(last) else last
    _, slash, name = last.rpartition("/")
    _, colon, tag = name.rpartition(":")
    if colon:
        return Known(tag, image.origin)
    return Known("latest", image.origin) if slash or len(pieces) == 1 else _unknown(pieces)


def is_of_docker_hub(image: Value[str]) -> Value[bool]:
    """Whether the first part of a name is no host, or docker.io ("docker image tag", Docker's reference)."""
    pieces = _pieces(image)
    texts = [each for each in pieces if isinstance(each, str)]
    if not pieces or pieces == ("",) or any(".amazonaws.com" in each or ".dkr.ecr." in each for each in texts):
        return Known(False, image.origin)
    first = pieces[0]
    if isinstance(first, Unknown):
        return Known(False, image.origin) if _is_a_repository(first) else first
    host, slash, _ = first.partition("/")
    if not slash and any("/" in each for each in texts):
        return _unknown(pieces)
    return Known(
        not slash or host.endswith("docker.io") or not ("." in host or ":" in host or host == "localhost"), image.origin
    )


def _pieces(image: Value[str]) -> tuple[str | Unknown, ...]:
    match image:
        case Known(text):
            return (text,)
        case Unknown(parts=parts):
            return parts or (image,)
        case _:
            return ()


def _is_a_repository(value: Unknown) -> bool:
    """Whether a value is the name of a repository that is created here."""
    return not value.alternatives and any(each.attribute in _REPOSITORIES for each in value.origin.references)


def _unknown(pieces: tuple[str | Unknown, ...]) -> Unknown:
    """The first piece that is not known: a name of several pieces has one."""
    return next(each for each in pieces if isinstance(each, Unknown))
