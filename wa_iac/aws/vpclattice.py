"""Amazon VPC Lattice."""

from typing import Annotated

from wa_iac.core.binding import Back, Cfn, Default, Tf
from wa_iac.core.coerce import Tags
from wa_iac.core.resource import Link, Resource
from wa_iac.core.value import Value


class ServiceNetwork(
    Resource, cfn="AWS::VpcLattice::ServiceNetwork", tf="aws_vpclattice_service_network", cfn_key="Name", tf_key="name"
):
    """The services that some VPCs can call."""

    auth: Annotated[Value[str], Cfn("AuthType"), Tf("auth_type"), Default("NONE")]
    associations: Annotated[Link["Association"], Back("network")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]


class Service(Resource, cfn="AWS::VpcLattice::Service", tf="aws_vpclattice_service", cfn_key="Name", tf_key="name"):
    """A service, which targets in one or more VPCs provide."""

    auth: Annotated[Value[str], Cfn("AuthType"), Tf("auth_type"), Default("NONE")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]


class Association(
    Resource, cfn="AWS::VpcLattice::ServiceNetworkServiceAssociation", tf="aws_vpclattice_service_network_service_association"
):
    """Puts a service into a network."""

    service: Annotated[Link[Service], Cfn("ServiceIdentifier"), Tf("service_identifier")]
    network: Annotated[Link[ServiceNetwork], Cfn("ServiceNetworkIdentifier"), Tf("service_network_identifier")]
