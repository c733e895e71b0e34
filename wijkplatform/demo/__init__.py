"""The demo: two neighbourhoods as data, and accounts to look around with."""
