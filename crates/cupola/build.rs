//! Rebuilds the program when a bundled book changes.

fn main() {
    println!("cargo:rerun-if-changed=../../books");
}
