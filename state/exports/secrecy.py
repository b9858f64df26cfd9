"""What may be published of counts of people: no group under five, nor what gives one back by subtraction.

Small counts are hidden (primary suppression), then others beside them (secondary), until every hidden count could as
well be another for whoever knows all that is published: totals, margins, and tables that share a margin. Why that is
enough is told in docs/decisions/0018. Nobody at all counts as few: an exact zero would give its neighbours away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

FEWEST = 5
# At least two counts are hidden together: one alone is the total less the others.
_FEWEST_HIDDEN = 2

Hidden = frozenset[str]


def merged_groups(people: Mapping[str, int]) -> dict[str, str] | None:
    """For each group that has people, the name of the group it is published in; None where none can be.

    Small groups go together, with the smallest of the others if need be: the same for all questions of a café, for
    two ways of merging would be a subtraction apart. A merged group's name lists its members, `+` between them.

    >>> merged_groups({"novice": 9, "averti": 8, "expert": 2, "": 3})
    {'novice': 'novice', 'averti': 'averti', '': '+expert', 'expert': '+expert'}
    """
    there = sorted((count, group) for group, count in people.items() if count)
    together = [one for one in there if one[0] < FEWEST]
    apart = there[len(together) :]
    while together and apart and (len(together) < _FEWEST_HIDDEN or sum(count for count, _ in together) < FEWEST):
        together.append(apart.pop(0))
    if not apart or len(apart) + bool(together) < _FEWEST_HIDDEN:
        return None
    members = sorted(group for _, group in together)
    names = {group: group for _, group in reversed(apart)}
    return names | dict.fromkeys(members, "+".join(members))


def hidden_answers(
    counts: Mapping[str, Mapping[str, int]], answers: Collection[str], *, already: Hidden = frozenset()
) -> Hidden:
    """Which answers, of which people gave one each, are hidden in every group.

    Args:
        counts: how many people, by group then answer; one group for a whole room.
        answers: every answer there was to give.
        already: those hidden for the whole room: shown by groups, they would add up again.
    """
    few = {answer for answer in answers if any(group.get(answer, 0) < FEWEST for group in counts.values())}
    hidden = few | already
    shown = sorted(
        set(answers) - hidden, key=lambda answer: (sum(one.get(answer, 0) for one in counts.values()), answer)
    )
    while hidden and shown and not _mingled(counts, hidden):
        hidden.add(shown.pop(0))
    return frozenset(hidden)


def hidden_choices(counts: Mapping[str, Mapping[str, int]], sizes: Mapping[str, int], answers: Iterable[str]) -> Hidden:
    """Which answers, of which people gave several, are hidden: each parts a group in two, and both count."""
    return frozenset(
        answer
        for answer in answers
        if any(
            group.get(answer, 0) < FEWEST or sizes[name] - group.get(answer, 0) < FEWEST
            for name, group in counts.items()
        )
    )


def _mingled(counts: Mapping[str, Mapping[str, int]], hidden: set[str]) -> bool:
    """Whether what is hidden, whose sum is known by subtraction, could be shared out otherwise in every group."""
    return len(hidden) >= _FEWEST_HIDDEN and all(
        sum(group.get(answer, 0) for answer in hidden) >= FEWEST for group in counts.values()
    )
