"""Files by which the service is deployed: what they name is there, and has the shape it must."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import kubernetes_validate
import pytest
import yaml

from qa_service.config import Settings

ROOT = Path(__file__).parents[1]
MANIFESTS = list(yaml.safe_load_all((ROOT / "docs/deploy/kubernetes.yaml").read_text("utf-8")))
SETTINGS = {f"QA_{field.name.upper()}" for field in fields(Settings)}


class Composed(yaml.SafeLoader):
    """Compose's own tags are let through."""


Composed.add_constructor("!reset", lambda *_: None)


def composed(name: str) -> dict:
    return yaml.load((ROOT / name).read_text("utf-8"), Composed)


@pytest.mark.parametrize(
    "manifest", MANIFESTS, ids=lambda each: f"{each['kind']}-{each['metadata']['name']}"
)
def test_a_manifest_has_the_shape_that_kubernetes_asks_for(manifest) -> None:
    kubernetes_validate.validate(manifest, "1.34", strict=True)


def test_a_wrong_manifest_would_be_noticed() -> None:
    wrong = {**MANIFESTS[1], "spec": {**MANIFESTS[1]["spec"], "replica": 3}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, "1.34", strict=True)


def test_settings_that_deployments_make_are_settings() -> None:
    told = set(MANIFESTS[0]["data"])
    for name in ("compose.yaml", "compose.oauth2-proxy.yaml", "compose.postgres.yaml"):
        for service in ("answers", "builds"):
            told |= composed(name)["services"][service].get("environment", {}).keys()
    assert {name for name in told if name.startswith("QA_")} <= SETTINGS


def test_claims_and_services_of_the_manifests_are_named_alike() -> None:
    text = (ROOT / "docs/deploy/kubernetes.yaml").read_text("utf-8")
    made = {each["metadata"]["name"] for each in MANIFESTS if each["kind"] != "Ingress"}
    asked = set(re.findall(r"(?:claimName|configMapRef: \{name|service: \{name): (\w+)", text))
    assert asked - made == {"documents"}


def test_composed_services_use_networks_and_volumes_that_there_are() -> None:
    base, more = composed("compose.yaml"), composed("compose.postgres.yaml")
    networks, volumes = base["networks"], base["volumes"] | more["volumes"]
    for service in more["services"].values():
        assert set(service.get("networks", ())) <= networks.keys()
        assert {each.partition(":")[0] for each in service.get("volumes", ())} <= volumes.keys()
        assert set(service.get("depends_on", ())) <= more["services"].keys()


def test_the_files_that_the_image_of_the_database_takes_are_there() -> None:
    text = (ROOT / "docs/deploy/patroni.Dockerfile").read_text("utf-8")
    taken = re.search(r"^COPY (.*) /etc/patroni/$", text, re.MULTILINE)[1].split()
    assert [name for name in taken if not (ROOT / name).is_file()] == []
    settings = yaml.safe_load((ROOT / "docs/deploy/patroni.yml").read_text("utf-8"))
    assert Path(settings["bootstrap"]["post_bootstrap"]).name in {Path(it).name for it in taken}
