"""What an answer costs: exact, or unknown; never guessed."""

from decimal import Decimal

from jupyter_wove.ai.models import Deployment, Price
from jupyter_wove.ai.providers import Usage

MILLION = Decimal(1_000_000)


def cost(deployment: Deployment, usage: Usage) -> Decimal | None:
    """Tell what it costs in US dollars; None where nobody knows the price.

    The price of the configuration goes first; a local model costs nothing; all others cost what
    `genai-prices` knows, which comes with that package and is never fetched.
    """
    if deployment.price is not None:
        return _by(deployment.price, usage)
    if deployment.is_local:
        return Decimal(0)
    return _known(deployment, usage)


def _by(price: Price, usage: Usage) -> Decimal:
    fresh = usage.input - usage.read - usage.written
    read = price.input if price.read is None else price.read
    written = price.input if price.written is None else price.written
    parts = [
        fresh * price.input,
        usage.read * read,
        usage.written * written,
        usage.output * price.output,
    ]
    return sum(parts, Decimal(0)) / MILLION


def _known(deployment: Deployment, usage: Usage) -> Decimal | None:
    import genai_prices  # noqa: PLC0415 — 40 MB, with the first answer that costs anything

    counted = genai_prices.Usage(
        input_tokens=usage.input,
        cache_read_tokens=usage.read,
        cache_write_tokens=usage.written,
        output_tokens=usage.output,
    )
    try:
        if deployment.base_url:
            found = genai_prices.calc_price(
                counted, deployment.model, provider_api_url=deployment.base_url
            )
        else:
            found = genai_prices.calc_price(
                counted, deployment.model, provider_id=deployment.provider
            )
    except LookupError:
        return None
    return found.total_price
