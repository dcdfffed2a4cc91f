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
  // first
}

/** Today's words, those of customer-sdk 4 and 5: `init({ organizationId, clientId })`. */
export namespace today {
  // today
}
