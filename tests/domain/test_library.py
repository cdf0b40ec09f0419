"""Names of the models that are here."""

from engineroom.domain.library import FileFormat, Found, LibrarySource, named


def found(number: int) -> Found:
    return Found(
        source=LibrarySource.HUB,
        file_format=FileFormat.GGUF,
        path=f"/{number}/model.gguf",
        size_bytes=1,
        repo="Acme/Model",
        revision=f"{'0' * 20}{number:020d}",
    )


def test_a_name_that_is_taken_gets_the_owner_then_the_commit_then_a_number() -> None:
    names = list(named(map(found, range(5)), {"model-2"}))
    assert names == ["model", "acme/model", "model@00000000", "model-3", "model-4"]


def test_thousands_of_one_name_each_have_their_own() -> None:
    names = list(named(map(found, range(20_000)), ()))
    assert len(set(names)) == 20_000
    assert names[-1] == "model-19998"
