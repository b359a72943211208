r"""# Server delivers a static website

## Why

Files that are the same for everybody need no server: Amazon S3 keeps them, and CloudFront delivers them from near the user. A server costs money
while nobody reads, has to be patched, and is down when its Availability Zone is.

## What it checks

The rule looks at the user data of instances that installs nginx, Apache or another web server, and that writes or copies files into the
directory of the website. It reports them if nothing in it runs a program behind the web server.

## What is left out

Servers with a language or a database, such as PHP or Node.js, with containers, or that pass requests on. The contents of an
image are not known, so the confidence is low.

## Non-compliant

```yaml
Resources:
  Site:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      InstanceType: t4g.small
      UserData:  # finding
        Fn::Base64: |
          #!/bin/bash
          yum install -y httpd
          aws s3 sync s3://site-files /var/www/html
          systemctl start httpd
```

```hcl
resource "aws_instance" "site" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t4g.small"
  user_data     = "#!/bin/bash\napt-get install -y nginx\necho Hello > /var/www/html/index.html\n" # finding
}
```

## Compliant

```yaml
Resources:
  Shop:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      InstanceType: t4g.small
      UserData:
        Fn::Base64: |
          #!/bin/bash
          yum install -y httpd php
          aws s3 sync s3://shop-code /var/www/html
```

```hcl
resource "aws_instance" "proxy" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t4g.small"
  user_data     = "#!/bin/bash\napt-get install -y nginx\n"
}
```

## Undecided

The result is undecided if the user data is not known before deployment.

```yaml
Parameters:
  Script:
    Type: String
Resources:
  Site:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      InstanceType: t4g.small
      UserData: !Ref Script  # undecided: parameter "Script" has no default
```

```hcl
variable "script" {
  type = string
}

resource "aws_instance" "site" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t4g.small"
  user_data     = var.script # undecided: var.script has no default
}
```

## Sources

- [Hosting a static website using Amazon S3 - Amazon Simple Storage Service](https://docs.aws.amazon.com/en_us/AmazonS3/latest/userguide/WebsiteHosting.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, flag, rule
from wa_iac.knowledge.server_software import WEB
from wa_iac.knowledge.user_data import Server, found_in, scripts, uncommented, unreadable

_FILES: Final = late(r"/var/www/|/usr/share/nginx/html|/srv/www|index\.html?\b")
_PROGRAM: Final = late(
    r"(?i)php|tomcat|wordpress|drupal|magento|node|npm|python|pip3?\b|java\b|ruby|gems?\b|golang|dotnet|perl|docker|podman|git clone|"
    r"proxy_pass|ProxyPass|wsgi|cgi\b|uwsgi|gunicorn|mysql|mariadb|postgres|psql|sqlite|codedeploy|ansible|chef|puppet|\bjar\b"
)
"""Signs of a program behind a web server, or of something else that puts one there."""


@rule(
    practices=["SUS05-BP03", "COST05-BP05"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    profile="all",
    remedy=Remedy(
        decision="Keep the files in a private bucket, and let a CloudFront distribution deliver them with an origin access control."
    ),
)
def check(server: Server, graph: Graph) -> Flags:
    whole = scripts(server, graph)
    text = "\n".join(uncommented(each.text) for each in whole)
    software = next(found_in(text, WEB), "")
    if software and _FILES.search(text) and not _PROGRAM.search(text):
        yield flag(
            whole[0].where,
            f"This server {software} to deliver files that are the same for everybody: it costs money all day, and has to be patched.",
        )
        return
    all_known(unreadable(server, graph))
