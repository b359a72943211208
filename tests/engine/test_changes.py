"""`--diff-base`: what is reported of a change, in real repositories."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.git import A, B, Repository
from wa_iac.core.errors import UsageError
from wa_iac.engine.changes import Since
from wa_iac.engine.check import check
from wa_iac.engine.report_scope import narrow
from wa_iac.engine.selection import Selection

C = B.replace('"b"', '"c"')


@pytest.fixture
def here(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repository")


Edit = Callable[[Repository], object]


@pytest.mark.parametrize(
    ("edit", "found", "older"),
    [
        (lambda it: None, [], 2),
        (lambda it: it.write("main.tf", A.replace("true", "false") + B), ["main.tf:1 aws_s3_bucket.a"], 1),
        (lambda it: it.write("main.tf", A.replace('    Team = "shop"\n', "") + B), ["main.tf:1 aws_s3_bucket.a"], 1),
        (lambda it: it.write("main.tf", A + B[:-2] + '  bucket = <<E\n++ b/x\n@@ -1 +1 @@\nE\n}'), ["main.tf:8 aws_s3_bucket.b"], 1),
        (lambda it: it.write("main.tf", "# A comment.\n" + A + B), [], 2),
        (lambda it: it.write("main.tf", A + "\n\n" + B), [], 2),
        (lambda it: it.write("main.tf", A), [], 1),
        (lambda it: it.write("main.tf", (A + B).replace("\n", "\r\n")), ["main.tf:1 aws_s3_bucket.a", "main.tf:8 aws_s3_bucket.b"], 0),
        (lambda it: it.git("mv", "main.tf", "other.tf"), [], 2),
        (
            lambda it: (it.git("mv", "main.tf", "other.tf"), it.write("other.tf", A + B.replace("true", "false"))),
            ["other.tf:8 aws_s3_bucket.b"],
            1,
        ),
        (lambda it: it.write('-new "ü".tf', C), ['-new "ü".tf:1 aws_s3_bucket.c'], 2),
        (lambda it: (it.write('-new\t"ü".tf', C), it.git("add", "--all")), ['-new\t"ü".tf:1 aws_s3_bucket.c'], 2),
        (lambda it: (it.write("x.tf", C), it.git("add", "--intent-to-add", "x.tf")), ["x.tf:1 aws_s3_bucket.c"], 2),
        (lambda it: (it.write(".gitignore", "x.tf\n"), it.write("x.tf", C)), [], 3),
    ],
    ids=[
        "nothing", "a line of the resource", "a line less", "what looks like a header", "a comment above", "between two",
        "the other one gone", "line ends", "renamed", "renamed and changed", "untracked", "staged", "intent to add", "ignored",
    ],
)  # fmt: skip
def test_what_concerns_a_change(here: Repository, edit: Edit, found: list[str], older: int) -> None:
    here.commit(main__tf=A + B)
    edit(here)

    assert here.found() == found
    assert here.report().left_out["older"] == older


STACK = """\
Resources:
  A:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: a
      VersioningConfiguration: {Status: Enabled}
  B:
    Type: AWS::S3::Bucket
    Properties: {BucketName: b}
Outputs:
  C: {Value: c}
"""


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("      VersioningConfiguration: {Status: Enabled}\n", "", ["stack.yaml:2 A"]),
        ("      VersioningConfiguration: {Status: Enabled}\n  B:\n", "  X:\n", ["stack.yaml:2 A", "stack.yaml:6 X"]),
        ("    Properties: {BucketName: b}\n", "", ["stack.yaml:7 B"]),
        ("Outputs:\n  C: {Value: c}\n", "", []),
        ("  B:\n    Type: AWS::S3::Bucket\n    Properties: {BucketName: b}\n", "", []),
    ],
    ids=["the last property", "the last property, and the next name", "all properties", "what follows", "the next resource"],
)
def test_what_was_taken_from_the_end_of_a_resource_in_yaml(here: Repository, old: str, new: str, found: list[str]) -> None:
    here.commit(stack__yaml=STACK)
    here.write("stack.yaml", STACK.replace(old, new))

    assert here.found() == found


def test_where_the_branch_left_the_base_counts_not_where_the_base_is_now(here: Repository) -> None:
    here.commit(main__tf=A)
    here.git("switch", "--quiet", "--create", "topic")
    here.commit(topic__tf=B)
    here.git("switch", "--quiet", "main")
    here.commit(main__tf=A.replace("shop", "bank"))
    here.git("switch", "--quiet", "topic")

    assert here.found("main") == ["topic.tf:1 aws_s3_bucket.b"]
    here.git("tag", "--annotate", "--message=x", "v1", "main")
    assert here.found("v1") == ["topic.tf:1 aws_s3_bucket.b"]
    # A tree has no history: it is itself compared.
    assert here.found("main^{tree}") == ["main.tf:1 aws_s3_bucket.a", "topic.tf:1 aws_s3_bucket.b"]


def test_histories_that_have_nothing_in_common(here: Repository) -> None:
    here.commit(main__tf=A)
    here.git("switch", "--quiet", "--orphan", "other")
    here.commit(main__tf=A, other__tf=B)

    assert here.found("main") == ["other.tf:1 aws_s3_bucket.b"]


def test_a_place_that_the_value_came_through(here: Repository) -> None:
    database = 'resource "aws_db_instance" "a" {\n  multi_az = var.multi_az\n}\n'
    here.commit(main__tf=database, variables__tf='variable "multi_az" {\n  default = true\n}\n')
    here.write("variables.tf", 'variable "multi_az" {\n  default = false\n}\n')

    assert here.found() == ["main.tf:2 aws_db_instance.a"]


def test_one_of_several_callers_has_changed(here: Repository) -> None:
    """The finding is one, of the module's line; whichever caller it is shown with."""
    module = 'variable "multi_az" {}\nresource "aws_db_instance" "a" {\n  multi_az = var.multi_az\n}\n'
    call = 'module "db" {\n  source = "../db"\n  multi_az = false\n}\n'
    for name, text in (("db", module), ("one", call), ("two", call)):
        here.write(f"{name}/main.tf", text)
    here.commit()
    assert here.found() == []
    here.write("two/main.tf", call.replace("false", "1 == 2"))

    assert here.found() == ["main.tf:3 module.db.aws_db_instance.a"]


def test_a_finding_on_no_resource_stays_where_a_file_of_its_unit_has_changed(here: Repository) -> None:
    template = "Parameters:\n  Size: {Type: String}\nResources:\n  A:\n    Type: AWS::S3::Bucket\n"
    here.commit(one__yaml=template, two__yaml=template)
    here.write("two.yaml", template + "    DeletionPolicy: Retain\n")
    selection = Selection(select=("cfn-lint-W2001",), cfn_lint=True)
    report = check([here.folder], selection, scopes=lambda: [Since("HEAD", [here.folder])])
    narrow(report)

    assert [(Path(each.span.path).name, each.span.start_line, each.address) for each in report.failing()] == [
        ("two.yaml", 2, "")
    ]
    assert report.left_out["older"] == 1


def test_an_unused_suppression_is_told_where_it_or_its_resource_has_changed(here: Repository) -> None:
    unversioned = A.replace("{\n", "{ # wa-iac: ignore[s3-versioning] scratch\n", 1)
    versioning = 'resource "aws_s3_bucket_versioning" "a" {\n  bucket = aws_s3_bucket.a.id\n  versioning_configuration { status = "Enabled" }\n}\n'
    here.commit(main__tf=unversioned + versioning)
    here.write("main.tf", unversioned + "# x\n" + versioning)
    assert here.found() == []

    here.write("main.tf", unversioned.replace("scratch", "rebuilt") + versioning)
    assert here.found() == ["main.tf:1 aws_s3_bucket.a"]


def test_errors_are_always_told(here: Repository) -> None:
    here.commit(main__tf=A, broken__tf='resource "aws_s3_bucket" {{{\n')

    report = here.report()
    assert (report.failing(), len(report.mistakes()), report.exit_code()) == ([], 1, 2)


def test_from_a_subdirectory_and_for_one_file(here: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    here.write("infra/main.tf", A)
    here.commit()
    here.write("infra/other.tf", C)
    monkeypatch.chdir(here.folder / "infra")

    assert here.found("HEAD", Path()) == ["other.tf:1 aws_s3_bucket.c"]
    assert here.found("HEAD", Path("main.tf")) == ["other.tf:1 aws_s3_bucket.c"]


def test_what_the_user_says_of_git_and_what_git_says_to_its_hooks_changes_nothing(
    here: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.commit(main__tf=A, dash__tf=B, __gitattributes="*.tf -diff diff=upper\n")
    settings = {
        "diff.noprefix": "true", "diff.mnemonicPrefix": "true", "diff.external": "false", "diff.context": "9", "color.ui": "always",
        "diff.interHunkContext": "9", "diff.relative": "true", "diff.orderFile": "nowhere", "diff.renames": "false",
        "diff.upper.textconv": "false", "diff.upper.binary": "true", "core.quotePath": "true", "diff.submodule": "log",
    }  # fmt: skip
    for key, value in settings.items():
        here.git("config", key, value)
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    here.write("main.tf", A.replace("shop", "bank"))

    assert here.found() == ["main.tf:1 aws_s3_bucket.a"]


def test_a_linked_worktree(here: Repository, tmp_path: Path) -> None:
    here.commit(main__tf=A)
    here.git("worktree", "add", "--quiet", str(tmp_path / "linked"))
    (tmp_path / "linked" / "other.tf").write_text(B, encoding="utf-8")

    assert here.found("main", tmp_path / "linked") == ["other.tf:1 aws_s3_bucket.b"]


def test_a_submodule_is_a_repository_of_its_own(here: Repository, tmp_path: Path) -> None:
    inner = Repository(tmp_path / "inner")
    inner.commit(inner__tf=A)
    here.commit(main__tf=A)
    here.git("submodule", "--quiet", "add", str(inner.folder), "sub")
    here.commit()
    (here.folder / "sub" / "more.tf").write_text(B, encoding="utf-8")

    assert here.found() == ["more.tf:1 aws_s3_bucket.b"]
    assert here.found("HEAD", here.folder / "sub") == ["more.tf:1 aws_s3_bucket.b"]
    # A commit that only the outer one has: of the inner one nothing is known, and nothing left out.
    assert here.found(here.git("rev-parse", "HEAD")) == ["inner.tf:1 aws_s3_bucket.a", "more.tf:1 aws_s3_bucket.b"]


def test_a_conflict(here: Repository) -> None:
    here.commit(main__tf=A, other__tf=B)
    here.git("switch", "--quiet", "--create", "topic")
    here.commit(main__tf=A.replace("shop", "bank"))
    here.git("switch", "--quiet", "main")
    here.commit(main__tf=A.replace("shop", "mall"))
    with pytest.raises(subprocess.CalledProcessError):
        here.git("merge", "topic")
    here.write("main.tf", A)

    assert here.found() == ["main.tf:1 aws_s3_bucket.a"]


# --- what git cannot say


def refused(base: str, *paths: Path) -> str:
    with pytest.raises(UsageError) as caught:
        Since(base, paths)
    return str(caught.value)


@pytest.mark.parametrize("base", ["nope", "", "HEAD..HEAD", "^HEAD", "HEAD:main.tf", "HEAD~7"])
def test_a_revision_that_is_none(here: Repository, base: str) -> None:
    here.commit(main__tf=A)

    expected = f"{here.folder}: there is no revision {base!r} here: name a branch, a tag or a commit, or fetch it first"
    assert refused(base, here.folder) == expected


@pytest.mark.parametrize("base", ["-x", "--output=stolen"])
def test_an_option_is_no_revision(here: Repository, base: str) -> None:
    here.commit(main__tf=A)

    assert refused(base, here.folder) == f"--diff-base needs a revision, such as origin/main, not {base!r}"
    assert not (here.folder / "stolen").exists()


def test_a_repository_without_commits(here: Repository) -> None:
    assert "there is no revision 'HEAD' here" in refused("HEAD", here.folder)


def test_no_repository(tmp_path: Path) -> None:
    expected = f"{tmp_path}: this is not in a git repository, so nothing tells what has changed"
    assert refused("HEAD", tmp_path) == expected


def test_one_of_several_paths_is_in_no_repository(here: Repository, tmp_path: Path) -> None:
    here.commit(main__tf=A)

    assert "this is not in a git repository" in refused("HEAD", here.folder, tmp_path)


def test_what_is_no_repository_after_all(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: nowhere\n", encoding="utf-8")

    assert (
        refused("HEAD", tmp_path) == f"{tmp_path}: git cannot tell what has changed: not a git repository: {tmp_path}/nowhere"
    )


def test_no_git(here: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    here.commit(main__tf=A)
    monkeypatch.setenv("PATH", "")

    assert refused("HEAD", here.folder) == "git is not installed, and --diff-base needs it to tell what has changed"


def test_a_shallow_clone(here: Repository, tmp_path: Path) -> None:
    here.commit(main__tf=A)
    here.git("branch", "topic")
    here.commit(other__tf=B)
    here.git("switch", "--quiet", "topic")
    here.commit(topic__tf=C)
    clone = tmp_path / "clone"
    here.git("clone", "--quiet", "--depth=1", "--branch=topic", f"file://{here.folder}", str(clone))

    remedy = "fetch its history (git fetch --unshallow; in GitHub Actions fetch-depth: 0)"
    assert refused("origin/main", clone) == f"{clone}: this shallow clone does not have the revision 'origin/main': {remedy}"
    shallow = Repository(clone)
    shallow.git("fetch", "--quiet", "--depth=1", "origin", "main:refs/remotes/origin/main")
    expected = f"{clone}: this shallow clone does not reach back to where the branch left 'origin/main': {remedy}"
    assert refused("origin/main", clone) == expected
    shallow.git("fetch", "--quiet", "--unshallow", "origin", "topic", "main:refs/remotes/origin/main")
    assert shallow.found("origin/main") == ["topic.tf:1 aws_s3_bucket.c"]
