//! Where the module's memory comes from: a list of free pieces for each power of two. The allocator
//! of the standard library is five times as large, and knows how to give back what is never
//! wanted back: a page that searches keeps what it fetched.

use std::alloc::{GlobalAlloc, Layout};
use std::arch::wasm32::{memory_grow, memory_size};
use std::cell::UnsafeCell;
use std::ptr::null_mut;

/// What the memory grows by. Nothing else makes it grow.
const PAGE: usize = 65_536;
/// The smallest piece has two to the power of this many bytes, enough for an address.
const SMALLEST: u32 = 4;

/// The module's allocator.
pub struct Pieces(UnsafeCell<State>);

struct State {
    /// The first free piece of each size; each holds the address of the next.
    free: [*mut u8; 32],
    /// What was never given away, and where it ends.
    next: usize,
    end: usize,
}

// SAFETY: the module has one thread.
unsafe impl Sync for Pieces {}

impl Pieces {
    /// Nothing yet.
    pub const fn new() -> Self {
        Self(UnsafeCell::new(State { free: [null_mut(); 32], next: 0, end: 0 }))
    }
}

/// The power of two that has room for `layout`; a piece begins at a multiple of its size, up to a page.
fn power(layout: Layout) -> u32 {
    layout.size().max(layout.align()).next_power_of_two().trailing_zeros().max(SMALLEST)
}

// SAFETY: a piece is on a list or given away, never both, and no two overlap.
unsafe impl GlobalAlloc for Pieces {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let power = power(layout);
        // SAFETY: one thread, and nothing here calls back.
        let state = unsafe { &mut *self.0.get() };
        let Some(first) = state.free.get_mut(power as usize) else { return null_mut() };
        if !first.is_null() {
            let piece = *first;
            // SAFETY: a free piece holds the address of the next.
            *first = unsafe { piece.cast::<*mut u8>().read() };
            return piece;
        }
        if state.next == 0 {
            // Before this stands what the module began with.
            state.end = memory_size::<0>() * PAGE;
            state.next = state.end;
        }
        let size = 1_usize << power;
        let start = state.next.next_multiple_of(size.min(PAGE));
        let end = start + size;
        if end > state.end {
            let pages = (end - state.end).div_ceil(PAGE);
            if memory_grow::<0>(pages) == usize::MAX {
                return null_mut();
            }
            state.end += pages * PAGE;
        }
        state.next = end;
        start as *mut u8
    }

    unsafe fn dealloc(&self, piece: *mut u8, layout: Layout) {
        // SAFETY: one thread, and nothing here calls back.
        let state = unsafe { &mut *self.0.get() };
        if let Some(first) = state.free.get_mut(power(layout) as usize) {
            // SAFETY: the piece was given away with room for an address, at a multiple of its size.
            unsafe { piece.cast::<*mut u8>().write(*first) };
            *first = piece;
        }
    }
}
