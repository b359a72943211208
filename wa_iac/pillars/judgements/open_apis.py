"""APIs that anybody may call: what to say where that has to be so, or where the code behind an API may check its callers itself."""

from typing import Final

from wa_iac.aws.apigateway import Api, ApiRoute, Method, RestApi
from wa_iac.core.binding import value_at
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import holds
from wa_iac.core.partial import pieces_of
from wa_iac.core.rule import Confidence, Flag, Remedy, Severity, flag
from wa_iac.core.value import Tree, Value
from wa_iac.knowledge.api_documents import ANY
from wa_iac.knowledge.called import words_of

OPEN_WEBHOOK = "Anyone who finds the URL can call this. A webhook or a callback needs that, and only the code behind it can tell who calls."
OPEN_BY_CHOICE = (
    "Anyone who finds the URL can call this. Other methods of the API ask who calls, and this one is written not to, so its author may have left "
    "it open on purpose."
)
OPEN_HEALTH = (
    "Anyone who finds the URL can call this. A health check needs that, since what watches the API has no identity. Its answer should say nothing "
    "else of the system."
)
OPEN_PAGES = "Anyone who finds the URL can call this. By its name, it serves the pages of a site: only the application behind it can tell who calls."
OPEN_ANSWERS = "Anyone who finds the URL can call this. The function behind it may do nothing but write its logs, or has code here that reaches nothing else, so that a stranger gets what it answers, and no more."
STANDS_IN = "It takes the place of a real one in tests, by its name."
OPEN_REPORTS = "Anyone who finds the URL can call this. Browsers report violations of a content security policy here, and have no identity."
OPEN_SIGN_IN = "Anyone who finds the URL can call this. A caller who signs in, or begins with OAuth, has no identity yet: only the code behind it can check that."
OPEN_TOKENS = (
    "Anyone who finds the URL can call this. A token endpoint needs that: clients send their own credentials, and only the code behind it "
    "can check them."
)
OPEN_GREETING = "Anyone who finds the URL can call this. By its name, it only greets, as a first application does: look whether its code does more by now."
OPEN_DECISION = (
    "Anyone who finds the URL can call this. By its name, people decide something by a link in a message, and a link carries no identity: what is in it, such "
    "as the token of a task of Step Functions, is all that lets them."
)
OPEN_TASK = "Anyone who finds the URL can call this. It only answers a task of Step Functions, which refuses anyone who does not have its token."
DECISION = Remedy(
    decision="See that the code behind this needs a long random value from the link, such as the token of a task, accepts it once and for some time only, and "
    "that no log keeps it. Then suppress this finding, with that as the reason."
)
CREDENTIALS = Remedy(
    decision="Check the credentials of the client in the code behind this: its secret, or an assertion that it has signed. Then suppress "
    "this finding, with that as the reason."
)
BY_CHOICE = Remedy(
    decision="If everybody is to call this, or the code behind it checks its callers, suppress the finding, with that as the reason. Otherwise let "
    "this one need an identity or an API key too, and change its callers first. A line that other methods share would change these also."
)
ANSWER = Remedy(
    decision="See that the answer says only whether the API works, and let the stage's throttling limit the requests. Then suppress this finding, with "
    "that as the reason."
)
REPORTS = Remedy(
    decision="A browser cannot sign its report. Limit the rate of requests and the size of a report, and check its form in the code behind "
    "this. Then suppress this finding, with that as the reason."
)
BEFORE_CODE = Remedy(
    decision="Let an authorizer check the token before the code runs: a Lambda function, a user pool of Cognito or, for an HTTP API, an issuer of "
    "JSON Web Tokens. If the code behind the API checks it everywhere, suppress this finding, with that as the reason."
)
OF_A_TOKEN = Remedy(
    decision="Let an authorizer check the token before the request is passed on: a Lambda function, or a user pool of Cognito. AWS_IAM needs the "
    "header Authorization for its own signature, so the application gets no token then. If the application checks it everywhere, and nobody "
    "reaches it in another way, suppress this finding, with that as the reason."
)
TRIES = Remedy(
    decision="Check the password or the client in the code behind this, and limit how often a caller may try: by throttling of the stage, or a "
    "rate-based rule of AWS WAF. Then suppress this finding, with that as the reason."
)
TURNED_OFF = Remedy(
    decision="If everybody is to call this, suppress the finding, with that as the reason. Otherwise remove Authorizer: NONE from the event; its "
    "callers have to sign in then."
)
BEHIND_CLOUDFRONT = Remedy(
    decision="A CloudFront distribution calls this, and cannot sign its requests. Let an authorizer check a token of the viewers (for an HTTP API a "
    "JSON Web Token, or a Lambda function), let the distribution pass the header with it on, and change the viewers first, or they are refused."
)
AUTHORIZER = Remedy(
    decision="Give the scheme an x-amazon-apigateway-authorizer: a Lambda function, a user pool of Cognito or, for an HTTP API, an issuer of "
    "JSON Web Tokens. If the code behind the API checks the token itself, suppress this finding, with that as the reason."
)
SIGNATURE = Remedy(
    decision="A sender outside of AWS cannot sign requests with IAM. Check its own signature first in the code behind this (GitHub: "
    "X-Hub-Signature-256, Slack: X-Slack-Signature), with a secret from Secrets Manager; the answer of a sign-in is checked by its state. Then suppress this "
    "finding, with that as the reason."
)

PUBLIC = late(r"(?i)(?:^|[/ ])(?:public|anonymous|guests?|unauth(?:enticated)?)(?:/|$)")
"""In a path that its author has called open."""
SEVERAL = 3
"""Operations that only read and are open beside others that are not: as many of them are no oversight."""
SHOWN = frozenset({ANY, "GET", "HEAD"})
"""The methods by which browsers get pages."""
_PAGES = late(r"\b(?:front ?end|web ?site|web ?app|nuxt|next ?js)\b")
"""How what serves the pages of a site is called."""
SIGNED = (
    "First decide who is to call this. If everybody is, or the code behind it checks its callers, suppress the finding, with that as the reason. Otherwise "
    "its callers have to show who they are, or they are refused: change them first. With AWS_IAM they sign their requests, with credentials that allow "
    "execute-api:Invoke. For people who sign in, use an authorizer for their tokens instead."
)
OF_SAM: Final = {
    "AWS::Serverless::Api": "Auth:\n  DefaultAuthorizer: AWS_IAM\n  AddDefaultAuthorizerToCorsPreflight: false\n  InvokeRole: NONE",
    "AWS::Serverless::HttpApi": "Auth:\n  EnableIamAuthorizer: true\n  DefaultAuthorizer: AWS_IAM",
}
"""What lets an API of SAM ask for signed requests, by its type."""
SIGV4 = "sigv4: { type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4 }"


def needed(where: Tree, message: str, instead: Remedy) -> Flag:
    """An open place that has to be open: only the code behind it shows whether that is a fault."""
    return flag(where, message, severity=Severity.LOW, confidence=Confidence.MEDIUM, instead=instead)


def unseen(where: Tree, called: str, variable: str) -> Flag:
    """An open place where the code behind it seems to check tokens."""
    return flag(
        where,
        f"API Gateway lets anyone call {called}. Its function has the variable {variable}, so the code seems to check a token. "
        "If it forgets that once, nothing else does.",
        severity=Severity.MEDIUM,
        confidence=Confidence.LOW,
        instead=BEFORE_CODE,
    )


def authorized(authorization: Value[str]) -> Value[bool]:
    return holds(authorization, lambda kind: kind != "NONE")


def serves_pages(resource: Method | ApiRoute | RestApi | Api) -> bool:
    """Whether a method or an API serves the pages of a site to everybody, by its name."""
    own = (piece for key in ("Name", "name") for piece in pieces_of(value_at(resource.declared.body, key)))
    return any(_PAGES.search(words_of(name)) for name in (resource.declared.name, *own))
