"""English sentences for requests that the model, its engine or this program cannot serve."""

from engineroom.domain.errors import Code

SENTENCES_OF_SURFACES: dict[str, str] = {
    Code.UNSUPPORTED_PARAMETER: "'{parameter}' is not supported here: nothing on this computer does it. Leave it out.",
    Code.MODEL_TASK: (
        "The model '{model}' is made for {does}, not for {wanted}. Name another model: GET /v1/models says in "
        "'capabilities' what each of them can do."
    ),
    Code.FIM_UNSUPPORTED: (
        "The model '{model}' has no tokens to fill in the middle of a text, so 'suffix' cannot be honoured. Leave it "
        "out, or name a model with the capability 'insert'; most models made for code have it."
    ),
    Code.TOKENIZER_MISSING: (
        "The engine of '{model}' does not let others use its tokenizer. Ask a model that llama.cpp serves."
    ),
    Code.NOT_MANAGED_HERE: (
        "{path} is not answered here: models are fetched and removed in the window of Engineroom, or with: "
        "engineroom models"
    ),
    Code.OLLAMA_PORT_TAKEN: (
        "Programs made for Ollama are not answered on port {port}, because {program} holds it already. End that "
        "program, or leave server.ollama_port out of the settings: the same API is at the usual address too."
    ),
}
