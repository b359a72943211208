"""# AWS access key is hard-coded

## Why

Everyone who may read the repository, its history or the deployed resource can act with this key, from anywhere, until someone deletes it.
Bots find keys in public repositories within minutes.

Leave credentials out of provider blocks: Terraform gets them from the environment, a profile or a role. A program uses a role, or reads a
secret at run time.

## What it checks

The rule searches all text for access keys: user data in any encoding or compression, environment variables of containers and builds, a
function's inline code, and a resource's metadata, which holds the files, commands and credentials of `cfn-init`
("AWS::CloudFormation::Init", CloudFormation User Guide).

An access key has two parts: an ID, which begins with `AKIA`, and a secret, which signs requests. An ID alone gives nobody access, but it
shows whose key it is, and that the secret may be nearby. The rule reports it with medium severity.

## What is left out

The rule does not report AWS's own example key or the made-up keys of an emulator. `lambda-env-secrets` reports a key in the environment
of a function, `codebuild-env-secrets` one in that of a build.

## Non-compliant

```yaml
Resources:
  Worker:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0abcdef1234567890
      UserData: export AWS_ACCESS_KEY_ID=AKIAQ3EGWLX5TZ7M2YPD  # finding
```

```hcl
provider "aws" {
  region     = "eu-west-1"
  access_key = "AKIAQ3EGWLX5TZ7M2YPD" # finding
  secret_key = "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"
}
```

## Compliant

```yaml
Resources:
  Worker:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0abcdef1234567890
      IamInstanceProfile: worker
```

```hcl
provider "aws" {
  region = "eu-west-1"
  assume_role {
    role_arn = "arn:aws:iam::111122223333:role/deployer"
  }
}
```

## Sources

- [SEC02-BP02 Use temporary credentials](https://docs.aws.amazon.com/wellarchitected/latest/framework/sec_identities_unique.html), read on 2026-11-29
- [AWS access keys](https://docs.aws.amazon.com/sdkref/latest/guide/feature-static-credentials.html), read on 2026-11-29
"""

from collections.abc import Iterator

from wa_iac.core.awscc import and_awscc
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, flag, rule, undecided
from wa_iac.core.value import Unknown
from wa_iac.knowledge.credentials import Credential, credentials, is_written, of_metadata, of_provider

WITH_VARIABLES = and_awscc("AWS::Lambda::Function", "aws_lambda_function", "AWS::CodeBuild::Project", "aws_codebuild_project")
"""The types of whose environment another rule speaks."""
_VARIABLES = frozenset({"Environment", "environment"})


@rule(
    practices=["SEC02-BP02", "SEC02-BP03"],
    severity=Severity.CRITICAL,
    remedy=Remedy(
        decision="Let the program use a role instead: an instance profile, a task role, or, for a provider, assume_role with the role to deploy with "
        "and credentials from the environment. Then remove the access key here and delete it, soon: it has been readable."
    ),
    equivalents={"checkov": ["CKV_AWS_41"]},
)
def check(graph: Graph) -> Flags:
    for declared in graph.declared:
        found = of_provider(declared) if declared.type == "provider.aws" else list(_of_resource(declared))
        written = [each for each in found if is_written(each.where)] if found else []
        if not written:
            continue
        first = next((each for each in written if each.secret), written[0])
        resource = graph.typed(declared, Resource)
        if isinstance(first.where, Unknown) and first.where.alternatives:
            yield undecided(first.where, resource=resource)
        elif first.secret or declared.type == "provider.aws":
            yield flag(
                first.where,
                "An access key is in plain text here: anyone who reads it can use it.",
                resource=resource,
            )
        else:
            yield flag(
                first.where,
                "The ID of an access key is in plain text here: anyone who finds its secret key can use it.",
                resource=resource,
                instead="Let the program use a role instead (an instance profile, a task role, the role that a service of another cloud "
                "assumes by OpenID Connect), and then delete the access key.",
                severity=Severity.MEDIUM,
                confidence=Confidence.LOW,
            )


def _of_resource(declared: Declared) -> Iterator[Credential]:
    if declared.type in WITH_VARIABLES:
        for name, value in declared.body.value.items():
            if name not in _VARIABLES:
                yield from credentials(value)
    else:
        yield from credentials(declared.body)
    if "Metadata" in declared.attributes:
        yield from of_metadata(declared.attributes["Metadata"])
