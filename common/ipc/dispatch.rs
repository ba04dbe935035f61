//! What becomes of a message. Whatever a page sends, a call settles.
//! Chapter: ch12-errors
use crate::envelope::{Call, Cut, Kind, Message, Refused};
use crate::handler::{Answered, Outcome};
use crate::limits::{Few, Ticket};
use crate::outgoing::Outgoing;
use crate::settle::{catch, caught};
use crate::{Event, Value, WebContents, decode::decode_args};
use std::rc::Rc;

/// Takes a message of a page apart, and calls who listens to it or answers it.
/// `paid` is given back once that is done.
pub(crate) fn message(
    sender: &WebContents,
    text: &str,
    paid: Ticket,
    crossing: &Few,
) {
    let message = match Message::read(text) {
        Ok(message) => message,
        Err(refused) => return refuse(sender, refused),
    };
    crossing.say(&message);
    let Message { document, kind, args } = message;
    let event = Event { sender: sender.clone(), document };
    match (kind, decode_args(args)) {
        (Kind::Send(channel), Ok(args)) => {
            on_send(&event, &channel, &args, paid);
        }
        (Kind::Invoke(call, channel), Ok(args)) => {
            on_invoke(event, call, &channel, args, paid);
        }
        (Kind::Result(call), args) => {
            sender.app().state().executions.settle(sender, call, args);
        }
        (Kind::Send(_), Err(why)) => tell(sender, Err(why)),
        (Kind::Invoke(call, _), Err(why)) => reply(sender, call, Err(why)),
    }
}

/// Tells whoever waits for an answer; if nobody does, the transcript.
pub(crate) fn refuse(sender: &WebContents, refused: Refused) {
    match refused.call {
        Some(call) => reply(sender, call, Err(refused.why)),
        None => sender.app().state().inbox.quiet.refuse(refused.why.message()),
    }
}

/// Electron: `ipcMain.on`
fn on_send(event: &Event, channel: &str, args: &[Value], paid: Ticket) {
    let (paid, mut is_heard) = (Rc::new(paid), false);
    let ipcs = event.sender().ipcs();
    for listener in ipcs.iter().flat_map(|it| it.listeners(channel)) {
        is_heard = true;
        let sender = event.sender().clone();
        match catch(|| listener(event.clone(), args.to_vec())) {
            Ok(Outcome::Now(answer)) => tell(&sender, answer),
            Ok(Outcome::Later(future)) => {
                let paid = paid.clone();
                sender.clone().spawn(async move {
                    tell(&sender, caught(future).await);
                    drop(paid);
                });
            }
            Err(why) => tell(&sender, Err(why)),
        }
    }
    if !is_heard {
        let why = format!("No listener registered for '{}'", Cut(channel));
        tell(event.sender(), Err(why.into()));
    }
}

/// Nobody waits for what a listener answers; what went wrong is printed.
fn tell(sender: &WebContents, answer: Answered) {
    if let Err(why) = answer {
        refuse(sender, Refused { call: None, why });
    }
}

/// Electron: `ipcMain.handle`
fn on_invoke(
    event: Event,
    call: Call,
    channel: &str,
    args: Vec<Value>,
    paid: Ticket,
) {
    let sender = event.sender().clone();
    let mut ipcs = sender.ipcs().into_iter();
    let Some(handler) = ipcs.find_map(|it| it.handler(channel)) else {
        let why = format!("No handler registered for '{}'", Cut(channel));
        return reply(&sender, call, Err(why.into()));
    };
    match catch(|| handler(event, args)) {
        Ok(Outcome::Now(answer)) => reply(&sender, call, answer),
        Ok(Outcome::Later(future)) => {
            sender.clone().spawn(async move {
                reply(&sender, call, caught(future).await);
                drop(paid);
            });
        }
        Err(why) => reply(&sender, call, Err(why)),
    }
}

/// Settles the promise that waits for it.
fn reply(sender: &WebContents, call: Call, answer: Answered) {
    let send = |answer| sender.post(Outgoing::answer(call.clone(), answer)?);
    // An answer that is too long, or finds no room, is one that failed.
    if let Err(why) = send(answer).or_else(|why| send(Err(why))) {
        let why = format!("an answer is lost: {why:?}");
        sender.app().state().inbox.quiet.refuse(why);
    }
}
