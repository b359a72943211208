"""# RDS Proxy accepts connections without TLS

## Why

A client that does not ask for TLS sends its password, its queries and their results in plain text through the network to the proxy. Anyone who can
listen there reads them. A proxy that requires TLS refuses such a client.

## What it checks

The rule reports a proxy that does not require TLS. By default it does not.

## What is left out

A proxy whose clients all sign in with IAM, which works only with TLS. The rule does not look at the connection from the proxy to the database, which is
encrypted if the database supports it.

## Non-compliant

```yaml
Resources:
  Pool:
    Type: AWS::RDS::DBProxy
    Properties:
      DBProxyName: orders
      EngineFamily: POSTGRESQL
      RoleArn: arn:aws:iam::111122223333:role/proxy
      VpcSubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      Auth:
        - AuthScheme: SECRETS
          IAMAuth: DISABLED
          SecretArn: arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-a1b2c3
      RequireTLS: false  # finding
```

```hcl
resource "aws_db_proxy" "pool" { # finding
  name           = "orders"
  engine_family  = "POSTGRESQL"
  role_arn       = "arn:aws:iam::111122223333:role/proxy"
  vpc_subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]

  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "DISABLED"
    secret_arn  = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-a1b2c3"
  }
}
```

## Compliant

```yaml
Resources:
  Pool:
    Type: AWS::RDS::DBProxy
    Properties:
      DBProxyName: orders
      EngineFamily: POSTGRESQL
      RoleArn: arn:aws:iam::111122223333:role/proxy
      VpcSubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      Auth:
        - AuthScheme: SECRETS
          IAMAuth: DISABLED
          SecretArn: arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-a1b2c3
      RequireTLS: true
```

```hcl
resource "aws_db_proxy" "pool" {
  name           = "orders"
  engine_family  = "POSTGRESQL"
  role_arn       = "arn:aws:iam::111122223333:role/proxy"
  vpc_subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  require_tls    = true

  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "DISABLED"
    secret_arn  = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-a1b2c3"
  }
}
```

## Not applicable

```yaml
Resources:
  Pool:  # not applicable: sign in with IAM
    Type: AWS::RDS::DBProxy
    Properties:
      DBProxyName: orders
      EngineFamily: POSTGRESQL
      RoleArn: arn:aws:iam::111122223333:role/proxy
      VpcSubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      Auth:
        - AuthScheme: SECRETS
          IAMAuth: REQUIRED
          SecretArn: arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-a1b2c3
```

```hcl
resource "aws_db_proxy" "pool" { # not applicable: sign in with IAM
  name           = "orders"
  engine_family  = "POSTGRESQL"
  role_arn       = "arn:aws:iam::111122223333:role/proxy"
  vpc_subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]

  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "REQUIRED"
    secret_arn  = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-a1b2c3"
  }
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Tls:
    Type: String
Resources:
  Pool:
    Type: AWS::RDS::DBProxy
    Properties:
      DBProxyName: orders
      EngineFamily: POSTGRESQL
      RoleArn: arn:aws:iam::111122223333:role/proxy
      VpcSubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      Auth:
        - AuthScheme: SECRETS
          IAMAuth: DISABLED
          SecretArn: arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-a1b2c3
      RequireTLS: !Ref Tls  # undecided: parameter "Tls" has no default
```

```hcl
variable "tls" { # undecided: Fails when var.tls is false
  type = bool
}

resource "aws_db_proxy" "pool" {
  name           = "orders"
  engine_family  = "POSTGRESQL"
  role_arn       = "arn:aws:iam::111122223333:role/proxy"
  vpc_subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  require_tls    = var.tls

  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "DISABLED"
    secret_arn  = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-a1b2c3"
  }
}
```

## Sources

- [rds-proxy-tls-encryption - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/rds-proxy-tls-encryption.html), read on 2026-11-29
- [aws_db_proxy - Terraform AWS provider](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/db_proxy), read on 2026-11-29
"""

from wa_iac.aws.rds import Proxy
from wa_iac.core.fix import Recipe
from wa_iac.core.logic import all_of, holds
from wa_iac.core.rule import Confidence, Flags, Severity, accept, exempt, expect, rule
from wa_iac.core.value import Known


@rule(
    practices=["SEC09-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    equivalents={"config": ["RDS_PROXY_TLS_ENCRYPTION"], "security_hub": ["RDS.43"]},
    fix=Recipe(
        cfn={"RequireTLS": True}, tf={"require_tls": True}, unsafe_because="clients that do not use TLS can no longer connect"
    ),
)
def check(proxy: Proxy) -> Flags:
    accept(proxy.tls == Known(True))
    signed = all_of(
        holds(each.iam, lambda how: how == "REQUIRED") if each.unknown is None else each.unknown for each in proxy.sign_ins
    )
    exempt(signed if proxy.sign_ins else False, "its clients sign in with IAM, which needs TLS")
    yield from expect(
        proxy.tls,
        True,
        "This proxy accepts connections without TLS: of a client that uses none, queries and results pass the network in plain text.",
    )
