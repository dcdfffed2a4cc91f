"""The commands of the page: ``liveChat(command, argument, callback)`` (seed: Infobip; spec: widget-js-api, part B)."""
