"""`wa-iac graph` with pictures, and with a part of a graph."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.cli import run

CODE = """\
resource "aws_sqs_queue" "orders" {
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.failed.arn, maxReceiveCount = 3 })
}

resource "aws_sqs_queue" "failed" {}

resource "aws_s3_bucket" "other" {}
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "main.tf").write_text(CODE, encoding="utf-8")
    return tmp_path


def test_a_picture_is_mermaid_or_dot(shop: Path) -> None:
    chart, digraph = (run(shop, "graph", "--format", each) for each in ("mermaid", "dot"))

    assert (chart.returncode, digraph.returncode) == (0, 0)
    assert 'n_aws_sqs_queue_orders -->|"sends failures to"| n_aws_sqs_queue_failed' in chart.stdout
    assert 'n_aws_sqs_queue_orders -> n_aws_sqs_queue_failed [label="sends failures to"' in digraph.stdout


def test_a_picture_is_a_drawing_or_a_page(shop: Path) -> None:
    drawing, page = (run(shop, "graph", "--format", each) for each in ("svg", "html"))

    assert drawing.stdout.startswith("<svg xmlns=")
    assert 'aria-label="orders, SQS queue, in Integration"' in drawing.stdout
    assert page.stdout.startswith("<!doctype html>")
    assert 'data-address="aws_sqs_queue.orders"' in page.stdout


def test_a_drawing_holds_one_unit_a_page_several(shop: Path) -> None:
    (shop / "other").mkdir()
    (shop / "other/main.tf").write_text(CODE, encoding="utf-8")
    drawing, page = (run(shop, "graph", "--format", each) for each in ("svg", "html"))

    assert (drawing.returncode, drawing.stdout) == (2, "")
    assert (
        "SVG holds one picture, and here are 2: ., other; give the path of one (of a root module, one of its files), or --format html"
        in drawing.stderr
    )
    assert ">other</option>" in page.stdout


def test_around_keeps_what_is_near_in_every_format(shop: Path) -> None:
    def near(format_: str) -> str:
        return run(shop, "graph", "--around", "aws_sqs_queue.failed", "--format", format_).stdout

    assert [each["address"] for each in json.loads(near("json"))["resources"]] == [
        "aws_sqs_queue.orders",
        "aws_sqs_queue.failed",
    ]
    for format_ in ("text", "mermaid", "dot"):
        assert "orders" in near(format_)
        assert "other" not in near(format_)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            "--around aws_sqs_queue.order",
            "no resource has the address 'aws_sqs_queue.order'; did you mean aws_sqs_queue.orders?",
        ),
        ("--around x", "no resource has the address 'x'"),
        ("--hops 2", "--hops needs --around: the resource from which to count"),
        ("--only data", "--only is for pictures: give --format svg, html, mermaid or dot"),
    ],
)
def test_what_cannot_be_answered_exits_with_2(shop: Path, arguments: str, message: str) -> None:
    done = run(shop, "graph", *arguments.split())

    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"wa-iac: {message}\n")


def test_secrets_are_in_no_picture(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(
        'variable "token" {\n  default   = "hunter2hunter2"\n  sensitive = true\n}\n'
        'resource "aws_vpc" "a" {\n  cidr_block = var.token\n}\nresource "aws_lb" "b" {\n  subnets = ["subnet-${var.token}"]\n}\n',
        encoding="utf-8",
    )
    for format_ in ("mermaid", "dot", "text", "json"):
        assert "hunter2" not in run(tmp_path, "graph", "--format", format_).stdout


def test_a_graph_goes_to_a_file_and_leaves_out_what_is_excluded(shop: Path) -> None:
    (shop / "other").mkdir()
    (shop / "other/main.tf").write_text(CODE, encoding="utf-8")
    done = run(shop, "graph", "--exclude", "other", "--format", "json", "-o", "graph.json")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "wa-iac: graph in graph.json\n")
    found = json.loads((shop / "graph.json").read_text(encoding="utf-8"))
    assert {each["location"]["path"] for each in found["resources"]} == {"main.tf"}


def test_a_graph_says_of_which_environment_a_resource_is(shop: Path) -> None:
    for name in ("live", "test"):
        (shop / f"{name}.tfvars").write_text("", encoding="utf-8")
    done = run(shop, "graph", "--environment", "live=live.tfvars", "--environment", "test=test.tfvars")

    assert "aws_s3_bucket.other  aws_s3_bucket  main.tf:7  (live)" in done.stdout.splitlines()


@pytest.mark.parametrize(
    ("option", "message"),
    [("--around", "--around needs the address of a resource"), ("--exclude", "--exclude needs a path")],
)
def test_an_empty_value_is_an_error(option: str, message: str, shop: Path) -> None:
    done = run(shop, "graph", option, "")

    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"wa-iac: {message}\n")
