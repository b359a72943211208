"""No request reaches a load balancer without listeners, as long as nothing passes it on."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files

BALANCER = 'resource "aws_lb" "front" {\n  name    = "front"\n  subnets = ["subnet-0a1", "subnet-0b2"]\n}\n'
LISTENER = 'resource "aws_lb_listener" "l" {{\n  load_balancer_arn = {arn}\n  port = 80\n}}\n'


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("", {}),
        (LISTENER.format(arn="aws_lb.front.arn"), {"aws_lb.front": "fail"}),
        (
            'data "aws_lb" "front" {\n  name = "front"\n}\n' + LISTENER.format(arn="data.aws_lb.front.arn"),
            {"aws_lb.front": "fail"},
        ),
        ('output "arn" {\n  value = aws_lb.front.arn\n}\n', {"aws_lb.front": "fail"}),
        ('resource "aws_route53_record" "r" {\n  name    = aws_lb.front.dns_name\n  zone_id = aws_lb.front.zone_id\n}\n', {}),
        ('module "api" {\n  source = "acme/listeners/aws"\n  arn    = aws_lb.front.arn\n}\n', {"aws_lb.front": "fail"}),
    ],
)
def test_a_balancer_without_listeners_gets_no_requests(tmp_path: Path, more: str, found: dict[str, str]) -> None:

    report = judge(tmp_path, BALANCER + more, "terraform", "elb-drop-invalid-headers")

    assert {each.address: each.verdict for each in report.findings} == found


def test_an_internal_balancer_has_known_clients(tmp_path: Path) -> None:
    source = BALANCER.replace("  name ", "  internal = true\n  name ") + LISTENER.format(arn="aws_lb.front.arn")

    (found,) = judge(tmp_path, source, "terraform", "elb-drop-invalid-headers").failing()

    assert found.is_advice


def test_the_output_of_a_module_that_is_called_here_adds_no_listener(tmp_path: Path) -> None:
    files = {
        "main.tf": 'module "web" {\n  source = "./web"\n}\n',
        "web/main.tf": BALANCER + 'output "arn" {\n  value = aws_lb.front.arn\n}\n',
    }

    assert not judge_files(tmp_path, files, "elb-drop-invalid-headers").failing()
