import { expect, test } from "vitest";

import { hint } from "../src/hints.js";

test.each([0, 500, 1500, 2500, 3500, 4500, 5500, 6500, 7500, 8500, 9500])(
  "%i g",
  (grams) => {
    expect(hint(grams, false, false)).toMatch(/./);
    expect(hint(grams, true, true)).toMatch(/./);
  },
);
