r"""# EC2 instance runs self-managed scheduled jobs

## Why

A job in an instance's crontab is lost when the instance is replaced, runs twice if there are two instances, and fails
unnoticed. Between runs, you pay for an idle instance. EventBridge Scheduler starts a Lambda function, an ECS task or a Batch
job, retries if that fails, and costs next to nothing.

## What it checks

The rule checks user data, and files that `cfn-init` writes below `/etc/cron`. It reports the first scheduled job that it finds there.

## What is left out

The rule accepts jobs that maintain the instance itself, such as certificates, updates, logs and monitoring.

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

- [What is Amazon EventBridge Scheduler? - EventBridge Scheduler](https://docs.aws.amazon.com/scheduler/latest/UserGuide/what-is-scheduler), read on 2026-11-29
"""

from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, flag, rule
from wa_iac.knowledge.scheduled_jobs import first_job
from wa_iac.knowledge.user_data import Server, scripts, unreadable


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
def check(server: Server, graph: Graph) -> Flags:
    for where, text, _ in scripts(server, graph):
        when = first_job(text)
        if when is not None:
            yield flag(
                where,
                f"This instance runs a scheduled job ({when}): the job is lost with the instance, runs twice if there are "
                "two, and fails unnoticed.",
            )
            return
    all_known(unreadable(server, graph))
