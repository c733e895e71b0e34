"""The engines' ground: policy, lifecycle, trail, offers, time and the database. Knows no feature and no request."""
