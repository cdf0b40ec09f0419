"""NVIDIA cards through NVML."""

from engineroom.adapters.nvml.session import SIMULATION_MARK, Nvml
from engineroom.adapters.nvml.watchdog import Pace, SystemFiles, Watchdog

__all__ = ["SIMULATION_MARK", "Nvml", "Pace", "SystemFiles", "Watchdog"]
