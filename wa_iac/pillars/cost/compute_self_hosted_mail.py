r"""# Server or task runs a mail server of its own

A mail server of one's own has to be patched, watched for abuse and kept off block lists, and mail from a new address of EC2 is often
refused. SES sends it through addresses with a reputation, signs it, and costs cents for a thousand messages.

Read are user data, `cfn-init` and the containers of ECS. Postfix or Sendmail that hands everything on to a relay, such as SES, is fine.

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
"""

from collections.abc import Iterator

from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flag, Remedy, Severity, rule
from wa_iac.knowledge.server_software import MAIL
from wa_iac.knowledge.user_data import Host
from wa_iac.pillars.judgements.self_hosted import judge


@rule(
    practices=["SUS05-BP03", "SEC01-BP05"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        cfn="Mail:\n  Type: AWS::SES::EmailIdentity",
        tf='resource "aws_sesv2_email_identity" "this" {\n  email_identity = "example.com"\n}',
    ),
)
def check(host: Host, graph: Graph) -> Iterator[Flag]:
    yield from judge(host, graph, MAIL, "you have to patch it and keep it off block lists, while SES sends the mail for cents.")
