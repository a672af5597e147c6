import { nanoid } from "nanoid";

import { refusal } from "./errors.js";
import { event, fields, items, parcel } from "./models.js";
import type { Parcel, TrackingEvent } from "./models.js";
import { RetryPolicy, isPassing } from "./retry.js";
import type { Reply, Request, Transport } from "./transport.js";

type Sleep = (seconds: number) => Promise<void>;

const pause: Sleep = (seconds) =>
  new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** Calls the service through a transport. */
export class Client {
  constructor(
    private readonly transport: Transport,
    private readonly policy: RetryPolicy = new RetryPolicy(),
    private readonly sleep: Sleep = pause,
  ) {}

  /** Returns a parcel; throws NotFound where there is none. */
  async track(number: string): Promise<Parcel> {
    return parcel(await this.call({ method: "GET", path: place(number) }));
  }

  /** Registers a parcel; all attempts have one key, so that the service takes it once. */
  async register(number: string, grams: number): Promise<Parcel> {
    const body = { number, grams };
    return parcel(
      await this.call({
        method: "POST",
        path: "/parcels",
        body,
        key: nanoid(),
      }),
    );
  }

  /** Returns the events of a parcel, oldest first, from all pages. */
  async events(number: string): Promise<TrackingEvent[]> {
    const found: TrackingEvent[] = [];
    let cursor = "";
    do {
      const query = cursor ? `?cursor=${encodeURIComponent(cursor)}` : "";
      const page = fields(
        await this.call({
          method: "GET",
          path: `${place(number)}/events${query}`,
        }),
      );
      found.push(...items(page.events).map(event));
      cursor = String(page.cursor ?? "");
    } while (cursor);
    return found;
  }

  private async call(request: Request): Promise<unknown> {
    const reply = await this.send(request);
    if (reply.status >= 400) {
      throw refusal(
        reply.status,
        String(fields(reply.body).message ?? "refused"),
      );
    }
    return reply.body;
  }

  private async send(request: Request): Promise<Reply> {
    let reply = await this.transport(request);
    for (
      let attempt = 0;
      attempt < this.policy.attempts - 1 && isPassing(reply.status);
      attempt++
    ) {
      await this.sleep(this.policy.delay(attempt, reply.retryAfter));
      reply = await this.transport(request);
    }
    return reply;
  }
}

function place(number: string): string {
  return `/parcels/${encodeURIComponent(number)}`;
}
