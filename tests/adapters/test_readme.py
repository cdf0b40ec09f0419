"""READMEs of the Hub and of what is here."""

from pathlib import Path

import pytest

from engineroom.adapters.hugging_face.reader import HubReader
from engineroom.adapters.readme_file import readme_near
from engineroom.domain.errors import Code, EngineroomError
from engineroom.domain.model_card.readme import MOST_BYTES
from fakes.fake_hub import FakeHub, FakeRepo


async def test_of_a_repository() -> None:
    """The first MiB, by ranges; nothing where there is none."""
    with FakeHub() as hub:
        hub.add(FakeRepo(id="maker/told")).commit({"README.md": b"# Told " + b"x" * (3 * MOST_BYTES)})
        hub.add(FakeRepo(id="maker/silent")).commit({"config.json": b"{}"})
        reader = HubReader(on_sent=lambda _: None, endpoint=hub.url)
        told = await reader.readme("maker/told")
        assert told is not None
        assert told.startswith("# Told x")
        assert len(told) == MOST_BYTES
        assert await reader.readme("maker/silent") is None
        with pytest.raises(EngineroomError) as caught:
            await reader.readme("maker/nobody")
        assert caught.value.code == Code.REPO_NOT_FOUND
        reader.close()


def test_of_a_model_here(tmp_path: Path) -> None:
    """The snapshot's own, from its folder or any file in it; none of a folder that merely holds a file."""
    snapshot = tmp_path / "models--maker--told" / "snapshots" / ("a" * 40)
    (snapshot / "deep").mkdir(parents=True)
    (snapshot / "README.md").write_text("# Told", "utf-8")
    assert readme_near(str(snapshot)) == "# Told"
    assert readme_near(str(snapshot / "deep" / "model.gguf")) == "# Told"
    (tmp_path / "README.md").write_text("# Something else", "utf-8")
    assert readme_near(str(tmp_path / "model.gguf")) is None
    (snapshot / "README.md").unlink()
    assert readme_near(str(snapshot)) is None
