"""What differs between a customer's connection and an agent's: after which words of the platform's it ends."""

from dataclasses import dataclass

__all__ = ["AGENT", "CUSTOMER", "Dialect"]


@dataclass(frozen=True, slots=True)
class Dialect:
    """What differs between a customer's connection and an agent's.

    ``pause`` and ``end`` hold reasons of the disconnecting push and error types of ``login`` after which a client must
    wait for its user or stop for good; after ``renew`` it needs a fresh token; after any other it reconnects.
    """

    disconnected: str
    pause: frozenset[str]
    end: frozenset[str]
    renew: frozenset[str] = frozenset({"access_token_expired", "access_token_revoked", "authentication"})


CUSTOMER = Dialect(
    disconnected="customer_disconnected",
    pause=frozenset({"inactivity_timeout", "users_limit_reached"}),
    end=frozenset(
        {
            "customer_banned",
            "customer_temporarily_blocked",
            "license_expired",
            "license_not_found",
            "logged_out_remotely",
            "misdirected_connection",
            "product_version_changed",
            "too_many_connections",
            "unsupported_version",
            "wrong_product_version",
        }
    ),
)
"""Spec: customer-rtm, section 7."""

AGENT = Dialect(
    disconnected="agent_disconnected",
    pause=frozenset({"agent_disconnected_by_server", "connection_evicted"}),
    end=frozenset(
        {
            "access_token_revoked",
            "agent_logged_out_remotely",
            "authentication",
            "authorization",
            "license_expired",
            "license_not_found",
            "misdirected_connection",
            "requester_awaiting_approval",
            "requester_suspended",
            "seats_limit_exceeded",
            "too_many_connections",
            "unsupported_version",
        }
    ),
    renew=frozenset({"access_token_expired"}),
)
"""Spec: agent-api, section 4. An agent's wrong token is the agent's to correct, so it ends the connection."""
