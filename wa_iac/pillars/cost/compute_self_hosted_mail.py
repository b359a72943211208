r"""# EC2 instance or ECS task runs a self-managed mail server

## Why

You have to patch your own mail server, watch it for abuse and keep it off block lists, and mail from a new EC2 IP address is
often rejected. SES sends mail from IP addresses with a reputation, signs it, and costs cents per thousand messages.

## What it checks

The rule checks user data, `cfn-init` and ECS containers. It reports the first sign of a mail server there.

## What is left out

The rule accepts Postfix or Sendmail that sends everything to a relay, such as SES.

## Non-compliant

```yaml
Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      UserData:  # finding
        Fn::Base64: |
          #!/bin/bash
          DEBIAN_FRONTEND=noninteractive apt-get install -y postfix dovecot-imapd
```

```hcl
resource "aws_instance" "server" {
  ami           = "ami-12345678"
  instance_type = "t3.small"

  user_data = "#!/bin/bash\ndocker run --detach -p 25:25 mailserver/docker-mailserver:14" # finding
}
```

## Compliant

```yaml
Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      UserData:
        Fn::Base64: |
          #!/bin/bash
          yum install -y postfix mailx
          postconf -e "relayhost = [email-smtp.eu-west-1.amazonaws.com]:587"
```

```hcl
resource "aws_instance" "server" {
  ami           = "ami-12345678"
  instance_type = "t3.small"

  user_data = <<-EOT
    #!/bin/bash
    apt-get install -y msmtp
    docker run -d -p 8025:8025 mailhog/mailhog
  EOT
}
```

## Undecided

The result is undecided if `UserData` or `user_data` is not known before deployment.

```yaml
Parameters:
  Script:
    Type: String
Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      UserData: !Base64 { Ref: Script }  # undecided: parameter "Script" has no default
```

```hcl
variable "script" {
  type = string
}

resource "aws_instance" "server" {
  ami           = "ami-12345678"
  instance_type = "t3.small"
  user_data     = var.script # undecided: var.script has no default
}
```

## Sources

- [Sending emails programmatically through the Amazon SES SMTP interface](https://docs.aws.amazon.com/ses/latest/DeveloperGuide/send-using-smtp-net.html), read on 2026-11-29
- [What is Amazon SES? (Japanese edition)](https://docs.aws.amazon.com/ja_jp/ses/latest/dg/Welcome.md), read on 2026-11-29
"""

from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, rule
from wa_iac.knowledge.server_software import MAIL
from wa_iac.knowledge.user_data import Host
from wa_iac.pillars.judgements.self_hosted import judge


@rule(
    practices=["SUS05-BP03", "SEC01-BP05"],
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    remedy=Remedy(decision=("Send mail with Amazon SES instead (AWS::SES::EmailIdentity, aws_sesv2_email_identity).")),
)
def check(host: Host, graph: Graph) -> Flags:
    yield from judge(host, graph, MAIL, "you have to patch it and keep it off block lists, while SES sends the mail for cents.")
