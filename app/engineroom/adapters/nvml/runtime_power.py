"""Whether the kernel has put the NVIDIA cards to sleep, without asking the driver: asking would wake them."""

from dataclasses import dataclass
from pathlib import Path

PCI_DEVICES = Path("/sys/bus/pci/devices")
_NVIDIA = "0x10de"
_DISPLAY = "0x03"
_LOOK_AGAIN_S = 60.0


@dataclass(frozen=True, slots=True)
class _Power:
    status: str
    control: str


class RuntimePower:
    """Reads the kernel's power files of NVIDIA display devices, listed anew once a minute."""

    def __init__(self, root: Path = PCI_DEVICES) -> None:
        self._root = root
        self._devices: list[Path] = []
        self._listed_at_s: float | None = None

    def asleep(self, now_s: float) -> bool:
        """Whether there are cards and all are suspended. ``now_s`` is monotonic."""
        powers = self._powers(now_s)
        return bool(powers) and all(power.status == "suspended" for power in powers)

    def may_sleep(self, now_s: float) -> bool:
        """Whether the kernel may suspend every card once nobody holds it open."""
        powers = self._powers(now_s)
        return bool(powers) and all(power.control == "auto" for power in powers)

    def _powers(self, now_s: float) -> list[_Power]:
        if self._listed_at_s is None or now_s - self._listed_at_s >= _LOOK_AGAIN_S:
            self._devices = self._list()
            self._listed_at_s = now_s
        return [
            _Power(_text(device / "power" / "runtime_status"), _text(device / "power" / "control"))
            for device in self._devices
        ]

    def _list(self) -> list[Path]:
        try:
            devices = sorted(self._root.iterdir())
        except OSError:
            return []
        return [
            device
            for device in devices
            if _text(device / "vendor") == _NVIDIA and _text(device / "class").startswith(_DISPLAY)
        ]


def _text(path: Path) -> str:
    try:
        return path.read_text("ascii", "replace").strip()
    except OSError:
        return ""
