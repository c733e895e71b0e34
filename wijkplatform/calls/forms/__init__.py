"""What somebody sends about the call: a remark, and an answer."""
