"""Host names of an app's own: proven by their DNS, or by leading here."""

import pytest

from jupyter_wove.deploy import Apps, Domains, NewApp, NewDomain, Proving, Records
from jupyter_wove.kit.errors import Conflict, InvalidRequest
from tests.unit.journey import ask

HOST = "waves.example"
RECORD = "_wove.waves.example"


def here(host):
    """Know this machine as whatever is looked up."""
    return ["127.0.0.1"]


def nowhere(host):
    """Know nothing."""
    raise OSError


@pytest.fixture
def domains(wove, names, proofs):
    """Domains whose DNS and whose hosts are on this machine."""
    proving = Proving(True, proofs.port, here, Records([names.place]))
    return Domains(wove.units, wove.hosting, proving)


@pytest.fixture
def recorded(wove, names):
    """Domains whose hosts nobody can reach."""
    return Domains(
        wove.units, wove.hosting, Proving(look_up=nowhere, records=Records([names.place]))
    )


def test_a_domain_is_served_once_it_leads_here(ann, app, deploy, ended, runner, proofs, domains):
    ended(deploy())
    added = domains.add(ann, app.id, NewDomain("Waves.example"))
    assert "waves.localhost" in added.instruction
    assert runner.apps[app.id].unproven == {HOST: added.token}
    proofs.shown = "something else"
    with pytest.raises(Conflict, match="leads to another server"):
        domains.verify(ann, app.id, HOST)
    proofs.shown = added.token
    assert domains.verify(ann, app.id, HOST).verified
    assert runner.apps[app.id].hosts == [HOST]
    domains.remove(ann, app.id, HOST)
    assert runner.apps[app.id].hosts == []


def test_a_host_of_this_network_is_asked_only_where_the_administrator_allows_it(
    wove, ann, app, deploy, ended, names, proofs
):
    ended(deploy())
    proving = Proving(port=proofs.port, look_up=here, records=Records([names.place]))
    domains = Domains(wove.units, wove.hosting, proving)
    domains.add(ann, app.id, NewDomain(HOST))
    with pytest.raises(Conflict, match="app_domains"):
        domains.verify(ann, app.id, HOST)


def test_a_domain_is_proven_by_a_record_before_anything_is_served_or_leads_here(
    wove, ann, app, deploy, ended, runner, names, recorded
):
    added = recorded.add(ann, app.id, NewDomain(HOST))
    assert added.record == RECORD
    assert f"TXT for {RECORD} with the text {added.token}" in added.instruction
    names.texts[f"{RECORD}."] = ['"of somebody else"', f'"{added.token}"']
    assert recorded.verify(ann, app.id, HOST).verified
    assert names.asked == [f"{RECORD}."]  # and not the host
    ended(deploy())
    assert runner.apps[app.id].hosts == [HOST]


def test_what_is_recorded_may_stand_in_pieces_and_at_another_name(ann, app, names, recorded):
    token = recorded.add(ann, app.id, NewDomain(HOST)).token
    names.leads[f"{RECORD}."] = "proofs.example."
    names.texts["proofs.example."] = [f'"{token[:7]}" "{token[7:]}"']
    assert recorded.verify(ann, app.id, HOST).verified


@pytest.mark.parametrize("text", ['"other"', '""', '"\\255\\000"'])
def test_another_record_proves_nothing(ann, app, names, recorded, text):
    recorded.add(ann, app.id, NewDomain(HOST))
    names.texts[f"{RECORD}."] = [text]
    with pytest.raises(Conflict, match=f"no record TXT at {RECORD}"):
        recorded.verify(ann, app.id, HOST)


def test_a_record_at_the_host_itself_proves_nothing(ann, app, names, recorded):
    token = recorded.add(ann, app.id, NewDomain(HOST)).token
    names.texts[f"{HOST}."] = [f'"{token}"']
    with pytest.raises(Conflict, match="no record TXT"):
        recorded.verify(ann, app.id, HOST)


def test_the_token_of_one_app_proves_nothing_for_another(wove, ann, project, app, names, recorded):
    other = ask(wove, ann, Apps.create, project.id, NewApp(slug="tides"))
    token = recorded.add(ann, app.id, NewDomain(HOST)).token
    recorded.add(ann, other.id, NewDomain(HOST))
    names.texts[f"{RECORD}."] = [f'"{token}"']
    with pytest.raises(Conflict, match="no record TXT"):
        recorded.verify(ann, other.id, HOST)


def test_what_failed_says_both_ways(ann, app, deploy, ended, recorded):
    ended(deploy())
    recorded.add(ann, app.id, NewDomain(HOST))
    with pytest.raises(Conflict, match=rf"Nobody knows an address.*no record TXT at {RECORD}"):
        recorded.verify(ann, app.id, HOST)


def test_a_name_that_is_too_long_for_a_record_can_still_lead_here(
    ann, app, deploy, ended, proofs, domains
):
    ended(deploy())
    host = ".".join(["a" * 60] * 4) + ".example"
    proofs.shown = domains.add(ann, app.id, NewDomain(host)).token
    assert domains.verify(ann, app.id, host).verified


@pytest.mark.parametrize("place", ["ns.example.org", "10.0.0.1:x", "1.2.3.4:5:6"])
def test_a_resolver_is_an_address(place):
    with pytest.raises(InvalidRequest, match="app_resolvers"):
        Records([place]).show(HOST, "t0ken")


def test_an_address_of_version_6_may_have_a_port(names):
    assert not Records(["[::1]:9", "::1"]).show("localhost.example", "t0ken")
