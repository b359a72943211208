"""What Terraform learns only by the deployment is no doubt, if the fault does not depend on it."""

from pathlib import Path

import pytest

from helpers.reports import verdicts

TASK = """
resource "aws_ecs_task_definition" "orders" {{
  family                = "orders"
  container_definitions = jsonencode([{{ name = "orders", image = "orders:7", memory = 64 }}])
  {more}
}}

resource "aws_iam_role" "program" {{
  name               = "program"
  assume_role_policy = "{{}}"
}}

resource "aws_iam_role" "starts" {{
  name               = "starts"
  assume_role_policy = "{{}}"
}}

resource "aws_efs_file_system" "files" {{
}}

variable "shared" {{
  type = bool
}}

variable "role" {{
  type = string
}}
"""
VOLUME = """volume {{
    name = "files"

    efs_volume_configuration {{
      file_system_id     = aws_efs_file_system.files.id
      transit_encryption = "{mode}"
    }}
  }}"""
PERHAPS = """dynamic "volume" {
    for_each = var.shared ? ["files"] : []

    content {
      name = volume.value

      efs_volume_configuration {
        file_system_id = aws_efs_file_system.files.id
      }
    }
  }"""
NAME = "aws_ecs_task_definition.orders"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (VOLUME.format(mode="DISABLED"), {NAME: "fail"}),
        (VOLUME.format(mode="ENABLED"), {}),
        (PERHAPS, {NAME: "unknown"}),
    ],
    ids=["off", "on", "perhaps"],
)
def test_the_id_of_a_file_system_that_is_created_here_is_no_doubt(tmp_path: Path, more: str, expected: dict[str, str]) -> None:
    assert verdicts(tmp_path, TASK.format(more=more), "terraform", "ecs-efs-transit-encryption") == expected


@pytest.mark.parametrize(
    ("task", "execution", "expected"),
    [
        ("aws_iam_role.program.arn", "aws_iam_role.starts.arn", {}),
        ("aws_iam_role.starts.arn", "aws_iam_role.starts.arn", {NAME: "fail"}),
        ("aws_iam_role.program.arn", "var.role", {}),
        ('"arn:aws:iam::111122223333:role/ecs"', "var.role", {NAME: "unknown"}),
    ],
    ids=["two", "one", "one from outside", "not known"],
)
def test_roles_that_different_resources_make_differ(
    tmp_path: Path, task: str, execution: str, expected: dict[str, str]
) -> None:
    more = f"task_role_arn = {task}\n  execution_role_arn = {execution}"

    assert verdicts(tmp_path, TASK.format(more=more), "terraform", "ecs-task-role-separate") == expected


IMAGE = """
variable "tag" {{
  type = string
}}

resource "aws_ecr_repository" "orders" {{
  name = "orders"
}}

resource "aws_ecs_task_definition" "orders" {{
  family                = "orders"
  container_definitions = jsonencode([{{ name = "orders", image = {image}, memory = 64 }}])
}}
"""


@pytest.mark.parametrize(
    ("image", "tag", "hub"),
    [
        ("aws_ecr_repository.orders.repository_url", {NAME: "fail"}, {}),
        ('"${aws_ecr_repository.orders.repository_url}:latest"', {NAME: "fail"}, {}),
        ('"${aws_ecr_repository.orders.repository_url}:7"', {}, {}),
        ('"${aws_ecr_repository.orders.repository_url}:${var.tag}"', {NAME: "unknown"}, {}),
        ('"${aws_ecr_repository.orders.repository_url}@${var.tag}"', {}, {}),
        ('"${var.tag}.dkr.ecr.eu-west-1.amazonaws.com/orders"', {NAME: "fail"}, {}),
        ('"nginx:${var.tag}"', {NAME: "unknown"}, {NAME: "fail"}),
        ('"nginx:${var.tag}-alpine"', {NAME: "unknown"}, {NAME: "fail"}),
        ('"grafana/loki:${var.tag}"', {NAME: "unknown"}, {NAME: "fail"}),
        ('"registry:${var.tag}/orders:7"', {}, {NAME: "unknown"}),
        ("var.tag", {NAME: "unknown"}, {NAME: "unknown"}),
        ('"registry:5000/orders"', {NAME: "fail"}, {}),
        ('""', {}, {}),
    ],
)
def test_the_pieces_of_an_images_name_that_are_known_decide(
    tmp_path: Path, image: str, tag: dict[str, str], hub: dict[str, str]
) -> None:
    text = IMAGE.format(image=image)

    assert verdicts(tmp_path, text, "terraform", "ecs-image-tag-pinned") == tag
    assert verdicts(tmp_path, text, "terraform", "ecs-public-image") == hub


def test_a_role_that_is_created_here_is_no_service(tmp_path: Path) -> None:
    text = """
resource "aws_iam_role" "caller" {
  name               = "caller"
  assume_role_policy = "{}"
}

resource "aws_lambda_permission" "caller" {
  action        = "lambda:InvokeFunction"
  function_name = "orders"
  principal     = aws_iam_role.caller.arn
}
"""
    assert verdicts(tmp_path, text, "terraform", "lambda-permission-source") == {}


def test_a_choice_between_certificates_that_are_created_here_is_none_of_iam(tmp_path: Path) -> None:
    text = """
resource "aws_acm_certificate" "shop" {
  domain_name       = "shop.example.com"
  validation_method = "DNS"
}

resource "aws_acm_certificate" "test" {
  domain_name       = "test.example.com"
  validation_method = "DNS"
}

resource "aws_lb_listener" "shop" {
  port            = 443
  protocol        = "HTTPS"
  certificate_arn = terraform.workspace == "production" ? aws_acm_certificate.shop.arn : aws_acm_certificate.test.arn
}
"""
    assert verdicts(tmp_path, text, "terraform", "elb-acm-certificate") == {}


def test_roles_of_one_instance_of_a_module_differ_too(tmp_path: Path) -> None:
    module = tmp_path / "tasks"
    module.mkdir()
    text = TASK.replace("{{", "{").replace("}}", "}")
    roles = "task_role_arn = aws_iam_role.program.arn\n  execution_role_arn = aws_iam_role.starts.arn"
    (module / "main.tf").write_text(text.replace("{more}", roles))
    call = 'module "tasks" {\n  count = 1\n  source = "./tasks"\n  shared = true\n  role = "none"\n}\n'

    assert verdicts(tmp_path, call, "terraform", "ecs-task-role-separate") == {}
