"""Who the visitor is: signed in by the site, and what the site says of them."""

from dataclasses import dataclass
from typing import Protocol

from widget.wire.base import Json
from widget.wire.customer import SetCustomerSessionFields, UpdateCustomer
from widget.wire.frames import Payload
from widget.wire.users import Customer

__all__ = ["Session", "Visitor"]


class Session(Protocol):
    """The visitor's session (``widget.customer_sdk.session.ChatSession``)."""

    @property
    def customer(self) -> Customer | None:
        """What the server knows of the visitor."""

    def learned(self, customer: Customer) -> None:
        """It is this now."""

    async def sign_in(self, assertion: str, widget_id: str) -> str:
        """Become the person whom a signed token names."""

    async def wait_until_in_step(self) -> None:
        """Until all is known that the server knows."""

    async def request(self, action: str, payload: Json) -> Payload:
        """Ask the server for something."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """The visitor of one page."""

    session: Session
    widget_id: str

    async def sign_in(self, jwt: str) -> str:
        """Returns the customer's id. Raises SignInFailed, TokenUnavailable."""
        return await self.session.sign_in(jwt, self.widget_id)

    async def update(self, name: str | None, email: str | None) -> None:
        """Tell what is given. Raises ChatError."""
        changes = UpdateCustomer(name=name, email=email)
        await self.session.request("update_customer", changes.as_json())
        self._learn({key: value for key, value in (("name", name), ("email", email)) if value is not None})

    async def set_variables(self, variables: dict[str, str], *, merge: bool) -> None:
        """Keep these about the visit, and no others unless they are to ``merge``. Raises ChatError."""
        await self.session.wait_until_in_step()
        before = self.variables() if merge else {}
        fields = [{name: value} for name, value in {**before, **variables}.items()]
        await self.session.request(
            "set_customer_session_fields", SetCustomerSessionFields(session_fields=fields).as_json()
        )
        self._learn({"session_fields": fields})

    def variables(self) -> dict[str, str]:
        """What is kept about the visit."""
        known = self.session.customer
        return {name: value for each in (known and known.session_fields) or [] for name, value in each.items()}

    def _learn(self, changes: dict[str, object]) -> None:
        if self.session.customer is not None:
            self.session.learned(self.session.customer.model_copy(update=changes))
