// Asks the reader's module: node ask.mjs MODULE FOLDER < requests > answers
//
// FOLDER has the files of an index, inflated. A request is a line of JSON: the text that the module
// is asked. For each an answer is printed: `{"answer", "rounds"}`, the answer as the module gave it
// and the files that it asked for, round by round.

import { readFileSync } from "node:fs";
import { join } from "node:path";

const [module, folder] = process.argv.slice(2);
const compiled = new WebAssembly.Module(readFileSync(module));
if (WebAssembly.Module.imports(compiled).length > 0) throw new Error("the module has imports");
const { memory, buffer, file, ask } = new WebAssembly.Instance(compiled).exports;

const put = (bytes) => {
  // Before its memory is looked at: it may have to grow.
  const at = buffer(bytes.length);
  new Uint8Array(memory.buffer, at, bytes.length).set(bytes);
};
const answer = (at) => {
  const size = new DataView(memory.buffer).getUint32(at, true);
  return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(new Uint8Array(memory.buffer, at + 4, size)));
};
const give = (name) => {
  put(Buffer.concat([Buffer.from(name), readFileSync(join(folder, name))]));
  return answer(file(Buffer.byteLength(name)));
};

// The answer to `request`; the names of the files that it takes are put into `rounds`.
const answered = (request, rounds) => {
  for (;;) {
    put(request);
    const found = answer(ask());
    if (!found.need) return found;
    if (rounds.length > 10) throw new Error(`${request} goes on: ${found.need}`);
    rounds.push(found.need);
    const damaged = found.need.map(give).find((given) => given.damaged);
    if (damaged) return damaged;
  }
};

for (const line of readFileSync(0, "utf8").trimEnd().split("\n")) {
  const rounds = [];
  const found = answered(Buffer.from(JSON.parse(line)), rounds);
  console.log(JSON.stringify({ answer: found, rounds }));
}
