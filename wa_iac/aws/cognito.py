"""Amazon Cognito: user pools, which hold the users of an application, and identity pools, which give them credentials of AWS."""

from typing import Annotated, Any

from wa_iac.core.binding import Back, Cfn, Default, Tf
from wa_iac.core.resource import Link, Resource
from wa_iac.core.value import Value


class UserPool(Resource, cfn="AWS::Cognito::UserPool", tf="aws_cognito_user_pool"):
    """A user pool."""

    name: Annotated[Value[str], Cfn("UserPoolName"), Tf("name")]
    mfa: Annotated[Value[str], Cfn("MfaConfiguration"), Tf("mfa_configuration"), Default("OFF")]
    # New pools have the plan Essentials since November 2024. Threat protection needs the plan Plus, or was on before that date.
    plan: Annotated[Value[str], Cfn("UserPoolTier"), Tf("user_pool_tier"), Default("ESSENTIALS")]
    threat_protection: Annotated[
        Value[str],
        Cfn("UserPoolAddOns.AdvancedSecurityMode"),
        Tf("user_pool_add_ons.advanced_security_mode"),
        Default("OFF"),
    ]
    minimum_length: Annotated[
        Value[int], Cfn("Policies.PasswordPolicy.MinimumLength"), Tf("password_policy.minimum_length"), Default(8)
    ]
    clients: Annotated[Link["UserPoolClient"], Back("pool")]


class UserPoolClient(Resource, cfn="AWS::Cognito::UserPoolClient", tf="aws_cognito_user_pool_client"):
    """An application whose users sign in through a user pool."""

    pool: Annotated[Link[UserPool], Cfn("UserPoolId"), Tf("user_pool_id")]
    # `COGNITO` stands for the users of the pool itself.
    providers: Annotated[Value[list[Value[str]]], Cfn("SupportedIdentityProviders"), Tf("supported_identity_providers")]


class IdentityPool(Resource, cfn="AWS::Cognito::IdentityPool", tf="aws_cognito_identity_pool"):
    """An identity pool."""

    name: Annotated[Value[str], Cfn("IdentityPoolName"), Tf("identity_pool_name")]
    guests: Annotated[
        Value[bool], Cfn("AllowUnauthenticatedIdentities"), Tf("allow_unauthenticated_identities"), Default(False)
    ]
    attachments: Annotated[Link["RoleAttachment"], Back("pool")]


class RoleAttachment(Resource, cfn="AWS::Cognito::IdentityPoolRoleAttachment", tf="aws_cognito_identity_pool_roles_attachment"):
    """The roles of an identity pool."""

    pool: Annotated[Link[IdentityPool], Cfn("IdentityPoolId"), Tf("identity_pool_id")]
    # By the kind of identity: `authenticated`, `unauthenticated`.
    roles: Annotated[Value[Any], Cfn("Roles"), Tf("roles")]
