"""Signing in and out: from nobody to an agent whom the platform has let in.

Credentials that need no entering are tried first. What the platform refuses leads back to the form, with its reason.
"""

from collections.abc import Callable

from agent_console.session import AgentSession
from agent_console.sign_in import Credentials, SignIn, check
from agent_console.state import SignInForm, WhyNot
from widget.rtm.background import begin
from widget.rtm.state import State

__all__ = ["Admission"]

_NOT_YOU = {"authentication", "access_token_revoked", "requester_suspended"}
"""Ends after which the agent has to say anew who they are."""


class Admission:
    """``session`` belongs to who signs in or has; ``form`` is what is asked of them meanwhile.

    ``new_session`` connects for credentials; ``asked`` is told of every new form.
    """

    def __init__(
        self,
        who: SignIn,
        new_session: Callable[[Credentials], AgentSession],
        asked: Callable[[], None],
    ) -> None:
        self.session: AgentSession | None = None
        self.form: SignInForm | None = None
        self._who = who
        self._new_session = new_session
        self._asked = asked
        self._credentials: Credentials | None = None
        self._looked_again = False

    @property
    def credentials(self) -> Credentials | None:
        """Those that the session was begun with."""
        return self._credentials

    @property
    def field(self) -> str:
        """What has to be entered next."""
        form = self.form
        return "token" if form and form.account and form.why is not WhyNot.ACCOUNT_MISSING else "account"

    def start(self) -> None:
        """Find out who the agent is."""
        begin(self._start())

    def sign_in(self, account: str, token: str) -> None:
        """Try what was entered, unless something is being tried."""
        if self.form and self.form.busy:
            return
        wrong = check(account, token)
        if wrong is not None:
            self._ask(SignInForm(account, WhyNot(wrong)))
        else:
            self._ask(SignInForm(account, busy=True))
            self._enter(Credentials(account_id=account, token=token))

    def sign_out(self) -> None:
        """Forget who the agent was."""
        self._leave(SignInForm(self._credentials.account_id if self._credentials else ""), for_good=True)

    def settle(self) -> None:
        """What became of an attempt to sign in, as the session's state tells."""
        session = self.session
        if session is None:
            return
        account = self._credentials.account_id if self._credentials else ""
        if session.state is State.ENDED and (not session.me or session.ended_by in _NOT_YOU):
            self._refused(SignInForm(account, WhyNot.REFUSED, session.ended_by or "?"))
        elif session.me and self._credentials is not None and session.state is State.CONNECTED:
            self._who.keep(self._credentials)
            self.form = None
        elif self.form is not None and self.form.busy and session.state is State.WAITING:
            self._end()
            self._ask(SignInForm(account, WhyNot.UNREACHABLE))

    # Private

    async def _start(self) -> None:
        try:
            credentials = await self._who.find()
        except OSError:
            self._ask(SignInForm(why=WhyNot.UNREACHABLE))
        else:
            if credentials is None:
                self._ask(SignInForm())
            else:
                self._enter(credentials)

    def _ask(self, form: SignInForm) -> None:
        self.form = form
        self._asked()

    def _enter(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self.session = self._new_session(credentials)

    def _refused(self, form: SignInForm) -> None:
        """Credentials that nobody entered may be old ones that the tab kept: look once more before asking."""
        if self.form is None and not self._looked_again and self.session is not None:
            self._looked_again = True
            self._end()
            self._who.forget(for_good=False)
            self.start()
        else:
            self._leave(form, for_good=False)

    def _leave(self, form: SignInForm, *, for_good: bool) -> None:
        self._end()
        self._who.forget(for_good=for_good)
        self._ask(form)

    def _end(self) -> None:
        if self.session is not None:
            self.session.end()
            self.session = None
