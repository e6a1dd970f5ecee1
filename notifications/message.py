"""What is to be said, before anybody decides how it travels."""

from __future__ import annotations

from dataclasses import dataclass

DIGEST = "digest"
STAND_IN = "stand_in"
# Nobody gets these without having agreed to be contacted, and everybody can stop them with one tap.
NEEDS_CONSENT = frozenset({DIGEST, STAND_IN})


@dataclass(frozen=True)
class Action:
    """One answer that can be given with one tap."""

    label: str
    url: str


@dataclass(frozen=True)
class Attachment:
    name: str
    content: bytes
    media_type: str


@dataclass(frozen=True)
class Message:
    """Title, body and labels are already in the language of the person they go to.

    ``is_urgent``: goes out at night too, because the morning may be too late.
    """

    kind: str
    title: str
    body: str
    url: str = ""
    actions: tuple[Action, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    is_urgent: bool = False
