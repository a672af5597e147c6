import { expect, test } from "vitest";

import { isValid } from "../src/index.js";

test.skip.each(["RR473124829GB", "AA000000005BB", "AA003000000BB"])(
  "%s is valid",
  (number) => {
    expect(isValid(number)).toBe(true);
  },
);

test.skip.each(["RR473124828GB", "rr473124829gb", ""])(
  "%j is not valid",
  (number) => {
    expect(isValid(number)).toBe(false);
  },
);
