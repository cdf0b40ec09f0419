"""English sentences for a test of the address, for the command line."""

from engineroom.domain.connect.probe import ProbeResult, ProbeStep

STEPS: dict[ProbeStep, str] = {
    ProbeStep.REACHED: "Reached",
    ProbeStep.MODEL: "Model listed",
    ProbeStep.ANSWERED: "Answered",
    ProbeStep.TOOL_CALL: "Tool call",
}

PROBE: dict[str, str] = {
    "reached": "the address answers",
    "unreachable": "nobody answers there: {reason}",
    "other_certificate": "who answers there shows another certificate than this engine room's, so nothing was asked",
    "key_refused": "the key was refused (HTTP {status}). Use a valid key: engineroom keys create NAME",
    "odd_status": "it answered with HTTP {status}, which nobody expects there",
    "listed": "{model} is in its list",
    "not_listed": "{model} is not in its list; see engineroom models",
    "answered": "{text}",
    "refused": "HTTP {status}: {message}",
    "no_route": "this address does not serve {route}",
    "cut": "the answer was cut off: {reason}",
    "empty": "an answer came, and nothing was in it",
    "called": "yes: {name} {arguments}",
    "arguments_broken": "it called {name}, with arguments that are not as they were asked for: {arguments}",
    "other_tool": "it called {name}, a tool that was not offered",
    "in_words": "no: it answered in words. This model does not call tools; agents need one that does",
    "as_text": "no: it wrote the call as text. The model tries, and its runtime has no parser for its calls",
    "ran_out": "no: it thought until {tokens} tokens were used up. Ask with a higher limit, or have it think less",
    "no_tools_here": "this interface has no tools",
    "not_asked": "not tried",
}


def probe_words(result: ProbeResult) -> str:
    """What one step said."""
    facts = {name: "not reported" if value is None else value for name, value in result.facts.items()}
    return PROBE[result.code].format(**facts)
