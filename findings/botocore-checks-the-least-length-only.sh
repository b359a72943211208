#!/usr/bin/env bash
# botocore 1.44.8, of PyPI; no request leaves the machine.
#
# botocore checks arguments against the model of a service before it sends them, also under its Stubber. Of the limits that a model states, it
# checks the least length and the least number only: a text that is too long, a value that is not in an enumeration and one that does not
# match the pattern pass. So a test that stubs the AWS Well-Architected Tool accepts notes that the service refuses.
#
# Seen, for UpdateAnswer of wellarchitected (Notes: at most 2,084 characters; Status: an enumeration; LensAlias: at least 1):
#   an empty LensAlias: refused
#   notes of 100,000 characters: accepted
#   a choice of status MAYBE: accepted
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check botocore==1.44.8 2> /dev/null
cat > "$folder/ask.py" <<'PY'
from botocore.exceptions import ParamValidationError
from botocore.session import Session
from botocore.stub import Stubber

client = Session().create_client("wellarchitected", "eu-west-1", aws_access_key_id="a", aws_secret_access_key="b")
shapes = client.meta.service_model
assert shapes.shape_for("Notes").metadata["max"] == 2084
assert "MAYBE" not in shapes.shape_for("ChoiceStatus").enum


def answer(**changed):
    """Whether botocore accepts an answer."""
    asked = {"WorkloadId": "a" * 32, "LensAlias": "wellarchitected", "QuestionId": "q", **changed}
    with Stubber(client) as stub:
        stub.add_response("update_answer", {})
        try:
            client.update_answer(**asked)
        except ParamValidationError as error:
            return "Invalid length" not in str(error)
    return True


seen = (answer(LensAlias=""), answer(Notes="n" * 100_000), answer(ChoiceUpdates={"c": {"Status": "MAYBE"}}))
print("an empty alias: {}\nlong notes: {}\nan unknown status: {}".format(*("accepted" if each else "refused" for each in seen)))
assert seen == (False, True, True)
PY
"$folder/venv/bin/python" "$folder/ask.py"
