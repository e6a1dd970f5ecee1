"""Volunteer and role, side by side, as flat arrays: what the signals score."""

from __future__ import annotations

from dataclasses import dataclass

from matching.engine.problem import Float, Int


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs that no hard constraint shuts out, by volunteer and then by role (p pairs).

    Parameters
    ----------
    volunteer, role, slot : int32 (p,), row numbers of the problem; the slot is the first one that fits.
    km : float64 (p,), the way from the volunteer's town to the role; NaN for a role done from home.
    """

    volunteer: Int
    role: Int
    slot: Int
    km: Float

    def __len__(self) -> int:
        return len(self.volunteer)

    def between(self, first: int, last: int) -> Pairs:
        """Return the pairs first ≤ row < last."""
        return Pairs(self.volunteer[first:last], self.role[first:last], self.slot[first:last], self.km[first:last])
