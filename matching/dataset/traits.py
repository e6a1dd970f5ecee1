"""What makes one role like another: the activities it is about, and the organisation that asks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matching.dataset.rows import columns, positions
from matching.dataset.vocabulary import Ids, Ticks

MAIN, BESIDES = 1.0, 0.6
# Who liked helping in a flower bed liked the flowers first, and then the people there.
OF_ACTIVITIES, OF_HOST = 0.7, 0.3

_HOSTS = "SELECT id::int8, organisation_id::int8 FROM organisations_role WHERE id = ANY(%s)"
_ACTIVITIES = """
    SELECT role_id::int8, activity_id::int8, position::int8 FROM organisations_roleactivity WHERE role_id = ANY(%s)
"""


@dataclass(frozen=True, slots=True)
class Traits:
    """The columns: the activities by their numbers, then the organisations whose roles are open, by id."""

    activities: Ids
    hosts: Ids

    def marks(self, role_ids: Ids) -> sparse.csr_array:
        """Return, sparse (roles, traits), 1 for the main activity and the organisation, .6 for other activities.

        Any roles, also such as are over; an organisation that asks for nothing now has no column.
        """
        return sparse.csr_array(sparse.hstack(self._marks(role_ids)))

    def shares(self, role_ids: Ids) -> sparse.csr_array:
        """Return the same as shares of a role: .7 for all its activities together, .3 for the organisation."""
        activities, hosts = self._marks(role_ids)
        total = np.maximum(np.asarray(activities.sum(axis=1)).ravel(), MAIN)
        of_each = sparse.diags_array(OF_ACTIVITIES / total) @ activities
        return sparse.csr_array(sparse.hstack([of_each, OF_HOST * hosts]))

    def _marks(self, role_ids: Ids) -> tuple[sparse.csr_array, sparse.csr_array]:
        asked = (role_ids.tolist(),)
        about = columns(_ACTIVITIES, asked, ints=("role", "term", "position"))
        activities = Ticks(positions(role_ids, about["role"]), about["term"], len(role_ids))
        host = columns(_HOSTS, asked, ints=("role", "term"))
        known = positions(self.hosts, host["term"]) >= 0
        hosts = Ticks(positions(role_ids, host["role"][known]), host["term"][known], len(role_ids))
        weights = np.where(about["position"] == 0, MAIN, BESIDES)
        return activities.matrix(self.activities, weights), hosts.matrix(self.hosts)
