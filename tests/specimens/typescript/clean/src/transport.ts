import { MalformedReply, TransportError } from "./errors.js";

/** What is sent to the service. */
export interface Request {
  method: "GET" | "POST";
  path: string;
  body?: unknown;
  key?: string;
}

/** What the service answers; it may ask to wait for some seconds. */
export interface Reply {
  status: number;
  body: unknown;
  retryAfter: number;
}

/** A way to the service. */
export type Transport = (request: Request) => Promise<Reply>;

/** Returns the transport over HTTP; throws TransportError where the service can't be reached. */
export function http(base: string, token: string): Transport {
  return async (request) => {
    const headers: Record<string, string> = {
      authorization: `Bearer ${token}`,
    };
    if (request.key) {
      headers["idempotency-key"] = request.key;
    }
    const body =
      request.body === undefined ? undefined : JSON.stringify(request.body);
    const response = await reach(base + request.path, {
      method: request.method,
      headers,
      body,
    });
    return {
      status: response.status,
      body: await read(response),
      retryAfter: Number(response.headers.get("retry-after") ?? 0),
    };
  };
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    throw new TransportError("the service can't be reached", { cause: error });
  }
}

async function read(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return text ? JSON.parse(text) : {};
  } catch (error) {
    throw new MalformedReply("the reply is no JSON", { cause: error });
  }
}
