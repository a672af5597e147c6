//! Tests of what the client does, over a transport that has its replies by heart.

mod client;
mod codec;
mod http;
mod retry;

use std::cell::RefCell;
use std::time::Duration;

use crate::{Error, Reply, Request, Transport};

/// Gives its replies one after the other, and remembers what was asked.
struct Scripted {
    replies: RefCell<Vec<Reply>>,
    asked: RefCell<Vec<Request>>,
}

impl Scripted {
    fn new(replies: impl IntoIterator<Item = Reply>) -> Self {
        Self {
            replies: RefCell::new(replies.into_iter().collect()),
            asked: RefCell::default(),
        }
    }

    fn paths(&self) -> Vec<String> {
        let asked = self.asked.borrow();
        asked.iter().map(|one| one.path.clone()).collect()
    }
}

impl Transport for &Scripted {
    fn send(&self, request: &Request) -> Result<Reply, Error> {
        self.asked.borrow_mut().push(request.clone());
        let mut replies = self.replies.borrow_mut();
        if replies.is_empty() {
            return Err(Error::Transport("nobody answers".into()));
        }
        Ok(replies.remove(0))
    }
}

fn reply(status: u16, body: &str) -> Reply {
    Reply {
        status,
        body: body.into(),
        retry_after: None,
    }
}

fn no_pause(_: Duration) {}
