"""# EC2 instance or launch template does not require IMDSv2

## Why

With IMDSv1, an attacker who tricks a program on the instance into sending a request (server-side request forgery, an open
proxy) can read the instance role's credentials, and the user data. IMDSv2 requires a session token first, which such requests cannot get.

If the user data calls the metadata service without a token, that call fails as soon as tokens are required. The remedy then names the
line to change first, and there is no fix. On a host of containers (ECS, Kubernetes) the remedy also sets `HttpPutResponseHopLimit` to 2:
with the default of 1, the answer with a token does not reach a container with a network of its own.

## What it checks

The rule checks instances, launch templates and launch configurations. The rule reports `HttpTokens: optional`, whether set or by default. The
severity is medium if there is no role here, whose credentials a request could read. The finding is advice if there is no user data
either, or if all of it is written in the code, for everyone who reads that. It is medium also if the only groups that use a launch template or
configuration begin with no instance, as their minimum and desired number of 0 say, and nothing here adds one.

If containers run on the server, by its user data, its image, its node group, or the group of a capacity provider, the remedy sets a limit of
two hops, without which they get no answer. If the names say that it is a
network appliance, the remedy asks first whether its software uses tokens. For an image of CoreOS Container Linux, it asks for the successor first.

## What is left out

An image that is looked up by a name of Amazon Linux 2023 requires tokens by itself. If nothing names the image's system, and the user data
installs with `dnf`, which the older Amazon Linux does not have, it may be that one: the result is undecided. Other images may do so too, but
the code does not show this: set it in the launch template. The defaults of the account are accepted if the same configuration sets them for the Region
(`aws_ec2_instance_metadata_defaults`). An instance that names a launch template inherits its setting. If the metadata service is
disabled, there is nothing to require.

## Non-compliant

```yaml
Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      MetadataOptions:
        HttpTokens: optional  # finding: instance does not require IMDSv2
```

```hcl
resource "aws_launch_template" "web" { # finding: launch template does not require IMDSv2
  image_id = "ami-12345678"
}

resource "aws_instance" "server" {
  ami = "ami-12345678"
  metadata_options { # finding: instance does not require IMDSv2
    http_endpoint = "enabled"
  }
}
```

## Compliant

```yaml
Parameters:
  Image:
    Type: AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>
    Default: /aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64
Resources:
  Recent:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: !Ref Image
  Template:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        ImageId: ami-12345678
        MetadataOptions:
          HttpTokens: required
  Server:
    Type: AWS::EC2::Instance
    Properties:
      LaunchTemplate:
        LaunchTemplateId: !Ref Template
        Version: "1"
```

```hcl
resource "aws_instance" "server" {
  ami = "ami-12345678"
  metadata_options {
    http_tokens = "required"
  }
}

data "aws_ami" "linux" {
  owners      = ["amazon"]
  most_recent = true
  filter {
    name   = "name"
    values = ["al2023-ami-2023.*-arm64"]
  }
}

resource "aws_instance" "recent" {
  ami = data.aws_ami.linux.id
}
```

## Not applicable

```yaml
Resources:
  Isolated:  # not applicable: the metadata service is off
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1
      MetadataOptions: {HttpEndpoint: disabled}
  Server:  # not applicable: its launch template decides
    Type: AWS::EC2::Instance
    Properties:
      LaunchTemplate: {LaunchTemplateId: lt-0a1, Version: "3"}
```

```hcl
resource "aws_instance" "isolated" { # not applicable: the metadata service is off
  ami = "ami-0a1"

  metadata_options {
    http_endpoint = "disabled"
  }
}

resource "aws_instance" "server" { # not applicable: its launch template decides
  launch_template {
    id = "lt-0a1"
  }
}
```

## Undecided

The result is undecided if `HttpTokens` or `http_endpoint` is not known before deployment.

```yaml
Parameters:
  HttpTokens:
    Type: String
Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      MetadataOptions:
        HttpTokens: !Ref HttpTokens  # undecided: parameter "HttpTokens" has no default
```

```hcl
variable "http_endpoint" {
  type = string
}

resource "aws_instance" "isolated" {
  ami = "ami-12345678"
  metadata_options {
    http_endpoint = var.http_endpoint # undecided: var.http_endpoint has no default
  }
}
```

## Sources

- [Migrating from CoreOS Container Linux (CL) to Fedora CoreOS](https://docs.fedoraproject.org/en-US/fedora-coreos/migrate-cl/), read on 2026-12-01
- [httpPutResponseHopLimit (LaunchTemplateInstanceMetadataOptionsRequest)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/ec2/aws.sdk.kotlin.services.ec2.model/-launch-template-instance-metadata-options-request/http-put-response-hop-limit.html), read on 2026-11-29
- [httpTokens (InstanceMetadataOptionsRequest)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/ec2/aws.sdk.kotlin.services.ec2.model/-instance-metadata-options-request/http-tokens.html), read on 2026-11-29
- [httpTokens (ModifyInstanceMetadataOptions)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/ec2/aws.sdk.kotlin.services.ec2.model/-modify-instance-metadata-options-request/http-tokens.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.autoscaling import LaunchConfiguration
from wa_iac.aws.ec2 import Instance, LaunchTemplate, MetadataDefaults
from wa_iac.core.awscc import and_awscc
from wa_iac.core.fix import Content, Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import holds
from wa_iac.core.reasons import Pseudo, Said
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, exempt, flag, rule, settled
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value
from wa_iac.knowledge.appliances import starts_appliances
from wa_iac.knowledge.machine_images import asks_for_tokens, hints, short_id
from wa_iac.knowledge.regional_settings import in_force
from wa_iac.pillars.judgements.launch_configurations import renewed

_OF_AN_APPLIANCE: Final = (
    "This is a network appliance, by its names: first look up from which version on its software asks the metadata service with a token, and "
    "move to such an image. Older ones no longer start without an answer."
)
_ENDED: Final = late(r"(?i)\bcoreos-(?:stable|beta|alpha)\b")
"""An image of CoreOS Container Linux, by its name ("Migrating from CoreOS Container Linux", Fedora CoreOS Documentation)."""
_OF_AN_ENDED_SYSTEM: Final = "The image is CoreOS Container Linux, which ended in May 2020: move to its successor first, since the old one may not get its user data with a token."
_OF_AN_EARLY_IMAGE: Final = "By its short ID, the image ({}) is from 2018 at the latest, before IMDSv2, and its software may not ask for tokens: move to a newer one first."
_NAMES = {
    Instance: "This instance",
    LaunchTemplate: "This launch template",
    LaunchConfiguration: "This launch configuration",
}

_REQUIRED = Recipe(
    cfn={"MetadataOptions": {"HttpTokens": "required"}},
    tf={"metadata_options": {"http_tokens": "required"}},
    types={"AWS::EC2::LaunchTemplate": {"LaunchTemplateData": {"MetadataOptions": {"HttpTokens": "required"}}}},
    unsafe_because="programs on the instance that request metadata without a token get no response",
)


_NODE_GROUPS: Final = frozenset(and_awscc("AWS::EKS::Nodegroup", "aws_eks_node_group"))
_GIVE_ROLES: Final = _NODE_GROUPS | frozenset(and_awscc("AWS::Batch::ComputeEnvironment", "aws_batch_compute_environment"))
"""What gives the instances of a launch template a role of its own choice."""
_UNHEARD: Final = "Programs on the instance that request metadata without a token get no response: the metric MetadataNoToken counts their requests."
_NO_ANSWER: Final = f"{_UNHEARD} Nor do programs in a container with a network of its own, unless the hop limit is 2."
_HOP: Final = (
    "The answer with a token goes one hop far, and not into a container with a network of its own: hence a limit of 2."
)
_FAR_OPTIONS: Content = {"HttpTokens": "required", "HttpPutResponseHopLimit": 2}
_FAR = Recipe(
    cfn={"MetadataOptions": _FAR_OPTIONS},
    tf={"metadata_options": {"http_tokens": "required", "http_put_response_hop_limit": 2}},
    types={"AWS::EC2::LaunchTemplate": {"LaunchTemplateData": {"MetadataOptions": _FAR_OPTIONS}}},
)


@rule(
    practices=["SEC06-BP02", "SEC02-BP02", "SEC06-BP05"],
    severity=Severity.HIGH,
    equivalents={
        "checkov": ["CKV_AWS_79"],
        "trivy": ["AVD-AWS-0028", "AVD-AWS-0130"],
        "cdk_nag": ["EC2IMDSv2Enabled"],
        "config": ["EC2_IMDSV2_CHECK", "EC2_LAUNCH_TEMPLATE_IMDSV2_CHECK", "AUTOSCALING_LAUNCHCONFIG_REQUIRES_IMDSV2"],
        "security_hub": ["AutoScaling.3", "EC2.8", "EC2.170"],
    },
    remedy=replace(Remedy.of_recipe(_REQUIRED), decision=_NO_ANSWER),
    fix=_REQUIRED,
)
def check(server: Instance | LaunchTemplate | LaunchConfiguration, graph: Graph) -> Flags:
    exempt(server.http_endpoint == Known("disabled"), "the metadata service is off")
    if isinstance(server, Instance) and not isinstance(server.http_tokens, Known):
        exempt(server.template.presence, "its launch template decides")
    if isinstance(server.http_tokens, Absent):
        accept(asks_for_tokens(server.image, graph))
        all_known(_may_be_2023(server, graph))
        accept(in_force(server, graph, MetadataDefaults, _requires_tokens))
    if settled(server.http_tokens) == Known("required"):
        return
    all_known(server.http_endpoint)
    inherits = isinstance(server, Instance) and not isinstance(server.template.presence, Absent)
    unnamed = isinstance(server.profile, Absent) or server.profile == Known("")
    without_role = unnamed and not inherits and not any(graph.referring(server, _GIVE_ROLES))
    empty = without_role and isinstance(server.user_data, Absent)
    # What is written in the code is no secret to its readers.
    plain = without_role and _is_written(server.user_data)
    prize = (
        "the credentials of a role, once it has one" if empty else "the user data" if without_role else "the role's credentials"
    )
    idle = "" if isinstance(server, Instance) else _why_idle(server, graph)
    message = f"{_NAMES[server.own_class]} does not require IMDSv2: a forged request to the metadata service can read {prize}."
    yield flag(
        server.http_tokens,
        f"{message} {idle}".rstrip(),
        instead=_more_than_tokens(server, graph),
        severity=Severity.MEDIUM if without_role or idle else None,
        confidence=Confidence.LOW if empty or plain else None,
    )


def _why_idle(server: LaunchTemplate | LaunchConfiguration, graph: Graph) -> str:
    from wa_iac.knowledge.idle_groups import starts_none  # most servers require tokens

    return starts_none(server, graph)


def _is_written(data: Tree) -> bool:
    """Whether all of the user data is in the code, other than what AWS names: the stack, the Region or the account."""
    if not isinstance(data, Unknown):
        return isinstance(data, Known)
    pieces = [each for each in data.parts if isinstance(each, Unknown)]
    return all(map(_is_written, pieces)) if pieces else isinstance(data.reason, Pseudo)


_NEWER: Final = late(r"(?m)(?:^|[;&|]|\bsudo)\s*dnf\s+(?:-\S+\s+)*(?:install|update|upgrade)\b")
_OTHERS: Final = late(r"(?i)rhel|red-?hat|fedora|centos|rocky|alma|oracle|amzn2|amazon-linux-2-|ubuntu|debian|suse|windows")


def _may_be_2023(server: Instance | LaunchTemplate | LaunchConfiguration, graph: Graph) -> Unknown | None:
    """Why its image may be Amazon Linux 2023, which asks for tokens: its user data installs with dnf, which the older Amazon Linux does not
    have, and nothing names another system. None if neither says so."""
    if any(_OTHERS.search(text) for text in hints(server.image, graph)):
        return None
    from wa_iac.knowledge.user_data import scripts

    if not any(_NEWER.search(script.text) for script in scripts(server, graph)):
        return None
    why = Said(
        "its user data uses dnf, so its image may be Amazon Linux 2023, which requires tokens",
        "look at the image's ImdsSupport",
    )
    return Unknown(why, ("image of", server.address), server.image.origin)


def _more_than_tokens(server: Instance | LaunchTemplate | LaunchConfiguration, graph: Graph) -> str | Remedy:
    """The remedy for a server that would fail with tokens alone: its user data asks for none, or it runs containers, which the answer with
    a token does not reach."""
    first = _after_the_script(server, graph)
    far = _hosts_containers(server, graph)
    new = renewed(server)
    ended = any(_ENDED.search(text) for text in hints(server.image, graph))
    old = _OF_AN_ENDED_SYSTEM if ended else _OF_AN_APPLIANCE if starts_appliances(server, graph) else ""
    image = "" if old else short_id(server.image)
    early = _OF_AN_EARLY_IMAGE.format(image) if image else ""
    if not any((first, far, new, old, early)):
        return ""
    reach = "" if first or old else _UNHEARD if far else _NO_ANSWER
    hop = _HOP if far else ""
    return replace(
        Remedy.of_recipe(_FAR if far else _REQUIRED), decision=" ".join(filter(None, (old or early, first, new, reach, hop)))
    )


def _hosts_containers(server: Instance | LaunchTemplate | LaunchConfiguration, graph: Graph) -> bool:
    """Whether it runs containers, and leaves the number of hops to the default of 1."""
    if not isinstance(server.hop_limit, Absent) and server.hop_limit != Known(1):
        return False
    from wa_iac.knowledge.orchestrators import hosts_containers, runs_containers

    return hosts_containers(server, graph) or runs_containers(server, graph) or any(graph.referring(server, _NODE_GROUPS))


def _after_the_script(server: Instance | LaunchTemplate | LaunchConfiguration, graph: Graph) -> str:
    """The line of a script that calls the metadata service without a token, and would fail with it. Empty if there is none."""
    # Imported here, since most servers require tokens.
    from wa_iac.knowledge.metadata_calls import call_without_token

    call = call_without_token(server, graph)
    if call is None:
        return ""
    start = call.script.start_line
    place = f"{call.script.path}:{start + call.line if call.line and call.is_inside else start}"
    line = f"line {call.line} of " if call.line and not call.is_inside else ""
    script = "the file that cfn-init makes" if call.is_of_file else "the user data"
    too = f" So must {'another line' if call.others == 1 else f'{call.others} other lines'} of it." if call.others else ""
    return (
        f"First let {line}{script} ({place}) send the header X-aws-ec2-metadata-token, since it gets no answer without it any longer: "
        f"`{call.text}`.{too}"
    )


def _requires_tokens(defaults: MetadataDefaults) -> Value[bool]:
    return holds(defaults.http_tokens, lambda tokens: tokens == "required")
