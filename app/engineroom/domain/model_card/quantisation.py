"""What a checkpoint's files say about its quantisation, and what TensorRT-LLM 1.2 would make of it.

Source: the order in which its PyTorch backend looks (``hf_quant_config.json`` first, then ``quantization_config``).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engineroom.domain.model_card.modules import MOST_LETTERS, ModuleNames, plain_name
from engineroom.domain.model_card.parts import Part
from engineroom.domain.model_card.reading import Facts
from engineroom.domain.model_card.values import Quantisation, TensorClass
from engineroom.domain.planning.formats import kv_name

_ALGORITHMS = {
    "FP8": "fp8", "FP8_PER_CHANNEL_PER_TOKEN": "fp8_rowwise", "FP8_BLOCK_SCALES": "fp8_block", "FP8_PB_WO": "fp8_block",
    "NVFP4": "nvfp4", "NVFP4_AWQ": "nvfp4", "W4A16_NVFP4": "nvfp4", "W4A8_NVFP4_FP8": "nvfp4", "MXFP8": "mxfp8",
    "W4A16_MXFP4": "mxfp4", "W4A8_MXFP4_FP8": "mxfp4", "W4A8_MXFP4_MXFP8": "mxfp4", "MXFP4": "mxfp4",
    "W4A16_AWQ": "w4a16_awq", "W4A8_AWQ": "w4a16_awq", "INT4_AWQ": "w4a16_awq", "W4A16_GPTQ": "w4a16_gptq",
    "W4A8_GPTQ": "w4a16_gptq", "W4A16": "w4a16", "W8A16": "int8", "W8A16_GPTQ": "int8", "INT8": "int8",
    "W8A8_SQ_PER_CHANNEL": "int8", "INT8_SQ": "int8",
}  # fmt: skip
_TEXT_CLASSES = {
    TensorClass.ATTENTION, TensorClass.STATE, TensorClass.MLP, TensorClass.EXPERTS, TensorClass.SHARED_EXPERTS,
    TensorClass.PREDICTION, TensorClass.OUTPUT,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """Which format every module has.

    ``everywhere`` is the format of linear modules that are not ``left_out``; ``listed`` are those with one of their
    own.  ``only`` restricts ``everywhere`` to classes.  ``prediction`` and ``output`` say if it reaches those too.
    """

    quantisation: Quantisation | None = None
    everywhere: str | None = None
    left_out: ModuleNames = field(default_factory=ModuleNames)
    listed: Mapping[str, str] = field(default_factory=dict)
    only: frozenset[TensorClass] = frozenset(_TEXT_CLASSES)
    prediction: bool = False
    output: bool = False
    unknowns: tuple[str, ...] = ()

    def format_of(self, part: Part, base: str) -> str:
        """The storage format of a module; ``base`` where it is not quantised."""
        if not part.linear:
            return base
        listed = self._listed(part.name)
        if listed is not None:
            return listed
        if self.everywhere is None or part.tensor_class not in self.only or self.left_out.cover(part.name):
            return base
        if part.tensor_class is TensorClass.OUTPUT and not self.output:
            return base
        if part.tensor_class is TensorClass.PREDICTION and not self.prediction:
            return base
        return self.everywhere

    def _listed(self, name: str) -> str | None:
        while name and self.listed:
            if name in self.listed:
                return self.listed[name]
            name = name.rpartition(".")[0]
        return None


def scheme_of(config: Facts, separate: Facts | None) -> Scheme:
    """The scheme of a checkpoint from ``config.json`` and, if there is one, ``hf_quant_config.json``."""
    inside = config.section("quantization_config")
    if separate is not None:
        return _model_optimizer(separate.section("quantization") or separate, recognised=True)
    if inside is None:
        return Scheme()
    method = (inside.text("quant_method") or "").lower().replace("_", "-")
    if not method and "quant_algo" in inside:
        method = "modelopt"
    readers = {
        "modelopt": _unread_model_optimizer, "fp8": _fp8, "mxfp4": _mxfp4, "compressed-tensors": _compressed,
        "awq": _awq, "gptq": _gptq, "bitsandbytes": _bitsandbytes,
    }  # fmt: skip
    if method == "fp8" and "quant_algo" in inside:
        return _unread_model_optimizer(inside)
    if method not in readers:
        said = Quantisation(method=method or "unnamed", precision="unknown", recognised=False)
        return Scheme(quantisation=said, unknowns=("quantisation",))
    return readers[method](inside)


def _unread_model_optimizer(inside: Facts) -> Scheme:
    """Without the separate file, version 1.2 takes such a checkpoint for an unquantised one."""
    return _model_optimizer(inside, recognised=False)


def _model_optimizer(said: Facts, *, recognised: bool) -> Scheme:
    algorithm = (said.text("quant_algo") or "").upper()
    listed = _listed_layers(said.mapping("quantized_layers"))
    excluded = said.words("exclude_modules") or said.words("ignore")
    everywhere = _ALGORITHMS.get(algorithm)
    precision = everywhere or _main_format(listed.values())
    if precision is None:
        return _no_model_optimizer(algorithm)
    return Scheme(
        quantisation=Quantisation(
            method="modelopt",
            precision=precision,
            recognised=recognised,
            algorithm=algorithm or None,
            kv_format=_kv_format(said),
            group_size=said.whole("group_size", least=1),
            excluded=excluded,
        ),
        everywhere=everywhere,
        listed=listed,
        left_out=ModuleNames.of(excluded),
    )


def _no_model_optimizer(algorithm: str) -> Scheme:
    """Not quantised after all, or by an algorithm without a name here."""
    if algorithm in {"", "NO_QUANT", "NONE"}:
        return Scheme()
    said = Quantisation(method="modelopt", precision="unknown", recognised=False, algorithm=algorithm)
    return Scheme(quantisation=said, unknowns=("quantisation",))


def _listed_layers(layers: Mapping[str, object]) -> dict[str, str]:
    found = {}
    for name, one in layers.items():
        algorithm = one.get("quant_algo") if isinstance(one, Mapping) else None
        if len(name) <= MOST_LETTERS and isinstance(algorithm, str) and algorithm.upper() in _ALGORITHMS:
            found[plain_name(name)] = _ALGORITHMS[algorithm.upper()]
    return found


def _main_format(formats: Iterable[str]) -> str | None:
    """The narrowest of several formats names the result: the experts or the MLPs have it."""
    order = ("nvfp4", "mxfp4", "w4a16_awq", "w4a16_gptq", "w4a16", "mxfp8", "fp8_block", "fp8_rowwise", "fp8", "int8")
    present = set(formats)
    return next((one for one in order if one in present), None)


def _kv_format(said: Facts) -> str | None:
    name = said.text("kv_cache_quant_algo") or said.text("kv_cache_scheme")
    if name is not None:
        return kv_name(name)
    scheme = said.section("kv_cache_scheme")
    if scheme is None:
        return None
    return {(8, "float"): "fp8", (8, "int"): "int8", (4, "float"): "nvfp4"}.get(
        (scheme.whole("num_bits") or 0, scheme.text("type") or "")
    )


def _fp8(said: Facts) -> Scheme:
    block = said.wholes("weight_block_size")
    name = "fp8" if block is None else "fp8_block"
    return _everywhere(
        said, method="fp8", precision=name, recognised=block == (128, 128),
        algorithm="FP8_BLOCK_SCALES" if block == (128, 128) else None, prediction=True,
    )  # fmt: skip


def _mxfp4(said: Facts) -> Scheme:
    only = frozenset({TensorClass.EXPERTS})
    return _everywhere(said, method="mxfp4", precision="mxfp4", recognised=True, algorithm="W4A16_MXFP4", only=only)


def _awq(said: Facts) -> Scheme:
    name = "int8" if (said.whole("bits", "w_bit") or 4) == 8 else "w4a16_awq"
    return _everywhere(said, method="awq", precision=name)


def _gptq(said: Facts) -> Scheme:
    name = "int8" if (said.whole("bits") or 4) == 8 else "w4a16_gptq"
    return _everywhere(said, method="gptq", precision=name, output=bool(said.flag("lm_head")))


def _bitsandbytes(said: Facts) -> Scheme:
    four = said.flag("load_in_4bit") or said.flag("_load_in_4bit")
    return _everywhere(said, method="bitsandbytes", precision="nf4" if four else "int8")


def _everywhere(
    said: Facts,
    *,
    method: str,
    precision: str,
    recognised: bool = False,
    algorithm: str | None = None,
    only: frozenset[TensorClass] = frozenset(_TEXT_CLASSES),
    prediction: bool = False,
    output: bool = False,
) -> Scheme:
    names = ("modules_to_not_convert", "ignored_layers", "llm_int8_skip_modules", "ignore")
    excluded = next((found for found in map(said.words, names) if found), ())
    return Scheme(
        quantisation=Quantisation(
            method=method,
            precision=precision,
            recognised=recognised,
            algorithm=algorithm,
            group_size=said.whole("group_size", "q_group_size") if "group_size" in said else None,
            excluded=excluded,
        ),
        everywhere=precision,
        left_out=ModuleNames.of(excluded),
        only=only,
        prediction=prediction,
        output=output,
    )


def _compressed(said: Facts) -> Scheme:
    groups = [one for one in said.sections("config_groups") if one.section("weights")]
    found = [(group, _compressed_format(group, said.text("format") or "")) for group in groups]
    listed = {
        plain_name(target): name
        for group, name in found
        if name is not None
        for target in group.words("targets")
        if "." in target and len(target) <= MOST_LETTERS and not target.startswith("re:")
    }
    general = next((name for group, name in found if name and "Linear" in group.words("targets")), None)
    precision = general or _main_format(listed.values())
    algorithm = next((one for group, _ in found if (one := _compressed_algorithm(group))), None)
    excluded = said.words("ignore")
    quantisation = Quantisation(
        method="compressed-tensors",
        precision=precision or "unknown",
        recognised=algorithm is not None,
        algorithm=algorithm,
        kv_format=_kv_format(said),
        excluded=excluded,
    )
    names = ModuleNames.of(excluded)
    unknowns = ("quantisation",) if precision is None or not names.complete else ()
    return Scheme(
        quantisation=quantisation, everywhere=general, listed=listed, left_out=names, unknowns=unknowns, output=True,
    )  # fmt: skip


def _compressed_format(group: Facts, container: str) -> str | None:
    weights = group.section("weights")
    if weights is None:
        return None
    bits, kind, strategy = weights.whole("num_bits"), weights.text("type"), weights.text("strategy")
    container = group.text("format") or container
    if bits == 4 and kind == "float":
        small = weights.whole("group_size") == 32 or "mxfp4" in container
        return "mxfp4" if small else "nvfp4"
    if bits == 4:
        return "w4a16"
    if bits == 8 and kind == "float":
        return {"block": "fp8_block", "channel": "fp8_rowwise"}.get(strategy or "", "fp8")
    return "int8" if bits == 8 else None


def _compressed_algorithm(group: Facts) -> str | None:
    """What TensorRT-LLM recognises: eight bits, by channel and token or by blocks of 128."""
    weights, inputs = group.section("weights"), group.section("input_activations")
    if weights is None or inputs is None or weights.whole("num_bits") != 8:
        return None
    pair = (weights.text("strategy"), inputs.text("strategy"))
    if pair == ("channel", "token"):
        return "FP8_PER_CHANNEL_PER_TOKEN"
    return "FP8_BLOCK_SCALES" if pair == ("block", "group") and inputs.whole("group_size") == 128 else None
