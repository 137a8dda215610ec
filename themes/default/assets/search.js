// Asks the search index of the site. The reader, a WebAssembly module, says which files of the index
// it needs; here they are fetched, inflated and given to it. crates/reader/wasm tells what it takes.

/** The entry file, at a fixed address: it names all the others, which never change. */
const ENTRY = "entry.bin";
/** No request takes as many rounds of files. */
const ROUNDS = 12;

/** The site cannot be reached. */
export class Offline extends Error {}
/** A file is missing or damaged. */
export class Broken extends Error {}
/** The index is of another version than this reader. */
export class Outdated extends Error {}

async function get(url, cache) {
  let response;
  try {
    response = await fetch(url, { cache });
    // The body may break off as well.
    if (response.ok) return await response.arrayBuffer();
  } catch {
    throw new Offline(url);
  }
  throw new Broken(url);
}

/** What `work` gives, which takes how a file is to be fetched: past what the browser keeps, where that is broken. */
const twice = (work) => work("default").catch((error) => {
  if (error instanceof Broken) return work("reload");
  throw error;
});

/** What `before` and the file at `url`, compressed after it, come to; `before` is left out again. */
async function inflated(url, cache, before) {
  const [bytes, start = new Uint8Array()] = await Promise.all([get(url, cache), before]);
  try {
    // As a block that is stored and not compressed: its size in two bytes, and their complement.
    const head = [start.length, ~start.length].flatMap((size) => [size & 255, (size >> 8) & 255]);
    const parts = start.length ? [new Uint8Array([0, ...head]), start, bytes] : [bytes];
    const stream = new DecompressionStream("deflate-raw");
    const writer = stream.writable.getWriter();
    // What goes wrong here is told where it is read.
    Promise.allSettled([...parts.map((part) => writer.write(part)), writer.close()]);
    return new Uint8Array(await new Response(stream.readable).arrayBuffer()).subarray(start.length);
  } catch {
    throw new Broken(url);
  }
}

/** The module's exports, with texts and JSON in the place of addresses. */
function spoken({ memory, buffer, file, ask }) {
  const put = (...parts) => {
    // Room first: the memory may have to grow for it.
    let at = buffer(parts.reduce((size, part) => size + part.length, 0));
    for (const part of parts) {
      new Uint8Array(memory.buffer).set(part, at);
      at += part.length;
    }
  };
  const answer = (at) => {
    const size = new DataView(memory.buffer).getUint32(at, true);
    return JSON.parse(new TextDecoder().decode(new Uint8Array(memory.buffer, at + 4, size)));
  };
  const bytes = (text) => new TextEncoder().encode(text);
  return {
    give(name, content) {
      put(bytes(name), content);
      return answer(file(bytes(name).length));
    },
    ask(request) {
      put(bytes(request));
      return answer(ask());
    },
  };
}

/** `{ text, typing, synonyms, chosen: [[facet, value]], counts, sort, from, size }` as the module reads it. */
function written({ text = "", typing, synonyms = true, chosen = [], counts = [], sort, from = 0, size = 10 }) {
  const lines = [
    ["text", text], ["typing", typing ? 1 : 0], ["synonyms", synonyms ? 1 : 0], ["sort", sort ?? ""], ["from", from],
    ["size", size], ...chosen.map((pair) => ["choose", pair.join("=")]), ...counts.map((facet) => ["count", facet]),
  ];
  return lines.map(([name, value]) => `${name}=${String(value).replaceAll("\n", " ")}`).join("\n");
}

export class Index {
  #entry;
  #blocks;
  #module;
  /** The module, to be started from. */
  #compiled;
  /** The reader that is asked, started anew whenever the index is opened, and what it says that the index has. */
  #opened;
  /** What is under way, by name: two requests that need a file fetch it once. */
  #files = new Map();
  /** What texts have in common, which they are inflated with: the reader names it before them. */
  #common;

  /** The index of the search page at `page`; `module` is the address of the reader. */
  constructor(page, module) {
    this.#entry = new URL(ENTRY, page);
    this.#blocks = new URL("search/", new URL(module, page));
    this.#module = new URL(module, page);
  }

  /** What the index has: `{ documents, facets: [{ name, label }], sortings: [{ name, label }] }`. */
  async open() {
    return (await this.#reader()).has;
  }

  #reader() {
    this.#opened ??= this.#kept(twice((cache) => this.#open(cache)));
    return this.#opened;
  }

  /** What fails is not kept: the next to ask tries again. */
  #kept(opening) {
    opening.catch(() => { this.#opened = undefined; });
    return opening;
  }

  async #open(cache) {
    this.#compiled ??= twice((how) => this.#compile(how)).catch((error) => {
      this.#compiled = undefined;
      // It is named by what it holds: where it is gone, the site has a newer one.
      throw error instanceof Broken ? new Outdated(error.message) : error;
    });
    const [entry, compiled] = await Promise.all([inflated(this.#entry, cache), this.#compiled]);
    const reader = spoken((await WebAssembly.instantiate(compiled)).exports);
    const has = reader.give(ENTRY, entry);
    if (has.damaged) throw new (/version/.test(has.what) ? Outdated : Broken)(has.what);
    this.#files.clear();
    return { ...reader, has };
  }

  async #compile(cache) {
    const bytes = await get(this.#module, cache);
    // Where a file is gone, some hosts answer with a page.
    return WebAssembly.compile(bytes).catch(() => { throw new Broken(this.#module); });
  }

  /**
   * Answers `request`; nothing, once `signal` says that nobody waits for it any more.
   *
   * A file that is missing belongs to an entry that is older than the site: that is read again, once.
   */
  async ask(request, signal) {
    const reader = await this.#reader();
    try {
      return await this.#answer(reader, written(request), signal, "default");
    } catch (error) {
      if (!(error instanceof Broken) || signal?.aborted) throw error;
    }
    this.#opened = this.#kept(this.#open("reload"));
    return this.#answer(await this.#opened, written(request), signal, "reload");
  }

  async #answer(reader, request, signal, cache) {
    try {
      for (let round = 0; round < ROUNDS && !signal?.aborted; round += 1) {
        const found = reader.ask(request);
        if (found.damaged) throw new Broken(found.damaged);
        if (!found.need) return found;
        await Promise.all(found.need.map((name) => this.#file(reader, name, cache)));
      }
    } catch (error) {
      // What a reader knows that broke off may be half of something: the next to ask has another.
      if (error instanceof WebAssembly.RuntimeError) this.#opened = undefined;
      throw error;
    }
    if (signal?.aborted) return undefined;
    throw new Broken("the index asks for more and more files");
  }

  #file(reader, name, cache) {
    const key = `${cache} ${name}`;
    if (!this.#files.has(key)) {
      const inflating = inflated(new URL(name, this.#blocks), cache, name.startsWith("x/") ? this.#common : undefined);
      if (name.startsWith("d/")) this.#common = inflating;
      const given = inflating.then((bytes) => {
        const { damaged } = reader.give(name, bytes);
        if (damaged) throw new Broken(name);
      });
      // Kept until it is done: the reader has it then.
      this.#files.set(key, given.finally(() => this.#files.delete(key)));
    }
    return this.#files.get(key);
  }
}
