"""People, as the server meets them, and their keys."""

import pytest

from jupyter_wove.accounts.models import NewKey, PersonChange
from jupyter_wove.accounts.service import Accounts, Directory
from jupyter_wove.kit.errors import Conflict, Forbidden, InvalidRequest, NotFound, NotSignedIn

HUB = "hub"
FULLWIDTH_ANN = "\uff41\uff4e\uff4e"


@pytest.fixture
def directory(units):
    return Directory(units, local_owner="Grace Hopper")


@pytest.fixture
def ann(directory):
    return directory.identity(HUB, "ann", "Ann")


def create_key(units, actor, scopes=("projects:read",), days=90):
    with units.write() as unit:
        return Accounts(unit).create_key(actor, NewKey("laptop", list(scopes), days))


def test_a_server_without_names_has_one_owner_for_ever(directory):
    assert directory.local().id == directory.local().id
    assert directory.local().handle == "grace-hopper"


def test_somebody_known_comes_back_as_themselves(directory, ann):
    assert directory.identity(HUB, "ann", "Ann").id == ann.id


def test_the_same_name_at_another_provider_is_somebody_else(directory, ann):
    other = directory.identity("elsewhere", "ann", "Ann")
    assert other.id != ann.id
    assert other.handle == "ann-2"


def test_two_ways_to_write_a_name_are_one_person(directory):
    assert directory.identity(HUB, FULLWIDTH_ANN, "").id == directory.identity(HUB, "ann", "").id


def test_a_key_acts_for_its_owner_within_its_scopes(units, directory, ann):
    actor = directory.key(create_key(units, ann).secret)
    assert actor.id == ann.id
    assert actor.scopes == {"projects:read"}


def test_the_use_of_a_key_is_noted(units, directory, ann):
    directory.key(create_key(units, ann).secret)
    with units.read() as unit:
        assert Accounts(unit).keys(ann)[0].last_used is not None


def test_a_revoked_key_is_refused(units, directory, ann):
    made = create_key(units, ann)
    with units.write() as unit:
        Accounts(unit).revoke_key(ann, made.key.id)
    with pytest.raises(NotSignedIn):
        directory.key(made.secret)


def test_a_key_with_another_secret_is_refused(units, directory, ann):
    made, other = create_key(units, ann), create_key(units, ann)
    forged = made.secret[:16] + other.secret[16:]
    with pytest.raises(NotSignedIn):
        directory.key(forged)


def test_nobody_revokes_the_key_of_somebody_else(units, directory, ann):
    made, bob = create_key(units, ann), directory.identity(HUB, "bob", "Bob")
    with units.write() as unit, pytest.raises(NotFound):
        Accounts(unit).revoke_key(bob, made.key.id)


def test_a_key_gives_no_more_than_its_maker_holds(units, directory, ann):
    weak = directory.key(create_key(units, ann, ["account:write"]).secret)
    with pytest.raises(Forbidden, match="projects:write"):
        create_key(units, weak, ["projects:write"])


def test_a_scope_that_does_not_exist_is_refused(units, ann):
    with pytest.raises(InvalidRequest, match="everything"):
        create_key(units, ann, ["everything"])


def test_fifty_keys_are_enough(units, ann):
    for _ in range(50):
        create_key(units, ann)
    with pytest.raises(Conflict, match="Revoke one first"):
        create_key(units, ann)


def test_the_secret_of_a_key_is_stored_nowhere(units, ann):
    made = create_key(units, ann)
    with units.read() as unit:
        assert made.secret not in str(Accounts(unit).keys(ann))


def test_one_changes_ones_own_name_and_nothing_else(units, ann):
    with units.write() as unit:
        me = Accounts(unit).change_me(ann, PersonChange(name="Ann Lee"))
    assert (me.name, me.bio, me.handle) == ("Ann Lee", "", "ann")


def test_administrators_are_named_as_they_sign_in_and_their_keys_end_with_that(units):
    directory = Directory(units, "Grace", administrators=["ann"])
    assert "ai:admin" in directory.local().scopes
    assert "ai:admin" not in directory.identity(HUB, "ann-2", "ann").scopes
    ann = directory.identity(HUB, FULLWIDTH_ANN, "Ann")
    assert "ai:admin" in ann.scopes
    key = create_key(units, ann, ["ai:admin"]).secret
    assert directory.key(key).scopes == {"ai:admin"}
    assert Directory(units, "Grace").key(key).scopes == set()
