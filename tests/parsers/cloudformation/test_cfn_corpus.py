"""Real templates: each valid one is read without an error, each invalid one with the right one."""

from __future__ import annotations

from pathlib import Path

from wa_iac.core.declared import Unit
from wa_iac.core.errors import UnavailableError
from wa_iac.core.paths import SourcePath
from wa_iac.parsers.cloudformation.read import read_template

# Sources for `rain pkg`, not for CloudFormation: they embed files and modules by tags and objects that only Rain knows.
RAIN = {
    "APIGateway/apigateway_lambda_integration.json",
    "APIGateway/apigateway_lambda_integration.yaml",
    "CloudFormation/CustomResources/getfromjson/src/getfromjson.yml",
    "CloudFormation/MacrosExamples/DateFunctions/date.json",
    "CloudFormation/MacrosExamples/DateFunctions/date.yaml",
    "CloudFormation/MacrosExamples/PyPlate/python.json",
    "CloudFormation/MacrosExamples/PyPlate/python.yaml",
    "CloudFormation/MacrosExamples/StringFunctions/string.json",
    "CloudFormation/MacrosExamples/StringFunctions/string.yaml",
    "CloudFormation/StackSets/common-resources-stackset.json",
    "CloudFormation/StackSets/common-resources-stackset.yaml",
    "CloudFormation/StackSets/common-resources.json",
    "CloudFormation/StackSets/common-resources.yaml",
    "CloudFormation/StackSets/log-setup-management.json",
    "CloudFormation/StackSets/log-setup-management.yaml",
    "ElastiCache/Elasticache-snapshot.json",
    "ElastiCache/Elasticache-snapshot.yaml",
    "IoT/amzn2-greengrass-cfn.json",
    "IoT/amzn2-greengrass-cfn.yaml",
    "RainModules/api-resource.yml",
    "RainModules/bucket.yml",
    "RainModules/static-site.yml",
    "Solutions/GitLab/GitLabServer.json",
    "Solutions/GitLab/GitLabServer.yaml",
    "Solutions/GitLabAndVSCode/GitLabAndVSCode.json",
    "Solutions/GitLabAndVSCode/GitLabAndVSCode.yaml",
    "Solutions/Gitea/Gitea.json",
    "Solutions/Gitea/Gitea.yaml",
    "Solutions/VSCode/VSCodeServer.json",
    "Solutions/VSCode/VSCodeServer.yaml",
}
# Examples of the use of macros that their account brings.
MACROS = {
    f"CloudFormation/MacrosExamples/{name}"
    for name in (
        "Boto3/example.json", "Boto3/example.yaml", "Count/test.json", "Count/test.yaml",
        "ExecutionRoleBuilder/example.json", "ExecutionRoleBuilder/example.yaml", "Explode/test.json", "Explode/test.yaml",
        "PyPlate/python_example.json", "PyPlate/python_example.yaml", "S3Objects/example.json", "S3Objects/example.yaml",
        "StackMetrics/example.json", "StackMetrics/example.yaml",
    )
}  # fmt: skip
SAMPLES = "cloudformation/aws-sample-templates/"


def units(corpus: Path) -> dict[str, Unit]:
    found = {}
    for path in sorted(corpus.rglob("*")):
        if path.suffix in (".yaml", ".yml", ".json", ".template") and path.is_file():
            shown = path.relative_to(corpus).as_posix()
            unit = read_template(SourcePath(path, shown), path.read_bytes())
            if unit is not None:
                found[shown] = unit
    return found


def test_corpus(corpus: Path) -> None:
    found = units(corpus)
    wrong = {shown for shown, unit in found.items() if unit.errors}
    assert wrong == {SAMPLES + name for name in RAIN | MACROS}
    assert all(error.line for shown in wrong for error in found[shown].errors)
    for shown in wrong:
        # The macro or Rain, and what only they understand.
        assert {type(each) for each in found[shown].errors} == {UnavailableError}
    for name in RAIN:
        assert [each.message.partition(":")[0] for each in found[SAMPLES + name].errors] == [
            f"{SAMPLES}{name} is written for Rain"
        ]
    assert all(shown.startswith("cloudformation/") for shown in found)
    assert len(found) == 298
    assert sum(each.kind == "resource" for unit in found.values() for each in unit.declared) == 2185
