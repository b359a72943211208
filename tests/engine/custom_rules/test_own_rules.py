"""A team's own rules: where they come from, what they say, and how mistakes in them are told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers import cli
from helpers.paths import PROJECT
from wa_iac.core.errors import UsageError
from wa_iac.engine.catalogue import OURS
from wa_iac.engine.check import check
from wa_iac.engine.custom_rules import catalogue, find
from wa_iac.engine.custom_rules.pages import wrong
from wa_iac.engine.selection import Selection

OWN = PROJECT / "fixtures" / "own-rules"
BUCKET = "Resources:\n  Reports:\n    Type: AWS::S3::Bucket\n"
RULE = """\
page: "# Bucket is not called after its team"
severity: low
resource: {cloudformation: AWS::S3::Bucket}
value: {cloudformation: BucketName}
condition: {matches: ^finance-}
message: Nobody knows whose it is.
remedy: {cloudformation: "BucketName: finance-<name>"}
"""
PYTHON = '''\
"""# Bucket has a name"""
from wa_iac.aws.s3 import Bucket
from wa_iac.core.rule import Flag, Remedy, Severity, flag, rule
from collections.abc import Iterator

@rule(practices=["OPS02-BP01"], severity=Severity.LOW, remedy=Remedy(cfn="-", tf="-"))
def check(bucket: Bucket) -> Iterator[Flag]:
    yield flag(bucket, "It is there.")
'''


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "tree" / ".git").mkdir(parents=True)
    (tmp_path / "tree" / "bucket.yaml").write_text(BUCKET, encoding="utf-8")
    return tmp_path


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


def run(here: Path, *arguments: str, **environment: str) -> cli.Done:
    return cli.run(here / "tree", *arguments, **environment)


def reported(done: cli.Done) -> list[tuple[str, str, int]]:
    return [
        (each["rule"], each["location"]["path"], each["location"]["start_line"]) for each in json.loads(done.stdout)["findings"]
    ]


# --- the pages


def test_the_examples_of_every_rule_here_are_right() -> None:
    found = catalogue([OWN], user=False)

    assert sorted(found.own) == [
        "glue-job-named",
        "rds-port",
        "s3-owner-tag",
        "sns-key-rotates",
        "sqs-has-policy",
        "sqs-retention",
    ]
    assert {slug: wrong(rule, found) for slug, rule in found.own.items()} == {slug: [] for slug in found.own}


def test_the_command_runs_them(here: Path) -> None:
    done = run(here, "dev", "test-rules", str(OWN))

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "wa-iac: 6 rules, none of them failed\n")


def test_the_rule_in_the_documentation_is_right(tmp_path: Path) -> None:
    text = (PROJECT / "docs" / "own-rules.md").read_text(encoding="utf-8")
    start = text.index("# rules/cost/s3_owner_tag.yaml")
    write(tmp_path, "cost/s3_owner_tag.yaml", text[start : text.index("\n```\n", start)])
    found = catalogue([tmp_path], user=False)

    assert wrong(found.load("s3-owner-tag"), found) == []


def test_what_is_wrong_with_a_page_is_told_and_exits_with_1(here: Path) -> None:
    page = """\
page: |
  # Bucket is not called after its team

  ## Non-compliant

  ```yaml
  Resources:
    Reports: # finding
      Type: AWS::S3::Bucket
      Properties:
        BucketName: reports
  ```

  ## Compliant

  ```yaml
  Resources:
    Reports:
      Type: AWS::S3::Bucket
      Properties:
        BucketName: !Ref Name
  ```
practices: [OPS99-BP01]
"""
    write(here / "rules", "operations/s3_team_name.yaml", page + RULE.partition("\n")[2])

    done = run(here, "dev", "test-rules", str(here / "rules"))

    assert done.returncode == 1
    assert done.stdout == (
        "s3-team-name: there is no best practice 'OPS99-BP01' in the framework\n"
        "s3-team-name: the example at line 6 of the page: line 2 is marked, but not reported\n"
        "s3-team-name: the example at line 6 of the page: line 5 is reported, but not marked: Nobody knows whose it is.\n"
        's3-team-name: the example at line 16 of the page: there is no parameter or resource "Name" (its line 5)\n'
        "s3-team-name: the example at line 16 of the page: line 5 is undecided: Cannot be decided: its template has an error here; fix the error.\n"
    )


# --- where they come from


def test_a_directory_on_the_command_line(here: Path) -> None:
    rules = write(here / "rules", "operations/s3_team_name.yaml", RULE)
    write(rules, "cost/s3_there.py", PYTHON)

    done = run(here, "check", "--rules", str(rules), "--format", "json", "--select", "s3-team-name,s3-there,s3-versioning")

    assert done.returncode == 1
    assert reported(done) == [
        ("s3-team-name", "bucket.yaml", 2),
        ("s3-there", "bucket.yaml", 2),
        ("s3-versioning", "bucket.yaml", 2),
    ]


def test_the_settings_of_the_user(here: Path) -> None:
    write(here / "config" / "wa-iac" / "rules", "operations/s3_team_name.yaml", RULE)
    write(here / "config" / "wa-iac", "wa-iac.toml", 'rules = ["rules"]\n')
    arguments = ("check", "--format", "json", "--select", "s3-team-name")

    assert reported(run(here, *arguments, XDG_CONFIG_HOME=str(here / "config"))) == [("s3-team-name", "bucket.yaml", 2)]
    none = run(here, *arguments, "--no-settings", XDG_CONFIG_HOME=str(here / "config"))
    assert none.stderr == "wa-iac: there is no rule 's3-team-name'\n"


def test_the_entry_point_of_an_installed_package(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = here / "site-packages"
    write(site, "acme_rules/__init__.py", "")
    write(site, "acme_rules/operations/s3_team_name.yaml", RULE)
    write(site, "acme_rules/cost/s3_there.py", PYTHON)
    write(site, "acme_rules-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: acme-rules\nVersion: 1.0\n")
    write(site, "acme_rules-1.0.dist-info/entry_points.txt", "[wa_iac.rules]\nacme = acme_rules\n")
    assert find.entry_points() == []
    monkeypatch.syspath_prepend(site)

    assert find.entry_points() == ["acme_rules"]
    assert sorted(catalogue(user=False).own) == ["s3-team-name", "s3-there"]


@pytest.mark.slow
def test_nothing_is_taken_from_the_tree_that_is_checked(here: Path) -> None:
    """Not even where Python looks for modules in the working directory."""
    tree = here / "tree"
    write(tree, "evil/__init__.py", "raise SystemExit('run')")
    write(tree, "evil-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n")
    write(tree, "evil-1.0.dist-info/entry_points.txt", "[wa_iac.rules]\nevil = evil\n")
    write(tree, "operations/s3_team_name.yaml", RULE)

    assert cli.start(here / "tree", "check", "bucket.yaml", "--select", "s3-versioning").returncode == 1
    assert cli.start(here / "tree", "check", "bucket.yaml", "--select", "s3-team-name").returncode == 2


# --- they are rules as ours are


def test_settings_grade_and_set_them_and_comments_suppress_them(here: Path) -> None:
    tree = here / "tree"
    job = "Resources:\n  Nightly:\n    Type: AWS::Glue::Job\n    Properties:\n      Name: {}\n"
    write(tree, "nightly.yaml", job.format("nightly"))
    write(tree, "acme.yaml", job.format("acme-nightly"))
    write(tree, "known.yaml", job.format("nightly # wa-iac: ignore[glue-job-named] known since 2020"))
    write(tree, "wa-iac.toml", '[severity]\nglue-job-named = "high"\n[options.glue-job-named]\nteams = ["acme"]\n')

    done = run(here, "check", "--rules", str(OWN), "--select", "glue-job-named", "--format", "json")

    listed = json.loads(done.stdout)["findings"]
    assert [(each["location"]["path"], each["severity"], each["suppressed"]) for each in listed] == [
        ("known.yaml", "high", {"reason": "known since 2020", "source": "inline"}),
        ("nightly.yaml", "high", None),
    ]


def test_they_have_a_page_and_are_listed(here: Path) -> None:
    page = run(here, "rule", "sqs-retention", "--rules", str(OWN))
    listed = run(here, "rules", "--rules", str(OWN))

    assert page.stdout.startswith("# Queue keeps messages for less than a week, or for ever\n")
    assert "practice    REL09-BP02 " in page.stdout
    assert "  sqs-retention " in listed.stdout


def test_one_in_yaml_is_undecided_where_a_value_is_unknown(here: Path) -> None:
    folder = write(here / "module", "main.tf", 'variable "days" {}\nresource "aws_sqs_queue" "a" {\n'
                   "  message_retention_seconds = var.days * 86400\n}\n")  # fmt: skip
    report = check([folder], Selection(select=("sqs-retention",), catalogue=catalogue([OWN], user=False)))

    assert report.failing() == []
    assert [(each.span.start_line, each.message) for each in report.undecided()] == [
        (3, "Cannot be decided: var.days has no default; set --var days=..., a value in terraform.tfvars, or check the plan.")
    ]


def test_one_in_yaml_says_when_it_fails(here: Path) -> None:
    folder = write(here / "module", "main.tf", 'variable "long" {\n  type = bool\n}\nresource "aws_sqs_queue" "a" {\n'
                   "  message_retention_seconds = var.long ? 604800 : 60\n}\n")  # fmt: skip
    report = check([folder], Selection(select=("sqs-retention",), catalogue=catalogue([OWN], user=False)))

    assert [each.message for each in report.undecided()] == [
        "Fails when var.long is false: Messages that nobody takes are gone within a week."
    ]


def test_scalars_are_taken_as_they_are_written(here: Path) -> None:
    """YAML would make 1.3 of 1.30, and true of on."""
    text = (
        RULE.replace("AWS::S3::Bucket", "AWS::EKS::Cluster")
        .replace("BucketName}", "Version}")
        .replace("{matches: ^finance-}", "{one-of: [1.30, on]}")
    )
    rules = catalogue([write(here / "rules", "operations/eks_version.yaml", text)], user=False)
    for version, found in (("1.30", 0), ("on", 0), ("1.3", 1), ("true", 1)):
        template = f"Resources:\n  A:\n    Type: AWS::EKS::Cluster\n    Properties:\n      Version: '{version}'\n"
        folder = write(here / version, "t.yaml", template)
        assert len(check([folder], Selection(select=("eks-version",), catalogue=rules)).failing()) == found, version


def test_one_that_two_others_lead_to_is_one(here: Path) -> None:
    key = 'resource "aws_kms_key" "k" {\n}\n'
    topic = 'resource "aws_sns_topic" "{}" {{\n  kms_master_key_id = aws_kms_key.k.arn\n}}\n'
    folder = write(here / "module", "main.tf", key + topic.format("a") + topic.format("b"))
    [finding] = check([folder], Selection(select=("sns-key-rotates",), catalogue=catalogue([OWN], user=False))).failing()

    assert (finding.address, len(finding.instances)) == ("aws_kms_key.k", 1)
    assert [each.span.start_line for each in finding.related] == [3, 6]


def test_a_key_elsewhere_is_undecided(here: Path) -> None:
    folder = write(here / "module", "main.tf", 'resource "aws_sns_topic" "a" {\n  kms_master_key_id = "alias/orders"\n}\n')
    report = check([folder], Selection(select=("sns-key-rotates",), catalogue=catalogue([OWN], user=False)))

    assert [each.message for each in report.undecided()] == ["Cannot be decided: the resource it names is not in this unit."]


# --- mistakes


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("cost/a_b.yaml", "", "cost/a_b.yaml: a rule must be an object: a table"),
        ("cost/a_b.yaml", "a: [", "cost/a_b.yaml:1: not YAML: while parsing a flow node (from line 1): did not find expected node content"),
        ("cost/a_b.yaml", RULE.replace("message:", "mesage:"), "cost/a_b.yaml:6: there is no 'mesage' in a rule; did you mean 'message'?"),
        ("cost/a_b.yaml", RULE.replace("severity: low\n", ""), "cost/a_b.yaml:1: 'severity' is missing"),
        ("cost/a_b.yaml", RULE.replace("low", "lo"), "cost/a_b.yaml:2: 'severity' must be 'low', 'medium', 'high' or 'critical'"),
        ("cost/a_b.yaml", RULE.replace("{matches", "{match"), "cost/a_b.yaml:5: there is no 'condition.match' in a rule; did you mean 'matches'?"),
        ("cost/a_b.yaml", RULE.replace("^finance-", "'('"), "cost/a_b.yaml:5: 'condition' has a pattern that is not valid: missing ), unterminated subpattern"),
        ("cost/a_b.yaml", RULE.replace("value: {cloudf", "value: {terraform: a, cloudf"), "cost/a_b.yaml:1: the rule needs every part for cloudformation"),
        ("cost/a_b.yaml", RULE.replace("BucketName}", "'a[b'}"), "cost/a_b.yaml:1: the rule has a path that is not valid: 'a[b'"),
        ("cost/a_b.yaml", RULE.replace("value: {cloudformation: BucketName}\n", ""), "cost/a_b.yaml:1: the rule needs a 'value', a 'related', or both"),
        ("speed/a_b.yaml", RULE, "speed: there is no pillar 'speed'"),
        ("a_b.yaml", RULE, "a_b.yaml: a rule must be in the folder of its pillar: operations, "),
        ("cost/s3_versioning.yaml", RULE, "cost/s3_versioning.yaml: there cannot be two rules called 's3-versioning': wa-iac defines it already"),
        ("cost/a_b.py", "import this_is_not_there", "cost/a_b.py:1: the rule cannot be imported: ModuleNotFoundError: No module named"),
        ("cost/a_b.py", "x = 1\ncheck = (", "cost/a_b.py:2: the rule cannot be imported: SyntaxError: '(' was never closed"),
        ("cost/a_b.py", "check = 1", "cost/a_b.py: `check` is not a rule; is the decorator missing?"),
        ("cost/a_b.py", PYTHON.replace("bucket: Bucket", "bucket: 'Buket'"), "cost/a_b.py:6: the rule cannot be imported: NameError: name 'Buket' is not defined"),
        ("cost/a_b.py", PYTHON.replace("bucket: Bucket", "bucket: str"), "cost/a_b.py: the annotations of `check` do not tell which resources it looks at: AttributeError"),
        ("cost/_helper.py", "", ": there are no rules here: rules are files in folders called operations, security, "),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(tmp_path: Path, name: str, text: str, message: str) -> None:
    folder = write(tmp_path / "rules", name, text)

    with pytest.raises(UsageError) as caught:
        catalogue([folder], user=False)

    assert str(caught.value).removeprefix(str(folder)).removeprefix("/").startswith(message)


def test_a_directory_that_is_not_there(here: Path) -> None:
    done = run(here, "check", "--rules", "none")

    assert (done.returncode, done.stderr) == (2, "wa-iac: none: there is no such directory of rules\n")


def test_settings_of_the_user_that_say_something_else(here: Path) -> None:
    write(here / "config" / "wa-iac", "wa-iac.toml", 'fail-on = "high"\n')
    done = run(here, "check", XDG_CONFIG_HOME=str(here / "config"))

    assert done.returncode == 2
    assert done.stderr.endswith("the user's settings may only contain one setting: rules = ['directory', ...]\n")


def test_where_nobody_brings_rules_there_are_ours() -> None:
    assert catalogue(user=False) is OURS
