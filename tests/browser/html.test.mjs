// Every page through the Nu HTML checker.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import vnu from "vnu-jar";
import { shipped } from "./site.mjs";

test("every page is valid HTML", () => {
  const output = shipped();
  const done = spawnSync("java", ["-jar", vnu, "--errors-only", "--skip-non-html", "--format", "text", output], {
    encoding: "utf8", maxBuffer: 64 * 1024 * 1024,
  });
  assert.equal(done.error, undefined, "java runs (Debian: default-jre-headless)");
  assert.equal(done.stderr.replaceAll(output, "").trim(), "Document checking completed. No errors found.");
  assert.equal(done.status, 0);
});
