"""The Customer Chat API: everything that a visitor's client may ask for, by name (spec: customer-rtm, customer-web)."""

from server import customer_chat, greetings, property_actions, signals, widget_configuration
from server.api import Action, Api, Errand, Nothing
from server.forms import get_form
from server.link_previews import get_url_info
from server.people import depart
from widget.wire import customer as wire
from widget.wire import customer_requests as more
from widget.wire import property_requests as properties
from widget.wire.agent_requests import EventDeleted, SendPostback
from widget.wire.new_events import ResumeAnyChat, SendAnyEvent, StartAnyChat

__all__ = ["CUSTOMER_CHAT"]

CUSTOMER_CHAT = Api(
    name="customer",
    login=customer_chat.login,
    authorize=customer_chat.authorize,
    depart=depart,
    actions={
        "accept_greeting": Action(more.AcceptGreeting, greetings.accept_greeting),
        "activate_customer_page": Action(Nothing, customer_chat.stay, over_http=False),
        "cancel_greeting": Action(more.CancelGreeting, greetings.cancel_greeting),
        "check_goals": Action(more.CheckGoals, customer_chat.check_goals),
        "deactivate_chat": Action(wire.DeactivateChat, customer_chat.deactivate_chat),
        "deactivate_customer_page": Action(Nothing, customer_chat.stay, over_http=False),
        "delete_chat_properties": Action(properties.DeleteChatProperties, property_actions.delete_chat_properties),
        "delete_event": Action(EventDeleted, customer_chat.delete_event),
        "delete_event_properties": Action(properties.DeleteEventProperties, property_actions.delete_event_properties),
        "delete_thread_properties": Action(
            properties.DeleteThreadProperties, property_actions.delete_thread_properties
        ),
        "get_chat": Action(wire.GetChat, customer_chat.get_chat),
        "get_configuration": Action(more.ConfigurationOfGroup, widget_configuration.get_configuration, public=True),
        "get_customer": Action(Nothing, customer_chat.get_customer),
        "get_dynamic_configuration": Action(
            more.DynamicConfigurationOf, widget_configuration.get_dynamic_configuration, public=True
        ),
        "get_form": Action(more.GetForm, get_form),
        "get_localization": Action(more.LocalizationOf, widget_configuration.get_localization, public=True),
        "get_predicted_agent": Action(wire.GetPredictedAgent, customer_chat.get_predicted_agent),
        "get_url_info": Errand(more.GetUrlInfo, get_url_info),
        "list_chats": Action(wire.ListChats, customer_chat.list_chats),
        "list_group_properties": Action(more.GroupProperties, widget_configuration.list_group_properties, public=True),
        "list_group_statuses": Action(wire.ListGroupStatuses, customer_chat.list_group_statuses),
        "list_license_properties": Action(
            more.LicenseProperties, widget_configuration.list_license_properties, public=True
        ),
        "list_threads": Action(wire.ListThreads, customer_chat.list_threads),
        "mark_events_as_seen": Action(wire.MarkEventsAsSeen, customer_chat.mark_events_as_seen),
        "request_email_verification": Action(more.EmailVerification, customer_chat.request_email_verification),
        "request_welcome_message": Action(more.RequestWelcomeMessage, customer_chat.request_welcome_message),
        "resume_chat": Action(ResumeAnyChat, customer_chat.resume_chat),
        "send_event": Action(SendAnyEvent, customer_chat.send_event),
        "send_greeting_button_clicked": Action(more.GreetingButton, greetings.send_greeting_button_clicked),
        "send_rich_message_postback": Action(SendPostback, signals.send_postback),
        "send_sneak_peek": Action(wire.SendSneakPeek, signals.send_sneak_peek),
        "set_customer_session_fields": Action(wire.SetCustomerSessionFields, customer_chat.set_session_fields),
        "start_chat": Action(StartAnyChat, customer_chat.start_chat),
        "update_chat_properties": Action(properties.UpdateChatProperties, property_actions.update_chat_properties),
        "update_customer": Action(wire.UpdateCustomer, customer_chat.update_requester),
        "update_customer_page": Action(wire.UpdateCustomerPage, customer_chat.update_page, over_http=False),
        "update_event_properties": Action(properties.UpdateEventProperties, property_actions.update_event_properties),
        "update_thread_properties": Action(
            properties.UpdateThreadProperties, property_actions.update_thread_properties
        ),
    },
)
