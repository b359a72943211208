r"""# Server runs scheduled jobs of its own

A job in a server's crontab is lost when the server is replaced, runs twice when there are two of them, and fails without anyone noticing;
between runs, the server is paid for doing nothing. EventBridge Scheduler starts a Lambda function, an ECS task or a Batch job, tries again
when that fails, and costs next to nothing.

Read is the user data, and what `cfn-init` writes below `/etc/cron`. What looks after the server itself, such as certificates, updates, logs
and monitoring, is fine.

## Non-compliant

```yaml
Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      UserData:  # finding
        Fn::Base64: !Sub |
          #!/bin/bash
          echo "30 2 * * * root /opt/reports/build.sh ${AWS::Region}" > /etc/cron.d/reports
```

```hcl
resource "aws_launch_template" "jobs" {
  image_id  = "ami-12345678"
  user_data = base64encode("#!/bin/bash\necho '0 * * * * /opt/import.sh' | crontab -") # finding
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
          echo "0 5 * * 1 root certbot renew --quiet" > /etc/cron.d/certbot
  Schedule:
    Type: AWS::Scheduler::Schedule
    Properties:
      ScheduleExpression: cron(30 2 * * ? *)
      FlexibleTimeWindow:
        Mode: "OFF"
      Target:
        Arn: !Sub arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:reports
        RoleArn: !Sub arn:aws:iam::${AWS::AccountId}:role/scheduler
```

```hcl
resource "aws_instance" "server" {
  ami           = "ami-12345678"
  instance_type = "t3.small"

  user_data = <<-EOT
    #!/bin/bash
    yum install -y cronie
    systemctl enable --now crond
  EOT
}
```
"""

import re
from collections.abc import Iterator
from typing import Final

from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flag, Remedy, Severity, flag, known_to_exist, rule
from wa_iac.knowledge.user_data import Server, scripts, uncommented, unreadable

CRONTAB: Final = re.compile(r"\bcrontab\b|/etc/cron|/var/spool/cron")
JOB: Final = re.compile(
    r"(?:^\s*|[\"'(]\s*|\becho\s++(?:-e\s++)?)(?P<when>@(?:hourly|daily|midnight|weekly|monthly|yearly|annually)"
    r"|(?:[0-9*][0-9*/,-]*[ \t]+){4}(?:[0-9*]|(?:mon|tue|wed|thu|fri|sat|sun))[0-9a-z*/,-]*)[ \t]+(?P<command>[^\s*0-9].*)",
    re.IGNORECASE,
)
DROPPED: Final = re.compile(
    r"(?:>|\b(?:cp|mv|ln|tee|install)\b[^\n]{0,300}?)\s{0,50}(?P<file>/etc/cron\.(?P<when>hourly|daily|weekly|monthly)/\S+)"
)
TIMER: Final = re.compile(r"^[ \t]*+OnCalendar=(?P<when>\S.*)$", re.MULTILINE)
STARTS: Final = re.compile(r"^[ \t]*+ExecStart=(?P<command>.*)$", re.MULTILINE)
SCHEDULER: Final = re.compile(r"\bcelery\b[^\n]{0,300}\sbeat\b|\bairflow\s++(?:scheduler|standalone)\b|\bapache/airflow\b")
OF_THE_SERVER: Final = re.compile(
    r"certbot|letsencrypt|acme|\b(?:yum|dnf|apt|apt-get|zypper|snap)\b|unattended|upgrade|update|logrotate|/var/log|journalctl|"
    r"cloudwatch|mon-put|put-metric|metric|monitor|health|watchdog|cfn-|ssm|inspector|docker|podman|ecr|prune|clean|purge|tmp|"
    r"ntpdate|chrony|find\b.*-delete|\brm\b|fstrim|rkhunter|clamscan|freshclam|aide|lynis|reboot|shutdown|poweroff|"
    r"systemctl|service\s|supervisorctl|chown|chmod|\bdf\b|sync;|drop_caches|swap|authorized_keys|get-login|credential|ddclient|dns",
    re.IGNORECASE,
)
"""What keeps the server itself in order: it has to run there."""


@rule(
    practices=["SUS03-BP01", "SUS05-BP03", "COST09-BP03"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        cfn="Schedule:\n  Type: AWS::Scheduler::Schedule\n  Properties:\n    ScheduleExpression: cron(30 2 * * ? *)\n"
        "    FlexibleTimeWindow:\n      Mode: \"OFF\"\n    Target:\n      Arn: <the function's ARN>\n      RoleArn: <a role's ARN>",
        tf='resource "aws_scheduler_schedule" "this" {\n  schedule_expression = "cron(30 2 * * ? *)"\n'
        '  flexible_time_window {\n    mode = "OFF"\n  }\n  target {\n    arn      = <the function>.arn\n'
        "    role_arn = <a role>.arn\n  }\n}",
    ),
)
def check(server: Server, graph: Graph) -> Iterator[Flag]:
    for where, text in scripts(server, graph):
        when = _schedule(uncommented(text))
        if when is not None:
            yield flag(
                where,
                f"This server runs a job of its own ({when}): it is lost with the server, runs twice where there are two, and fails "
                "unseen.",
            )
            return
    known_to_exist(unreadable(server, graph))


def _schedule(script: str) -> str | None:
    """When the first job runs that is not for the server itself."""
    if CRONTAB.search(script):
        for line in script.splitlines():
            for job in JOB.finditer(line):
                if not OF_THE_SERVER.search(job["command"]):
                    return " ".join(job["when"].split())
    for dropped in DROPPED.finditer(script):
        if not OF_THE_SERVER.search(dropped["file"].split(".", 1)[1].split("/", 1)[1]):
            return str(dropped["when"])
    timer = TIMER.search(script)
    if timer and any(not OF_THE_SERVER.search(each["command"]) for each in STARTS.finditer(script)):
        return str(timer["when"]).strip()
    scheduler = SCHEDULER.search(script)
    return "a scheduler" if scheduler else None
