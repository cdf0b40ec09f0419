"""What the code of a problem leaves open: a code of its own in the fact ``detail``, with its facts beside it.

Who knows the code writes the sentence; for everybody else the English words come along in the fact that they fill.
Several at once are parted by spaces in ``detail``; the facts of the second end in ``_2``, those of the third in ``_3``.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from engineroom.domain.errors import FactValue
from engineroom.domain.reason import Reason

FACT = "detail"


class Detail(StrEnum):
    """Stable names; the names in braces of :data:`WORDS` are the facts that come with each."""

    # settings
    SETTING_TABLE = "setting_table"
    SETTING_TABLES = "setting_tables"
    SETTING_TEXT = "setting_text"
    SETTING_MISSING = "setting_missing"
    SETTING_TEXTS = "setting_texts"
    SETTING_NAMES = "setting_names"
    SETTING_ADDRESS = "setting_address"
    SETTING_NOT_HERE = "setting_not_here"
    SETTING_ORIGIN = "setting_origin"
    SETTING_WEB_ORIGIN = "setting_web_origin"
    SETTING_SWITCH = "setting_switch"
    SETTING_WHOLE = "setting_whole"
    SETTING_RATE = "setting_rate"
    SETTING_PRICE = "setting_price"
    SETTING_MINUTES = "setting_minutes"
    SETTING_UNKNOWN = "setting_unknown"
    SETTING_PAIR = "setting_pair"
    NO_SUCH_SETTING = "no_such_setting"
    OTHER_SETTING = "other_setting"
    # what is asked of plans, keys and the vault
    ALLOWED_RANGE = "allowed_range"
    ALLOWED_CHOICE = "allowed_choice"
    ALLOWED_OR_AUTO = "allowed_or_auto"
    ALLOWED_PRECISION = "allowed_precision"
    ALLOWED_ONCE = "allowed_once"
    ALLOWED_WHOLE = "allowed_whole"
    ALLOWED_LETTERS = "allowed_letters"
    ALLOWED_FUTURE = "allowed_future"
    ALLOWED_ABOVE_ZERO = "allowed_above_zero"
    TOKEN_FORM = "token_form"
    MINUTES_RANGE = "minutes_range"
    NO_MODEL_NAMED = "no_model_named"
    # builds
    KIND_UNKNOWN = "kind_unknown"
    SPARSE_NOT_COMPILED = "sparse_not_compiled"
    COMPILER_GONE = "compiler_gone"
    ALREADY_QUANTISED = "already_quantised"
    COMPILED_BROKEN = "compiled_broken"
    COMPILED_DOUBTED = "compiled_doubted"
    DOES_NOT_FIT = "does_not_fit"
    PRECISION_BROKEN = "precision_broken"
    TIGHT = "tight"
    LAYERS_UNKNOWN = "layers_unknown"
    PRECISION_DOUBTED = "precision_doubted"
    REMOTE_CODE = "remote_code"
    DRIVER_BEHIND = "driver_behind"
    BEYOND_MODEL = "beyond_model"
    TOOL_MISSING = "tool_missing"
    QUANTISER_MEMORY = "quantiser_memory"
    NOT_PUBLISHED_16 = "not_published_16"
    NOT_TWO_FOUR = "not_two_four"
    CARD_ELSEWHERE = "card_elsewhere"
    CARDS_DIFFER = "cards_differ"
    CACHE_NOT_ON_CARD = "cache_not_on_card"
    NO_COMPILER = "no_compiler"
    PATH_NOT_MOUNTABLE = "path_not_mountable"
    NOT_COMPILED_IN = "not_compiled_in"
    NOT_COMPILED_CACHE = "not_compiled_cache"
    NOT_QUANTISED_TO = "not_quantised_to"
    NOT_CALIBRATED = "not_calibrated"
    CACHE_NEEDS_FP8 = "cache_needs_fp8"
    OPTIONS_UNKNOWN = "options_unknown"
    # runtimes and engines
    GATE_REFUSED = "gate_refused"
    GATE_NOT_RUN = "gate_not_run"
    NEWER_FORM = "newer_form"
    RUNTIME_STATE = "runtime_state"
    ENGINES_USE_IT = "engines_use_it"
    NO_CONTAINER_PROGRAM = "no_container_program"
    NOT_ON_PATH = "not_on_path"
    NOTHING_STARTS_IT = "nothing_starts_it"
    NOT_HTTP = "not_http"
    MORE_THAN_ADDRESS = "more_than_address"
    HTTP_STATUS = "http_status"
    HEALTH_FAILED = "health_failed"
    WORKER_GONE = "worker_gone"
    NO_FREE_PORT = "no_free_port"
    FIX_COMMAND = "fix_command"
    FIX_PAGE = "fix_page"
    FIX_BY_HAND = "fix_by_hand"
    # the Hub, files and bundles
    CONNECTION_CUT = "connection_cut"
    REDIRECTS = "redirects"
    LIST_HASH = "list_hash"
    ENDS_EARLY = "ends_early"
    WRITTEN_BY_ANOTHER = "written_by_another"
    FOLDER_IS_LINK = "folder_is_link"
    OTHER_SIZE = "other_size"
    OTHER_HASH = "other_hash"
    OTHER_REVISION = "other_revision"
    SHORTER = "shorter"
    OTHER_RANGE = "other_range"
    NO_REGULAR_FILE = "no_regular_file"
    HASH_DIFFERS = "hash_differs"
    UNREADABLE = "unreadable"
    HEADERS_TOO_LONG = "headers_too_long"
    TOO_MANY_PARTS = "too_many_parts"
    TOO_MANY_FILES = "too_many_files"
    PLAN_TOO_LARGE = "plan_too_large"
    LIST_NAMES_NONE = "list_names_none"
    NO_BUNDLE_LIST = "no_bundle_list"
    NEITHER_FOLDER_NOR_TAR = "neither_folder_nor_tar"
    NO_PLAIN_FILE = "no_plain_file"
    NOT_IN_LIST = "not_in_list"
    BUNDLE_SIZE = "bundle_size"
    BUNDLE_MISSING = "bundle_missing"
    BUNDLE_HASH = "bundle_hash"
    # what is wrong with a file of a model
    FILE_ENDS = "file_ends"
    HEADER_SIZE = "header_size"
    HEADER_CUT = "header_cut"
    HEADER_ENDLESS = "header_endless"
    TENSORS_MANY = "tensors_many"
    TENSORS_BEYOND_FILE = "tensors_beyond_file"
    TENSOR_FORM = "tensor_form"
    TENSOR_PARTS = "tensor_parts"
    TENSOR_PLACE = "tensor_place"
    TENSOR_SIZE = "tensor_size"
    TENSOR_SHAPE = "tensor_shape"
    NO_WEIGHT_MAP = "no_weight_map"
    WEIGHT_MAP_OUTSIDE = "weight_map_outside"
    ALIGNMENT = "alignment"
    VALUE_TYPE = "value_type"
    ARRAY_TYPE = "array_type"
    COUNT_TOO_LARGE = "count_too_large"
    KEY_MISSING = "key_missing"
    KEY_ITEMS = "key_items"
    KEY_TOO_SHORT = "key_too_short"
    KEY_NOT_WHOLE = "key_not_whole"
    KEY_OUT_OF_RANGE = "key_out_of_range"
    PATTERN_SHORT = "pattern_short"
    HEADS_UNEVEN = "heads_uneven"
    EXPERTS_UNCLEAR = "experts_unclear"
    EXPERTS_TOO_MANY = "experts_too_many"
    FACTOR_ODD = "factor_odd"
    BLOCK_COUNT = "block_count"
    LAYERS_EMPTY = "layers_empty"
    IMAGE_FORM = "image_form"
    IMAGE_BASE64 = "image_base64"
    IMAGE_KIND = "image_kind"
    IMAGE_CUT = "image_cut"
    IMAGE_EMPTY = "image_empty"
    IMAGE_LARGE = "image_large"
    IMAGE_FRAMES = "image_frames"
    IMAGE_NOTE = "image_note"
    IMAGES_LARGE = "images_large"


WORDS: Mapping[Detail, str] = {
    Detail.SETTING_TABLE: "{key} must be a table, not {got}",
    Detail.SETTING_TABLES: "{key} must be an array of tables, not {got}",
    Detail.SETTING_TEXT: "{key} must be a text, not {got}",
    Detail.SETTING_MISSING: "{key} is missing",
    Detail.SETTING_TEXTS: "{key} must be an array of texts, not {got}",
    Detail.SETTING_NAMES: "{key} must be a table of texts, not {got}",
    Detail.SETTING_ADDRESS: "{key} has {value}, which is neither an IP address nor localhost",
    Detail.SETTING_NOT_HERE: "{value} is not an address of this computer",
    Detail.SETTING_ORIGIN: "{key} has {value}, which is not an origin such as app://obsidian.md",
    Detail.SETTING_WEB_ORIGIN: "{key} has {value}; name each web origin in full",
    Detail.SETTING_SWITCH: "{key} must be true or false, not {got}",
    Detail.SETTING_WHOLE: "{key} must be a whole number from {least} to {most}, not {got}",
    Detail.SETTING_RATE: "{key} must be a number of MiB per second; it is {got}",
    Detail.SETTING_PRICE: "{key} must be a number, the price of 1 kWh; it is {got}",
    Detail.SETTING_MINUTES: "{key} must be a number of minutes, or 0 for never; it is {got}",
    Detail.SETTING_UNKNOWN: "{key} is not a setting; known here: {known}",
    Detail.SETTING_PAIR: "{key} and {other} go together",
    Detail.NO_SUCH_SETTING: "there is no such setting",
    Detail.OTHER_SETTING: "another setting would change too",
    Detail.ALLOWED_RANGE: "from {least} to {most}",
    Detail.ALLOWED_CHOICE: "one of {choices}",
    Detail.ALLOWED_OR_AUTO: "auto or one of {choices}",
    Detail.ALLOWED_PRECISION: "a format such as bf16, fp8, nvfp4, mxfp4 or q4_k_m",
    Detail.ALLOWED_ONCE: "from {least} to {most}, each once",
    Detail.ALLOWED_WHOLE: "a whole number from {least} to {most}",
    Detail.ALLOWED_LETTERS: "1 to {most} printable letters",
    Detail.ALLOWED_FUTURE: "a time to come",
    Detail.ALLOWED_ABOVE_ZERO: "a number above 0",
    Detail.TOKEN_FORM: "a token is one word of letters, digits and signs of ASCII",
    Detail.MINUTES_RANGE: "minutes must be from {least} to {most}",
    Detail.NO_MODEL_NAMED: "no model was named",
    Detail.KIND_UNKNOWN: "there is no kind '{kind}': it is checkpoint or compiled",
    Detail.SPARSE_NOT_COMPILED: "only a compiled engine can be made to use sparse weights",
    Detail.COMPILER_GONE: (
        "TensorRT-LLM {version} has no compiled engines: they ended with 1.2. Build the kind checkpoint"
    ),
    Detail.ALREADY_QUANTISED: (
        "its weights are {weights} already, and engines are compiled from weights of 16 bits. Name the repository of "
        "the unquantised model"
    ),
    Detail.COMPILED_BROKEN: "a compiled engine of it does not run on this card: {name}, {note}",
    Detail.COMPILED_DOUBTED: "{precision} in a compiled engine is {support} on this card ({name}: {note})",
    Detail.DOES_NOT_FIT: "it does not fit the memory of the card",
    Detail.PRECISION_BROKEN: "{precision} is known not to run on this card with this runtime",
    Detail.TIGHT: "it is within the error of the estimate whether it fits the memory of the card",
    Detail.LAYERS_UNKNOWN: "its layers are not known, so nobody can say whether it fits",
    Detail.PRECISION_DOUBTED: "{precision} is {support} on this card with this runtime",
    Detail.REMOTE_CODE: "it runs program code of its publisher",
    Detail.DRIVER_BEHIND: (
        "the NVIDIA driver is too old for this runtime; engineroom runtimes doctor says what it needs"
    ),
    Detail.BEYOND_MODEL: (
        "{context_tokens} tokens of context are more than the {native_context} that the model was made for; the engine "
        "gives no more"
    ),
    Detail.TOOL_MISSING: (
        "its runtime has no program that brings it into this form: {program} has to be laid there first"
    ),
    Detail.QUANTISER_MEMORY: (
        "to quantise it, the model has to be loaded in {from_precision} first: about {needed_gb} GB, and the cards and "
        "this computer hold {held_gb} GB together"
    ),
    Detail.NOT_PUBLISHED_16: "nobody has published its weights in 16 bits, which engines are compiled from",
    Detail.NOT_TWO_FOUR: "of every four of its weights two would have to be zero, and they are not",
    Detail.CARD_ELSEWHERE: "that card is not in this computer, and an engine is built where it runs",
    Detail.CARDS_DIFFER: "the plan is for {wanted} cards and {count} were given",
    Detail.CACHE_NOT_ON_CARD: "there is no {kv_format} cache on cards of SM {sm}",
    Detail.NO_COMPILER: "compiled engines are gone from 1.3 on",
    Detail.PATH_NOT_MOUNTABLE: "a container cannot mount a path with a comma or a quote in it: {path}",
    Detail.NOT_COMPILED_IN: "no engine can be compiled in {precision}",
    Detail.NOT_COMPILED_CACHE: "no engine can be compiled with a {kv_format} cache",
    Detail.NOT_QUANTISED_TO: "ModelOpt makes no {precision}",
    Detail.NOT_CALIBRATED: "ModelOpt calibrates no {kv_format} cache",
    Detail.CACHE_NEEDS_FP8: "a cache in NVFP4 needs FP8 weights",
    Detail.OPTIONS_UNKNOWN: "no such option: {options}",
    Detail.GATE_REFUSED: "Its gate has refused it.",
    Detail.GATE_NOT_RUN: "Its gate has not been run.",
    Detail.NEWER_FORM: "it has version {version}, this program knows {newest}; update Engineroom",
    Detail.RUNTIME_STATE: "It is {state}.",
    Detail.ENGINES_USE_IT: "Engines use it now ({users}).",
    Detail.NO_CONTAINER_PROGRAM: "neither docker nor podman is here",
    Detail.NOT_ON_PATH: "there is none on the PATH",
    Detail.NOTHING_STARTS_IT: "nothing here starts it",
    Detail.NOT_HTTP: "it is not an address that begins with http:// or https://",
    Detail.MORE_THAN_ADDRESS: "it holds more than a host, a port and a path",
    Detail.HTTP_STATUS: "status {status}",
    Detail.HEALTH_FAILED: "its own health has said so for a minute",
    Detail.WORKER_GONE: "its worker process {pid} has ended",
    Detail.NO_FREE_PORT: "no free port",
    Detail.FIX_COMMAND: "run: {command}",
    Detail.FIX_PAGE: "open {page}",
    Detail.FIX_BY_HAND: "somebody has to do it at this computer",
    Detail.CONNECTION_CUT: "the connection was cut",
    Detail.REDIRECTS: "it redirects in circles",
    Detail.LIST_HASH: "a hash in its list of files is none",
    Detail.ENDS_EARLY: "{file} ends too early",
    Detail.WRITTEN_BY_ANOTHER: "another download is writing it",
    Detail.FOLDER_IS_LINK: "a folder of the snapshot is a link",
    Detail.OTHER_SIZE: "it has {size} bytes instead of {wanted_size}",
    Detail.OTHER_HASH: "its hash is another",
    Detail.OTHER_REVISION: "it comes from revision {revision}",
    Detail.SHORTER: "it has become shorter",
    Detail.OTHER_RANGE: "asked for {asked}, got {got}",
    Detail.NO_REGULAR_FILE: "it is no regular file",
    Detail.HASH_DIFFERS: "its hash is {found} instead of {expected}",
    Detail.UNREADABLE: "it cannot be read: {said}",
    Detail.HEADERS_TOO_LONG: "the headers together are too long",
    Detail.TOO_MANY_PARTS: "a file in {count} parts",
    Detail.TOO_MANY_FILES: "{count} files of weights",
    Detail.PLAN_TOO_LARGE: "{file} is larger than any plan",
    Detail.LIST_NAMES_NONE: "its list names no model, or one twice",
    Detail.NO_BUNDLE_LIST: "it does not begin with {manifest}",
    Detail.NEITHER_FOLDER_NOR_TAR: "it is neither a folder nor a plain tar file ({said})",
    Detail.NO_PLAIN_FILE: "{file} is no plain file",
    Detail.NOT_IN_LIST: "{file} is not in its list, or comes twice",
    Detail.BUNDLE_SIZE: "{file} has {size} bytes instead of {wanted_size}",
    Detail.BUNDLE_MISSING: "{file} is missing",
    Detail.BUNDLE_HASH: "the hash of {file} is {found} instead of {expected}",
    Detail.FILE_ENDS: "the file ends after {count} bytes",
    Detail.HEADER_SIZE: "a header of {count} bytes (at most {most} are accepted)",
    Detail.HEADER_CUT: "the file ends inside its header of {count} bytes",
    Detail.HEADER_ENDLESS: "a header of more than {most} bytes",
    Detail.TENSORS_MANY: "{count} tensors",
    Detail.TENSORS_BEYOND_FILE: "its tensors need {needed} bytes and the file has {count}",
    Detail.TENSOR_FORM: "a tensor is described by something else than an object",
    Detail.TENSOR_PARTS: "a tensor without dtype, shape and data_offsets",
    Detail.TENSOR_PLACE: "a tensor whose place makes no sense",
    Detail.TENSOR_SIZE: "a tensor larger than any file",
    Detail.TENSOR_SHAPE: "a tensor whose shape and place do not agree",
    Detail.NO_WEIGHT_MAP: "there is no weight_map",
    Detail.WEIGHT_MAP_OUTSIDE: "weight_map names something else than a file beside it",
    Detail.ALIGNMENT: "general.alignment is not a small multiple of 8",
    Detail.VALUE_TYPE: "value type {kind} does not exist",
    Detail.ARRAY_TYPE: "array of value type {kind}",
    Detail.COUNT_TOO_LARGE: "{count} {things} (at most {most} are accepted)",
    Detail.KEY_MISSING: "{name} is missing",
    Detail.KEY_ITEMS: "{name} has {count} items",
    Detail.KEY_TOO_SHORT: "{name} does not cover {layers} layers",
    Detail.KEY_NOT_WHOLE: "{name} is not a whole number",
    Detail.KEY_OUT_OF_RANGE: "{name} is not between {least} and {most}",
    Detail.PATTERN_SHORT: "the pattern of layers does not cover {layers} layers",
    Detail.HEADS_UNEVEN: "hidden_size is no multiple of num_attention_heads, and there is no head_dim",
    Detail.EXPERTS_UNCLEAR: "the number of experts that answer a token is missing or larger than that of all",
    Detail.EXPERTS_TOO_MANY: "more experts answer a token than there are",
    Detail.FACTOR_ODD: "a block's ffn_mult is not a factor",
    Detail.BLOCK_COUNT: "block_count is no larger than nextn_predict_layers",
    Detail.LAYERS_EMPTY: "not all of its {layers} layers have tensors",
    Detail.IMAGE_FORM: "an image is not a data: URL in base64",
    Detail.IMAGE_BASE64: "the base64 of an image is broken",
    Detail.IMAGE_KIND: "an image is not PNG, JPEG, GIF or WebP",
    Detail.IMAGE_CUT: "an image is cut off or broken",
    Detail.IMAGE_EMPTY: "an image has no pixels",
    Detail.IMAGE_LARGE: "an image has too many pixels: {width} x {height}",
    Detail.IMAGE_FRAMES: "an image has too many frames: {count}",
    Detail.IMAGE_NOTE: "a note inside an image unfolds to too much",
    Detail.IMAGES_LARGE: "the images of this request have too many pixels together",
}
"""English, as parts of a sentence: what comes along for those who do not know the code."""


class Told(Exception):
    """An error that says why by a detail. ``facts`` are those of a problem that leaves its ``reason`` open."""

    def __init__(self, code: Detail, **facts: FactValue) -> None:
        super().__init__(worded(code, facts))
        self.facts = because(code, **facts)


class Impossible(Told, ValueError):
    """What was planned cannot be done."""


def because(code: Detail, **facts: FactValue) -> dict[str, FactValue]:
    """Facts of a problem that leaves its ``reason`` open."""
    return together([Reason(code=code, facts=facts)], worded(code, facts))


def allowing(code: Detail, **facts: FactValue) -> dict[str, FactValue]:
    """Facts of a problem that leaves open what is ``allowed``."""
    return together([Reason(code=code, facts=facts)], worded(code, facts), fills="allowed")


def lined(code: Detail, **facts: FactValue) -> dict[str, FactValue]:
    """Facts of a problem that has our words in place of a ``line`` that somebody said."""
    return as_line(because(code, **facts))


def as_line(facts: Mapping[str, FactValue]) -> dict[str, FactValue]:
    """Facts that fill a ``reason`` as such that have our words in place of a ``line`` that somebody said."""
    return {("line" if name == "reason" else name): value for name, value in facts.items()}


def worded(code: Detail, facts: Mapping[str, FactValue]) -> str:
    """The English words."""
    return WORDS[code].format_map(facts)


def together(reasons: Iterable[Reason], words: str, *, fills: str = "reason") -> dict[str, FactValue]:
    """Several of them as facts; their codes may be of other tables too. ``words`` is what they say in English."""
    found = tuple(reasons)
    told: dict[str, FactValue] = {FACT: " ".join(one.code for one in found), fills: words}
    for place, one in enumerate(found, 1):
        told |= {name if place == 1 else f"{name}_{place}": value for name, value in one.facts.items()}
    return told


def apart(facts: Mapping[str, FactValue]) -> tuple[Reason, ...]:
    """The details among the facts of a problem, each with the facts that are its own or everybody's."""
    codes = str(facts.get(FACT) or "").split()
    found = []
    for place, code in enumerate(codes, 1):
        mine = {name.removesuffix(f"_{place}"): value for name, value in facts.items() if name.endswith(f"_{place}")}
        found.append(Reason(code=code, facts={**facts, **mine}))
    return tuple(found)
