// The Customer SDK for pages: customer-sdk.js and customer-sdk.mjs. Written by `make declarations` out of widget/customer_sdk.
//
// In a script's page it is the global `CustomerSDK`.

export as namespace CustomerSDK

/** A client in the SDK's first words. It connects at once unless `autoConnect` is false. Throws a `Failure`. */
export function init(config: first.Config): first.CustomerSDK
/** A client in today's words. It connects at once unless `autoConnect` is false. Throws a `Failure`. */
export function init(config: today.Config): today.CustomerSDK

/** What every promise is rejected with. */
export interface Failure extends Error {
  /** Stable, such as `NO_CONNECTION`; where the platform refused, its word in capitals. */
  code: string
  /** What to do next. */
  hint: string
  /** What the platform says beside its word. */
  data?: unknown
}

/** A file on its way. */
export interface Upload<T> extends Promise<T> {
  readonly promise: Promise<T>
  /** Stop. The promise is rejected with `UPLOAD_CANCELED`; nothing happens once the file is there. */
  cancel(): void
}

/** A page; `done` comes with the last one. */
export type Step<T> = { done: boolean, value: T | undefined }

/** The history of a chat, page by page, from the newest. */
export interface History<T> extends AsyncIterable<T> {
  /** The next page; may be called again before it has answered. */
  next(): Promise<Step<T>>
}

/** A customer's token; `expiresIn` and `creationDate` in milliseconds. */
export interface Token {
  accessToken: string
  entityId: string
  expiresIn: number
  tokenType: string
  creationDate: number
  organizationId?: string
}

/** The customer's token: kept, renewed, forgotten. */
export interface Auth {
  getToken(): Promise<Token>
  getFreshToken(): Promise<Token>
  hasToken(): Promise<boolean>
  invalidate(): Promise<void>
}

/** What has a customer's token in place of the platform's accounts. `getFreshToken` gives another than before. */
export interface IdentityProvider {
  getToken(): Provided | Promise<Provided>
  getFreshToken(): Provided | Promise<Provided>
  hasToken(): boolean | Promise<boolean>
  invalidate(): void | Promise<void>
}

/** The token that a provider gives. */
type Provided = Omit<Token, 'tokenType'> & { tokenType?: string }

/** Calls an event's handler with its payload. */
type Handler<Payload> = (payload: Payload) => unknown

/** An event's name and payload. */
type Pair<Told> = { [Name in keyof Told]: [name: Name, payload: Told[Name]] }[keyof Told]

/** What is the same in both vocabularies. `Told` are the events, and what each carries. */
interface Client<Told> {
  readonly auth: Auth
  /** Come up and stay up. */
  connect(): void
  /** Go down until `connect`. */
  disconnect(): void
  /** End for good. Who still waits gets `SDK_DESTROYED`. */
  destroy(): void
  /** Call a handler at each event of a name, or with the names and payloads of all. Returns what ends that. */
  on<Name extends keyof Told>(name: Name, handler: Handler<Told[Name]>): () => void
  on(name: '*', handler: (...event: Pair<Told>) => unknown): () => void
  /** Call a handler at the next event of a name, and not again. */
  once<Name extends keyof Told>(name: Name, handler: Handler<Told[Name]>): () => void
  once(name: '*', handler: (...event: Pair<Told>) => unknown): () => void
  /** Call a handler no more; without it, none of the name's; without a name, none at all. */
  off(name?: keyof Told | '*', handler?: (...event: never[]) => unknown): void
  /** All events as pairs, for stream libraries; they complete with `destroy`. */
  '@@observable'(): Observable<Pair<Told>>
}

interface Observable<T> {
  subscribe(observer: { next?(value: T): unknown, complete?(): unknown }): (() => void) & { unsubscribe(): void }
}

/** The SDK's first words, those of customer-sdk 2: `init({ license, clientId })`. */
export namespace first {
  /** Who connects, and whereto. */
  export interface Config {
    license: number
    clientId: string
    group?: number
    page?: WebPageFields
    referrer?: string
    customer?: CustomerFields
    autoConnect?: boolean
    redirectUri?: string
  }

  /** A customer's client. */
  export interface CustomerSDK extends Client<Told> {
    /** Start a chat. Raises `CHAT_LIMIT_REACHED` when the customer has one. */
    startChat(specification?: Specification): Promise<Chat>
    /** Close the active thread of a chat. */
    closeThread(chat: string): Promise<Success>
    /** Say something. A chat whose thread is closed gets a new one, unless `attachToLastThread`. */
    sendEvent(chat: string, event: NewMessage | NewFile | NewForm | NewSystemMessage | NewRichMessage | NewCustomEvent, meta?: Meta): Promise<Event>
    /** Send a file of at most 10 MB: await what this returns, which is its `url`, or `cancel` it. Raises TooBigFile; awaiting raises UploadFailed, UploadCanceled or Refused. */
    sendFile(chat: string, data: FileData, spec?: FileSpec): Upload<Uploaded>
    /** Press a button of a rich message. */
    sendPostback(chat: string, thread: string, event: string, postback: Postback): Promise<Success>
    /** Let agents see what is being typed: sent only while the chat is active, at most once in 2 s. */
    setSneakPeek(chat: string, text: string): void
    /** Rate the newest thread of a chat: `{success, id?}`, the id of the event that says so in the chat. */
    rateChat(chat: string, rating: Rating): Promise<Rated>
    /** Set properties of a chat. */
    updateChatProperties(chat: string, properties: Record<string, Record<string, unknown>>): Promise<Success>
    /** Set properties of a thread. */
    updateChatThreadProperties(chat: string, thread: string, properties: Record<string, Record<string, unknown>>): Promise<Success>
    /** Everything up to a moment has been seen; up to now unless it is given. */
    updateLastSeenTimestamp(chat: string, timestamp?: number): Promise<Seen>
    /** The customer's chats. The users in them are told as `user_data` first. */
    getChatsSummary(pagination?: PageOfChats): Promise<ChatsSummary>
    /** Threads of a chat without their events: `{threadsSummary, totalThreads}`, in the order they began. */
    getChatThreadsSummary(chat: string, pagination?: PageOfThreads): Promise<ThreadsSummary>
    /** Threads with their events, in the order they began. */
    getChatThreads(chat: string, threads: string[]): Promise<Thread[]>
    /** The events of a chat, a page at a time, from the newest: `next()`, or `async for events in history`. */
    getChatHistory(chat: string): History<Event[]>
    /** Who would get a chat that started now. Raises `GROUP_OFFLINE` when nobody would. */
    getPredictedAgent(): Promise<User>
    /** Say who the customer is: now, or when there is a connection. */
    updateCustomer(properties: CustomerFields): void
    /** Say where the customer is: now, or when there is a connection. */
    updateCustomerPage(page: WebPageFields): void
  }

  /** Events, and what each carries. */
  export interface Told {
    chat_properties_updated: ChatPropertiesUpdated
    chat_thread_properties_updated: ThreadPropertiesUpdated
    connected: ChatsSummary
    connection_lost: undefined
    connection_restored: ChatsSummary
    customer_id: string
    disconnected: string
    last_seen_timestamp_updated: LastSeen
    new_event: NewEventTold
    thread_closed: InChat
    thread_summary: ThreadSummaryTold
    user_data: Customer | Agent
    user_is_typing: UserInChat
    user_joined_chat: UserInChat
    user_left_chat: UserInChat
    user_stopped_typing: UserInChat
  }

  /** The groups that may see a chat. */
  export interface Access {
    groups: number[]
  }

  /** The groups that may see a chat. */
  export interface AccessOfChat {
    groups?: number[]
  }

  /** An agent or a bot. */
  export interface Agent {
    id: string
    type: 'agent'
    name: string | null
    avatar: string | null
    jobTitle: string | null
  }

  /** The button that a message answers. */
  export interface AnsweredButton {
    id: string
    threadId: string
    eventId: string
    type?: string
    value?: string
  }

  /** A button of a rich message. */
  export interface Button {
    text: string | null
    postback: string | null
    users: string[]
    type?: string
    value?: string
  }

  /** A chat that has begun, with the events of its thread. */
  export interface Chat {
    id: string
    access: Access
    users: User[]
    lastSeenTimestamps: Record<string, number | null>
    threads: string[]
    thread: string
    events: Event[]
    properties: Record<string, unknown>
  }

  /** Properties of a chat were set. */
  export interface ChatPropertiesUpdated {
    chat: string
    properties: Record<string, Record<string, unknown>>
  }

  /** A chat in a list. */
  export interface ChatSummary {
    id: string
    active: boolean
    access: Access
    order: number
    users: string[]
    lastEvent?: Event
    lastEventsPerType?: Record<string, Event>
    lastSeenTimestamps: Record<string, number | null>
    lastThread: string | null
    properties: Record<string, unknown>
  }

  /** Chats, and how many there are in all. */
  export interface ChatsSummary {
    chatsSummary: ChatSummary[]
    totalChats: number
  }

  /** Data of an integration. */
  export interface CustomEvent {
    id: string
    author: string
    timestamp: number
    thread: string
    properties: Record<string, Record<string, unknown>>
    customId?: string
    type: 'custom'
    content?: unknown
  }

  /** A visitor; `fields` are what the site knows of him. */
  export interface Customer {
    id: string
    type: 'customer'
    fields: Record<string, string>
    name?: string
    email?: string
  }

  /** What a customer is called, and what the site knows of him. */
  export interface CustomerFields {
    name?: string
    email?: string
    fields?: Record<string, string>
  }

  /** A card of a rich message. */
  export interface Element {
    title?: string
    subtitle?: string
    image?: Record<string, unknown>
    buttons?: Button[]
  }

  export type Event = Message | FileEvent | SystemMessage | RichMessage | FilledForm | CustomEvent

  /** A file to send. */
  export interface FileData {
    file: Blob
    customId?: string
  }

  /** A file. Pictures have their size in pixels, and thumbnails. */
  export interface FileEvent {
    id: string
    author: string
    timestamp: number
    thread: string
    properties: Record<string, Record<string, unknown>>
    customId?: string
    type: 'file'
    url: string
    name?: string
    contentType?: string
    size?: number
    alternativeText?: string
    width?: number
    height?: number
    thumbnails?: Thumbnails
  }

  /** Who is told how far it is. */
  export interface FileSpec {
    onProgress?: ((part: number) => unknown)
  }

  /** A form that was filled in. */
  export interface FilledForm {
    id: string
    author: string
    timestamp: number
    thread: string
    properties: Record<string, Record<string, unknown>>
    customId?: string
    type: 'filled_form'
    formId?: string
    formType?: string
    fields: Record<string, unknown>[]
  }

  /** Something about a chat. */
  export interface InChat {
    chat: string
  }

  /** Somebody has seen everything up to a moment, in Unix ms. */
  export interface LastSeen {
    chat: string
    user: string
    timestamp: number
  }

  /** A text. */
  export interface Message {
    id: string
    author: string
    timestamp: number
    thread: string
    properties: Record<string, Record<string, unknown>>
    customId?: string
    type: 'message'
    text: string
    postback?: AnsweredButton
  }

  /** How an event is sent: into a closed thread rather than a new one. */
  export interface Meta {
    attachToLastThread?: boolean
  }

  /** Data of an integration. */
  export interface NewCustomEvent {
    customId?: string
    properties?: Record<string, Record<string, unknown>>
    type: 'custom'
    content?: unknown
  }

  /** Somebody said something. */
  export interface NewEventTold {
    chat: string
    event: Message | FileEvent | SystemMessage | RichMessage | FilledForm | CustomEvent
  }

  /** A file that has been uploaded. */
  export interface NewFile {
    customId?: string
    properties?: Record<string, Record<string, unknown>>
    type: 'file'
    url: string
    alternativeText?: string
  }

  /** A form that was filled in. */
  export interface NewForm {
    customId?: string
    properties?: Record<string, Record<string, unknown>>
    type: 'filled_form'
    formId: string
    fields: Record<string, unknown>[]
    formType?: string
  }

  /** A text. */
  export interface NewMessage {
    customId?: string
    properties?: Record<string, Record<string, unknown>>
    type: 'message'
    text: string
    postback?: AnsweredButton
  }

  /** Cards, quick replies or a sticker. */
  export interface NewRichMessage {
    customId?: string
    properties?: Record<string, Record<string, unknown>>
    type: 'rich_message'
    templateId: string
    elements?: Record<string, unknown>[]
  }

  /** Something that happened. */
  export interface NewSystemMessage {
    customId?: string
    properties?: Record<string, Record<string, unknown>>
    type: 'system_message'
    text: string
    systemMessageType: string
    recipients?: 'all' | 'agents'
    textVars?: Record<string, string>
  }

  /** Which chats of a list: `limit` of them after the first `offset`. */
  export interface PageOfChats {
    offset?: number
    limit?: number
  }

  /** Which threads of a list: `limit` of them after the first `offset`. */
  export interface PageOfThreads {
    offset?: number
    limit?: number
  }

  /** A button of a rich message; `toggled` unless it says otherwise. */
  export interface Postback {
    id: string
    toggled?: boolean
  }

  /** It is done; `id` is that of the event that says so in the chat. */
  export interface Rated {
    success: true
    id?: string
  }

  /** `score` 1 is good; `value` says it in a word. */
  export interface Rating {
    score?: 0 | 1
    value?: 'good' | 'bad'
    comment?: string
  }

  /** Cards, quick replies or a sticker. */
  export interface RichMessage {
    id: string
    author: string
    timestamp: number
    thread: string
    properties: Record<string, Record<string, unknown>>
    customId?: string
    type: 'rich_message'
    template: string | null
    elements: Element[]
  }

  /** Up to when everything has been seen, in Unix milliseconds. */
  export interface Seen {
    timestamp: number
  }

  /** What a chat begins with. `scope` is the old name of `access`. */
  export interface Specification {
    access?: AccessOfChat
    scope?: AccessOfChat
    events?: (NewMessage | NewFile | NewForm | NewSystemMessage | NewRichMessage | NewCustomEvent)[]
    chatProperties?: Record<string, Record<string, unknown>>
    threadProperties?: Record<string, Record<string, unknown>>
  }

  /** It is done. */
  export interface Success {
    success: true
  }

  /** What happened, told by the platform. */
  export interface SystemMessage {
    id: string
    author: string
    timestamp: number
    thread: string
    properties: Record<string, Record<string, unknown>>
    customId?: string
    type: 'system_message'
    systemMessageType: string
    text?: string
    textVars?: Record<string, string>
  }

  /** A thread with its events. */
  export interface Thread {
    id: string
    chat: string
    active: boolean
    order: number
    users: string[]
    lastSeenTimestamps: Record<string, number | null>
    events: Event[]
    properties: Record<string, unknown>
  }

  /** Properties of a thread were set. */
  export interface ThreadPropertiesUpdated {
    chat: string
    properties: Record<string, Record<string, unknown>>
    thread: string
  }

  /** A thread without its events. */
  export interface ThreadSummary {
    id: string
    active: boolean
    order: number
    totalEvents: number
  }

  /** A thread has begun, or was read in the history. */
  export interface ThreadSummaryTold {
    id: string
    active: boolean
    order: number
    totalEvents: number
    chat: string
    properties: Record<string, Record<string, unknown>>
  }

  /** Threads, and how many there are in all. */
  export interface ThreadsSummary {
    threadsSummary: ThreadSummary[]
    totalThreads: number
  }

  /** A small picture of a picture; its size in pixels. */
  export interface Thumbnail {
    url: string
    width: number
    height: number
  }

  /** Small pictures of a picture, in two sizes. */
  export interface Thumbnails {
    default: Thumbnail
    high: Thumbnail
  }

  /** Where a file is. */
  export interface Uploaded {
    url: string
  }

  export type User = Customer | Agent

  /** Somebody does something in a chat. */
  export interface UserInChat {
    chat: string
    user: string
  }

  /** A page of the site. */
  export interface WebPageFields {
    url: string
    title?: string
  }
}

/** Today's words, those of customer-sdk 4 and 5: `init({ organizationId, clientId })`. */
export namespace today {
  /** Who connects, and whereto. */
  export interface Config {
    organizationId: string
    clientId: string
    groupId?: number
    uniqueGroups?: boolean
    page?: WebPageFields
    referrer?: string
    mobile?: boolean
    application?: { channelType?: string }
    customerDataProvider?: (() => CustomerData | Promise<CustomerData>)
    identityProvider?: (() => IdentityProvider)
    tokenStoragePrefix?: string
    autoConnect?: boolean
    redirectUri?: string
  }

  /** A customer's client. */
  export interface CustomerSDK extends Client<Told> {
    /** Start a chat; `continuous` also where nobody is online. */
    startChat(args?: { chat?: NewChat, active?: boolean, continuous?: boolean }): Promise<StartedChat>
    /** Start a new thread in a chat that is closed. Raises `CHAT_ALREADY_ACTIVE`. */
    resumeChat(args: { chat: ResumedChat, active?: boolean, continuous?: boolean }): Promise<StartedChat>
    /** Close the active thread of a chat. */
    deactivateChat(args: { id: string }): Promise<Success>
    /** Say something; in a closed chat only with `attachToLastThread`, else `CHAT_INACTIVE`. */
    sendEvent(args: { chatId: string, event: NewMessage | NewFile | NewForm | NewSystemMessage | NewRichMessage | NewCustomEvent, attachToLastThread?: boolean }): Promise<Event>
    /** Take back what was said. */
    deleteEvent(args: { chatId: string, threadId: string, eventId: string }): Promise<Success>
    /** Press a button of a rich message. */
    sendRichMessagePostback(args: { chatId: string, threadId: string, eventId: string, postback: Postback }): Promise<Success>
    /** Upload a file of at most 10 MB; its `url` goes into an event of type `file` within 24 hours. Await what this returns, or `cancel` it. Raises TooBigFile; awaiting raises UploadFailed, UploadCanceled or Refused. */
    uploadFile(args: { file: Blob, onProgress?: ((part: number) => unknown) }): Upload<Uploaded>
    /** Let agents see what is being typed: sent only while the chat is active, at most once in 2 s. */
    setSneakPeek(args: { chatId: string, sneakPeekText: string }): void
    /** Everything up to a moment has been seen. */
    markEventsAsSeen(args: { chatId: string, seenUpTo: string | Date }): Promise<Success>
    /** Rate the newest thread of a chat. Raises MissingChatThread. */
    rateChat(args: { chatId: string, rating: Rating }): Promise<Success>
    /** Take back the rating of the newest thread: its score, unless `properties` say otherwise. */
    cancelRate(args: { chatId: string, properties?: ('score' | 'comment')[] }): Promise<Success>
    /** Set properties of a chat. */
    updateChatProperties(args: { id: string, properties: Record<string, Record<string, unknown>> }): Promise<Success>
    /** Delete properties of a chat. */
    deleteChatProperties(args: { id: string, properties: Record<string, string[]> }): Promise<Success>
    /** Set properties of a thread. */
    updateThreadProperties(args: { chatId: string, threadId: string, properties: Record<string, Record<string, unknown>> }): Promise<Success>
    /** Delete properties of a thread. */
    deleteThreadProperties(args: { chatId: string, threadId: string, properties: Record<string, string[]> }): Promise<Success>
    /** Set properties of an event. */
    updateEventProperties(args: { chatId: string, threadId: string, eventId: string, properties: Record<string, Record<string, unknown>> }): Promise<Success>
    /** Delete properties of an event. */
    deleteEventProperties(args: { chatId: string, threadId: string, eventId: string, properties: Record<string, string[]> }): Promise<Success>
    /** The customer's chats, 10 a page unless `limit` says otherwise; `pageId` excludes it. */
    listChats(args?: { limit?: number, pageId?: string }): Promise<Chats>
    /** Threads of a chat, newest first unless `sortOrder` says otherwise; `pageId` excludes the others. */
    listThreads(args: { chatId: string, sortOrder?: 'asc' | 'desc', limit?: number, minEventsCount?: number, pageId?: string }): Promise<Threads>
    /** A chat with one of its threads, the newest unless it is named. */
    getChat(args: { chatId: string, threadId?: string }): Promise<Chat>
    /** The threads of a chat, a page at a time, from the newest: `next()`, or `async for page in history`. */
    getChatHistory(args: { chatId: string }): History<PageOfHistory>
    /** The form of a group: `{enabled: False}`, or `{enabled: True, form: {id, fields}}`. */
    getForm(args: { groupId: number, type: 'prechat' | 'postchat' | 'ticket' }): Promise<Record<string, unknown>>
    /** Who would get a chat that started now. Raises `GROUP_OFFLINE` when nobody would. */
    getPredictedAgent(args?: { groupId?: number }): Promise<Record<string, unknown>>
    /** Have an agent or a bot say its welcome before a chat starts; it comes as `incoming_welcome_message`. */
    requestWelcomeMessage(args?: { id?: string, groupId?: number }): Promise<Record<string, unknown>>
    /** What a page says of itself, for a preview of a link. */
    getUrlInfo(args: { url: string }): Promise<Record<string, unknown>>
    /** Whether groups take chats, by their ids as texts: these, or all. */
    listGroupStatuses(args?: { groupIds?: number[] }): Promise<Record<string, 'online' | 'online_for_queue' | 'offline'>>
    /** A greeting was taken up. */
    acceptGreeting(args: { greetingId: number, uniqueId: string }): Promise<Success>
    /** A greeting was closed. */
    cancelGreeting(args: { uniqueId: string }): Promise<Success>
    /** A button of a greeting was pressed. */
    sendGreetingButtonClicked(args: { greetingUniqueId: string, buttonId: string }): Promise<Success>
    /** The customer, with `sessionFields` as one object, and `statistics`. */
    getCustomer(): Promise<Record<string, unknown>>
    /** Say who the customer is; at least one field. */
    updateCustomer(args?: { name?: string, email?: string, avatar?: string, sessionFields?: Record<string, string> }): Promise<Success>
    /** Replace what the site knows of the customer, at most 100 fields. */
    setCustomerSessionFields(args: { sessionFields: Record<string, string> }): Promise<Success>
    /** Say where the customer is: now, or when there is a connection. */
    updateCustomerPage(args: { url: string, title?: string }): void
  }

  /** Events, and what each carries. */
  export interface Told {
    availability_updated: AvailabilityUpdated
    chat_deactivated: InChat
    chat_properties_deleted: ChatPropertiesDeleted
    chat_properties_updated: ChatPropertiesUpdated
    chat_transferred: ChatTransferred
    connected: Connected
    customer_id: string
    customer_updated: CustomerUpdated
    disconnected: Disconnected
    event_deleted: OfEvent
    event_properties_deleted: EventPropertiesDeleted
    event_properties_updated: EventPropertiesUpdated
    event_updated: EventUpdated
    events_marked_as_seen: EventsMarkedAsSeen
    greeting_accepted: GreetingNews
    greeting_canceled: GreetingNews
    identity_changed: IdentityChanged
    incoming_chat: IncomingChat
    incoming_event: IncomingEvent
    incoming_event_preview: IncomingEvent
    incoming_greeting: Greeting
    incoming_multicast: Record<string, unknown>
    incoming_rich_message_postback: RichMessagePostback
    incoming_thinking_indicator: Record<string, unknown>
    incoming_typing_indicator: TypingIndicator
    incoming_welcome_message: WelcomeMessage
    queue_position_updated: QueuePositionUpdated
    thread_properties_deleted: ThreadPropertiesDeleted
    thread_properties_updated: ThreadPropertiesUpdated
    user_added_to_chat: UserAddedToChat
    user_data: Customer | Agent
    user_removed_from_chat: UserRemovedFromChat
  }

  /** The groups that may see it. */
  export interface Access {
    groupIds: number[]
  }

  /** An agent or a bot. `present` only in a chat. */
  export interface Agent {
    id: string
    type: 'agent'
    name?: string
    email?: string
    avatar?: string
    jobTitle?: string
    isBot?: boolean
    present?: boolean
  }

  /** The button that a message answers. */
  export interface AnsweredButton {
    id: string
    threadId: string
    eventId: string
    type?: string
    value?: string
  }

  /** Agents of the customer's group came, left, or have their hands full. */
  export interface AvailabilityUpdated {
    availability: 'online' | 'online_for_queue' | 'offline'
  }

  /** A button of a rich message. */
  export interface Button {
    text: string | null
    postbackId: string | null
    userIds: string[]
    role: string
    type?: string
    value?: string
    target?: string
    webviewHeight?: string
  }

  /** A chat with one of its threads. */
  export interface Chat {
    id: string
    access: Access
    users: User[]
    properties: Record<string, unknown>
    eventsSeenUpToMap: Record<string, string | null>
    thread: Thread | null
  }

  /** Properties of a chat were deleted. */
  export interface ChatPropertiesDeleted {
    chatId: string
    properties: Record<string, string[]>
  }

  /** Properties of a chat were set. */
  export interface ChatPropertiesUpdated {
    chatId: string
    properties: Record<string, Record<string, unknown>>
  }

  /** A chat in a list. */
  export interface ChatSummary {
    id: string
    active: boolean
    access: Access
    users: User[]
    properties: Record<string, unknown>
    lastThreadId: string | null
    lastThreadCreatedAt: string | null
    eventsSeenUpToMap: Record<string, string | null>
    lastEventsPerType?: Record<string, Event>
    lastEvent?: Event
  }

  /** Somebody else has the chat now, or it waits in the queue. */
  export interface ChatTransferred {
    chatId: string
    threadId?: string
    reason: string
    requesterId?: string
    transferredTo: TransferTarget
    queue: Queue | null
  }

  /** A page of chats. */
  export interface Chats {
    chatsSummary: ChatSummary[]
    totalChats: number
    users: User[]
    previousPageId: string | null
    nextPageId: string | null
  }

  /** Signed in: who the customer is, and whether anybody is there. */
  export interface Connected {
    customer: Customer
    availability: 'online' | 'online_for_queue' | 'offline'
    greeting?: Greeting
  }

  /** Data of an integration. */
  export interface CustomEvent {
    id: string
    authorId: string
    createdAt: string
    threadId: string
    properties: Record<string, Record<string, unknown>>
    customId?: string
    type: 'custom'
    content?: unknown
  }

  /** A visitor. `present` only in a chat, `statistics` only of oneself. */
  export interface Customer {
    id: string
    type: 'customer'
    name?: string
    email?: string
    avatar?: string
    sessionFields: Record<string, string>
    present?: boolean
    statistics?: Record<string, unknown>
  }

  /** Who the customer is. */
  export interface CustomerData {
    name?: string
    email?: string
    avatar?: string
    sessionFields?: Record<string, string>
  }

  /** What has changed about the customer. */
  export interface CustomerUpdated {
    id: string
    name?: string
    email?: string
    avatar?: string
    sessionFields?: Record<string, string>
  }

  /** The connection is gone. */
  export interface Disconnected {
    reason: string
  }

  /** A card of a rich message. */
  export interface Element {
    title?: string
    subtitle?: string
    image?: Record<string, unknown>
    buttons?: Button[]
  }

  export type Event = Message | FileEvent | SystemMessage | RichMessage | FilledForm | CustomEvent

  /** Properties of an event were deleted. */
  export interface EventPropertiesDeleted {
    chatId: string
    threadId: string
    eventId: string
    properties: Record<string, string[]>
  }

  /** Properties of an event were set. */
  export interface EventPropertiesUpdated {
    chatId: string
    threadId: string
    eventId: string
    properties: Record<string, Record<string, unknown>>
  }

  /** An event has changed. */
  export interface EventUpdated {
    chatId: string
    threadId: string
    event: Message | FileEvent | SystemMessage | RichMessage | FilledForm | CustomEvent
  }

  /** Somebody has seen everything up to a moment. */
  export interface EventsMarkedAsSeen {
    chatId: string
    userId: string
    seenUpTo: string
  }

  /** A file. Pictures have their size in pixels, and thumbnails. */
  export interface FileEvent {
    id: string
    authorId: string
    createdAt: string
    threadId: string
    properties: Record<string, Record<string, unknown>>
    customId?: string
    type: 'file'
    url: string
    name?: string
    contentType?: string
    size?: number
    alternativeText?: string
    width?: number
    height?: number
    thumbnails?: Thumbnails
  }

  /** A form that was filled in. */
  export interface FilledForm {
    id: string
    authorId: string
    createdAt: string
    threadId: string
    properties: Record<string, Record<string, unknown>>
    customId?: string
    type: 'filled_form'
    formId?: string
    formType?: string
    fields: Record<string, unknown>[]
  }

  /** A greeting to show. */
  export interface Greeting {
    id: number
    uniqueId: string
    displayedFirstTime: boolean
    accepted: boolean
    addon: unknown
    subtype: string
    event: Record<string, unknown>
    agent: Agent
  }

  /** A greeting was accepted, or canceled. */
  export interface GreetingNews {
    uniqueId: string
  }

  /** The customer is somebody else now. */
  export interface IdentityChanged {
    previousId: string
    newId: string
  }

  /** Something about a chat. */
  export interface InChat {
    chatId: string
  }

  /** A chat was started or resumed. */
  export interface IncomingChat {
    chat: Chat
  }

  /** Somebody said something. */
  export interface IncomingEvent {
    chatId: string
    event: Message | FileEvent | SystemMessage | RichMessage | FilledForm | CustomEvent
  }

  /** A text. */
  export interface Message {
    id: string
    authorId: string
    createdAt: string
    threadId: string
    properties: Record<string, Record<string, unknown>>
    customId?: string
    type: 'message'
    text: string
    postback?: AnsweredButton
  }

  /** Who may see it. */
  export interface NewAccess {
    groupIds?: number[]
  }

  /** What a chat begins with. */
  export interface NewChat {
    access?: NewAccess
    properties?: Record<string, Record<string, unknown>>
    thread?: NewThread
  }

  /** Data of an integration. */
  export interface NewCustomEvent {
    customId?: string
    properties?: Record<string, Record<string, unknown>>
    type: 'custom'
    content?: unknown
  }

  /** A file that has been uploaded. */
  export interface NewFile {
    customId?: string
    properties?: Record<string, Record<string, unknown>>
    type: 'file'
    url: string
    alternativeText?: string
  }

  /** A form that was filled in. */
  export interface NewForm {
    customId?: string
    properties?: Record<string, Record<string, unknown>>
    type: 'filled_form'
    formId: string
    fields: Record<string, unknown>[]
    formType?: string
  }

  /** A text. */
  export interface NewMessage {
    customId?: string
    properties?: Record<string, Record<string, unknown>>
    type: 'message'
    text: string
    postback?: AnsweredButton
  }

  /** Cards, quick replies or a sticker. */
  export interface NewRichMessage {
    customId?: string
    properties?: Record<string, Record<string, unknown>>
    type: 'rich_message'
    templateId: string
    elements?: Record<string, unknown>[]
  }

  /** Something that happened. */
  export interface NewSystemMessage {
    customId?: string
    properties?: Record<string, Record<string, unknown>>
    type: 'system_message'
    text: string
    systemMessageType: string
    recipients?: 'all' | 'agents'
    textVars?: Record<string, string>
  }

  /** What a thread begins with. */
  export interface NewThread {
    events?: (NewMessage | NewFile | NewForm | NewSystemMessage | NewRichMessage | NewCustomEvent)[]
    properties?: Record<string, Record<string, unknown>>
  }

  /** Something about an event. */
  export interface OfEvent {
    chatId: string
    threadId: string
    eventId: string
  }

  /** Threads, from the oldest to the newest. */
  export interface PageOfHistory {
    threads: Thread[]
  }

  /** A button that was pressed, or no longer is. */
  export interface Postback {
    id: string
    toggled: boolean
  }

  /** The button of a rich message that was pressed, or no longer is. */
  export interface PressedButton {
    id: string
    toggled: boolean
  }

  /** A place in the queue; `waitTime` in seconds. */
  export interface Queue {
    position: number
    waitTime: number
    queuedAt?: string
  }

  /** A place in the queue changed. */
  export interface QueuePositionUpdated {
    chatId: string
    threadId: string
    queue: Queue
  }

  /** `score` 1 is good. */
  export interface Rating {
    score: 0 | 1
    comment?: string
  }

  /** A chat to take up again. */
  export interface ResumedChat {
    access?: NewAccess
    properties?: Record<string, Record<string, unknown>>
    thread?: NewThread
    id: string
  }

  /** Cards, quick replies or a sticker. */
  export interface RichMessage {
    id: string
    authorId: string
    createdAt: string
    threadId: string
    properties: Record<string, Record<string, unknown>>
    customId?: string
    type: 'rich_message'
    template: string | null
    elements: Element[]
  }

  /** A button of a rich message was pressed. */
  export interface RichMessagePostback {
    chatId: string
    threadId: string
    eventId: string
    userId: string
    postback: PressedButton
  }

  /** A chat that has begun. */
  export interface StartedChat {
    chat: Chat
  }

  /** It is done. */
  export interface Success {
    success: true
  }

  /** What happened, told by the platform. */
  export interface SystemMessage {
    id: string
    authorId: string
    createdAt: string
    threadId: string
    properties: Record<string, Record<string, unknown>>
    customId?: string
    type: 'system_message'
    systemMessageType: string
    text?: string
    textVars?: Record<string, string>
  }

  /** A thread with its events, from the oldest to the newest. */
  export interface Thread {
    id: string
    chatId: string
    active: boolean
    access: Access
    createdAt: string | null
    userIds: string[]
    events: Event[]
    properties: Record<string, unknown>
    previousThreadId: string | null
    nextThreadId: string | null
    queue: Queue | null
  }

  /** Properties of a thread were deleted. */
  export interface ThreadPropertiesDeleted {
    chatId: string
    threadId: string
    properties: Record<string, string[]>
  }

  /** Properties of a thread were set. */
  export interface ThreadPropertiesUpdated {
    chatId: string
    threadId: string
    properties: Record<string, Record<string, unknown>>
  }

  /** A page of threads. */
  export interface Threads {
    threads: Thread[]
    previousPageId: string | null
    nextPageId: string | null
  }

  /** A small picture of a picture; its size in pixels. */
  export interface Thumbnail {
    url: string
    width: number
    height: number
  }

  /** Small pictures of a picture, in two sizes. */
  export interface Thumbnails {
    default: Thumbnail
    high: Thumbnail
  }

  /** Who has the chat now. */
  export interface TransferTarget {
    agentIds?: string[]
    groupIds?: number[]
  }

  /** Who types, or has ceased to. */
  export interface Typing {
    authorId: string
    isTyping: boolean
  }

  /** An agent began or ceased to type. */
  export interface TypingIndicator {
    chatId: string
    typingIndicator: Typing
  }

  /** Where a file is. */
  export interface Uploaded {
    url: string
  }

  export type User = Customer | Agent

  /** Somebody joined. */
  export interface UserAddedToChat {
    chatId: string
    user: Customer | Agent
    present: boolean
  }

  /** Somebody left. */
  export interface UserRemovedFromChat {
    chatId: string
    userId: string
  }

  /** A page of the site. */
  export interface WebPageFields {
    url: string
    title?: string
  }

  /** What an agent would say first. It is not kept. */
  export interface WelcomeMessage {
    id: string
    event: Record<string, unknown>
  }
}
