"""A report made by hand: two files, four rules, one of each kind of finding, two errors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from wa_iac.core.errors import RuleError, SourceError
from wa_iac.core.finding import Finding, Report, Suppression
from wa_iac.core.fix import Edit, Fix
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Confidence, Flag, Pillar, Remedy, Rule, Severity
from wa_iac.core.span import Span
from wa_iac.core.value import Step

MAIN_TF = """\
# 🙂 é
module "db" {
  source   = "./db"
  multi_az = var.multi_az
}

resource "aws_s3_bucket" "logs" { bucket = "🙂-logs" }
"""

TEMPLATE = """\
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      KmsMasterKeyId: !Ref Key
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          DB_PASSWORD: hunter2
"""


def _check(resource: Resource) -> Iterator[Flag]:
    yield from ()


def _rule(slug: str, pillar: Pillar, severity: Severity, title: str, remedy: Remedy, practices: tuple[str, ...]) -> Rule:
    page = f"# {title}\n\nWhat is wrong,\nand what follows.\n\n## Non-compliant\n\n```hcl\nx = 1 # finding\n```\n"
    return Rule(
        slug=slug,
        pillar=pillar,
        page=page,
        practices=practices,
        severity=severity,
        remedy=remedy,
        confidence=Confidence.HIGH,
        profile="default",
        equivalents={"checkov": ("CKV_AWS_1",)},
        function=_check,
    )


MULTI_AZ = _rule(
    "rds-multi-az",
    "reliability",
    Severity.HIGH,
    "Database lives in one zone",
    Remedy(cfn="MultiAZ: true", tf="multi_az = true"),
    ("REL10-BP01",),
)
LIFECYCLE = _rule(
    "s3-lifecycle",
    "sustainability",
    Severity.LOW,
    "Bucket keeps everything for ever",
    Remedy(cfn="LifecycleConfiguration:\n  Rules: []", tf='rule {\n  status = "Enabled"\n}'),
    ("SUS04-BP03", "XXX00-BP00"),
)
ENCRYPTION = _rule(
    "sqs-encryption",
    "security",
    Severity.MEDIUM,
    "Queue is not encrypted",
    Remedy(cfn="SqsManagedSseEnabled: true", tf="sqs_managed_sse_enabled = true"),
    ("SEC08-BP02",),
)
SECRET = _rule(
    "lambda-plaintext-secret",
    "security",
    Severity.CRITICAL,
    "Function has a secret in its environment",
    Remedy(cfn="SECRET_ARN: !Ref Secret", tf="SECRET_ARN = aws_secretsmanager_secret.this.arn"),
    ("SEC02-BP03",),
)


def report() -> Report:
    """Made anew each time, since a report is mutable. One finding stands for three instances."""
    made = _report()
    database = made.findings[2]
    for key in (1, 2):
        made.findings.append(
            replace(database, address=f"module.db.aws_db_instance.this[{key}]", fingerprint=f"{database.fingerprint}-{key}")
        )
    return made


def _report() -> Report:
    return Report(
        findings=[
            Finding(
                rule=SECRET,
                verdict="fail",
                message="DB_PASSWORD is readable for whoever may see the function.",
                address="Function",
                type="AWS::Lambda::Function",
                dialect="cloudformation",
                span=Span("cfn/queue one.yaml", 11, 11, 11, 31),
                fingerprint="f1",
                fault="f1",
            ),
            Finding(
                rule=ENCRYPTION,
                verdict="unknown",
                message="Cannot be decided: the parameter Key has no default.",
                address="Queue",
                type="AWS::SQS::Queue",
                dialect="cloudformation",
                span=Span("cfn/queue one.yaml", 5, 23, 5, 31),
                fingerprint="f2",
                fault="f2",
            ),
            Finding(
                rule=MULTI_AZ,
                verdict="fail",
                message="The database is lost with its zone: `multi_az` is false in [main](x).",
                address="module.db.aws_db_instance.this[0]",
                type="aws_db_instance",
                dialect="terraform",
                span=Span("main.tf", 4, 14, 4, 26),
                related=(
                    Step(Span("vars.tf", 3, 13, 3, 18), "default of var.multi_az"),
                    Step(Span("main.tf", 2, 1, 2, 12), "module.db[0]"),
                    Step(Span("", 1, 1, 1, 1), "nowhere"),
                ),
                chain=(Step(Span("vars.tf", 3, 13, 3, 18), "default of var.multi_az"),),
                fingerprint="f3",
                fault="f3",
                # Behind characters of two and four bytes.
                fix=Fix(
                    (Edit("main.tf", 57, 69, "true"), Edit("main.tf", 127, 127, " # 🙂\n")),
                    "Set multi_az to true",
                    "the standby costs as much as the database",
                ),
            ),
            Finding(
                rule=LIFECYCLE,
                verdict="fail",
                message="Old objects are kept.",
                address="aws_s3_bucket.logs",
                type="aws_s3_bucket",
                dialect="terraform",
                span=Span("main.tf", 7, 35, 7, 53),
                fingerprint="f4",
                fault="f4",
            ),
            Finding(
                rule=LIFECYCLE,
                verdict="fail",
                message="Old objects are kept here too.",
                address="aws_s3_bucket.kept",
                type="aws_s3_bucket",
                dialect="terraform",
                span=Span("main.tf", 7, 1, 7, 32),
                fingerprint="f5",
                fault="f5",
                suppressed=Suppression("the law wants it", "inline"),
            ),
        ],
        errors=[
            SourceError("a closing bracket `}` is missing", path="broken.tf", line=3, column=7),
            RuleError("a bug in wa-iac: rule x raised ValueError: 1", path="main.tf", line=2, column=1),
        ],
        rules=[MULTI_AZ, LIFECYCLE, ENCRYPTION, SECRET],
        sources={
            "main.tf": MAIN_TF.encode(),
            "cfn/queue one.yaml": TEMPLATE.encode(),
            "vars.tf": b'variable "multi_az" {\r\n  type    = bool\r\n  default = false\r\n}\r\n',
        },
        resources=4,
        rules_considered=60,
    )
