"""`python -m remnant.web`, which is what `remnant serve` runs."""

import sys

from remnant.web.serving import main

sys.exit(main())
