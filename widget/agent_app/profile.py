"""What an Agent App tells of the customer in front of the agent: the object of ``customer_profile``.

All values are texts. Fields that nobody knows are left out, or empty.
"""

from typing import Literal, TypedDict

__all__ = ["Answer", "ChatOfProfile", "CustomerProfile", "Geolocation", "Source", "Variable"]

Source = Literal["chats", "archives", "visitors", "customers"]
"""The section that the agent is in; ``customers`` is what newer Agent Apps call ``visitors``."""


class Geolocation(TypedDict, total=False):
    """Where the customer is, by their address on the network."""

    city: str
    country: str
    country_code: str
    latitude: str
    longitude: str
    region: str
    timezone: str
    zipcode: str


class Answer(TypedDict):
    """A field of the form that was filled in before the chat."""

    question: str
    answer: str


class ChatOfProfile(TypedDict, total=False):
    """The chat in front; empty when the customer is not in one. ``id`` is the thread's, ``chat_id`` the chat's."""

    id: str
    chat_id: str
    groupID: str
    preChatSurvey: list[Answer]


class Variable(TypedDict):
    """A fact that the site has told of its visitor."""

    name: str
    value: str


class CustomerProfile(TypedDict, total=False):
    """The customer in front of the agent."""

    id: str
    name: str
    email: str
    chat: ChatOfProfile
    source: Source
    geolocation: Geolocation
    customVariables: list[Variable]
