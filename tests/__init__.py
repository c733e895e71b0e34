"""The test house. `make test` is the short form, `make proof` the long one; `tests/run.py` says what was left out."""
