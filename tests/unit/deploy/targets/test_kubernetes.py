"""Apps are served by a cluster of Kubernetes, on kmock; each manifest fits the schema of 1.37."""

import json
from uuid import uuid4

import pytest
from jupyter_wove_runner.policy import Policy, host_config

from jupyter_wove.deploy.targets import Targets
from jupyter_wove.runner import Failed, Live, Plan
from tests.unit.deploy.targets.cluster import TOKEN, kubeconfig, running
from tests.unit.deploy.targets.orders import API, APP, Ready, app, done, order, served, text

PLACE = f"wove-{APP.hex}"
VARIABLES = {"COLOUR": "green"}


@pytest.fixture
def cluster(tmp_path):
    with running() as (cluster, cluster_place):
        (tmp_path / "config").write_text(kubeconfig(cluster_place))
        yield cluster
    assert cluster.mistakes == []


@pytest.fixture
def configured(cluster, tmp_path, monkeypatch):
    monkeypatch.setattr("jupyter_wove.deploy.targets.kubernetes.releases.NOT_STARTED", 3)
    return {
        "KUBECONFIG": str(tmp_path / "config"),
        "KUBERNETES_DOMAIN": "apps.example.org",
        "REGISTRY": "registry.example.org/apps",
        "REGISTRY_USER": "wove",
        "REGISTRY_PASSWORD": "password-of-the-registry",
    }


@pytest.fixture
def targets(configured):
    return Targets({"kubernetes": configured})


def release(plan=API, environment=None, **changes):
    parcels = Ready(image="image")
    return order(parcels, plan, VARIABLES if environment is None else environment, **changes)


def serving(cluster):
    """Name the release that visitors come to, and those that run."""
    selector = cluster.one("services")["spec"]["selector"]
    running = [each for each in cluster.all("deployments") if each["spec"]["replicas"]]
    return selector["wove/release"], [
        each["metadata"]["labels"]["wove/release"] for each in running
    ]


def test_a_release_runs_becomes_ready_and_then_has_visitors(cluster, targets):
    wanted = release()
    end, said = served(targets, "kubernetes", wanted)
    assert end == Live("https://waves.apps.example.org")
    assert serving(cluster) == (str(wanted.release.id), [str(wanted.release.id)])
    name = f"registry.example.org/apps/{APP.hex}:{wanted.release.id.hex}"
    assert wanted.parcels.pushed == [(name, "wove", "password-of-the-registry")]
    assert "password-of-the-registry" not in repr([end, *said])
    rules = cluster.one("ingresses")["spec"]["rules"]
    assert [each["host"] for each in rules] == ["waves.apps.example.org"]


def pod(cluster):
    return cluster.one("deployments")["spec"]["template"]["spec"]


def test_a_pod_may_do_no_more_than_a_sandbox_of_the_runner(cluster, targets):
    served(targets, "kubernetes", release())
    policy, [container] = Policy(), pod(cluster)["containers"]
    docker = host_config(policy)
    user = f"{pod(cluster)['securityContext']['runAsUser']}"
    assert policy.user.split(":")[0] == user
    assert container["securityContext"]["capabilities"]["drop"] == docker["CapDrop"]
    assert container["securityContext"]["readOnlyRootFilesystem"] is docker["ReadonlyRootfs"]
    assert container["securityContext"]["allowPrivilegeEscalation"] is False
    assert container["resources"]["limits"]["memory"] == f"{policy.memory_mb}Mi"
    assert container["resources"]["limits"]["cpu"] == f"{int(policy.cpus * 1000)}m"
    [volume] = pod(cluster)["volumes"]
    assert volume["emptyDir"] == {"medium": "Memory", "sizeLimit": f"{policy.tmp_mb}Mi"}
    assert pod(cluster)["automountServiceAccountToken"] is False
    assert pod(cluster)["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    labels = cluster.one("namespaces")["metadata"]["labels"]
    assert labels["pod-security.kubernetes.io/enforce"] == "restricted"


def test_an_app_has_a_quota_and_the_variables_that_it_starts_with(cluster, targets):
    plan = Plan(kind="voila", memory_mb=1024, cpus=2)
    served(targets, "kubernetes", release(plan))
    hard = cluster.one("resourcequotas")["spec"]["hard"]
    assert (hard["limits.memory"], hard["limits.cpu"], hard["pods"]) == ("3072Mi", "6000m", "3")
    assert cluster.secret("environment") == VARIABLES
    auths = json.loads(cluster.secret("registry")[".dockerconfigjson"])["auths"]
    assert set(auths) == {"registry.example.org"}
    served(targets, "kubernetes", release(plan, {"SHAPE": "round"}))
    assert cluster.secret("environment") == {"SHAPE": "round"}


@pytest.mark.parametrize(("hosts", "ways"), [([], 0), (["api.example.org"], 2)])
def test_visitors_come_by_the_way_in_alone_and_only_named_hosts_open_the_way_out(
    cluster, targets, hosts, ways
):
    served(targets, "kubernetes", release(Plan(kind="asgi", hosts=hosts)))
    policy = cluster.one("networkpolicies")["spec"]
    assert policy["policyTypes"] == ["Ingress", "Egress"]
    [way_in] = policy["ingress"]
    [front] = way_in["from"]
    assert front["namespaceSelector"]["matchLabels"] == {
        "kubernetes.io/metadata.name": "ingress-nginx"
    }
    assert len(policy["egress"]) == ways
    if ways:
        assert "169.254.0.0/16" in policy["egress"][0]["to"][0]["ipBlock"]["except"]


def test_the_next_release_takes_the_visitors_and_the_way_back_runs_the_old_one_again(
    cluster, targets
):
    first, second = release(), release()
    for each in (first, second):
        served(targets, "kubernetes", each)
    assert serving(cluster) == (str(second.release.id), [str(second.release.id)])
    end, said = served(targets, "kubernetes", first)
    assert isinstance(end, Live)
    assert "uploaded before" in text(said)
    assert len(first.parcels.pushed) == 1
    assert serving(cluster) == (str(first.release.id), [str(first.release.id)])
    assert len(cluster.all("deployments")) == 2


@pytest.mark.parametrize(
    ("image", "words"),
    [
        ("crash", "It does not run in the cluster: it ends right after its start."),
        (
            "memory",
            "It does not run in the cluster: it used more than its memory and was stopped.",
        ),
        ("pull", "It does not run in the cluster: its image cannot be pulled."),
        ("silent", "It did not answer well at /health within 3 seconds."),
    ],
)
def test_a_bad_version_gets_no_visitors_and_leaves_nothing(cluster, targets, image, words):
    good = release()
    served(targets, "kubernetes", good)
    cluster.next_image = image
    end, _ = served(targets, "kubernetes", release())
    assert isinstance(end, Failed)
    assert end.reason == words
    assert "one / two: no such table" in end.hint
    assert serving(cluster) == (str(good.release.id), [str(good.release.id)])
    assert len(cluster.all("deployments")) == 1


def test_another_runtime_and_certificates_can_be_asked_for(cluster, configured):
    more = {"KUBERNETES_RUNTIME_CLASS": "gvisor", "KUBERNETES_CLUSTER_ISSUER": "letsencrypt"}
    targets = Targets({"kubernetes": configured | more})
    served(targets, "kubernetes", release(hosts=["waves.example.net"]))
    assert pod(cluster)["runtimeClassName"] == "gvisor"
    ingress = cluster.one("ingresses")
    assert ingress["metadata"]["annotations"] == {"cert-manager.io/cluster-issuer": "letsencrypt"}
    [secured] = ingress["spec"]["tls"]
    assert secured["hosts"] == ["waves.apps.example.org", "waves.example.net"]


def test_releases_and_apps_are_removed_and_what_was_printed_is_shown(cluster, targets):
    first = release()
    served(targets, "kubernetes", first)
    served(targets, "kubernetes", release())
    done(targets.forget("kubernetes", app(), first.release.id, {}))
    done(targets.forget("kubernetes", app(), uuid4(), {}))
    assert len(cluster.all("deployments")) == 1
    lines = targets.logs("kubernetes", app(), {}, 1)
    assert [line.text for line in lines] == ["two: no such table"]
    done(targets.delete("kubernetes", app(), {}))
    assert cluster.all("namespaces") == []
    done(targets.delete("kubernetes", app(), {}))


def test_a_token_that_is_not_accepted_is_told_in_words(cluster, configured, tmp_path):
    path = tmp_path / "config"
    path.write_text(path.read_text().replace(TOKEN, "not-the-token-of-anybody"))
    end, _ = served(Targets({"kubernetes": configured}), "kubernetes", release())
    assert end.reason == "The cluster does not let Wove do this: Unauthorized"


def test_a_cluster_that_is_not_there_is_told(configured, tmp_path):
    for path in (tmp_path / "none", tmp_path / "config"):
        configured["KUBECONFIG"] = str(path)
        (tmp_path / "config").write_text(kubeconfig("http://127.0.0.1:9"))
        end, _ = served(Targets({"kubernetes": configured}), "kubernetes", release())
        assert end.reason.startswith(
            ("The cluster cannot be found", "The cluster does not answer")
        )


def test_nobody_but_administrators_says_which_cluster(targets, tmp_path):
    assert targets.needs("kubernetes") == []
    (tmp_path / "evil").write_text("users: [{user: {exec: {command: touch}}}]")
    end, _ = served(
        targets, "kubernetes", release(environment={"KUBECONFIG": str(tmp_path / "evil")})
    )
    assert isinstance(end, Live)
