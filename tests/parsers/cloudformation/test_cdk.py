"""A CDK cloud assembly: read as one unit, its findings at the lines of the program that makes the resources."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from judging import judge_files
from wa_iac.core.finding import Report
from wa_iac.core.value import Known
from wa_iac.engine.build import graphs
from wa_iac.engine.run import Selection, check

FIXTURE = Path(__file__).parents[3] / "fixtures" / "cdk"
RULES = (
    "dynamodb-point-in-time-recovery",
    "lambda-sqs-visibility-timeout",
    "rds-multi-az",
    "s3-ssl-requests-only",
    "s3-versioning",
)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """The fixture as its app would synthesise it here: the traces lead to the program beside it."""
    for path in FIXTURE.rglob("*"):
        if path.is_file():
            target = tmp_path / path.relative_to(FIXTURE)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(path.read_text(encoding="utf-8").replace("/code/shop/", f"{tmp_path}/"), encoding="utf-8")
    (tmp_path / ".git").mkdir()
    return tmp_path


def judged(directory: Path, *slugs: str) -> Report:
    return check([directory], Selection(select=slugs or RULES))


def found(report: Report) -> list[tuple[str, int, str, str]]:
    return [(Path(each.span.path).name, each.span.start_line, each.rule.slug, each.address) for each in report.failing()]


NESTED = "Shop/OrdersNestedStackOrdersNestedStackResource8B6E3CDE"


def test_findings_stand_at_the_line_that_makes_the_resource(shop: Path) -> None:
    report = judged(shop)

    assert report.errors == []
    assert found(report) == [
        ("app.js", 16, "dynamodb-point-in-time-recovery", f"{NESTED}/TableCD117FA1"),
        ("app.js", 17, "lambda-sqs-visibility-timeout", f"{NESTED}/Queue4A7E3555"),
        ("app.js", 39, "s3-versioning", "Shop/Exports25637AFB"),
        ("app.js", 50, "rds-multi-az", "DataDev/DatabaseB269D8BB"),
    ]
    queue = report.failing()[1]
    assert queue.message.endswith(" Construct: Shop/Orders/Queue.")
    assert (queue.span.start_column, queue.span.end_column) == (19, 93)
    assert [(Path(step.span.path).name, step.span.start_line, step.note) for step in queue.related] == [
        ("ShopOrdersA8B1F509.nested.template.json", 29, "in the template that is made of it"),
        ("Shop.template.json", 3, 'stack "OrdersNestedStackOrdersNestedStackResource8B6E3CDE"'),
    ]


def test_findings_stand_in_the_template_where_the_program_is_not_at_hand() -> None:
    report = judged(FIXTURE)

    assert report.errors == []
    assert found(report) == [
        ("DataDev.template.json", 467, "rds-multi-az", "DataDev/DatabaseB269D8BB"),
        ("Shop.template.json", 465, "s3-versioning", "Shop/Exports25637AFB"),
        ("ShopOrdersA8B1F509.nested.template.json", 3, "dynamodb-point-in-time-recovery", f"{NESTED}/TableCD117FA1"),
        ("ShopOrdersA8B1F509.nested.template.json", 29, "lambda-sqs-visibility-timeout", f"{NESTED}/Queue4A7E3555"),
    ]
    assert report.failing()[1].message.endswith(" Construct: Shop/Exports.")


def test_what_is_suppressed_for_cdk_nag_stays_so(shop: Path) -> None:
    [finding] = judged(shop, "s3-ssl-requests-only").findings
    assert finding.suppressed is not None
    assert finding.suppressed.reason == "Nothing in it is worth reading on the way."


def test_a_comment_in_the_program_suppresses(shop: Path) -> None:
    program = shop / "app.js"
    lines = program.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[38] = lines[38].rstrip("\n") + " // wa-iac: ignore[s3-versioning] made anew each night\n"
    program.write_text("".join(lines), encoding="utf-8")

    [finding] = judged(shop, "s3-versioning").findings
    assert finding.suppressed is not None
    assert finding.suppressed.reason == "made anew each night"


def test_one_unit_with_links_between_stacks_and_what_the_environment_decides(shop: Path) -> None:
    [(unit, graph)], errors = graphs([shop])

    assert errors == []
    assert unit.path.endswith("/cdk.out")
    edges = {(each.source, each.target, each.via) for each in graph.document().edges}
    assert ("Shop/Handler886CB40B", f"{NESTED}/Queue4A7E3555", "Environment") in edges
    [database] = graph.at("DataProd/DatabaseB269D8BB")
    [handler] = graph.at("Shop/Handler886CB40B")
    assert database.region == Known("eu-west-1")
    assert not isinstance(handler.region, Known)
    assert database.construct == "DataProd/Database"


MANIFEST = {
    "artifacts": {
        "One": {
            "type": "aws:cloudformation:stack",
            "environment": "aws://unknown-account/eu-north-1",
            "properties": {"templateFile": "One.template.json"},
            "dependencies": ["Two"],
            "metadata": {
                "/One/Data/Resource": [
                    {
                        "type": "aws:cdk:logicalId",
                        "data": "Data1",
                        "trace": ["new One (/elsewhere/x.ts:1:1)", "at /HERE/shop.ts:2:3"],
                    }
                ]
            },
        },
        "Two": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "Two.template.json"}},
        "assembly-Prod": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "assembly-Prod"}},
    }
}
TWO = {
    "Resources": {"Q": {"Type": "AWS::SQS::Queue"}},
    "Outputs": {"X": {"Value": "false", "Export": {"Name": "Two:X"}}},
}
ONE = {
    "Resources": {
        "Data1": {
            "Type": "AWS::EC2::Volume",
            "Properties": {"Encrypted": {"Fn::ImportValue": "Two:X"}, "AvailabilityZone": {"Fn::Sub": "${AWS::Region}a"}},
        }
    }
}


def assembly(tmp_path: Path, manifest: object = MANIFEST, **more: str) -> dict[str, str]:
    inner = {"artifacts": {"Prod-In": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "In.template.json"}}}}
    return {
        "cdk.out/manifest.json": json.dumps(manifest).replace("/HERE", str(tmp_path)),
        "cdk.out/cdk.out": '{"version":"55.0.0"}',
        "cdk.out/One.template.json": json.dumps(ONE),
        "cdk.out/Two.template.json": json.dumps(TWO),
        "cdk.out/assembly-Prod/manifest.json": json.dumps(inner),
        "cdk.out/assembly-Prod/cdk.out": "{}",
        "cdk.out/assembly-Prod/In.template.json": json.dumps({"Resources": {"V": {"Type": "AWS::EC2::Volume"}}}),
        "cdk.out/asset.1/template.yaml": "Resources:\n  V:\n    Type: AWS::EC2::Volume\n",
        "shop.ts": "// nothing\n  new ec2.Volume(this)\n",
        **more,
    }


def test_older_assemblies_and_those_within(tmp_path: Path) -> None:
    """The trace of the manifest itself, stages in assemblies of their own, stacks after those whose exports they import."""
    report = judge_files(tmp_path, assembly(tmp_path), "ebs-encryption")

    assert report.errors == []
    assert found(report) == [
        ("In.template.json", 1, "ebs-encryption", "Prod-In/V"),
        ("shop.ts", 2, "ebs-encryption", "One/Data1"),
    ]
    [(_, graph)], _ = graphs([tmp_path])
    [volume] = graph.at("One/Data1")
    assert volume.body.value["AvailabilityZone"] == Known("eu-north-1a")


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"cdk.out/manifest.json": '{\n"artifacts": '}, "manifest.json:2: not JSON: Expecting value"),
        ({"cdk.out/manifest.json": "[]"}, "manifest.json:None: this assembly has no stacks"),
        ({"cdk.out/Two.template.json": "{"}, "Two.template.json:2: not YAML"),
        (
            {"cdk.out/Two.template.json": "{}"},
            "Two.template.json:None: a stack names this file, but it is not a CloudFormation template",
        ),
    ],
)
def test_assemblies_that_are_broken(tmp_path: Path, files: dict[str, str], message: str) -> None:
    report = judge_files(tmp_path, assembly(tmp_path, **files), "ebs-encryption")

    [error] = report.errors
    assert f"{Path(error.path or '').name}:{error.line}: {error.message}".startswith(message)
    assert report.exit_code() == (2 if report.mistakes() else 1 if report.failing() else 0)


def test_a_template_that_the_manifest_names_and_is_not_there(tmp_path: Path) -> None:
    files = assembly(tmp_path)
    del files["cdk.out/Two.template.json"]
    report = judge_files(tmp_path, files, "ebs-encryption")
    assert [each.message for each in report.errors] == ["it cannot be read: No such file or directory"]
    assert [each.address for each in report.failing()] == ["Prod-In/V"]
