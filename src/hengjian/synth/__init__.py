"""A made-up province: complete, balanced departments with planted faults, for tests, benchmarks and demos."""

from hengjian.synth.faults import KINDS, Fault, plant, write_faults
from hengjian.synth.filings import filings
from hengjian.synth.output import FAULTS, Output, Written, write_province
from hengjian.synth.province import Block, Order, Province

__all__ = [
    "FAULTS",
    "KINDS",
    "Block",
    "Fault",
    "Order",
    "Output",
    "Province",
    "Written",
    "filings",
    "plant",
    "write_faults",
    "write_province",
]
