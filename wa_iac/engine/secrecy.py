"""Keeps sensitive values out of findings, errors and graphs, for all reports at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from wa_iac.core.declared import Declared
from wa_iac.core.errors import WaIacError
from wa_iac.core.finding import Finding, Judgement
from wa_iac.core.rule import Flag, Rule
from wa_iac.core.secrets import WORD, Hidden, seen, texts


class Secrecy:
    """Keeps one run's secrets. If there are none, as usual, nothing is searched."""

    def __init__(self) -> None:
        self._secrets = seen()
        self._hidden = Hidden(self._secrets)
        self._texts: dict[int, tuple[frozenset[str], frozenset[str]]] = {}

    def message(self, text: str, flag: Flag, rule: Rule, declared: Declared | None) -> str:
        """A rule's finding without sensitive text.

        A message about a sensitive value may contain a part of it, which no search finds. If it contains a word of the value,
        the rule's title replaces it. A text that the resource also has in the open is not hidden in messages about its other
        values.
        """
        if not self._secrets:
            return text
        own, open_ = self._of(declared)
        hidden = Hidden(self._secrets | own) if own - self._secrets else self._hidden
        if flag.origin.sensitive:
            told = {word.lower() for word in WORD.findall(text)}
            if any(word.lower() in told for value in own or self._secrets for word in WORD.findall(value)):
                return f"{rule.title.rstrip('.')}. The value is sensitive and is not shown."
        if not hidden.holds(text):
            return text
        words = {*WORD.findall(rule.page)}
        # Longer secrets are looked for inside of words too: "password" in "passwords".
        return hidden.out_of(text, spared=open_ | (words - own), ours=words)

    def _of(self, declared: Declared | None) -> tuple[frozenset[str], frozenset[str]]:
        """The sensitive texts of a resource, and those that it has in the open."""
        if declared is None:
            return frozenset(), frozenset()
        found = self._texts.get(id(declared))
        if found is None:
            trees = [declared.body, *declared.attributes.values()]
            own = frozenset(each for tree in trees for each in texts(tree))
            open_ = frozenset(each for tree in trees for each in texts(tree, secret=False))
            found = self._texts[id(declared)] = (own, open_)
        return found

    def finding(self, finding: Finding) -> Finding:
        """The finding without sensitive text in its address and steps."""
        if not self._hidden:
            return finding
        hide = self._hidden.out_of_sentence
        related, chain = (
            tuple(each._replace(note=hide(each.note)) for each in steps) for steps in (finding.related, finding.chain)
        )
        cause = finding.waits_for
        return replace(
            finding,
            waits_for=None if cause is None else cause._replace(name=hide(cause.name), why=hide(cause.why)),
            address=self._hidden.out_of_address(finding.address),
            when=hide(finding.when),
            # The messages of our own rules are already cleaned, where their values are known.
            message=hide(finding.message) if finding.rule.slug.startswith("cfn-lint-") else finding.message,
            related=related,
            chain=chain,
        )

    def findings(self, findings: Sequence[Finding]) -> list[Finding]:
        return [self.finding(each) for each in findings] if self._hidden else list(findings)

    def judgements(self, judgements: Sequence[Judgement]) -> list[Judgement]:
        """Judgements without sensitive text in their addresses."""
        hide = self._hidden.out_of_address
        return [each._replace(address=hide(each.address)) for each in judgements] if self._hidden else list(judgements)


def errors_without_secrets(errors: Iterable[WaIacError]) -> None:
    """Remove sensitive text from the messages of errors."""
    hidden = Hidden(seen())
    if hidden:
        for each in errors:
            each.message = hidden.out_of_sentence(each.message)
