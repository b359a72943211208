"""A CDK cloud assembly: read as one unit, its findings at the lines of the program that makes the resources."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.odd_documents import changed
from helpers.reports import judge_files
from helpers.scans import scan
from wa_iac.core.errors import InternalError
from wa_iac.core.finding import Report
from wa_iac.core.value import Known
from wa_iac.engine.build import graphs
from wa_iac.engine.check import check
from wa_iac.engine.selection import Selection
from wa_iac.parsers.cloudformation.cdk import read_assembly
from wa_iac.report.graph_document import graph_document

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
        ("ShopOrdersA8B1F509.nested.template.json", 29, "in the generated template"),
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
    edges = {(each.source, each.target, each.via) for each in graph_document(graph).edges}
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
        ({"cdk.out/manifest.json": "{}"}, "manifest.json:None: this assembly has no stacks"),
        ({"cdk.out/manifest.json": "[]"}, "manifest.json:1: this is not a file of a cloud assembly: it is not an object"),
        ({"cdk.out/Two.template.json": "{"}, "Two.template.json:1: not YAML"),
        (
            {"cdk.out/Two.template.json": "[]"},
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


def test_a_stack_without_resources_is_nothing_to_judge(tmp_path: Path) -> None:
    """Stacks that only hold what a test asserts have none; `cdk deploy` passes over them."""
    parameters = {"Parameters": {"BootstrapVersion": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/cdk/version"}}}
    for written in ("{}", json.dumps(parameters), json.dumps({"Rules": {}})):
        report = judge_files(tmp_path, assembly(tmp_path, **{"cdk.out/Two.template.json": written}), "ebs-encryption")

        assert report.errors == []
        assert [each.address for each in report.failing()] == ["Prod-In/V"]


@pytest.mark.parametrize(("region", "verdict"), [("", "fail"), ("eu-west-1", "unknown")])
def test_a_stack_reads_an_output_of_another_one_of_its_region(tmp_path: Path, region: str, verdict: str) -> None:
    asked = {"StackName": "Two", "OutputName": "X", **({"Region": region} if region else {})}
    volume = {"Type": "AWS::EC2::Volume", "Properties": {"Encrypted": {"Fn::GetStackOutput": asked}}}
    named = {
        name: {"type": "aws:cloudformation:stack", "properties": {"templateFile": f"{name}.json"}, "dependencies": needs}
        for name, needs in (("One", ["Two"]), ("Two", []))
    }
    files = {
        "cdk.out/cdk.out": "{}",
        "cdk.out/manifest.json": json.dumps({"artifacts": named}),
        "cdk.out/One.json": json.dumps({"Resources": {"V": volume}}),
        "cdk.out/Two.json": json.dumps({**TWO, "Outputs": {"X": {"Value": "false"}}}),
    }
    report = judge_files(tmp_path, files, "ebs-encryption")

    assert report.errors == []
    assert [(each.address, each.verdict) for each in report.findings] == [("One/V", verdict)]


def test_a_stack_gets_the_values_with_which_the_cdk_deploys_it(tmp_path: Path) -> None:
    properties = {"templateFile": "One.json", "parameters": {"On": "false", "Odd": 3}}
    template = {
        "Parameters": {"On": {"Type": "String"}},
        "Resources": {"V": {"Type": "AWS::EC2::Volume", "Properties": {"Encrypted": {"Ref": "On"}}}},
    }
    files = {
        "cdk.out/cdk.out": "{}",
        "cdk.out/manifest.json": json.dumps(
            {"artifacts": {"One": {"type": "aws:cloudformation:stack", "properties": properties}}}
        ),
        "cdk.out/One.json": json.dumps(template),
    }
    report = judge_files(tmp_path, files, "ebs-encryption")

    assert [(each.address, each.verdict) for each in report.findings] == [("One/V", "fail")]


def test_metadata_that_is_not_at_hand_is_a_note(tmp_path: Path) -> None:
    manifest = {"artifacts": {"One": {
        "type": "aws:cloudformation:stack",
        "properties": {"templateFile": "One.template.json"},
        "additionalMetadataFile": "One.metadata.json",
    }, "One.assets": {"type": "cdk:asset-manifest", "properties": {"file": "One.assets.json"}}}}  # fmt: skip
    files = {
        "cdk.out/cdk.out": "{}",
        "cdk.out/manifest.json": json.dumps(manifest),
        "cdk.out/One.template.json": json.dumps({"Resources": {"V": {"Type": "AWS::EC2::Volume"}}}),
    }
    report = judge_files(tmp_path, files, "ebs-encryption")

    assert [each.message for each in report.errors] == [
        "One.metadata.json is not available: findings are reported in the template, not in the program",
        "One.assets.json is not available: templates of nested stacks are found by their names",
    ]
    assert report.mistakes() == []
    assert found(report) == [("One.template.json", 1, "ebs-encryption", "One/V")]


def test_an_assembly_is_known_by_the_name_of_its_directory(tmp_path: Path) -> None:
    """An artifact of a build may have lost the file that marks an assembly."""
    every = assembly(tmp_path / "kept")
    kept = {name: text for name, text in every.items() if name != "cdk.out/cdk.out"}

    assert found(judge_files(tmp_path / "kept", kept, "ebs-encryption"))[0] == (
        "In.template.json",
        1,
        "ebs-encryption",
        "Prod-In/V",
    )


@pytest.mark.parametrize("name", ["manifest.json", "One.assets.json", "One.metadata.json"])
def test_no_member_of_an_assembly_breaks_the_run(tmp_path: Path, name: str) -> None:
    """Whatever stands where something else is expected: the worst that comes of it is an error with the file's name."""
    trace = [{"type": "aws:cdk:logicalId", "data": "V", "trace": ["new Shop (/code/shop.ts:1:2)"]}]
    documents: dict[str, object] = {
        "manifest.json": {"artifacts": {
            "One": {
                "type": "aws:cloudformation:stack",
                "displayName": "One",
                "environment": "aws://111122223333/eu-north-1",
                "properties": {"templateFile": "One.template.json", "stackName": "one"},
                "dependencies": ["Assets"],
                "additionalMetadataFile": "One.metadata.json",
            },
            "Assets": {"type": "cdk:asset-manifest", "properties": {"file": "One.assets.json"}},
            "Inner": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "."}},
        }},
        "One.assets.json": {"files": {"a": {"source": {"path": "x.json"}, "destinations": {"d": {"objectKey": "x"}}}}},
        "One.metadata.json": {"/One/V": [*trace, {"type": "aws:cdk:creationStack", "data": ["a"]}]},
    }  # fmt: skip
    folder = tmp_path / "cdk.out"
    folder.mkdir()
    (folder / "One.template.json").write_text('{"Resources": {"V": {"Type": "AWS::EC2::Volume"}}}', encoding="utf-8")
    for each, document in documents.items():
        (folder / each).write_text(json.dumps(document), encoding="utf-8")
    for what, text in changed(documents[name]):
        (folder / name).write_text(text, encoding="utf-8")
        unit = read_assembly(folder, scan(tmp_path))
        assert [each for each in unit.errors if isinstance(each, InternalError)] == [], what
        assert all(each.path for each in unit.errors), what


def test_many_stacks_come_after_those_they_depend_on(tmp_path: Path) -> None:
    number = 300
    artifacts = {
        f"S{index}": {
            "type": "aws:cloudformation:stack",
            "properties": {"templateFile": "x.json"},
            "dependencies": [f"S{index + 1}"] if index + 1 < number else ["S299"],
        }
        for index in range(number)
    }
    (tmp_path / "manifest.json").write_text(json.dumps({"artifacts": artifacts}), encoding="utf-8")
    (tmp_path / "x.json").write_text('{"Resources": {"V": {"Type": "AWS::EC2::Volume"}}}', encoding="utf-8")

    unit = read_assembly(tmp_path, scan(tmp_path))

    assert [each.address for each in unit.declared] == [f"S{index}/V" for index in reversed(range(number))]
