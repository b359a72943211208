#!/usr/bin/env bash
# aws-sam-translator 1.115.0 (PyPI), with PyYAML 6.0.4 to read the templates.
#
# A property that a serverless resource does not have is an error. A key that is misspelt one step above or below is none: the
# translator leaves it out, and so CloudFormation, which would have refused it, never sees it. The table that was to be kept is
# deleted with its stack, an alarm stops no deployment, a domain has the default version of TLS.
#
# Seen:
#   property BillingModes of a table               property BillingModes not defined for resource of type AWS::Serverless::SimpleTable
#   DeletionPolicyy beside its Type                translated without it
#   DeploymentPreference.Alarm, for Alarms         translated without it
#   Domain.SecurityPolicyy, for SecurityPolicy     translated without it
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check aws-sam-translator==1.115.0 PyYAML==6.0.4 2> /dev/null
cat > "$folder/ask.py" <<'PY'
import json

import yaml
from samtranslator.model.exceptions import InvalidDocumentException
from samtranslator.translator.transform import transform

FUNCTION = "Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: a.b, CodeUri: s3://code/f.zip, AutoPublishAlias: live"
API = "Type: AWS::Serverless::Api, Properties: {StageName: prod, DefinitionBody: {swagger: '2.0', paths: {}}"
WRONG = {
    "BillingModes": "{Type: AWS::Serverless::SimpleTable, Properties: {BillingModes: x}}",
    "DeletionPolicyy": "{Type: AWS::Serverless::SimpleTable, DeletionPolicyy: Retain}",
    "Alarm": "{" + FUNCTION + ", DeploymentPreference: {Type: AllAtOnce, Alarm: [stop]}}}",
    "SecurityPolicyy": "{" + API + ", Domain: {DomainName: example.com, CertificateArn: arn, SecurityPolicyy: TLS_1_2}}}",
}


class NoManagedPolicies:
    def load(self) -> dict[str, str]:
        return {}


def said(key: str, resource: str) -> str:
    template = yaml.safe_load(f"Transform: AWS::Serverless-2016-10-31\nResources:\n  It: {resource}\n")
    try:
        made = transform(template, {}, NoManagedPolicies())
    except InvalidDocumentException as error:
        return error.causes[0].message.partition("invalid. ")[2]
    return "translated with it" if f'"{key}"' in json.dumps(made) else "translated without it"


found = {key: said(key, resource) for key, resource in WRONG.items()}
for key, words in found.items():
    print(f"{key}: {words}")
assert found == {
    "BillingModes": "property BillingModes not defined for resource of type AWS::Serverless::SimpleTable",
    "DeletionPolicyy": "translated without it",
    "Alarm": "translated without it",
    "SecurityPolicyy": "translated without it",
}
PY
AWS_DEFAULT_REGION=us-east-1 "$folder/venv/bin/python" "$folder/ask.py"
