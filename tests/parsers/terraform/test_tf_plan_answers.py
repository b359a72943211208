"""Data sources that a plan leaves to be read during apply: what their arguments say is known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from helpers.planned_modules import judge, write
from helpers.plans import Plan, constant, declared, reference
from wa_iac.core.value import Reference, Unknown, plain

LATER = {"id": True, "json": True, "minified_json": True}


def document(
    plan: Plan, name: str, *principals: dict[str, Any], expressions: dict[str, Any] | None = None, **more: Any
) -> None:
    """A policy document whose one statement waits for the ARN of a bucket."""
    statement = {"actions": ["s3:GetObject"], "effect": "Allow", "principals": list(principals), "condition": [], **more}
    plan.resource(
        f"data.aws_iam_policy_document.{name}",
        {"statement": [statement], "version": None},
        {
            "statement": [{"actions": constant(["s3:GetObject"]), "resources": reference("aws_s3_bucket.x.arn")}],
            **(expressions or {}),
        },
        unknown={**LATER, "statement": [{"resources": [True], "actions": [False]}]},
        actions=("read",),
    )


def policy(plan: Plan, name: str) -> None:
    plan.resource("aws_s3_bucket.x", {"bucket": "x"}, {"bucket": constant("x")})
    plan.resource(
        "aws_s3_bucket_policy.x",
        {},
        {"bucket": reference("aws_s3_bucket.x.id"), "policy": reference(f"data.aws_iam_policy_document.{name}.json")},
        unknown={"bucket": True, "policy": True},
    )


ANYBODY = {"type": "*", "identifiers": ["*"]}
SOMEBODY = {"type": "AWS", "identifiers": ["arn:aws:iam::111122223333:root"]}


class TestPolicyDocuments:
    def test_who_may_do_what_is_known(self, tmp_path: Path) -> None:
        for name, who, failing in (("open", ANYBODY, ["aws_s3_bucket_policy.x"]), ("named", SOMEBODY, [])):
            plan = Plan()
            document(plan, name, who)
            policy(plan, name)

            report = plan.judge(tmp_path / name, "s3-policy-public")

            assert [each.address for each in report.findings] == failing

    def test_what_waits_in_it_refers_to_what_it_waits_for(self, tmp_path: Path) -> None:
        """Of `"${aws_s3_bucket.x.arn}/*"` a plan names the ARN: that the text is nothing but the ARN is not said."""
        plan = Plan()
        document(plan, "open", ANYBODY)
        policy(plan, "open")

        value = declared(plan.write(tmp_path))["aws_s3_bucket_policy.x"].body.value["policy"]

        assert isinstance(value, Unknown)
        assert Reference("aws_s3_bucket.x", "") in value.origin.references
        content: Any = plain(value.origin.document)
        assert content["Statement"] == [
            {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": {"$ref": "aws_s3_bucket.x"}}
        ]

    def test_two_texts_around_one_arn_are_not_the_arn(self, tmp_path: Path) -> None:
        plan = Plan()
        plan.resource(
            "data.aws_iam_policy_document.both",
            {"statement": [{"resources": [None, None]}]},
            {"statement": [{"resources": reference("aws_s3_bucket.x.arn", "aws_s3_bucket.x.arn")}]},
            unknown={**LATER, "statement": [{"resources": [True, True]}]},
            actions=("read",),
        )
        policy(plan, "both")

        value = declared(plan.write(tmp_path))["aws_s3_bucket_policy.x"].body.value["policy"]

        content: Any = plain(value.origin.document)
        assert content["Statement"][0]["Resource"] == [{"$ref": "aws_s3_bucket.x"}, {"$ref": "aws_s3_bucket.x"}]
        one, other = value.origin.document.value["Statement"].value[0].value["Resource"].value
        assert one != other

    def test_one_of_several_is_found_by_its_key(self, tmp_path: Path) -> None:
        """Of `data.aws_iam_policy_document.x[each.key].json` a plan names the data source and the key, not the attribute."""
        plan = Plan()
        for key, who in (("a", ANYBODY), ("b", SOMEBODY)):
            document(plan, f'x["{key}"]', who)
            plan.resource(
                f'aws_s3_bucket_policy.x["{key}"]',
                {"bucket": key},
                {"policy": {"references": ["data.aws_iam_policy_document.x", "each.key"]}},
                unknown={"policy": True},
            )

        assert [each.address for each in plan.judge(tmp_path, "s3-policy-public").findings] == ['aws_s3_bucket_policy.x["a"]']

    def test_one_that_may_be_there_or_not(self, tmp_path: Path) -> None:
        """Of `length(data.x) > 0 ? data.x[0].json : null` a plan names both."""
        plan = Plan()
        document(plan, "x[0]", ANYBODY)
        names = [
            "data.aws_iam_policy_document.x",
            "data.aws_iam_policy_document.x[0].json",
            "data.aws_iam_policy_document.x[0]",
        ]
        plan.resource("aws_s3_bucket_policy.x", {"bucket": "a"}, {"policy": {"references": names}}, unknown={"policy": True})

        assert [each.address for each in plan.judge(tmp_path, "s3-policy-public").failing()] == ["aws_s3_bucket_policy.x"]

    def test_one_that_is_made_of_others(self, tmp_path: Path) -> None:
        plan = Plan()
        document(plan, "open", ANYBODY)
        plan.resource(
            "data.aws_iam_policy_document.all",
            {"source_policy_documents": [None]},
            {"source_policy_documents": reference("data.aws_iam_policy_document.open.json")},
            unknown={**LATER, "source_policy_documents": [True]},
            actions=("read",),
        )
        policy(plan, "all")

        assert [each.address for each in plan.judge(tmp_path, "s3-policy-public").failing()] == ["aws_s3_bucket_policy.x"]

    def test_one_that_is_made_of_itself_is_not_known(self, tmp_path: Path) -> None:
        plan = Plan()
        plan.resource(
            "data.aws_iam_policy_document.all",
            {},
            {"source_policy_documents": reference("data.aws_iam_policy_document.all.json")},
            unknown={**LATER, "source_policy_documents": [True]},
            actions=("read",),
        )
        policy(plan, "all")

        report = plan.judge(tmp_path, "s3-policy-public")

        assert (report.errors, report.failing()) == ([], [])
        assert len(report.undecided()) == 1

    def test_one_that_waits_for_nothing_but_its_turn_is_known_in_full(self, tmp_path: Path) -> None:
        plan = Plan()
        statement = {"actions": ["s3:GetObject"], "resources": ["*"], "principals": [ANYBODY]}
        plan.resource("data.aws_iam_policy_document.late", {"statement": [statement]}, {}, unknown=LATER, actions=("read",))
        policy(plan, "late")

        value = declared(plan.write(tmp_path))["aws_s3_bucket_policy.x"].body.value["policy"]

        assert '"Principal":"*"' in str(plain(value))

    def test_beside_its_source_the_finding_is_in_the_block(self, tmp_path: Path) -> None:
        write(tmp_path, main="""\
            variable "who" {}
            resource "aws_s3_bucket" "x" { bucket = "x" }
            resource "aws_s3_bucket_policy" "x" {
              bucket = aws_s3_bucket.x.id
              policy = data.aws_iam_policy_document.open.json
            }
            data "aws_iam_policy_document" "open" {
              statement {
                actions   = ["s3:GetObject"]
                resources = ["${aws_s3_bucket.x.arn}/*"]
                principals {
                  type        = "*"
                  identifiers = [var.who]
                }
              }
            }
            """)  # fmt: skip
        plan = Plan(variables={"who": "*"})
        document(plan, "open", ANYBODY)
        policy(plan, "open")
        plan.write(tmp_path)

        [finding] = judge(tmp_path, "s3-policy-public").failing()

        assert Path(finding.span.path).name == "main.tf"
        assert finding.span.start_line > 7


def test_what_another_data_source_answers_is_unknown_and_its_arguments_are_not(tmp_path: Path) -> None:
    plan = Plan()
    plan.resource(
        "data.aws_vpc_endpoint_service.s3",
        {"service": "s3"},
        {"service": constant("s3")},
        unknown={"service_name": True},
        actions=("read",),
    )

    body = declared(plan.write(tmp_path))["data.aws_vpc_endpoint_service.s3"].body

    assert plain(body) == {"service": "s3", "service_name": {"$ref": "data.aws_vpc_endpoint_service.s3.service_name"}}
