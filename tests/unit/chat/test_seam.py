"""What we build on in jupyterlab-chat and its personas that is no public promise of theirs."""

import inspect
import subprocess
import sys

import pytest
from jupyter_ai_persona_manager import PersonaManager, extension, handlers
from jupyterlab_chat import chat_manager
from jupyterlab_chat.ychat import YChat


def source(thing):
    return inspect.getsource(thing)


def test_a_chat_is_made_by_its_name_in_the_registry():
    code = (
        "import jupyter_ydoc; from jupyter_wove_server.chat import seam; seam.install();"
        "from jupyter_server_ydoc import rooms; from pycrdt import Doc;"
        "print(type(rooms.YDOCS['chat'](Doc())).__name__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "ChatDocument"


@pytest.mark.parametrize(
    "name", ["_on_messages_change", "_schedule_callback", "_get_messages", "add_message", "set_id"]
)
def test_a_chat_still_has_what_we_replace_or_call(name):
    assert callable(getattr(YChat, name))


def test_a_chat_looks_at_its_messages_as_we_expect():
    begun = source(YChat.__init__)
    assert "self._on_messages_change" in begun
    assert "self._indexes_by_id" in begun
    assert "_indexes_by_id" in source(YChat.update_message)


def test_personas_of_a_folder_are_loaded_where_we_stop_it():
    loading = [
        name
        for name, each in inspect.getmembers(PersonaManager, inspect.isfunction)
        if "load_from_dir" in source(each)
    ]
    assert loading == ["_init_local_persona_classes"]
    obeying = [
        name
        for name, each in inspect.getmembers(PersonaManager, inspect.isfunction)
        if "mcp_settings.json" in source(each)
    ]
    assert obeying == ["get_mcp_settings"]


def test_personas_are_made_by_the_class_that_can_be_set():
    assert "self.persona_manager_class" in source(
        extension.PersonaManagerExtension._init_persona_manager
    )
    assert "on_chat_message" in source(extension.PersonaManagerExtension._on_router_chat_init)
    assert "allow_hidden" in source(
        extension.PersonaManagerExtension._link_jupyter_server_extension
    )


def test_who_asks_without_a_chat_has_no_author():
    assert "YChat()" in source(handlers.MessageHandler.post)


def test_a_chat_is_found_by_the_room_that_opened():
    assert "get_document" in source(chat_manager.ChatManager._resolve_ychat)
