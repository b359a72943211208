"""Names and values that are a secret, and those that only sound like one."""

from __future__ import annotations

import pytest

from wa_iac.knowledge.secret_names import is_key_in_words, may_be_secret, names_a_secret


@pytest.mark.parametrize("name", ["DBPassword", "DbPassword", "RDSMasterPassword", "MySQLPassword", "db_password", "apiKey"])
def test_a_name_ends_with_what_it_is(name: str) -> None:
    assert names_a_secret(name)


@pytest.mark.parametrize(
    "name",
    [
        "DBPasswordLength",
        "TOKENS",
        "DBPasswordSSMPath",
        "KMSKeyId",
        "GOOGLE_MAPS_PUBLIC_API_KEY",
        "api_cors_credentials",
        "allowCredentials",
    ],
)
def test_a_name_may_be_about_a_secret(name: str) -> None:
    assert not names_a_secret(name)


@pytest.mark.parametrize("value", ["NOT_SET", "undefined", "CHANGE_TO_YOUR_PASSWORD", "change-this", "changeme"])
def test_a_value_may_keep_the_place_of_a_secret(value: str) -> None:
    assert not may_be_secret(value)


@pytest.mark.parametrize("value", ["changelings7", "nothing-set-9x", "Tr0ub4dor-and-3"])
def test_any_other_value_may_be_one(value: str) -> None:
    assert may_be_secret(value)


@pytest.mark.parametrize("value", ["PLACEHOLDER", "YOUR TOKEN", "placeholder", "PrivateKey", "# KEY\n"])
def test_words_are_no_token(value: str) -> None:
    assert is_key_in_words("OAuthToken", value)
    assert not is_key_in_words("Password", value)


@pytest.mark.parametrize("value", ["A1B2C3D4E5F6G7H8", "9f8e7d6c5b4a"])
def test_what_is_random_may_be_a_token(value: str) -> None:
    assert not is_key_in_words("OAuthToken", value)
