"""How the console looks: state in, elements out, nothing else. What visitors write is text; htpy escapes it."""
