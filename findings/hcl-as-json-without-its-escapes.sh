#!/usr/bin/env bash
# hcl2-parser 1.0.3, hcl2-json-parser 1.0.1 and @cdktf/hcl2json 0.21.0 (npm), pygohcl 1.2.9 (PyPI): HashiCorp's parser from Go, whose result is JSON.
#
# HCL writes a template as "${…}", and the text of one, which a policy for IAM needs for its variables, as "$${…}". By the specification of HCL's
# JSON syntax a text in JSON is a template too, so the escape has to stay. All but @cdktf/hcl2json take it away, except in the arguments of
# a function. So for the first two a reference and the text of one are the same, and Terraform's JSON made of it means something else, or is
# refused. pygohcl writes a reference without its marks instead: it is the text of the same words, and in a template a part of its text.
#
# Seen:
#                      hcl2-parser, hcl2-json-parser   @cdktf/hcl2json     pygohcl
#   "a/${var.b}"       a/${var.b}                      a/${var.b}          a/var.b
#   "a/$${var.b}"      a/${var.b}                      a/$${var.b}         a/${var.b}
#   f("a/$${var.b}")   ${f("a/$${var.b}")}             the same            f("a/$${var.b}")
#   var.b              ${var.b}                        ${var.b}            var.b
#   "var.b"            var.b                           var.b               var.b
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pygohcl==1.2.9 2> /dev/null
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund hcl2-parser@1.0.3 hcl2-json-parser@1.0.1 @cdktf/hcl2json@0.21.0 > /dev/null
cat > some.hcl <<'HCL'
reference = "a/${var.b}"
escaped   = "a/$${var.b}"
argument  = f("a/$${var.b}")
name      = var.b
text      = "var.b"
HCL
cat > ask.js <<'JS'
const source = require("node:fs").readFileSync("some.hcl", "utf8");
const readers = {
  "hcl2-parser": async () => require("hcl2-parser").parseToObject(source)[0],
  "hcl2-json-parser": () => require("hcl2-json-parser").parseToObject(source),
  "@cdktf/hcl2json": () => require("@cdktf/hcl2json").parse("some.hcl", source),
};
const name = process.argv[2];
readers[name]().then((read) => {
  console.log(`${name}: ${["reference", "escaped", "argument", "name", "text"].map((each) => read[each]).join("  ")}`);
  process.exit(0);
});
JS
{
  for each in hcl2-parser hcl2-json-parser @cdktf/hcl2json; do node ask.js "$each"; done
  venv/bin/python - <<'PY'
import pygohcl

read = pygohcl.loads(open("some.hcl").read())
print("pygohcl:", "  ".join(read[each] for each in ("reference", "escaped", "argument", "name", "text")))
PY
} | tee seen
diff seen - <<'WANTED'
hcl2-parser: a/${var.b}  a/${var.b}  ${f("a/$${var.b}")}  ${var.b}  var.b
hcl2-json-parser: a/${var.b}  a/${var.b}  ${f("a/$${var.b}")}  ${var.b}  var.b
@cdktf/hcl2json: a/${var.b}  a/$${var.b}  ${f("a/$${var.b}")}  ${var.b}  var.b
pygohcl: a/var.b  a/${var.b}  f("a/$${var.b}")  var.b  var.b
WANTED
