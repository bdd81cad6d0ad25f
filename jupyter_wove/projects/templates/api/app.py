"""The API: reads a request, asks the forecast, writes the answer."""

from fastapi import FastAPI
from pydantic import BaseModel, Field

from forecast import forecast

app = FastAPI(title="Forecast", version="0.1.0")


class Measured(BaseModel):
    """What was measured, and how far to look ahead."""

    values: list[float] = Field(min_length=1, max_length=10_000)
    steps: int = Field(default=1, ge=1, le=100)
    weight: float = Field(default=0.5, gt=0, le=1)


class Forecast(BaseModel):
    """What to expect next."""

    values: list[float]


@app.get("/health")
def health() -> dict[str, str]:
    """Say that the API is there."""
    return {"status": "ok"}


@app.post("/forecast")
def predict(measured: Measured) -> Forecast:
    """Look ahead from what was measured."""
    return Forecast(values=forecast(measured.values, measured.steps, measured.weight))
