"""Whether a model of the Hub fits: its plan in two words, from metadata alone."""

from dataclasses import dataclass
from typing import Any, Self

from engineroom.client.models import ModelsClient
from engineroom.contract.control import PlanRequest, Verdict
from engineroom.contract.models import PullRequest
from engineroom.contract.sentences import sentence
from engineroom.domain.errors import Code, EngineroomError

_USUAL = ("q4_k_m", "q4_k_s", "q4_0", "mxfp4", "q5_k_m", "q8_0")
_WORDS = {
    Verdict.FITS: "fits",
    Verdict.TIGHT: "fits only just",
    Verdict.NO: "does not fit",
    Verdict.UNKNOWN: "cannot tell",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """``verdict`` is ``unknown`` where no plan could be made; ``why`` then says what is missing.

    ``total_bytes`` is what it needs of the card, ``tokens_per_s`` one stream's speed; both are estimates.
    """

    verdict: Verdict
    precision: str | None = None
    runtime: str | None = None
    gpu: str | None = None
    total_bytes: int | None = None
    tokens_per_s: float | None = None
    code: str | None = None
    why: str | None = None

    @classmethod
    def of(cls, client: ModelsClient, model: str, gpu: str) -> Self:
        """Ask for the plan; of several sets of weights the most usual one is meant."""
        try:
            return cls._of_plan(client.plan(PlanRequest(model=model, gpu=gpu)))
        except EngineroomError as error:
            choices = str(error.problem.facts.get("choices", "")).split(", ")
            if error.code == Code.WEIGHTS_AMBIGUOUS and ":" not in model:
                return cls.of(client, f"{model}:{_most_usual(choices)}", gpu)
            return cls(verdict=Verdict.UNKNOWN, code=error.code, why=sentence(error.problem))

    @classmethod
    def _of_plan(cls, plan: dict[str, Any]) -> Self:
        bill, speed = plan.get("bill") or {}, plan.get("speed") or {}
        return cls(
            verdict=Verdict(plan["verdict"]),
            precision=plan.get("precision"),
            runtime=plan.get("runtime"),
            gpu=plan.get("gpu"),
            total_bytes=bill.get("total_bytes"),
            tokens_per_s=speed.get("decode_tokens_per_s"),
        )

    @property
    def words(self) -> str:
        """The verdict, and of what."""
        return _WORDS[self.verdict] + (f" ({self.precision})" if self.precision else "")


NO_VERDICT = Fit(verdict=Verdict.UNKNOWN, why="There are several sets of weights; name one with --variant.")


def plan_reference(request: PullRequest) -> str:
    """The repository, revision and set of weights as a plan takes them."""
    revision = f"@{request.revision}" if request.revision and "@" not in request.repo else ""
    variant = f":{request.variant.removesuffix('.gguf')}" if request.variant else ""
    return f"{request.repo}{revision}{variant}"


def _most_usual(choices: list[str]) -> str:
    for wanted in _USUAL:
        for choice in choices:
            if wanted in choice.lower():
                return choice.removesuffix(".gguf")
    return choices[0].removesuffix(".gguf")
