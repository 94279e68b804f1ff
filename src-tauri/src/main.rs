//! The window of Moisson.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

/// Glibc's would keep the memory of layouts that were let go of (docs/performance.md).
#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() {
    moisson_window::run();
}
