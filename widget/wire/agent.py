"""Agent Chat API 3.6: requests, results and pushes of an agent's connection (spec: agent-api, sections 3-4).

What agents share with customers (chats, events, marks) is in ``widget.wire.customer``; here is what only agents have.
"""

from typing import Annotated, Literal

from pydantic import Field

from widget.wire.base import Json, Timestamp, Wire
from widget.wire.chats import ChatSummary
from widget.wire.customer import Application
from widget.wire.events import Visibility
from widget.wire.users import Agent, Customer

__all__ = [
    "AddUserToChat",
    "AgentDisconnected",
    "AgentForTransfer",
    "AgentLogin",
    "AgentLoginResult",
    "AgentProfile",
    "AgentRoutingStatus",
    "ChatUnfollowed",
    "CustomerLeft",
    "CustomerPageUpdated",
    "FollowChat",
    "GetCustomer",
    "IncomingSneakPeek",
    "License",
    "ListAgentChats",
    "ListAgentChatsResult",
    "ListAgentsForTransfer",
    "ListRoutingStatuses",
    "RemoveUserFromChat",
    "RoutingStatus",
    "RoutingStatusSet",
    "SendTypingIndicator",
    "SetRoutingStatus",
    "SneakPeek",
    "TransferChat",
]

RoutingStatus = Literal["accepting_chats", "not_accepting_chats", "offline"]


class AgentLogin(Wire):
    """``login`` of an agent. ``token`` is the header's value: ``Bearer ...`` or ``Basic ...``."""

    token: str
    timezone: str | None = None
    reconnect: bool | None = None
    application: Application | None = None
    away: bool | None = None
    customer_monitoring_level: str | None = None
    pushes: dict[str, list[str]] | None = None


class License(Wire):
    """The organization that the agent works for."""

    id: str
    organization_id: str
    plan: str | None = None


class AgentProfile(Agent):
    """The agent who has signed in."""

    permission: str | None = None


class AgentLoginResult(Wire):
    """The answer to an agent's ``login``."""

    license: License
    my_profile: AgentProfile
    chats_summary: list[ChatSummary] = Field(default_factory=list)


class ChatFilters(Wire):
    """Which chats to list."""

    active: bool | None = None
    include_active: bool | None = None
    include_chats_without_threads: bool | None = None
    group_ids: Annotated[list[int], Field(max_length=200)] | None = None
    properties: Json | None = None


class ListAgentChats(Wire):
    """``list_chats`` of an agent."""

    filters: ChatFilters | None = None
    sort_order: Literal["asc", "desc"] = "desc"
    limit: int = Field(default=10, ge=1, le=100)
    page_id: str | None = None


class ListAgentChatsResult(Wire):
    """A page of chats."""

    chats_summary: list[ChatSummary] = Field(default_factory=list)
    found_chats: int = 0
    next_page_id: str | None = None
    previous_page_id: str | None = None


class FollowChat(Wire):
    """``follow_chat`` and ``unfollow_chat``."""

    id: str


class AddUserToChat(Wire):
    """``add_user_to_chat``; an agent who adds himself takes or watches the chat."""

    chat_id: str
    user_id: str
    user_type: Literal["agent", "customer"]
    visibility: Visibility = "all"
    ignore_requester_presence: bool | None = None


class RemoveUserFromChat(Wire):
    """``remove_user_from_chat``."""

    chat_id: str
    user_id: str
    user_type: Literal["agent", "customer"]
    ignore_requester_presence: bool | None = None


One = Field(min_length=1, max_length=1)
"""Exactly one. On each kind of list by itself: what checks a union is Python, which an image leaves out."""


class TransferGoal(Wire):
    """To whom a chat shall go: one agent, or the agents of a group."""

    type: Literal["agent", "group"]
    ids: Annotated[list[str], One] | Annotated[list[int], One]


class TransferChat(Wire):
    """``transfer_chat``; without a target the platform chooses another agent."""

    id: str
    target: TransferGoal | None = None
    ignore_agents_availability: bool = False
    ignore_requester_presence: bool = False


class ListAgentsForTransfer(Wire):
    """``list_agents_for_transfer``."""

    chat_id: str


class AgentForTransfer(Wire):
    """An agent who could take a chat, and how many he has."""

    agent_id: str
    total_active_chats: int


class SendTypingIndicator(Wire):
    """``send_typing_indicator``."""

    chat_id: str
    is_typing: bool
    visibility: Visibility = "all"


class SetRoutingStatus(Wire):
    """``set_routing_status``: whether new chats may be given to an agent."""

    status: RoutingStatus
    agent_id: str | None = None


class RoutingStatusFilters(Wire):
    """Whose routing status to list."""

    group_ids: list[int] | None = None


class ListRoutingStatuses(Wire):
    """``list_routing_statuses``."""

    filters: RoutingStatusFilters | None = None


class GetCustomer(Wire):
    """``get_customer``."""

    id: str


class SneakPeek(Wire):
    """What a customer has typed; ``timestamp`` in Unix seconds."""

    author_id: str
    text: str
    timestamp: int | None = None


class IncomingSneakPeek(Wire):
    """A customer types."""

    chat_id: str
    thread_id: str
    sneak_peek: SneakPeek


class RoutingStatusSet(Wire):
    """An agent accepts chats, or no longer."""

    agent_id: str
    status: RoutingStatus


AgentRoutingStatus = RoutingStatusSet
"""An item of ``list_routing_statuses`` has the shape of the push."""


class ChatUnfollowed(Wire):
    """The agent watches a chat no longer."""

    chat_id: str


class CustomerLeft(Wire):
    """A customer's last connection has gone."""

    id: str
    left_at: Timestamp


class CustomerPageUpdated(Wire):
    """A customer opened a page."""

    customer_id: str
    url: str
    title: str | None = None
    opened_at: Timestamp | None = None
    visit_id: int | None = None


class CustomerUpdated(Customer):
    """What changed of a customer."""


class AgentDisconnected(Wire):
    """The server is about to close the socket, and why."""

    reason: str
    data: Json | None = None
