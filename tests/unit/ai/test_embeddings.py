"""Texts become vectors, by whoever can make them; never by a model whose vectors differ."""

import asyncio
import base64
import struct
from decimal import Decimal

import msgspec
import pytest

from jupyter_wove.ai.ledger import PICOS, BudgetSpent
from jupyter_wove.ai.models import Budget, Catalogue, Deployment, Price, Route, catalogue
from jupyter_wove.ai.providers import Failure
from jupyter_wove.ai.providers.vectors import read_vectors
from jupyter_wove.ai.routing import NoAnswer
from jupyter_wove.ai.scripted import Fault
from jupyter_wove.ai.service import Models
from jupyter_wove.ai.wire import read_embedding, written
from jupyter_wove.kit.errors import BadRequest, InvalidRequest, Unavailable
from tests.unit.ai.conftest import patience

TEXTS = ["the tides of the sea", "the tide tables", "the tides of the sea"]
PRICE = Price(input=Decimal("0.02"), output=Decimal(0))
MENDABLE = sorted(set(Fault) - {Fault.BAD_REQUEST})


@pytest.fixture
def office(models, open_models):
    """Models that embed along one route, each by the name that says how it fails."""

    def configured(*names, budgets=(), **changes) -> Models:
        at = {"provider": "openai", "base_url": f"{models.url}/v1", "price": PRICE}
        at |= {"features": frozenset({"embeddings"})} | changes
        found = {
            f"m{n}": Deployment(name=f"m{n}", model=name, **(patience(name) | at))
            for n, name in enumerate(names)
        }
        route = Route(name="all", deployments=[*found])
        return open_models(Catalogue(found, {"all": route}, list(budgets)))

    return configured


def embed(models, person, texts=TEXTS, model="all", **how):
    async def asking():
        try:
            return await models.embed(person.id, texts, model, **how)
        finally:
            await models.close()

    return asyncio.run(asking())


def test_each_text_has_a_vector_and_equal_ones_have_equal_ones(office, ann):
    found = embed(office("embed"), ann)
    assert len(found.vectors) == 3
    assert found.vectors[0] == found.vectors[2] != found.vectors[1]
    assert found.model == "embed"


def test_it_has_as_many_dimensions_as_one_wants(office, ann):
    assert len(embed(office("embed"), ann, dimensions=7).vectors[0]) == 7


@pytest.mark.parametrize("fault", MENDABLE)
def test_whatever_fails_the_next_one_embeds(office, ann, desk, fault):
    found = embed(office(f"embed@{fault}:1", "embed"), ann)
    assert len(found.vectors) == 3
    assert [each.outcome for each in desk.attempts] == ["failed", "answered"]


def test_what_is_refused_is_asked_once(office, ann, desk):
    with pytest.raises(Failure, match="scripted to fail"):
        embed(office("embed@400", "embed"), ann)
    assert len(desk.attempts) == 1


def test_the_ledger_has_its_exact_price(office, ann, desk):
    embed(office("embed"), ann)
    (row,) = desk.attempts
    assert (row.input, row.output, row.is_estimated, row.outcome) == (13, 0, False, "answered")
    assert row.cost / PICOS == 13 * Decimal("0.02") / 1_000_000


def test_a_budget_counts_the_texts_and_no_answer(office, ann, models):
    rich = office("embed", budgets=[Budget(dollars=Decimal("0.0000005"), every="day")])
    embed(rich, ann)
    with pytest.raises(BudgetSpent):
        embed(rich, ann, ["word " * 30])
    assert len(models.asked) == 1


def test_what_embeds_answers_nothing_and_what_answers_does_not_embed(desk, office, ann):
    with pytest.raises(NoAnswer, match="answers none"):
        desk.ask(desk.deployment("embed", features=frozenset({"embeddings"})))
    with pytest.raises(NoAnswer, match="no embeddings"):
        embed(office("scripted", features=frozenset({"tools"})), ann)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ([{"provider": "anthropic"}, {}], "cannot embed"),
        ([{"model": "small"}, {"model": "large"}], "cannot be compared"),
    ],
)
def test_what_cannot_be_is_refused_where_it_is_configured(changes, sentence):
    given = {"provider": "openai", "model": "small", "features": ["embeddings"]}
    found = [{"name": f"m{n}", **given, **each} for n, each in enumerate(changes)]
    with pytest.raises(Unavailable, match=sentence):
        catalogue(found, [{"name": "all", "deployments": ["m0", "m1"]}], [])


@pytest.mark.parametrize(
    "given",
    [[], "", [""], [3, 4], [[3, 4]], [True], None, 7, ["a", None], ["a"] * 2_049],
)
def test_what_is_no_text_is_refused(given):
    with pytest.raises(InvalidRequest):
        read_embedding(msgspec.json.encode({"model": "all", "input": given}))


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff", b'{"model": "a"}'])
def test_what_is_no_request_is_refused(content):
    with pytest.raises((BadRequest, InvalidRequest)):
        read_embedding(content)


def test_the_model_gets_what_was_asked_and_nothing_of_ours():
    fields = {"input": "one", "dimensions": 3, "encoding_format": "base64", "user": "ann"}
    found = read_embedding(msgspec.json.encode({"model": "all", "wove": {}, **fields}))
    assert found.body == {"input": ["one"], "dimensions": 3}
    assert (found.in_base64, found.need.output) == (True, 0)


def test_base64_holds_the_same_numbers(office, ann):
    found = embed(office("embed"), ann)
    told = msgspec.json.decode(written(found, in_base64=True))
    content = base64.b64decode(told["data"][1]["embedding"])
    numbers = struct.unpack(f"<{len(content) // 4}f", content)
    assert numbers == pytest.approx(found.vectors[1])
    assert told["usage"]["prompt_tokens"] == 13


@pytest.mark.parametrize(
    "data",
    [
        [],
        [{"index": 0, "embedding": [1.0]}],
        [{"index": 0, "embedding": [1.0]}, {"index": 0, "embedding": [1.0]}],
        [{"index": 0, "embedding": [1.0]}, {"index": 1, "embedding": [1.0, 2.0]}],
        [{"index": 0, "embedding": []}, {"index": 1, "embedding": []}],
        [{"index": 0, "embedding": [1e300]}, {"index": 1, "embedding": [0.0]}],
    ],
)
def test_what_is_not_one_vector_for_each_text_is_a_failure(data):
    with pytest.raises(Failure):
        read_vectors(msgspec.json.encode({"data": data}), {"input": ["a", "b"]}, "m")


def test_what_does_not_fit_is_not_asked(office, ann, models):
    with pytest.raises(NoAnswer, match="takes 50 tokens"):
        embed(office("embed", window=50), ann, ["word " * 100])
    assert models.asked == []
