"""A remedy fits what is written already, and what the resource is."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, only, said
from wa_iac.report.remedy import remedy


def test_what_is_only_added_where_it_is_missing_is_left_out(tmp_path: Path) -> None:
    module = """
resource "aws_autoscaling_group" "web" {
  min_size                  = 2
  max_size                  = 4
  health_check_grace_period = 300
  target_group_arns         = [aws_lb_target_group.web.arn]
}
resource "aws_lb_target_group" "web" {
  port     = 80
  protocol = "HTTP"
}
"""
    code = remedy(only(judge_files(tmp_path, {"main.tf": module}, "autoscaling-elb-health-check"))).code

    assert code == 'health_check_type = "ELB"'


def test_one_value_for_two_timeouts_is_multiplied(tmp_path: Path) -> None:
    module = """
variable "seconds" { default = 60 }
resource "aws_sqs_queue" "jobs" {
  visibility_timeout_seconds = var.seconds
}
resource "aws_lambda_function" "worker" {
  function_name = "worker"
  timeout       = var.seconds
}
resource "aws_lambda_event_source_mapping" "jobs" {
  event_source_arn = aws_sqs_queue.jobs.arn
  function_name    = aws_lambda_function.worker.arn
}
"""
    advice = remedy(only(judge_files(tmp_path, {"main.tf": module}, "lambda-sqs-visibility-timeout")))

    assert (advice.code, "multiply it by 6" in advice.sentences[0]) == ("", True)


def test_an_instance_with_network_interfaces_names_no_subnet(tmp_path: Path) -> None:
    instance = """
resource "aws_instance" "NAME" {
  ami               = "ami-1"
  instance_type     = "m7i.large"
  availability_zone = "eu-west-1a"
  network_interface {
    device_index         = 0
    network_interface_id = aws_network_interface.NAME.id
  }
}
resource "aws_network_interface" "NAME" {
  subnet_id = aws_subnet.one.id
}
"""
    module = 'resource "aws_subnet" "one" {\n  availability_zone = "eu-west-1a"\n}\n'
    module += instance.replace("NAME", "web1") + instance.replace("NAME", "web2")
    finding = only(judge_files(tmp_path, {"main.tf": module}, "ec2-multi-az"))

    assert remedy(finding).code == ""


def test_the_default_of_an_attribute_stays_in_its_type(tmp_path: Path) -> None:
    module = """
variable "disk" {
  type = object({
    kind = optional(string, "gp2")
  })
  default = {}
}
resource "aws_ebs_volume" "it" {
  availability_zone = "eu-west-1a"
  type              = var.disk.kind
}
"""
    *_, sentence, code = said(judge(tmp_path, module, "terraform", "ebs-gp3"))

    assert sentence == 'Set the key "kind" (main.tf:4) to optional(string, "gp3"):'
    assert code == 'kind = optional(string, "gp3")'


def test_a_block_of_which_there_may_be_many_stands_beside_the_others(tmp_path: Path) -> None:
    source = (
        'resource "aws_elastic_beanstalk_environment" "a" {\n  name        = "a"\n  application = "shop"\n'
        '  setting {\n    namespace = "aws:autoscaling:launchconfiguration"\n    name      = "InstanceType"\n    value     = "t3.micro"\n  }\n}\n'
    )
    advice = remedy(only(judge(tmp_path, source, "terraform", "elasticbeanstalk-logs")))

    assert "exists already" not in advice.text
    assert '"StreamLogs"' in advice.code


def test_what_is_in_a_new_block_is_new_too(tmp_path: Path) -> None:
    source = (
        'resource "aws_wafv2_web_acl" "a" {\n  name  = "a"\n  scope = "REGIONAL"\n  default_action {\n    allow {}\n  }\n'
        '  visibility_config {\n    cloudwatch_metrics_enabled = true\n    metric_name                = "a"\n'
        "    sampled_requests_enabled   = true\n  }\n}\n"
    )
    advice = remedy(only(judge(tmp_path, source, "terraform", "waf-rules-present")))

    assert "exists already" not in advice.text


@pytest.mark.parametrize(("name", "told"), [("", False), ("      DBInstanceIdentifier: shop\n", True)])
def test_what_is_replaced_and_has_a_fixed_name_gets_another_one(tmp_path: Path, name: str, told: bool) -> None:
    source = (
        "Resources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      Engine: postgres\n      AllocatedStorage: '20'\n"
        "      DBInstanceClass: db.m7g.large\n      StorageEncrypted: false\n" + name
    )
    advice = remedy(only(judge(tmp_path, source, "cloudformation", "rds-encryption")))

    assert ("give the new one another name" in advice.text) == told


def test_a_constant_in_a_dynamic_block_is_changed_in_its_content(tmp_path: Path) -> None:
    module = """variable "port" {}
resource "aws_security_group" "app" {
  dynamic "ingress" {
    for_each = var.port == null ? [] : [1]
    content {
      from_port   = var.port
      to_port     = var.port
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}
"""
    root = 'module "app" {\n  source = "./app"\n  port   = 5432\n}\n'
    text = said(judge_files(tmp_path, {"main.tf": root, "app/main.tf": module}, "vpc-security-group-ingress-ports"))

    assert 'A dynamic block writes "ingress" (app/main.tf:3): change its content, so that this results:' in text
    assert 'the argument "port"' not in " ".join(text)
