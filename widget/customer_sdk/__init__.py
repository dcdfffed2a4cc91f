"""The customer's side of the Chat API: sign-in, requests, and the chat of one visitor kept in step with the server."""
