"""# EC2 instance or launch template does not require IMDSv2

With IMDSv1, an attacker who tricks a program on the instance into sending a request (server-side request forgery, an open
proxy) can read the instance role's credentials. IMDSv2 requires a session token first, which such requests cannot get.

The rule reports `HttpTokens: optional`, whether set or by default. An image that is looked up by a name of Amazon Linux 2023
requires tokens by itself. Other images may do so too, and so may the account's default, but the code does not show this: set it
in the launch template. An instance that names a launch template inherits its setting.

## Non-compliant

```yaml
Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      MetadataOptions:
        HttpTokens: optional  # finding
```

```hcl
resource "aws_launch_template" "web" { # finding
  image_id = "ami-12345678"
}

resource "aws_instance" "server" {
  ami = "ami-12345678"
  metadata_options { # finding
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

resource "aws_instance" "isolated" {
  ami = "ami-12345678"
  metadata_options {
    http_endpoint = "disabled"
  }
}
```
"""

from collections.abc import Iterator

from wa_iac.aws.autoscaling import LaunchConfiguration
from wa_iac.aws.ec2 import Instance, LaunchTemplate, MetadataDefaults
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.logic import all_of, any_of
from wa_iac.core.rule import Flag, Remedy, Severity, flag, not_applicable, rule, undecided
from wa_iac.core.value import Absent, Known, Unknown, Value
from wa_iac.knowledge.machine_images import asks_for_tokens
from wa_iac.knowledge.regional_settings import holds_for


@rule(
    practices=["SEC06-BP02", "SEC02-BP02"],
    severity=Severity.HIGH,
    remedy=Remedy(cfn="MetadataOptions:\n  HttpTokens: required", tf='metadata_options {\n  http_tokens = "required"\n}'),
    equivalents={
        "checkov": ["CKV_AWS_79"],
        "trivy": ["AVD-AWS-0028", "AVD-AWS-0130"],
        "cdk_nag": ["EC2IMDSv2Enabled"],
        "config": ["EC2_IMDSV2_CHECK", "EC2_LAUNCH_TEMPLATE_IMDSV2_CHECK", "AUTOSCALING_LAUNCHCONFIG_REQUIRES_IMDSV2"],
    },
    fix=Recipe(
        cfn={"MetadataOptions": {"HttpTokens": "required"}},
        tf={"metadata_options": {"http_tokens": "required"}},
        types={"AWS::EC2::LaunchTemplate": {"LaunchTemplateData": {"MetadataOptions": {"HttpTokens": "required"}}}},
        unsafe_because="programs on the server that ask without a token get no answer",
    ),
)
def check(server: Instance | LaunchTemplate | LaunchConfiguration, graph: Graph) -> Iterator[Flag]:
    if server.http_endpoint == Known("disabled"):
        yield not_applicable("the metadata service is off")
        return
    if isinstance(server, Instance) and not isinstance(server.http_tokens, Known):
        template = server.template.presence
        if isinstance(template, Known):
            yield not_applicable("the launch template decides")
            return
        if isinstance(template, Unknown):
            yield undecided(template)
            return
    if isinstance(server.http_tokens, Absent):
        if asks_for_tokens(server.image, graph):
            return
        match any_of(all_of((holds_for(each, server), _requires(each))) for each in graph.of(MetadataDefaults)):
            case Known(True):
                return
            case Unknown() as why:
                yield undecided(why)
                return
            case _:
                pass
    match server.http_tokens:
        case Known("required"):
            return
        case Unknown() as value:
            yield undecided(value)
        case Known() | Absent() as value:
            yield flag(
                value, "The instance metadata service answers without a token: a forged request can read the role's keys."
            )


def _requires(defaults: MetadataDefaults) -> Value[bool]:
    tokens = defaults.http_tokens
    return tokens if isinstance(tokens, Unknown) else Known(tokens == Known("required"), tokens.origin)
