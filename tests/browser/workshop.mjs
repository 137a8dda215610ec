// A small site of its own, and `casebook serve` at work on it.
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { binary, root } from "./site.mjs";

/** The file of the default theme at `path`, to change a copy of. */
export const themeFile = (path) => readFileSync(join(root, "themes/default", path), "utf8");

/** A copy of the small site of the tests, to be changed as an editor would. */
export class Folder {
  constructor() {
    this.path = realpathSync(mkdtempSync(join(tmpdir(), "casebook-serve-")));
    cpSync(join(root, "tests/sites/base"), this.path, { recursive: true });
  }

  at(path) {
    return join(this.path, path);
  }

  read(path) {
    return readFileSync(this.at(path), "utf8");
  }

  write(path, text) {
    mkdirSync(dirname(this.at(path)), { recursive: true });
    writeFileSync(this.at(path), text);
  }

  /** Replaces `from`, which has to stand once, and gives the text as it was. */
  edit(path, from, to) {
    const text = this.read(path);
    if (text.split(from).length !== 2) throw new Error(`“${from}” does not stand once in ${path}`);
    this.write(path, text.replace(from, () => to));
    return text;
  }

  move(from, to) {
    renameSync(this.at(from), this.at(to));
  }

  delete(path) {
    rmSync(this.at(path), { recursive: true });
  }

  remove() {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** `casebook serve` in `folder`, once it says where it serves. */
export async function serveFolder(folder, { args = [], env = process.env } = {}) {
  const child = spawn(binary, ["serve", "--root", folder.path, "--port", "0", "--today", "2026-11-21", ...args], {
    env, stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { out: [], err: [] };
  const ended = new Promise((done) => child.on("exit", (code, signal) => done({ code, signal })));
  createInterface({ input: child.stderr }).on("line", (line) => said.err.push(line));
  const base = await new Promise((found, failed) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      said.out.push(line);
      const match = /^Serving (http:\/\/\S+)\/ /.exec(line);
      if (match) found(match[1]);
    });
    ended.then(({ code }) => failed(new Error(`casebook serve ended with ${code}: ${said.err.join("\n")}`)));
  });
  const interrupt = () => {
    child.kill("SIGINT");
    return ended;
  };
  return { base, said, interrupt };
}
