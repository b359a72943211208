"""Nested stacks, stack sets, and what one stack exports to another: judged as they will be deployed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.counting import growth
from helpers.reports import judge_files
from wa_iac.core.errors import InternalError
from wa_iac.core.finding import Report
from wa_iac.engine.build import graphs
from wa_iac.engine.check import check
from wa_iac.engine.inputs import inputs_of
from wa_iac.engine.selection import Selection
from wa_iac.report.graph_document import graph_document

DATABASE = """\
Parameters:
  Standby: {Type: String}
  Subnets: {Type: List<AWS::EC2::Subnet::Id>}
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      MultiAZ: !Ref Standby
      DBSubnetGroupName: !Ref Group
  Group:
    Type: AWS::RDS::DBSubnetGroup
    Properties:
      DBSubnetGroupDescription: Orders
      SubnetIds: !Ref Subnets
"""
NETWORK = """\
Resources:
  Network: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  First: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Network, CidrBlock: 10.0.0.0/24}}
Outputs:
  Subnets: {Value: !Ref First}
"""
MAIN = """\
Parameters:
  Bucket: {Type: String}
  Stage: {Type: String, Default: dev}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Network:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: !Sub https://${Bucket}.s3.amazonaws.com/shop/stacks/network.yaml
  Database:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./stacks/database.yaml
      Parameters:
        Standby: !If [IsProd, true, false]
        Subnets: !GetAtt Network.Outputs.Subnets
"""
SHOP = {"main.yaml": MAIN, "stacks/network.yaml": NETWORK, "stacks/database.yaml": DATABASE}


def found(report: Report) -> list[tuple[str, str, int, str]]:
    return [(each.verdict, Path(each.span.path).name, each.span.start_line, each.address) for each in report.findings]


def errors(report: Report) -> list[str]:
    return [f"{Path(each.path or '').name}:{each.line}: {each.message}" for each in report.errors]


def test_a_nested_template_is_judged_where_a_stack_makes_it(tmp_path: Path) -> None:
    report = judge_files(tmp_path, SHOP, "rds-multi-az")

    [finding] = report.findings
    assert found(report) == [("fail", "database.yaml", 8, "Database/Orders")]
    assert [(Path(step.span.path).name, step.span.start_line, step.note) for step in finding.related] == [
        ("main.yaml", 16, 'parameter "Standby", as passed'),
        ("main.yaml", 5, 'condition "IsProd" is false'),
        ("main.yaml", 3, 'default of parameter "Stage"'),
        ("main.yaml", 11, 'stack "Database"'),
    ]
    assert report.errors == []
    assert report.resources == 6


def test_what_is_given_reaches_the_nested_stack(tmp_path: Path) -> None:
    judge_files(tmp_path, SHOP)
    report = check([tmp_path], Selection(select=("rds-multi-az",)), inputs=inputs_of(["Stage=prod"]))
    assert report.findings == []


def test_a_condition_is_named_however_deep_it_decides(tmp_path: Path) -> None:
    """Two stacks deep: undecided where nobody says which stage, with the condition; decided where somebody does."""
    outer = """\
Parameters:
  Stage: {Type: String}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Shop:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: shop.yaml
      Parameters:
        Standby: !If [IsProd, 'true', 'false']
"""
    middle = """\
Parameters:
  Standby: {Type: String}
Resources:
  Data:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: stacks/database.yaml
      Parameters:
        Standby: !Ref Standby
        Subnets: subnet-1
"""
    files = {"outer.yaml": outer, "shop.yaml": middle, "stacks/database.yaml": DATABASE}
    [finding] = judge_files(tmp_path, files, "rds-multi-az").findings
    assert (finding.verdict, finding.address, finding.when) == ("unknown", "Shop/Data/Orders", "IsProd is false")

    (tmp_path / "prod.json").write_text('{"Stage": "prod"}', encoding="utf-8")
    prod = inputs_of(parameter_files=[tmp_path / "prod.json"])
    assert check([tmp_path], Selection(select=("rds-multi-az",)), inputs=prod).findings == []
    dev = inputs_of(["Stage=dev"])
    assert [each.verdict for each in check([tmp_path], Selection(select=("rds-multi-az",)), inputs=dev).findings] == ["fail"]


def test_links_lead_through_outputs_and_parameters(tmp_path: Path) -> None:
    judge_files(tmp_path, SHOP)
    [(_, graph)], _ = graphs([tmp_path])
    edges = {(each.source, each.target, each.via) for each in graph_document(graph).edges}
    assert ("Database/Group", "Network/First", "SubnetIds") in edges
    assert ("Database/Orders", "Database/Group", "DBSubnetGroupName") in edges


@pytest.mark.parametrize(
    ("address", "followed"),
    [
        ("stacks/database.yaml", True),
        ("./stacks/database.yaml", True),
        ("file://stacks/database.yaml", True),
        ("https://s3.amazonaws.com/bucket/release/stacks/database.yaml", True),
        ("https://bucket.s3.eu-west-1.amazonaws.com/stacks/database.yaml?versionId=1", True),
        ("https://bucket.s3.amazonaws.com/database.yaml", False),
        ("https://bucket.s3.amazonaws.com/stacks/other.yaml", False),
    ],
)
def test_where_a_template_is_found(tmp_path: Path, address: str, followed: bool) -> None:
    main = f"Resources:\n  Data:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: {address}\n"
    report = judge_files(tmp_path, {"main.yaml": main, "stacks/database.yaml": DATABASE}, "rds-multi-az")

    assert [each.address for each in report.findings] == (["Data/Orders"] if followed else ["Orders"])
    assert errors(report) == (
        [] if followed else ['main.yaml:2: the template of the stack "Data" is not available: its resources are not checked']
    )
    assert report.exit_code() == 0


def test_a_local_template_that_is_not_there_is_told(tmp_path: Path) -> None:
    main = "Resources:\n  Data:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: none.yaml\n"
    outside = main.replace("none.yaml", "../../outside.yaml")
    report = judge_files(tmp_path / "repository", {"main.yaml": main, "other.yaml": outside}, "rds-multi-az")

    assert errors(report) == [
        'main.yaml:2: the template of the stack "Data" does not exist: none.yaml; its resources are not checked',
        'other.yaml:2: the template of the stack "Data" does not exist: ../../outside.yaml; its resources are not checked',
    ]
    assert report.exit_code() == 0


@pytest.mark.parametrize(
    ("address", "level"), [("n.yaml", "error"), ("https://templates.s3.amazonaws.com/v3.6/stacks/n.yaml", "note")]
)
def test_an_output_that_is_not_made_is_a_mistake_unless_the_template_may_be_another_version(
    tmp_path: Path, address: str, level: str
) -> None:
    here = "" if "://" in address else "stacks/"
    main = f"""\
Resources:
  N: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: {address}, Parameters: {{Make: 'no'}}}}}}
Outputs:
  A: {{Value: !GetAtt N.Outputs.First}}
  B: {{Value: !GetAtt N.Outputs.Other}}
"""
    nested = """\
Parameters: {Make: {Type: String}}
Conditions: {Makes: !Equals [!Ref Make, 'yes']}
Resources: {T: {Type: AWS::SNS::Topic}}
Outputs: {First: {Condition: Makes, Value: !Ref T}}
"""
    report = judge_files(tmp_path, {f"{here}main.yaml": main, "stacks/n.yaml": nested})

    assert [(each.level, each.line) for each in report.errors] == [(level, 4), (level, 5)]
    assert 'the stack "N" has no output "First": its condition is false' in report.errors[0].message
    assert 'the stack "N" has no output "Other"' in report.errors[1].message


def test_what_a_stack_names_is_no_template(tmp_path: Path) -> None:
    main = "Resources:\n  Data:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: values.yaml\n"
    report = judge_files(tmp_path, {"main.yaml": main, "values.yaml": "a: 1\n"}, "rds-multi-az")
    assert errors(report) == ["values.yaml:None: a stack names this file, but it is not a CloudFormation template"]


def test_stacks_in_a_circle(tmp_path: Path) -> None:
    stack = "Resources:\n  Next:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: {}\n  Q:\n    Type: AWS::SQS::Queue\n"
    report = judge_files(
        tmp_path, {"a.yaml": stack.format("b.yaml"), "b.yaml": stack.format("a.yaml")}, "sqs-dead-letter-queue"
    )

    assert errors(report) == [
        f"b.yaml:2: these templates create stacks of each other: {tmp_path}/a.yaml → {tmp_path}/b.yaml → {tmp_path}/a.yaml"
    ]
    assert report.exit_code() == 2
    assert report.resources == 4


def test_the_number_of_stacks_is_bounded(tmp_path: Path) -> None:
    """Each level makes two of the next: without a bound there would be a million."""
    files = {}
    for level in range(19):
        stacks = "".join(
            f"  S{number}:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: {level + 1}.yaml\n"
            for number in range(2)
        )
        files[f"{level}.yaml"] = f"Resources:\n{stacks}"
    files["19.yaml"] = "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n"
    report = judge_files(tmp_path, files, "sqs-dead-letter-queue")

    assert {each.message for each in report.errors} == {"more than 500 nested stacks (wa-iac's safety limit)"}


def test_the_levels_of_stacks_are_bounded(tmp_path: Path) -> None:
    stack = "Resources:\n  N:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: {}.yaml\n"
    files = {f"{level}.yaml": stack.format(level + 1) for level in range(30)}
    files["30.yaml"] = "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n"
    report = judge_files(tmp_path, files, "sqs-dead-letter-queue")

    assert [each.message for each in report.errors] == ["stacks are nested more than 20 levels deep (wa-iac's safety limit)"]


def test_conditions_over_many_stacks_need_work_in_proportion(tmp_path: Path) -> None:
    parameters = "".join(f"  P{each}: {{Type: String}}\n" for each in range(12))
    conditions = "".join(f"  C{each}: !Equals [!Ref P{each}, 'yes']\n" for each in range(12))
    child = f"Parameters:\n{parameters}Conditions:\n{conditions}Resources:\n" + "".join(
        f"  V{each}:\n    Type: AWS::EC2::Volume\n    Condition: C{each}\n"
        f"    Properties:\n      Encrypted: !If [C{each}, !If [C{(each + 1) % 12}, true, false], false]\n"
        for each in range(12)
    )
    given = "".join(f"        P{each}: !Ref P{each}\n" for each in range(12))

    def judged(number: int) -> None:
        stacks = "".join(
            f"  S{each}:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: child.yaml\n"
            f"      Parameters:\n{given}"
            for each in range(number)
        )
        main = f"Parameters:\n{parameters}Resources:\n{stacks}"
        report = judge_files(tmp_path, {"main.yaml": main, "child.yaml": child}, "ebs-encryption")
        assert (report.errors, report.resources, len(report.findings)) == ([], number + number * 12, number * 12)
        when = {each.when for each in report.findings}
        assert when >= {"S0/C0 is true and S0/C1 is false", "S0/C11 is true and S0/C0 is false"}

    assert growth(judged, 3) < 1.1


# --- stack sets

SET = """\
Resources:
  Everywhere:
    Type: AWS::CloudFormation::StackSet
    Properties:
      StackSetName: volumes
      PermissionModel: SELF_MANAGED
      Parameters:
        - {ParameterKey: Encrypted, ParameterValue: 'false'}
      TemplateBody: |
        # Ä comment
        Parameters:
          Encrypted: {Type: String}
        Resources:
          Data:
            Type: AWS::EC2::Volume
            Properties:
              Encrypted: !Ref Encrypted
"""


def test_a_stack_set_with_its_template_inside(tmp_path: Path) -> None:
    report = judge_files(tmp_path, {"set.yaml": SET}, "ebs-encryption")

    [finding] = report.findings
    assert found(report) == [("fail", "set.yaml", 17, "Everywhere/Data")]
    assert (finding.span.start_column, finding.span.end_column) == (15, 40)
    assert report.errors == []


def test_a_stack_set_with_its_template_in_a_text(tmp_path: Path) -> None:
    inner = {"Resources": {"Data": {"Type": "AWS::EC2::Volume", "Properties": {"Encrypted": False}}}}
    outer = {"Resources": {"Set": {"Type": "AWS::CloudFormation::StackSet", "Properties": {"TemplateBody": json.dumps(inner)}}}}
    report = judge_files(tmp_path, {"set.json": json.dumps(outer, indent=2)}, "ebs-encryption")
    assert found(report) == [("fail", "set.json", 6, "Set/Data")]


def test_places_in_a_text_are_those_of_the_file_around_it(tmp_path: Path) -> None:
    inner = (
        '# \u00c4 \U0001f642 "comment"\nResources:\n  Data:\n    Type: AWS::EC2::Volume\n    Properties:\n      Encrypted: false\n'
        "  Other:\n    Type: AWS::EC2::Volume\n    Properties: {Encrypted: false}\n"
    )
    properties = {"Name": "a", "TemplateBody": inner}
    for text in (json.dumps(properties), json.dumps(properties, ensure_ascii=False)):
        source = f'{{"Resources": {{"Set": {{\n"Type": "AWS::CloudFormation::StackSet", "Properties":\n{text}\n}}}}}}\n'
        report = judge_files(tmp_path, {"set.json": source}, "ebs-encryption")

        line = source.splitlines()[2]
        assert found(report) == [("fail", "set.json", 3, "Set/Data"), ("fail", "set.json", 3, "Set/Other")]
        assert [line[each.span.start_column - 1 : each.span.end_column - 1] for each in report.findings] == [
            "Encrypted: false"
        ] * 2


def test_a_text_in_other_quotes_is_one_place(tmp_path: Path) -> None:
    inner = '{Resources: {Data: {Type: "AWS::EC2::Volume", Properties: {Encrypted: false}}}}'
    source = f"Resources:\n  Set:\n    Type: AWS::CloudFormation::StackSet\n    Properties:\n      TemplateBody: '{inner}'\n"
    report = judge_files(tmp_path, {"set.yaml": source}, "ebs-encryption")
    assert found(report) == [("fail", "set.yaml", 5, "Set/Data")]
    assert report.findings[0].span.start_column == 7


def test_an_error_in_a_text_stands_at_the_text(tmp_path: Path) -> None:
    inner = "Resources:\n  Data:\n    Type: AWS::EC2::Volume\n    Properties: {Encrypted: [}\n"
    outer = {"Resources": {"Set": {"Type": "AWS::CloudFormation::StackSet", "Properties": {"TemplateBody": inner}}}}
    [error] = judge_files(tmp_path, {"set.json": json.dumps(outer, indent=2)}, "ebs-encryption").mistakes()
    assert (Path(error.path or "").name, error.line) == ("set.json", 6)


def test_a_stack_set_whose_template_is_none(tmp_path: Path) -> None:
    source = "Resources:\n  Set:\n    Type: AWS::CloudFormation::StackSet\n    Properties:\n      TemplateBody: hello\n"
    assert errors(judge_files(tmp_path, {"set.yaml": source}, "ebs-encryption")) == [
        'set.yaml:2: the TemplateBody of "Set" is not a template'
    ]


def test_a_template_with_an_unknown_part_is_said_to_have_one(tmp_path: Path) -> None:
    body = '{"Resources": {"Q": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "${AWS::StackName}-q"}}}}'
    source = (
        f"Resources:\n  Set:\n    Type: AWS::CloudFormation::StackSet\n    Properties:\n      TemplateBody: !Sub '{body}'\n"
    )
    assert errors(judge_files(tmp_path, {"set.yaml": source})) == [
        'set.yaml:2: the TemplateBody of "Set" is not known in full, and its resources are not checked: the stack\'s name is known only at deployment'
    ]


@pytest.mark.parametrize(
    "address",
    [
        *("https://[bucket].s3.amazonaws.com/net.yaml", "https://[::1/net.yaml", "http://[/", "s3://", "://", "file://"),
        *(
            "mailto:someone",
            "a\0b.yaml",
            "file://a\0b.yaml",
            "https://b/a\0b/c.yaml",
            "https://b/\ud800/c.yaml",
            "\ud800.yaml",
        ),
        *(
            "x" * 5_000,
            "https://b/" + "x" * 5_000,
            "https://b/" + "x/" * 5_000 + "net.yaml",
            "https://b/" + "../" * 200 + "net.yaml",
        ),
    ],
)
def test_an_address_that_can_lead_nowhere_is_no_reason_to_end(tmp_path: Path, address: str) -> None:
    include = {"Fn::Transform": {"Name": "AWS::Include", "Parameters": {"Location": address}}}
    template = {"Resources": {
        "Net": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": address}},
        "Other": {"Type": "AWS::X::Y", "Properties": include},
        "Data": {"Type": "AWS::EC2::Volume", "Properties": {"Encrypted": False}},
    }}  # fmt: skip
    report = judge_files(tmp_path, {"main.template": json.dumps(template)}, "ebs-encryption")

    assert [each for each in report.errors if isinstance(each, InternalError)] == []
    assert all(each.path and each.line for each in report.errors)
    assert [each.address for each in report.failing()] == ["Data"]


def test_a_placeholder_for_the_host_leaves_the_file_to_be_found(tmp_path: Path) -> None:
    source = "Resources:\n  Net: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: 'https://[bucket].x.com/net.yaml?a#b'}}\n"
    nested = "Resources:\n  Data: {Type: AWS::EC2::Volume, Properties: {Encrypted: false}}\n"
    report = judge_files(tmp_path, {"main.yaml": source, "net.yaml": nested}, "ebs-encryption")

    assert report.errors == []
    assert [each.address for each in report.failing()] == ["Net/Data"]
