"""`python -m wijkplatform`: the same as the command `wijkplatform`."""

from wijkplatform.cli import main

main()
