"""Values that older versions of Terraform's AWS provider refuse: the provider has to be upgraded before a remedy with them."""

from wa_iac.core.graph import Graph
from wa_iac.core.resource import Resource
from wa_iac.knowledge.provider_versions import newest_major


def upgrade_first(resource: Resource, graph: Graph, since: int, value: str) -> str:
    """A sentence on the provider of a configuration that allows no version from `since` on, which takes a value here; empty for others."""
    if graph.dialect != "terraform" or resource.as_cloudformation:
        return ""
    newest = graph.once(newest_major)
    if newest >= since:
        return ""
    return f"The AWS provider takes {value} here from version {since} on, and this configuration allows none after version {newest}: upgrade it first."
