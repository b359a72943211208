"""Certificates: of AWS Certificate Manager, and those that are kept in IAM."""

from typing import Annotated

from wa_iac.core.binding import Back, Cfn, Default, Tf
from wa_iac.core.coerce import Tags
from wa_iac.core.resource import Link, Resource
from wa_iac.core.value import Value


class Certificate(Resource, cfn="AWS::CertificateManager::Certificate", tf="aws_acm_certificate"):
    """A certificate of ACM: requested from AWS, from a private authority, or imported."""

    domain: Annotated[Value[str], Cfn("DomainName"), Tf("domain_name")]
    other_names: Annotated[Value[list[Value[str]]], Cfn("SubjectAlternativeNames"), Tf("subject_alternative_names")]
    # In a template, the default is EMAIL. Terraform requires the argument for certificates that AWS issues.
    validation: Annotated[Value[str], Cfn("ValidationMethod", default="EMAIL"), Tf("validation_method")]
    body: Annotated[Value[str], Tf("certificate_body")]
    transparency_logging: Annotated[
        Value[str],
        Cfn("CertificateTransparencyLoggingPreference"),
        Tf("options.certificate_transparency_logging_preference"),
        Default("ENABLED"),
    ]
    authority: Annotated[Value[str], Cfn("CertificateAuthorityArn"), Tf("certificate_authority_arn")]
    create_before_destroy: Annotated[Value[bool], Tf("@lifecycle.create_before_destroy", default=False)]
    validations: Annotated[Link["CertificateValidation"], Back("certificate")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]


class CertificateValidation(Resource, tf="aws_acm_certificate_validation"):
    """Waits in Terraform until a certificate is validated. Others may use the certificate by this."""

    certificate: Annotated[Link[Certificate], Tf("certificate_arn")]


class ServerCertificate(Resource, cfn="AWS::IAM::ServerCertificate", tf="aws_iam_server_certificate"):
    """A certificate that is uploaded to IAM."""

    name: Annotated[Value[str], Cfn("ServerCertificateName"), Tf("name")]
