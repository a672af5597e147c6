//! Tracks a parcel: `cargo run --example track 127.0.0.1:8080 KEY RR473124829GB`.

use std::env;
use std::process::ExitCode;

use parcelkit::{Client, Error};

fn main() -> ExitCode {
    let given: Vec<String> = env::args().skip(1).collect();
    let [address, token, number] = given.as_slice() else {
        eprintln!("usage: track ADDRESS TOKEN NUMBER");
        return ExitCode::FAILURE;
    };
    match track(&Client::connect(address, token), number) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn track(client: &Client<parcelkit::HttpTransport>, number: &str) -> Result<(), Error> {
    let parcel = client.track(number)?;
    println!(
        "{} for {}: {}",
        parcel.number, parcel.recipient, parcel.status
    );
    for event in client.events(number)? {
        println!("{} {} {}", event.at, event.place, event.status);
    }
    Ok(())
}
