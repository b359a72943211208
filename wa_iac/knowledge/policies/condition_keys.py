"""Condition keys that say who makes a request, or from where. All other keys describe the request itself, which its caller chooses:
anyone can use TLS, write a referer, or set an ACL.

The model is the list of values that make a bucket policy non-public in "The meaning of public" (Blocking public access, Amazon S3
User Guide), and the same section of the Amazon EFS User Guide. Availability comes from "AWS global condition context keys" (IAM
User Guide).
"""

from __future__ import annotations

from enum import Enum
from typing import Final, NamedTuple


class Shape(Enum):
    """How to tell whether a pattern is limited to values that a stranger cannot have."""

    ARN = "an ARN: the account in it is fixed; for ARNs without an account, the name"
    IDENTIFIER = "an identifier: it is fixed up to the first `/` or `:`"
    TEXT = "a text: any fixed part limits it"
    SUBJECT = "a kind and a name, as in `repo:owner/name:...`: the name is fixed up to the next `/` or `:`"
    NETWORK = "a range of IP addresses"
    SERVICE = "true or false, and false for every request that a caller makes directly"
    CHOICE = "true or false, as the caller likes"
    TIME = "when the request is made: now or later"


class CallerKey(NamedTuple):
    """A key about the caller, or with few values. `stranger` is a value that a stranger may have. `always` says that every request has the key;
    `signed` that every request has it but those without a signature."""

    shape: Shape
    stranger: str
    always: bool = False
    signed: bool = False


STRANGER: Final = "\ue0ff"
"""Stands for a name that a stranger has. No policy contains it."""
ACCOUNT: Final = STRANGER * 12
"""The account of a stranger."""


_ID: Final = CallerKey(Shape.IDENTIFIER, ACCOUNT)
_ARN: Final = CallerKey(Shape.ARN, f"arn:aws:iam::{ACCOUNT}:role/{STRANGER}")
_TEXT: Final = CallerKey(Shape.TEXT, STRANGER)
_NETWORK: Final = CallerKey(Shape.NETWORK, "")
_ORGANIZATION: Final = CallerKey(Shape.IDENTIFIER, f"o-{STRANGER}")
_PATHS: Final = CallerKey(Shape.IDENTIFIER, f"o-{STRANGER}/r-{STRANGER}/ou-{STRANGER}/")
_SERVICE: Final = CallerKey(Shape.SERVICE, "false")

_TIME: Final = CallerKey(Shape.TIME, "", always=True)

_KEYS: Final = {
    "aws:principalarn": CallerKey(Shape.ARN, _ARN.stranger, signed=True),
    "aws:principalaccount": CallerKey(Shape.IDENTIFIER, ACCOUNT, always=True),
    "aws:principalorgid": _ORGANIZATION,
    "aws:principalorgpaths": _PATHS,
    "aws:principalorgmasteraccountid": _ID,
    "aws:userid": CallerKey(Shape.IDENTIFIER, f"AROA{STRANGER}:{STRANGER}", signed=True),
    "aws:principalservicename": _TEXT,
    "aws:principalservicenameslist": _TEXT,
    "aws:principalisawsservice": CallerKey(Shape.SERVICE, "false", always=True),
    "aws:viaawsservice": CallerKey(Shape.SERVICE, "false", always=True),
    "aws:federatedprovider": _ARN,
    "aws:currenttime": _TIME,
    "aws:epochtime": _TIME,
    "aws:sourceip": _NETWORK,
    "aws:sourcevpc": CallerKey(Shape.IDENTIFIER, f"vpc-{STRANGER}"),
    "aws:sourcevpce": CallerKey(Shape.IDENTIFIER, f"vpce-{STRANGER}"),
    "aws:sourcevpcarn": CallerKey(Shape.ARN, f"arn:aws:ec2:{STRANGER}:{ACCOUNT}:vpc/vpc-{STRANGER}"),
    "aws:vpceaccount": _ID,
    "aws:vpceorgid": _ORGANIZATION,
    "aws:vpceorgpaths": _PATHS,
    "aws:ec2instancesourcevpc": CallerKey(Shape.IDENTIFIER, f"vpc-{STRANGER}"),
    "aws:sourcearn": CallerKey(Shape.ARN, f"arn:aws:sns:{STRANGER}:{ACCOUNT}:{STRANGER}"),
    "aws:sourceaccount": _ID,
    "aws:sourceowner": _ID,
    "aws:sourceorgid": _ORGANIZATION,
    "aws:sourceorgpaths": _PATHS,
    "ec2:sourceinstancearn": CallerKey(Shape.ARN, f"arn:aws:ec2:{STRANGER}:{ACCOUNT}:instance/{STRANGER}"),
    "lambda:sourcefunctionarn": CallerKey(Shape.ARN, f"arn:aws:lambda:{STRANGER}:{ACCOUNT}:function:{STRANGER}"),
    "lambda:eventsourcetoken": _TEXT,
    "kms:calleraccount": CallerKey(Shape.IDENTIFIER, ACCOUNT, always=True),
    "sts:externalid": _TEXT,
    "sns:endpoint": _TEXT,
    "s3:dataaccesspointarn": CallerKey(Shape.ARN, f"arn:aws:s3:{STRANGER}:{ACCOUNT}:accesspoint/{STRANGER}"),
    "s3:dataaccesspointaccount": _ID,
    "s3:x-amz-server-side-encryption-aws-kms-key-id": CallerKey(Shape.ARN, f"arn:aws:kms:{STRANGER}:{ACCOUNT}:key/{STRANGER}"),
    "elasticfilesystem:accesspointarn": CallerKey(
        Shape.ARN, f"arn:aws:elasticfilesystem:{STRANGER}:{ACCOUNT}:access-point/{STRANGER}"
    ),
    "aws:securetransport": CallerKey(Shape.CHOICE, "true", always=True),
    # Only clients in the file system's own VPC, or a connected one, reach its mount targets.
    "elasticfilesystem:accessedviamounttarget": _SERVICE,
}
_CLAIMS: Final = ("aud", "azp", "sub", "oaud", "amr", "app_id", "user_id", "iss", "namequalifier")
"""Claims of a token, which follow the name of its identity provider (`accounts.google.com:aud`, `saml:aud`)."""

BY_THE_RESOURCE: Final = ("aws:resourceaccount", "aws:resourceorgid", "aws:resourceorgpaths")
"""Policy variables that the resource fixes, not the caller."""
ANONYMOUS: Final = ("s3", "sqs", "sns", "execute-api", "lambda", "elasticfilesystem", "es", "aoss", "glacier")
"""Services that may accept requests without a signature."""


def caller_key(key: str) -> CallerKey | None:
    """What is known of a key in lower case, if it says who makes a request or from where, or if it has few values."""
    found = _KEYS.get(key)
    if found is None:
        provider, colon, claim = key.rpartition(":")
        if colon and claim in _CLAIMS and ("." in provider or provider == "saml" or "*" in provider):
            return _TEXT
    return found
