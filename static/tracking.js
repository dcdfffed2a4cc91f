// The script that LiveChat's own snippet, and the adapters for React, Vue and Angular over @livechat/widget-core, load: point its
// address here, and they have our widget. It is the loader, and over it window.LiveChatWidget (live_chat_widget.js).

(() => {

const { src } = document.currentScript

const start = async () => {
  const [{ install }, api] = await Promise.all([import(new URL('widget/live_chat_widget.js', src)), window.liveChat.more()])
  install(api)
}

if (window.liveChat?.loaded) return start()

const loader = document.createElement('script')
loader.src = new URL('widget.js', src)
loader.onload = start
document.head.append(loader)

})()
