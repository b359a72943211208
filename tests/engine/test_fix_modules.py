"""Fixes in Terraform files look as `terraform fmt` would have them, and touch nothing that is computed or shared."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.fixes import after, formatted, mended
from helpers.plans import Plan, constant
from wa_iac.core.fix import applied
from wa_iac.engine.check import check
from wa_iac.engine.selection import Selection

SQS = "sqs-encryption"
VALIDATION = "cloudtrail-log-validation"

CASES = {
    "a value": (
        SQS,
        'resource "aws_sqs_queue" "q" {\n  name                    = "q" # ours\n  sqs_managed_sse_enabled = false # for now\n}\n',
        'resource "aws_sqs_queue" "q" {\n  name                    = "q" # ours\n  sqs_managed_sse_enabled = true # for now\n}\n',
    ),
    "a block without lines": (
        VALIDATION,
        'resource "aws_cloudtrail" "t" {}\n',
        'resource "aws_cloudtrail" "t" {\n  enable_log_file_validation = true\n}\n',
    ),
    "a block of one line": (
        VALIDATION,
        'resource "aws_cloudtrail" "t" { name = "t" } # ours\n',
        'resource "aws_cloudtrail" "t" {\n  name                       = "t"\n  enable_log_file_validation = true\n} # ours\n',
    ),
    "a block of one line that gets a block": (
        "lambda-xray-tracing",
        'resource "aws_lambda_function" "f" { function_name = "f" }\n',
        'resource "aws_lambda_function" "f" {\n  function_name = "f"\n\n  tracing_config {\n    mode = "Active"\n  }\n}\n',
    ),
    "neighbours that are wider": (
        "kms-key-rotation",
        'resource "aws_kms_key" "k" {\n  description             = "k"\n  deletion_window_in_days = 7\n}\n',
        'resource "aws_kms_key" "k" {\n  description             = "k"\n  deletion_window_in_days = 7\n  enable_key_rotation     = true\n}\n',
    ),
    "neighbours that move": (
        VALIDATION,
        'resource "aws_cloudtrail" "t" {\n  name           = "t"\n  s3_bucket_name = "logs"\n\n  tags = {\n    a = 1\n  }\n}\n',
        'resource "aws_cloudtrail" "t" {\n  name                       = "t"\n  s3_bucket_name             = "logs"\n'
        "  enable_log_file_validation = true\n\n  tags = {\n    a = 1\n  }\n}\n",
    ),
    "neighbours that are not aligned": (
        VALIDATION,
        'resource "aws_cloudtrail" "t" {\n  name = "t"\n  s3_bucket_name = "logs"\n}\n',
        'resource "aws_cloudtrail" "t" {\n  name = "t"\n  s3_bucket_name = "logs"\n  enable_log_file_validation = true\n}\n',
    ),
    "before nested blocks": (
        VALIDATION,
        'resource "aws_cloudtrail" "t" {\n  count = 2\n\n  name = "t"\n\n  event_selector {\n    read_write_type = "All"\n  }\n}\n',
        'resource "aws_cloudtrail" "t" {\n  count = 2\n\n  name                       = "t"\n  enable_log_file_validation = true\n\n'
        '  event_selector {\n    read_write_type = "All"\n  }\n}\n',
    ),
    "only blocks": (
        VALIDATION,
        'resource "aws_cloudtrail" "t" {\n  # all of it\n  event_selector {\n    read_write_type = "All"\n  }\n}\n',
        'resource "aws_cloudtrail" "t" {\n  enable_log_file_validation = true\n\n  # all of it\n  event_selector {\n'
        '    read_write_type = "All"\n  }\n}\n',
    ),
    "only a comment": (
        VALIDATION,
        'resource "aws_cloudtrail" "t" {\n  # nothing yet\n}\n',
        'resource "aws_cloudtrail" "t" {\n  enable_log_file_validation = true\n  # nothing yet\n}\n',
    ),
    "a heredoc": (
        "ecr-scan-on-push,ecr-immutable-tags",
        'resource "aws_ecr_repository" "r" {\n  name = <<EOT\nname = "x"\nEOT\n\n  image_scanning_configuration {\n    scan_on_push = false\n  }\n}\n',
        'resource "aws_ecr_repository" "r" {\n  image_tag_mutability = "IMMUTABLE"\n\n  name = <<EOT\nname = "x"\nEOT\n\n'
        "  image_scanning_configuration {\n    scan_on_push = true\n  }\n}\n",
    ),
    "a block before lifecycle": (
        "lambda-xray-tracing",
        'resource "aws_lambda_function" "f" {\n  function_name = "f"\n\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n',
        'resource "aws_lambda_function" "f" {\n  function_name = "f"\n\n  tracing_config {\n    mode = "Active"\n  }\n\n'
        "  lifecycle {\n    prevent_destroy = true\n  }\n}\n",
    ),
    "a resource after the bucket": (
        "s3-versioning",
        'resource "aws_s3_bucket" "b" {\n  bucket = "b"\n} # ours\n\nlocals {}\n',
        'resource "aws_s3_bucket" "b" {\n  bucket = "b"\n} # ours\n\nresource "aws_s3_bucket_versioning" "b" {\n'
        '  bucket = aws_s3_bucket.b.id\n\n  versioning_configuration {\n    status = "Enabled"\n  }\n}\n\nlocals {}\n',
    ),
    "the older block in the bucket": (
        "s3-versioning",
        'resource "aws_s3_bucket" "b" {\n  versioning {\n    enabled = false\n  }\n}\n',
        'resource "aws_s3_bucket" "b" {\n  versioning {\n    enabled = true\n  }\n}\n',
    ),
    "instances, once": (
        SQS,
        'resource "aws_sqs_queue" "q" {\n  for_each                = toset(["a", "b"])\n  name                    = each.key\n  sqs_managed_sse_enabled = false\n}\n',
        'resource "aws_sqs_queue" "q" {\n  for_each                = toset(["a", "b"])\n  name                    = each.key\n  sqs_managed_sse_enabled = true\n}\n',
    ),
    "an indentation of its own": (
        f"{VALIDATION},ec2-imdsv2",
        'resource "aws_cloudtrail" "t" {\n\tname = "t"\n}\n\nresource "aws_instance" "i" {\n\tami = "ami-1"\n}\n',
        'resource "aws_cloudtrail" "t" {\n\tname                       = "t"\n\tenable_log_file_validation = true\n}\n\n'
        'resource "aws_instance" "i" {\n\tami = "ami-1"\n\n\tmetadata_options {\n\t\thttp_tokens = "required"\n\t}\n}\n',
    ),
    "a comment with an indentation of its own": (
        "ec2-imdsv2",
        '/*\n      Servers\n*/\nresource "aws_instance" "i" { # ours\n  ami = "ami-1"\n}\n',
        '/*\n      Servers\n*/\nresource "aws_instance" "i" { # ours\n  ami = "ami-1"\n\n  metadata_options {\n    http_tokens = "required"\n  }\n}\n',
    ),
    "a nested block of one line": (
        "ec2-imdsv2",
        'resource "aws_instance" "i" {\n  ami = "ami-1"\n  metadata_options { http_put_response_hop_limit = 1 }\n}\n',
        'resource "aws_instance" "i" {\n  ami = "ami-1"\n  metadata_options {\n    http_put_response_hop_limit = 1\n'
        '    http_tokens                 = "required"\n  }\n}\n',
    ),
    "several rules on one resource": (
        f"{VALIDATION},cloudtrail-multi-region",
        'resource "aws_cloudtrail" "t" {\n  name = "t"\n}\n',
        'resource "aws_cloudtrail" "t" {\n  name                       = "t"\n  enable_log_file_validation = true\n'
        "  is_multi_region_trail      = true\n}\n",
    ),
    "a value that is as wanted where nothing is written": (
        "cloudtrail-multi-region",
        'resource "aws_cloudtrail" "t" {\n  include_global_service_events = false\n}\n',
        'resource "aws_cloudtrail" "t" {\n  include_global_service_events = true\n  is_multi_region_trail         = true\n}\n',
    ),
}


@pytest.mark.parametrize(("slugs", "source", "wanted"), CASES.values(), ids=list(CASES))
def test_hcl(slugs: str, source: str, wanted: str, tmp_path: Path) -> None:
    text = after(tmp_path, "main.tf", source, *slugs.split(","))

    assert text == wanted


@pytest.mark.slow
def test_what_is_wanted_is_formatted_as_terraform_does() -> None:
    """Of sources that were. Comments at line ends are aligned with each other by Terraform, and are not ours to move."""
    before = {name: source for name, (_, source, _) in CASES.items() if "#" not in source}
    good = [name for name, source in formatted(before).items() if source == before[name]]
    wanted = {name: CASES[name][2] for name in good}

    assert len(good) > 10
    assert formatted(wanted) == wanted


@pytest.mark.parametrize(("slugs", "source", "wanted"), CASES.values(), ids=list(CASES))
def test_hcl_with_a_mark_and_line_ends_of_windows(slugs: str, source: str, wanted: str, tmp_path: Path) -> None:
    text = after(tmp_path, "main.tf", "# größer 🙂\r\n" + source.replace("\n", "\r\n"), *slugs.split(","))

    assert text == "# größer 🙂\r\n" + wanted.replace("\n", "\r\n")


def test_a_block_right_after_a_byte_order_mark(tmp_path: Path) -> None:
    wanted = '\ufeffresource "aws_cloudtrail" "t" {\n  enable_log_file_validation = true\n}\n'

    assert after(tmp_path, "main.tf", '\ufeffresource "aws_cloudtrail" "t" {}\n', VALIDATION) == wanted


def test_json(tmp_path: Path) -> None:
    source = '{\n  "resource": {\n    "aws_cloudtrail": {\n      "t": {\n        "name": "t"\n      }\n    }\n  }\n}\n'

    assert after(tmp_path, "main.tf.json", source, VALIDATION) == source.replace(
        '"name": "t"', '"name": "t",\n        "enable_log_file_validation": true'
    )


UNTOUCHED = {
    "a variable decides": (
        SQS,
        'variable "on" {\n  default = false\n}\n\nresource "aws_sqs_queue" "q" {\n  sqs_managed_sse_enabled = var.on\n}\n',
    ),
    "a local decides": (
        SQS,
        'locals {\n  on = false\n}\n\nresource "aws_sqs_queue" "q" {\n  sqs_managed_sse_enabled = local.on\n}\n',
    ),
    "an expression": (SQS, 'resource "aws_sqs_queue" "q" {\n  sqs_managed_sse_enabled = !true\n}\n'),
    "instances that differ": (
        "sqs-encryption",
        'resource "aws_sqs_queue" "q" {\n  for_each = { a = null, b = "alias/b" }\n\n  kms_master_key_id       = each.value\n'
        "  sqs_managed_sse_enabled = false\n}\n",
    ),
    "a dynamic block": (
        "ecr-scan-on-push",
        'resource "aws_ecr_repository" "r" {\n  dynamic "image_scanning_configuration" {\n    for_each = [false]\n    content {\n'
        "      scan_on_push = false\n    }\n  }\n}\n",
    ),
    "buckets by number, which need a resource beside": (
        "s3-versioning",
        'resource "aws_s3_bucket" "b" {\n  count = 2\n}\n',
    ),
    "another provider's spelling": ("s3-versioning", 'resource "awscc_s3_bucket" "b" {\n  bucket_name = "b"\n}\n'),
}


@pytest.mark.parametrize(("slug", "source"), UNTOUCHED.values(), ids=list(UNTOUCHED))
def test_what_does_not_stand_there_as_a_literal_is_left_alone(slug: str, source: str, tmp_path: Path) -> None:
    assert after(tmp_path, "main.tf", source, slug) == source


def _files(directory: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / name).write_text(text, encoding="utf-8")


QUEUE = 'variable "key" {\n  default = null\n}\n\nresource "aws_sqs_queue" "q" {\n  kms_master_key_id       = var.key\n  sqs_managed_sse_enabled = false\n}\n'


def test_an_override_is_left_alone(tmp_path: Path) -> None:
    files = {
        "main.tf": 'resource "aws_sqs_queue" "q" {\n  sqs_managed_sse_enabled = true\n}\n',
        "main_override.tf": 'resource "aws_sqs_queue" "q" {\n  sqs_managed_sse_enabled = false\n}\n',
    }
    _files(tmp_path, files)

    outcome = mended(tmp_path, SQS)

    assert outcome.files == {}
    assert len(outcome.report.failing()) == 1


def test_a_module_is_mended_where_all_its_callers_agree(tmp_path: Path) -> None:
    _files(
        tmp_path, {"main.tf": 'module "a" {\n  source = "./m"\n}\n\nmodule "b" {\n  source = "./m"\n}\n', "m/main.tf": QUEUE}
    )

    assert [Path(each).name for each in mended(tmp_path, SQS).files] == ["main.tf"]
    assert (tmp_path / "m" / "main.tf").read_text(encoding="utf-8") == QUEUE.replace("false", "true")


def test_a_module_is_left_alone_where_they_do_not(tmp_path: Path) -> None:
    calls = 'module "a" {\n  source = "./m"\n}\n\nmodule "b" {\n  source = "./m"\n  key    = "alias/b"\n}\n'
    _files(tmp_path, {"main.tf": calls, "m/main.tf": QUEUE})

    assert mended(tmp_path, SQS).files == {}


@pytest.mark.parametrize("module", [".terraform/modules/m", "elsewhere/m"])
def test_a_module_of_somebody_else_is_left_alone(module: str, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    source = "./.terraform/modules/m" if module.startswith(".") else "../elsewhere/m"
    _files(tmp_path, {"root/main.tf": f'module "a" {{\n  source = "{source}"\n}}\n'})
    _files(tmp_path / "root" if module.startswith(".") else tmp_path, {f"{module}/main.tf": QUEUE})

    outcome = mended(tmp_path / "root", SQS)

    assert len(outcome.report.failing()) == 1
    assert outcome.files == {}


def test_a_plan_is_left_alone(tmp_path: Path) -> None:
    plan = Plan()
    plan.resource("aws_sqs_queue.q", {"sqs_managed_sse_enabled": False}, {"sqs_managed_sse_enabled": constant(False)})
    plan.write(tmp_path)
    _files(tmp_path, {"main.tf": 'resource "aws_sqs_queue" "q" {\n  sqs_managed_sse_enabled = false\n}\n'})

    outcome = mended(tmp_path, SQS)

    assert len(outcome.report.failing()) == 1
    assert outcome.files == {}


def test_a_report_with_fixes_reads_terraforms_json_as_a_module_and_as_it_is_written(tmp_path: Path) -> None:
    source = '{"resource": {"aws_kms_key": {"k": {"enable_key_rotation": false}}}}\n'
    (tmp_path / "main.tf.json").write_text(source, encoding="utf-8")
    [finding] = check([tmp_path], Selection(select=("kms-key-rotation",)), fixes=True).findings

    assert finding.fix is not None
    assert applied(source.encode(), finding.fix.edits) == source.replace("false", "true").encode()
