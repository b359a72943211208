"""What has to change with the move of a pipeline from a token to a connection to GitHub."""

from __future__ import annotations

from pathlib import Path

from helpers.reports import judge, only_remedy

PIPELINE = """
resource "aws_codepipeline" "release" {
  role_arn = "arn:aws:iam::111122223333:role/release"
  stage {
    name = "Source"
    action {
      name          = "Code"
      category      = "Source"
      owner         = "ThirdParty"
      provider      = "GitHub"
      version       = "1"
      configuration = { Owner = "acme", Repo = "shop", Branch = "main", OAuthToken = var.token }
    }
  }
  lifecycle {
    ignore_changes = [stage[0].action[0].configuration]
  }
}
"""


def test_the_role_and_the_start_of_the_pipeline_are_named(tmp_path: Path) -> None:
    text = only_remedy(judge(tmp_path, PIPELINE, "terraform", "codepipeline-github-oauth"))

    assert "(s3:PutObject and s3:PutObjectAcl)" in text
    assert 'If nothing starts the pipeline at a push today, also write DetectChanges: "false"' in text


def test_a_change_that_terraform_ignores_is_named(tmp_path: Path) -> None:
    text = only_remedy(judge(tmp_path, PIPELINE, "terraform", "codepipeline-github-oauth"))

    assert "Terraform ignores changes of stage[0].action[0].configuration here (ignore_changes): lift that" in text
