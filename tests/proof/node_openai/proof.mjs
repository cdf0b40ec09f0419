// The official Node client: chats, streams, tools, aborts and errors. Started by run.py, which names the daemons.
import assert from "node:assert/strict";
import { test } from "node:test";

import OpenAI from "openai";

const { STARTER, STARTER_URL, SCRIPTED, SCRIPTED_URL } = process.env;
const clientOf = (baseURL) => new OpenAI({ baseURL, apiKey: "none", maxRetries: 0 });
const starter = clientOf(STARTER_URL);
const scripted = clientOf(SCRIPTED_URL);
const PARIS = [{ role: "user", content: "What is the capital of France?" }];
const tools = [{ type: "function", function: { name: "look", parameters: { type: "object", properties: {} } } }];
const DELTAS = [
  { role: "assistant", reasoning_content: "Look." },
  { content: "I look." },
  { tool_calls: [{ index: 0, id: "call_a", type: "function", function: { name: "look", arguments: "" } }] },
  { tool_calls: [{ index: 0, function: { arguments: '{"place": "he' } }] },
  { tool_calls: [{ index: 0, function: { arguments: 're"}' } }] },
  { tool_calls: [{ index: 1, id: "call_b", type: "function", function: { name: "look", arguments: "{}" } }] },
];
const say = (deltas, more = {}) => [{ role: "user", content: JSON.stringify({ deltas, ...more }) }];
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

async function cancelled() {
  const text = await (await fetch(new URL("/metrics", STARTER_URL))).text();
  const rows = text.split("\n").filter((row) => row.startsWith("engineroom_requests_total") && row.includes("cancelled"));
  return rows.reduce((sum, row) => sum + Number(row.split(" ").at(-1)), 0);
}

test("models, one of them by its alias", async () => {
  const models = [];
  for await (const model of starter.models.list()) models.push(model.id);
  assert.deepEqual(models, [STARTER]);
  assert.equal((await starter.models.retrieve("default")).id, STARTER);
});

test("a chat in one piece", async () => {
  const { data, response } = await starter.chat.completions
    .create({ model: STARTER, messages: PARIS, temperature: 0 })
    .withResponse();
  assert.match(data.choices[0].message.content, /Paris/);
  assert.equal(data.usage.total_tokens, data.usage.prompt_tokens + data.usage.completion_tokens);
  assert.match(response.headers.get("x-request-id"), /^req-/);
});

test("a chat in pieces, with its usage", async () => {
  const stream = await starter.chat.completions.create({
    model: STARTER, messages: PARIS, temperature: 0, stream: true, stream_options: { include_usage: true },
  });
  let text = "";
  let usage = null;
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta?.content ?? "";
    usage = chunk.usage ?? usage;
  }
  assert.match(text, /Paris/);
  assert.ok(usage.completion_tokens > 3);
});

test("a text, and the Responses API in pieces", async () => {
  const text = await starter.completions.create({ model: STARTER, prompt: "One, two,", max_tokens: 4, temperature: 0 });
  assert.equal(text.usage.completion_tokens, 4);
  const stream = starter.responses.stream({ model: STARTER, input: "What is the capital of France?", temperature: 0 });
  const kinds = [];
  for await (const event of stream) kinds.push(event.type);
  assert.equal(kinds.at(-1), "response.completed");
  assert.match((await stream.finalResponse()).output_text, /Paris/);
});

test("tools, called together, in one piece and in pieces", async () => {
  const asked = { model: SCRIPTED, tools, messages: say(DELTAS, { finish: "tool_calls" }) };
  const stream = scripted.chat.completions.stream(asked);
  const { message, finish_reason: finish } = (await stream.finalChatCompletion()).choices[0];
  assert.equal(finish, "tool_calls");
  assert.equal(message.content, "I look.");
  const calls = message.tool_calls.map((call) => [call.id, call.function.name, JSON.parse(call.function.arguments)]);
  assert.deepEqual(calls, [["call_a", "look", { place: "here" }], ["call_b", "look", {}]]);
  const whole = [{ id: "call_a", type: "function", function: { name: "look", arguments: "{}" } }];
  const answer = await scripted.chat.completions.create({ ...asked, messages: say([{ tool_calls: whole }]) });
  assert.deepEqual(answer.choices[0].message.tool_calls, whole);
});

test("who aborts stops the engine", async () => {
  const before = await cancelled();
  const stream = await starter.chat.completions.create({
    model: STARTER, messages: PARIS, max_tokens: 3000, stream: true, ignore_eos: true,
  });
  for await (const _ of stream) break; // leaving the loop aborts
  const controller = new AbortController();
  const waiting = starter.chat.completions.create(
    { model: STARTER, messages: PARIS, max_tokens: 3000, ignore_eos: true }, { signal: controller.signal },
  );
  setTimeout(() => controller.abort(), 300);
  await assert.rejects(waiting, OpenAI.APIUserAbortError);
  for (let tries = 0; (await cancelled()) < before + 2; tries += 1) {
    assert.ok(tries < 200, "both are counted as cancelled");
    await pause(50);
  }
});

test("errors are raised as what they are", async () => {
  const ask = (client, more) => client.chat.completions.create({ model: STARTER, messages: PARIS, ...more });
  const raised = async (kind, code, call) => {
    const error = await call.then(() => assert.fail("nothing was raised"), (found) => found);
    assert.ok(error instanceof kind, String(error));
    assert.equal(error.code, code);
    return error;
  };
  await raised(OpenAI.NotFoundError, "model_not_found", ask(starter, { model: "nothing" }));
  await raised(OpenAI.BadRequestError, "invalid_request", ask(starter, { temperature: "hot" }));
  const long = [{ role: "user", content: "word ".repeat(6000) }];
  for (const stream of [false, true])
    await raised(OpenAI.BadRequestError, "context_length_exceeded", ask(starter, { messages: long, stream }));
  const refused = new OpenAI({ baseURL: STARTER_URL, apiKey: `er-${"0".repeat(43)}`, maxRetries: 0 });
  await raised(OpenAI.AuthenticationError, "invalid_api_key", ask(refused));
  const busy = await raised(OpenAI.InternalServerError, "engine_unavailable",
    scripted.chat.completions.create({ model: SCRIPTED, messages: say([], { status: 503 }) }));
  assert.ok(Number(busy.headers.get("retry-after")) >= 1);
});

test("a stream that breaks off raises", async () => {
  const two = [{ content: "a" }, { content: "b" }];
  for (const trouble of [{ die: 1 }, { error: { message: "secret /place", code: 500 } }]) {
    const stream = await scripted.chat.completions.create({ model: SCRIPTED, messages: say(two, trouble), stream: true });
    const read = async () => {
      for await (const _ of stream);
    };
    await assert.rejects(read, (error) => error instanceof OpenAI.APIError && !error.message.includes("secret"));
  }
});
