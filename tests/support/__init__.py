"""What the tests stand on: the world, a browser without a screen, the audit of every page, both databases."""
