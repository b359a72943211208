"""`python -m wa_iac.maintenance`: commands for work on wa-iac."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wa_iac.core.rule import PILLARS

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None, help="Tools for working on wa-iac.")


@app.command()
def index() -> None:
    """Write the generated indices of services and rules."""
    from .index import write

    write()


@app.command()
def docs() -> None:
    """Write docs/rules from the rules' pages, the schema of the settings, the map of packages, the table of severities, the
    names of services for drills, the outcome of reading findings, the framework's practices and the packs."""
    from . import accuracy, bounds_table, drill_services, package_map, severity_table
    from .packs_page import PACKS, packs_page
    from .practices_page import PRACTICES, practices_page
    from .rule_pages import SCHEMA, settings_schema, write

    write(Path("docs/rules"))
    package_map.PLACE.write(package_map.package_map())
    severity_table.PLACE.write(severity_table.severity_table())
    drill_services.PLACE.write(drill_services.drill_services())
    accuracy.PLACE.write(accuracy.published())
    bounds_table.PLACE.write(bounds_table.bounds_table())
    SCHEMA.write_text(settings_schema(), encoding="utf-8")
    PRACTICES.write_text(practices_page(), encoding="utf-8")
    PACKS.write_text(packs_page(), encoding="utf-8")


@app.command()
def schemas(terraform: Annotated[Path, typer.Argument(help="The arguments of the whole provider, as JSON.")]) -> None:
    """Take the Terraform types that services read from a provider schema into fixtures/schemas."""
    from .schemas import write

    write(terraform, Path("fixtures/schemas/terraform_aws.json"))


@app.command("create-only")
def create_only() -> None:
    """Write the properties that AWS cannot change without a new resource into wa_iac/review, from cfn-lint's schemas."""
    from .create_only import write

    write()


@app.command()
def fidelity(paths: Annotated[list[Path], typer.Argument(help="Directories of real code to measure.")]) -> None:
    """Print how many of the values that rules read are known, and why the others are not."""
    from .fidelity import measure, share, table

    tally = measure(paths)
    typer.echo(f"{table(tally)}\nKnown, absent, or unknown to Terraform too: {share(tally):.1%}")


@app.command()
def sample(
    repositories: Annotated[list[Path], typer.Argument(help="Directories of repositories.")],
    number: Annotated[int, typer.Option(help="How many findings to draw.")] = 150,
    seed: Annotated[int, typer.Option(help="The same seed draws the same findings.")] = 1,
) -> None:
    """Draw findings at random, for a person to read, and print them as the table docs/accuracy.csv to fill in."""
    from .accuracy import draw, sheet

    typer.echo(sheet(draw(repositories, number, seed)), nl=False)


@app.command()
def ageing(days: Annotated[int, typer.Option(help="List what was last checked more than so many days ago.")] = 365) -> None:
    """List the facts about AWS that are due to be checked, with their sources. Exit code 1 if there are any."""
    from wa_iac.knowledge.dated import subjects
    from wa_iac.knowledge.lambda_runtimes import today

    from .ageing import line, older

    due = [line(each, today()) for each in older(subjects(), today(), days)]
    typer.echo("\n".join(due) or f"No facts are older than {days} days.")
    if due:
        raise typer.Exit(1)


@app.command("new-rule")
def new_rule(
    slug: Annotated[str, typer.Argument(help="service-topic, such as s3-versioning.")],
    pillar: Annotated[str, typer.Option(help=", ".join(PILLARS))],
    resource: Annotated[str, typer.Option(help="The class it looks at, such as s3.Bucket.")],
) -> None:
    """Start a rule: one file with a page and gaps to fill in."""
    from .scaffold import write

    path = write(slug, pillar, resource)
    typer.echo(f"{path}\nFill it in, then: python -m wa_iac.maintenance index && pytest tests/test_pages.py -k {slug}")


if __name__ == "__main__":
    app()
