from collections.abc import AsyncIterator

import msgspec
import pytest

from jupyter_wove.kit.contract import IfMatch, Numbered, Raw, Routes, Upload


class Wave(msgspec.Struct):
    height: float


class Waves:
    def get(self, actor: object, wave_id: int, wide: bool = False) -> Wave: ...

    def change(self, actor: object, wave_id: int, body: Wave, if_match: IfMatch) -> Wave: ...

    def change_any(self, actor: object, body: Wave, if_match: IfMatch | None = None) -> Wave: ...

    def take(self, actor: object, upload: Upload) -> None: ...

    def listen(
        self, actor: object, last_event_id: str | None = None
    ) -> AsyncIterator[Numbered[Wave]]: ...

    def draw(self, actor: object, path: str) -> Raw: ...

    async def late(self, actor: object) -> Wave: ...

    async def late_stream(self, actor: object) -> AsyncIterator[Wave]:
        yield Wave(1)


def declare(method, path, function, **options):
    routes = Routes("/waves", Waves)
    getattr(routes, method)(path, function, scope="waves:read", **options)
    return routes.operations[0]


def test_the_signature_says_what_comes_from_where():
    operation = declare("get", "/{wave_id}", Waves.get)
    assert operation.path_params == {"wave_id": int}
    assert operation.query == {"wide": (bool, False)}
    assert (operation.body_kind, operation.status, operation.writes) == ("none", 200, False)


def test_a_body_and_a_precondition_are_known_by_name_and_type():
    operation = declare("put", "/{wave_id}", Waves.change)
    assert (operation.body_kind, operation.body) == ("json", Wave)
    assert (operation.if_match, operation.if_match_required) == ("if_match", True)


def test_a_precondition_may_be_left_to_the_caller():
    assert declare("patch", "", Waves.change_any).if_match_required is False


def test_an_upload_is_known_by_its_type():
    operation = declare("post", "", Waves.take, limit=10)
    assert (operation.body_kind, operation.body, operation.limit) == ("upload", "upload", 10)


def test_what_returns_nothing_has_no_content():
    assert declare("post", "", Waves.take).status == 204
    assert declare("post", "", Waves.take, status=202).status == 202


def test_a_stream_answers_with_its_items():
    operation = declare("get", "/stream", Waves.listen)
    assert operation.streams
    assert operation.resumes
    assert operation.answer is Wave


def test_a_path_may_take_in_slashes():
    operation = declare("get", "/files/{path:path}", Waves.draw)
    assert operation.template == "/waves/files/{path}"
    assert operation.path_params == {"path": str}


def test_an_operation_is_named_like_its_method():
    assert declare("get", "/{wave_id}", Waves.get).id == "Waves.get"


@pytest.mark.parametrize("function", [Waves.late, Waves.late_stream])
def test_an_async_operation_is_refused(function):
    with pytest.raises(TypeError, match="plain method"):
        declare("get", "", function)


def test_a_path_that_names_what_the_method_does_not_take_is_refused():
    with pytest.raises(TypeError, match="wave_id"):
        declare("get", "/{wave_id}", Waves.listen)


def test_no_operation_goes_without_a_scope():
    with pytest.raises(TypeError, match="scope"):
        Routes("/waves", Waves).get("", Waves.draw)
