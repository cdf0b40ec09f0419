"""What would be started, for twelve cards, a few models and three versions, as text to be read in a review.

Write the files anew with: .venv/bin/python tests/domain/trtllm/golden.py
"""

import shlex
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from domain.trtllm.kit import TABLES, UUID
from engineroom.adapters.catalogue import load_catalogue
from engineroom.adapters.gpu_table import load_gpu_table
from engineroom.adapters.matrix import load_matrix
from engineroom.domain.planning.plan import make_plan
from engineroom.domain.planning.values import Gpu, Plan, Platform, Request, Runtime, Support, Verdict
from engineroom.domain.sealed.wish import BuildWish, NodesScript, NodesWish
from engineroom.domain.trtllm.command import Command, command_for
from engineroom.domain.trtllm.launch import Container, ModelFacts, TrtLlmLaunch, VirtualEnvironment
from engineroom.domain.trtllm.probed import Contract, ProbedVersion
from engineroom.domain.trtllm.tables import COMPILED
from engineroom.domain.trtllm.toolbox import Bench, compile_tool, convert_tool
from engineroom.services.node_scripts import Basis, written

FOLDER = Path(__file__).parents[2] / "data" / "trtllm_golden"
CARDS = {
    "rtx-3090": "GeForce RTX 3090",
    "rtx-4060-ti-16gb": "GeForce RTX 4060 Ti 16GB",
    "rtx-4090": "GeForce RTX 4090",
    "rtx-5070-ti": "GeForce RTX 5070 Ti",
    "rtx-5090": "GeForce RTX 5090",
    "rtx-a6000": "RTX A6000",
    "rtx-6000-ada": "RTX 6000 Ada Generation",
    "rtx-pro-6000": "RTX PRO 6000 Blackwell Workstation Edition",
    "l40s": "L40S",
    "a100-80gb": "A100 SXM 80GB",
    "h100": "H100 SXM 80GB",
    "gb10": "GB10 (DGX Spark and OEM twins)",
}
MODELS = ("qwen3-8b", "llama-3.1-8b-instruct", "qwen3-30b-a3b", "gpt-oss-20b")
VERSIONS = ("1.1.0", "1.2.1", "1.4.0rc1")
COMPILED_VERSION = "1.2.1"
NODES_FOLDER = FOLDER.with_name("trtllm_nodes")
NODES = {
    "two-sparks-qwen": ("gb10", "qwen3-8b", "1.2.1", 2, 1),
    "two-sparks-gpt-oss": ("gb10", "gpt-oss-20b", "1.4.0rc1", 2, 1),
    "two-hosts-of-two-h100": ("h100", "qwen3-30b-a3b", "1.2.1", 2, 2),
}
"""Card, model, version, machines, and cards of each."""


def plan_of(gpu: Gpu, model: str) -> Plan:
    catalogue = load_catalogue()
    found = catalogue.find(model)
    assert found is not None, model
    cards = catalogue.cards(found.entry, found.checkpoints)
    platform = Platform(arch="aarch64" if "GB10" in gpu.name else "x86_64")
    return make_plan(Request(runtime=Runtime.TENSORRT_LLM, concurrency=2), cards, gpu, platform, load_matrix())


def launch_of(plan: Plan, gpu: Gpu, model: str, *, contained: bool) -> TrtLlmLaunch:
    entry = load_catalogue().find(model).entry
    name = plan.model.rpartition("/")[2]
    place = VirtualEnvironment(trtllm_serve="/runtimes/trt/bin/trtllm-serve")
    if contained:
        image = "nvcr.io/nvidia/tensorrt-llm/release:X"
        place = Container(tool="docker", program="docker", image=image, name=f"engineroom-{model}")
    capability = gpu.compute_capability
    return TrtLlmLaunch(
        model_path=f"/models/{name}",
        model=ModelFacts(architecture=entry.config["architectures"][0], precision=plan.precision),
        serve_config=plan.serve_config,
        gpu_uuids=(UUID,),
        sm=None if capability is None else capability[0] * 10 + capability[1],
        port=18_411,
        place=place,
        options_path="/engines/e/options.yaml",
        cache_path="/engines/e/cache",
        tool_parser=entry.tool_parsers.get("tensorrt-llm"),
        reasoning_parser=entry.reasoning_parsers.get("tensorrt-llm"),
        served_name=model,
    )


def compiled_of(plan: Plan, gpu: Gpu, model: str, *, contained: bool) -> tuple[TrtLlmLaunch, Bench]:
    """The same as a compiled engine, in bf16 or what the plan wants of it, and the bench it is made on."""
    launch = launch_of(plan, gpu, model, contained=contained)
    facts = replace(launch.model, tokenizer_path=launch.model_path)
    launch = replace(
        launch, kind="compiled", model=facts, model_path="{engine}/compiled", options_path="{engine}/o.yaml"
    )
    contract = Contract(probed=ProbedVersion(text=COMPILED_VERSION), tables=TABLES, backend=COMPILED)
    bench = Bench(
        launch=launch,
        contract=contract,
        source=facts.tokenizer_path or "",
        folder="/runtimes/trt",
        weights_format="bf16",
        kv_format=plan.kv_format,
        timing="timing-of-the-card.cache",
    )
    return launch, bench


def text_of(card: str) -> str:
    return "\n".join(_lines(card))


def _lines(card: str) -> Iterator[str]:
    gpu = load_gpu_table().named(CARDS[card])
    yield f"# {gpu.name}: what would be started. Written by tests/domain/trtllm/golden.py; not run anywhere."
    for model in MODELS:
        plan = plan_of(gpu, model)
        yield from ("", f"## {model}: {plan.verdict}, {plan.support}, {plan.precision}, cache {plan.kv_format}")
        if plan.verdict not in (Verdict.FITS, Verdict.TIGHT) or plan.support is Support.BROKEN:
            continue
        for version in VERSIONS:
            contract = Contract(probed=ProbedVersion(text=version), tables=TABLES)
            launch = launch_of(plan, gpu, model, contained=version == VERSIONS[-1])
            yield from ("", f"### {version}")
            yield from _command(command_for(launch, contract))
        yield from _compiled(plan, gpu, model)
    yield ""


def _compiled(plan: Plan, gpu: Gpu, model: str) -> Iterator[str]:
    # One in a container shows what that adds; all of them would bury the rest.
    for contained in (False, True) if model == MODELS[0] else (False,):
        place = "container" if contained else "environment"
        yield from ("", f"## compiled {COMPILED_VERSION}, {place}")
        launch, bench = compiled_of(plan, gpu, model, contained=contained)
        try:
            tools = {"convert": convert_tool(bench), "compile": compile_tool(bench)}
        except ValueError as error:
            yield f"not compiled: {error}"
            return
        for name, tool in tools.items():
            yield from (f"# {name}", *map(_word, tool.argv))
            yield from (f"env {key}={value}" for key, value in sorted(tool.environment.items()))
        yield "# serve"
        yield from _command(command_for(launch, bench.contract))


def _command(made: Command) -> Iterator[str]:
    yield from map(_word, made.argv)
    yield from (f"env {name}={value}" for name, value in sorted(made.environment.items()))
    yield from (f"lacks {name}" for name in made.left_out)
    yield from ("---", made.yaml.rstrip("\n"))


def _word(word: str) -> str:
    return shlex.quote(word) if not word.startswith("--") else word


def nodes_text(name: str) -> str:
    """The script of several machines, and its option file."""
    made = made_of(NODES[name])
    return f"{made.script}# --- {made.options_path}\n" + "".join(f"# {line}\n" for line in made.options.splitlines())


def made_of(row: tuple[str, str, str, int, int]) -> NodesScript:
    card, model, version, hosts, each = row
    gpu = load_gpu_table().named(CARDS[card])
    catalogue = load_catalogue()
    found = catalogue.find(model)
    assert found is not None
    models = catalogue.cards(found.entry, found.checkpoints)
    platform = Platform(arch="aarch64" if "GB10" in gpu.name else "x86_64")
    asked = Request(runtime=Runtime.TENSORRT_LLM, concurrency=2, gpus=hosts * each)
    plan = make_plan(asked, models, gpu, platform, load_matrix())
    wish = NodesWish(
        build=BuildWish(model=model), hosts=tuple(f"192.168.100.{10 + at}" for at in range(hosts)), gpus_per_host=each,
        interfaces=("enp1s0f0np0", "enp1s0f1np1"), models_path="/models", entry_script="/models/entry.sh",
    )  # fmt: skip
    contract = Contract(probed=ProbedVersion(text=version), tables=TABLES)
    basis = Basis(card=models[0], gpu=gpu, image=f"nvcr.io/nvidia/tensorrt-llm/release:{version}")
    return written(plan, wish, contract, basis)


def write() -> None:
    FOLDER.mkdir(exist_ok=True)
    NODES_FOLDER.mkdir(exist_ok=True)
    for name in NODES:
        (NODES_FOLDER / f"{name}.sh").write_text(nodes_text(name), "utf-8")
    for card in CARDS:
        (FOLDER / f"{card}.txt").write_text(text_of(card), "utf-8")


if __name__ == "__main__":
    write()
