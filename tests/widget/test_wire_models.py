"""Every model of the wire: what fits it comes out as it went in, and what does not is refused, not broken."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.widget.wire_models import JSON, MODELS, missing, payloads
from widget.wire.base import Wire

EACH = settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
"""There are some two hundred models."""


def read(model: type[Wire], payload: dict[str, Any]) -> Wire:
    """The model of a payload, if the model has no more rules than its fields say."""
    try:
        return model.read(payload)
    except ValidationError:
        assume(False)
        raise


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
@given(data=st.data())
@EACH
def test_what_fits_a_model_comes_out_as_it_went_in(model: type[Wire], data: st.DataObject) -> None:
    payload = data.draw(payloads(model))

    once = read(model, payload).as_json()

    assert missing(payload, once) == []
    assert model.read(once).as_json() == once
    assert json.loads(json.dumps(once)) == once


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
@given(payload=st.dictionaries(st.text(max_size=8), JSON, max_size=4), data=st.data())
@EACH
def test_what_does_not_fit_is_refused_and_nothing_else(
    model: type[Wire], payload: dict[str, Any], data: st.DataObject
) -> None:
    names = [field.alias or name for name, field in model.model_fields.items()]
    wrong = data.draw(st.dictionaries(st.sampled_from(names), JSON, max_size=4)) if names else {}

    with suppress(ValidationError):
        read_back = model.read({**payload, **wrong}).as_json()
        assert model.read(read_back).as_json() == read_back
