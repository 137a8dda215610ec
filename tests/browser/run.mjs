// Runs all test files on one build of the shipped library.
import { spawnSync } from "node:child_process";
import { build } from "./site.mjs";

const site = build();
try {
  const done = spawnSync(process.execPath, ["--test", "--test-reporter=spec", ...process.argv.slice(2)], {
    stdio: "inherit",
    env: { ...process.env, CASEBOOK_SITE: site.output },
  });
  process.exitCode = done.status ?? 1;
} finally {
  site.remove();
}
