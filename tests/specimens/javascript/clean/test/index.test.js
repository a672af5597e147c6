import assert from "node:assert/strict";
import test from "node:test";

import { label } from "../src/index.js";

test("a label has no empty line", () => {
  assert.deepEqual(label("Ada", ["", " Main St 1 "]), ["Ada", "Main St 1"]);
});

test("a long line is cut", () => {
  const [line] = label("A".repeat(30), []);
  assert.equal(line, `${"A".repeat(23)}…`);
});
