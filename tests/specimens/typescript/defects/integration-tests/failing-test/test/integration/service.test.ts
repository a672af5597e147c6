import { createServer } from "node:http";
import type { Server } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";

import { Client, NotFound, http } from "../../src/index.js";

let server: Server;
let client: Client;

beforeAll(async () => {
  server = createServer((request, response) => {
    const known = request.url === "/parcels/RR473124829GB";
    response.statusCode = known ? 200 : 404;
    response.end(
      JSON.stringify(
        known ? { number: "RR473124829GB", grams: 120 } : { message: "no" },
      ),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  client = new Client(http(`http://127.0.0.1:${port}`, "a token"));
});

afterAll(() => server.close());

test("a parcel is tracked over HTTP", async () => {
  expect((await client.track("RR473124829GB")).grams).toBe(121);
});

test("a parcel that is not there is not found", async () => {
  await expect(client.track("AA000000005BB")).rejects.toThrow(NotFound);
});
