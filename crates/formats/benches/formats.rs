//! How fast messages are read.

fn main() {
    divan::main();
}
