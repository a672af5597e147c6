import { expect, test } from "vitest";

import {
  ApiError,
  Client,
  MalformedReply,
  NotFound,
  RateLimited,
} from "../src/index.js";
import { RetryPolicy } from "../src/index.js";
import type { Reply, Request } from "../src/index.js";

const NUMBER = "RR473124829GB";
const PARCEL = { number: NUMBER, grams: 120 };

function answering(...replies: Partial<Reply>[]) {
  const sent: Request[] = [];
  const waits: number[] = [];
  const client = new Client(
    async (request) => {
      sent.push(request);
      return {
        status: 200,
        body: {},
        retryAfter: 0,
        ...replies[sent.length - 1],
      };
    },
    new RetryPolicy(3, 1, 8),
    async (seconds) => void waits.push(seconds),
  );
  return { client, sent, waits };
}

test("a parcel is tracked", async () => {
  const { client, sent } = answering({ body: PARCEL });
  expect(await client.track(NUMBER)).toEqual(PARCEL);
  expect(sent).toEqual([{ method: "GET", path: `/parcels/${NUMBER}` }]);
});

test("a parcel is registered once, however often it is sent", async () => {
  const { client, sent, waits } = answering({ status: 503 }, { body: PARCEL });
  expect(await client.register(NUMBER, 120)).toEqual(PARCEL);
  expect(waits).toEqual([1]);
  expect(sent[0].key).toBe(sent[1].key);
});

test("events come from all pages", async () => {
  const first = { at: "2026-01-12", what: "sent" };
  const second = { at: "2026-01-14", what: "received" };
  const { client, sent } = answering(
    { body: { events: [first], cursor: "a b" } },
    { body: { events: [second] } },
  );
  expect(await client.events(NUMBER)).toEqual([first, second]);
  expect(sent[1].path).toBe(`/parcels/${NUMBER}/events?cursor=a%20b`);
});

test.each([
  [404, NotFound],
  [429, RateLimited],
  [400, ApiError],
])("a refusal %i has its own error", async (status, kind) => {
  const refused = { status, body: { message: "no" }, retryAfter: 2 };
  const { client } = answering(refused, refused, refused);
  await expect(client.track(NUMBER)).rejects.toThrow(kind);
});

test("attempts are used up", async () => {
  const busy = { status: 500 };
  const { client, waits } = answering(busy, busy, busy);
  await expect(client.track(NUMBER)).rejects.toThrow("refused");
  expect(waits).toEqual([1, 2]);
});

test.each([null, { number: 3 }])(
  "what is no parcel is refused: %j",
  async (body) => {
    const { client } = answering({ body });
    await expect(client.track(NUMBER)).rejects.toThrow(MalformedReply);
  },
);

test.each([[{ at: 3 }], undefined])(
  "what is no list of events is refused: %j",
  async (events) => {
    const { client } = answering({ body: { events } });
    await expect(client.events(NUMBER)).rejects.toThrow(MalformedReply);
  },
);

test("without a policy of its own a client waits by itself", async () => {
  const replies = [503, 200];
  const client = new Client(async () => ({
    status: replies.shift() ?? 200,
    body: PARCEL,
    retryAfter: 0.001,
  }));
  expect(await client.track(NUMBER)).toEqual(PARCEL);
});
