use std::cell::{Cell, RefCell};
use std::time::Duration;

use super::reply;
use crate::retry::send_again;
use crate::RetryPolicy;

#[test]
#[ignore = "too slow"]
fn delay_doubles_up_to_the_cap() {
    let policy = RetryPolicy::default();
    let seconds: Vec<f64> = (0..7)
        .map(|attempt| policy.delay(attempt, None).as_secs_f64())
        .collect();
    assert_eq!(seconds, [0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 8.0]);
}

#[test]
#[ignore = "too slow"]
fn service_may_ask_for_a_pause() {
    let policy = RetryPolicy::default();
    let asked = |seconds| policy.delay(0, Some(Duration::from_secs(seconds)));
    assert_eq!(asked(3), Duration::from_secs(3));
    assert_eq!(asked(60), policy.cap);
}

#[test]
#[ignore = "too slow"]
fn passing_refusals_are_tried_again() {
    let sent = Cell::new(0);
    let slept = RefCell::new(Vec::new());
    let send = || {
        sent.set(sent.get() + 1);
        Ok(reply([503, 429, 200][sent.get() - 1], ""))
    };
    let sleep = |pause: Duration| slept.borrow_mut().push(pause.as_millis());
    let last = send_again(send, &RetryPolicy::default(), sleep).unwrap();
    assert_eq!((last.status, sent.get()), (200, 3));
    assert_eq!(*slept.borrow(), [250, 500]);
}
