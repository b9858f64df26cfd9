"""What a file says of itself, so that whoever opens it a year later knows what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content.catalogue import day, t
from state.exports.naming import held_at

if TYPE_CHECKING:
    from state.domain.cafe import Cafe


def about(cafe: Cafe, *, names: bool) -> list[tuple[str, str]]:
    """Facts and rules of reading, each under its name."""
    facts = [
        (t("export.cafe"), cafe.title),
        (t("export.day"), day(held_at(cafe))),
        (t("export.formula"), cafe.plan.formula_name),
        (t("export.people"), str(len(cafe.present))),
        (t("export.names"), t("export.names_in" if names else "export.names_out")),
        (t("csv.right"), t("export.about_right")),
        (t("csv.counted"), t("export.about_counted")),
        (t("csv.people"), t("export.about_people")),
        (t("csv.at"), t("export.about_at")),
    ]
    if cafe.plan.rehearsal:
        facts.insert(0, (t("export.warning"), t("export.rehearsal")))
    return facts
