import { expect, test } from "vitest";

import { RetryPolicy } from "../src/index.js";

test.skip.each([
  [0, 0, 0.25],
  [2, 0, 1],
  [9, 0, 8],
  [0, 3, 3],
  [0, 99, 8],
])("after attempt %i, asked for %i", (attempt, asked, seconds) => {
  expect(new RetryPolicy().delay(attempt, asked)).toBe(seconds);
});

test.skip("nothing need be asked for", () => {
  expect(new RetryPolicy().delay(1)).toBe(0.5);
});
