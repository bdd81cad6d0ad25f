import msgspec
from sqlalchemy import text


async def test_a_running_server_is_live_for_everybody(ask_as_nobody):
    response = await ask_as_nobody("GET", "wove/livez")
    assert (response.code, msgspec.json.decode(response.body)) == (200, {"status": "live"})


async def test_a_running_server_is_ready_for_everybody(ask_as_nobody):
    response = await ask_as_nobody("GET", "wove/readyz")
    assert (response.code, msgspec.json.decode(response.body)) == (200, {"status": "ready"})


async def test_a_server_without_its_schema_is_not_ready_and_does_not_say_why(
    ask_as_nobody, jp_serverapp, wove_log
):
    serving = jp_serverapp.web_app.settings["wove_serving"]
    with serving.wove.database.write() as session:
        session.execute(text("DROP TABLE alembic_version"))
    response = await ask_as_nobody("GET", "wove/readyz")
    assert response.code == 503
    assert b"alembic" not in response.body
    assert "alembic_version" in wove_log.getvalue()


async def test_an_answer_about_readiness_is_good_for_a_moment(ask_as_nobody, jp_serverapp):
    await ask_as_nobody("GET", "wove/readyz")
    serving = jp_serverapp.web_app.settings["wove_serving"]
    with serving.wove.database.write() as session:
        session.execute(text("DROP TABLE alembic_version"))
    assert (await ask_as_nobody("GET", "wove/readyz")).code == 200


async def test_the_metrics_name_routes_and_never_addresses(ask):
    await ask("GET", "wove/api/probe/at/a/private/path")
    page = (await ask("GET", "metrics")).body.decode()
    labels = 'code="200",method="GET",route="/wove/api/probe/at/{path}"'
    assert f"wove_http_request_seconds_count{{{labels}}}" in page
    assert "private" not in page


async def test_the_metrics_tell_how_the_outbox_and_jobs_fare(ask, ask_as_nobody):
    await ask_as_nobody("GET", "wove/readyz")
    page = (await ask("GET", "metrics")).body.decode()
    assert "wove_outbox_backlog " in page
    assert "wove_outbox_lag_seconds " in page
    assert 'wove_consumer_backlog{consumer="search"} ' in page
    assert 'wove_consumer_lag_seconds{consumer="search"} ' in page
