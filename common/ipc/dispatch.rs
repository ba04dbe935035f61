//! What becomes of a message. Whatever a page sends, a call settles.
//! Chapter: ch12-errors
use crate::app::{App, Wake};
use crate::envelope::{Call, Cut, Message, Outgoing, Refused};
use crate::handler::Answered;
use crate::limits::{Quiet, Ticket, Waiting};
use crate::{Event, Result, Value, WebContents, decode::decode, settle::run};
use common::transcript::line;
use std::{cell::RefCell, collections::VecDeque, mem, rc::Rc};
use tao::event_loop::EventLoopProxy;

/// Messages that have come in, and what keeps them from becoming too many.
pub(crate) struct Inbox {
    proxy: EventLoopProxy<Wake>,
    queue: RefCell<VecDeque<Incoming>>,
    waiting: Waiting,
    quiet: Quiet,
}

/// A message with the page that it is from.
struct Incoming {
    from: u32,
    message: Result<(String, Ticket), Refused>,
}

impl Inbox {
    pub fn new(proxy: EventLoopProxy<Wake>) -> Self {
        let (queue, waiting) = (RefCell::default(), Waiting::default());
        Self { proxy, queue, waiting, quiet: Quiet::default() }
    }

    /// Takes a message of a page. It is read by the event loop, one turn later:
    /// on Windows no window can be made while a message is being received.
    pub fn push(&self, from: u32, text: Result<String>) {
        let message = match text {
            Ok(text) => match self.waiting.admit(text.len()) {
                Ok(ticket) => Ok((text, ticket)),
                Err(why) => {
                    let call = Message::read(&text).map(|it| it.call);
                    let call = call.unwrap_or_else(|it| it.call);
                    Err(Refused { call, why })
                }
            },
            Err(why) => Err(Refused { call: None, why }),
        };
        let mut queue = self.queue.borrow_mut();
        queue.push_back(Incoming { from, message });
        if queue.len() == 1 {
            // This fails only when the loop has ended, and nobody listens.
            let _ = self.proxy.send_event(Wake::Inbox);
        }
    }

    /// Hands out all messages that have come in.
    pub fn deliver(&self, app: &App) {
        let all = mem::take(&mut *self.queue.borrow_mut());
        for Incoming { from, message } in all {
            // Those of a window that is closed are nobody's any more.
            let Ok(win) = app.window(from) else { continue };
            let sender = win.web_contents();
            match message {
                Ok((text, ticket)) => self.read(sender, &text, ticket),
                Err(refused) => self.refuse(sender, refused),
            }
        }
    }

    fn read(&self, sender: &WebContents, text: &str, paid: Ticket) {
        let message = match Message::read(text) {
            Ok(message) => message,
            Err(refused) => return self.refuse(sender, refused),
        };
        line("renderer → main", &message);
        let event = Event { sender: sender.clone() };
        let Message { call, channel, args } = message;
        let args = match decode(args) {
            Ok(Value::Array(args)) => args,
            Ok(_) => {
                let why = "the arguments of a message are an array".into();
                return self.refuse(sender, Refused { call, why });
            }
            Err(why) => return self.refuse(sender, Refused { call, why }),
        };
        let paid = Rc::new(paid);
        match call {
            Some(call) => on_invoke(event, call, &channel, args, paid),
            None => self.on_send(&event, &channel, &args, &paid),
        }
    }

    /// Tells whoever waits for the answer; if nobody does, the transcript.
    fn refuse(&self, sender: &WebContents, Refused { call, why }: Refused) {
        match call {
            Some(call) => reply(sender, call, Err(why)),
            None => self.quiet.refuse(why.message()),
        }
    }

    /// Electron: `ipcMain.on`
    fn on_send(
        &self,
        event: &Event,
        channel: &str,
        args: &[Value],
        paid: &Rc<Ticket>,
    ) {
        let listeners = event.app().ipc_main().listeners(channel);
        if listeners.is_empty() {
            let why = format!("No listener registered for '{}'", Cut(channel));
            self.quiet.refuse(why);
        }
        for listener in listeners {
            run(&listener, event.clone(), args.to_vec(), paid.clone(), tell);
        }
    }
}

/// Electron: `ipcMain.handle`
fn on_invoke(
    event: Event,
    call: Call,
    channel: &str,
    args: Vec<Value>,
    paid: Rc<Ticket>,
) {
    let sender = event.sender().clone();
    let Some(handler) = event.app().ipc_main().handler(channel) else {
        let why = format!("No handler registered for '{}'", Cut(channel));
        return reply(&sender, call, Err(why.into()));
    };
    let then = move |answer| reply(&sender, call, answer);
    run(&handler, event, args, paid, then);
}

/// Settles the promise that waits for it.
fn reply(sender: &WebContents, call: Call, answer: Answered) {
    // An answer that is too long is one that failed.
    let message = Outgoing::answer(call.clone(), answer)
        .or_else(|why| Outgoing::answer(call, Err(why)));
    let sent = message.and_then(|message| sender.post(&message));
    sent.unwrap_or_else(|why| {
        line("main", format!("an answer is lost: {why:?}"))
    });
}

/// Nobody waits for what a listener answers; what went wrong is printed.
fn tell(answer: Answered) {
    if let Err(why) = answer {
        line("main", format!("refused: {why:?}"));
    }
}
