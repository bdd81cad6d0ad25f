"""Names of one's own are served once they are proven, and Caddy is told which they are."""

from jupyter_wove_runner.proxy import caddyfile

from tests.runner.serving.runner import PAGE, app, running

HOST = "waves.example.org"


async def test_a_host_that_was_proven_is_served(tmp_path):
    about = app(hosts=[HOST])
    async with running(tmp_path) as runner:
        await runner.tell(about)
        await runner.live(about, runner.site("s", index__html="waves"))
        assert await runner.text("/", host=HOST.upper()) == "waves"
        about.hosts = []
        await runner.tell(about)
        async with runner.get("/", host=HOST) as response:
            assert response.status == 404


async def test_a_host_that_is_not_proven_yet_shows_its_token_and_nothing_else(tmp_path):
    about = app(unproven={HOST: "t0ken"})
    async with running(tmp_path) as runner:
        await runner.tell(about)
        await runner.live(about, runner.site("s", index__html="waves"))
        assert await runner.text("/.well-known/wove-domain/t0ken", host=HOST) == "t0ken"
        for path in ("/", "/.well-known/wove-domain/other", "/.well-known/wove-domain/"):
            async with runner.get(path, host=HOST) as response:
                assert response.status == 404
        async with runner.get("/.well-known/wove-domain/t0ken", host="b.example.org") as other:
            assert other.status == 404


async def test_certificates_are_for_names_of_apps_alone(tmp_path):
    about = app(hosts=[HOST], unproven={"new.example.org": "t"})
    async with running(tmp_path, address="https://{slug}.apps.example.org") as runner:
        await runner.tell(about)
        answers = {}
        names = (
            HOST,
            "waves.apps.example.org",
            "no.apps.example.org",
            "new.example.org",
            "",
            "x y",
        )
        for name in names:
            path = f"/_wove/ask?domain={name.replace(' ', '%20')}"
            async with runner.get(path, host="127.0.0.1") as response:
                answers[name] = response.status
        async with runner.get(f"/_wove/ask?domain={HOST}", host="evil.example") as outside:
            assert outside.status == 404
    assert [name for name, status in answers.items() if status == 200] == [
        HOST,
        "waves.apps.example.org",
    ]


async def test_behind_caddy_visitors_are_who_it_says(tmp_path):
    about = app(access="private")
    async with running(tmp_path, address="https://{slug}.apps.example.org") as runner:
        await runner.tell(about)
        await runner.live(about, runner.site("s", index__html="waves"))
        host = "waves.apps.example.org"
        async with runner.get("/", host=host, headers=PAGE) as response:
            (name,) = response.cookies
            assert name.startswith("__Host-")
            assert response.cookies[name]["secure"]
        assert (await runner.state(about)).url == "https://waves.apps.example.org/"


def test_caddy_is_told_whom_to_ask():
    written = caddyfile("127.0.0.1", 8765)
    assert "ask http://127.0.0.1:8765/_wove/ask" in written
    assert "reverse_proxy 127.0.0.1:8765" in written
