"""On every valid template of the corpus, resources and resolved values agree with AWS's own cloudformation-validate."""

from __future__ import annotations

from pathlib import Path

import cloudformation_validate
from parsers.cloudformation.test_cfn_corpus import units

from helpers.model_oracle import differences
from wa_iac.core.value import Absent

SAMPLES = "cloudformation/aws-sample-templates/"


def test_models_agree(corpus: Path) -> None:
    compared = templates = 0
    excluded: set[tuple[str, str]] = set()
    found: set[tuple[str, str, str]] = set()
    for shown, unit in units(corpus).items():
        if any("is written for Rain" in error.message for error in unit.errors):
            continue  # its own functions: not CloudFormation
        templates += 1
        name = shown.removeprefix(SAMPLES)
        ours = {each.address: each for each in unit.declared if each.kind == "resource"}
        model = cloudformation_validate.TemplateModel(corpus / shown)
        # They do not expand SAM: what we make of it is held against its own translator.
        expanded = "AWS::Serverless-2016-10-31" in model.transforms()
        theirs = {key: each for key, each in model.resources().items() if not each.resource_type.startswith("AWS::Serverless")}
        found |= {(name, each, "is ours alone") for each in ours.keys() - theirs.keys() if not expanded}
        for logical_id, resource in theirs.items():
            declared = ours.get(logical_id)
            if declared is None:
                # What a condition leaves out by the parameters' defaults is not deployed, and not judged.
                excluded.add((name, logical_id))
                if resource.condition is None:
                    found.add((name, logical_id, "is theirs alone"))
                continue
            body = declared.body.value
            if declared.type != resource.resource_type:
                found.add((name, logical_id, f"{resource.resource_type}, ours {declared.type}"))
            found |= {(name, f"{logical_id}.{key}", "is ours alone") for key in body.keys() - resource.properties.keys()}
            for key, value in resource.properties.items():
                compared += 1
                found |= {
                    (name, f"{logical_id}.{path}", said) for path, said in differences(value, body.get(key, Absent()), key)
                }

    assert found == set()
    assert (templates, compared, len(excluded)) == (268, 6956, 46)
