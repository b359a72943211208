"""Settings files: where they are found, what they change, and how mistakes in them are told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.cli import run
from wa_iac.core.errors import UsageError
from wa_iac.core.rule import Severity
from wa_iac.engine.globs import matches
from wa_iac.settings.config import Config
from wa_iac.settings.file import load
from wa_iac.settings.find import configured, find

DATABASE = 'variable "multi_az" {}\nresource "aws_db_instance" "orders" {\n  multi_az = var.multi_az\n}\n'
BUCKET = "Resources:\n  Reports:\n    Type: AWS::S3::Bucket\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "infra").mkdir()
    (tmp_path / "infra" / "main.tf").write_text(DATABASE, encoding="utf-8")
    (tmp_path / "other-part").mkdir()
    (tmp_path / "other-part" / "stack.yaml").write_text(BUCKET, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(
    here: Path, *arguments: str, settings: str = "", name: str = "wa-iac.toml"
) -> tuple[int, list[tuple[str, str, str]], str]:
    """The exit code, the findings of two rules as (rule, severity, verdict), and what was said on standard error."""
    if settings:
        (here / name).write_text(settings, encoding="utf-8")
    done = run(here, "check", "--format", "json", "--show-unknown", *arguments)
    found = json.loads(done.stdout)["findings"] if done.stdout else []
    wanted = ("rds-multi-az", "s3-versioning")
    return done.returncode, [(f["rule"], f["severity"], f["verdict"]) for f in found if f["rule"] in wanted], done.stderr


UNDECIDED = ("rds-multi-az", "high", "unknown")
VERSIONING = ("s3-versioning", "medium", "fail")


@pytest.mark.parametrize(
    ("settings", "code", "findings"),
    [
        ("", 1, [UNDECIDED, VERSIONING]),
        ('exclude = ["other-part/**"]\npillars = ["reliability"]\nselect = ["rds-multi-az"]\n', 0, [UNDECIDED]),
        ('ignore = ["rds-multi-az"]\nfail-on = "critical"\n', 0, [VERSIONING]),
        ('[severity]\ns3-versioning = "critical"\n', 1, [UNDECIDED, ("s3-versioning", "critical", "fail")]),
        ('[[overrides]]\npaths = ["other-part"]\nignore = ["s3-versioning"]\n', 1, [UNDECIDED]),
        (
            '[severity]\ns3-versioning = "critical"\n[[overrides]]\npaths = ["other-part/*.yaml"]\nseverity = {s3-versioning = "low"}\n',
            1,
            [UNDECIDED, ("s3-versioning", "low", "fail")],
        ),
        ('[[inputs]]\npaths = ["infra"]\nvariables = {multi_az = true}\n', 1, [VERSIONING]),
        ("[[inputs]]\nvariables = {multi_az = false}\n", 1, [("rds-multi-az", "high", "fail"), VERSIONING]),
        ('[[inputs]]\npaths = ["other"]\nvariables = {multi_az = true}\n', 1, [UNDECIDED, VERSIONING]),
        (
            "[environments.prod]\nvariables = {multi_az = true}\n[environments.dev]\nvariables = {multi_az = false}\n",
            1,
            [("rds-multi-az", "high", "fail"), VERSIONING],
        ),
    ],
)
def test_what_settings_change(here: Path, settings: str, code: int, findings: list[tuple[str, str, str]]) -> None:
    assert check(here, settings=settings)[:2] == (code, findings)


def test_the_command_line_wins(here: Path) -> None:
    settings = 'select = ["rds-multi-az"]\nfail-on = "critical"\n[[inputs]]\nvariables = {multi_az = false}\n'
    assert check(here, settings=settings)[:2] == (0, [("rds-multi-az", "high", "fail")])
    assert check(here, "--select", "s3-versioning", "--fail-on", "medium")[:2] == (1, [VERSIONING])
    assert check(here, "--var", "multi_az=true")[:2] == (0, [])
    assert check(here, "--no-settings")[1] == [UNDECIDED, VERSIONING]
    (here / "other.toml").write_text('ignore = ["rds-multi-az"]\n', encoding="utf-8")
    assert check(here, "--settings", "other.toml")[1] == [VERSIONING]


@pytest.mark.parametrize("name", ["s3-versioning", "s3-*", "CKV_AWS_21"])
@pytest.mark.parametrize(
    "settings",
    ['ignore = ["s3-*"]\n', 'pillars = ["cost"]\n', '[[overrides]]\npaths = ["**"]\nignore = ["s3-versioning"]\n'],
)
def test_no_settings_leave_out_what_the_command_line_selects(here: Path, settings: str, name: str) -> None:
    assert VERSIONING not in check(here, settings=settings)[1]
    assert VERSIONING in check(here, "--select", name)[1]
    assert VERSIONING not in check(here, "--select", name, "--ignore", "s3-versioning")[1]


def test_what_is_excluded_is_excluded_by_name_too(here: Path) -> None:
    """A hook names every file that changed, whatever the settings say of it."""
    code, findings, _ = check(here, "--skip-other-files", "other-part/stack.yaml", settings='exclude = ["other-part"]\n')
    assert (code, findings) == (0, [])


def test_files_named_in_settings_are_found_beside_them(here: Path) -> None:
    (here / "prod.tfvars").write_text("multi_az = false\n", encoding="utf-8")
    (here / "wa-iac.toml").write_text('[[inputs]]\nvar-files = ["prod.tfvars"]\n', encoding="utf-8")
    assert check(here, "infra")[1] == [("rds-multi-az", "high", "fail")]


# --- where settings are


def test_the_nearest_settings_count(here: Path) -> None:
    for path in ("wa-iac.toml", "infra/pyproject.toml", "infra/deep/wa-iac.toml"):
        (here / path).parent.mkdir(exist_ok=True)
        (here / path).write_text("[tool.wa-iac]\n" if "pyproject" in path else "", encoding="utf-8")

    assert find([here / "infra" / "deep"]) == here / "infra" / "deep" / "wa-iac.toml"
    assert find([here / "infra" / "main.tf"]) == here / "infra" / "pyproject.toml"
    assert find([here / "infra", here / "other-part"]) == here / "wa-iac.toml"


def test_not_beyond_the_repository(tmp_path: Path) -> None:
    (tmp_path / "wa-iac.toml").touch()
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    assert find([tmp_path / "repository"]) is None
    assert configured([tmp_path / "repository"]) == Config()


def test_a_pyproject_of_others_is_none(here: Path) -> None:
    (here / "pyproject.toml").write_text("[tool.ruff]\n", encoding="utf-8")
    assert find([here]) is None


def test_pyproject(here: Path) -> None:
    settings = '[project]\nname = "x"\n\n[tool.wa-iac]\nfail-on = "critical"\nignore = ["rds-multi-az"]\n'
    assert check(here, settings=settings, name="pyproject.toml")[:2] == (0, [VERSIONING])
    assert configured([here]).fail_on is Severity.CRITICAL


# --- mistakes


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            "min-severity = 'high'\n",
            "wa-iac.toml:1: there is no setting 'min-severity': it is an option of the command line only",
        ),
        ("fail_on = 'high'\n", "wa-iac.toml:1: there is no setting 'fail_on'; did you mean 'fail-on'?"),
        ("\nfail-on = 'hihg'\n", "wa-iac.toml:2: the setting 'fail-on' must be 'low', 'medium', 'high' or 'critical'"),
        ("ignore = ['s3-version']\n", "wa-iac.toml:1: there is no rule 's3-version'; did you mean 's3-versioning'?"),
        ("[severity]\ns3-version = 'low'\n", "wa-iac.toml:2: there is no rule 's3-version'; did you mean 's3-versioning'?"),
        (
            "# s3-version is not ours\nignore = ['s3-version']\n",
            "wa-iac.toml:2: there is no rule 's3-version'; did you mean 's3-versioning'?",
        ),
        ("[[overrides]]\nignore = []\n", "wa-iac.toml:1: the setting 'overrides.0.paths' is missing"),
        (
            "[[overrides]]\npath = ['x']\npaths = []\n",
            "wa-iac.toml:2: there is no setting 'overrides.0.path'; did you mean 'paths'?",
        ),
        (
            "pillars = ['speed']\n",
            "wa-iac.toml:1: the setting 'pillars.0' must be one or several of operations, security, reliability, ",
        ),
        ("ignore = 'all'\n", "wa-iac.toml:1: the setting 'ignore' must be a list"),
        ("a = \n", "wa-iac.toml:1: not TOML: Invalid value"),
        (
            "rules = ['ours']\n",
            "wa-iac.toml:1: rules are code, so the settings file of a checked tree may not name any: use --rules ",
        ),
        ("[options.s3-version]\n", "wa-iac.toml:1: there is no rule 's3-version'; did you mean 's3-versioning'?"),
        ("[options.s3-versioning]\ndays = 3\n", "wa-iac.toml:1: the rule 's3-versioning' has no options"),
        (
            "[options.rds-backup-retention]\nminimum_days = 3\n",
            "wa-iac.toml:2: the rule 'rds-backup-retention' has no option 'minimum_days'; did you mean 'minimum-days'?",
        ),
        (
            "[options.rds-backup-retention]\nminimum-days = 99\n",
            "wa-iac.toml:2: the option 'minimum-days' of 'rds-backup-retention' must be less than or equal to 35",
        ),
        (
            "[environments.prod]\n\nvariables = { zones = ['a'] }\n",
            "wa-iac.toml:3: the variable 'zones' must be a text, a number, true or false; a list or a map is a text in",
        ),
        ("[[inputs]]\nvar-files = ['none.tfvars']\n", "none.tfvars: the settings name this file, but it does not exist"),
    ],
)
def test_mistakes_are_told_with_the_line_and_the_nearest_name(here: Path, settings: str, message: str) -> None:
    (here / "wa-iac.toml").write_text(settings, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        configured([here])
    assert str(caught.value).startswith(message)
    code, found, said = check(here)
    assert (code, found) == (2, [])
    assert said.startswith(f"wa-iac: {message}")


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("other-part", "other-part/a/b.yaml", True),
        ("other-part/**", "other-part/a/b.yaml", True),
        ("other-part/**", "other-part", True),  # the directory of a root module
        ("other-*/**", "other-part", True),
        ("other-part/**", "other-parts", False),
        ("other-part/*", "other-part/a/b.yaml", True),
        ("other-part/*.yaml", "other-part/b.yaml", True),
        ("other-part/*.yaml", "other-part/a/b.yaml", False),
        ("**/*.yaml", "b.yaml", True),
        ("**/test/**", "a/test/b.yaml", True),
        ("b.yaml", "a/b.yaml", False),
        ("/a/?.yaml", "a/b.yaml", True),
        ("a.yaml", "abyaml", False),
    ],
)
def test_patterns(tmp_path: Path, pattern: str, path: str, expected: bool) -> None:
    assert matches([pattern], tmp_path / path, tmp_path) == expected


@pytest.mark.parametrize(
    "text",
    [
        b"select = 3",
        b"tool = 3",
        b"a = " + b"[" * 3000,
        b"a = " + b"9" * 5000,
        b"\xff",
        b"[[inputs]]\nvariables = {a = 0x" + b"f" * 5000 + b"}",
    ],
    ids=["another type", "a number", "depth", "digits", "bytes", "a long number"],
)
def test_settings_of_any_shape_are_refused_in_words(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "wa-iac.toml"
    path.write_bytes(text)
    with pytest.raises(UsageError):
        load(path)


ENVIRONMENTS = "[environments.prod]\nvariables = { multi_az = false }\n"
MISSPELT = '[[inputs]]\npaths = ["infra"]\nvariables = { multi_as = false }\n'


def test_a_variable_that_the_settings_set_may_belong_to_a_file_that_is_not_checked(here: Path) -> None:
    assert check(here, "other-part/stack.yaml", settings=ENVIRONMENTS) == (1, [VERSIONING], "")


def test_a_variable_that_the_settings_set_and_nothing_has_is_a_warning(here: Path) -> None:
    (here / "wa-iac.toml").write_text(MISSPELT, encoding="utf-8")
    done = run(here, "check", ".")
    warning = 'these settings set "multi_as": no variable of a root module and no parameter that they are for has this name'

    assert f"wa-iac.toml:3  warning\n  {warning}; did you mean 'multi_az'?" in done.stdout
    assert done.returncode == 1
    assert "multi_as" not in run(here, "check", "infra").stdout


def test_variables_for_paths_where_nothing_is_are_a_warning(here: Path) -> None:
    (here / "wa-iac.toml").write_text(MISSPELT.replace("infra", "infar/**"), encoding="utf-8")
    warning = 'wa-iac.toml:3  warning\n  these settings set "multi_as" below paths that have no root module or template\n'

    assert warning in run(here, "check", ".").stdout
    assert warning not in run(here, "check", "infra").stdout
