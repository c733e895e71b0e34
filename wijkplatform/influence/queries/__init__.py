"""What the pages of influence read: a track in both directions, and somebody's own contributions."""
