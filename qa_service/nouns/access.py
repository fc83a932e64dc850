"""Who may read a document: the groups that it names, and those that a person is in."""

from __future__ import annotations

from collections.abc import Mapping

ACCESS = "access"
"""The member of a document's metadata that names its groups."""
WITHHELD = "withheld"
"""The member of one whose file is given to nobody who is asked for groups: parts of it are for
fewer people than the document is."""
BETWEEN_GROUPS = ";"

Groups = frozenset[str]
"""Those that a person or a program is in; none for everybody."""
EVERYBODY: Groups = frozenset()


def groups_of(text: str, separator: str = BETWEEN_GROUPS) -> Groups:
    """The groups of a text: "staff; board" names two."""
    return frozenset(filter(None, (part.strip() for part in text.split(separator))))


def named_groups(metadata: Mapping[str, str]) -> Groups:
    """The groups that a document names."""
    return groups_of(metadata.get(ACCESS, ""))


def may_read(metadata: Mapping[str, str], groups: Groups | None) -> bool:
    """Whether somebody in these groups may read a document: one of its groups is theirs, or it
    states no access at all.

    `groups` is None where nobody is asked who they are. A document that states access and names
    no group is nobody's.
    """
    if groups is None or not metadata.get(ACCESS):
        return True
    return not named_groups(metadata).isdisjoint(groups)
