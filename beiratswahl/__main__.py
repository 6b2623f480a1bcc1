"""`python -m beiratswahl`."""

import sys

from beiratswahl.cli import main

if __name__ == "__main__":
    sys.exit(main())
