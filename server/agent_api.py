"""The Agent Chat API: everything that an agent's client may ask for, by name (spec: agent-api, sections 2 and 3)."""

from server import agent_chat, agent_members, property_actions, signals, tags, visitors
from server.api import Action, Api, Nothing
from server.archives import list_archives
from server.bans import ban_customer
from server.configuration.organization import get_license_info
from server.people import depart
from server.summaries import get_thread_transcript, request_thread_summary
from widget.wire import agent as wire
from widget.wire import agent_requests as more
from widget.wire import customer as shared
from widget.wire import property_requests as properties
from widget.wire.new_events import ResumeAnyChat, SendAnyEvent, StartAnyChat

__all__ = ["AGENT_CHAT"]

AGENT_CHAT = Api(
    name="agent",
    login=agent_chat.login,
    authorize=agent_chat.authorize,
    depart=depart,
    speaker=agent_chat.speaker,
    actions={
        "add_user_to_chat": Action(wire.AddUserToChat, agent_members.add_user_to_chat),
        "ban_customer": Action(more.BanCustomer, ban_customer),
        "change_push_notifications": Action(Nothing, agent_chat.keep_quiet, over_http=False),
        "create_customer": Action(more.CreateCustomer, visitors.create_customer),
        "deactivate_chat": Action(shared.DeactivateChat, agent_chat.deactivate_chat),
        "delete_chat_properties": Action(properties.DeleteChatProperties, property_actions.delete_chat_properties),
        "delete_event_properties": Action(properties.DeleteEventProperties, property_actions.delete_event_properties),
        "delete_thread_properties": Action(
            properties.DeleteThreadProperties, property_actions.delete_thread_properties
        ),
        "follow_chat": Action(wire.FollowChat, agent_members.follow_chat),
        "follow_customer": Action(more.CustomerById, visitors.follow_customer),
        "get_chat": Action(shared.GetChat, agent_chat.get_chat),
        "get_customer": Action(wire.GetCustomer, agent_chat.get_customer),
        "get_license_info": Action(Nothing, get_license_info),
        "get_thread_transcript": Action(more.ThreadById, get_thread_transcript),
        "list_agents_for_transfer": Action(wire.ListAgentsForTransfer, agent_members.list_agents_for_transfer),
        "list_archives": Action(more.ListArchives, list_archives),
        "list_chats": Action(wire.ListAgentChats, agent_chat.list_chats),
        "list_customers": Action(more.ListCustomers, visitors.list_customers),
        "list_routing_statuses": Action(wire.ListRoutingStatuses, agent_members.list_routing_statuses),
        "list_threads": Action(more.ListAgentThreads, agent_chat.list_threads),
        "logout": Action(Nothing, agent_chat.logout),
        "mark_events_as_seen": Action(shared.MarkEventsAsSeen, agent_chat.mark_events_as_seen),
        "multicast": Action(more.Multicast, signals.multicast),
        "remove_user_from_chat": Action(wire.RemoveUserFromChat, agent_members.remove_user_from_chat),
        "request_thread_summary": Action(more.ThreadById, request_thread_summary),
        "resume_chat": Action(ResumeAnyChat, agent_chat.resume_chat),
        "send_event": Action(SendAnyEvent, agent_chat.send_event),
        "send_event_preview": Action(more.SendEventPreview, signals.send_event_preview),
        "send_rich_message_postback": Action(more.SendPostback, signals.send_postback),
        "send_thinking_indicator": Action(more.SendThinkingIndicator, signals.send_thinking_indicator),
        "send_typing_indicator": Action(wire.SendTypingIndicator, signals.send_typing_indicator),
        "set_away_status": Action(more.SetAwayStatus, agent_members.set_away_status, over_http=False),
        "set_routing_status": Action(wire.SetRoutingStatus, agent_members.set_routing_status),
        "start_chat": Action(StartAnyChat, agent_chat.start_chat),
        "subscribe_customers": Action(more.SubscribeCustomers, visitors.subscribe_customers, over_http=False),
        "tag_thread": Action(more.TagThread, tags.tag_thread),
        "transfer_chat": Action(wire.TransferChat, agent_members.transfer_chat),
        "unfollow_chat": Action(wire.FollowChat, agent_members.unfollow_chat),
        "unfollow_customer": Action(more.CustomerById, visitors.unfollow_customer),
        "unsubscribe_customers": Action(more.UnsubscribeCustomers, visitors.unsubscribe_customers, over_http=False),
        "untag_thread": Action(more.TagThread, tags.untag_thread),
        "update_chat_properties": Action(properties.UpdateChatProperties, property_actions.update_chat_properties),
        "update_customer": Action(more.UpdateAnyCustomer, visitors.update_any_customer),
        "update_event_properties": Action(properties.UpdateEventProperties, property_actions.update_event_properties),
        "update_session": Action(more.UpdateSession, agent_chat.update_session, over_http=False),
        "update_thread_properties": Action(
            properties.UpdateThreadProperties, property_actions.update_thread_properties
        ),
    },
)
