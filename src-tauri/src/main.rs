//! The window of Moisson.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() {
    moisson_window::run();
}
