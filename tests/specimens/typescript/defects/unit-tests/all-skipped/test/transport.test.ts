import { afterEach, expect, test, vi } from "vitest";

import { MalformedReply, TransportError, http } from "../src/index.js";

afterEach(() => vi.unstubAllGlobals());

function answering(body: string, headers: Record<string, string> = {}) {
  const fetched = vi.fn(
    async () => new Response(body, { status: 200, headers }),
  );
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

test.skip("a request is sent with token, key and body", async () => {
  const fetched = answering('{"a": 1}', { "retry-after": "3" });
  const send = http("http://parcels.example", "a token");
  const reply = await send({
    method: "POST",
    path: "/parcels",
    body: { grams: 1 },
    key: "k",
  });
  expect(reply).toEqual({ status: 200, body: { a: 1 }, retryAfter: 3 });
  expect(fetched).toHaveBeenCalledWith("http://parcels.example/parcels", {
    method: "POST",
    headers: { authorization: "Bearer a token", "idempotency-key": "k" },
    body: '{"grams":1}',
  });
});

test.skip("an empty reply is an object", async () => {
  answering("");
  const reply = await http(
    "http://parcels.example",
    "",
  )({ method: "GET", path: "/" });
  expect(reply.body).toEqual({});
});

test.skip("a reply that is no JSON is refused", async () => {
  answering("<html>");
  const sent = http("http://parcels.example", "")({ method: "GET", path: "/" });
  await expect(sent).rejects.toThrow(MalformedReply);
});

test.skip("a service that can't be reached is an error of its own", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new Error("no route")));
  const sent = http("http://parcels.example", "")({ method: "GET", path: "/" });
  await expect(sent).rejects.toThrow(TransportError);
});
