import { expect, test } from "vitest";

import { billable, ounces } from "../src/weights.js";

test("grams are ounces", () => {
  expect(ounces(28.349523125)).toBe(1);
});

test.each([
  [1, 50],
  [50, 50],
  [51, 100],
])("%i g is billed as %i g", (grams, billed) => {
  expect(billable(grams)).toBe(billed);
  expect(billable(grams, billed)).toBe(billed);
});
