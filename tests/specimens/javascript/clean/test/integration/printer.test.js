import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";

import { label } from "../../src/index.js";

test("a label goes through the printer's queue", () => {
  const queue = mkdtempSync(join(tmpdir(), "labelkit-"));
  try {
    const job = join(queue, "job");
    writeFileSync(job, label("Ada", ["Main St 1"]).join("\n"));
    assert.equal(readFileSync(job, "utf8"), "Ada\nMain St 1");
  } finally {
    rmSync(queue, { recursive: true });
  }
});
