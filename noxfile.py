"""Everyday tasks: `nox -l` lists them, `nox -s quick` runs one, in the environment that is active."""

from __future__ import annotations

import nox

nox.options.default_venv_backend = "none"
nox.options.sessions = ["lint", "types", "quick"]


@nox.session
def lint(session: nox.Session) -> None:
    """Style, formatting, the order of the packages, and the prose of the documentation."""
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("lint-imports")
    session.run("python", "tests/plain_english.py")


@nox.session
def types(session: nox.Session) -> None:
    """Static types."""
    session.run("mypy")


@nox.session
def quick(session: nox.Session) -> None:
    """The tests that start no process but git. `nox -s quick -- -k s3` chooses among them."""
    session.run("pytest", "-n", "2", "-m", "not slow", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """All tests."""
    session.run("pytest", "-n", "2", *session.posargs)


@nox.session
def fuzz(session: nox.Session) -> None:
    """Hostile inputs for an hour: `nox -s fuzz -- --minutes 5` for less."""
    session.run("python", "-m", "tests.fuzz", *session.posargs)


@nox.session(name="new-rule")
def new_rule(session: nox.Session) -> None:
    """Start a rule: `nox -s new-rule -- sqs-visibility-timeout --pillar reliability --resource sqs.Queue`."""
    session.run("python", "-m", "wa_iac.maintenance", "new-rule", *session.posargs)


@nox.session
def rule(session: nox.Session) -> None:
    """Everything about one rule, generated files first: `nox -s rule -- sqs-visibility-timeout`."""
    generated(session)
    slug, *rest = session.posargs or session.error("which rule? nox -s rule -- SLUG")
    lint(session)
    session.run("mypy", "wa_iac")
    pages = ("tests/test_pages.py", "tests/test_pages_in_part.py", "tests/test_growth.py", "tests/test_fixes.py")
    session.run("pytest", "-n", "2", *pages, "-k", slug, *rest)
    # These know nothing of slugs: the bindings of services, the indexes, the generated pages.
    session.run(
        "pytest", "-n", "2", "tests/test_bindings.py", "tests/test_index.py", "tests/test_docs.py", "tests/test_package_map.py"
    )


@nox.session
def generated(session: nox.Session) -> None:
    """Write what is generated: indexes, rule pages, the settings' schema, the map of packages."""
    session.run("python", "-m", "wa_iac.maintenance", "index")
    session.run("python", "-m", "wa_iac.maintenance", "docs")


@nox.session
def ci(session: nox.Session) -> None:
    """What must hold before a change lands."""
    session.run(".ci/run", external=True)
