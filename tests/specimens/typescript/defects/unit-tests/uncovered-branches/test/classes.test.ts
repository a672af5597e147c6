import { expect, test } from "vitest";

import { priceClass, sizeClass, weightClass } from "../src/classes.js";

test("what is heavy is in the last class", () => {
  expect([weightClass(9999), sizeClass(9999), priceClass(9999)]).toEqual([
    "h",
    "h",
    "h",
  ]);
});
