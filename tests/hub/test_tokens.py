"""Behind a JupyterHub, its tokens open what they are for, and nobody else's server."""

import pytest

QUESTION = {"model": "scripted", "messages": [{"role": "user", "content": "How high?"}]}


def test_a_token_of_the_hub_asks_models_in_its_persons_name(hub):
    token = hub.token_of("ann", "access:servers!user=ann")
    status, told = hub.ask("GET", "/user/ann/wove/ai/v1/models", token=token)
    assert (status, [each["id"] for each in told["data"]]) == (200, ["scripted"])
    status, said = hub.ask("POST", "/user/ann/wove/ai/v1/chat/completions", QUESTION, token)
    assert (status, said["choices"][0]["message"]["content"]) == (200, "2.4 m.")
    status, me = hub.ask("GET", "/user/ann/wove/api/me", token=token)
    assert (status, me["handle"]) == (200, "ann")


@pytest.mark.parametrize("path", ["wove/ai/v1/models", "wove/api/me", "wove/mcp"])
def test_who_has_no_token_or_one_for_something_else_gets_nothing(hub, path):
    others = hub.token_of("bob", "access:servers!user=bob")
    narrow = hub.token_of("ann", "read:users!user=ann")
    method = "DELETE" if path == "wove/mcp" else "GET"
    for token in ("", "f" * 32, others, narrow):
        assert hub.ask(method, f"/user/ann/{path}", token=token)[0] in {401, 403}, (path, token)


def test_what_two_people_of_a_hub_have_is_apart(hub):
    of_ann = hub.token_of("ann", "access:servers!user=ann")
    of_bob = hub.token_of("bob", "access:servers!user=bob")
    status, made = hub.ask("POST", "/user/ann/wove/api/projects", {"title": "Tides"}, of_ann)
    assert status == 201
    status, _ = hub.ask("GET", f"/user/bob/wove/api/projects/{made['id']}", token=of_bob)
    assert status == 404


def test_at_a_server_that_people_share_each_is_who_they_are(hub):
    scope = "access:servers!user=team"
    of_ann, of_bob = (hub.token_of(name, scope) for name in ("ann", "bob"))
    for name, token in {"ann": of_ann, "bob": of_bob}.items():
        assert hub.ask("GET", "/user/team/wove/api/me", token=token)[1]["handle"] == name
    path, members = "/user/team/wove/api/projects", {"role": "viewer"}
    made = hub.ask("POST", path, {"title": "Tides"}, of_ann)[1]
    at = f"{path}/{made['id']}"
    assert hub.ask("GET", at, token=of_bob)[0] == 404
    assert hub.ask("PUT", f"{at}/members/bob", members, of_ann)[0] == 200
    status, seen = hub.ask("GET", at, token=of_bob)
    assert (status, seen["title"]) == (200, "Tides")
