"""Amazon SES."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class EmailIdentity(
    Resource,
    cfn="AWS::SES::EmailIdentity",
    tf=("aws_sesv2_email_identity", "aws_ses_domain_identity", "aws_ses_email_identity"),
):
    """A domain or an email address from which email is sent."""

    identity: Annotated[Value[str], Cfn("EmailIdentity"), Tf("email_identity"), Tf("domain"), Tf("email")]


class ConfigurationSet(
    Resource, cfn="AWS::SES::ConfigurationSet", tf=("aws_sesv2_configuration_set", "aws_ses_configuration_set")
):
    """Settings for sending email."""

    name: Annotated[Value[str], Cfn("Name"), Tf("configuration_set_name"), Tf("name")]
    # The older Terraform resource has `Require` and `Optional`.
    tls_policy: Annotated[
        Value[str],
        Cfn("DeliveryOptions.TlsPolicy"),
        Tf("delivery_options.tls_policy", read={"Require": "REQUIRE", "Optional": "OPTIONAL"}),
        Default("OPTIONAL"),
    ]
