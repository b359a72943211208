#!/usr/bin/env bash
# moto 5.2.5 with boto3 1.44.8 (both PyPI); no request leaves the machine.
#
# Its CloudFormation knows a part of the functions, and takes the rest for values. The stack is complete nonetheless, with texts in it that are the
# result of no function: a test that looks at the state of the stack passes. Fn::Cidr is not known, so that a join of its blocks is its own
# name. The argument of Fn::GetAZs is not evaluated, and an empty one, which stands for the stack's region, is us-east-1 everywhere. An element that
# Fn::If takes away with AWS::NoValue is the word None in a join. The AllowedValues of a parameter are not looked at.
#
# Seen, as an output of a complete stack in eu-west-1:
#   join of Fn::Cidr               Fn::Cidr
#   join of Fn::GetAZs of ""       us-east-1a,us-east-1b,us-east-1c,us-east-1d
#   the same of the region's Ref   {'Ref': 'AWS::Region'}a,{'Ref': 'AWS::Region'}b,…
#   join without its middle        a-None-b
#   a value that is not allowed    maybe
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'moto[cloudformation]==5.2.5' boto3==1.44.8 2> /dev/null
cat > "$folder/ask.py" <<'PY'
import json
import os

os.environ.update(AWS_ACCESS_KEY_ID="a", AWS_SECRET_ACCESS_KEY="b", AWS_DEFAULT_REGION="eu-west-1")
import boto3
from moto import mock_aws

REGION = {"Ref": "AWS::Region"}
STAGE = {"Parameters": {"Stage": {"Type": "String", "AllowedValues": ["test", "live"]}}}
LIVE = {"Conditions": {"Live": {"Fn::Equals": [REGION, "us-east-1"]}}}


@mock_aws
def output(value, parameters=(), **sections):
    """An output of a complete stack."""
    template = {"Resources": {"Queue": {"Type": "AWS::SQS::Queue"}}, "Outputs": {"Output": {"Value": value}}, **sections}
    client = boto3.client("cloudformation")
    client.create_stack(StackName="stack", TemplateBody=json.dumps(template), Parameters=list(parameters))
    (stack,) = client.describe_stacks(StackName="stack")["Stacks"]
    assert stack["StackStatus"] == "CREATE_COMPLETE"
    return stack["Outputs"][0]["OutputValue"]


seen = {
    "join of Fn::Cidr": output({"Fn::Join": [",", {"Fn::Cidr": ["10.0.0.0/16", 2, 8]}]}),
    "join of zones": output({"Fn::Join": [",", {"Fn::GetAZs": ""}]}),
    "join of the region's zones": output({"Fn::Join": [",", {"Fn::GetAZs": REGION}]}),
    "join without its middle": output({"Fn::Join": ["-", ["a", {"Fn::If": ["Live", "live", {"Ref": "AWS::NoValue"}]}, "b"]]}, **LIVE),
    "not allowed": output({"Ref": "Stage"}, [{"ParameterKey": "Stage", "ParameterValue": "maybe"}], **STAGE),
}
for name, each in seen.items():
    print(f"{name}: {each}")
assert seen == {
    "join of Fn::Cidr": "Fn::Cidr",
    "join of zones": "us-east-1a,us-east-1b,us-east-1c,us-east-1d",
    "join of the region's zones": ",".join(f"{REGION}{zone}" for zone in "abcd"),
    "join without its middle": "a-None-b",
    "not allowed": "maybe",
}
PY
"$folder/venv/bin/python" "$folder/ask.py"
