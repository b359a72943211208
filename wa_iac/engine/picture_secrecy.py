"""Sensitive texts are kept out of pictures. Apart from `secrecy`, since only pictures need their classes."""

from __future__ import annotations

from dataclasses import replace

from wa_iac.core.secrets import Hidden, seen
from wa_iac.picture.model import Part, Picture


def picture_without_secrets(picture: Picture) -> Picture:
    """A picture without sensitive text in addresses, labels and sentences."""
    hidden = Hidden(seen())
    if not hidden:
        return picture
    clean, address, sentence = hidden.out_of, hidden.out_of_address, hidden.out_of_sentence

    def parts(found: tuple[Part, ...]) -> tuple[Part, ...]:
        return tuple(each._replace(address=address(each.address)) for each in found)

    return replace(
        picture,
        groups=tuple(
            each._replace(
                id=clean(each.id),
                parent=clean(each.parent),
                label=clean(each.label),
                note=clean(each.note),
                address=address(each.address),
                parts=parts(each.parts),
            )
            for each in picture.groups
        ),
        badges={clean(key): each for key, each in picture.badges.items()},
        failing=frozenset(map(clean, picture.failing)),
        nodes=tuple(
            replace(
                each,
                address=address(each.address),
                label=clean(each.label),
                group=clean(each.group),
                also_in=tuple(map(clean, each.also_in)),
                parts=parts(each.parts),
                doubt=sentence(each.doubt),
                mark=None if each.mark is None else each.mark._replace(said=sentence(each.mark.said)),
            )
            for each in picture.nodes
        ),
        edges=tuple(
            each._replace(source=address(each.source), target=address(each.target), via=address(each.via))
            for each in picture.edges
        ),
        notes=tuple(map(sentence, picture.notes)),
        story=sentence(picture.story),
    )
