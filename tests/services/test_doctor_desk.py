"""What the doctor offers, does, and takes back, of an engine of our own and of one that was built here."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from domain.sealed.kit import sealed_engine
from engineroom.adapters.clock import SystemClock
from engineroom.adapters.finding_store import FindingStore
from engineroom.adapters.repair_store import RepairStore
from engineroom.contract.sentences_of_fixes import BARS
from engineroom.domain.engine import EngineState
from engineroom.domain.errors import Code, Problem, Rejected
from engineroom.domain.finding import FixBar, FixMode, Orphan
from engineroom.domain.fix_steps import FixStep, step
from engineroom.domain.job import FollowUp, FollowUpState, JobKind, JobState, JobView
from engineroom.domain.model import ModelSpec
from engineroom.domain.reason import Reason
from engineroom.domain.sealed.values import SealedEngine
from engineroom.domain.trtllm.fixes import LAUNCH_FIXES, Change, FixAction
from engineroom.services.doctor import Diagnosis, Doctor, Found
from engineroom.services.doctor_desk import DoctorDesk
from engineroom.services.engines import EngineRoom
from engineroom.services.fix_offers import JOB_FIXES, MAKES_ANOTHER, Consent, Patient, offers, repair_for
from engineroom.services.fix_prospects import Prospect
from engineroom.services.models import ModelShelf
from engineroom.services.orphans import Orphans
from services.conftest import OPTIONS, StageMaker

IN_FP8 = step(FixStep.BUILD_IN, model="org/tiny", precision="fp8")
ONE = ModelSpec(id="one", name="One", path="/m/one.gguf", source="o/m")
TWO = ModelSpec(id="two", name="Two", path="/m/two.gguf")
NO_MEMORY = "--log=0.1 E ggml_backend_cuda_buffer_type_alloc_buffer: cudaMalloc failed: out of memory"


@pytest.fixture
async def room(make_stage: StageMaker, tmp_path: Path) -> AsyncIterator[tuple[EngineRoom, DoctorDesk, list[list[str]]]]:
    """A room of two models whose first start fails for want of memory, and its doctor."""
    stage = make_stage([NO_MEMORY, "--problem=load_failed:line=nothing"], [])
    repairs = RepairStore(tmp_path / "repairs")
    desk = DoctorDesk(
        clock=stage.world.clock, repairs=repairs, findings=FindingStore(tmp_path / "findings"), sealed=lambda _: None,
        frame=stage.telemetry.newest,
    )  # fmt: skip
    world = replace(stage.world, publish=desk.seen, diagnosed=desk.failed, repair_of=repairs.of)
    engines = EngineRoom(shelf=ModelShelf([ONE, TWO], default=None), options=OPTIONS, world=world)
    desk.attend(engines)
    yield engines, desk, stage.spawner.commands
    await engines.close()


async def until(engines: EngineRoom, model: str, state: EngineState) -> None:
    async with asyncio.timeout(60):
        while engines.view(model).state is not state:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_a_fix_is_offered_tried_on_paper_applied_and_taken_back(room) -> None:
    engines, desk, commands = room
    with pytest.raises(Rejected) as nothing:
        await desk.finding("one")
    assert nothing.value.code == Code.FINDING_NOT_FOUND
    engines.start("one")
    await until(engines, "one", EngineState.FAILED)
    found = await desk.finding("one")
    assert (found.known, found.problem.code, found.cause) == (True, Code.OUT_OF_MEMORY, NO_MEMORY[6:])
    assert [(one.fix, one.mode) for one in found.fixes] == [
        (FixAction.LOWER_CONTEXT, FixMode.AUTOMATIC),
        (FixAction.LOWER_CONCURRENCY, FixMode.AUTOMATIC),
        (FixAction.FREE_MEMORY, FixMode.MANUAL),
    ]
    tried = await desk.apply("one", FixAction.LOWER_CONTEXT, dry_run=True)
    assert tried.lines == ("context_tokens: 4096 -> 2048", "start one again"), "on paper nothing is taken back"
    assert (len(commands), engines.view("one").state) == (1, EngineState.FAILED), "nothing was done"
    with pytest.raises(Rejected) as manual:
        await desk.apply("one", FixAction.FREE_MEMORY, dry_run=False)
    assert (manual.value.code, manual.value.problem.facts["reason"]) == (Code.FIX_IMPOSSIBLE, "run: engineroom orphans")
    with pytest.raises(Rejected) as unknown:
        await desk.apply("one", FixAction.PULL_IMAGE, dry_run=True)
    assert unknown.value.code == Code.FIX_NOT_OFFERED
    done = await desk.apply("one", FixAction.LOWER_CONTEXT, dry_run=False)
    assert done.lines[-1] == "taken back by: engineroom doctor one --undo"
    await until(engines, "one", EngineState.READY)
    assert "--context-tokens=2048" in commands[-1]
    assert engines.view("one").context_tokens == 2048
    assert await desk.findings() == (), "an engine that is ready needs no doctor"
    assert engines.view("two").context_tokens == 4096, "it is one engine's repair"
    await desk.undo("one")
    assert (engines.view("one").state, engines.view("one").context_tokens) == (EngineState.STOPPED, 4096)


async def test_a_finding_is_there_for_the_next_engine_room_until_the_engine_is_ready(room, tmp_path: Path) -> None:
    engines, desk, _ = room
    engines.start("one")
    await until(engines, "one", EngineState.FAILED)
    found = await desk.finding("one")

    def another() -> DoctorDesk:
        made = DoctorDesk(
            clock=SystemClock(), repairs=RepairStore(tmp_path / "repairs"), sealed=lambda _: None, frame=lambda: None,
            findings=FindingStore(tmp_path / "findings"),
        )  # fmt: skip
        made.attend(engines)
        return made

    kept = await another().finding("one")
    assert (kept.problem, kept.log, kept.found_at_s) == (found.problem, found.log, found.found_at_s)
    assert ([one.fix for one in kept.fixes], kept.known) == ([one.fix for one in found.fixes], True)
    desk.failed("no such/engine", *_diagnosed())
    assert [one.engine for one in await another().findings()] == ["one"], "of one that is gone nothing is said"
    engines.start("one")
    await until(engines, "one", EngineState.READY)
    assert await another().findings() == ()
    assert [path.name for path in (tmp_path / "findings").iterdir()] == ["no%20such%2Fengine.json"]


@pytest.mark.parametrize("text", ["", "[]", '{"form": 2}', '{"form": 1, "diagnosis": {"problem": {}}}'])
def test_a_strange_file_is_no_finding(tmp_path: Path, text: str) -> None:
    (tmp_path / "one.json").write_text(text, "utf-8")
    assert FindingStore(tmp_path).load() == {}


def test_a_disk_that_takes_nothing_costs_the_finding_alone(tmp_path: Path) -> None:
    (tmp_path / "findings").write_text("a file where the folder should be")
    store = FindingStore(tmp_path / "findings")
    diagnosis, lines = _diagnosed()
    store.save("one", Found(diagnosis=diagnosis, lines=lines, at_s=1.0))
    store.forget("one")
    assert store.load() == {}


async def test_a_finding_names_what_earlier_fixes_changed(room) -> None:
    engines, desk, _ = room
    engines.start("one")
    await until(engines, "one", EngineState.FAILED)
    await desk.apply("one", FixAction.LOWER_CONCURRENCY, dry_run=False)
    await until(engines, "one", EngineState.READY)
    desk.failed("one", *_diagnosed())
    found = await desk.finding("one")
    assert found.repairs == (Change(knob="slots", before=2, after=1),)
    assert FixAction.LOWER_CONCURRENCY not in {one.fix for one in found.fixes if one.mode is FixMode.AUTOMATIC}
    assert not found.known
    assert found.log == ("a line",)


def _diagnosed():
    return Doctor([]).examine(said=None, returncode=1, lines=["a line"]), ("a line",)


class Work:
    """A job that ends as it is told to."""

    def __init__(self) -> None:
        self.asked: list[tuple[FixAction, bool]] = []
        self.end: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self.job = JobView(id="j1", kind=JobKind.PULL, subject="o/m", state=JobState.QUEUED, created_at_s=1e12)

    async def prospects(self, spec: ModelSpec, sealed: object, problem: Problem, actions) -> dict:
        assert (spec.id, sealed) == ("one", None)
        found = {FixAction.CHOOSE_OTHER_MODEL: Prospect(does=step(FixStep.FETCH, repo="o/t"), repo="o/t")}
        return {action: found.get(action, FixBar.HARDWARE) for action in MAKES_ANOTHER.intersection(actions)}

    async def paper(self, patient: Patient, action: FixAction) -> tuple[Reason, ...]:
        return (step(FixStep.NEW_ENGINE, engine=action, old=patient.spec.id),)

    async def start(self, patient: Patient, action: FixAction, *, accept: bool) -> JobView:
        assert patient.spec.id == "one"
        self.asked.append((action, accept))
        return self.job

    def promise(self, job: str, follow_up: FollowUp) -> None:
        assert job == "j1"
        self.job = replace(self.job, follow_up=follow_up)

    def promised(self) -> tuple[JobView, ...]:
        return () if self.job.follow_up is None else (self.job,)

    async def after(self, job: str, sealed: SealedEngine | None, follow_up: FollowUp) -> str | None:
        assert (job, sealed, follow_up.engine, follow_up.fix) == ("j1", None, "one", self.asked[-1][0])
        assert follow_up.accept is self.asked[-1][1]
        return await self.end


@pytest.mark.parametrize("well", ["one", None])
async def test_a_fix_that_is_a_job_is_begun_and_the_engine_started_after_it(room, well: str | None) -> None:
    engines, desk, _ = room
    work = Work()
    desk.employ(work)
    lost = Doctor([]).examine(said=Problem(code=Code.HASH_MISMATCH, facts={}), returncode=1, lines=[])
    desk.failed("one", lost, ())
    tried = await desk.apply("one", FixAction.FETCH_AGAIN, dry_run=True)
    fetch = "fetch o/m again; what is whole here is kept"
    paper = "the new engine is fetch_again; one stays as it is"
    assert (tried.lines, tried.job, work.asked) == ((fetch, "start one again", paper), None, [])
    done = await desk.apply("one", FixAction.FETCH_AGAIN, dry_run=False)
    assert (done.job, done.lines[-1]) == ("j1", "job j1 has begun: engineroom jobs")
    assert work.asked == [(FixAction.FETCH_AGAIN, False)]
    assert engines.view("one").state is EngineState.STOPPED, "not before the job has ended"
    work.end.set_result(well)
    await desk.follow_ups.settle()
    await until(engines, "one", EngineState.FAILED if well else EngineState.STOPPED)


async def test_what_makes_another_is_begun_with_a_yes_and_the_other_one_is_started(room) -> None:
    engines, desk, _ = room
    desk.employ(work := Work())
    desk.failed("one", _of(FixAction.CHOOSE_OTHER_MODEL, FixAction.MORE_CARDS), ())
    fetch = "fetch o/t again; what is whole here is kept"
    found = {one.fix: one for one in (await desk.finding("one")).fixes}
    assert found[FixAction.CHOOSE_OTHER_MODEL].does == (fetch,)
    assert (found[FixAction.MORE_CARDS].mode, found[FixAction.MORE_CARDS].bar) == (FixMode.MANUAL, FixBar.HARDWARE)
    told = await desk.apply("one", FixAction.CHOOSE_OTHER_MODEL, dry_run=True)
    paper = "the new engine is choose_other_model; one stays as it is"
    assert told.lines == (fetch, "start the new one", paper)
    assert [one.code for one in told.steps] == [FixStep.FETCH, FixStep.START_NEW, FixStep.NEW_ENGINE]
    await desk.apply("one", FixAction.CHOOSE_OTHER_MODEL, dry_run=False, consent=Consent(accept=True))
    assert work.asked == [(FixAction.CHOOSE_OTHER_MODEL, True)]
    work.end.set_result("two")
    await desk.follow_ups.settle()
    await until(engines, "two", EngineState.FAILED)
    assert engines.view("one").state is EngineState.STOPPED


async def test_what_is_refused_half_way_is_kept_with_the_job_and_in_the_log(room) -> None:
    engines, desk, _ = room
    desk.employ(work := Work())
    desk.failed("one", _of(FixAction.CHOOSE_OTHER_MODEL), ())
    said: list[tuple[str, str]] = []
    desk.log = lambda engine, line: said.append((engine, line))
    await desk.apply("one", FixAction.CHOOSE_OTHER_MODEL, dry_run=False)
    work.end.set_exception(Rejected(Code.BUILD_NEEDS_YES, model="m", gpu="g", reason="untested"))
    await desk.follow_ups.settle()
    assert (said[0][0], "build_needs_yes" in said[0][1], "untested" in said[0][1]) == ("one", True, True)
    assert engines.view("two").state is EngineState.STOPPED
    shown = (await desk.finding("one")).job
    assert shown is not None
    assert shown.follow_up is not None
    assert (shown.follow_up.state, shown.follow_up.problem.code) == (FollowUpState.STOPPED, Code.BUILD_NEEDS_YES)


async def test_what_an_earlier_daemon_promised_is_gone_on_with_once(room) -> None:
    engines, desk, _ = room
    work = Work()
    work.asked.append((FixAction.FETCH_AGAIN, False))
    work.promise("j1", FollowUp(engine="one", fix=FixAction.FETCH_AGAIN))
    desk.employ(work)
    desk.follow_ups.resume()
    work.end.set_result("one")
    await desk.follow_ups.settle()
    await until(engines, "one", EngineState.FAILED)
    assert work.job.follow_up == FollowUp(engine="one", fix=FixAction.FETCH_AGAIN, state=FollowUpState.DONE)
    work.end = asyncio.get_running_loop().create_future()
    desk.follow_ups.resume()
    await desk.follow_ups.settle()


async def test_the_job_of_an_earlier_failure_says_nothing_of_this_one(room) -> None:
    _, desk, _ = room
    desk.employ(work := Work())
    work.job = replace(work.job, created_at_s=0.0)
    work.promise("j1", FollowUp(engine="one", fix=FixAction.FETCH_AGAIN))
    desk.failed("one", _of(FixAction.FETCH_AGAIN), ())
    assert (await desk.finding("one")).job is None


def _of(*fixes: FixAction) -> Diagnosis:
    return Diagnosis(problem=Problem(code=Code.OUT_OF_MEMORY, facts={}), fixes=fixes, known=True)


async def test_a_program_of_the_user_is_ended_only_if_it_is_named(room) -> None:
    engines, desk, _ = room
    game = Orphan(pid=77, created_s=5.0, program="game", mark="other", gpu_uuid="g", memory_bytes=3 * 2**30)
    tool = replace(game, pid=78, program="tool")
    ended: list[int] = []
    desk.orphans = Orphans(find=lambda *_: (), kill=lambda one: ended.append(one.pid) or True, frame=lambda: None,
                           running=frozenset, of_user=lambda *_: (game, tool))  # fmt: skip
    desk.failed("one", _of(FixAction.FREE_MEMORY), ())
    (offer,) = (await desk.finding("one")).fixes
    assert (offer.mode, offer.holders) == (FixMode.AUTOMATIC, (game, tool))
    tried = await desk.apply("one", FixAction.FREE_MEMORY, dry_run=True, consent=Consent(end=(77,)))
    assert tried.lines[0] == "end game (pid 77, 3.0 GiB), a program of yours, if you name it"
    with pytest.raises(Rejected) as unnamed:
        await desk.apply("one", FixAction.FREE_MEMORY, dry_run=False, consent=Consent(end=(1, 79)))
    assert (unnamed.value.code, ended) == (Code.FIX_NEEDS_YES, [])
    assert unnamed.value.problem.facts["holders"] == "game (pid 77, 3.0 GiB), tool (pid 78, 3.0 GiB)"
    await desk.apply("one", FixAction.FREE_MEMORY, dry_run=False, consent=Consent(end=(78,)))
    assert ended == [78]
    await until(engines, "one", EngineState.FAILED)


def test_no_job_is_offered_for_what_is_not_known() -> None:
    here = Patient(spec=replace(ONE, source="/m/one.gguf"), options=OPTIONS)
    found = {one.fix: one for one in offers(here, Problem(code="x"), [*JOB_FIXES, *MAKES_ANOTHER])}
    assert {one.mode for one in found.values()} == {FixMode.MANUAL}
    assert {one.bar for one in found.values()} == {FixBar.NOT_KNOWN}


def test_what_a_person_has_to_do_says_why_and_how() -> None:
    """A command or an address for each, and the reason why it is not done from here."""
    patient = Patient(spec=ONE, options=OPTIONS, sealed=sealed_engine())
    facts = {"path": "/c", "name": "old", "repo": "org/model"}
    for one in offers(patient, Problem(code="x", facts=facts), list(FixAction)):
        assert (one.bar is not None) == (one.mode is FixMode.MANUAL), one
        assert one.mode is FixMode.AUTOMATIC or one.command or one.page, one
        assert one.bar is None or BARS[one.bar]


def test_every_action_has_an_offer_and_only_what_is_possible_is_automatic() -> None:
    """Of a sealed engine: knobs of its own, commands with its own names."""
    prospects = {FixAction.CHOOSE_OTHER_PRECISION: Prospect(does=IN_FP8)}
    patient = Patient(spec=ONE, options=OPTIONS, sealed=sealed_engine(), prospects=prospects)
    facts = {"option": "otlp_traces_endpoint", "path": "/c d", "name": "old", "repo": "org/model", "found": "1"}
    found = {one.fix: one for one in offers(patient, Problem(code="x", facts=facts), list(FixAction))}
    assert set(FixAction) - set(found) <= LAUNCH_FIXES, "what changes nothing is no way out"
    assert found[FixAction.LOWER_CONTEXT].changes[0] == Change(knob="max_seq_len", before=32768, after=16384)
    assert found[FixAction.ACCEPT_LICENCE].page == "https://huggingface.co/org/model"
    assert found[FixAction.OWN_FOLDER].command == "sudo chown -R \"$USER\" '/c d'"
    assert found[FixAction.CHOOSE_OTHER_PRECISION].does == ("build org/tiny in fp8 for the same card",)
    assert found[FixAction.FEWER_CARDS].command == "engineroom build org/tiny --gpus 1"
    assert found[FixAction.REINSTALL_RUNTIME].does == (
        "install tensorrt-llm-1.2.1-venv anew beside itself and replace it when its gate is passed",
    )
    assert found[FixAction.FETCH_AGAIN].does == ("fetch org/tiny again; what is whole here is kept",)
    others = {FixAction.RESTART_ENGINE, FixAction.OTHER_PORT, *JOB_FIXES, *MAKES_ANOTHER}
    for one in found.values():
        if one.mode is FixMode.AUTOMATIC and one.fix not in others:
            assert repair_for(patient, one.fix, facts) is not None, one


def test_what_another_start_is_enough_for_comes_before_jobs_and_before_what_a_person_does() -> None:
    prospects = {FixAction.CHOOSE_OTHER_PRECISION: Prospect(does=IN_FP8)}
    patient = Patient(spec=ONE, options=OPTIONS, sealed=sealed_engine(), prospects=prospects)
    asked = [FixAction.CHOOSE_OTHER_PRECISION, FixAction.UPDATE_DRIVER, FixAction.LOWER_CONTEXT]
    found = offers(patient, Problem(code="x"), asked)
    assert [one.fix for one in found] == [FixAction.LOWER_CONTEXT, *asked[:2]]


async def test_only_engines_on_its_cards_are_in_its_way(room) -> None:
    """Of those of ours with memory of a card; of all of them where it is not known which cards it is for."""
    _, desk, _ = room
    ready, aside = EngineState.READY, EngineState.STOPPED
    views = [
        SimpleNamespace(id=name, state=state, gpu_uuids=cards)
        for name, state, cards in (
            ("one", ready, ("a",)), ("same", ready, ("a", "b")), ("other", ready, ("c",)), ("over", aside, ("a",)),
            ("none", ready, ()),
        )
    ]  # fmt: skip
    desk.attend(SimpleNamespace(views=lambda: views))
    assert desk._neighbours(ONE, {"a"}) == ["same"]
    assert desk._neighbours(ONE, set()) == ["same", "other"]
