"""``python -m fuzz``. The work stands in `fuzz.lanes`: processes find their function by its module's name."""

import sys

from fuzz.lanes import main

if __name__ == "__main__":
    sys.exit(main())
