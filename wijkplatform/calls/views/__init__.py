"""The pages of the call: reading and remarking, and answering."""
