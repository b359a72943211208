"""Fn::ForEach, written out: what it makes, where, and what is wrong with bad loops."""

from __future__ import annotations

from textwrap import dedent

import pytest

from helpers.cloudformation import marked, places, resources, unit
from wa_iac.core.algebra import references
from wa_iac.core.errors import BoundError
from wa_iac.core.value import Unknown, plain

HEAD = "Transform: AWS::LanguageExtensions\n"


def bodies(text: str) -> dict[str, object]:
    return {name: plain(each.body) for name, each in resources(HEAD + dedent(text)).items()}


def test_resources_of_a_loop_keep_its_places() -> None:
    text = HEAD + dedent("""\
        Resources:
          Fn::ForEach::Tables:
            - Name
            - [Points, Score]
            - Table${Name}:
                Type: AWS::DynamoDB::Table
                DeletionPolicy: !If [Keep, Retain, Delete]
                Properties: {TableName: !Ref Name, Kms: !Sub "${Name}-${AWS::Region}", Same: "x-${Name}", Fixed: 1}
        Conditions: {Keep: !Equals [a, a]}
        """)
    found = resources(text)
    assert list(found) == ["TablePoints", "TableScore"]
    score = found["TableScore"]
    assert plain(score.body) == {
        "TableName": "Score",
        "Kms": {"$unknown": "the region is known only at deployment"},
        "Same": "x-Score",
        "Fixed": 1,
    }
    assert marked(text, score.span) == "Table${Name}"
    assert marked(text, score.body.value["TableName"].origin.span) == "TableName: !Ref Name"
    assert plain(score.attributes["DeletionPolicy"]) == "Retain"


def test_a_key_without_a_value_beside_an_inner_loop_makes_nothing() -> None:
    found = unit(
        HEAD
        + dedent("""\
        Resources:
          Fn::ForEach::Kind:
            - Kind
            - [Public, Private]
            - ${Kind}:
              Fn::ForEach::Zone:
                - Zone
                - [a, b]
                - ${Kind}${Zone}: {Type: AWS::EC2::Subnet}
        """)
    )
    assert [each.name for each in found.declared] == ["Publica", "Publicb", "Privatea", "Privateb"]
    assert found.errors == []


def test_nested_loops_over_parameters_and_mappings() -> None:
    assert bodies("""\
        Parameters:
          Kinds: {Type: CommaDelimitedList, Default: "a,b"}
        Mappings:
          Ports: {a: {List: ["1", "2"]}, b: {List: ["3"]}}
        Resources:
          Fn::ForEach::Kind:
            - Kind
            - !Ref Kinds
            - Fn::ForEach::Port:
                - Port
                - !FindInMap [Ports, !Ref Kind, List]
                - "R${Kind}${Port}":
                    Type: AWS::X::Y
                    Properties: {P: "${Kind}:${Port}"}
        """) == {"Ra1": {"P": "a:1"}, "Ra2": {"P": "a:2"}, "Rb3": {"P": "b:3"}}


def test_properties_conditions_and_references() -> None:
    found = resources(
        HEAD
        + dedent("""\
        Conditions:
          Fn::ForEach::Is:
            - Zone
            - ["eu.1", "eu.2"]
            - "Is&{Zone}": !Equals ["${Zone}", eu.1]
        Resources:
          Bucket1: {Type: AWS::S3::Bucket, Condition: Iseu1}
          Bucket2: {Type: AWS::S3::Bucket, Condition: Iseu2}
          R:
            Type: AWS::X::Y
            Properties:
              Fn::ForEach::P:
                - X
                - ["1"]
                - "P${X}": !GetAtt ["Bucket${X}", Arn]
                  "N&{X}":
                    Fn::ForEach::Deep: [Y, [b, c], {"${Y}": !Join ["", [!Ref X, !Ref Y]]}]
        """)
    )
    assert list(found) == ["Bucket1", "R"]
    assert plain(found["R"].body) == {"P1": {"$ref": "Bucket1.Arn"}, "N1": {"b": "1b", "c": "1c"}}


def test_a_loop_of_unknown_length_makes_a_representative() -> None:
    found = resources(
        HEAD
        + dedent("""\
        Parameters: {Names: {Type: CommaDelimitedList}}
        Resources:
          Fn::ForEach::B:
            - Name
            - !Ref Names
            - "Bucket${Name}":
                Type: AWS::S3::Bucket
                Properties: {BucketName: !Ref Name, Tags: [{Key: a, Value: "b"}]}
        """)
    )
    (bucket,) = found.values()
    assert bucket.representative is not None
    assert bucket.representative.why == (
        'the number of iterations of Fn::ForEach::B is known only at deployment: parameter "Names" has no default'
    )
    assert plain(bucket.body) == {
        "BucketName": {"$unknown": 'parameter "Names" has no default'},
        "Tags": [{"Key": "a", "Value": "b"}],
    }


@pytest.mark.parametrize(
    "collection", ["!Ref Names", "!FindInMap [Names, !Ref Stage, List]", "!FindInMap [Names, !Ref AWS::Region, List]"]
)
def test_what_a_loop_over_unknown_items_makes_may_be_referred_to(collection: str) -> None:
    found = resources(
        HEAD
        + dedent(f"""\
        Parameters: {{Names: {{Type: CommaDelimitedList}}, Stage: {{Type: String, AllowedValues: [dev, prod]}}}}
        Mappings: {{Names: {{dev: {{List: [A]}}, prod: {{List: [A, B]}}}}}}
        Conditions:
          Fn::ForEach::Is: [Name, {collection}, {{"Is${{Name}}": !Equals [!Ref Name, A]}}]
        Resources:
          Fn::ForEach::Buckets:
            - Name
            - {collection}
            - "Bucket${{Name}}":
                Type: AWS::S3::Bucket
                Condition: "Is${{Name}}"
                Properties: {{BucketName: "b-${{Name}}", Name: !Ref Name, Own: !GetAtt ["Bucket${{Name}}", Arn]}}
          R: {{Type: AWS::X::Y, Condition: IsA, Properties: {{Ref: !Ref BucketA, Text: !Sub "${{BucketB.Arn}}/*"}}}}
        """)
    )
    bucket, other = found["Bucket${Name}"].body.value, found["R"].body.value
    assert found["Bucket${Name}"].condition is not None
    name, whole = bucket["Name"], bucket["BucketName"]
    assert isinstance(name, Unknown)
    assert isinstance(whole, Unknown)
    assert (whole.parts[0], name.alternatives) == ("b-", ())
    assert plain(bucket["Own"]) == {"$ref": "Bucket${Name}.Arn"}
    # Which bucket of the loop is meant, or whether there is one, nobody knows: it is linked to none.
    assert [list(references(each)) for each in other.values()] == [[], []]
    assert found["R"].condition is not None


def test_loops_with_one_identifier_keep_their_own_items() -> None:
    text = """\
        Parameters: {One: {Type: CommaDelimitedList}, Two: {Type: CommaDelimitedList}}
        Resources:
          Fn::ForEach::A: [Name, !Ref One, {"A${Name}": {Type: AWS::X::Y, Properties: {P: !Ref Name}}}]
          Fn::ForEach::B: [Name, !Ref Two, {"B${Name}": {Type: AWS::X::Y, Properties: {P: !Ref Name}}}]
        """
    assert bodies(text) == {
        "A${Name}": {"P": {"$unknown": 'parameter "One" has no default'}},
        "B${Name}": {"P": {"$unknown": 'parameter "Two" has no default'}},
    }


def test_several_unknown_items_of_one_collection_are_told_apart() -> None:
    text = """\
        Parameters: {One: {Type: String}, Two: {Type: String}}
        Resources:
          Fn::ForEach::T:
            - Name
            - [!Ref One, known, !Ref Two]
            - "T${Name}":
                Type: AWS::X::Y
                Properties: {P: !Ref Name, Own: !Ref "T${Name}", Also: !GetAtt [!Sub "T${Name}", Arn]}
        """
    found = bodies(text)
    one, two = ({"$unknown": f'parameter "{name}" has no default'} for name in ("One", "Two"))
    assert found == {
        "T${Name}": {"P": one, "Own": {"$ref": "T${Name}.Ref"}, "Also": one},
        "Tknown": {"P": "known", "Own": {"$ref": "Tknown.Ref"}, "Also": {"$ref": "Tknown.Arn"}},
        "T${Name:2}": {"P": two, "Own": {"$ref": "T${Name:2}.Ref"}, "Also": two},
    }


def test_properties_that_a_loop_makes_of_unknown_items_are_unknown() -> None:
    found = resources(
        HEAD
        + dedent("""\
        Parameters: {Keys: {Type: CommaDelimitedList}}
        Resources:
          R:
            Type: AWS::X::Y
            Properties:
              Own: 1
              In: {a: 1, Fn::ForEach::In: [Key, !Ref Keys, {"in-${Key}": b}]}
              Fn::ForEach::More: [Key, !Ref Keys, {"${Key}": c}]
        """)
    )
    often = 'is known only at deployment: parameter "Keys" has no default'
    assert plain(found["R"].body) == {
        "Own": 1,
        "In": {"a": 1, "$unknown": f"the number of iterations of Fn::ForEach::In {often}"},
    }
    missing = found["R"].missing
    assert missing is not None
    assert missing.why == f"the number of iterations of Fn::ForEach::More {often}"


WRONG = {
    "Fn::ForEach::L: [a, [b]]": "t.yaml:3:3: Fn::ForEach::L needs a list of an identifier, a collection and an object",
    "Fn::ForEach::L: [a, b, {}]": "t.yaml:3:23: the collection of Fn::ForEach::L must be a list of strings",
    "Fn::ForEach::L: [a, [{b: c}], {}]": "t.yaml:3:23: the collection of Fn::ForEach::L must be a list of strings",
    'Fn::ForEach::L: [a, [b, c], {R: {Type: "AWS::X::Y"}}]': (
        't.yaml:3:32: the loop creates "R" a second time: only the last one counts'
    ),
}


@pytest.mark.parametrize("loop", WRONG)
def test_wrong_loops(loop: str) -> None:
    assert places(unit(f"{HEAD}Resources:\n  {loop}\n  Good: {{Type: AWS::X::Z}}\n")) == [WRONG[loop]]


def test_bounds() -> None:
    many = ", ".join(f'"{index}"' for index in range(1001))
    (error,) = unit(f"{HEAD}Resources:\n  Fn::ForEach::L: [a, [{many}], {{}}]\n").errors
    assert isinstance(error, BoundError)
    assert error.message == "more than 1000 iterations of one loop (wa-iac's safety limit)"
    loop = '{"R${a0}x${a1}x${a2}": {"Type": "AWS::X::Y"}}'
    for index in range(3):
        items = ", ".join(f'"{item}"' for item in range(100))
        loop = f'{{"Fn::ForEach::L{index}": ["a{index}", [{items}], {loop}]}}'
    (error,) = unit(f'{{"Transform": "AWS::LanguageExtensions", "Resources": {loop}}}').errors
    assert isinstance(error, BoundError)
    assert error.message.startswith("more than 10000 iterations of all loops of one template")


def test_the_collection_of_a_loop_may_ask_a_condition() -> None:
    text = """\
        Resources:
          Fn::ForEach::Buckets:
            - Name
            - !Split [",", !If [IsLong, "Logs,Data", Logs]]
            - ${Name}: {Type: AWS::S3::Bucket}
        Conditions: {IsLong: !Equals [a, a]}
        """

    assert list(bodies(text)) == ["Logs", "Data"]
