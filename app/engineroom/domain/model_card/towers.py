"""Vision and audio towers, estimated from their configuration."""

from engineroom.domain.model_card.parts import Part
from engineroom.domain.model_card.reading import Facts
from engineroom.domain.model_card.values import TensorClass

_GATED = {"qwen2_5_vl", "pixtral", "gemma4_vision"}


def towers(config: Facts, text_hidden: int) -> tuple[tuple[Part, ...], tuple[str, ...], tuple[str, ...]]:
    """Parts, modalities besides text, and what could not be told."""
    parts, modalities, unknowns = [], [], []
    vision = config.section("vision_config", "vision_tower_config")
    if vision is not None:
        modalities.append("image")
        size = _vision(vision, text_hidden)
        if size:
            parts.append(Part(name="visual", tensor_class=TensorClass.VISION, parameters=size, linear=False))
        else:
            unknowns.append("vision")
    if "video_token_id" in config or "video_token_index" in config:
        modalities.append("video")
    audio = config.section("audio_config", "audio_processor")
    if audio is not None:
        modalities.append("audio")
        size = _audio(audio, text_hidden)
        if size:
            parts.append(Part(name="audio", tensor_class=TensorClass.AUDIO, parameters=size, linear=False))
        else:
            unknowns.append("audio")
    return tuple(parts), tuple(modalities), tuple(unknowns)


def _vision(vision: Facts, text_hidden: int) -> int | None:
    hidden = vision.whole("embed_dim", "vt_hidden_size", least=1) if "embed_dim" in vision else None
    hidden = hidden or vision.whole("hidden_size", "vt_hidden_size", "width", least=1)
    layers = vision.whole("depth", "num_hidden_layers", "vt_num_hidden_layers", "layers", least=1, most=4096)
    if hidden is None or layers is None:
        return None
    wide = vision.whole("intermediate_size", "vt_intermediate_size", least=1) or int(
        hidden * min(vision.real("mlp_ratio") or 4.0, 64.0)
    )
    matrices = 3 if vision.text("model_type") in _GATED else 2
    patch = vision.whole("patch_size", least=1, most=4096) or 14
    frames = vision.whole("temporal_patch_size", least=1, most=64) or 1
    blocks = layers * (4 * hidden**2 + matrices * hidden * wide + 9 * hidden + wide)
    tables = 3 * frames * patch**2 * hidden + (vision.whole("num_position_embeddings") or 0) * hidden
    return blocks + tables + _projector(vision, hidden, text_hidden)


def _projector(vision: Facts, hidden: int, text_hidden: int) -> int:
    merge = vision.whole("spatial_merge_size", least=1, most=16)
    if merge is None:
        return hidden * text_hidden
    merged = hidden * merge**2
    mergers = 1 + len(vision.wholes("deepstack_visual_indexes") or ())
    return mergers * (merged**2 + merged * text_hidden)


def _audio(audio: Facts, text_hidden: int) -> int | None:
    hidden = audio.whole("hidden_size", "d_model", least=1)
    layers = audio.whole("num_hidden_layers", "encoder_layers", "conf_num_hidden_layers", least=1, most=4096)
    if hidden is None or layers is None:
        return None
    wide = audio.whole("intermediate_size", "encoder_ffn_dim", least=1) or 4 * hidden
    return layers * (4 * hidden**2 + 2 * hidden * wide) + hidden * text_hidden
