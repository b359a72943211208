"""Our expansion of SAM templates, resource by resource, against that of AWS's own translator."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.paths import PROJECT
from helpers.sam_oracle import deployed, translated, without_depends_on
from wa_iac.parsers.cloudformation.sam.permissions.connector_permissions import connections
from wa_iac.parsers.cloudformation.sam.permissions.policy_templates import policy_templates
from wa_iac.parsers.cloudformation.sam.shapes import EVENTS, TYPES, known_properties, misspelt

pytestmark = pytest.mark.slow
TEMPLATES = sorted((PROJECT / "fixtures" / "sam").glob("*.yaml"))


def test_there_are_templates() -> None:
    assert len(TEMPLATES) >= 20


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_what_is_deployed(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    ours, theirs = deployed(source), deployed(json.dumps(translated(source)))
    assert sorted(ours) == sorted(theirs)
    assert {name: made for name, made in ours.items() if made != theirs[name]} == {
        name: made for name, made in theirs.items() if made != ours[name]
    }


_FUNCTION = """
Transform: AWS::Serverless-2016-10-31
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties: {{CodeUri: s3://artifacts/f.zip, Handler: a.b, Runtime: python3.13, Policies: [{policy}]}}
"""


def test_every_policy_template() -> None:
    differing = set()
    assert len(policy_templates()) > 75
    for name, template in policy_templates().items():
        source = _FUNCTION.format(policy=json.dumps({name: {each: f"of-{each}" for each in template.parameters}}))
        if deployed(source) != deployed(json.dumps(translated(source))):
            differing.add(name)
    # AWS documents five of the seven actions that it allows.
    assert differing == {"ServerlessRepoReadWriteAccessPolicy"}


def test_what_we_lack_of_sam_never_counts_as_misspelt() -> None:
    from samtranslator.model import sam_resources
    from samtranslator.model.eventsources import pull, push

    looked_at = set()
    for kind in (each for module in (sam_resources, push, pull) for each in vars(module).values()):
        name = getattr(kind, "resource_type", None)
        known = known_properties(name) if name in TYPES | EVENTS else frozenset()
        if known:
            looked_at.add(name)
            assert [each for each in kind.property_types if each not in known and misspelt(each, known)] == [], name
    assert len(looked_at) > 20


_ENDS = {
    "AppSync::DataSource": "{Type: AWS::AppSync::DataSource, Properties: {Name: s, Type: NONE, ServiceRoleArn: !GetAtt Role.Arn}}",
    "Events::Rule": "{Type: AWS::Events::Rule, Properties: {Targets: [{Arn: !Ref Other, RoleArn: !GetAtt Role.Arn}, "
    "{Arn: !GetAtt Other.Arn, RoleArn: !GetAtt Role.Arn}]}}",
    "Lambda::Function": "{Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn}}",
    "StepFunctions::StateMachine": "{Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Role.Arn}}",
}
_CONNECTED = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Role: {{Type: AWS::IAM::Role, Properties: {{AssumeRolePolicyDocument: {{}}}}}}
  One: {one}
  Other: {other}
  Link:
    Type: AWS::Serverless::Connector
    Properties: {{Source: {{Id: One}}, Destination: {{Id: Other}}, Permissions: {permissions}}}
"""


def test_every_connector() -> None:
    assert len(connections()) > 30
    for ends, connection in connections().items():
        one, other = (_ENDS.get(end, f"{{Type: AWS::{end}}}") for end in ends)
        permissions = list(connection.grants)
        source = _CONNECTED.format(one=one, other=other, permissions=json.dumps(permissions))
        ours, theirs = deployed(source), deployed(json.dumps(translated(source)))
        assert {name for name in ours if name.startswith("Link")}, ends
        # The translator also says what has to wait for the permission.
        assert {name: without_depends_on(made) for name, made in ours.items()} == {
            name: without_depends_on(made) for name, made in theirs.items()
        }, ends
