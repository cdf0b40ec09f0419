"""Settings: what is absent has a default, what is wrong is named."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engineroom.domain.errors import Code, Rejected
from engineroom.domain.settings import (
    LlamaCppSettings,
    ModelFile,
    ServerSettings,
    Settings,
    model_id_of,
    parse_settings,
)

Tree = Mapping[str, object]


def parse(tree: Tree) -> Settings:
    return parse_settings(tree, path="settings.toml")


def reason(tree: Tree) -> str:
    with pytest.raises(Rejected) as caught:
        parse(tree)
    assert caught.value.code == Code.SETTINGS_BROKEN
    assert caught.value.problem.facts["path"] == "settings.toml"
    return str(caught.value.problem.facts["reason"])


def test_an_empty_file_is_the_defaults() -> None:
    assert parse({}) == Settings()
    assert parse({"schema": 1, "server": {}, "models": {}, "llama_cpp": {}}) == Settings()


def test_the_defaults() -> None:
    settings = Settings()
    assert (settings.server.host, settings.server.port) == ("127.0.0.1", 8411)
    assert settings.llama_cpp == LlamaCppSettings(context_tokens=4096, slots=4, threads=None, prompt_cache_mib=256)
    assert (settings.default_model, settings.model_files, settings.load_on_demand) == (None, (), True)


def test_everything_can_be_set() -> None:
    tree = {
        "schema": 1,
        "server": {"host": "::1", "port": 9000},
        "models": {
            "default": "mine",
            "load_on_demand": False,
            "files": [{"id": "mine", "path": "/m/a.gguf"}, {"path": "~/B-Q4_K_M.gguf"}],
        },
        "llama_cpp": {"context_tokens": 8192, "slots": 1, "threads": 3, "prompt_cache_mib": 0},
    }
    assert parse(tree) == Settings(
        server=ServerSettings(host="::1", port=9000),
        llama_cpp=LlamaCppSettings(context_tokens=8192, slots=1, threads=3, prompt_cache_mib=0),
        default_model="mine",
        model_files=(ModelFile(id="mine", path="/m/a.gguf"), ModelFile(id="b-q4_k_m", path="~/B-Q4_K_M.gguf")),
        load_on_demand=False,
    )


def test_the_port_may_be_any_free_one() -> None:
    assert parse({"server": {"port": "auto"}}).server.port is None


def test_no_thread_number_means_one_per_core() -> None:
    assert parse({"llama_cpp": {"threads": 0}}).llama_cpp.threads is None


WRONG: list[tuple[str, Tree]] = [
    ("schema", {"schema": 2}),
    ("schema", {"schema": "1"}),
    ("server", {"server": 8411}),
    ("server", {"server": []}),
    ("server.host", {"server": {"host": 127}}),
    ("server.port", {"server": {"port": 0}}),
    ("server.port", {"server": {"port": 65_536}}),
    ("server.port", {"server": {"port": -1}}),
    ("server.port", {"server": {"port": "8411"}}),
    ("server.port", {"server": {"port": 8411.0}}),
    ("server.port", {"server": {"port": True}}),
    ("models", {"models": "x"}),
    ("models.default", {"models": {"default": 1}}),
    ("models.load_on_demand", {"models": {"load_on_demand": 1}}),
    ("models.load_on_demand", {"models": {"load_on_demand": "yes"}}),
    ("models.files", {"models": {"files": "a.gguf"}}),
    ("models.files", {"models": {"files": ["a.gguf"]}}),
    ("models.files", {"models": {"files": {"path": "a.gguf"}}}),
    ("models.files[0].path", {"models": {"files": [{"id": "a"}]}}),
    ("models.files[1].path", {"models": {"files": [{"path": "a.gguf"}, {"path": 7}]}}),
    ("models.files[0].id", {"models": {"files": [{"id": 7, "path": "a.gguf"}]}}),
    ("llama_cpp.context_tokens", {"llama_cpp": {"context_tokens": 255}}),
    ("llama_cpp.context_tokens", {"llama_cpp": {"context_tokens": 2**24 + 1}}),
    ("llama_cpp.context_tokens", {"llama_cpp": {"context_tokens": "4096"}}),
    ("llama_cpp.slots", {"llama_cpp": {"slots": 0}}),
    ("llama_cpp.slots", {"llama_cpp": {"slots": 257}}),
    ("llama_cpp.threads", {"llama_cpp": {"threads": -1}}),
    ("llama_cpp.threads", {"llama_cpp": {"threads": False}}),
    ("llama_cpp.prompt_cache_mib", {"llama_cpp": {"prompt_cache_mib": 1.5}}),
]


@pytest.mark.parametrize(("key", "tree"), WRONG, ids=lambda value: str(value)[:60])
def test_a_wrong_value_is_named(key: str, tree: Tree) -> None:
    assert reason(tree).startswith(f"{key} ")


@pytest.mark.parametrize(
    ("key", "tree"),
    [
        ("sever", {"sever": {}}),
        ("server.prot", {"server": {"prot": 1}}),
        ("models.defualt", {"models": {"defualt": "x"}}),
        ("llama_cpp.ctx", {"llama_cpp": {"ctx": 1}}),
        pytest.param(
            "models.files[0].context",
            {"models": {"files": [{"path": "a.gguf", "context": 1}]}},
        ),
    ],
)
def test_an_unknown_key_is_named_with_those_that_are_known(key: str, tree: Tree) -> None:
    said = reason(tree)
    assert said.startswith(f"{key} is not a setting")
    assert "known here: " in said


@pytest.mark.parametrize(
    ("path", "model_id"),
    [("/a/B.gguf", "b"), ("X.GGUF", "x"), ("m", "m"), ("", "model"), (".gguf", "model"), ("/a/b.c.gguf", "b.c")],
)
def test_the_id_of_a_file(path: str, model_id: str) -> None:
    assert model_id_of(path) == model_id


names = st.sampled_from(["schema", "server", "models", "llama_cpp", "host", "port", "files", "path", "id", "slots"])
plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
values = st.recursive(plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3))


@given(st.dictionaries(names, values, max_size=5))
def test_any_tree_is_settings_or_refused(tree: Tree) -> None:
    try:
        settings = parse(tree)
    except Rejected:
        reason(tree)
    else:
        assert settings.server.port is None or 1 <= settings.server.port <= 65_535


def test_who_may_come_in_can_be_set() -> None:
    tree = {
        "server": {
            "keyless_loopback": False,
            "hosts": ["Box.LAN"],
            "origins": ["app://obsidian.md", "vscode-webview://*", "https://chat.example:8443"],
            "certificate": "c.pem",
            "certificate_key": "k.pem",
        }
    }
    server = parse(tree).server
    assert (server.keyless_loopback, server.hosts) == (False, ("box.lan",))
    assert server.origins == ("app://obsidian.md", "vscode-webview://*", "https://chat.example:8443")
    assert (server.certificate, server.certificate_key) == ("c.pem", "k.pem")


@pytest.mark.parametrize(
    "origin", ["*", "null", "https://*", "http://*.example", "https://x/path", "obsidian.md", "app://", "a://*b"]
)
def test_origins_that_would_let_everybody_in_are_refused(origin: str) -> None:
    assert reason({"server": {"origins": [origin]}}).startswith("server.origins has")


@pytest.mark.parametrize(
    "server",
    [{"certificate": "c.pem"}, {"certificate_key": "k.pem"}, {"hosts": "x"}, {"hosts": [""]}, {"origins": [1]}],
)
def test_halves_of_settings_are_refused(server: Tree) -> None:
    assert reason({"server": server}).startswith("server.")
