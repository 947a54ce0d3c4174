"""Contracts of the house: each model has its visibility rule and its retention rule."""

import pytest
from django.apps import apps

from samsyn.base.access.visibility import all_rules
from samsyn.base.retention.rules import all_rules as retention_rules

OURS = [
    model
    for model in apps.get_models()
    if model.__module__.startswith("samsyn.") and not model._meta.auto_created
]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_each_model_says_who_may_see_it(model):
    assert model in all_rules(), f"{model._meta.label} has no visibility rule"


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_each_model_says_how_long_it_is_kept(model):
    assert model in retention_rules(), f"{model._meta.label} has no retention rule"
