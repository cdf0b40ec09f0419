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
    Code.INVALID_JSON: "The request body is not valid JSON: {reason}.",
    Code.INVALID_REQUEST: "The request is not valid: {reason}.",
    Code.REQUEST_TOO_LARGE: (
        "The request body is larger than {limit_bytes} bytes, the most that is accepted (twice as much with images in "
        "it). Send less in one request, or smaller images."
    ),
    Code.UNSUPPORTED_MEDIA_TYPE: "The Content-Type is '{found}'; send application/json.",
    Code.UNSUPPORTED_CODING: (
        "The body of the request comes as '{found}', and compressed bodies are not read here. Send the body as it is, "
        "without a Content-Encoding."
    ),
    Code.RESPONSE_NOT_FOUND: (
        "There is no response '{response}' here: responses are kept for an hour, in memory. Send the whole "
        "conversation as the input."
    ),
    Code.NOT_FOUND: (
        "There is nothing at {path}. OpenAI's and Anthropic's APIs lie under /v1, and Ollama's under /api; check the "
        "base URL."
    ),
    Code.METHOD_NOT_ALLOWED: "{method} is not allowed here; use {allowed}.",
    Code.HOST_NOT_ALLOWED: (
        "The Host header '{host}' does not name this computer. Use 127.0.0.1 or localhost, or add the name to "
        "server.hosts in the settings if it is this computer's."
    ),
    Code.INVALID_TOKEN: "The control API needs this daemon's token, from its connection file, as a bearer token.",
    Code.INVALID_KEY: (
        "A valid key is needed here: there was none, or one that is not known, revoked or no longer valid (see: "
        "engineroom keys). Send one as 'Authorization: Bearer KEY' or 'x-api-key: KEY'; make one with: engineroom keys "
        "create NAME"
    ),
    Code.KEY_SCOPE: "This key may not use {what}. Use another key, or make one that may.",
    Code.KEY_LIMIT: (
        "This key has reached its limit of {allowed} {limit}. Ask again in {retry_after_s}, or use another key."
    ),
    Code.KEY_NOT_FOUND: "There is no valid key '{key}'. See: engineroom keys",
    Code.KEY_INVALID: "The {field} of a key must be {allowed}. Correct it and try again.",
    Code.KEY_NAME_TAKEN: "A key named '{name}' exists. Revoke it first, or choose another name.",
    Code.ORIGIN_NOT_ALLOWED: (
        "Pages and programs from '{origin}' may not use this address. To allow it, add it to server.origins in the "
        "settings."
    ),
    Code.REMOTE_MEDIA: (
        "Images and other media must be in the request itself, as data: URLs; addresses are not fetched from here. "
        "Load the image and send it as data:image/png;base64,..., or set server.fetch_images to true in the settings."
    ),
    Code.REMOTE_IMAGE: (
        "An image that the request names by its address could not be fetched. Only public addresses are asked, for a "
        "PNG, JPEG, GIF or WebP of at most 10 MiB that comes within 10 seconds. Send it as data:image/png;base64,... "
        "instead."
    ),
    Code.HEADERS_TOO_LARGE: "The headers of the request have more than {limit_bytes} bytes. Send fewer of them.",
    Code.CONNECTIONS_MANY: (
        "This computer has {most} connections to this address already, which is as many as may. Close some, or use "
        "each for more than one request."
    ),
    Code.REQUEST_TOO_SLOW: "The request did not arrive within {waited_s} s. Send it faster.",
}
