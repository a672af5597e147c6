// Prints, as JSON, what prettier says of each file: formatted, unformatted, ignored, unknown, or why
// it can't be parsed. Prettier's own `--check` passes over what it ignores without a word.
//
//     node prettier_files.cjs PRETTIER LIST
//
// PRETTIER is the path of prettier's command, LIST a file with one path a line, relative to the
// directory in which this runs: there prettier's own ignore files are read.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { createRequire } = require("node:module");

// Before version 3 prettier read one ignore file alone, and took one.
const ignoreFiles = (prettier) =>
  Number.parseInt(prettier.version, 10) < 3
    ? [".prettierignore"]
    : [".gitignore", ".prettierignore"];

function load(command) {
  const inside = createRequire(path.join(process.cwd(), "package.json"));
  try {
    return inside("prettier");
  } catch {
    return createRequire(fs.realpathSync(command))("prettier");
  }
}

async function infoOf(prettier, file) {
  const ignoring = ignoreFiles(prettier).filter((name) => fs.existsSync(name));
  for (const ignorePath of ignoring) {
    const info = await prettier.getFileInfo(file, { ignorePath, resolveConfig: true });
    if (info.ignored) return info;
  }
  return prettier.getFileInfo(file, { resolveConfig: true });
}

async function stateOf(prettier, file) {
  const info = await infoOf(prettier, file);
  if (info.ignored) return { state: "ignored" };
  if (!info.inferredParser) return { state: "unknown" };
  const options = await prettier.resolveConfig(file, { editorconfig: true });
  const text = fs.readFileSync(file, "utf8");
  try {
    const same = await prettier.check(text, { ...options, filepath: file });
    return { state: same ? "formatted" : "unformatted" };
  } catch (error) {
    return { state: "broken", why: String(error.message).split("\n")[0] };
  }
}

async function main() {
  const [command, list] = process.argv.slice(2);
  const prettier = load(command);
  const names = fs.readFileSync(list, "utf8").split("\n").filter(Boolean);
  const files = [];
  for (const name of names) files.push({ path: name, ...(await stateOf(prettier, name)) });
  const document = { schema: "prettier-files-1", version: prettier.version, files };
  process.stdout.write(`${JSON.stringify(document, null, 1)}\n`);
}

main().catch((error) => {
  console.error(`error: ${error.message}`);
  process.exitCode = 3;
});
