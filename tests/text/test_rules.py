"""Every rule keeps its own promises, and a team's rule counts like a shipped one."""

import tomllib

import pytest

from factcheck.text import EXTRACTOR, extract, load_packs, rule_flaws, rules_version, shipped_packs
from factcheck.text.rules import shipped_rules
from tests.text.conftest import ROOT

RULES = shipped_rules()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_fires_on_its_examples_and_not_on_the_others(rule):
    assert rule.yes
    assert rule.no
    assert [flaw.seen for flaw in rule_flaws([rule])] == []


def test_rules_have_names_of_their_own_and_both_languages_have_all_the_types():
    assert len({rule.name for rule in RULES}) == len(RULES)
    kinds = {
        tongue: {rule.type for rule in RULES if rule.language == tongue and rule.type}
        for tongue in ("zh", "en")
    }
    assert kinds["zh"] == kinds["en"]
    assert len(kinds["zh"]) == 15


def test_a_pack_holds_names_not_sentences():
    packs = (*shipped_packs(), *load_packs([ROOT / "claims/packs/jianying.toml"]))
    names = [
        name
        for pack in packs
        for entity in pack.entities
        for name in (entity.name, *entity.aliases, *entity.heard)
    ]
    assert [name for name in names if len(name) > 20] == []


def test_no_name_of_the_bundled_case_stands_in_the_shipped_rules():
    table = tomllib.loads((ROOT / "claims/packs/jianying.toml").read_text(encoding="utf-8"))
    names = {
        name
        for entity in table["entity"]
        for name in (entity["name"], *entity.get("heard", ()))
        if entity.get("kind") != "term" and len(name) > 2
    }
    shipped = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "factcheck/data/rules").glob("*.toml")
    )
    assert sorted(name for name in names if name in shipped) == []


def test_a_team_s_own_rule_counts_like_a_shipped_one(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(
        '[[rule]]\nname = "own.weather"\ntype = "event"\nweight = 5000\nwords = ["下雪"]\n', encoding="utf-8"
    )
    (claim,) = extract("北京昨天下雪。", packs=load_packs([path])).claims
    assert "own.weather" in [reason.rule for reason in claim.why]
    assert claim.priority > 5000


def test_the_reasons_of_a_claim_add_up_to_its_priority(found):
    for claim in found.claims:
        assert claim.priority == max(0, 500 + sum(reason.weight for reason in claim.why))


def test_the_extractor_and_its_rules_have_a_version():
    assert EXTRACTOR == "extract/1"
    assert len(rules_version()) == 64
