//! What wakes the event loop, and who then has something to do.
//! Chapter: ch12-errors
use crate::app::App;
use crate::gone::{self, End};

/// What wakes the event loop.
#[derive(Clone)]
pub(crate) enum Wake {
    /// Messages of pages have come in.
    Inbox,
    /// What a future waits for has come about.
    Poll(u64),
    /// Main has said something to a page.
    Outbox,
    /// A script of main's has ended in a page, whose document took it or not.
    Crossed(u32, Option<bool>),
    /// Another thread has said something to a page.
    Remotes,
    /// A second has gone since a message was refused.
    Refused,
    /// A page's process has come to a mark.
    Marked(u32),
    /// A page is loaded.
    Loaded(u32),
    /// A page is gone.
    Gone(u32, End),
    /// The program is to end.
    Over,
}

impl App {
    pub(crate) fn on_wake(&self, wake: Wake) {
        let state = self.state();
        match wake {
            Wake::Inbox => state.inbox.deliver(),
            Wake::Poll(id) => state.tasks.poll(id),
            Wake::Outbox => state.outbox.flush_all(),
            Wake::Crossed(id, taken) => state.outbox.crossed(id, taken),
            Wake::Remotes => state.remotes.deliver(self),
            Wake::Refused => state.inbox.quiet.tell_the_rest(),
            Wake::Marked(id) => {
                if let Ok(win) = self.window(id) {
                    win.web_contents().marked();
                }
            }
            Wake::Loaded(id) => state.loads.call(self, id),
            Wake::Gone(id, end) => gone::settle(self, id, end),
            // The loop looks by itself.
            Wake::Over => {}
        }
    }
}
