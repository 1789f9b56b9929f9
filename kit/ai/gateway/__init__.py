"""The gateway: the one door to any model. It holds the key, the screens, the lesson's rules and the limits."""
