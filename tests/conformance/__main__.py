"""``python -m tests.conformance FILE.json…``: run acceptance cases and say how they went."""

import sys

from tests.conformance.running import main

sys.exit(main(sys.argv[1:]))
