//! Registers a parcel, and tracks it.

use parcelkit::{Client, HttpTransport};

fn main() {
    let transport = HttpTransport::new("127.0.0.1:8080", "key");
    let client = Client::new(transport);
    println!("{:?}", client.register("RR473124829GB", "Ada"));
    let tracking = Client::new(transport);
    println!("{:?}", tracking.track("RR473124829GB"));
}
