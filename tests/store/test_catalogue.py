"""The catalogue, as versions of the plugin and the hub tell it that don't know of each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.schema import Catalogue, Code
from tests.store.snapshots import CATALOGUE

FULL = replace(CATALOGUE, code_lists={"status": (Code("QHDH", "Định hướng"),)})


def test_what_a_later_version_tells_is_passed_over() -> None:
    plain = FULL.to_json() | {"later": 1}
    for name in ("layers", "communes", "plans"):
        plain[name] = [{**item, "later": {"a": 1}} for item in plain[name]]
    for layer in plain["layers"]:
        layer["legal_fields"] = [{**field, "later": [1]} for field in layer["legal_fields"]]
    plain["code_lists"] = {name: [{**code, "later": "x"} for code in codes] for name, codes in plain["code_lists"].items()}
    assert Catalogue.from_json(plain) == FULL


def test_what_an_earlier_version_does_not_tell_is_as_it_was_then() -> None:
    plain = FULL.to_json()
    for layer in plain["layers"]:
        del layer["tiling"]
        for field in layer["legal_fields"]:
            del field["default"], field["group"], field["derived"], field["allocated"]
    (status,) = plain["code_lists"]["status"]
    del status["parent"], plain["plans"][0]["stated_area_ha"]
    read = Catalogue.from_json(plain)
    assert [layer.fingerprint for layer in read.layers] == [layer.fingerprint for layer in FULL.layers]
    assert {field.default for layer in read.layers for field in layer.fields} == {None}
    assert (read.plans, read.code_lists) == (FULL.plans, FULL.code_lists)


@pytest.mark.parametrize("wrong", [{"layers": [{"id": "A.B"}]}, {"communes": [{}]}, {"communes": ["x"]}, {"layers": 3}])
def test_what_is_no_catalogue_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidData, match=r"catalogue\.malformed"):
        Catalogue.from_json(FULL.to_json() | wrong)
