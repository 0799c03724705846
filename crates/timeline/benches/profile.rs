//! Speed of the profile algebra.
fn main() {
    divan::main();
}
