import warnings

import msgspec
import pytest
from jupyter_server.auth.authorizer import Authorizer
from jupyter_server.auth.identity import IdentityProvider, User
from jupyter_server.base.handlers import APIHandler
from jupyter_wove_server.base import (
    PUBLIC,
    WoveAPIHandler,
    WovePageHandler,
    check_routes,
    policy,
)
from jupyter_wove_server.late import PLACES


def read(response):
    return msgspec.json.decode(response.body)


class ByHeader(IdentityProvider):
    """Believes whoever says who they are."""

    async def get_user(self, handler):
        name = handler.request.headers.get("X-Test-User")
        return User(name) if name else None


class ReadOnly(Authorizer):
    """Lets everybody read Wove and nobody write."""

    def is_authorized(self, handler, user, action, resource):
        return resource != "wove" or action == "read"


async def new_key(ask, *scopes):
    body = {"name": "laptop", "scopes": list(scopes)}
    return read(await ask("POST", "wove/api/keys", body=body))["secret"]


async def login(ask_as_nobody, jp_serverapp):
    """Sign in the way a browser does; answers the headers that it sends from then on."""
    token = jp_serverapp.identity_provider.token
    form = await ask_as_nobody("GET", "login")
    entry = await ask_as_nobody("GET", "login", params={"token": token})
    answers = form.headers.get_list("Set-Cookie") + entry.headers.get_list("Set-Cookie")
    cookies = [each.partition(";")[0] for each in answers]
    xsrf = next(each.partition("=")[2] for each in cookies if each.startswith("_xsrf="))
    return {"Cookie": "; ".join(cookies)}, {"X-XSRFToken": xsrf}


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "me"), ("HEAD", "me"), ("PATCH", "me"), ("POST", "keys"), ("DELETE", "keys/1")],
)
async def test_nobody_is_refused(ask_as_nobody, method, path):
    response = await ask_as_nobody(method, f"wove/api/{path}")
    assert response.code == 401
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert "Set-Cookie" not in response.headers


async def test_the_token_of_the_server_is_always_the_same_person(ask):
    first, second = [await ask("GET", "wove/api/me") for _ in range(2)]
    assert read(first) == read(second)
    assert (read(first)["name"], read(first)["via"]) == ("ada", "local")


async def test_a_browser_that_signed_in_is_that_person_too(ask, ask_as_nobody, jp_serverapp):
    cookie, _ = await login(ask_as_nobody, jp_serverapp)
    response = await ask_as_nobody("GET", "wove/api/me", headers=cookie)
    assert read(response) == read(await ask("GET", "wove/api/me"))


async def test_a_browser_must_prove_that_a_change_is_meant(ask_as_nobody, jp_serverapp):
    cookie, proof = await login(ask_as_nobody, jp_serverapp)
    options = {"body": {"name": "Ada L."}}
    refused = await ask_as_nobody("PATCH", "wove/api/me", headers=cookie, **options)
    taken = await ask_as_nobody("PATCH", "wove/api/me", headers=cookie | proof, **options)
    assert (refused.code, taken.code) == (403, 200)
    assert "X-XSRFToken" in read(refused)["detail"]


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://localhost.evil.example"]
)
async def test_other_sites_are_refused(ask_as_nobody, jp_serverapp, origin):
    cookie, proof = await login(ask_as_nobody, jp_serverapp)
    headers = cookie | proof | {"Origin": origin}
    assert (await ask_as_nobody("GET", "wove/api/me", headers=headers)).code == 403
    response = await ask_as_nobody("PATCH", "wove/api/me", headers=headers, body={"name": "Eve"})
    assert response.code == 403


async def test_a_foreign_host_name_is_refused(ask):
    assert (await ask("GET", "wove/api/me", headers={"Host": "evil.example"})).code == 403


@pytest.mark.parametrize("scheme", ["Bearer", "token", "bearer"])
async def test_a_key_speaks_for_its_owner(ask, ask_as_nobody, scheme):
    key = await new_key(ask, "account:read")
    headers = {"Authorization": f"{scheme} {key}"}
    response = await ask_as_nobody("GET", "wove/api/me", headers=headers)
    assert (read(response)["name"], read(response)["via"]) == ("ada", "key")


async def test_a_key_needs_no_proof_and_leaves_no_trace(ask, ask_as_nobody):
    key = await new_key(ask, "account:write")
    headers = {"Authorization": f"Bearer {key}", "Origin": "https://evil.example"}
    response = await ask_as_nobody("PATCH", "wove/api/me", headers=headers, body={"name": "Ada"})
    assert response.code == 200
    assert "Set-Cookie" not in response.headers
    assert "Access-Control-Allow-Origin" not in response.headers


async def test_the_token_of_the_server_does_not_open_the_door_for_other_sites(ask):
    response = await ask("GET", "wove/api/me", headers={"Origin": "https://evil.example"})
    assert "Access-Control-Allow-Origin" not in response.headers


async def test_a_key_may_do_no_more_than_its_scopes(ask, ask_as_nobody):
    headers = {"Authorization": f"Bearer {await new_key(ask, 'account:read')}"}
    response = await ask_as_nobody("PATCH", "wove/api/me", headers=headers, body={"name": "Ada"})
    assert response.code == 403
    assert "account:write" in read(response)["detail"]


@pytest.mark.parametrize("change", [lambda key: key[:-1], lambda key: key[:-1] + "!", str.upper])
async def test_a_wrong_key_is_refused_even_beside_a_cookie(
    ask, ask_as_nobody, jp_serverapp, change
):
    cookie, _ = await login(ask_as_nobody, jp_serverapp)
    key = "wove_" + change(await new_key(ask, "account:read"))[5:]
    headers = cookie | {"Authorization": f"Bearer {key}"}
    assert (await ask_as_nobody("GET", "wove/api/me", headers=headers)).code == 401


async def test_a_revoked_key_is_refused_at_once(ask, ask_as_nobody):
    key = await new_key(ask, "account:read")
    await ask("DELETE", f"wove/api/keys/{key.split('_')[1]}")
    headers = {"Authorization": f"Bearer {key}"}
    assert (await ask_as_nobody("GET", "wove/api/me", headers=headers)).code == 401


async def test_a_key_in_the_address_is_no_key(ask, ask_as_nobody):
    key = await new_key(ask, "account:read")
    assert (await ask_as_nobody("GET", "wove/api/me", params={"token": key})).code == 401


class TestWithNames:
    """A server where people sign in by name."""

    @pytest.fixture
    def jp_server_config(self, jp_server_config):
        jp_server_config["ServerApp"]["identity_provider_class"] = ByHeader
        return jp_server_config

    async def test_each_is_somebody_else(self, ask_as_nobody):
        answers = [
            await ask_as_nobody("GET", "wove/api/me", headers={"X-Test-User": name})
            for name in ("bob", "cleo", "bob")
        ]
        assert [read(answer)["handle"] for answer in answers] == ["bob", "cleo", "bob"]

    async def test_nobody_is_the_owner_of_the_server(self, ask_as_nobody):
        assert (await ask_as_nobody("GET", "wove/api/me")).code == 401


class TestWithAnAuthorizer:
    """A server whose authorizer lets nobody write."""

    @pytest.fixture
    def jp_server_config(self, jp_server_config):
        jp_server_config["ServerApp"]["authorizer_class"] = ReadOnly
        return jp_server_config

    async def test_it_is_asked(self, ask):
        assert (await ask("GET", "wove/api/me")).code == 200
        assert (await ask("PATCH", "wove/api/me", body={"name": "Ada"})).code == 403


def test_a_route_that_says_not_who_may_use_it_is_not_served():
    class Careless(WoveAPIHandler):
        def get(self):
            self.finish("secrets")

    with pytest.raises(TypeError, match="does not say who may use it"):
        check_routes([("/wove/careless", Careless)])


def test_a_handler_of_another_family_is_not_served():
    class Stranger(APIHandler):
        @policy(PUBLIC)
        def get(self):
            self.finish("secrets")

    with pytest.raises(TypeError, match="base class"):
        check_routes([("/wove/stranger", Stranger)])


def test_a_strict_server_has_nothing_to_say_about_us(jp_configurable_serverapp):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        app = jp_configurable_serverapp()
        late = app.extension_manager.extension_points["jupyter_wove_server"].app.late
        for name, _ in PLACES:
            late.load(name)
    assert app.allow_unauthenticated_access is False
    assert [each for each in caught if "wove" in str(each.message).lower()] == []


async def test_only_a_few_addresses_are_open_to_nobody(ask_as_nobody, jp_serverapp):
    await ask_as_nobody("GET", "wove/livez")
    await ask_as_nobody("GET", "wove/")
    routers = [rule.target for rule in jp_serverapp.web_app.default_router.rules]
    rules = [rule for router in routers for rule in router.rules]
    handlers = {rule.target for rule in rules if isinstance(rule.target, type)}
    ours = {each for each in handlers if issubclass(each, WoveAPIHandler | WovePageHandler)}
    verbs = ("get", "head", "post", "put", "patch", "delete")
    public = {
        handler.route
        for handler in ours
        for verb in verbs
        if getattr(getattr(handler, verb), "policy", "") is PUBLIC
    }
    assert len(ours) > len(public)
    assert public == {
        "/wove/livez",
        "/wove/readyz",
        "/wove/static/{digest}/{name}",
        "unknown",
        "unknown page",
    }
