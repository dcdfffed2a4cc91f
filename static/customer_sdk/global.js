// The SDK for a page that has it in a <script>: the global CustomerSDK.

import { init } from './index.js'

globalThis.CustomerSDK = Object.freeze({ init })
