"""The commands that list rules, best practices and packs, and that test a team's own rules."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .options import ListedBy, NoSettings, OwnRules, PlainFormat, packs_named, slugs
from .terminal import coloured, interactive, put, tell, width


def rule(
    slug: Annotated[
        str,
        typer.Argument(
            help="The rule's name, such as s3-versioning, or another analyzer's name for it, such as CKV_AWS_21; or the beginning of one.",
            autocompletion=slugs,
        ),
    ],
    own: OwnRules = None,
    no_settings: NoSettings = False,
) -> None:
    """Print a rule's page: what it finds, why it matters, examples, and how to fix it."""
    from wa_iac.engine.custom_rules import catalogue
    from wa_iac.engine.names import check_found, longer
    from wa_iac.report import not_judged
    from wa_iac.report import rules as report

    if slug == not_judged.SLUG:
        put(not_judged.PAGE)
        return
    every = catalogue(own or (), user=not no_settings)
    names = check_found(slug, every)
    if len({each.slug for each in names}) > 1:
        put(report.as_names(names, {each.slug: every.load(each.slug).title for each in names if not each.tool}))
        return
    if note := every.note(slug):
        tell(f"wa-iac: {note}")
    found = every.load(names[0].slug)
    if interactive():
        from wa_iac.report import terminal_view

        put(terminal_view.page(found, colour=coloured(), width=width()))
    else:
        put(report.page(found))
    if others := longer(slug, every):
        tell(f"wa-iac: other names begin with {slug!r}: {', '.join(sorted(set(others)))}")


def rules(
    format_: Annotated[PlainFormat, typer.Option("--format", help="The format of the list.")] = PlainFormat.TEXT,
    by: Annotated[
        ListedBy,
        typer.Option(help="List rules by pillar, or all best practices of the framework with the rules that serve them."),
    ] = ListedBy.PILLAR,
    own: OwnRules = None,
    no_settings: NoSettings = False,
) -> None:
    """List all rules."""
    from wa_iac.engine.custom_rules import catalogue
    from wa_iac.report import practice_list
    from wa_iac.report import rules as report

    listed = catalogue(own or (), user=not no_settings).all()
    if by is ListedBy.PRACTICE:
        practices = practice_list.served(practice_list.of_rules(listed))
        titles = {each.slug: each.title for each in listed}
        put(practice_list.as_json(practices) if format_ is PlainFormat.JSON else practice_list.as_text(practices, titles))
        return
    put(report.as_json(listed) if format_ is PlainFormat.JSON else report.as_text(listed))


def packs(
    name: Annotated[
        str | None, typer.Argument(help="A pack, to see the rules for its controls.", autocompletion=packs_named)
    ] = None,
    format_: Annotated[PlainFormat, typer.Option("--format", help="The format of the list.")] = PlainFormat.TEXT,
    own: OwnRules = None,
    no_settings: NoSettings = False,
) -> None:
    """List the packs: standards, the rules for their controls, and the controls that no rule judges."""
    from wa_iac.engine import packs
    from wa_iac.engine.custom_rules import catalogue
    from wa_iac.report import packs as report

    every = catalogue(own or (), user=not no_settings)
    listed = [packs.load(each).listed(every) for each in (packs.names() if name is None else [name])]
    if format_ is PlainFormat.JSON:
        put(report.as_json(listed))
    else:
        put(report.as_list(listed) if name is None else report.as_text(listed[0]))


dev = typer.Typer(no_args_is_help=True, help="Commands for rule authors.")


@dev.command("test-rules")
def test_rules(
    directories: Annotated[list[Path], typer.Argument(metavar="DIR...", help="Directories of your own rules.")],
) -> None:
    """Test your own rules on the examples of their pages: exactly the marked lines must be reported."""
    from wa_iac.engine.custom_rules import catalogue
    from wa_iac.engine.custom_rules.pages import wrong
    from wa_iac.report.listing import count

    found = catalogue(directories, user=False)
    failed = 0
    for each in found.own.values():
        said = wrong(each, found)
        failed += bool(said)
        for line in said:
            typer.echo(f"{each.slug}: {line}")
    typer.echo(f"wa-iac: {count(len(found.own), 'rule')}, {failed or 'none'} of them failed", err=True)
    raise typer.Exit(int(failed > 0))
