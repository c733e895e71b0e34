"""The call as people read it, and as those who answer work on it."""
