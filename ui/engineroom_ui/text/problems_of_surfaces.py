"""Sentences of requests that cannot be served; :mod:`engineroom_ui.text.problems` has the rest."""

from engineroom.contract.problems import Code
from engineroom_ui.text.marks import mark

TEXTS_OF_SURFACES: dict[str, tuple[str, str]] = {
    Code.UNSUPPORTED_PARAMETER: (
        mark("problems", "'{parameter}' is not supported here."),
        mark("problems", "Nothing on this computer does it; leave it out."),
    ),
    Code.MODEL_TASK: (
        mark("problems", "The model {model} is made for {does}, not for {wanted}."),
        mark("problems", "Choose another model for this."),
    ),
    Code.FIM_UNSUPPORTED: (
        mark("problems", "The model {model} cannot fill in the middle of a text."),
        mark("problems", "Choose a model made for code, or leave the suffix out."),
    ),
    Code.TOKENIZER_MISSING: (
        mark("problems", "The engine of {model} does not let others use its tokenizer."),
        mark("problems", "Ask a model that llama.cpp serves."),
    ),
    Code.NOT_MANAGED_HERE: (
        mark("problems", "A program asked for {path}, which is not answered here."),
        mark("problems", "Fetch and remove models on the Models page."),
    ),
    Code.OLLAMA_PORT_TAKEN: (
        mark("problems", "Programs made for Ollama are not answered on port {port}: {program} holds it already."),
        mark("problems", "End that program, or leave the port out of the settings; the usual address does the same."),
    ),
}
