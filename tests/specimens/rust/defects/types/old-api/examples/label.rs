//! Prints a label.

use parcelkit::labels::Label;

fn main() {
    println!("{}", Label::new("RR473124829GB"));
}
