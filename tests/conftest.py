"""Settings that every test shares."""

import atexit
import os
import shutil
import tempfile

from hypothesis import settings

# On CI the same examples run every time, so that a red run can be repeated; elsewhere each run tries new
# ones.
settings.register_profile("ci", derandomize=True, max_examples=100, deadline=None, print_blob=True)
settings.register_profile("local", max_examples=50, deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "local")

# What tests keep for the next run of the program is not the user's.
os.environ["HENGJIAN_CACHE"] = tempfile.mkdtemp(prefix="hengjian-cache-")
atexit.register(shutil.rmtree, os.environ["HENGJIAN_CACHE"], ignore_errors=True)
