"""The tests of packs: every item holds what its cases state, and every item has cases."""

from hengjian.audit.pack_tests.run import CaseFailure, PackTest, run_pack_tests

__all__ = ["CaseFailure", "PackTest", "run_pack_tests"]
