from __future__ import annotations

from django.utils.translation import override

from organisations.models import Qualification
from volunteers.services.refusals import NeedsQualification


def test_what_is_missing_is_listed_as_the_language_lists_things() -> None:
    missing = [Qualification(ja="普通自動車免許", en="Driving licence"), Qualification(ja="救命講習", en="First aid")]
    assert "普通自動車免許、救命講習" in str(NeedsQualification(missing))
    with override("en"):
        assert "Driving licence, First aid" in str(NeedsQualification(missing))
