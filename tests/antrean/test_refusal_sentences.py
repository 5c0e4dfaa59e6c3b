"""Every refusal of the core has a sentence in both languages that uses its parameters."""

import string

import msgspec
import pytest

from broker.domain.refusals import AnyRefusal, Refusal
from broker.domain.values import CounterNumber
from wording import Language, Wording
from wording.refusals import SENTENCES, sentence

KINDS: list[type[Refusal]] = list(AnyRefusal.__args__)


def code_of(kind: type[Refusal]) -> str:
    tag = kind.__struct_config__.tag
    assert isinstance(tag, str)
    return tag


def test_the_sentences_are_those_of_the_cores_refusals() -> None:
    assert set(SENTENCES) == {code_of(kind) for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS, ids=code_of)
def test_a_sentence_asks_only_for_what_the_refusal_carries(kind: type[Refusal]) -> None:
    asked = {name for _, name, _, _ in string.Formatter().parse(SENTENCES[code_of(kind)]) if name}
    assert asked <= set(kind.__struct_fields__)


def test_a_refusal_becomes_a_sentence_in_each_language() -> None:
    from broker.domain.refusals import CounterTaken

    refusal = CounterTaken(CounterNumber(3))
    said = [
        sentence(refusal.code, msgspec.structs.asdict(refusal), Wording(language)) for language in Language
    ]
    assert said == ["Loket 3 sedang dipakai petugas lain.", "Another clerk is at counter 3."]
