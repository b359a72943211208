#!/usr/bin/env bash
# troposphere 4.11.1 (PyPI).
#
# TemplateGenerator reads a template to write it again, from Python. The section Rules and each UpdateReplacePolicy are missing in what it writes, and the
# default of Fn::FindInMap is wrapped once more in itself, which CloudFormation's language extensions do not accept.
# DeletionPolicy is kept, so the loss is easily overlooked: the next replacement of the table deletes it.
#
# Seen: a table with both policies is written with {'DeletionPolicy': 'Retain'}; the default {'DefaultValue': 'low'} as
#   {'DefaultValue': {'DefaultValue': 'low'}}; the sections are Mappings, Resources, Transform
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check troposphere==4.11.1 2> /dev/null
cat > "$folder/ask.py" <<'PY'
from troposphere.template_generator import TemplateGenerator

template = {
    "Transform": "AWS::LanguageExtensions",
    "Rules": {"Known": {"Assertions": [{"Assert": {"Fn::Equals": ["a", "a"]}, "AssertDescription": "never"}]}},
    "Mappings": {"Levels": {"live": {"level": "high"}}},
    "Resources": {
        "Orders": {
            "Type": "AWS::DynamoDB::Table",
            "DeletionPolicy": "Retain",
            "UpdateReplacePolicy": "Retain",
            "Properties": {
                "BillingMode": "PAY_PER_REQUEST",
                "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
                "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
                "TableName": {"Fn::FindInMap": ["Levels", "test", "level", {"DefaultValue": "low"}]},
            },
        }
    },
}
written = TemplateGenerator(template).to_dict()
table = written["Resources"]["Orders"]
policies = {name: table[name] for name in table if name.endswith("Policy")}
default = table["Properties"]["TableName"]["Fn::FindInMap"][3]
print(sorted(written), policies, default)
assert sorted(written) == ["Mappings", "Resources", "Transform"]
assert policies == {"DeletionPolicy": "Retain"}
assert default == {"DefaultValue": {"DefaultValue": "low"}}
PY
"$folder/venv/bin/python" "$folder/ask.py"
