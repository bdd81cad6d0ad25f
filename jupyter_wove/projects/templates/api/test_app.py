"""Tests of the API and of the computation behind it."""

import pytest
from app import app
from fastapi.testclient import TestClient

from forecast import forecast, smooth

client = TestClient(app)


def test_it_is_there() -> None:
    assert client.get("/health").json() == {"status": "ok"}


def test_a_forecast_has_as_many_values_as_steps() -> None:
    answer = client.post("/forecast", json={"values": [1, 2, 3], "steps": 2})
    assert answer.json() == {"values": [2.25, 2.25]}


def test_nothing_measured_is_refused() -> None:
    assert client.post("/forecast", json={"values": []}).status_code == 422


def test_full_weight_follows_the_values() -> None:
    assert smooth([1, 5, 2], weight=1) == [1, 5, 2]


def test_no_values_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="at least one"):
        forecast([], steps=1)
