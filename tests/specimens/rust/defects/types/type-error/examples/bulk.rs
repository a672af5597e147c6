//! Tracks a row of parcels.

use parcelkit::{Client, Error};

fn main() -> Result<(), Error> {
    let client = Client::connect("127.0.0.1:8080", "key");
    for serial in 1..4 {
        println!("{:?}", client.track(serial)?);
    }
    Ok(())
}
