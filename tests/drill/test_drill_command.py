"""`wa-iac drill`: what it says of a small shop over two zones, in each format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.cli import run
from helpers.drills import shop_in, template_in


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return shop_in(tmp_path)


def test_each_zone_stands_beside_the_others_and_the_worst_is_told_in_full(shop: Path) -> None:
    done = run(shop, "drill")

    assert (done.returncode, done.stderr) == (0, "")
    assert "aws_lb.shop  degrades    degrades" in done.stdout
    assert "The worst zone is eu-west-1a." in done.stdout
    assert "aws_lb.shop  degrades       50 %  -" in done.stdout
    assert "    aws_autoscaling_group.web: a part of it is in zone eu-west-1a, which fails." in done.stdout
    assert "  aws_instance.worker: everything on its volumes." in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 100


def test_what_is_only_the_worst_case_is_said_to_be_one_everywhere(tmp_path: Path) -> None:
    template = """
Parameters:
  Subnets: {Type: "List<AWS::EC2::Subnet::Id>"}
Resources:
  Front: {Type: "AWS::ElasticLoadBalancing::LoadBalancer", Properties: {Subnets: !Ref Subnets, Listeners: []}}
  Servers:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {VPCZoneIdentifier: !Ref Subnets, MinSize: 1, MaxSize: 1, LoadBalancerNames: [!Ref Front]}
"""
    (tmp_path / "template.yaml").write_text(template, encoding="utf-8")
    text = run(tmp_path, "drill").stdout

    assert "Front        stops, at worst" in text
    assert "Of 1 other resource, at worst 1 stops." in text
    assert "Servers (template.yaml:6) stops, at worst: It may be in the zone that fails." in text


def test_single_points_of_failure_are_ranked_by_what_they_take_down(shop: Path) -> None:
    (shop / "more.tf").write_text(
        'resource "aws_lb" "other" { subnets = [aws_subnet.a.id] }\n'
        'resource "aws_lb_listener" "other" {\n'
        "  load_balancer_arn = aws_lb.other.arn\n"
        '  default_action {\n    type = "forward"\n    target_group_arn = aws_lb_target_group.shop.arn\n  }\n}\n',
        encoding="utf-8",
    )
    ranked = run(shop, "drill", "--fail", "dependency:each").stdout.split("single point of failure\n")[1].splitlines()

    assert ranked[:2] == ["         2  aws_autoscaling_group.web", "              aws_lb.shop, aws_lb.other"]
    assert ranked[2] == "         2  aws_lb_target_group.shop"


def test_json_has_every_effect_with_its_chain(shop: Path) -> None:
    document = json.loads(run(shop, "drill", "--fail", "zone:a", "--fail", "dependency:each", "--format", "json").stdout)
    zone, each = document["answers"]
    (drill,) = zone["drills"]
    effects = {effect["address"]: effect for effect in drill["effects"]}

    assert document["schema"] == "wa-iac/drill/1"
    assert (zone["worst"], drill["worst"], drill["entry_points"]) == ("zone:eu-west-1a", "degrades", ["aws_lb.shop"])
    assert (effects["aws_lb.shop"]["share"], effects["aws_lb.shop"]["line"]) == (0.5, 21)
    assert [link["address"] for link in effects["aws_lb.shop"]["chain"]][-1] == "aws_autoscaling_group.web"
    assert each["single_points"]["ranked"][0]["stops"] == ["aws_lb.shop"]


def test_json_says_what_would_settle_whether_data_is_lost(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(
        'variable "days" {}\nresource "aws_fsx_windows_file_system" "files" {\n  automatic_backup_retention_days = var.days\n}\n'
    )
    document = json.loads(
        run(tmp_path, "drill", "--fail", "resource:aws_fsx_windows_file_system.files", "--format", "json").stdout
    )
    (lost,) = document["answers"][0]["drills"][0]["lost"]

    assert lost["address"] == "aws_fsx_windows_file_system.files"
    assert "days" in lost["settle"]


def test_a_picture_and_a_page_carry_the_outcomes(shop: Path) -> None:
    drawing, page = (run(shop, "drill", "--fail", "zone:a", "--format", each).stdout for each in ("svg", "html"))

    assert ">degrades, 50 %</text>" in drawing
    assert 'aria-label="worker, stops, Instance, in a' in drawing
    assert "if zone eu-west-1a fails" in drawing
    assert 'aria-label="eu-west-1a, fails, ' in drawing
    assert 'aria-label="eu-west-1b, 0 resources' in drawing
    assert '<a href="#picture" data-node="aws_lb.shop" data-unit="."' in page
    assert '<span class="picview-outcome pic-outcome-stops">stops</span>' in page


def test_a_picture_is_of_one_failure_of_one_unit(shop: Path) -> None:
    done = run(shop, "drill", "--fail", "zone:a", "--fail", "zone:b", "--format", "svg")

    assert done.returncode == 2
    assert "svg is about one failure of one template or root module, and here are 2: ., zone:a; ., zone:b" in done.stderr


def test_what_no_unit_has_is_an_error_and_what_one_has_is_an_answer(shop: Path) -> None:
    (shop / "other").mkdir()
    template_in(shop / "other")
    one = run(shop, "drill", "--fail", "resource:aws_instance.worker")
    none = run(shop, "drill", "--fail", "resource:aws_instance.nothing")

    assert (one.returncode, one.stderr) == (0, "")
    assert one.stdout.startswith(".: if aws_instance.worker fails\n")
    assert (none.returncode, none.stdout) == (2, "")


def test_a_name_that_nothing_has_is_answered_with_all_that_may_be_given(shop: Path) -> None:
    (shop / "other").mkdir()
    (shop / "other" / "main.tf").write_text(
        "".join(f'resource "aws_sqs_queue" "number{number}" {{}}\n' for number in range(20)), encoding="utf-8"
    )
    service = run(shop, "drill", "--fail", "service:kinesis")
    short, full = (run(shop, "drill", "--fail", "resource:nothing", *more) for more in ([], ["--verbose"]))
    document = json.loads(run(shop, "drill", "--fail", "zone:a", "--fail", "resource:nothing", "--format", "json").stdout)

    assert service.returncode == 2
    assert (
        "nothing in these 2 templates and root modules is of the service 'kinesis'; there are autoscaling, " in service.stderr
    )
    assert "sqs" in service.stderr
    assert "; --verbose names all" in short.stderr
    assert "aws_sqs_queue.number19" in full.stderr
    assert "more" not in full.stderr
    assert [each["asked"] for each in document["answers"]] == ["zone:a", "zone:a"]
    assert "aws_sqs_queue.number19" in document["errors"][0]["names"]


def test_lists_are_cut_unless_all_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(
        "".join(
            f'resource "aws_instance" "server{number}" {{\n  ami       = "ami-1"\n  subnet_id = var.subnet\n}}\n'
            for number in range(20)
        )
        + 'variable "subnet" {}\n',
        encoding="utf-8",
    )
    short, full = (run(tmp_path, "drill", *more).stdout for more in ([], ["--verbose"]))

    assert "and 17 more" in short
    assert "The code reads it in main.tf:3, main.tf:7, main.tf:11 and 17 more." in " ".join(short.split())
    assert " more" not in full
    assert "main.tf:79" in full


def test_that_there_is_no_entry_point_is_said_once(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_sqs_queue" "jobs" {}\n', encoding="utf-8")

    for each in ("text", "html"):
        assert run(tmp_path, "drill", "--fail", "region", "--format", each).stdout.count("There is no entry point") == 1


def test_what_is_assumed_of_a_region_is_said_once_in_a_report_and_only_where_it_decides(tmp_path: Path) -> None:
    for name, zones in {"one": "!GetAZs ''", "two": "!GetAZs ''", "named": "[eu-west-1a, eu-west-1b]"}.items():
        (tmp_path / f"{name}.yaml").write_text(
            "Resources:\n  Web:\n    Type: AWS::AutoScaling::AutoScalingGroup\n"
            f"    Properties: {{MinSize: 3, MaxSize: 6, AvailabilityZones: {zones}}}\n",
            encoding="utf-8",
        )
    said = "All zones of a Region are taken as three"
    document = json.loads(run(tmp_path, "drill", "--format", "json").stdout)

    assert [run(tmp_path, "drill", "--format", each).stdout.count(said) for each in ("text", "html")] == [1, 1]
    assert {each["unit"]: bool(each["drills"][0]["assumptions"]) for each in document["answers"]} == {
        "named.yaml": False,
        "one.yaml": True,
        "two.yaml": True,
    }


def test_names_are_inert_in_every_format(shop: Path) -> None:
    (shop / "hostile.tf").write_text(
        'resource "aws_instance" "x" {\n  for_each  = toset(["</script><img src=x>", "##[error]\\u0007"])\n'
        "  subnet_id = aws_subnet.a.id\n}\n",
        encoding="utf-8",
    )
    text, page, drawing = (run(shop, "drill", "--fail", "zone:a", "--format", each).stdout for each in ("text", "html", "svg"))

    assert "##[" not in text
    assert "\x07" not in text + page + drawing
    assert "<img" not in page + drawing


def test_sensitive_values_are_hidden(shop: Path) -> None:
    (shop / "secret.tf").write_text(
        'variable "names" {\n  sensitive = true\n  default   = ["hunter2-of-the-shop"]\n}\n'
        'resource "aws_instance" "x" {\n  for_each  = toset(nonsensitive(var.names))\n  subnet_id = aws_subnet.a.id\n'
        '  user_data = join("", var.names)\n}\n',
        encoding="utf-8",
    )
    for each in ("text", "json", "html", "svg", "fis"):
        assert "hunter2" not in run(shop, "drill", "--fail", "zone:a", "--format", each).stdout


def test_data_whose_backup_the_code_hides_is_at_risk_by_a_value_at_a_place(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(
        'variable "days" {}\nresource "aws_db_instance" "orders" {\n  availability_zone       = "eu-west-1a"\n'
        "  backup_retention_period = var.days\n}\n",
        encoding="utf-8",
    )
    ((loss,),) = (
        drill["lost"]
        for answer in json.loads(run(tmp_path, "drill", "--format", "json").stdout)["answers"]
        for drill in answer["drills"]
    )

    assert (loss["address"], loss["unresolved"]) == ("aws_db_instance.orders", "main.tf:4")
    assert "var.days has no default" in loss["settle"]


def test_a_zone_that_no_code_names_is_a_zone(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_sqs_queue" "it" {}\n', encoding="utf-8")
    assert run(tmp_path, "drill").stdout.endswith(": if a zone fails, the resource is unaffected\n")


def test_a_zone_that_no_code_names_has_no_name_in_the_heading(tmp_path: Path) -> None:
    source = 'resource "aws_db_instance" "it" {\n  engine         = "postgres"\n  instance_class = "db.m7g.large"\n}\n'
    (tmp_path / "main.tf").write_text(source, encoding="utf-8")
    assert run(tmp_path, "drill").stdout.splitlines()[0].endswith(": if one zone fails")
    assert ": if one zone fails" in run(tmp_path, "drill", "--format", "html").stdout


def test_one_resource_makes_what_several_make(tmp_path: Path) -> None:
    server = 'resource "aws_instance" "{}" {{\n  ami           = "ami-1"\n  instance_type = "m7g.large"\n}}\n'
    for names, words in (("a", "1 makes an entry point stop"), ("ab", "2 make an entry point stop")):
        (tmp_path / "main.tf").write_text("".join(map(server.format, names)), encoding="utf-8")
        assert words in run(tmp_path, "drill", "--fail", "dependency:each").stdout
