"""What a team sets of rules: each option changes what its rule says, and what it offers to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from wa_iac.core.finding import Report
from wa_iac.engine.catalogue import OURS
from wa_iac.engine.check import check
from wa_iac.engine.selection import Selection
from wa_iac.report import sarif
from wa_iac.report.remedy import remedy
from wa_iac.settings.find import configured

DATABASE = 'resource "aws_db_instance" "orders" {\n  backup_retention_period = 14\n}\n'
ROTATION = (
    'resource "aws_secretsmanager_secret_rotation" "db" {\n  rotation_rules {\n    automatically_after_days = 60\n  }\n}\n'
)
LOGS = 'resource "aws_cloudwatch_log_group" "app" {\n  retention_in_days = 400\n}\n'
TAGGED = 'resource "aws_s3_bucket" "reports" {\n  tags = { team = "finance" }\n}\n'
SERVICE = (
    'resource "aws_ecs_service" "web" {\n  desired_count = 2\n  load_balancer {\n    target_group_arn = "arn"\n'
    '    container_name   = "web"\n    container_port   = 80\n  }\n}\n'
)
JOB = """\
resource "aws_glue_job" "it" {
  role_arn          = "arn:aws:iam::111122223333:role/glue"
  glue_version      = "5.0"
  worker_type       = "G.1X"
  number_of_workers = 5
  command {
    script_location = "s3://scripts/it.py"
  }
}
"""
GROUP = 'resource "aws_autoscaling_group" "web" {\n  min_size          = 2\n  max_size          = 9\n  target_group_arns = ["arn"]\n}\n'
QUEUE = (
    'resource "aws_sqs_queue" "jobs" {\n  visibility_timeout_seconds = 180\n}\n'
    'resource "aws_lambda_function" "work" {\n  timeout = 30\n}\n'
    'resource "aws_lambda_event_source_mapping" "jobs" {\n'
    "  event_source_arn = aws_sqs_queue.jobs.arn\n  function_name    = aws_lambda_function.work.arn\n}\n"
)
CLUSTER = 'resource "aws_redshift_cluster" "events" {\n  automated_snapshot_retention_period = 14\n}\n'
DOCUMENTS = 'resource "aws_docdb_cluster" "orders" {\n  backup_retention_period = 14\n}\n'
NODES = 'resource "aws_neptune_cluster" "friends" {\n  backup_retention_period = 14\n}\n'
STREAM = 'resource "aws_kinesis_stream" "clicks" {\n  retention_period = 200\n}\n'
PLAN = 'resource "aws_backup_plan" "daily" {\n  name = "daily"\n  rule {\n    rule_name         = "daily"\n    target_vault_name = "main"\n    lifecycle {\n      delete_after = 14\n    }\n  }\n}\n'
PASSWORDS = (
    'resource "aws_iam_account_password_policy" "all" {\n  minimum_password_length = 14\n  require_lowercase_characters = true\n'
    "  require_uppercase_characters = true\n  require_numbers = true\n  require_symbols = true\n  password_reuse_prevention = 24\n}\n"
)
PREVIEW = 'resource "aws_instance" "web" {\n  tags = { tier = "Preview" }\n}\n'


def judged(folder: Path, source: str, slug: str, options: str = "") -> Report:
    (folder / "main.tf").write_text(source, encoding="utf-8")
    settings = folder / "wa-iac.toml"
    settings.write_text(f"[options.{slug}]\n{options}\n" if options else "", encoding="utf-8")
    config = configured([folder], settings)
    return check([folder], Selection(select=(slug,)), settings=config.settings, fixes=True)


def said(report: Report) -> list[tuple[int, str]]:
    return [(each.span.start_line, each.message) for each in report.failing()]


@pytest.mark.parametrize(
    ("slug", "source", "options", "expected"),
    [
        (
            "rds-backup-retention",
            DATABASE,
            "minimum-days = 30",
            [(2, "Backups are kept for only 14 days: they do not undo an error that is noticed later.")],
        ),
        (
            "secretsmanager-rotation",
            ROTATION,
            "maximum-days = 30",
            [(3, "This secret is rotated only every 60 days: anyone who has seen it can use it that long.")],
        ),
        (
            "cloudwatch-log-retention",
            LOGS,
            "minimum-days = 731",
            [(2, "These logs are kept for 400 days: at least 731 are required.")],
        ),
        (
            "cloudwatch-log-retention",
            LOGS,
            "maximum-days = 100",
            [(2, "These logs are kept, and paid for, for 400 days: at most 100 are allowed.")],
        ),
        (
            "kms-deletion-window",
            'resource "aws_kms_key" "data" {\n  deletion_window_in_days = 14\n}\n',
            "minimum-days = 30",
            [(2, "A mistake can be undone for 14 days only: then all data that this key encrypts is lost.")],
        ),
        (
            "workload-cost-tags",
            TAGGED,
            'keys = ["team", "cost-center"]',
            [(2, "Required tags are missing (cost-center): its tags do not tell whose cost it is.")],
        ),
        (
            "ecs-service-multiple-tasks",
            SERVICE,
            "minimum = 3",
            [(2, "This service may run only 2 tasks: at least 3 are required.")],
        ),
        (
            "autoscaling-min-capacity",
            GROUP,
            "minimum = 3",
            [(2, "This group serves a load balancer and may shrink to 2: at least 3 are required.")],
        ),
        (
            "lambda-sqs-visibility-timeout",
            QUEUE,
            "times = 10",
            [
                (
                    2,
                    "A message becomes visible again after 180 seconds, but aws_lambda_function.work may need 30 seconds for it, and more if "
                    "Lambda is throttled and tries again: the message may be processed twice. At least 300 seconds are recommended.",
                )
            ],
        ),
        (
            "redshift-automated-snapshots",
            CLUSTER,
            "minimum-days = 30",
            [
                (
                    2,
                    "Automated snapshots are kept for only 14 days: an error that is noticed later cannot be undone, unless the data is loaded again.",
                )
            ],
        ),
        (
            "documentdb-backup-retention",
            DOCUMENTS,
            "minimum-days = 30",
            [(2, "Backups are kept for only 14 days: they do not undo an error that is noticed later.")],
        ),
        (
            "neptune-backup-retention",
            NODES,
            "minimum-days = 30",
            [(2, "Backups are kept for only 14 days: they do not undo an error that is noticed later.")],
        ),
        (
            "backup-plan-retention",
            PLAN,
            "minimum-days = 30",
            [(7, "This plan keeps no backup for more than 14 days: they do not undo an error that is noticed later.")],
        ),
        (
            "iam-password-policy",
            PASSWORDS,
            "minimum-length = 16",
            [(2, "Passwords of this account may be as short as 14 characters: they are easier to guess.")],
        ),
        (
            "kinesis-retention",
            STREAM,
            "minimum-hours = 240",
            [(2, "Records are deleted after 200 hours, read or not: a consumer that fails for longer loses them.")],
        ),
        (
            "workload-nonprod-schedule",
            PREVIEW,
            'tag-keys = ["tier"]\nenvironments = ["preview"]',
            [(1, "Its tags say that this is a Preview resource, and nothing here stops it: it is paid for day and night.")],
        ),
        (
            "glue-job-autoscaling",
            JOB,
            "workers = 4",
            [(5, "This job pays for 5 workers for its whole run, also for those that have nothing to do.")],
        ),
    ],
)
def test_an_option_changes_what_the_rule_says(
    tmp_path: Path, slug: str, source: str, options: str, expected: list[tuple[int, str]]
) -> None:
    assert said(judged(tmp_path, source, slug)) == []
    assert said(judged(tmp_path, source, slug, options)) == expected


def test_every_rule_with_options_is_tested_here() -> None:
    tested = {
        "autoscaling-min-capacity", "backup-plan-retention", "cloudwatch-log-retention", "iam-password-policy", "documentdb-backup-retention", "ecs-service-multiple-tasks",
        "glue-job-autoscaling", "kinesis-retention", "kms-deletion-window", "lambda-sqs-visibility-timeout", "neptune-backup-retention",
        "rds-backup-retention", "redshift-automated-snapshots", "secretsmanager-rotation", "workload-cost-tags",
        "workload-nonprod-schedule",
    }  # fmt: skip
    assert {rule.slug for rule in OURS.all() if rule.options_class is not None} == tested


@pytest.mark.parametrize(
    ("options", "written"),
    [("", 90), ("maximum-days = 45", 30), ("minimum-days = 100", 120), ("minimum-days = 366\nmaximum-days = 500", 400)],
)
def test_the_remedy_and_the_fix_write_what_is_wanted(tmp_path: Path, options: str, written: int) -> None:
    logs = 'resource "aws_cloudwatch_log_group" "app" {\n}\n'
    [finding] = judged(tmp_path, logs, "cloudwatch-log-retention", options).failing()

    assert remedy(finding).code == f"retention_in_days = {written}"
    assert finding.fix is not None
    assert [each.new_text.strip() for each in finding.fix.edits] == [f"retention_in_days = {written}"]


def test_sarif_describes_the_rule_as_it_is_for_everybody(tmp_path: Path) -> None:
    """GitHub keeps one copy of a rule's text for all repositories."""
    report = judged(tmp_path, DATABASE, "rds-backup-retention", "minimum-days = 30")
    assert "BackupRetentionPeriod: 7" in sarif.render(report, show_unknown=False, root=tmp_path)
    assert "BackupRetentionPeriod: 30" not in sarif.render(report, show_unknown=False, root=tmp_path)
