//! Electron's cases of `ipcMain` and of `invoke`, by their names, in a real
//! window. `registry.rs` of the program has what a page asks main to do.
#![cfg(target_os = "linux")]
use ask::run;
use harness::{App, Page};
use serde_json::json;

#[path = "ipc/ask.rs"]
mod ask;

fn start() -> App {
    App::start(env!("CARGO_BIN_EXE_ipc-cases"))
}

#[test]
fn calls_are_answered_as_electrons_are() {
    let app = start();
    let page = app.page();
    a_handler_answers_at_once(&page);
    an_async_handler_answers_later(&page);
    a_future_runs_when_its_answer_is_wanted(&page);
    a_handler_refuses_at_once(&page);
    an_async_handler_refuses_later(&page);
    a_refusal_that_is_caught_is_reported_nowhere(&app, &page);
    what_javascript_has_no_value_for_is_refused(&page);
    an_answer_that_the_page_cannot_make_rejects(&page);
    a_channel_without_a_handler_is_refused(&page);
    so_is_one_whose_handler_is_gone(&page);
    a_second_handler_is_refused_in_main(&page);
    one_that_answers_once_is_gone_then(&page);
    an_answer_that_is_dropped_rejects(&page);
}

/// Electron: ipcMain.handle: receives a response from a synchronous handler
/// passes
fn a_handler_answers_at_once(page: &Page<'_>) {
    let seen = run(
        page,
        "return [await invoke('add', 1, 2), await invoke('echo', 'text'),
                 await invoke('nothing') === undefined];",
    );
    assert_eq!(seen, json!([3, "text", true]));
}

/// Electron: ipcMain.handle: receives a response from an asynchronous handler
/// passes
fn an_async_handler_answers_later(page: &Page<'_>) {
    let seen = run(
        page,
        "const answers = [];
         const take = (it) => { answers.push(it); };
         await Promise.all([invoke('echo-later', 'later').then(take),
                            invoke('echo', 'at once').then(take)]);
         return answers;",
    );
    assert_eq!(seen, json!(["at once", "later"]));
}

/// Every future of Rust's is one: it begins when it is awaited.
///
/// Electron: ipcMain.handle: receives a response from a handler that returns a
/// lazy thenable
/// passes
fn a_future_runs_when_its_answer_is_wanted(page: &Page<'_>) {
    assert_eq!(run(page, "return invoke('lazy')"), 3);
}

/// Electron: ipcMain.handle: receives an error from a synchronous handler
/// passes
fn a_handler_refuses_at_once(page: &Page<'_>) {
    let seen = run(page, "return failure(invoke('fail'))");
    assert_eq!(seen, "true RangeError: out of reach");
}

/// Electron: ipcMain.handle: receives an error from an asynchronous handler
/// passes
fn an_async_handler_refuses_later(page: &Page<'_>) {
    let seen = run(page, "return failure(invoke('fail-later'))");
    assert_eq!(seen, "true RangeError: out of reach");
}

/// Electron: ipcMain.handle: does not report an unhandled rejection for a
/// handler that rejects
/// passes
fn a_refusal_that_is_caught_is_reported_nowhere(app: &App, page: &Page<'_>) {
    let printed = app.errors();
    // What is not handled is told in a turn of its own.
    let seen = run(
        page,
        "const seen = [];
         const see = (event) => {
           event.preventDefault();
           seen.push(event.reason.message);
         };
         addEventListener('unhandledrejection', see);
         await failure(invoke('fail'));
         invoke('fail-later');
         while (!seen.length) await new Promise(requestAnimationFrame);
         removeEventListener('unhandledrejection', see);
         return seen;",
    );
    // The page left the second one to nobody.
    assert_eq!(seen, json!(["out of reach"]));
    assert_eq!(app.errors(), printed);
}

/// Electron: ipcMain.handle: receives an error when the handler result cannot
/// be cloned
/// differs: most such results do not compile; one that does, such as an integer
/// that no number of JavaScript's holds, rejects and says what to use instead
fn what_javascript_has_no_value_for_is_refused(page: &Page<'_>) {
    let seen = run(page, "return failure(invoke('no-number'))");
    let seen = seen.as_str().unwrap_or_default();
    assert!(seen.contains("18446744073709551615"), "{seen}");
    assert!(seen.contains("ipc::BigInt"), "{seen}");
}

/// A BigInt of Rust's may be longer than the engine's may.
fn an_answer_that_the_page_cannot_make_rejects(page: &Page<'_>) {
    let seen = run(
        page,
        "return [await failure(invoke('no-bigint')), await invoke('ping')]",
    );
    let refused = seen[0].as_str().unwrap_or_default();
    assert!(refused.starts_with("true "), "{seen}");
    assert_eq!(seen[1], "Pong");
}

/// Electron: ipcMain.handle: throws an error if no handler is registered
/// passes
fn a_channel_without_a_handler_is_refused(page: &Page<'_>) {
    let seen = run(
        page,
        "return [await failure(invoke('nobody')),
                 await failure(invoke('note ')), await failure(invoke('')),
                 await failure(invoke('__proto__'))];",
    );
    let refused =
        |name| format!("true Error: No handler registered for '{name}'");
    assert_eq!(seen, json!(["nobody", "note ", "", "__proto__"].map(refused)));
}

/// Electron: ipcMain.handle: throws an error when invoking a handler that was
/// removed
/// passes
fn so_is_one_whose_handler_is_gone(page: &Page<'_>) {
    let seen = run(
        page,
        "await invoke('handle', 'short-lived');
         const before = await invoke('short-lived');
         await invoke('remove-handler', 'short-lived');
         await invoke('remove-handler', 'short-lived');
         return [before, await failure(invoke('short-lived'))];",
    );
    let refused = "true Error: No handler registered for 'short-lived'";
    assert_eq!(seen, json!(["handled", refused]));
}

/// Electron: ipcMain.handle: forbids multiple handlers
/// passes
fn a_second_handler_is_refused_in_main(page: &Page<'_>) {
    let seen = run(
        page,
        "await invoke('handle', 'taken');
         const seen = [await failure(invoke('handle', 'taken')),
                       await failure(invoke('handle-once', 'taken'))];
         return [...seen, await invoke('taken')];",
    );
    let refused = "true Error: Attempted to register a second handler for \
                   'taken'";
    assert_eq!(seen, json!([refused, refused, "handled"]));
}

fn one_that_answers_once_is_gone_then(page: &Page<'_>) {
    let seen = run(
        page,
        "await invoke('handle-once', 'fleeting');
         const [one, other] = [invoke('fleeting'), invoke('fleeting')];
         const seen = [await one, await failure(other)];
         await invoke('handle-once', 'fleeting');
         await invoke('remove-handler', 'fleeting');
         return [...seen, await failure(invoke('fleeting'))];",
    );
    let refused = "true Error: No handler registered for 'fleeting'";
    assert_eq!(seen, json!(["handled once", refused, refused]));
}

/// Electron: ipcMain.handle: throws an error in the renderer if the reply
/// callback is dropped
/// passes
fn an_answer_that_is_dropped_rejects(page: &Page<'_>) {
    let seen = run(page, "return failure(invoke('forget'))");
    assert_eq!(seen, "true Error: reply was never sent");
}

#[test]
fn what_is_sent_is_heard_as_electron_hears_it() {
    let app = start();
    let page = app.page();
    a_listener_can_reply(&page);
    a_reply_has_the_arguments_of_a_tuple(&page);
    several_listeners_can_reply(&page);
    sends_and_calls_come_in_their_order(&page);
    listeners_are_called_in_their_order(&page);
    one_that_listens_once_hears_one(&page);
    the_listeners_of_one_channel_go(&page);
    all_listeners_go(&page);
    main_needs_no_listener_for_itself(&app, &page);
    a_call_that_waits_ends_with_its_window(&app, &page);
}

/// Electron: ipcMain.on: can be replied to
/// passes
fn a_listener_can_reply(page: &Page<'_>) {
    let seen = run(
        page,
        "const reply = new Promise((resolve) =>
           once('answer', (event, ...args) => resolve(args)));
         send('reply-to', 'answer', { said: 'hello' });
         return reply;",
    );
    assert_eq!(seen, json!([{ "said": "hello" }]));
}

fn a_reply_has_the_arguments_of_a_tuple(page: &Page<'_>) {
    let seen = run(
        page,
        "const reply = new Promise((resolve) =>
           once('told', (event, ...args) => resolve(args)));
         const refused = await failure(invoke('no-tuple'));
         send('reply-nothing');
         return [refused, await reply];",
    );
    let refused = "true Error: The arguments of a send are a tuple: (value,)";
    assert_eq!(seen, json!([refused, []]));
}

/// Electron: ipc.sendSync: does not crash when reply is sent by multiple
/// listeners
/// differs: sendSync is refused by its name; a reply is a message of its own,
/// and the page gets those of all listeners
fn several_listeners_can_reply(page: &Page<'_>) {
    let seen = run(
        page,
        "const seen = [];
         const all = new Promise((resolve) => on('both', (event, value) => {
           seen.push(value);
           if (seen.length === 2) resolve(seen);
         }));
         send('reply-twice', 'both', 1);
         return all;",
    );
    assert_eq!(seen, json!([1, 1]));
}

/// Electron: ordering: between send and sendSync is consistent
/// differs: sendSync is refused by its name; sends are in order
/// Electron: ordering: between send, sendSync, and invoke is consistent
/// differs: sendSync is refused by its name; sends and calls are in order
fn sends_and_calls_come_in_their_order(page: &Page<'_>) {
    let seen = run(
        page,
        "await invoke('heard');
         for (let i = 0; i < 1000; i++)
           if (i * 7 % 5 < 2) invoke('note', i); else send('note', i);
         const heard = await invoke('heard');
         return [heard.length, heard.filter((it, i) => !it.includes(`(${i}`)),
                 heard.filter((it) => it.startsWith('invoked')).length];",
    );
    assert_eq!(seen, json!([1000, [], 400]));
}

fn listeners_are_called_in_their_order(page: &Page<'_>) {
    let seen = run(
        page,
        "for (const name of ['one', 'two', 'three'])
           await invoke('on', 'told', name);
         send('told');
         await invoke('off', 'two');
         send('told');
         for (const name of ['one', 'three']) await invoke('off', name);
         send('told');
         return invoke('heard');",
    );
    assert_eq!(seen, json!(["one", "two", "three", "one", "three"]));
}

fn one_that_listens_once_hears_one(page: &Page<'_>) {
    let seen = run(
        page,
        "await invoke('once', 'told', 'once');
         await invoke('on', 'told', 'always');
         await invoke('once', 'told', 'gone');
         await invoke('off', 'gone');
         send('told');
         send('told');
         await invoke('off', 'always');
         return invoke('heard');",
    );
    assert_eq!(seen, json!(["once", "always", "always"]));
}

/// Electron: ipcMain.removeAllListeners: removes only the given channel
/// passes
fn the_listeners_of_one_channel_go(page: &Page<'_>) {
    let seen = run(
        page,
        "await invoke('on', 'channel1', 'one');
         await invoke('once', 'channel1', 'two');
         await invoke('on', 'channel2', 'other');
         await invoke('remove-all-listeners', 'channel1');
         send('channel1');
         send('channel2');
         return invoke('heard');",
    );
    assert_eq!(seen, json!(["other"]));
}

/// Electron: ipcMain.removeAllListeners: removes all channels if no channel is
/// specified
/// passes
fn all_listeners_go(page: &Page<'_>) {
    let seen = run(
        page,
        "await invoke('on', 'channel1', 'one');
         await invoke('remove-all-listeners');
         for (const channel of ['channel1', 'channel2', 'note']) send(channel);
         return [await invoke('heard'), await invoke('ping')];",
    );
    assert_eq!(seen, json!([[], "Pong"]));
}

/// All of them are gone by now, and nothing is missed.
///
/// Electron: ipcMain.on: is not used for internals
/// passes
fn main_needs_no_listener_for_itself(app: &App, page: &Page<'_>) {
    page.reload();
    let seen = run(
        page,
        "return [await invoke('echo-later', 1), await failure(invoke('fail'))];",
    );
    assert_eq!(seen, json!([1, "true RangeError: out of reach"]));
    run(page, "send('nobody')");
    app.wait_for_line("[main] refused: No listener registered for 'nobody'");
}

/// Electron: ipc.sendSync: does not crash when reply is not sent and browser is
/// destroyed
/// differs: sendSync is refused by its name; a call that is not answered ends
/// with its window, and the program with exit code 0
fn a_call_that_waits_ends_with_its_window(app: &App, page: &Page<'_>) {
    run(page, "invoke('never'); invoke('echo-later', 1)");
    assert!(app.close().success());
    assert_eq!(app.errors(), "");
}

/// Electron: payloads across the shared-memory threshold: round trips strings,
/// typed arrays and nested objects of each size through invoke, sendSync and
/// send
/// differs: sendSync is refused by its name; the others carry each size, and
/// what is longer than 64 MiB is refused by its length
#[test]
fn payloads_of_each_size_come_back_as_they_were() {
    let app = start();
    let page = app.page();
    let seen = run(
        &page,
        "const same = (one, other) => typeof one === 'string' ? one === other :
           other instanceof Uint8Array && other.length === one.length &&
           one.every((byte, at) => byte === other[at]);
         const sent = (value) => new Promise((resolve) => {
           once('back', (event, value) => resolve(value));
           send('reply-to', 'back', value);
         });
         const seen = [];
         for (const size of [0, 1, 1024, 65536, 1048576, 4194304]) {
           const text = `é\"${'x'.repeat(size)}`.slice(0, size);
           const bytes = new Uint8Array(size).map((_, at) => at * 7);
           for (const value of [text, bytes])
             seen.push(same(value, await invoke('echo', value)));
           const nested = { text, bytes, meta: [size, { three: true }] };
           if (size > 1048576) continue;
           const it = await sent(nested);
           seen.push(same(text, it.text) && same(bytes, it.bytes) &&
             it.meta[0] === size && it.meta[1].three);
         }
         return seen;",
    );
    assert_eq!(seen, json!(vec![true; 17]));
    assert!(app.output().lines().all(|line| line.len() < 400));
    too_long_a_message_is_refused_by_its_length(&page);
    so_is_too_long_an_answer(&page);
}

fn too_long_a_message_is_refused_by_its_length(page: &Page<'_>) {
    // The text of a string has two quotes, in the brackets of the arguments,
    // beside the document's id, the call's number and the channel.
    let seen = run(
        page,
        "const text = 'x'.repeat(64 * 1024 * 1024 + 1);
         const seen = [await failure(invoke('echo', text))];
         try { send('note', text); } catch (why) { seen.push(why.name); }
         return [...seen, await invoke('ping')];",
    );
    let [refused, name, after] = &seen.as_array().expect("a list")[..] else {
        panic!("{seen}")
    };
    let refused = refused.as_str().unwrap_or_default();
    assert!(refused.starts_with("true RangeError: "), "{refused}");
    assert!(refused.ends_with("at most 67108864"), "{refused}");
    assert_eq!([name, after], ["RangeError", "Pong"]);
}

fn so_is_too_long_an_answer(page: &Page<'_>) {
    let seen = run(page, "return failure(invoke('too-long'))");
    let refused = "true RangeError: a message of 67108866 characters: at most \
                   67108864";
    assert_eq!(seen, refused);
}

// What waits for a chapter of its own.

// Electron: WebContents.ipc: receives postMessage messages sent from the
// WebContents, w/ MessagePorts
// not yet: ch16-streams
// Electron: WebContents.ipc: receives ipcs from child frames
// not yet: ch17-lockdown

// Electron: WebFrameMain.ipc: receives postMessage messages sent from the
// WebContents, w/ MessagePorts
// not yet: ch16-streams
// Electron: WebFrameMain.ipc: responds to ipc messages in the main frame
// not yet: ch17-lockdown
// Electron: WebFrameMain.ipc: responds to sync ipc messages in the main frame
// not yet: ch17-lockdown
// Electron: WebFrameMain.ipc: handles invoke messages sent from the WebContents
// not yet: ch17-lockdown
// Electron: WebFrameMain.ipc: cascades to WebContents and ipcMain
// not yet: ch17-lockdown
// Electron: WebFrameMain.ipc: overrides ipcMain handlers
// not yet: ch17-lockdown
// Electron: WebFrameMain.ipc: overrides WebContents handlers
// not yet: ch17-lockdown
// Electron: WebFrameMain.ipc: falls back to WebContents handlers
// not yet: ch17-lockdown
// Electron: WebFrameMain.ipc: receives ipcs from child frames
// not yet: ch17-lockdown

// Electron: MessagePort: can send a port to the main process
// not yet: ch16-streams
// Electron: MessagePort: can sent a message without a transfer
// not yet: ch16-streams
// Electron: MessagePort: throws when the transferable is invalid
// not yet: ch16-streams
// Electron: MessagePort: can communicate between main and renderer
// not yet: ch16-streams
// Electron: MessagePort: can receive a port from a renderer over a MessagePort
// connection
// not yet: ch16-streams
// Electron: MessagePort: can forward a port from one renderer to another
// renderer
// not yet: ch16-streams
// Electron: MessagePort: is emitted when the main process closes its end of the
// port
// not yet: ch16-streams
// Electron: MessagePort: is emitted when the other end of a port is
// garbage-collected
// not yet: ch16-streams
// Electron: MessagePort: is emitted when the other end of a port is sent to
// nowhere
// not yet: ch16-streams
// Electron: MessagePort: does not crash when context destroyed
// not yet: ch16-streams

// Electron: MessageChannelMain: can be created
// not yet: ch16-streams
// Electron: MessageChannelMain: should not throw when supported values are
// passed as message
// not yet: ch16-streams
// Electron: MessageChannelMain: throws an error when an invalid parameter is
// sent to postMessage
// not yet: ch16-streams
// Electron: MessageChannelMain: throws when postMessage transferables contains
// the source port
// not yet: ch16-streams
// Electron: MessageChannelMain: can send messages within the process
// not yet: ch16-streams
// Electron: MessageChannelMain: can pass one end to a WebContents
// not yet: ch16-streams
// Electron: MessageChannelMain: can be passed over another channel
// not yet: ch16-streams
// Electron: MessageChannelMain: can send messages to a closed port
// not yet: ch16-streams
// Electron: MessageChannelMain: can send messages to a port whose remote end is
// closed
// not yet: ch16-streams
// Electron: MessageChannelMain: throws when passing null ports
// not yet: ch16-streams
// Electron: MessageChannelMain: throws when passing duplicate ports
// not yet: ch16-streams
// Electron: MessageChannelMain: throws when passing ports that have already
// been neutered
// not yet: ch16-streams
// Electron: MessageChannelMain: throws when passing itself
// not yet: ch16-streams
// Electron: MessageChannelMain: is not collected while it could still receive
// messages
// not yet: ch16-streams

// Electron: WebContents.postMessage: sends a message
// not yet: ch16-streams
// Electron: WebContents.postMessage: throws on missing channel
// not yet: ch16-streams
// Electron: WebContents.postMessage: throws on invalid channel
// not yet: ch16-streams
// Electron: WebContents.postMessage: throws on missing message
// not yet: ch16-streams
// Electron: WebContents.postMessage: throws on non-serializable message
// not yet: ch16-streams
// Electron: WebContents.postMessage: throws on invalid transferable list
// not yet: ch16-streams
// Electron: WebContents.postMessage: throws on transferring non-transferable
// not yet: ch16-streams
// Electron: WebContents.postMessage: throws when passing null ports
// not yet: ch16-streams
// Electron: WebContents.postMessage: throws when passing duplicate ports
// not yet: ch16-streams
// Electron: WebContents.postMessage: throws when passing ports that have
// already been neutered
// not yet: ch16-streams

// Electron: WebFrameMain.postMessage: sends a message
// not yet: ch16-streams
// Electron: WebFrameMain.postMessage: throws on missing channel
// not yet: ch16-streams
// Electron: WebFrameMain.postMessage: throws on invalid channel
// not yet: ch16-streams
// Electron: WebFrameMain.postMessage: throws on missing message
// not yet: ch16-streams
// Electron: WebFrameMain.postMessage: throws on non-serializable message
// not yet: ch16-streams
// Electron: WebFrameMain.postMessage: throws on invalid transferable list
// not yet: ch16-streams
// Electron: WebFrameMain.postMessage: throws on transferring non-transferable
// not yet: ch16-streams
// Electron: WebFrameMain.postMessage: throws when passing null ports
// not yet: ch16-streams
// Electron: WebFrameMain.postMessage: throws when passing duplicate ports
// not yet: ch16-streams
// Electron: WebFrameMain.postMessage: throws when passing ports that have
// already been neutered
// not yet: ch16-streams
