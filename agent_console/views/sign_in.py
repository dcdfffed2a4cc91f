"""The sign-in form, with the reason when it is shown again."""

from htpy import Element, button, div, form, h1, input, label, main, p

from agent_console.state import SignInForm, WhyNot
from widget.ui.icons import alert, bubble_mark
from widget.ui.locale import Locale

__all__ = ["sign_in", "why_not"]


def sign_in(state: SignInForm, locale: Locale) -> Element:
    """The form of an agent who is not known yet."""
    t = locale.text
    reason = why_not(state, locale)
    return main(".sign-in")[
        form(".card", id="sign-in", novalidate=True, aria_labelledby="sign-in-title")[
            bubble_mark(),
            h1(id="sign-in-title")[t("Sign in to answer chats")],
            div(".sign-in-error", id="sign-in-error", role="alert")[reason and (alert(), p[reason])],
            _account(state, locale),
            _token(state, locale),
            p(".hint")[t("The server printed it at its first start and keeps it in the file agent-token.")],
            button(".button.primary", type="submit", aria_disabled="true" if state.busy else None)[
                t("Signing in…") if state.busy else t("Sign in")
            ],
        ]
    ]


def why_not(state: SignInForm, locale: Locale) -> str | None:
    """What was wrong, and what to do."""
    t = locale.text
    match state.why:
        case None:
            return None
        case WhyNot.ACCOUNT_MISSING:
            return t("Enter the e-mail address of your account.")
        case WhyNot.TOKEN_MISSING:
            return t("Enter your personal access token.")
        case WhyNot.UNREACHABLE:
            return t("The server did not answer. Check the connection, then sign in.")
        case WhyNot.REFUSED:
            return _refusals(locale).get(
                state.reason, t("The server refused to sign you in ({reason}).", reason=state.reason)
            )


def _refusals(locale: Locale) -> dict[str, str]:
    t = locale.text
    return {
        "authentication": t("This address and token do not belong together. Check both."),
        "access_token_revoked": t("This token was revoked. Enter another one."),
        "requester_suspended": t("This account is suspended. Ask whoever runs the server."),
        "seats_limit_exceeded": t("All seats are taken. Ask whoever runs the server."),
    }


def _account(state: SignInForm, locale: Locale) -> Element:
    wrong = state.why is WhyNot.ACCOUNT_MISSING
    text = locale.text("E-mail address")
    return _field("account", text, "email", wrong, autocomplete="username", value=state.account)


def _token(state: SignInForm, locale: Locale) -> Element:
    wrong = state.why in {WhyNot.TOKEN_MISSING, WhyNot.REFUSED}
    return _field("token", locale.text("Personal access token"), "password", wrong, autocomplete="current-password")


def _field(name: str, text: str, kind: str, wrong: bool, *, autocomplete: str, value: str = "") -> Element:
    return div(".field")[
        label(for_=name)[text],
        # data-own: what is entered is the agent's; no painting touches it.
        input(
            id=name,
            name=name,
            type=kind,
            autocomplete=autocomplete,
            required=True,
            value=value or None,
            aria_invalid="true" if wrong else None,
            aria_describedby="sign-in-error" if wrong else None,
            data_own=True,
            spellcheck="false",
        ),
    ]
