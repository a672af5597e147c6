import { expect, test } from "vitest";

import { billable } from "../src/weights.js";

test.each([
  [1, 50],
  [50, 50],
  [51, 100],
])("%i g is billed as %i g", (grams, billed) => {
  expect(billable(grams)).toBe(billed);
  expect(billable(grams, billed)).toBe(billed);
});
