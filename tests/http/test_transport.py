import msgspec
import pytest

from tests.http.probe import Probe


def read(response):
    return msgspec.json.decode(response.body)


def is_problem(response, status):
    assert response.code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert read(response)["request_id"] == response.headers["X-Request-ID"]
    return read(response)["detail"]


async def test_an_operation_answers_with_json(ask):
    response = await ask("GET", "wove/api/me")
    assert response.headers["Content-Type"] == "application/json"
    assert read(response)["name"] == "ada"


async def test_a_path_may_have_slashes_and_a_query_has_defaults(ask):
    assert read(await ask("GET", "wove/api/probe/at/a/b c/d.txt"))["value"] == [
        "a/b c/d.txt",
        5,
        None,
    ]


async def test_a_query_is_read_by_its_type(ask):
    response = await ask(
        "GET", "wove/api/probe/at/a", params=[("limit", 3), ("tags", "x"), ("tags", "y")]
    )
    assert read(response)["value"] == ["a", 3, ["x", "y"]]


@pytest.mark.parametrize("query", [{"limit": "many"}, {"limit": "1.5"}])
async def test_a_query_that_does_not_fit_is_refused(ask, query):
    assert "limit" in is_problem(await ask("GET", "wove/api/probe/at/a", params=query), 422)


@pytest.mark.parametrize("path", ["at/a%00b", "at/%ff"])
async def test_a_path_that_is_no_text_is_refused(ask_raw, path):
    assert (await ask_raw("GET", f"wove/api/probe/{path}"))[0] == 400


@pytest.mark.parametrize("query", ["tags=%00", "tags=%ff"])
async def test_a_query_that_is_no_text_is_refused(ask_raw, query):
    assert (await ask_raw("GET", f"wove/api/probe/at/a?{query}"))[0] == 400


async def test_an_id_of_the_wrong_kind_names_nothing(ask):
    is_problem(await ask("GET", "wove/api/probe/number/seven"), 404)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 400),
        (b'{"text": "\xff"}', 400),
        (b'{"text": "a\\u0000b"}', 400),
        (b'{"text": "\\ud800"}', 400),
        (b'{"text": 1}', 422),
        (b'{"text": "a", "owner": "eve"}', 422),
        (b"[]", 422),
        (b'{"text": "' + b"a" * 101 + b'"}', 422),
    ],
)
async def test_a_body_that_does_not_fit_is_refused(ask, body, status):
    headers = {"Content-Type": "application/json"}
    is_problem(await ask("POST", "wove/api/probe/echo", body=body, headers=headers), status)


async def test_the_message_says_where_the_body_does_not_fit(ask):
    response = await ask("POST", "wove/api/probe/echo", body={"text": 1})
    assert "$.text" in is_problem(response, 422)


async def test_json_that_is_nested_too_deeply_is_refused(ask):
    body = b'{"value":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    headers = {"Content-Type": "application/json"}
    is_problem(await ask("POST", "wove/api/probe/tree", body=body, headers=headers), 400)


async def test_text_may_speak_of_the_character_nul(ask):
    response = await ask("POST", "wove/api/probe/echo", body={"text": r"print('\u0000')"})
    assert read(response)["text"] == r"print('\u0000')"


@pytest.mark.parametrize("media", ["text/plain", "application/x-www-form-urlencoded", ""])
async def test_only_json_is_taken_for_json(ask, media):
    headers = {"Content-Type": media}
    response = await ask("POST", "wove/api/probe/echo", body=b'{"text": "a"}', headers=headers)
    assert "application/json" in is_problem(response, 400)


async def test_what_returns_nothing_answers_with_no_content(ask):
    response = await ask("POST", "wove/api/probe/tree", body={"value": []})
    assert (response.code, response.body) == (204, b"")


async def test_a_revision_is_an_etag(ask):
    response = await ask("GET", "wove/api/probe/note")
    assert response.headers["ETag"] == '"7"'


@pytest.mark.parametrize("known", ['"7"', 'W/"7"', '"6", "7"', "*"])
async def test_what_has_not_changed_is_not_sent_again(ask, known):
    response = await ask("GET", "wove/api/probe/note", headers={"If-None-Match": known})
    assert (response.code, response.body) == (304, b"")


@pytest.mark.parametrize(
    ("given", "status"), [('"7"', 200), ('W/"7"', 200), ("*", 200), ('"6"', 412), ("7", 400)]
)
async def test_a_change_says_which_revision_it_means(ask, given, status):
    headers = {"If-Match": given}
    response = await ask("PUT", "wove/api/probe/note", body={"text": "a"}, headers=headers)
    assert response.code == status


async def test_a_change_that_does_not_say_which_revision_it_means_is_refused(ask):
    response = await ask("PUT", "wove/api/probe/note", body={"text": "a"})
    assert "If-Match" in is_problem(response, 428)


async def test_long_work_says_where_to_look(ask, jp_base_url):
    response = await ask("POST", "wove/api/probe/start")
    assert response.code == 202
    assert response.headers["Location"] == f"{jp_base_url}wove/api/probe/started/1"


async def test_a_repeated_request_is_done_once(ask):
    headers = {"Idempotency-Key": "one"}
    first = await ask("POST", "wove/api/probe/start", headers=headers)
    second = await ask("POST", "wove/api/probe/start", headers=headers)
    assert (second.code, second.body) == (202, first.body)
    assert second.headers["Location"] == first.headers["Location"]
    assert Probe.done == 1


async def test_a_key_that_was_used_for_another_request_is_refused(ask):
    headers = {"Idempotency-Key": "one"}
    await ask("POST", "wove/api/probe/echo", body={"text": "a"}, headers=headers)
    response = await ask("POST", "wove/api/probe/echo", body={"text": "b"}, headers=headers)
    is_problem(response, 422)


async def test_a_request_that_failed_can_be_repeated(ask):
    headers = {"Idempotency-Key": "one"}
    await ask("POST", "wove/api/probe/echo", body={"text": 1}, headers=headers)
    response = await ask("POST", "wove/api/probe/echo", body={"text": "b"}, headers=headers)
    assert response.code == 200


async def test_an_answer_with_a_secret_is_kept_nowhere(ask):
    headers = {"Idempotency-Key": "one"}
    first = await ask("POST", "wove/api/probe/secret", headers=headers)
    second = await ask("POST", "wove/api/probe/secret", headers=headers)
    assert first.body != second.body


async def test_head_answers_like_get_without_the_body(ask):
    response = await ask("HEAD", "wove/api/probe/note")
    assert (response.code, response.body) == (200, b"")
    assert response.headers["ETag"] == '"7"'


async def test_options_names_the_methods(ask_as_nobody):
    response = await ask_as_nobody("OPTIONS", "wove/api/probe/note")
    assert response.code == 204
    assert response.headers["Allow"] == "GET, HEAD, PUT, OPTIONS"


async def test_a_wrong_method_is_told_which_are_right(ask):
    response = await ask("DELETE", "wove/api/probe/note")
    is_problem(response, 405)
    assert response.headers["Allow"] == "GET, HEAD, PUT, OPTIONS"


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
async def test_an_unknown_address_is_a_problem(ask, method):
    is_problem(await ask(method, "wove/api/nowhere"), 404)


async def test_a_defect_tells_nothing_of_our_inside(ask, wove_log):
    response = await ask("GET", "wove/api/probe/crash")
    is_problem(response, 500)
    assert b"canary" not in response.body
    assert "RuntimeError" in wove_log.getvalue()
    assert "canary-password" not in wove_log.getvalue()


async def test_a_full_disk_is_said_plainly(ask):
    assert "secret" not in is_problem(await ask("GET", "wove/api/probe/fill"), 507)


async def test_who_must_wait_is_told_how_long(ask):
    response = await ask("GET", "wove/api/probe/wait")
    is_problem(response, 429)
    assert response.headers["Retry-After"] == "7"


async def test_a_request_keeps_the_name_that_its_caller_gave_it(ask, wove_log):
    headers = {"X-Request-ID": "click-0123"}
    response = await ask("POST", "wove/api/probe/start", headers=headers)
    assert response.headers["X-Request-ID"] == read(response)["request_id"] == "click-0123"
    line = next(line for line in wove_log.getvalue().splitlines() if '"request"' in line)
    logged = msgspec.json.decode(line)
    assert logged["request_id"] == "click-0123"
    assert logged["route"] == "/wove/api/probe/start"
    assert logged["status"] == 202


@pytest.mark.parametrize("name", ["short", "x" * 65, 'a"b;c=d--', "näme-name"])
async def test_a_name_that_is_none_is_replaced(ask_raw, name):
    status, headers, _ = await ask_raw("GET", "wove/api/me", headers={"X-Request-ID": name})
    assert status == 200
    assert headers["X-Request-ID"] != name


@pytest.mark.parametrize("whole", [True, False])
async def test_bytes_are_sent_so_that_no_browser_runs_them(ask, whole):
    response = await ask("GET", "wove/api/probe/download", params={"whole": str(whole).lower()})
    assert response.headers["Content-Security-Policy"].startswith("sandbox;")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Disposition"] == (
        "attachment; filename*=UTF-8''%C3%A4%20%22b%22.html"
    )
    assert len(response.body) == (25 if whole else 300_000)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_what_was_read_piece_by_piece_is_closed(ask, method):
    await ask(method, "wove/api/probe/download")
    assert Probe.closed.wait(5)


async def test_a_download_that_breaks_does_not_look_whole(ask_raw):
    status, _, content = await ask_raw("GET", "wove/api/probe/broken")
    assert status == 200
    assert not content.endswith(b"0\r\n\r\n")  # the end of a chunked answer that is whole


async def test_a_download_that_breaks_before_its_first_byte_is_a_problem(ask_raw):
    status, headers, content = await ask_raw("GET", "wove/api/probe/broken?after=0")
    assert (status, headers["Content-Type"]) == (500, "application/problem+json")
    assert b"canary" not in content
