"""Every remedy works on its rule's page: applied as a person would, it is valid, the finding goes, none comes, and the rest stays."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from helpers.cloudformation import plain
from helpers.fixes import TERRAFORM, as_json, everything, failing
from helpers.remedies import CannotApplyError, in_module, in_template, schema, terraform_schema
from helpers.reports import FILE_NAMES, judge, judge_files
from wa_iac.core.finding import Finding
from wa_iac.engine.catalogue import OURS
from wa_iac.engine.check import check
from wa_iac.engine.custom_rules.examples import Example, examples
from wa_iac.engine.selection import Selection
from wa_iac.engine.suppressions.rules import SUPPRESSION_RULES
from wa_iac.parsers.cloudformation.text.documents import parsed
from wa_iac.parsers.terraform.text.nodes import Body, HclBlock
from wa_iac.parsers.terraform.text.syntax import read_body
from wa_iac.report.remedy import remedy
from wa_iac.report.snippets import Construct, code
from wa_iac.report.snippets_hcl import hcl_as_data

IN_WORDS = {
    "elasticache-auth": "a person decides how clients sign in, and they have to be ready for it",
    "elasticbeanstalk-managed-updates": "a role, health reports and a platform may have to come first",
    "opensearch-fine-grained-access": "a person decides how clients are told apart, and it has several needs first",
    "s3-policy-public": "a person knows who reads the objects",
    "sqs-policy-public": "a person knows who uses the queue",
    "vpc-multi-az-subnets": "an attachment of a transit gateway and an endpoint of a firewall belong to each zone",
    "vpc-security-group-ingress-rdp": "what a firewall lets through, its owner decides",
    "vpc-nacl-open": "which ports the subnets serve, a person has to say",
    "vpc-security-group-ingress-open": "the load balancer may have no group yet, and a module may take ranges only",
    "vpc-security-group-ingress-ssh": "each port of a range may have clients of its own",
    "rds-serverless-fixed-capacity": "the load decides on the minimum",
    "s3tables-maintenance": "the setting may be left out, or be one part of an object",
    "fsx-multi-az": "a person makes another file system, and copies the files",
    "elb-uneven-zones": "servers move to another zone, or a group takes their place",
    "workload-data-region-copy": "a team decides how much it may lose, and each store has its own way",
    "workload-recovery-in-failed-zone": "each zone gets its own gateway and routes, or endpoints",
    "workload-single-point-of-failure": "a second server needs a subnet elsewhere, and its state another place",
    "workload-zonal-data-copy": "a plan elsewhere, or a resource beside it, makes the copies",
    "dynamodb-stream-consumers": "a team decides who reads the stream for the others",
    "kinesis-shared-consumers": "a team decides which readers must not wait",
    "autoscaling-spot-instance-types": "a person knows which types run the work",
    "apigateway-cache": "a person chooses the size of a cache, or whether there is one",
    "apigateway-key-usage-plan": "a plan has stages, limits and keys",
    "batch-on-demand": "a person knows which jobs may be interrupted",
    "codepipeline-regions-at-once": "a team chooses its first Region",
    "compute-self-hosted-web-static": "another service takes its place",
    "codebuild-public-image": "a person knows what the build needs",
    "compute-self-hosted-platform": "another service takes its place",
    "autoscaling-failure-notifications": "the events are in a list",
    "lambda-calls-lambda": "a queue, an event or a state machine takes the place of the call",
    "lambda-in-vpc": "a function in a VPC needs subnets, a security group and ways out",
    "lambda-log-group-declared": "a log group that Lambda made is imported first",
    "lambda-logs-permission": "a policy of a role is written in one of many places",
    "lambda-rds-proxy": "a proxy has a role, a secret and targets of its own",
    "backup-restore-testing": "a person chooses what is restored, and when",
    "cloudformation-stackset-auto-deployment": "Terraform's provider would replace the stack set",
    "dynamodb-autoscaling": "one of its capacities has a scalable target already",
    "codepipeline-github-oauth": "a person has to accept the connection",
    "codepipeline-preproduction-stage": "a team decides on its environments",
    "codepipeline-source-polling": "a rule of EventBridge comes first",
    "codepipeline-test-stage": "a team has its own tests",
    "codebuild-source-credentials": "a connection takes the place of the login",
    "acm-dns-validation": "a certificate that is not requested from AWS",
    "clb-legacy": "a load balancer of another kind takes its place",
    "applicationsignals-slo-alarm": "objectives are resources of another provider than alarms",
    "autoscaling-spot-only": "other groups may use the launch template that asks for Spot Instances",
    "cloudformation-plaintext-secrets": "a parameter is no resource, and a value has no name",
    "compute-self-hosted-cache": "another service takes its place",
    "compute-self-hosted-database": "another service takes its place",
    "compute-self-hosted-mail": "another service takes its place",
    "compute-self-hosted-queue": "another service takes its place",
    "networkfirewall-logging": "a configuration that keeps other logs gets one more destination",
    "opensearch-serverless-public": "the VPC endpoints or the services that use a collection have to be named",
    "ecs-privileged-container": "in Terraform, the definition of a container may be in a file of its own",
    "ecs-task-secrets": "in Terraform, the definition of a container may be a text of JSON",
    "ec2-user-data-secrets": "the password is changed, and read at the start",
    "ec2-accelerator-generation": "a person compares sizes, which differ by generation",
    "ec2-changing-public-address": "an Elastic IP address or a load balancer is another resource",
    "vpc-endpoint-policy": "a person knows what an endpoint with a policy is used for",
    "ec2-public-ip": "an Elastic IP address is another resource",
    "ecs-cluster-density": "the services move, and the cluster goes",
    "elasticache-multi-az": "a replication group takes the place of a cluster of one node",
    "emr-encryption": "the setting is inside of a JSON document, and needs a key",
    "emr-encryption-in-transit": "the setting is inside of a JSON document, and needs certificates",
    "emr-public-access": "another subnet takes its place",
    "elb-sticky-sessions": "the sessions move out of the servers first",
    "eventbridge-frequent-polling": "an event takes the place of the schedule",
    "iam-access-keys": "the holder of the key needs a role",
    "iam-admin-policy": "a person knows which actions are needed",
    "iot-policy-wildcard": "a person knows the topics of one device",
    "iam-users": "the user needs a role",
    "ec2-default-vpc": "another VPC takes its place",
    "cloudwatch-security-metric-filters": "a filter and an alarm for each event are resources of their own",
    "terraform-competing-resources": "parts move into resources of their own",
    "lambda-provisioned-concurrency-scaling": "two other resources scale it",
    "accessanalyzer-unused-access": "another analyzer, which costs",
    "eks-supported-version": "a person looks for removed APIs first",
    "iam-console-users": "people sign in elsewhere, or a policy of many statements asks for a second factor",
    "organizations-root-scp": "a policy for all accounts, which a person tests",
    "ssm-automation-role": "the content is a document of its own, and the role needs the rights of its steps",
    "workload-public-sharing": "the accounts that an image is for have to be named",
    "rds-extended-support": "a person chooses the version, and tests it",
    "rds-transit-encryption": "the parameter is in a group, which may be that of many",
    "rds-cluster-multi-az": "a count of instances may be that of many",
    "s3-ssl-requests-only": "a statement goes into a policy that is written elsewhere",
    "s3-website-cloudfront": "another service stands in front of it",
    "sagemaker-accelerator-generation": "a person compares sizes, which differ by generation",
    "secretsmanager-rotation": "a rotation that is switched off",
    "transfer-secure-protocol": "a person knows which clients use FTP",
    "stepfunctions-retry-catch": "a state is in a text of JSON, or one of many",
    "ssm-parameter-secure": "CloudFormation cannot write a SecureString",
    "vpc-cidr-overlap": "a person chooses the VPC that is replaced",
    "vpc-nat-gateway-per-az": "a person chooses between one regional gateway and several zonal ones",
    "vpc-default-security-group": "its members need groups of their own",
    "vpc-peering-mesh": "a hub takes the place of the connections",
    "waf-classic": "a web ACL of another service takes its place",
    "waf-rules-present": "a person knows which of the rules that count may block",
    "dynamodb-many-indexes": "a person knows which questions the indexes answer",
    "rds-aurora-autoscaling": "a count of instances may be that of many",
    "rds-commercial-engine": "an application moves to another engine",
    "rds-instance-density": "databases move to another instance",
    "workload-env-secrets": "the secret moves to a store, and the program reads it there",
    "workload-static-credentials": "the key is withdrawn",
    "workload-unused-resources": "the resource goes, or something uses it",
    **dict.fromkeys(SUPPRESSION_RULES, "a comment"),
}
"""The rules with a remedy that no test can apply, at least on one example, and why."""
STAYS = {
    "ssm-session-logging": "the document is JSON in a string",
    "iam-policy-attachment-exclusive": "the resource itself goes, after the others are there",
    "apprunner-env-secrets": "the variable is to be removed from the environment",
    "networkfirewall-multi-az": "the block is added to one of its kind",
    "apigateway-throttling": "the settings to extend are another resource than the finding's",
    "backup-plan-coverage": "the selection to extend is another resource than the finding's",
    "cloudformation-no-explicit-names": "the code is the value of the name, or takes the name's place",
    "compute-self-hosted-cron": "the jobs leave the instance",
    "ec2-behind-load-balancer": "a listener is needed also",
    "ec2-multi-az": "half of the instances move, which have one block",
    "ec2-standalone-instance": "the group takes the instance's place",
    "ecs-privileged-container": "the definition is JSON in a string",
    "elb-listener-tls": "the listener itself is to redirect afterwards",
    "iam-user-policies": "the group's policy takes the place of the user's",
    "lambda-env-secrets": "the variable is to be removed, whatever it is called",
    "ecs-task-secrets": "the variable is to be removed from the environment",
}
"""The rules with a remedy that is a part of the change, at least on one example, and the other part."""
FOLLOWED_BY = {
    "memorydb-tls": {"memorydb-open-access"},  # with TLS, the cluster can have users
    "autoscaling-min-below-max": {"autoscaling-scaling-policy"},
    "autoscaling-launch-template": {"autoscaling-scaling-policy"},  # what the new template runs is not written yet
    "ec2-behind-load-balancer": {"elb-target-health-check", "vpc-security-group-ingress-open"},
    "ec2-standalone-instance": {"autoscaling-scaling-policy", "autoscaling-update-policy"},
    "ecs-service-multiple-tasks": {"ecs-service-autoscaling"},
    "cloudfront-s3-caching": {"cloudfront-compression"},
    "elasticache-encryption-in-transit": {"elasticache-auth"},
    "elb-listener-tls": {"elb-listener-tls-policy"},
    "networkfirewall-default-action": {"networkfirewall-rules-present"},
    "synthetics-canary-started": {"synthetics-canary-alarm"},
    "rds-plaintext-password": {"cloudformation-plaintext-secrets"},  # the default that nothing needs any more
    "lambda-versioned-alias": {"lambda-gradual-deployment"},
}
"""What can only be asked once the remedy is there."""
BAD = [
    (rule.slug, example)
    for rule in OURS.all()
    for example in examples(rule.page)
    if not example.compliant and example.dialect in FILE_NAMES
]


def _cases() -> Iterator[object]:
    for slug, example in BAD:
        yield pytest.param(slug, example, example.source, id=f"{slug}-{example.line}")
        if example.dialect == "cloudformation":
            yield pytest.param(slug, example, as_json(example.source, 2), id=f"{slug}-{example.line}-json")


def mended(example: Example, source: str, finding: Finding) -> tuple[str, str]:
    """The text of an example with a remedy, and the name of its file."""
    advice = remedy(finding)
    if example.dialect == "terraform":
        return in_module(source, finding, advice), "main.tf"
    return json.dumps(in_template(source, finding, advice), indent=2), "template.json"


@pytest.mark.parametrize(("slug", "example", "source"), list(_cases()))
def test_the_remedy_removes_the_finding(slug: str, example: Example, source: str, tmp_path: Path) -> None:
    before = judge(tmp_path / "before", source, example.dialect, slug)
    found_before = failing(everything(tmp_path / "before", advice=True))
    for number, finding in enumerate(before.failing()):
        directory = tmp_path / str(number)
        directory.mkdir()
        try:
            text, name = mended(example, source, finding)
        except CannotApplyError:
            assert slug in IN_WORDS
            assert remedy(finding).text
            continue
        (directory / name).write_text(text, encoding="utf-8")
        after = check([directory], Selection(select=(slug,), profile="all"))

        assert after.mistakes() == []
        come = {rule for rule, _ in failing(everything(directory)) - found_before}
        assert come <= FOLLOWED_BY.get(slug, set())
        if slug in STAYS:
            continue
        assert _same(after.failing(), finding) < _same(before.failing(), finding)
        lost = _paths(example, source) - _paths(example, text)
        assert {path for path in lost if not set(path) & set(remedy(finding).removes)} == set()
        if example.dialect == "terraform":
            assert list(_unknown_arguments(text)) == list(_unknown_arguments(source))


def _same(findings: list[Finding], finding: Finding) -> int:
    return sum((each.address, each.message) == (finding.address, finding.message) for each in findings)


def _paths(example: Example, source: str) -> set[tuple[str, ...]]:
    """The keys of a template, or the arguments and blocks of a module, each with those around it."""
    if example.dialect == "terraform":
        return set(_of_body(read_body("main.tf", source.encode())[0], ()))
    document = parsed(source.encode(), "template.yaml")
    assert document is not None
    return set(_of_data(plain(document.root), ()))


def _of_data(data: Any, above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    items = data.items() if isinstance(data, dict) else ()
    for key, value in items:
        if not key.startswith(("Ref", "Fn::")):
            yield (*above, key)
            yield from _of_data(value, (*above, key))
    for each in data if isinstance(data, list) else ():
        yield from _of_data(each, above)


def _of_body(body: Body, above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield from ((*above, name) for name in body.attributes)
    for block in body.blocks:
        path = (*above, block.type, *block.labels)
        yield path
        yield from _of_body(block.body, path)


def _unknown_arguments(source: str) -> Iterator[str]:
    """The arguments and blocks of a module that the provider does not have."""
    body, _ = read_body("main.tf", source.encode())
    for block in body.named("resource"):
        schema = terraform_schema().get(block.labels[0])
        if schema is not None:
            yield from _beyond(block, schema)


def _beyond(block: HclBlock, schema: dict[str, Any]) -> Iterator[str]:
    everywhere = {"count", "for_each", "depends_on", "provider", "lifecycle", "dynamic", "content", "id"}
    names = {*block.body.attributes, *(each.type for each in block.body.blocks)} - everywhere
    yield from sorted(names - schema.keys())
    for each in block.body.blocks:
        inner = schema.get(each.type)
        if isinstance(inner, dict) and isinstance(inner.get("args"), dict):
            yield from _beyond(each, inner["args"])


IN_HCL = [pytest.param(slug, each, id=f"{slug}-{each.line}") for slug, each in BAD if each.dialect == "terraform"]
TEMPLATES = [pytest.param(slug, each, id=f"{slug}-{each.line}") for slug, each in BAD if each.dialect == "cloudformation"]


@pytest.mark.parametrize(("slug", "example"), IN_HCL)
def test_terraforms_json_gets_json(slug: str, example: Example, tmp_path: Path) -> None:
    data = hcl_as_data(example.source)
    assert data is not None
    report = judge_files(tmp_path, {"main.tf.json": json.dumps(data, indent=2)}, slug)

    for advice in map(remedy, report.failing()):
        assert advice.language in ("json", "")
        if advice.code and slug not in SUPPRESSION_RULES:
            assert isinstance(json.loads(f"{{{advice.code}}}"), dict)


@pytest.mark.parametrize(("slug", "example"), TEMPLATES)
def test_a_program_gets_code_of_its_language(slug: str, example: Example, tmp_path: Path) -> None:
    report = judge(tmp_path, example.source, "cloudformation", slug)

    for finding in report.failing():
        subject = finding.subject
        if subject is None or subject.resource is None or isinstance(finding.instead, str) or "::" not in finding.type:
            continue
        snippet = finding.rule.remedy.for_resource(subject.resource, subject.graph).snippet("cloudformation", finding.type)
        construct = Construct("Shop/Orders/Thing", finding.type, frozenset(schema(finding.type)["properties"]))
        ast.parse(code(snippet, "python", construct=construct).text)
        shown = code(snippet, "typescript", construct=construct).text
        assert not shown.startswith("(thing.") or shown.endswith(");")


def test_the_exceptions_are_rules() -> None:
    slugs = {slug for slug, _ in BAD}
    assert slugs >= {*IN_WORDS, *STAYS, *FOLLOWED_BY}


@pytest.mark.slow
def test_a_template_with_remedies_is_valid(tmp_path: Path) -> None:
    """cfn-lint finds no error in it that was not there before."""
    for number, (slug, example) in enumerate(BAD):
        if example.dialect != "cloudformation":
            continue
        before = tmp_path / "before" / str(number)
        report = judge(before, example.source, example.dialect, slug)
        for which, finding in enumerate(report.failing()):
            try:
                text, name = mended(example, example.source, finding)
            except CannotApplyError:
                continue
            after = tmp_path / "after" / f"{number}-{which}"
            after.mkdir(parents=True)
            (after / name).write_text(text, encoding="utf-8")

    def errors(folder: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for each in check([tmp_path / folder], Selection(cfn_lint=True)).failing():
            if each.rule.slug.startswith("cfn-lint-E"):
                found.setdefault(Path(each.span.path).parent.name.split("-")[0], set()).add(f"{each.rule.slug}: {each.message}")
        return found

    old, new = errors("before"), errors("after")
    worse = [(BAD[int(number)][0], each - old.get(number, set())) for number, each in new.items()]
    assert [each for each in worse if each[1] and each[0] not in STAYS] == []


@pytest.mark.slow
def test_a_module_with_remedies_is_valid(tmp_path: Path) -> None:
    """Terraform finds nothing wrong with it that was not wrong before."""
    plugins = Path("/opt/tf-plugins")
    if TERRAFORM is None or not plugins.is_dir():
        pytest.skip("Terraform or the provider is not available")
    calls: dict[str, list[str]] = {"before": [], "after": []}
    for number, (slug, example) in enumerate(BAD):
        if example.dialect != "terraform" or not _is_plain(example.source):
            continue
        report = judge(tmp_path / "judged" / str(number), example.source, example.dialect, slug)
        for which, finding in enumerate(report.failing()):
            try:
                text, _ = mended(example, example.source, finding)
            except CannotApplyError:
                continue
            for folder, source in (("before", example.source), ("after", text)):
                module = tmp_path / folder / f"m{number}_{which}"
                module.mkdir(parents=True)
                (module / "main.tf").write_text(source, encoding="utf-8")
                calls[folder].append(module.name)
    old, new = (_diagnostics(tmp_path / folder, modules, plugins) for folder, modules in calls.items())
    worse = {name: more for name, each in new.items() if (more := each - old.get(name, set()))}
    named = [(BAD[int(name[1:].split("_")[0])][0], more) for name, more in worse.items()]
    assert [each for each in named if each[0] not in STAYS] == []


def _is_plain(source: str) -> bool:
    """Whether an example can be a module by itself, with no provider but that of AWS."""
    blocks = read_body("main.tf", source.encode())[0].blocks
    kinds = {each.labels[0] for each in blocks if each.type in ("resource", "data")}
    return all(kind.startswith("aws_") for kind in kinds) and not {each.type for each in blocks} & {
        "terraform",
        "provider",
        "module",
    }


def _diagnostics(folder: Path, modules: list[str], plugins: Path) -> dict[str, set[str]]:
    """What `terraform validate` says of each module."""
    assert TERRAFORM is not None
    found: dict[str, set[str]] = {}
    one_by_one = [f'module "{name}" {{\n  source = "./{name}"\n}}\n' for name in modules]
    (folder / "main.tf").write_text("".join(one_by_one), encoding="utf-8")
    command = [TERRAFORM, "init", "-backend=false", f"-plugin-dir={plugins}"]
    subprocess.run(command, cwd=folder, capture_output=True, check=True)
    done = subprocess.run([TERRAFORM, "validate", "-json"], cwd=folder, capture_output=True, check=False, text=True)
    for each in json.loads(done.stdout)["diagnostics"]:
        place = each.get("range", {}).get("filename", "")
        if each["severity"] == "error" and "placeholder" not in each.get("detail", ""):
            found.setdefault(place.split("/")[0], set()).add(f"{each['summary']}: {each.get('detail', '')[:200]}")
    shutil.rmtree(folder / ".terraform", ignore_errors=True)
    return found
