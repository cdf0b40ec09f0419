"""Sentences of the table of programs (``clients.toml``), which the daemon sends in English, marked for translation."""

from engineroom_ui.text.marks import mark

NOTES = (
    mark("connect", "It warns that it has no metadata for this model; that does no harm."),
    mark("connect", "Without the compaction window it takes the context of an unknown model for a million tokens."),
    mark("connect", "A key in ANTHROPIC_API_KEY goes before this one: leave it empty."),
    mark("connect", "No sign-in is needed. Its makers recommend 128,000 tokens of context."),
    mark("connect", "It asks twice at once when a conversation begins: with one slot, the second waits."),
    mark("connect", "In VS Code choose the provider OpenAI Compatible and enter the same address, key and model."),
    mark("connect", "Its first prompt is the longest of all that were measured."),
    mark("connect", "The size of its first prompt is that of OpenCode, on which it is built."),
    mark("connect", "It is no longer developed. Its settings have a form only."),
    mark(
        "connect",
        "It edits by text, so that a model without tools will do. Its map of the project takes up to 4,000 tokens.",
    ),
    mark("connect", "It wants the whole address of the route, not the base."),
    mark("connect", "It speaks only Google's own interface, which Engineroom does not serve."),
    mark("connect", "VS Code asks for the key once and keeps it itself."),
    mark(
        "connect",
        "Without toolCalling the model is not offered in agent mode. Inline suggestions do not come from a "
        "custom endpoint.",
    ),
    mark(
        "connect",
        "Zed reads the key from ENGINEROOM_API_KEY or asks for it; started from a dock it does not see your shell.",
    ),
    mark("connect", "It takes the list of models from /v1/models. Tools have a switch of their own there."),
    mark("connect", "It is no longer developed since 2.0.0. For its agent mode the capability tool_use must be named."),
    mark(
        "connect",
        "Its requests leave from Cursor's servers, which cannot reach this computer, and private addresses are "
        "refused.",
    ),
    mark(
        "connect",
        "In a container this computer is not 127.0.0.1: let the network in (Settings) and use its address and a key.",
    ),
    mark("connect", "Without the limit it takes the context for 4,096 tokens."),
    mark("connect", "It usually runs on another computer: let the network in (Settings) and use that address."),
    mark("connect", "It asks for Ollama's interface; the live test says whether this engine room speaks it."),
    mark("connect", "Newer OpenAI nodes ask the Responses interface, older ones chat completions; both are served."),
    mark(
        "connect",
        "Add app://obsidian.md to the allowed origins (Settings). Its switch Enable CORS would turn streaming off.",
    ),
    mark("connect", "Add app://obsidian.md to the allowed origins (Settings)."),
    mark("connect", "Embeddings need check_embedding_ctx_length=False; else it sends the tokens of another tokenizer."),
    mark("connect", "Without is_chat_model it asks plain completions, and the model gets no chat template."),
    mark("connect", "It demands a tool call in every answer."),
)
PLACES = (
    mark("connect", "A terminal"),
    mark("connect", "Environment"),
    mark("connect", "Start it"),
    mark("connect", "Tell it once"),
    mark("connect", "engineroom.json, in a folder of yours"),
)
SOURCES = (
    mark("connect", "run against a local gateway"),
    mark("connect", "run against this engine room"),
    mark("connect", "its source"),
    mark("connect", "custom endpoints"),
    mark("connect", "its settings are those of OpenCode"),
    mark("connect", "archived on 15 May 2026"),
)
