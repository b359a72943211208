"""# Bedrock agent has no guardrail

## Why

An agent acts on what people write to it, and on what it reads for them. A guardrail looks at both: it blocks attempts to talk the agent out
of its instructions, keeps it to its subject, and masks personal data in its answers. Without one, the agent has its instructions only, and
a clever sentence of a stranger may be enough to make it call its functions for them.

## What it checks

The rule reads the guardrail of each agent of Amazon Bedrock, and reports an agent without one.

## What is left out

Flows, and applications that call a model themselves: their guardrail is named in their code. An agent's own prompt may refuse things too,
but a model can be talked out of that.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::Bedrock::Agent
    Properties:
      AgentName: orders
      FoundationModel: amazon.nova-pro-v1:0
      Instruction: Answer questions about the orders of the customer who asks.
```

```hcl
resource "aws_bedrockagent_agent" "orders" { # finding
  agent_name              = "orders"
  agent_resource_role_arn = "arn:aws:iam::111122223333:role/orders-agent"
  foundation_model        = "amazon.nova-pro-v1:0"
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::Bedrock::Agent
    Properties:
      AgentName: orders
      FoundationModel: amazon.nova-pro-v1:0
      Instruction: Answer questions about the orders of the customer who asks.
      GuardrailConfiguration:
        GuardrailIdentifier: a1b2c3d4e5f6
        GuardrailVersion: "1"
```

```hcl
resource "aws_bedrockagent_agent" "orders" {
  agent_name              = "orders"
  agent_resource_role_arn = "arn:aws:iam::111122223333:role/orders-agent"
  foundation_model        = "amazon.nova-pro-v1:0"

  guardrail_configuration {
    guardrail_identifier = "a1b2c3d4e5f6"
    guardrail_version    = "1"
  }
}
```

## Undecided

The result is undecided if it is not known whether there is a guardrail.

```yaml
Parameters:
  Guardrail:
    Type: String
Conditions:
  HasGuardrail: !Not [!Equals [!Ref Guardrail, ""]]
Resources:
  Orders:
    Type: AWS::Bedrock::Agent
    Properties:
      AgentName: orders
      FoundationModel: amazon.nova-pro-v1:0
      GuardrailConfiguration:
        Fn::If:
          - HasGuardrail
          - GuardrailIdentifier: !Ref Guardrail
            GuardrailVersion: "1"
          - !Ref AWS::NoValue  # undecided: Fails when Guardrail
```

```hcl
variable "guardrail" {
  type = string
}

resource "aws_bedrockagent_agent" "orders" {
  agent_name              = "orders"
  agent_resource_role_arn = "arn:aws:iam::111122223333:role/orders-agent"
  foundation_model        = "amazon.nova-pro-v1:0"

  guardrail_configuration {
    guardrail_identifier = var.guardrail == "" ? null : var.guardrail # undecided: Fails when var.guardrail == "" is true
    guardrail_version    = "1"
  }
}
```

## Sources

- [Implement safeguards for your application by associating a guardrail with your agent - Amazon Bedrock](https://docs.aws.amazon.com/en_us/bedrock/latest/userguide/agents-guardrail.html), read on 2026-11-29
"""

from wa_iac.aws.bedrock import Agent
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, flag, rule


@rule(
    practices=["SEC07-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    profile="all",
    remedy=Remedy(
        cfn='GuardrailConfiguration:\n  GuardrailIdentifier: <a guardrail>\n  GuardrailVersion: "1"',
        tf='guardrail_configuration {\n  guardrail_identifier = <a guardrail>.guardrail_id\n  guardrail_version    = "1"\n}',
    ),
    equivalents={"checkov": ["CKV_AWS_383"]},
)
def check(agent: Agent) -> Flags:
    accept(given(agent.guardrail))
    yield flag(
        agent.guardrail,
        "This agent has no guardrail: nothing but its instructions keeps what people write from making it do something else.",
    )
