#!/usr/bin/env bash
# cfn-lint 1.58.0 (PyPI).
#
# CloudFormation's templates are YAML 1.1, where digits behind a 0 are octal, as long as none is an 8 or a 9. An account's number that
# is not quoted is another number then: 012345670123 is 1402433619, while 012345678901 stays the text that was written. cfn-lint
# reads it so as well, and shows the number that nobody wrote where a property has a pattern for accounts. In a mapping, whose values
# take part in texts such as ARNs, it says nothing at all.
#
# Seen, for 012345670123:
#   SourceAccount of a permission   E3031 '1402433619' does not match '^\\d{12}$'
#   in a mapping                    nothing
# and for 012345678901: nothing in either place.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check cfn-lint==1.58.0 2> /dev/null
permission='Type: AWS::Lambda::Permission, Properties: {Action: lambda:InvokeFunction, FunctionName: f, Principal: sns.amazonaws.com'
for number in 012345670123 012345678901; do
  cat > "$folder/property-$number.yaml" <<YAML
Resources:
  Permission: {$permission, SourceAccount: $number}}
YAML
  cat > "$folder/mapping-$number.yaml" <<YAML
Mappings:
  Accounts: {production: {Number: $number}}
Resources:
  Topic: {Type: AWS::SNS::Topic}
Outputs:
  Role:
    Value: !Sub ["arn:aws:iam::\${Number}:role/deploy", {Number: !FindInMap [Accounts, production, Number]}]
YAML
done
said() { "$folder/venv/bin/cfn-lint" --format parseable "$folder/$1.yaml" | cut -d: -f6- || true; }
for each in property-012345670123 mapping-012345670123 property-012345678901 mapping-012345678901; do
  words=$(said "$each")
  echo "$each: ${words:-nothing}"
done | tee "$folder/seen"
diff "$folder/seen" - <<'WANTED'
property-012345670123: E3031:'1402433619' does not match '^\\d{12}$'
mapping-012345670123: nothing
property-012345678901: nothing
mapping-012345678901: nothing
WANTED
