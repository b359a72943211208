"""# Template parameter or resource property contains a secret in plain text

## Why

A password, token or private key in a template can be read by everyone who may read the repository, its history or the stack. It
cannot be rotated without a deployment, and it has to be treated as known to others.

## What it checks

The rule reports:

- a parameter with a name that suggests a secret, if it has a default or no `NoEcho`: its value is then shown to everyone who
  may view the stack;
- a parameter with `NoEcho` that has a default, if its name has a word for a secret in it (`MasterKey`, `DbPwd`), or the default has the format of a known
  credential: the default is not secret;
- a literal in a property that expects a password, a token or a private key, in CloudFormation and Terraform, and the default of a parameter or
  variable that ends up there, whatever it is called: of a database or a broker, a domain of OpenSearch, a listener that signs people in, a connection of
  EventBridge or Glue, a VPN, and others. Terraform's write-only arguments (`master_password_wo`) stay out of the state, not out of the code;
- in such a property, a reference to a parameter of type String (`{{resolve:ssm:...}}`), which keeps the secret in plain text: the severity is high;
- a literal that a secret of Secrets Manager or a `SecureString` parameter keeps: a value that looks like a password or a key, or whose name says so,
  and a member of JSON with the name of a secret (`{"password": "..."}`).

The severity is high for what Terraform ignores changes of (`ignore_changes`): somebody may have changed it since. That
of a default is high for an API key or a token, unless it has the format of a known credential: what it opens is not in the code. It is medium if the description says that it is for a demonstration.

## What is left out

A parameter with a list of allowed values is a choice. A parameter with `NoEcho` whose name ends as that of an identifier does (`TenantId`, `UserName`) is not reported for its default.

A default that the parameter's description shows as an example is accepted, and a value that only shows where the real one goes (`<your token>`). So is the key or the token of another service that is made of words
(`defaultApiKey`): a real one is random.

A parameter of the type `AWS::SSM::Parameter::Value<String>` is not followed to what it reads. The content of a store may be no secret: words (`set-by-hand`), an address, a setting, an ID. The value of an API key of API Gateway only counts calls, and the
credentials of AppFlow's connectors, of clients of Bedrock AgentCore and in headers of EventBridge's connections are not judged. Neither are resources of the provider `awscc`.

References to Secrets Manager (`{{resolve:secretsmanager:...}}`) and to `SecureString` parameters are accepted. `rds-plaintext-password`
checks databases, also for a default that ends up as their password, and `lambda-env-secrets` checks functions. The report never shows the value. A parameter may say where a secret is
rather than what it is: by its default, by its description, by its list of allowed values, or by a name that ends in `Secret` or
`Credentials`. It needs no `NoEcho` then, and neither does a switch (`UseApiKey` with the default `true`).

## Non-compliant

```yaml
Parameters:
  BrokerPassword:
    Type: String
    NoEcho: true
    Default: Tr0ub4dor-and-3  # finding: default of BrokerPassword is a secret
  PartnerApiKey:
    Type: String
    Description: API key of the partner's demo environment
    NoEcho: true
    Default: k7Qd0uR4tWm2xZp9LsHf  # finding: for a demonstration
  GitHubToken:  # finding: GitHubToken has no NoEcho
    Type: String
  MasterKey:
    Type: String
    NoEcho: true
    Default: 3a7f31c0de52aa4c119b  # finding: default of MasterKey is a secret
Resources:
  Broker:
    Type: AWS::AmazonMQ::Broker
    Properties:
      BrokerName: orders
      EngineType: ACTIVEMQ
      HostInstanceType: mq.m5.large
      DeploymentMode: SINGLE_INSTANCE
      PubliclyAccessible: false
      Users:
        - Username: orders
          Password: !Ref BrokerPassword
        - Username: admin
          Password: correct-horse-battery  # finding: Password is in plain text here
  Login:
    Type: AWS::SecretsManager::Secret
    Properties:
      SecretString: '{"username": "orders", "password": "Tr0ub4dor-and-3"}'  # finding: The password in the SecretString
```

```hcl
resource "aws_dms_endpoint" "orders" {
  endpoint_id   = "orders"
  endpoint_type = "source"
  engine_name   = "postgres"
  username      = "dms"
  password      = "Tr0ub4dor-and-3" # finding: password is in plain text here
}

resource "aws_redshift_cluster" "orders" {
  cluster_identifier         = "orders"
  node_type                  = "ra3.large"
  master_username            = "orders"
  master_password_wo         = "Tr0ub4dor3" # finding: master_password_wo is in plain text here
  master_password_wo_version = 1
}

resource "aws_secretsmanager_secret_version" "orders" {
  secret_id     = "orders/broker"
  secret_string = "Tr0ub4dor3" # finding: The secret_string is in plain text here
}
```

```yaml
Parameters:
  Opener:
    Type: String
    Default: correct-horse-9battery
Resources:
  Broker:
    Type: AWS::AmazonMQ::Broker
    Properties:
      Users:
        - Username: orders
          Password: !Ref Opener  # finding: The Password is in plain text here
```

## Compliant

```yaml
Parameters:
  BrokerPassword:
    Type: String
    NoEcho: true
  Codebase:
    Type: String
    NoEcho: true
    Default: callback.zip
  TenantId:
    Type: String
    NoEcho: true
    Default: 7f31c0de-52aa-4c11
Resources:
  Broker:
    Type: AWS::AmazonMQ::Broker
    Properties:
      BrokerName: orders
      EngineType: ACTIVEMQ
      HostInstanceType: mq.m5.large
      DeploymentMode: SINGLE_INSTANCE
      PubliclyAccessible: false
      Users:
        - Username: orders
          Password: !Ref BrokerPassword
        - Username: admin
          Password: "{{resolve:secretsmanager:broker:SecretString:password}}"
```

```hcl
data "aws_secretsmanager_secret_version" "orders" {
  secret_id = "orders/database"
}

resource "aws_dms_endpoint" "orders" {
  endpoint_id   = "orders"
  endpoint_type = "source"
  engine_name   = "postgres"
  username      = "dms"
  password      = data.aws_secretsmanager_secret_version.orders.secret_string
}
```

## Sources

- [Get a plaintext value from Systems Manager Parameter Store](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm.html), read on 2026-12-01
- [Using dynamic references to specify template values](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html), read on 2026-11-29
"""

import re
from collections.abc import Hashable, Iterator, Mapping
from typing import Any

from wa_iac.aws.cloudformation import Holder, Parameter
from wa_iac.core.binding import elements
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import holds
from wa_iac.core.rule import Flags, Remedy, Severity, each_of, flag, rule
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Value
from wa_iac.knowledge.called import words_of
from wa_iac.knowledge.secret_names import (
    has_form_of_secret,
    is_address,
    is_key_in_words,
    is_other_key,
    may_be_secret,
    names_a_secret,
    protects_what_is_stored,
)
from wa_iac.knowledge.secret_places import PLACES, REPLACED, STORES
from wa_iac.pillars.judgements.secret_properties import DYNAMIC, NO_DEFAULT, judge_holder, judge_store

_ELSEWHERE = late(r"\b(?:arn|name of|id of|path|secrets? manager|parameter store|ssm)\b", re.IGNORECASE)
_AMBIGUOUS = late(r"(?:secret|credentials?)$", re.IGNORECASE)
"""A parameter called `Secret` may as well be the secret's name; one called `ClientSecret` may not."""

_IDENTIFIES = late(r"(?:\b(?:id|name|mail|uri|host|region)|user|username|email|url|endpoint|account|domain|address)$")
"""How a parameter ends that says who or what something is, and opens nothing by itself. Some hide these, too."""
_HIDES = late(r"\b(?:pass(?:word|wd|phrase|code)?s?|pwd|secrets?|keys?|tokens?|pins?|salts?|pepper|credentials?)\b")
"""What is in the name of a parameter that hides a secret."""
_BETWEEN = late(r"[|,;\s]+")
_ADDRESS = late(r"\d{1,3}(?:\.\d{1,3}){3}")
_SWITCH = late(r"(?:Use|Enable|Require|Create|Generate|Rotate|Has|Is|With)(?=[A-Z])")
_ON_OR_OFF = late(r"true|false|yes|no|on|off|0|1|enabled?|disabled?", re.IGNORECASE)
_DEMO = late(r"\b(?:demo|demonstration|sandbox|trial)\b", re.IGNORECASE)

_NO_DEFAULT_KEY = (
    "Remove the default, and give each new stack a value of its own, since anyone who sees this code knows this one. To a stack that runs already, pass the present value: what it "
    "has stored cannot be used with another one. Change that only by the software's own procedure for another key."
)
_NO_DEFAULT_REPLACED = (
    "Remove the default, and give each new stack a value of its own, since anyone who sees this code knows this one. To a stack that runs already, pass the present value, and change "
    "the password in the service itself: for another value here, CloudFormation replaces {} by a new one without what it holds."
)
_DATABASES = frozenset(("AWS::RDS::DBInstance", "AWS::RDS::DBCluster"))
_HIDDEN = Remedy(
    cfn={"NoEcho": True},
    decision="Those who could view the stack know the present value. NoEcho hides the parameter alone: outputs, metadata and user data that contain "
    "the value still show it.",
)


@rule(
    practices=["SEC02-BP03"],
    severity=Severity.CRITICAL,
    remedy=Remedy(
        cfn=DYNAMIC,
        tf="password = data.aws_secretsmanager_secret_version.<the secret>.secret_string",
        decision="Change the secret also: anyone who has seen this code or its history knows the old one.",
    ),
    equivalents={
        "checkov": ["CKV_AWS_295"],
        "guard": [
            "AMAZON_MQ_BROKER_USERS_NO_PLAINTEXT_PASSWORD",
            "MICROSOFT_AD_NO_PLAINTEXT_PASSWORD",
            "DMS_NO_PLAINTEXT_PASSWORD",
            "KINESIS_FIREHOSE_REDSHIFT_DESTINATION_CONFIGURATION_NO_PLAINTEXT_PASSWORD",
            "KINESIS_FIREHOSE_SPLUNK_DESTINATION_CONFIGURATION_NO_PLAINTEXT_PASSWORD",
            "IAM_USER_LOGIN_PROFILE_NO_PLAINTEXT_PASSWORD",
            "CFN_AUTHENTICATION_RULE",
        ],
    },
)
def check(graph: Graph) -> Flags:
    parameters = [each for each in graph.of(Parameter) if _suggests_a_secret(each)]
    of_databases = _passwords_of_databases(graph)
    replaced = _replaced_by(graph) if parameters else {}
    yield from each_of(
        (each for each in parameters if each.default.origin.span not in of_databases),
        lambda each: _judge_parameter(each, replaced),
    )
    judged = frozenset(each.default.origin.span for each in parameters)
    for declared in graph.declared:
        if declared.kind != "resource":
            continue
        if declared.type in PLACES:
            yield from judge_holder(graph.typed(declared, Holder), judged)
        elif declared.type in STORES:
            yield from judge_store(graph.typed(declared, Holder), judged)


def _passwords_of_databases(graph: Graph) -> frozenset[Span]:
    """The defaults that are certainly the password of a database, which is judged by itself."""
    return frozenset(
        step.span
        for declared in graph.declared
        if declared.kind == "resource" and declared.type in _DATABASES
        for value in elements(declared.body, "MasterUserPassword")
        if isinstance(value, Known)
        for step in value.origin.chain
        if step.default_of
    )


def _replaced_by(graph: Graph) -> dict[Hashable, str]:
    """The resources that another password replaces, by the parameter that it comes from: by the place of its default, or by the template and its name."""
    return {
        key: declared.address
        for declared in graph.declared
        if declared.kind == "resource" and declared.type in REPLACED
        for path in PLACES[declared.type]
        for value in elements(declared.body, path)
        for key in _parameters_of(value, declared)
    }


def _parameters_of(value: Value[Any], declared: Declared) -> Iterator[Hashable]:
    for step in value.origin.chain:
        if step.default_of:
            yield step.span
        elif step.argument and step is value.origin.chain[0]:
            yield declared.span.path, step.argument


def _suggests_a_secret(parameter: Parameter) -> bool:
    """Whether it may be a secret. A list of what is allowed offers choices, and `NoEcho` alone hides many other things."""
    if parameter.kind != Known("String") or not isinstance(parameter.allowed_values, Absent):
        return False
    if names_a_secret(parameter.declared.name):
        return True
    return parameter.no_echo == Known(True) and (
        _HIDES.search(words_of(parameter.declared.name)) is not None
        or holds(parameter.default, has_form_of_secret) == Known(True)
    )


def _judge_parameter(parameter: Parameter, replaced: Mapping[Hashable, str]) -> Flags:
    name, default = parameter.declared.name, parameter.default
    goes = replaced.get(default.origin.span) or replaced.get((parameter.declared.span.path, name))
    hidden = parameter.no_echo == Known(True)
    if isinstance(default, Known) and may_be_secret(default.value) and not _is_described(parameter, default.value):
        if (_IDENTIFIES.search(words_of(name)) or is_key_in_words(name, default.value)) and not has_form_of_secret(
            default.value
        ):
            return
        of_demo = holds(parameter.description, lambda text: _DEMO.search(text) is not None) == Known(True)
        more = " By its description, it is for a demonstration: see that it opens nothing else." if of_demo else ""
        yield flag(
            default,
            f"The default of {name} is a secret, in plain text in the template.{more}",
            resource=parameter,
            instead=_NO_DEFAULT_REPLACED.format(goes)
            if goes
            else _NO_DEFAULT_KEY
            if protects_what_is_stored(name)
            else NO_DEFAULT,
            severity=Severity.MEDIUM if of_demo else Severity.HIGH if is_other_key(name, default.value) else None,
        )
    elif not hidden and not _is_pointer(parameter):
        yield flag(
            parameter,
            f"{name} has no NoEcho: anyone who can view the stack can see its value.",
            resource=parameter,
            severity=Severity.HIGH,
            instead=_HIDDEN,
        )


def _is_described(parameter: Parameter, default: str) -> bool:
    """Whether the description shows the default, or its beginning, as an example. Of a list only the addresses may be others."""
    shown = min((default, default.split("|", maxsplit=1)[0], default.split(",", maxsplit=1)[0]), key=len)
    if len(shown) >= 4 and holds(parameter.description, lambda text: shown in text) == Known(True):
        return True
    parts = [each for each in _BETWEEN.split(default) if not _ADDRESS.fullmatch(each)]
    return len(parts) > 1 and holds(parameter.description, lambda text: all(each in text for each in parts)) == Known(True)


def _is_switch(parameter: Parameter) -> bool:
    """Whether it says only whether something is to be: by its default, or by a name such as `UseApiKey`."""
    return _SWITCH.match(parameter.declared.name) is not None and (
        isinstance(parameter.default, Absent)
        or holds(parameter.default, lambda text: _ON_OR_OFF.fullmatch(text) is not None) == Known(True)
    )


def _is_pointer(parameter: Parameter) -> bool:
    """Whether it may say where a secret is, or which one, rather than what it is."""
    name = parameter.declared.name
    return (
        _is_switch(parameter)
        or holds(parameter.default, is_address) == Known(True)
        or holds(parameter.description, lambda text: _ELSEWHERE.search(text) is not None) == Known(True)
        or (_AMBIGUOUS.search(name) is not None and not re.search(r"client_?secret$", name, re.IGNORECASE))
    )
