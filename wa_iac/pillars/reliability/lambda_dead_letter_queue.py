"""# Asynchronous Lambda function has no dead-letter queue or failure destination

## Why

S3, SNS, SES and EventBridge send their events to Lambda and do not wait. When the function fails, Lambda retries twice and then drops the
event, and its work may never be done. A dead-letter queue or an on-failure destination keeps the event.

SAM adds the permission to send to the queue to a role that it makes itself ("DeadLetterQueue", AWS SAM Developer Guide).

## What it checks

The rule reads the dead-letter queue of each function, and the on-failure destinations of it and its aliases. It reports a function
without any of these, if the template shows that it is invoked asynchronously. The rule treats a function as asynchronous if a permission
lets S3, SNS, SES or EventBridge invoke it, or if a rule with an event pattern targets it.

The severity is lower for Python code in the template that catches every exception of its work: Lambda takes each event as processed, and
a queue gets an event only if the function runs out of time or memory. Let the code raise the exception again first. For a function whose role is
there to start a crawler of Glue, or whose name says so, the finding is advice: the next event starts the crawler again. So it is for a function that only tells people of an
event, by a word in its names (notify, email, Slack), or by its role, which may send mails or publish to a topic and change nothing; and for one that events call only when the state of a pipeline, a build or a deployment changes,
unless its name says that it goes on with the work (trigger, deploy, promote). So it is for one that events call only when jobs of others have failed, unless its name
says that it repairs something (retry, restart, remediate).
So it is for a function that events, or messages of the lifecycle hook, call only when an instance of an Auto Scaling group starts or ends: the hook waits for a time only.
So it is for a function with a variable by which its code seems to keep what failed itself (`STORE_FAILED_EVENTS`, `DLQ_URL`).
So it is for a function that a schedule starts too, even if it gets the events themselves: many of these go through all that there is in each run.
So it is for a function that only prints: its code is in the template and uses no module that reaches anything outside, or its name or handler says so and
its role may do nothing else.
The finding is advice in a file of a workshop, a demonstration, or an environment for development or tests, by its path, and for anything that is
not for production, by its names or tags.

## What is left out

The rule does not check functions that a schedule starts, because they run again anyway, also if S3 invokes them in between, or a
rule of EventBridge that hands them a constant text (`Input`) instead of the event. It does not
check a function that signals a wait condition of CloudFormation either, or that makes custom resources by the description of its template: the deployment
fails if no signal comes.

## Non-compliant

```yaml
Resources:
  Thumbnails:  # finding
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::123456789012:role/thumbnails
      Code:
        S3Bucket: artifacts
        S3Key: thumbnails.zip
  FromUploads:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref Thumbnails
      Principal: s3.amazonaws.com
      SourceArn: arn:aws:s3:::uploads
```

```hcl
resource "aws_lambda_function" "thumbnails" { # finding
  function_name = "thumbnails"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::123456789012:role/thumbnails"
  filename      = "thumbnails.zip"
}

resource "aws_cloudwatch_event_rule" "uploads" {
  name          = "uploads"
  event_pattern = jsonencode({ source = ["aws.s3"] })
}

resource "aws_cloudwatch_event_target" "thumbnails" {
  rule = aws_cloudwatch_event_rule.uploads.name
  arn  = aws_lambda_function.thumbnails.arn
}
```

## Compliant

```yaml
Resources:
  Thumbnails:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::123456789012:role/thumbnails
      Code:
        S3Bucket: artifacts
        S3Key: thumbnails.zip
      DeadLetterConfig:
        TargetArn: !GetAtt Failed.Arn
  FromUploads:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref Thumbnails
      Principal: s3.amazonaws.com
      SourceArn: arn:aws:s3:::uploads
  Failed:
    Type: AWS::SQS::Queue
```

```hcl
resource "aws_lambda_function" "thumbnails" {
  function_name = "thumbnails"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::123456789012:role/thumbnails"
  filename      = "thumbnails.zip"
}

resource "aws_lambda_permission" "uploads" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.thumbnails.function_name
  principal     = "sns.amazonaws.com"
  source_arn    = "arn:aws:sns:eu-west-1:123456789012:uploads"
}

resource "aws_sqs_queue" "failed" {
  name = "failed"
}

resource "aws_lambda_function_event_invoke_config" "thumbnails" {
  function_name = aws_lambda_function.thumbnails.function_name

  destination_config {
    on_failure {
      destination = aws_sqs_queue.failed.arn
    }
  }
}
```

## Not applicable

```yaml
Resources:
  Nightly:  # not applicable: nothing here shows
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::123456789012:role/nightly
      Code:
        S3Bucket: artifacts
        S3Key: nightly.zip
  EveryNight:
    Type: AWS::Events::Rule
    Properties:
      ScheduleExpression: rate(1 day)
      Targets:
        - Id: nightly
          Arn: !GetAtt Nightly.Arn
  Done:
    Type: AWS::CloudFormation::WaitConditionHandle
  Setup:  # not applicable: the deployment waits for its signal
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::123456789012:role/setup
      Code: {S3Bucket: artifacts, S3Key: setup.zip}
      Environment:
        Variables: {SIGNAL_URL: !Ref Done}
  WhenReady:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: {source: [aws.controltower]}
      Targets:
        - Id: setup
          Arn: !GetAtt Setup.Arn
```

```hcl
resource "aws_lambda_function" "nightly" { # not applicable: nothing here shows
  function_name = "nightly"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::123456789012:role/nightly"
  filename      = "nightly.zip"
}

resource "aws_cloudwatch_event_rule" "every_night" {
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "nightly" {
  rule = aws_cloudwatch_event_rule.every_night.name
  arn  = aws_lambda_function.nightly.arn
}

resource "aws_lambda_function" "mirror" { # not applicable: the next run repeats the work
  function_name = "mirror"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::123456789012:role/mirror"
  filename      = "mirror.zip"
}

resource "aws_lambda_permission" "mirror" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.mirror.function_name
  principal     = "s3.amazonaws.com"
  source_arn    = "arn:aws:s3:::mirrored"
}

resource "aws_cloudwatch_event_target" "mirror" {
  rule = aws_cloudwatch_event_rule.every_night.name
  arn  = aws_lambda_function.mirror.arn
}
```

## Undecided

The result is undecided if `TargetArn` or `destination` is not known before deployment.

```yaml
Parameters:
  TargetArn:
    Type: String
Resources:
  Thumbnails:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::123456789012:role/thumbnails
      Code:
        S3Bucket: artifacts
        S3Key: thumbnails.zip
      DeadLetterConfig:
        TargetArn: !Ref TargetArn  # undecided: parameter "TargetArn" has no default
  FromUploads:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref Thumbnails
      Principal: s3.amazonaws.com
      SourceArn: arn:aws:s3:::uploads
```

```hcl
variable "destination" {
  type = string
}

resource "aws_lambda_function" "thumbnails" {
  function_name = "thumbnails"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::123456789012:role/thumbnails"
  filename      = "thumbnails.zip"
}

resource "aws_lambda_permission" "uploads" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.thumbnails.function_name
  principal     = "sns.amazonaws.com"
  source_arn    = "arn:aws:sns:eu-west-1:123456789012:uploads"
}

resource "aws_lambda_function_event_invoke_config" "thumbnails" {
  function_name = aws_lambda_function.thumbnails.function_name

  destination_config {
    on_failure {
      destination = var.destination # undecided: var.destination has no default
    }
  }
}
```

## Sources

- [How Lambda handles errors and retries with asynchronous invocation - AWS Lambda](https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html), read on 2026-11-29
- [Understanding retry behavior in Lambda - AWS Lambda](https://docs.aws.amazon.com/lambda/latest/dg/invocation-retries), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.lambda_function import Alias, Function
from wa_iac.core.binding import value_at
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import any_of
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, exempt, flag, rule
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.called import called
from wa_iac.knowledge.inline_code import swallows_errors
from wa_iac.knowledge.lambda_tells import keeps_failures, only_shows, only_tells
from wa_iac.knowledge.lambda_use import (
    asynchronous_sources,
    is_repeated,
    is_scheduled,
    only_answers_hooks,
    only_follows_builds,
    only_follows_failures,
    signals_a_wait,
)
from wa_iac.knowledge.role_permissions import only_starts_crawlers
from wa_iac.knowledge.shared_blocks import shares_its_block
from wa_iac.pillars.judgements.workshops import where_needed

_CRAWLS: Final = late(r"\bcrawlers? (?:trigger|start|starter|run|runner)s?\b|\b(?:trigger|start|run)s? (?:\S+ )?crawlers?\b")
"""What a function is called that only starts crawlers of Glue."""
_STARTS: Final = late(
    r"\b(?:trigger|triggers|start|starts|starter|deploy|deploys|deployer|promote|promoter|release|run|runner|rollback|approve|"
    r"retry|retries|restart|rerun|recover|recovery|remediate|remediation|clean ?up|heal|healer)\b"
)
_HOOKS = " A lifecycle hook then holds the instance until its time is over, and a later try comes too late."
_AGAIN = " A schedule starts the function too: its next run may do what was missed."
_READ = "An alarm on the queue tells that an event is in it."
_STANDARD = "Declare a standard queue."
_ALLOWED = "Declare a standard queue, and first allow the role of the function to send to it (sqs:SendMessage): Lambda refuses the setting otherwise."
_FOR_ONE = (
    "Other functions share this block of the module: let the module take the ARN of a queue as an argument, null by default, and write a dynamic block "
    "dead_letter_config for it."
)
_QUEUE = Remedy(
    cfn="DeadLetterConfig:\n  TargetArn: !GetAtt <a queue>.Arn",
    tf="dead_letter_config {\n  target_arn = <a queue>.arn\n}",
    decision=f"{_ALLOWED} {_READ}",
    of={"AWS::Serverless::Function": "DeadLetterQueue:\n  Type: SQS\n  TargetArn: !GetAtt <a queue>.Arn"},
)
_SAM = "AWS::Serverless::Function"
_IF_CAUGHT = "If its code catches the exceptions of its work, let it raise them again: nothing gets into the queue otherwise."
_RAISE = "First let the code raise the exception again after it has logged it, so that Lambda sees the failure."


def _fitting(function: Function, graph: Graph) -> Remedy | None:
    """The remedy for one function. Nothing arrives in a queue as long as the code catches every exception. A role that SAM makes gets the
    permission from SAM."""
    raised = (_RAISE,) if swallows_errors(function) else ()
    if_caught = () if raised else (_IF_CAUGHT,)
    if function.dialect == "terraform" and shares_its_block(function, graph):
        return Remedy(decision=" ".join((*raised, _FOR_ONE, _ALLOWED, *if_caught, _READ)))
    role = value_at(function.declared.body, "Role")
    allowed = any(each.made_from == _SAM for each in graph.referred(role)) and function.declared.made_from == _SAM
    words = (*raised, _STANDARD if allowed else _ALLOWED, *if_caught, _READ)
    return replace(_QUEUE, decision=" ".join(words))


@rule(
    practices=["REL04-BP02", "REL05-BP03", "REL06-BP03"],
    severity=Severity.MEDIUM,
    remedy=replace(_QUEUE, given=_fitting),
    equivalents={
        "checkov": ["CKV_AWS_116"],
        "cdk_nag": ["Serverless-LambdaDLQ", "Serverless-LambdaAsyncFailureDestination"],
        "guard": ["LAMBDA_DLQ_CHECK"],
        "config": ["LAMBDA_DLQ_CHECK"],
    },
)
def check(function: Function, graph: Graph) -> Flags:
    yield from where_needed(function, _judge(function, graph), function.tags)


def _judge(function: Function, graph: Graph) -> Flags:
    entrances: list[Function | Alias] = [function, *function.aliases]
    sources = asynchronous_sources(function, graph)
    exempt(not sources, "nothing here shows that it is invoked asynchronously")
    exempt(is_repeated(function, graph), "a schedule starts it too, and the next run repeats the work")
    exempt(signals_a_wait(function, graph), "the deployment waits for its signal, and fails without it")
    source = sources[0]
    destinations = [given(each.on_failure) for entrance in entrances for each in entrance.invoke_configs]
    accept(any_of((function.dead_letter.presence, *destinations)))
    all_known(*(entrance.invoke_configs.unknown for entrance in entrances))
    if swallows_errors(function):
        yield flag(
            function.dead_letter.value,
            f"The code of this function catches every exception: an event from {source} that it fails to process counts as processed, "
            "and is lost. One for which it runs out of time or memory is dropped after some attempts.",
            severity=Severity.LOW,
        )
        return
    if shows := only_shows(function, graph):
        yield flag(
            function.dead_letter.value,
            f"An event from {source} that this function fails to process is dropped after {_attempts(function)}. It probably only prints its events so "
            f"far, so that no work is lost yet: {shows}.",
            severity=Severity.LOW,
            confidence=Confidence.LOW,
        )
        return
    crawls = bool(function.role.targets) and all(map(only_starts_crawlers, function.role))
    crawls = crawls or any(map(_CRAWLS.search, called(function, Absent())))
    tells = only_tells(function, graph)
    more = f" It probably only tells people of events: {tells}." if tells else ""
    follows = not tells and not _starts(function) and only_follows_builds(function, graph)
    more = " It follows the states of pipelines or builds, which their service shows too." if follows else more
    if not tells and not follows and not _starts(function) and only_follows_failures(function, graph):
        follows, more = True, " It only follows failures of jobs, which their service shows too."
    hooks = not tells and only_answers_hooks(function, graph)
    more = _HOOKS if hooks else more
    again = is_scheduled(function, graph)
    more = _AGAIN if again else more
    keeps = keeps_failures(function)
    more = f" By its variable {keeps}, its code can keep such an event itself." if keeps else more
    yield flag(
        function.dead_letter.value,
        f"An event from {source} that this function fails to process is dropped after {_attempts(function)}: "
        f"{'the crawler that it starts waits for the next event.' if crawls else 'nothing here keeps it.'}{more}",
        severity=Severity.LOW if crawls else None,
        confidence=Confidence.LOW if crawls or tells or follows or hooks or keeps or again else None,
    )


def _starts(function: Function) -> bool:
    """Whether its names say that it goes on with the work of a pipeline."""
    return any(map(_STARTS.search, called(function, Absent())))


def _attempts(function: Function) -> str:
    """How often Lambda tries, if that is known: three times unless a setting says less."""
    numbers = {each.retries.value for each in function.invoke_configs if isinstance(each.retries, Known)}
    return {0: "the first attempt", 1: "two attempts"}.get(min(numbers, default=2), "three attempts")
