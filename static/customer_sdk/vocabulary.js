// The names of both vocabularies: customer-sdk 2's for a licence, today's for an organization. What they take and give is
// Python's to know (widget/customer_sdk/sdk2.py, sdk5.py); a test compares the names.

export const first = {
  answered: [
    'closeThread', 'getChatsSummary', 'getChatThreads', 'getChatThreadsSummary', 'getPredictedAgent', 'rateChat', 'sendEvent',
    'sendPostback', 'startChat', 'updateChatProperties', 'updateChatThreadProperties', 'updateLastSeenTimestamp',
  ],
  told: ['connect', 'disconnect', 'setSneakPeek', 'updateCustomer', 'updateCustomerPage'],
  uploads: ['sendFile'],
  histories: ['getChatHistory'],
  events: [
    'chat_properties_updated', 'chat_thread_properties_updated', 'connected', 'connection_lost', 'connection_restored', 'customer_id',
    'disconnected', 'last_seen_timestamp_updated', 'new_event', 'thread_closed', 'thread_summary', 'user_data', 'user_is_typing',
    'user_joined_chat', 'user_left_chat', 'user_stopped_typing',
  ],
}

export const today = {
  answered: [
    'acceptGreeting', 'cancelGreeting', 'cancelRate', 'deactivateChat', 'deleteChatProperties', 'deleteEvent', 'deleteEventProperties',
    'deleteThreadProperties', 'getChat', 'getCustomer', 'getForm', 'getPredictedAgent', 'getUrlInfo', 'listChats', 'listGroupStatuses',
    'listThreads', 'markEventsAsSeen', 'rateChat', 'requestWelcomeMessage', 'resumeChat', 'sendEvent', 'sendGreetingButtonClicked',
    'sendRichMessagePostback', 'setCustomerSessionFields', 'startChat', 'updateChatProperties', 'updateCustomer',
    'updateEventProperties', 'updateThreadProperties',
  ],
  told: ['connect', 'disconnect', 'setSneakPeek', 'updateCustomerPage'],
  uploads: ['uploadFile'],
  histories: ['getChatHistory'],
  events: [
    'availability_updated', 'chat_deactivated', 'chat_properties_deleted', 'chat_properties_updated', 'chat_transferred', 'connected',
    'customer_id', 'customer_updated', 'disconnected', 'event_deleted', 'event_properties_deleted', 'event_properties_updated',
    'event_updated', 'events_marked_as_seen', 'greeting_accepted', 'greeting_canceled', 'identity_changed', 'incoming_chat',
    'incoming_event', 'incoming_event_preview', 'incoming_greeting', 'incoming_multicast', 'incoming_rich_message_postback',
    'incoming_thinking_indicator', 'incoming_typing_indicator', 'incoming_welcome_message', 'queue_position_updated',
    'thread_properties_deleted', 'thread_properties_updated', 'user_added_to_chat', 'user_data', 'user_removed_from_chat',
  ],
}

// Whoever has a customer's token: the client's `auth`, and what an identity provider gives.
export const OF_AUTH = ['getToken', 'getFreshToken', 'hasToken', 'invalidate']
