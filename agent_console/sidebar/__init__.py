"""Apps in frames beside the conversation: what LiveChat's Agent App is to them, the console is."""
