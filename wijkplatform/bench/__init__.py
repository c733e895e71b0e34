"""How quick we are, beside the least that any page costs on the same machine: `wijkplatform bench`."""
