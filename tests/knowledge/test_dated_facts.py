"""Facts about AWS that age have a source and a date, the shape that rules expect, and the same words on the pages that quote them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, HttpUrl, RootModel, TypeAdapter

from wa_iac.engine.catalogue import OURS
from wa_iac.knowledge.dated import FOLDER, facts, subject, subjects
from wa_iac.knowledge.lambda_runtimes import runtimes

NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
Name = Annotated[str, Field(pattern=r"\S")]
Family = Annotated[str, Field(pattern=r"^[a-z]+\d+[a-z]*$")]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]


class Policies(Strict):
    weak: Annotated[list[Name], Field(min_length=1)]
    recommended: Name


class TransferPolicies(Policies):
    recommended_fips: Name


class CloudFrontPolicies(Policies):
    strong: Annotated[list[Name], Field(min_length=1)]


class Runtime(Strict):
    deprecated: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")] | None
    successor: Name | None
    arm64: bool


class Generations(Strict):
    previous: dict[Family, Name]
    until_2022: dict[Family, Family]


class Previous(Strict):
    db: list[Family]
    cache: list[Family]


class Classes(Strict):
    previous: Previous
    dropped: dict[Name, list[Annotated[str, Field(pattern=r"^db\.")]]]
    graviton: dict[Family, Family]
    smallest: dict[Name, dict[Literal["t", "m", "r"], Literal["", "micro", "small", "medium", "large", "xlarge"]]]
    largest: Annotated[int, Field(gt=0)]
    first_version: dict[Name, Annotated[list[int], Field(min_length=2, max_length=2)]]
    since: dict[Family, dict[Name, list[Annotated[list[int], Field(min_length=2, max_length=3)]]]]


class DatabaseInsights(Strict):
    console_ended: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]
    engines: Annotated[list[Name], Field(min_length=1)]
    unsupported_classes: dict[Name, list[Annotated[str, Field(pattern=r"^db\.")]]]
    serverless_minimum_capacity: Annotated[float, Field(gt=0)]


class LargeStorage(Strict):
    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=True)

    iops: int
    throughput: int
    start: Annotated[dict[Name, int], Field(alias="from")]


class Gp3(Strict):
    iops: int
    throughput: int
    large: LargeStorage
    smallest: dict[str, Annotated[int, Field(gt=0)]]


class XRay(Strict):
    maintenance: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]
    recommended: Name


class Ratio(Strict):
    ratio: Annotated[float, Field(gt=0, lt=1)]
    words: Literal["a fifth less", "a tenth less", "less than a tenth", "about half"]


class NarrowServices(Strict):
    services: Annotated[list[Annotated[str, Field(pattern="^[a-z-]+$")]], Field(min_length=1)]


class ServicePrefixes(Strict):
    prefixes: Annotated[list[Annotated[str, Field(pattern="^[a-z0-9-]+$")]], Field(min_length=400)]


class ActionsOnResources(Strict):
    actions: dict[Annotated[str, Field(pattern="^[a-z0-9]+:[A-Z][A-Za-z]+$")], Name]


Major = Annotated[int, Field(ge=4, le=6)]


class RemovedData(Strict):
    types: dict[Name, Major]
    arguments: dict[Name, Annotated[dict[Name, Major], Field(min_length=1)]]


class TerraformProvider(Strict):
    current: Annotated[int, Field(ge=6)]
    removed: dict[Name, Annotated[dict[Name, Annotated[int, Field(ge=4)]], Field(min_length=1)]]
    removed_types: dict[Name, Major]
    removed_data: RemovedData


Since = Annotated[int, Field(ge=3, le=6)]


class ProviderAdditions(Strict):
    types: dict[Name, Since]
    arguments: dict[Name, Annotated[dict[Name, Since], Field(min_length=1)]]


class DatabaseTls(Strict):
    parameter: Name
    since: Annotated[list[int], Field(min_length=1, max_length=2)]


class Certificates(Strict):
    expired: dict[Name, Annotated[str, Field(pattern=r"^[A-Z][a-z]+ \d{4}$")]]
    current: Annotated[list[Name], Field(min_length=1)]


class BeanstalkPlatforms(Strict):
    retired: Annotated[list[Name], Field(min_length=1)]


class ServiceGenerations(Strict):
    previous: dict[Name, dict[Family, Family]]
    opensearch_without_encryption: Annotated[list[Family], Field(min_length=1)]
    opensearch_since_elasticsearch: dict[Family, Annotated[list[int], Field(min_length=2, max_length=2)]]
    sizes: dict[Family, Annotated[list[Name], Field(min_length=1)]]
    nodes: dict[Name, Name]
    graviton: dict[Name, dict[Family, Family]]
    graviton_sizes: Annotated[list[Name], Field(min_length=1)]
    emr_releases: list[Annotated[list[int], Field(min_length=2, max_length=2)]]


class Accelerator(Strict):
    successor: Family
    sure: Literal["high", "medium", "low"]


HOSTS = ("docs.aws.amazon.com", "aws.amazon.com", "registry.terraform.io", "github.com")
"""AWS's own pages, and those of the makers of Terraform's AWS provider."""


class BuildImage(Strict):
    deprecated: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")] | None
    successor: Annotated[str, Field(pattern=r"aws/codebuild/[\w-]+:\d\.\d")]


class BuildImages(Strict):
    images: dict[Name, BuildImage]
    families: Annotated[list[Name], Field(min_length=1)]
    family_successor: Name


class NodeImage(Strict):
    ended: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]
    successor: Annotated[str, Field(pattern=r"^AL2023_\w+$")]


class ManagedPolicies(Strict):
    with_: Annotated[list[Name], Field(min_length=1, alias="with")]
    without: Annotated[list[Name], Field(min_length=1)]


SHAPES: Mapping[str, type[BaseModel]] = {
    "accelerators": RootModel[dict[Family, Accelerator]],
    "actions_on_resources": ActionsOnResources,
    "apigateway_tls_policies": Policies,
    "beanstalk_platforms": BeanstalkPlatforms,
    "cloudfront_tls_policies": CloudFrontPolicies,
    "codebuild_images": BuildImages,
    "database_classes": Classes,
    "database_insights": DatabaseInsights,
    "database_tls": RootModel[dict[Name, DatabaseTls]],
    "ec2_generations": Generations,
    "eks_node_images": RootModel[dict[Annotated[str, Field(pattern=r"^AL2_\w+$")], NodeImage]],
    "eks_versions": RootModel[dict[Annotated[str, Field(pattern=r"^1\.\d+$")], Day]],
    "elb_tls_policies": Policies,
    "lambda_runtimes": RootModel[dict[Name, Runtime]],
    "managed_policies_data": RootModel[dict[Name, Annotated[list[Name], Field(min_length=1)]]],
    "managed_policies_logs": ManagedPolicies,
    "narrow_services": NarrowServices,
    "price_ratios": RootModel[dict[Name, Ratio]],
    "provider_additions": ProviderAdditions,
    "rds_certificates": Certificates,
    "rds_gp3": Gp3,
    "rds_versions": RootModel[dict[Name, dict[Annotated[str, Field(pattern=r"^\d+(\.\d+)?$")], Day]]],
    "service_generations": ServiceGenerations,
    "service_prefixes": ServicePrefixes,
    "terraform_provider": TerraformProvider,
    "transfer_security_policies": TransferPolicies,
    "xray": XRay,
}


@pytest.mark.parametrize("name", NAMES)
def test_every_file_says_what_it_is_about_where_it_is_from_and_when_it_was_checked(name: str) -> None:
    content = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))

    assert list(content) == ["about", "as_of", "sources", "facts"]
    assert content["about"].endswith(".")
    assert date(2026, 1, 1) <= date.fromisoformat(content["as_of"])
    assert content["sources"]
    for source in content["sources"]:
        assert TypeAdapter(HttpUrl).validate_python(source).host in HOSTS


@pytest.mark.parametrize("name", NAMES)
def test_every_file_has_the_shape_that_its_readers_expect(name: str) -> None:
    SHAPES[name].model_validate(facts(name))


def test_no_shape_is_left_without_a_file() -> None:
    assert sorted(SHAPES) == NAMES == [each.name for each in subjects()]


@pytest.mark.parametrize("name", NAMES)
def test_every_file_is_read_by_a_module_or_compared_with_a_page(name: str) -> None:
    root = FOLDER.parent.parent
    readers = [path for path in root.rglob("*.py") if f'facts("{name}")' in path.read_text(encoding="utf-8")]

    assert readers or name in ("price_ratios", "xray")


def test_a_name_without_a_file_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        subject("weather")


def page_of(slug: str) -> str:
    """The page of a rule, in one line."""
    (rule,) = [each for each in OURS.all() if each.slug == slug]
    return " ".join(rule.page.split())


@pytest.mark.parametrize("slug", sorted(facts("price_ratios")))
def test_a_page_quotes_the_ratio_of_two_prices_as_the_data_has_it(slug: str) -> None:
    quoted = facts("price_ratios")[slug]
    low, high = {
        "a fifth less": (0.75, 0.85),
        "a tenth less": (0.87, 0.93),
        "less than a tenth": (0.0, 0.1),
        "about half": (0.45, 0.55),
    }[quoted["words"]]

    assert quoted["words"] in page_of(slug)
    assert low <= quoted["ratio"] <= high


@pytest.mark.parametrize(
    ("slug", "subject_name"),
    [("elb-listener-tls-policy", "elb_tls_policies"), ("elb-listener-tls", "elb_tls_policies"),
     ("cloudfront-tls-policy", "cloudfront_tls_policies"), ("apigateway-tls-policy", "apigateway_tls_policies"),
     ("transfer-secure-protocol", "transfer_security_policies")],
)  # fmt: skip
def test_the_compliant_example_of_a_page_uses_the_recommended_policy(slug: str, subject_name: str) -> None:
    _, compliant = page_of(slug).split("## Compliant")

    assert facts(subject_name)["recommended"] in compliant


@pytest.mark.parametrize("slug", ["lambda-xray-tracing", "apigateway-xray-tracing"])
def test_pages_about_x_ray_say_what_aws_recommends_now(slug: str) -> None:
    state = facts("xray")
    day = date.fromisoformat(state["maintenance"])

    assert f"{day:%B} {day.year}" in page_of(slug)
    assert state["recommended"] in page_of(slug)


def test_the_page_of_gp3_storage_quotes_what_the_data_has() -> None:
    gp3 = facts("rds_gp3")
    page = page_of("rds-gp3")

    assert f"{gp3['iops']:,} IOPS and {gp3['throughput']} MiB/s" in page
    assert f"{gp3['large']['iops']:,} IOPS and {gp3['large']['throughput']} MiB/s" in page
    assert f"at least {gp3['smallest']['']} GiB (RDS Custom: {gp3['smallest']['custom-']} GiB)" in page
    assert f"From {gp3['large']['from']['mysql']} GiB (Oracle: {gp3['large']['from']['oracle-']} GiB)" in page


def test_runtimes_on_pages_are_supported_or_reported() -> None:
    known = runtimes()
    for slug in ("lambda-arm64", "lambda-supported-runtime"):
        named = set(re.findall(r'untime(?:: |\s*= ")([a-z][\w.]+)', page_of(slug)))
        assert named
        assert named <= set(known)


def test_the_dates_of_runtimes_are_those_of_cfn_lint() -> None:
    """cfn-lint keeps the same table. Where it has learned of another date, ours has to be checked."""
    spec = find_spec("cfnlint")
    assert spec is not None
    assert spec.origin is not None
    path = Path(spec.origin).parent / "data" / "AdditionalSpecs" / "LmbdRuntimeLifecycle.json"
    theirs: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    ours = facts("lambda_runtimes")

    assert {name: row.get("deprecated") for name, row in theirs.items()} == {name: ours[name]["deprecated"] for name in theirs}


def test_successors_are_runtimes_that_are_not_deprecated_before_the_old_one() -> None:
    known = runtimes()
    for name, each in known.items():
        if each.successor and each.deprecated:
            later = known[each.successor].deprecated
            assert later is None or later >= each.deprecated, name


def test_no_policy_is_both_weak_and_recommended() -> None:
    for name in ("elb_tls_policies", "cloudfront_tls_policies", "apigateway_tls_policies"):
        policies = facts(name)
        weak = set(policies["weak"])
        assert policies["recommended"] not in weak
        assert weak.isdisjoint(policies.get("strong", []))
    assert not facts("elb_tls_policies")["recommended"].startswith(tuple(facts("elb_tls_policies")["weak"]))


@pytest.mark.slow
def test_a_run_reads_no_facts_that_its_resources_do_not_need(tmp_path: Path) -> None:
    (tmp_path / "queue.yaml").write_text(
        "Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\nOutputs:\n  Jobs: { Value: !Ref Jobs }\n", encoding="utf-8"
    )
    program = (
        "import sys; from pathlib import Path; from wa_iac.engine.check import check; from wa_iac.engine.selection import Selection; "
        f"assert check([Path({str(tmp_path)!r})], Selection(profile='all')).findings; print('wa_iac.knowledge.dated' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert ran.stdout == "False\n"
