"""What an answer costs is exact, or said to be unknown."""

from decimal import Decimal

import pytest

from jupyter_wove.ai.models import Deployment, Price
from jupyter_wove.ai.prices import cost
from jupyter_wove.ai.providers import Usage

USAGE = Usage(input=1_000, read=400, written=100, output=300)


def deployment(**given):
    return Deployment(**({"name": "one", "provider": "openai", "model": "mine"} | given))


def test_a_price_of_ones_own_counts_what_was_cached_by_itself():
    price = Price(
        input=Decimal("0.3"), output=Decimal("1.2"), read=Decimal("0.03"), written=Decimal("0.375")
    )
    found = cost(deployment(price=price), USAGE)
    assert found == Decimal("0.0005595")  # 500 · 0.3 + 400 · 0.03 + 100 · 0.375 + 300 · 1.2


def test_what_was_cached_costs_as_much_where_no_other_price_is_said():
    price = Price(input=Decimal(1), output=Decimal(2))
    assert cost(deployment(price=price), USAGE) == Decimal("0.0016")


@pytest.mark.parametrize(
    ("provider", "model"),
    [("openai", "gpt-4o"), ("anthropic", "claude-sonnet-4-5"), ("google", "gemini-2.5-flash")],
)
def test_models_of_the_large_providers_have_a_known_price(provider, model):
    known = deployment(provider=provider, model=model)
    once, twice = (cost(known, Usage(input=n * 1_000, output=n * 10)) for n in (1, 2))
    assert Decimal(0) < once < Decimal("0.1")
    assert twice == 2 * once


def test_a_name_at_another_address_is_another_model():
    elsewhere = deployment(model="gpt-4o", base_url="http://127.0.0.1:8000/v1")
    assert cost(elsewhere, USAGE) is None


def test_a_local_model_is_free_and_one_that_nobody_knows_is_not():
    assert cost(deployment(is_local=True), USAGE) == 0
    assert cost(deployment(model="never-heard-of"), USAGE) is None
