"""Where images of containers come from."""


def is_of_docker_hub(image: str) -> bool:
    """Whether the first part of a name is no host, or docker.io ("docker image tag", Docker's reference)."""
    host, found, _ = image.partition("/")
    return not found or host.endswith("docker.io") or not ("." in host or ":" in host or host == "localhost")
