"""What is wrong with what was to be read or done: a code and its facts, for TOML, JSON, PEM, and requests.

What the parser itself said is kept in the fact ``said``, also where the code says it all.
"""

from collections.abc import Mapping

from engineroom.domain.details import together
from engineroom.domain.errors import FactValue
from engineroom.domain.reason import Reason

PARSE_FAULTS: Mapping[str, str] = {
    "toml_start": "line {row}, column {column}: neither a setting nor a table begins there",
    "toml_equals": "line {row}, column {column}: an equals sign must follow the name of a setting",
    "toml_value": "line {row}, column {column}: the value is missing or is none; texts stand in quotes",
    "toml_line_end": "line {row}, column {column}: the line should end there",
    "toml_twice": "line {row}, column {column}: what is set there has been set before",
    "toml_bracket": "line {row}, column {column}: the name of a table must be closed with a bracket",
    "toml_text_open": "line {row}, column {column}: the text is not closed; a quote is missing",
    "toml_list_open": "line {row}, column {column}: the list or table is not closed",
    "toml_backslash": "line {row}, column {column}: a backslash in a text must be doubled",
    "toml_letter": "line {row}, column {column}: this character may not stand there",
    "toml_date": "line {row}, column {column}: there is no such date or time",
    "toml_other": "line {row}, column {column} cannot be read: {said}",
    "not_utf8": "it is no text in UTF-8",
    "json_at": "line {row}, column {column} is no JSON",
    "json_deep": "it is nested too deeply",
    "json_no_object": "it is no JSON object",
    "json_twice": "a key comes twice",
    "part_missing": "{name} is missing",
    "part_unknown": "{field} is not known here",
    "part_kind": "{field} must be {expected}, not {got}",
    "part_value": "{field} cannot be {got}",
    "part_bound": "{field} must be {expected}",
    "part_other": "{field} is not accepted: {said}",
    "engine_refused": "the engine refused it",
    "template_system": "the chat template of this model takes no system prompt",
    "template_turns": "the chat template of this model wants questions and answers in turn",
    "form_other": "it is not in the form that was expected ({said})",
    "no_answer": "no answer to {path} within {seconds} s",
    "status_said": "{path} answered with status {status}: {said}",
    "package_missing": "its Python package {name} is not installed",
    "library_gone": "its library {library} is not here",
    "not_loaded": "it cannot be loaded: {said}",
    "no_packages": "the environment has no packages",
    "no_digest": "the image does not say where it came from",
    "wrote_nothing": "its program wrote nothing",
    "wrote_else": "its program did not write all that is needed, only {names}",
    "config_unread": "its program wrote no config.json that can be read",
    "ended_silent": "it ended with status {status} and said nothing",
    "exported_unread": "what was exported cannot be read: {said}",
    "exported_other": "{found} was exported instead of {expected}",
    "exported_plain": "the exported weights are not quantised, and {expected} was wanted",
    "exported_parameters": "{found_count} parameters were exported, and the model has {count}",
    "exported_size": "{size} bytes of weights were exported, and about {expected} were expected",
    "exported_shape": "{name} was exported in the shape {found}, and the model's is {expected}",
    "nodes_few": (
        "several machines are needed, each named once; for one with several cards there is engineroom build --gpus"
    ),
    "nodes_name": "{name} is neither a name nor an address of a machine",
    "nodes_cards": "{count} cards in each machine are not possible: it is 1 to {most}",
    "nodes_kind": "a compiled engine is made for its ranks on each machine; build the kind checkpoint",
    "nodes_version": (
        "how TensorRT-LLM {version} starts its ranks over several machines is not known here, only {first} up to below "
        "{beyond}"
    ),
    "nodes_heads": "its {heads} attention heads cannot be spread evenly over {count} cards",
    "pem_none": "there is no certificate in PEM form in it",
    "pem_broken": "it is damaged, or not in PEM form",
    "pem_locked": "it is locked with a password, and nobody is asked for one here",
    "pem_other_key": "the key does not belong to the certificate",
    "pem_weak": "its key or its signature is too weak for today's rules",
    "pem_not_ours": "it is not a key that was made here",
    "pem_other": "it is not accepted: {said}",
}
"""By code: English, as parts of a sentence."""


class Unread(ValueError):
    """Something is wrong that no parser objects to. ``facts`` are those that :func:`fault` makes of the same."""

    def __init__(self, code: str, **facts: FactValue) -> None:
        super().__init__(PARSE_FAULTS[code].format_map(facts))
        self.facts = fault(code, **facts)


def fault(code: str, **facts: FactValue) -> dict[str, FactValue]:
    """Facts of a problem that leaves its ``reason`` open, by a code of :data:`PARSE_FAULTS`."""
    return together([Reason(code=code, facts=facts)], PARSE_FAULTS[code].format_map(facts))
