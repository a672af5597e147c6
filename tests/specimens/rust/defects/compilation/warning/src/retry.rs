//! When to try again, and after how long.

use std::time::Duration;

use crate::error::Error;
use crate::transport::Reply;

/// Attempts in all, and a delay that doubles from `base` up to `cap`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// How often a request is sent at most.
    pub attempts: u32,
    /// The delay after the first attempt.
    pub base: Duration,
    /// The longest delay.
    pub cap: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            attempts: 4,
            base: Duration::from_millis(250),
            cap: Duration::from_secs(8),
        }
    }
}

impl RetryPolicy {
    /// Return the time to wait after an attempt (0 is the first); the service may ask for one.
    pub fn delay(&self, attempt: u32, asked: Option<Duration>) -> Duration {
        let doubled = self.base.saturating_mul(2_u32.saturating_pow(attempt));
        asked.unwrap_or(doubled).min(self.cap)
    }
}

/// Tell whether a refusal may pass by itself: too many requests, or a failing server.
fn is_passing(reply: &Reply) -> bool {
    reply.status == 429 || reply.status >= 500
}

#[cfg_attr(clippy, allow(dead_code))]
fn is_final(reply: &Reply) -> bool {
    !is_passing(reply)
}

/// Send until the reply is no passing refusal, or the attempts are used up.
pub(crate) fn send_again(
    send: impl Fn() -> Result<Reply, Error>,
    policy: &RetryPolicy,
    sleep: impl Fn(Duration),
) -> Result<Reply, Error> {
    let mut reply = send()?;
    for attempt in 1..policy.attempts {
        if !is_passing(&reply) {
            break;
        }
        sleep(policy.delay(attempt - 1, reply.retry_after));
        reply = send()?;
    }
    Ok(reply)
}
