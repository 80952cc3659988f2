"""The strangers of the networks that are installed."""

import pytest

from engine.catalogue import Card, Catalogue
from engine.errors import ModelError
from engine.gallery import Cohort, installed_cohort


def test_a_network_that_is_gone_or_damaged_has_no_strangers(monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = Catalogue.read()
    found = installed_cohort(catalogue, "mobilenet")
    assert found is not None
    assert found.network.name == "mobilenet"
    assert installed_cohort(catalogue, "gone") is None

    def damaged(card: Card) -> Cohort:
        raise ModelError(f"The strangers of {card.title} cannot be read.", "Install the network again.")

    monkeypatch.setattr("engine.gallery.read_cohort", damaged)
    assert installed_cohort(catalogue, "mobilenet") is None
