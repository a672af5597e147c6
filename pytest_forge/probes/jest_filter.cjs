// The module that `jest --filter` names: keeps the test files that belong to this run.
//
// Left out are copies of the project below .forge/, such as the last release's, and what the file
// FORGE_LEFT_OUT, where that is set, lists: one path a line, relative to the directory in which jest
// runs. An option for patterns to ignore would stand in the place of the project's own.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { createRequire } = require("node:module");

// Until version 29 jest took objects, not paths.
function takesObjects() {
  const inside = createRequire(path.join(process.cwd(), "package.json"));
  const beside = createRequire(fs.realpathSync(process.argv[1]));
  for (const load of [inside, beside]) {
    try {
      return Number.parseInt(load("jest/package.json").version, 10) < 30;
    } catch {
      // It is not to be found from there.
    }
  }
  return false;
}

module.exports = async function keep(tests) {
  const list = process.env.FORGE_LEFT_OUT;
  const listed = list ? fs.readFileSync(list, "utf8").split("\n").filter(Boolean) : [];
  const leftOut = new Set(listed.map((file) => path.resolve(file)));
  const copies = path.join(process.cwd(), ".forge") + path.sep;
  const kept = tests.filter((test) => !leftOut.has(test) && !test.startsWith(copies));
  return { filtered: takesObjects() ? kept.map((test) => ({ test })) : kept };
};
