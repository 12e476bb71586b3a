"""``monitoring/``: how an authority warns of projects that fall behind during the year."""

from __future__ import annotations

from hengjian.packs.schema import ItemId, Sourced, Words


class MonitoringRule(Sourced):
    """The cut-offs, bands and colours of run-time monitoring (绩效运行监控)."""

    monitoring: ItemId
    title: Words

    @property
    def key(self) -> str:
        """The id that an inheriting pack overrides."""
        return self.monitoring
