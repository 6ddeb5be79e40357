// From main.js and what it imports to one file that browsers take, with the licences of all that is in it beside it.

import { build } from "esbuild";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const into = process.argv[2] ?? "..";
const { metafile } = await build({
  entryPoints: ["main.js"],
  outfile: join(into, "editor.js"),
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  legalComments: "none", // LICENCES.txt has them all
  metafile: true,
});

const packages = new Set();
for (const file of Object.keys(metafile.inputs)) {
  const found = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file);
  if (found) packages.add(found[1]);
}
const licences = [...packages].sort().map((name) => {
  const folder = join("node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = ["LICENSE", "LICENSE.md", "LICENCE"].map((known) => join(folder, known)).find(existsSync);
  if (!file) throw new Error(`${name} has no licence beside it`);
  return `${name} ${version} (${license})\n\n${readFileSync(file, "utf8").trim()}\n`;
});
const head = "editor.js is built of the packages below and of source/, which is under the licence of this project.\n";
writeFileSync(join(into, "LICENCES.txt"), [head, ...licences].join(`\n${"-".repeat(80)}\n\n`));
