// The Customer SDK for pages: CustomerSDK.init({license, clientId}) or init({organizationId, clientId}).
//
// All that it knows is in Python (widget/customer_sdk), in a hidden frame on the platform's own origin. Here are a promise for
// each call, the handlers of events, and the way to the frame. The same source is a script with a global and an ES module.

import { createClient } from './client.js'
import { failure, isObject } from './failure.js'

// As written this is a module of several files; a build puts the frame's page where this script is.
const HERE = import.meta.url ?? document.currentScript.src
const FRAME = new URL(import.meta.compiled ? 'widget/customer-sdk.html' : '/widget/customer-sdk.html', HERE)

const HINT = 'Call CustomerSDK.init({ license, clientId }) or CustomerSDK.init({ organizationId, clientId }).'

const refuse = message => { throw failure({ code: 'WRONG_ARGUMENT', message: `init: ${message}`, hint: HINT }) }

/** A client, which begins to connect at once unless `autoConnect` is false. Throws when it is not told who it is for. */
export const init = config => {
  if (!isObject(config)) refuse('`config`: it is not an object')
  if (config.organizationId === undefined && config.license === undefined) refuse('`organizationId`: Field required')
  if (config.clientId === undefined) refuse('`clientId`: Field required')
  return createClient(config, FRAME)
}
