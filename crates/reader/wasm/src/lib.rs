//! The search reader as the WebAssembly module that pages load.
//!
//! It imports nothing and exports its `memory` and three functions:
//!
//! | function | does |
//! |---|---|
//! | `buffer(size)` | makes room for `size` bytes and gives their address; what is written there is what the next call takes |
//! | `file(name_size)` | takes a file of the index, inflated: first its name, which has `name_size` bytes, then what it holds. The entry file opens an index, and forgets the one before with all its files |
//! | `ask()` | takes a request and answers it as far as the files at hand allow |
//!
//! Both give the address of an answer: its size in four bytes, the lowest first, then JSON, to be
//! read before the next call. An answer is one of
//!
//! - `{"need": ["t/….bin", …]}`: give these files, and ask again;
//! - `{"damaged": "t/….bin", "what": ""}`: a file cannot be read; `what` is said only of one that has another
//!   version;
//! - after the entry file `{"documents": 9, "facets": [{"name", "label"}], "sortings": [{"name", "label"}]}`,
//!   and `{}` after any other;
//! - results, named as `casebook search --format json` names them. A score is given as `score_bits`,
//!   the bits of a 32-bit float.
//!
//! A request is lines of `name=value`: `text`, `typing` (1), `synonyms` (0 for none), `choose`
//! (`FACET=VALUE`, any number of times), `count` (a facet, any number of times), `sort`, `from`, `size`.

mod json;
#[cfg(target_arch = "wasm32")]
mod memory;
mod request;

use std::sync::{Mutex, PoisonError};

use casebook_reader::format::ENTRY;
use casebook_reader::{Damaged, Fetched, Reader, Step};

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: memory::Pieces = memory::Pieces::new();

/// What stays from call to call.
struct State {
    /// What the next call takes.
    input: Vec<u8>,
    /// What the last call gave.
    output: Vec<u8>,
    reader: Option<Reader>,
    files: Fetched,
}

static STATE: Mutex<State> =
    Mutex::new(State { input: Vec::new(), output: Vec::new(), reader: None, files: Fetched::new() });

/// Makes room for `size` bytes and gives their address.
#[unsafe(no_mangle)]
pub extern "C" fn buffer(size: usize) -> *mut u8 {
    let mut state = STATE.lock().unwrap_or_else(PoisonError::into_inner);
    state.input = vec![0; size];
    state.input.as_mut_ptr()
}

/// Takes a file whose name has `name_size` bytes.
#[unsafe(no_mangle)]
pub extern "C" fn file(name_size: usize) -> *const u8 {
    answer(|state| {
        let mut name = std::mem::take(&mut state.input);
        let bytes = name.split_off(name_size.min(name.len()));
        let name = String::from_utf8(name).unwrap_or_default();
        if name != ENTRY {
            state.files.insert(name, bytes)?;
            return Ok(b"{}".to_vec());
        }
        state.files = Fetched::new();
        state.reader = None;
        let reader = state.reader.insert(Reader::open(&bytes)?);
        Ok(json::opened(reader.entry()))
    })
}

/// Takes a request.
#[unsafe(no_mangle)]
pub extern "C" fn ask() -> *const u8 {
    answer(|state| {
        let text = String::from_utf8(std::mem::take(&mut state.input)).unwrap_or_default();
        let Some(reader) = &state.reader else { return Ok(json::need(&[ENTRY.to_owned()])) };
        Ok(match reader.step(&request::read(&text), &state.files)? {
            Step::Need(names) => json::need(&names),
            Step::Done(results) => json::results(&results),
        })
    })
}

fn answer(give: impl FnOnce(&mut State) -> Result<Vec<u8>, Damaged>) -> *const u8 {
    let mut state = STATE.lock().unwrap_or_else(PoisonError::into_inner);
    let json = give(&mut state).unwrap_or_else(|damaged| {
        // It is fetched anew when it is asked for again.
        state.files.forget(&damaged.file);
        json::damaged(&damaged)
    });
    state.output = (json.len() as u32).to_le_bytes().to_vec();
    state.output.extend_from_slice(&json);
    state.output.as_ptr()
}
