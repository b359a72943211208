"""Telling a secret by its name or by its form. A value is never shown, only judged."""

import re

from wa_iac.core.late_pattern import late

_NAMED = late(
    r"(?:^|[_\-./])(?:pass|passwd|password|passphrase|secret|secret_?key|client_?secret|api_?key|api_?secret|api_?token|"
    r"access_?token|auth_?token|refresh_?token|bearer_?token|token|private_?key|signing_?key|encryption_?key|"
    r"secret_?access_?key|credentials?)$"
)
_PUBLIC = late(r"(?:^|[_\-./])(?:public|publishable)(?=$|[_\-./])|(?:^|[_\-./])site_?key$")
"""What a name says of a key that everyone may know: Google's for browsers, Stripe's publishable one."""
_OF_REQUESTS = late(r"(?:^|[_\-./])(?:cors|allow|with|include)_?credentials?$")
"""How a switch is called by which browsers send cookies (`Access-Control-Allow-Credentials`)."""
_ENCRYPTS = late(r"(?:^|[_\-./])(?:(?:master|encryption|encrypt|cipher|fernet)_?key|salt|pepper)$")
"""How the name of a value ends without which what is stored cannot be read, or compared, any more."""
_FOR_BROWSERS = late(r"AIza[\w-]{35}|pk_(?:live|test)_\w+")
_CAMEL = late(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
"""Where a word ends: `db|Password`, `DB|Password`."""
_FORMS = late(
    r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{50,}|glpat-[\w-]{20,}|xox[abprs]-[\w-]{10,}|"
    r"sk_live_[0-9A-Za-z]{16,}|rk_live_[0-9A-Za-z]{16,}|AIza[\w-]{35}|SG\.[\w-]{16,}\.[\w-]{32,})"
    r"|-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----(?!(?:\\[rn]|`[rn]|\s)*[\"'])"
    r"|\b[a-z][a-z0-9+.-]{0,30}://[^\s:/@{}$<>]+:(?![*x]+@)[^\s:/@{}$<>]{3,}@"
)
_KEY_ID = late(r"\bAKIA[0-9A-Z]{16}\b")
_PLACEHOLDER = late(
    r"^(?:|-|none|null|n/?a|not[-_ ]?(?:set|used)|undefined|true|false|tbd|todo|fixme|dummy|example|placeholder|redacted|unset|empty|default|secret|password|"
    r"change[-_ ]?(?:me|this|it|to[-_ ]).*|replace[-_ ]?.*|your[-_ ].*|my[-_ ].*|insert[-_ ].*|any[-_ ].*|to[-_ ]be[-_ ].*|fake.*|mock.*|test|xx+|__.*__|"
    r"required|optional|enabled?|disabled?|allowed|denied|\*+|\.+|<.*>|%.*%|@+.*@+|\[.*\]|\{\{.*\}\}|\$.*|"
    r"(?:add|enter|fill|insert|paste|provide|put|set|specify|type|write|your)[-_ ]?.*here|(?:enter|put|type)[-_ ]?your.*|"
    r"(?:password|passwd|secret|token|key|value|credentials?)[-_ ]?(?:goes[-_ ]?)?here)$",
    re.IGNORECASE,
)
_OF_KEYS = late(r"(?:^|[_\-./])(?:(?:api|private|public|access|license)_?key|(?:\w+_)?token|client_?secret)$")
_OF_SERVICES = late(r"(?:^|[_\-./])(?:api_?key|(?:\w+_)?token)$")
_SWITCH = late(r"true|false|yes|no|on|off", re.IGNORECASE)
_IN_WORDS = late(
    r"(?=.{3,24}$)(?:[A-Z][a-z]{1,14}|[a-z]{2,14})(?:[ _-][A-Z]?[a-z]{2,14}|[A-Z][a-z]{1,14}|[A-Z]{2,3}(?![a-z]))*"
)
_GENERATED = late(
    r"(?=\S*[a-z])(?=\S*[A-Z])(?=\S*\d)[A-Za-z0-9!#$%^&*+=?~]{10,}(?:[_-][A-Za-z0-9!#$%^&*+=?~]+)*|(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{32,}"
)
_NUMBERED_NAME = late(r"(?:My|[A-Z]?[a-z]{2,}(?![a-z])|[A-Z]{2,}(?![A-Z])|\d+(?!\d)|[_-])+")
_NOTHING = late(
    r"([\"']?)(?:-?|none|null|nil|n/?a|unset|empty|disabled|unused|not[-_ ](?:set|used))\1|\[\]|\{\}", re.IGNORECASE
)
_POINTER = late(
    r"^(?:arn:|https?://|ssm:|alias/|\{\{resolve:|vault:|secretsmanager:|s3://|file:|op://"
    r"|/[\w./-]+$|[a-z][a-z0-9_.-]*(?:/[a-z0-9_.-]+)+$|[a-z][a-z0-9_-]*[-_](?:secrets?|passwords?|credentials?|tokens?|keys?)$)"
)
_INVENTED = late(r"dummy|example|fake|change[-_ ]?me|please[-_ ]?change|replace[-_ ]?me|placeholder", re.IGNORECASE)
_TO_FILL_IN = late(
    r"<[^<>]+>|\{\{[^{}]+\}\}|(?:your|insert)[-_ ].*|\w*should[-_ ]be[-_ ]\w*|to[-_ ]be[-_ ].*|"
    r"(?:enter|paste|put|type)[-_ ]?(?:your.*|.*here)",
    re.IGNORECASE,
)
_SECRET_ACCESS_KEY = late(r"[A-Za-z0-9/+=]{40}")
"""A value of this form stands for a real key, even if it is AWS's example: the author shows where the key goes."""
_ACCESS_KEY = late(
    r"(?:^|_)aws_?(?:secret_?)?(?:access_?key(?:_?id)?|session_?token)$|(?:^|_)secret_?access_?key$", re.IGNORECASE
)


def names_a_secret(name: str) -> bool:
    """Whether `name` says that its value is a secret itself: `DB_PASSWORD`, `apiKey`; not `SECRET_ARN`, `TOKEN_URL`."""
    words = _CAMEL.sub("_", name).lower()
    return _NAMED.search(words) is not None and not _OF_REQUESTS.search(words) and not names_something_public(name)


def names_something_public(name: str) -> bool:
    """Whether `name` says that everyone may know its value: `GOOGLE_MAPS_PUBLIC_API_KEY`, `stripePublishableKey`."""
    return _PUBLIC.search(_CAMEL.sub("_", name).lower()) is not None


def protects_what_is_stored(name: str) -> bool:
    """Whether `name` says that what is stored cannot be used with another value: `MasterKey`, `ENCRYPTION_KEY`, `AUTH_SALT`."""
    return _ENCRYPTS.search(_CAMEL.sub("_", name).lower()) is not None


def is_for_browsers(text: str) -> bool:
    """Whether a value is a key of a kind that pages may send to browsers."""
    return _FOR_BROWSERS.fullmatch(text.strip()) is not None


def may_be_secret(text: str) -> bool:
    """Whether a value under a secret's name may be the secret: no placeholder, no address of one, no number or switch."""
    stripped = text.strip()
    if len(stripped) < 4 or _PLACEHOLDER.match(stripped) or _POINTER.match(stripped):
        return False
    if is_invented(stripped) and not _SECRET_ACCESS_KEY.fullmatch(stripped):
        return False
    return not re.fullmatch(r"[\d.]{1,5}", stripped)


def has_form_of_secret(text: str) -> bool:
    """Whether a value is a credential by its form alone: a provider's token, a private key, a login in a URL. The ID of an access key is none:
    it opens nothing without its secret key."""
    return any(not is_invented(found[0]) for found in _FORMS.finditer(text))


def holds_key_id(text: str) -> bool:
    """Whether a value holds the ID of an access key, as an SMTP user name of Amazon SES does."""
    return any(not is_invented(found[0]) for found in _KEY_ID.finditer(text))


def is_invented(text: str) -> bool:
    """Whether a value says that it is no real one: `DUMMYKEY`, `AKIAIOSFODNN7EXAMPLE`, `changeme`."""
    return _INVENTED.search(text) is not None


def is_key_in_words(name: str, text: str) -> bool:
    """Whether a value under the name of a key or a token is made of words (`PrivateKey`, `example`, `# your key`): those of other services are
    random. A password of words is one that works."""
    stripped = text.strip().lstrip("#").lstrip()
    return _OF_KEYS.search(_CAMEL.sub("_", name).lower()) is not None and (
        _IN_WORDS.fullmatch(stripped.lower() if stripped.isupper() else stripped) is not None
    )


def looks_generated(text: str) -> bool:
    """Whether a value looks like a password or a key by itself, whatever its name is: letters of both cases with digits and no more than the signs
    of passwords, or a long row of letters and digits. Addresses and IDs of resources have one case, or dots and dashes, and names have words and
    numbers (`OrdersBucket2024`)."""
    stripped = text.strip()
    return _GENERATED.fullmatch(stripped) is not None and _NUMBERED_NAME.fullmatch(stripped) is None


def is_other_key(name: str, text: str) -> bool:
    """Whether a value is the key or the token of some service by its `name`, and has not the format of a known credential: pages and devices
    hold some of these, and some only count calls."""
    if _OF_SERVICES.search(_CAMEL.sub("_", name).lower()) is None or is_access_key(name):
        return False
    return not has_form_of_secret(text)


def is_nothing(text: str) -> bool:
    """Whether a value says that there is none: `NONE`, `n/a`, two quotation marks."""
    return _NOTHING.fullmatch(text.strip()) is not None


def is_switch(text: str) -> bool:
    """Whether a value turns something on or off."""
    return _SWITCH.fullmatch(text.strip()) is not None


def is_to_fill_in(text: str) -> bool:
    """Whether a value only shows where the real one goes: `<your token>`, `YOUR_TOKEN`. A weak password (`changeme`) is one that works."""
    return _TO_FILL_IN.fullmatch(text.strip()) is not None


def is_access_key(name: str) -> bool:
    """Whether a variable is for a part of AWS's own access keys, by its name: `AWS_SECRET_ACCESS_KEY`."""
    return _ACCESS_KEY.search(name) is not None


def pointing(name: str) -> str:
    """A name for the variable that says where the secret of another variable is: `DB_PASSWORD_SECRET`, `apiKeySecret`."""
    added = "Arn" if name.lower().endswith("secret") else "Secret"
    camel = re.search("[a-z]", name) is not None and "_" not in name
    return f"{name}{added}" if camel else f"{name}_{added.upper() if name.isupper() else added.lower()}"


def is_address(text: str) -> bool:
    """Whether a value says where something is, rather than what it is: an ARN, a path, a URL without a login."""
    return _POINTER.match(text.strip()) is not None and not has_form_of_secret(text)
