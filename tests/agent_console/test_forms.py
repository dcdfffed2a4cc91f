"""An administrator writes the forms that visitors fill in."""

from __future__ import annotations

from typing import Any

import pytest

from agent_console.form_drafts import FormAsk
from tests.agent_console.stage import FakeOrganization, Stage, at_work

GROUPS = [{"id": 0, "name": "Sales", "agent_priorities": {}}, {"id": 3, "name": "Support", "agent_priorities": {}}]
NAME = {"type": "name", "id": "0", "label": "Your name", "required": True}
SIZE = {"type": "radio", "id": "4", "label": "Size", "options": [{"id": "0", "label": "S"}, {"id": "1", "label": "M"}]}


def written(type: str = "prechat", *, enabled: bool = True, group_id: int = 0) -> dict[str, Any]:
    return {"group_id": group_id, "type": type, "enabled": enabled, "id": "f", "fields": [NAME, SIZE]}


async def at_forms(*forms: dict[str, Any], **parts: Any) -> Stage:
    """In the settings, with these forms."""
    stage = await at_work(organization=FakeOrganization(groups=GROUPS, forms=[*forms]), **parts)
    stage.console.act("place", "settings")
    stage.console.act("settings-part", "forms")
    await stage.go_on()
    return stage


def shown(stage: Stage) -> str:
    return stage.page.areas["settings"]


def dialog(stage: Stage) -> str:
    stage.paint()
    return stage.page.areas["asking"]


def ask(stage: Stage) -> FormAsk:
    question = stage.console._desk.asking.question
    assert isinstance(question, FormAsk)
    return question


def fill(stage: Stage) -> None:
    """Have in the fields of the page what was drawn in them."""
    fields = stage.page.fields
    fields.setdefault("form-shown", "on")
    for each in ask(stage).questions:
        fields.setdefault(f"question-{each.key}-label", each.label)
        fields.setdefault(f"question-{each.key}-choices", each.choices)
        if each.required:
            fields.setdefault(f"question-{each.key}-required", "on")
        for group in each.groups:
            fields.setdefault(f"question-{each.key}-group-{group}", "on")


def add(stage: Stage, kind: str) -> str:
    """Add a question. Returns how its fields begin."""
    fill(stage)
    stage.page.fields["new-question"] = kind
    stage.console.act("add-question", "")
    fill(stage)
    return f"question-{ask(stage).questions[-1].key}"


def saved(stage: Stage) -> list[Any]:
    return stage.organization.requests("update_form")


async def test_each_form_says_when_it_is_met_and_whether_it_is_shown() -> None:
    stage = await at_forms(written(), written("ticket", enabled=False))

    assert shown(stage).count("Not shown") == 2
    assert "2 questions" in shown(stage)
    assert "Write it" in shown(stage)


async def test_a_form_that_was_never_written_begins_with_what_most_ask() -> None:
    stage = await at_forms()
    stage.console.act("edit-form", "prechat")
    assert "Your e-mail address" in dialog(stage)
    fill(stage)

    stage.console.submit("form-form")
    await stage.go_on()

    [form] = saved(stage)
    assert (form["type"], form["enabled"]) == ("prechat", True)
    assert [(field["type"], field.get("required", False)) for field in form["fields"]] == [
        ("name", True),
        ("email", False),
    ]
    assert stage.page.dialog == ""


async def test_questions_are_added_and_taken_away() -> None:
    stage = await at_forms(written())
    stage.console.act("edit-form", "prechat")
    name = add(stage, "select")
    assert stage.page.focused == f"{name}-label"
    stage.page.fields |= {f"{name}-label": "Colour", f"{name}-choices": "Red\n\n Blue \n"}
    stage.console.act("remove-question", "0")
    assert stage.page.focused == "question-1-remove"

    stage.console.submit("form-form")
    await stage.go_on()

    size, colour = saved(stage)[0]["fields"]
    assert size == SIZE
    assert (colour["id"], colour["label"]) == ("5", "Colour")
    assert colour["options"] == [{"id": "0", "label": "Red"}, {"id": "1", "label": "Blue"}]


async def test_questions_change_places_by_keys_and_the_focus_goes_along() -> None:
    stage = await at_forms(written())
    stage.console.act("edit-form", "prechat")
    add(stage, "email")

    stage.console.act("question-up", "2")
    assert stage.page.focused == "question-2-up"
    assert "Now number 2 of 3" in dialog(stage)
    stage.console.act("question-up", "2")
    assert stage.page.focused == "question-2-down"  # there is no way further up
    stage.console.submit("form-form")
    await stage.go_on()

    assert [field["type"] for field in saved(stage)[0]["fields"]] == ["email", "name", "radio"]


async def test_visitors_see_what_the_preview_shows() -> None:
    stage = await at_forms(written())
    stage.console.act("edit-form", "prechat")
    fill(stage)
    stage.page.fields["question-0-label"] = "What shall we call you?"

    stage.console.typed("question-0-label")

    preview = dialog(stage).partition('class="form-preview"')[2]
    assert "What shall we call you?" in preview
    assert "Before we begin" in preview


@pytest.mark.parametrize(
    ("kind", "entered", "said", "focus"),
    [
        ("question", {"label": " "}, "Write the question.", "label"),
        ("header", {"label": ""}, "Write the text.", "label"),
        ("radio", {"label": "Size", "choices": "S"}, "Write at least two choices", "choices"),
        ("checkbox", {"label": "I agree", "choices": " "}, "Write at least one choice.", "choices"),
        ("select", {"label": "Size", "choices": "S\nS"}, "A choice is there twice.", "choices"),
        ("select", {"label": "Size", "choices": "S\n" + "M" * 201}, "up to 200 characters", "choices"),
        ("group_chooser", {"group-0": "", "group-3": ""}, "Choose at least one group.", "group-0"),
    ],
)
async def test_what_nobody_could_answer_is_said_and_nothing_is_lost(
    kind: str, entered: dict[str, str], said: str, focus: str
) -> None:
    stage = await at_forms()
    stage.console.act("edit-form", "postchat")
    name = add(stage, kind)
    stage.page.fields |= {f"{name}-{field}": text for field, text in entered.items()}

    stage.console.submit("form-form")
    await stage.go_on()

    assert said in dialog(stage)
    assert stage.page.focused == f"{name}-{focus}"
    assert saved(stage) == []
    assert len(ask(stage).questions) == 2


async def test_a_form_without_questions_cannot_be_shown() -> None:
    stage = await at_forms()
    stage.console.act("edit-form", "postchat")
    fill(stage)
    stage.console.act("remove-question", "0")

    stage.console.submit("form-form")

    assert "A form that is shown asks something." in dialog(stage)
    assert stage.page.focused == "new-question"


async def test_a_form_is_hidden_and_shown_again() -> None:
    stage = await at_forms(written())

    stage.console.act("show-form", "prechat")
    await stage.go_on()
    assert shown(stage).count("Not shown") == 3
    stage.console.act("show-form", "prechat")
    await stage.go_on()

    assert [form["enabled"] for form in saved(stage)] == [False, True]
    assert saved(stage)[0]["fields"] == [NAME, SIZE]


async def test_each_group_has_forms_of_its_own() -> None:
    stage = await at_forms(written(group_id=3))
    assert "2 questions" not in shown(stage)

    stage.console.act("forms-group", "group 3")
    await stage.go_on()

    assert "2 questions" in shown(stage)


async def test_visitors_choose_among_the_groups_that_were_ticked() -> None:
    stage = await at_forms()
    stage.console.act("edit-form", "prechat")
    name = add(stage, "group_chooser")
    stage.page.fields[f"{name}-group-0"] = ""

    stage.console.submit("form-form")
    await stage.go_on()

    assert saved(stage)[0]["fields"][-1]["options"] == [{"id": "3", "label": "Support", "group_id": 3}]


async def test_what_the_server_refuses_is_said_and_can_be_tried_again() -> None:
    stage = await at_forms(written())
    stage.organization.refuse["update_form"] = "validation"

    stage.console.act("show-form", "prechat")
    await stage.go_on()

    assert "Refused: update_form" in stage.page.areas["failures"]
