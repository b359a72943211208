"""AWS Identity and Access Management."""

from typing import Annotated

from wa_iac.core.binding import Back, Cfn, Default, Tf
from wa_iac.core.coerce import EmbeddedDocument, Tags
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Value


class InlinePolicy(Block):
    """A policy written inside a role, user or group."""

    name: Annotated[Value[str], Cfn("PolicyName"), Tf("name")]
    document: Annotated[Value[EmbeddedDocument], Cfn("PolicyDocument"), Tf("policy")]


class Role(Resource, cfn="AWS::IAM::Role", tf="aws_iam_role", cfn_key="RoleName", tf_key="name"):
    """A role. `inline` and `managed_arns` have the policies written inside it; the links have all policies, wherever they are
    written."""

    name: Annotated[Value[str], Cfn("RoleName"), Tf("name")]
    path: Annotated[Value[str], Cfn("Path"), Tf("path"), Default("/")]
    trust: Annotated[Value[EmbeddedDocument], Cfn("AssumeRolePolicyDocument"), Tf("assume_role_policy")]
    inline: Annotated[list[InlinePolicy], Cfn("Policies[]"), Tf("inline_policy[]")]
    managed_arns: Annotated[Value[list[Value[str]]], Cfn("ManagedPolicyArns"), Tf("managed_policy_arns")]
    managed: Annotated[
        Link["ManagedPolicy"],
        Cfn("ManagedPolicyArns[]"),
        Tf("managed_policy_arns[]"),
        Tf("policy_arn", of="aws_iam_role_policy_attachment", by="role", many=True),
        Tf("policy_arns[]", of="aws_iam_role_policy_attachments_exclusive", by="role_name"),
    ]
    attached: Annotated[Link["Policy | ManagedPolicy | Attachment"], Back("roles")]
    boundary: Annotated[Link["ManagedPolicy"], Cfn("PermissionsBoundary"), Tf("permissions_boundary")]
    max_session: Annotated[Value[int], Cfn("MaxSessionDuration"), Tf("max_session_duration"), Default(3600)]
    profiles: Annotated[Link["InstanceProfile"], Back("roles")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]


class LoginProfile(Block):
    """A user's password for the console."""

    reset: Annotated[Value[bool], Cfn("PasswordResetRequired"), Tf("password_reset_required"), Default(False)]


class User(Resource, cfn="AWS::IAM::User", tf="aws_iam_user", cfn_key="UserName", tf_key="name"):
    """A user with its own credentials."""

    name: Annotated[Value[str], Cfn("UserName"), Tf("name")]
    path: Annotated[Value[str], Cfn("Path"), Tf("path"), Default("/")]
    inline: Annotated[list[InlinePolicy], Cfn("Policies[]")]
    managed_arns: Annotated[Value[list[Value[str]]], Cfn("ManagedPolicyArns")]
    managed: Annotated[
        Link["ManagedPolicy"],
        Cfn("ManagedPolicyArns[]"),
        Tf("policy_arn", of="aws_iam_user_policy_attachment", by="user", many=True),
    ]
    attached: Annotated[Link["Policy | ManagedPolicy | Attachment"], Back("users")]
    boundary: Annotated[Link["ManagedPolicy"], Cfn("PermissionsBoundary"), Tf("permissions_boundary")]
    groups: Annotated[Link["Group"], Cfn("Groups[]"), Tf("groups[]", of="aws_iam_user_group_membership", by="user", many=True)]
    memberships: Annotated[Link["Membership"], Back("users")]
    login: Annotated[list[LoginProfile], Cfn("LoginProfile"), Tf("", of="aws_iam_user_login_profile", by="user")]
    keys: Annotated[Link["AccessKey"], Back("user")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]


class MfaDevice(Resource, cfn="AWS::IAM::VirtualMFADevice"):
    """A virtual device for a second factor. Terraform's is not assigned to anyone."""

    users: Annotated[Link[User], Cfn("Users[]")]


class Group(Resource, cfn="AWS::IAM::Group", tf="aws_iam_group", cfn_key="GroupName", tf_key="name"):
    """A group of users."""

    name: Annotated[Value[str], Cfn("GroupName"), Tf("name")]
    inline: Annotated[list[InlinePolicy], Cfn("Policies[]")]
    managed_arns: Annotated[Value[list[Value[str]]], Cfn("ManagedPolicyArns")]
    managed: Annotated[
        Link["ManagedPolicy"],
        Cfn("ManagedPolicyArns[]"),
        Tf("policy_arn", of="aws_iam_group_policy_attachment", by="group", many=True),
    ]
    attached: Annotated[Link["Policy | ManagedPolicy | Attachment"], Back("groups")]
    memberships: Annotated[Link["Membership"], Back("groups")]


class Policy(
    Resource,
    cfn=("AWS::IAM::Policy", "AWS::IAM::RolePolicy", "AWS::IAM::UserPolicy", "AWS::IAM::GroupPolicy"),
    tf=("aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_group_policy", "aws_ssoadmin_permission_set_inline_policy"),
):
    """An inline policy in a resource of its own, beside its role, user, group or permission set."""

    document: Annotated[Value[EmbeddedDocument], Cfn("PolicyDocument"), Tf("policy"), Tf("inline_policy")]
    roles: Annotated[Link[Role], Cfn("Roles[]"), Cfn("RoleName"), Tf("role")]
    users: Annotated[Link[User], Cfn("Users[]"), Cfn("UserName"), Tf("user")]
    groups: Annotated[Link[Group], Cfn("Groups[]"), Cfn("GroupName"), Tf("group")]


class ManagedPolicy(Resource, cfn="AWS::IAM::ManagedPolicy", tf="aws_iam_policy", cfn_key="ManagedPolicyName", tf_key="name"):
    """A policy with its own ARN."""

    name: Annotated[Value[str], Cfn("ManagedPolicyName"), Tf("name")]
    document: Annotated[Value[EmbeddedDocument], Cfn("PolicyDocument"), Tf("policy")]
    roles: Annotated[Link[Role], Cfn("Roles[]")]
    users: Annotated[Link[User], Cfn("Users[]")]
    groups: Annotated[Link[Group], Cfn("Groups[]")]
    attachments: Annotated[Link["Attachment"], Back("policy")]
    holders: Annotated[Link["Role | User | Group"], Back("managed")]
    """The identities in whose own arguments it is named."""
    limits: Annotated[Link["Role | User"], Back("boundary")]
    """The identities whose permissions boundary it is."""
    tags: Annotated[Value[Tags], Tf("tags_all"), Tf("tags")]


class Attachment(
    Resource,
    tf=(
        "aws_iam_role_policy_attachment",
        "aws_iam_user_policy_attachment",
        "aws_iam_group_policy_attachment",
        "aws_iam_policy_attachment",
        "aws_ssoadmin_managed_policy_attachment",
    ),
):
    """Attaches a managed policy to a role, user, group or permission set."""

    policy: Annotated[Link[ManagedPolicy], Tf("policy_arn"), Tf("managed_policy_arn")]
    roles: Annotated[Link[Role], Tf("role"), Tf("roles[]")]
    users: Annotated[Link[User], Tf("user"), Tf("users[]")]
    groups: Annotated[Link[Group], Tf("group"), Tf("groups[]")]


class Membership(
    Resource, cfn="AWS::IAM::UserToGroupAddition", tf=("aws_iam_user_group_membership", "aws_iam_group_membership")
):
    """Adds users to groups."""

    users: Annotated[Link[User], Cfn("Users[]"), Tf("user"), Tf("users[]")]
    groups: Annotated[Link[Group], Cfn("GroupName"), Tf("group"), Tf("groups[]")]


class AccessKey(Resource, cfn="AWS::IAM::AccessKey", tf="aws_iam_access_key"):
    """A user's access key, which does not expire."""

    user: Annotated[Link[User], Cfn("UserName"), Tf("user")]
    user_name: Annotated[Value[str], Cfn("UserName"), Tf("user")]
    status: Annotated[Value[str], Cfn("Status"), Tf("status"), Default("Active")]


class InstanceProfile(
    Resource, cfn="AWS::IAM::InstanceProfile", tf="aws_iam_instance_profile", cfn_key="InstanceProfileName", tf_key="name"
):
    """Gives a role to an instance."""

    name: Annotated[Value[str], Cfn("InstanceProfileName"), Tf("name")]
    roles: Annotated[Link[Role], Cfn("Roles[]"), Tf("role")]


class PasswordPolicy(Resource, tf="aws_iam_account_password_policy"):
    """What passwords of IAM users must be like. CloudFormation has no such resource."""

    minimum_length: Annotated[Value[int], Tf("minimum_password_length", default=6)]
    lowercase: Annotated[Value[bool], Tf("require_lowercase_characters", default=False)]
    uppercase: Annotated[Value[bool], Tf("require_uppercase_characters", default=False)]
    numbers: Annotated[Value[bool], Tf("require_numbers", default=False)]
    symbols: Annotated[Value[bool], Tf("require_symbols", default=False)]
    remembered: Annotated[Value[int], Tf("password_reuse_prevention", default=0)]


class OidcProvider(
    Resource,
    cfn="AWS::IAM::OIDCProvider",
    tf=("aws_iam_openid_connect_provider", "data.aws_iam_openid_connect_provider"),
):
    """An identity provider that speaks OpenID Connect: one that is registered here, or one that Terraform looks up."""

    url: Annotated[Value[str], Cfn("Url"), Tf("url")]
