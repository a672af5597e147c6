// Prints, as JSON, the public API of packages in two trees: what their entry points export, with
// signatures as TypeScript's compiler writes them.
//
//     node typescript_api.cjs TSC NOW BEFORE PACKAGE ...
//
// TSC is the path of the compiler's command; NOW and BEFORE are directories of the project in two
// trees; PACKAGE is a directory below both. The compiler is the project's own where it has one with
// a programming interface (version 7 has none), else the one of TSC.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { createRequire } = require("node:module");

const BUILT = /\.(?:d\.)?[cm]?[jt]sx?$/;
const PLAIN = /\.[cm]?jsx?$/;
// The compiler numbers such members anew in each program.
const WELL_KNOWN = /^__@(\w+)@\d+$/;
const SUFFIXES = [".ts", ".tsx", ".mts", ".cts", ".d.ts", ".d.mts", ".d.cts", ".js", ".mjs", ".cjs", ".jsx"];

function load(command, now) {
  for (const place of [path.join(now, "package.json"), fs.realpathSync(command)]) {
    try {
      const ts = createRequire(place)("typescript");
      if (typeof ts.createProgram === "function") return ts;
    } catch {
      // The next one may be there.
    }
  }
  throw new Error("no typescript with a programming interface is there");
}

/** Returns the entry points that package.json names: [name below the package, path of a file]. */
function entries(manifest) {
  const found = [];
  const add = (name, value) => {
    if (typeof value === "string") found.push([name, value]);
  };
  const walk = (name, value) => {
    if (typeof value === "string") return add(name, value);
    if (Array.isArray(value)) return walk(name, value[0]);
    if (value && typeof value === "object") {
      const key = ["types", "import", "node", "require", "module", "default", "browser"].find((one) => one in value);
      if (key) walk(name, value[key]);
    }
  };
  const stated = manifest.exports;
  if (stated && typeof stated === "object" && Object.keys(stated).some((key) => key.startsWith("."))) {
    for (const [name, value] of Object.entries(stated)) if (!name.includes("*")) walk(name, value);
  } else if (stated) {
    walk(".", stated);
  }
  if (!found.some(([name]) => name === ".")) {
    const main = manifest.types ?? manifest.typings ?? manifest.module ?? manifest.main;
    if (main || !found.length) add(".", main ?? "index.js");
  }
  return found.filter(([, file]) => BUILT.test(file));
}

function configuration(ts, directory) {
  const file = ts.findConfigFile(directory, ts.sys.fileExists);
  if (!file || !file.startsWith(directory)) return { options: {}, fileNames: [] };
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} };
  return ts.getParsedCommandLineOfConfigFile(file, {}, host) ?? { options: {}, fileNames: [] };
}

/** Returns the source behind a file that is built, or the file itself where it stands in the tree. */
function source(ts, directory, parsed, file) {
  const wanted = path.resolve(directory, file);
  const stem = wanted.replace(BUILT, "");
  for (const name of parsed.fileNames) {
    if (name.endsWith(".d.ts")) continue;
    let outputs = [];
    try {
      outputs = ts.getOutputFileNames({ ...parsed, options: { ...parsed.options, noEmit: false, declaration: true } }, name, false);
    } catch {
      // A file that is not emitted.
    }
    if (outputs.some((one) => path.resolve(one).replace(BUILT, "") === stem)) return name;
  }
  const below = path.relative(directory, stem).split(path.sep);
  const places = [stem, path.join(directory, "src", ...below.slice(1)), path.join(directory, ...below.slice(1))];
  for (const place of places) {
    const found = SUFFIXES.map((suffix) => place + suffix).find((one) => fs.existsSync(one));
    if (found) return found;
  }
  return null;
}

function modifiers(ts, declaration) {
  const flags = ts.getCombinedModifierFlags(declaration);
  return { hidden: Boolean(flags & ts.ModifierFlags.Private), isStatic: Boolean(flags & ts.ModifierFlags.Static) };
}

function reader(ts, program) {
  const checker = program.getTypeChecker();
  const flags =
    ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope;
  const text = (type, node) => checker.typeToString(type, node, flags);

  function parameters(signature, node) {
    return signature.getParameters().map((symbol) => {
      const declaration = symbol.valueDeclaration ?? node;
      const stated = declaration && ts.isParameter(declaration);
      // What is written in JavaScript can be called without any of them.
      const optional = Boolean(
        stated &&
          (declaration.questionToken ||
            declaration.initializer ||
            declaration.dotDotDotToken ||
            PLAIN.test(declaration.getSourceFile().fileName)),
      );
      const rest = Boolean(declaration && ts.isParameter(declaration) && declaration.dotDotDotToken);
      return { type: text(checker.getTypeOfSymbolAtLocation(symbol, node), node), optional, rest };
    });
  }

  function signatures(type, kind, node) {
    return checker.getSignaturesOfType(type, kind).map((signature) => ({
      generic: (signature.typeParameters ?? []).map((one) => text(one, node)),
      parameters: parameters(signature, node),
      returns: kind === ts.SignatureKind.Construct ? "" : text(signature.getReturnType(), node),
    }));
  }

  function item(name, kind, symbol, node, more) {
    const declaration = symbol.declarations?.[0] ?? node;
    const file = declaration.getSourceFile();
    const { line } = file.getLineAndCharacterOfPosition(declaration.getStart());
    return { name, kind, path: file.fileName, line: line + 1, ...more };
  }

  function members(name, kind, type, node) {
    const found = [];
    for (const symbol of checker.getPropertiesOfType(type)) {
      const declaration = symbol.valueDeclaration ?? symbol.declarations?.[0];
      // What comes from a package or the language itself is not this project's to change.
      if (!declaration || /[\\/]node_modules[\\/]/.test(declaration.getSourceFile().fileName)) continue;
      if (symbol.name.startsWith("__#") || symbol.name === "prototype" || modifiers(ts, declaration).hidden) continue;
      const own = checker.getTypeOfSymbolAtLocation(symbol, node);
      const optional = Boolean(symbol.flags & ts.SymbolFlags.Optional);
      const bare = optional ? checker.getNonNullableType(own) : own;
      const calls = signatures(bare, ts.SignatureKind.Call, node);
      found.push(
        item(`${name}.${symbol.name.replace(WELL_KNOWN, "[Symbol.$1]")}`, kind, symbol, node, {
          optional,
          type: calls.length ? "" : text(own, node),
          calls,
        }),
      );
    }
    return found;
  }

  function exported(name, symbol, node) {
    const aliased = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const declaration = aliased.valueDeclaration ?? aliased.declarations?.[0] ?? node;
    const found = [];
    const of = aliased.flags;
    if (of & ts.SymbolFlags.Class) {
      const type = checker.getTypeOfSymbolAtLocation(aliased, declaration);
      const news = signatures(type, ts.SignatureKind.Construct, declaration);
      found.push(item(name, "class", aliased, node, { type: "", calls: news, optional: false }));
      found.push(...members(name, "member", checker.getDeclaredTypeOfSymbol(aliased), declaration));
      found.push(...members(`typeof ${name}`, "static", type, declaration));
    } else if (of & ts.SymbolFlags.Enum) {
      found.push(item(name, "enum", aliased, node, { type: "", calls: [], optional: false }));
      for (const one of aliased.exports?.values() ?? []) {
        const value = checker.getConstantValue(one.valueDeclaration);
        found.push(item(`${name}.${one.name}`, "member", one, node, { type: String(value), calls: [], optional: false }));
      }
    } else if (of & ts.SymbolFlags.Interface) {
      found.push(item(name, "interface", aliased, node, { type: "", calls: [], optional: false }));
      found.push(...members(name, "property", checker.getDeclaredTypeOfSymbol(aliased), declaration));
    } else if (of & ts.SymbolFlags.TypeAlias) {
      const type = checker.getDeclaredTypeOfSymbol(aliased);
      const written = checker.typeToString(type, declaration, flags | ts.TypeFormatFlags.InTypeAlias);
      found.push(item(name, "type", aliased, node, { type: written, calls: [], optional: false }));
    } else if (of & ts.SymbolFlags.Value) {
      const type = checker.getTypeOfSymbolAtLocation(aliased, declaration);
      const calls = signatures(type, ts.SignatureKind.Call, declaration);
      const kind = of & ts.SymbolFlags.Function ? "function" : "value";
      found.push(item(name, kind, aliased, node, { type: calls.length ? "" : text(type, declaration), calls, optional: false }));
    } else {
      found.push(item(name, "namespace", aliased, node, { type: "", calls: [], optional: false }));
    }
    return found;
  }

  return (entry, file) => {
    const node = program.getSourceFile(file);
    if (!node) return null;
    const module = checker.getSymbolAtLocation(node);
    // A file of declarations for everybody is no module, and exports nothing.
    if (!module) return [];
    const prefix = entry === "." ? "" : `${entry.replace(/^\.\//, "")}:`;
    return checker.getExportsOfModule(module).flatMap((symbol) => exported(prefix + symbol.name, symbol, node));
  };
}

function surface(ts, tree, place) {
  const directory = path.resolve(tree, place);
  const file = path.join(directory, "package.json");
  if (!fs.existsSync(file)) return null;
  const manifest = JSON.parse(fs.readFileSync(file, "utf8").replace(/^\uFEFF/, ""));
  const parsed = configuration(ts, directory);
  const found = entries(manifest).map(([name, one]) => [name, one, source(ts, directory, parsed, one)]);
  const files = found.map(([, , one]) => one).filter(Boolean);
  const options = { ...parsed.options, allowJs: true, noEmit: true, skipLibCheck: true, composite: false, incremental: false };
  const program = ts.createProgram(files, options);
  const read = reader(ts, program);
  const result = { name: manifest.name ?? "", entries: [], missing: [], items: [] };
  for (const [name, stated, one] of found) {
    const items = one && read(name, one);
    if (items) {
      result.entries.push(name);
      result.items.push(...items);
    } else {
      result.missing.push(`${name} (${stated})`);
    }
  }
  return result;
}

function main() {
  const [command, now, before, ...places] = process.argv.slice(2);
  const ts = load(command, now);
  const packages = places.map((place) => ({ place, now: surface(ts, now, place), before: surface(ts, before, place) }));
  process.stdout.write(`${JSON.stringify({ schema: "typescript-api-1", version: ts.version, packages }, null, 1)}\n`);
}

try {
  main();
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exitCode = 3;
}
