"""``python -m wirecopy`` is the command ``wirecopy``."""

import sys

from ._wirecopy import main

sys.exit(main())
