"""Names and values that are a secret, and those that only sound like one."""

from __future__ import annotations

import pytest

from wa_iac.knowledge.secret_names import may_be_secret, names_a_secret


@pytest.mark.parametrize("name", ["DBPassword", "DbPassword", "RDSMasterPassword", "MySQLPassword", "db_password", "apiKey"])
def test_a_name_ends_with_what_it_is(name: str) -> None:
    assert names_a_secret(name)


@pytest.mark.parametrize("name", ["DBPasswordLength", "TOKENS", "DBPasswordSSMPath", "KMSKeyId", "GOOGLE_MAPS_PUBLIC_API_KEY"])
def test_a_name_may_be_about_a_secret(name: str) -> None:
    assert not names_a_secret(name)


@pytest.mark.parametrize("value", ["NOT_SET", "undefined", "CHANGE_TO_YOUR_PASSWORD", "change-this", "changeme"])
def test_a_value_may_keep_the_place_of_a_secret(value: str) -> None:
    assert not may_be_secret(value)


@pytest.mark.parametrize("value", ["changelings7", "nothing-set-9x", "Tr0ub4dor-and-3"])
def test_any_other_value_may_be_one(value: str) -> None:
    assert may_be_secret(value)
