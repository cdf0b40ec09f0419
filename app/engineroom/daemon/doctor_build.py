"""Putting together the doctor."""

from collections.abc import Callable
from dataclasses import replace

from engineroom.adapters.clock import SystemClock
from engineroom.adapters.engine_store import EngineStore
from engineroom.adapters.finding_store import FindingStore
from engineroom.adapters.orphans import created_s, end_orphan, find_holders, find_orphans, find_survivors
from engineroom.adapters.places import Places
from engineroom.adapters.repair_store import RepairStore
from engineroom.domain.engine import EngineView
from engineroom.domain.errors import Rejected
from engineroom.domain.machine import Frame
from engineroom.domain.model import ModelSpec
from engineroom.domain.runtimes.values import TENSORRT_LLM
from engineroom.domain.sealed.values import SealedEngine
from engineroom.services.builds import Builds
from engineroom.services.doctor_desk import DoctorDesk
from engineroom.services.engine_world import EngineWorld
from engineroom.services.fix_jobs import FixJobs
from engineroom.services.jobs import Jobs
from engineroom.services.memory_proof import MemoryProof
from engineroom.services.model_side import ModelSide
from engineroom.services.notices import NoticeBoard
from engineroom.services.orphans import Orphans
from engineroom.services.runtimes import Runtimes
from engineroom.services.telemetry import Telemetry


def build_doctor(
    places: Places, clock: SystemClock, frame: Callable[[], Frame | None], running: Callable[[], frozenset[int]]
) -> DoctorDesk:
    """The doctor of one daemon; it has to be told of its engines. ``running`` are the pids of the daemon's children."""
    store = EngineStore(places.engines)

    def sealed(spec: ModelSpec) -> SealedEngine | None:
        if spec.runtime != TENSORRT_LLM:
            return None
        try:
            return store.engine(spec.id)
        except Rejected:
            return None

    orphans = Orphans(
        find=find_orphans,
        kill=end_orphan,
        frame=frame,
        running=running,
        of_user=find_holders,
        survivors=find_survivors,
    )
    return DoctorDesk(
        clock=clock,
        repairs=RepairStore(places.repairs),
        findings=FindingStore(places.findings),
        sealed=sealed,
        frame=frame,
        orphans=orphans,
    )


def put_to_work(jobs: Jobs, doctor: DoctorDesk, models: ModelSide, runtimes: Runtimes, builds: Builds) -> Jobs:
    """The jobs, known to those whose work may need one that is not their own."""
    builds.follow(jobs)
    doctor.employ(FixJobs(jobs=jobs, runtimes=runtimes, builds=builds, models=models))
    return jobs


def with_doctor(
    world: EngineWorld, doctor: DoctorDesk, places: Places, *, telemetry: Telemetry, notices: NoticeBoard
) -> EngineWorld:
    """The world in which the doctor hears of engines, his repairs hold, and memory is looked after at their end."""
    doctor.log = world.log

    def publish(view: EngineView) -> None:
        doctor.seen(view)
        world.publish(view)

    def name_of(uuid: str) -> str:
        return next((gpu.name for gpu in telemetry.machine.gpus if gpu.uuid == uuid), uuid)

    proof = MemoryProof(
        clock=world.clock,
        frame=telemetry.newest,
        names=name_of,
        notices=notices,
        log=world.log,
        created_s=created_s,
        strays=doctor.orphans.views,
        keep=doctor.orphans.keep,
    )
    repairs = RepairStore(places.repairs)
    return replace(world, publish=publish, diagnosed=doctor.failed, repair_of=repairs.of, ended=proof.ended)
