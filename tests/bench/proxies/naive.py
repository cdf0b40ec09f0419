"""A streaming proxy as it is usually written, FastAPI over httpx: what the others are compared with.

``python naive.py PORT UPSTREAM_PORT KEY``.
"""

import sys
from collections.abc import AsyncIterator

import httpx2 as httpx
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import StreamingResponse

PORT, UPSTREAM, KEY = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
app = FastAPI()
client = httpx.AsyncClient(timeout=None, limits=httpx.Limits(max_connections=1000))


@app.post("/v1/chat/completions")
async def chat(request: Request) -> StreamingResponse:
    """Hand on the request, line by line hand back the answer."""
    body = await request.json()

    async def lines() -> AsyncIterator[str]:
        address = f"http://127.0.0.1:{UPSTREAM}/v1/chat/completions"
        headers = {"Authorization": f"Bearer {KEY}"}
        async with client.stream("POST", address, json=body, headers=headers) as answer:
            async for line in answer.aiter_lines():
                yield f"{line}\n"

    return StreamingResponse(lines(), media_type="text/event-stream")


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=PORT, log_level="error", access_log=False)
