"""What is known of a text, a list or an object stays known, whatever the rest turns out to be."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.cloudformation import value
from helpers.reports import judge_files
from wa_iac.core.errors import UnavailableError
from wa_iac.core.partial import PartlyMap, Rest
from wa_iac.core.value import Known, Tree, Unknown, plain

MORE = """\
Transform: AWS::LanguageExtensions
Parameters: {Free: {Type: String}, List: {Type: CommaDelimitedList}}
"""


def shape(found: Tree) -> object:
    """A list with `...` for any number of items, `?` for what is not known."""
    match found:
        case Rest():
            return "..."
        case Known(list() as items):
            return [shape(each) for each in items]
        case PartlyMap(entries=entries):
            return {**{key: shape(each) for key, each in entries.items()}, "?": "..."}
        case Unknown():
            return "?"
        case _:
            return plain(found)


PARTLY = {
    '!Split ["/", !Sub "a/b/${Free}/c"]': ["a", "b", "...", "c"],
    '!Split ["/", !Sub "a/b${Free}"]': ["a", "..."],
    '!Split ["/", !Sub "${Free}x/a"]': ["...", "a"],
    '!Split ["/", !Ref Free]': "?",
    '!Split [",", !Join [",", [!Join [",", !Ref List], last]]]': ["...", "last"],
    '!Select [1, !Split ["/", !Sub "a/b/${Free}/c"]]': "b",
    '!Select [2, !Split ["/", !Sub "a/b/${Free}/c"]]': "?",
    '{"Fn::Length": {"Fn::Split": ["/", {"Fn::Sub": "a/${Free}"}]}}': "?",
    "{a: 1, Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://snippets/more.yaml}}}": {"a": 1, "?": "..."},
    "{a: 1, Fn::ForEach::More: [Key, !Ref List, {'k-${Key}': 2}]}": {"a": 1, "?": "..."},
    # Any other macro may change what stands beside it.
    "{a: 1, Fn::Transform: {Name: Mine}}": "?",
}


@pytest.mark.parametrize("expression", PARTLY)
def test_what_is_known_stays_known(expression: str) -> None:
    assert shape(value(expression, MORE)) == PARTLY[expression]


@pytest.mark.parametrize("function", ['!Join [",", {}]', '!Sub ["${{V}}", {{V: {}}}]'])
def test_a_text_of_a_list_that_is_known_in_part(function: str) -> None:
    found = value(function.format('!Split ["/", !Sub "a/b/${Free}/c"]'), MORE)
    assert isinstance(found, Unknown)
    # Whether there is anything between b and c, and commas with it, nobody knows.
    assert (found.parts[0], found.parts[2]) == ("a,b", "c")


def test_json_of_what_is_known_in_part_keeps_the_tree() -> None:
    found = value('!ToJsonString {a: !Split ["/", !Sub "a/${Free}"]}', MORE)
    assert plain(found.origin.document) == {"a": ["a", {"$unknown": 'parameter "Free" has no default'}]}


def test_one_bad_element_is_found_whatever_the_others_are(tmp_path: Path) -> None:
    source = """\
Parameters: {More: {Type: String}}
Resources:
  P:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - {Effect: Allow, Resource: "*", Action: !Split [",", !Sub "s3:*,${More}"]}
          - {Effect: Allow, Resource: "*", Action: !Split [",", !Sub "s3:GetObject,${More}"]}
"""
    report = judge_files(tmp_path, {"t.yaml": source}, "iam-wildcard-action")
    assert [(each.verdict, each.address) for each in report.failing()] == [("fail", "P")]
    assert report.mistakes() == []


@pytest.mark.parametrize(
    ("comparison", "expected"),
    [
        ('!Equals [!Sub "${Free}-prod", "x-dev"]', False),
        ('!Equals [!Sub "eu-${Free}", "us-east-1"]', False),
        ('!Equals [!Sub "${Free}-prod", "x-prod"]', None),
        ("!Equals [[a, !Ref Free], [a, b]]", None),
        ("!Equals [[a, !Ref Free], [a, !Ref Free]]", True),
    ],
)
def test_what_is_known_of_two_texts_may_tell_that_they_differ(comparison: str, expected: bool | None) -> None:
    found = value(comparison, MORE)
    assert (found.value if isinstance(found, Known) else None) is expected


@pytest.mark.parametrize("type_", ["AWS::Lambda::Function", "AWS::Serverless::Function"])
def test_a_snippet_beside_the_properties_may_add_some(tmp_path: Path, type_: str) -> None:
    template = f"""\
Transform: AWS::Serverless-2016-10-31
Resources:
  Shop:
    Type: {type_}
    Fn::Transform: {{Name: AWS::Include, Parameters: {{Location: s3://snippets/more.yaml}}}}
    Properties: {{Runtime: python3.13, Handler: shop.handler}}
  Plain:
    Type: AWS::Lambda::Function
    Properties: {{Runtime: python3.13, Handler: shop.handler, Role: role, Code: {{ZipFile: ""}}}}
"""
    report = judge_files(tmp_path, {"t.yaml": template}, "lambda-xray-tracing")

    assert [(each.line, type(each)) for each in report.errors] == [(5, UnavailableError)]
    assert {each.address: each.verdict for each in report.findings} == {"Shop": "unknown", "Plain": "fail"}
