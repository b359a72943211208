"""Whatever stands in a template, reading it ends with a unit."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.cloudformation import unit
from wa_iac.core.algebra import references
from wa_iac.core.value import plain
from wa_iac.parsers.cloudformation.functions.registry import FUNCTIONS

NAMES = st.sampled_from(
    ["A", "B", "C", "AWS::Region", "AWS::NoValue", "A.B", "x", "0", "1", "", "${A}-${B.C}", "{{resolve:ssm:${A}}}"]
)
SCALARS = NAMES | st.booleans() | st.none() | st.integers(-2, 3) | st.floats(allow_nan=False) | st.text(max_size=3)
CALLS = st.sampled_from([*FUNCTIONS, "Fn::ForEach::X", "Fn::Nothing", "Fn::GetAtt"])


def collections(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """Lists, objects and calls of functions with one to four arguments."""
    return (
        st.lists(inner, max_size=3)
        | st.dictionaries(NAMES, inner, max_size=3)
        | st.dictionaries(CALLS, inner, min_size=1, max_size=2)
        | st.dictionaries(CALLS, st.lists(inner, min_size=1, max_size=4), min_size=1, max_size=1)
    )


TREES = st.recursive(SCALARS, collections, max_leaves=12)
SECTION = st.dictionaries(NAMES, TREES, max_size=3)
PARAMETER = st.fixed_dictionaries(
    {"Type": st.sampled_from(["String", "Number", "CommaDelimitedList", "List<AWS::EC2::Subnet::Id>"])},
    optional={"Default": SCALARS, "AllowedValues": st.lists(SCALARS, max_size=3), "NoEcho": st.booleans()},
)
TEMPLATES = st.fixed_dictionaries(
    {
        "Resources": st.fixed_dictionaries(
            {"B": st.fixed_dictionaries({"Type": st.just("AWS::X::Y"), "Properties": SECTION}), "D": TREES}
        )
    },
    optional={
        "Parameters": st.dictionaries(NAMES, PARAMETER | TREES, max_size=3),
        "Mappings": st.dictionaries(NAMES, st.dictionaries(NAMES, SECTION | TREES, max_size=2) | TREES, max_size=3),
        "Conditions": SECTION | TREES,
        "Transform": TREES,
    },
)


@settings(max_examples=300, deadline=None)
@given(TEMPLATES)
def test_any_template(tree: object) -> None:
    found = unit(json.dumps(tree))
    for declared in found.declared:
        json.dumps(plain(declared.body))
        list(references(declared.body))
    assert all(error.line for error in found.errors)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="{}[]:,&*!-? \n\t\"'|>#aé😀\x85\u2028", max_size=30))
def test_any_text(text: str) -> None:
    found = unit(f"AWSTemplateFormatVersion: x\nResources: {text}".encode())

    assert all(error.line for error in found.errors)
