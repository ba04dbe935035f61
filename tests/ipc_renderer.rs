//! Electron's cases of `ipcRenderer`, by their names, in a real window.
#![cfg(target_os = "linux")]
use harness::{App, Page};
use serde_json::{Value, json};

/// Runs a script that has `ipcRenderer` and, as Electron's cases look at what
/// main has received, `received`: what comes back from main.
#[track_caller]
fn run(page: &Page<'_>, script: &str) -> Value {
    page.run(&format!(
        "const {{ ipcRenderer }} = electron;
         const received = (value) => new Promise((resolve) => {{
           ipcRenderer.once('received', (event, it) => resolve(it));
           ipcRenderer.send('reply-to', 'received', value);
         }});
         const thrown = (act) => {{
           try {{ return `returned ${{act()}}`; }}
           catch ({{ name, message }}) {{ return `${{name}}: ${{message}}`; }}
         }};
         {script}"
    ))
}

#[test]
fn what_a_page_sends_crosses_as_electrons_does() {
    let app = App::start(env!("CARGO_BIN_EXE_ipc-cases"));
    let page = app.page();
    an_object_with_an_id_crosses(&page);
    a_date_crosses_as_one(&page);
    bytes_cross_as_bytes(&page);
    an_object_of_the_documents_is_refused(&page);
    objects_that_are_no_data_are_refused(&page);
    an_object_that_is_there_twice_crosses_twice(&page);
    a_cycle_is_refused_by_its_path(&page);
    a_channel_is_a_string(&page);
    a_refused_call_is_a_rejected_one(&page);
    assert!(!app.output().contains("refused"), "{}", app.output());
}

/// Electron: ipcRenderer.send: should work when sending an object containing id
/// property
/// passes
fn an_object_with_an_id_crosses(page: &Page<'_>) {
    let seen = run(
        page,
        "return received({ id: 1, name: 'ly', __ipc: 0, document: null });",
    );
    let sent = json!({ "id": 1, "name": "ly", "__ipc": 0, "document": null });
    assert_eq!(seen, sent);
}

/// Electron: ipcRenderer.send: can send instances of Date as Dates
/// passes
fn a_date_crosses_as_one(page: &Page<'_>) {
    let seen = run(
        page,
        "const it = await received(new Date('2024-02-29T12:34:56.789Z'));
         const invalid = await received(new Date(NaN));
         return [it instanceof Date, it.toISOString(),
                 invalid instanceof Date, String(invalid)];",
    );
    let date = "2024-02-29T12:34:56.789Z";
    assert_eq!(seen, json!([true, date, true, "Invalid Date"]));
}

/// Electron: ipcRenderer.send: can send instances of Buffer
/// differs: a page here has no Buffer; a Uint8Array crosses, and so do other
/// typed arrays, a DataView and an ArrayBuffer, as the bytes that they show
fn bytes_cross_as_bytes(page: &Page<'_>) {
    let seen = run(
        page,
        "const bytes = new TextEncoder().encode('hello');
         const part = new DataView(bytes.buffer, 1, 3);
         const wide = new Uint16Array([258]);
         const seen = [typeof Buffer];
         for (const it of [bytes, bytes.buffer, part, wide]) {
           const back = await received(it);
           seen.push(back instanceof Uint8Array && [...back].join(' '));
         }
         return seen;",
    );
    let hello = "104 101 108 108 111";
    assert_eq!(seen, json!(["undefined", hello, hello, "101 108 108", "2 1"]));
}

/// Electron: ipcRenderer.send: throws when sending objects with DOM class
/// prototypes
/// passes
fn an_object_of_the_documents_is_refused(page: &Page<'_>) {
    let seen = run(
        page,
        "return [document.location, document.body, window].map((it) =>
           thrown(() => ipcRenderer.send('note', it)));",
    );
    for seen in seen.as_array().expect("a list") {
        let seen = seen.as_str().unwrap_or_default();
        assert!(seen.contains("An object could not be cloned"), "{seen}");
        assert!(seen.contains("argument 1"), "{seen}");
    }
}

/// Electron: ipcRenderer.send: does not crash when sending external objects
/// differs: a page here has no objects of Node's; what else is no data is
/// refused in the same way
fn objects_that_are_no_data_are_refused(page: &Page<'_>) {
    let seen = run(
        page,
        "const values = [() => 0, Symbol('a'), Promise.resolve(), /a/,
           new Blob([]), new WeakMap(), new Proxy(() => 0, {}), crypto.subtle,
           new MessageChannel().port1, ipcRenderer.send];
         return values.map((it) =>
           thrown(() => ipcRenderer.send('note', 0, { list: [0, it] })));",
    );
    let seen = seen.as_array().expect("a list");
    assert_eq!(seen.len(), 10);
    for seen in seen {
        let seen = seen.as_str().unwrap_or_default();
        assert!(seen.contains("An object could not be cloned"), "{seen}");
        assert!(seen.contains("argument 2, .list[1]"), "{seen}");
    }
}

/// Electron: ipcRenderer.send: can send objects that both reference the same
/// object
/// passes
fn an_object_that_is_there_twice_crosses_twice(page: &Page<'_>) {
    let seen = run(
        page,
        "const child = { hello: 'world' };
         const one = { name: 'one', child };
         const two = { name: 'two', child };
         const back = await received([[one, two], one, two, child]);
         return [...back, back[1].child === back[2].child];",
    );
    let child = json!({ "hello": "world" });
    let one = json!({ "name": "one", "child": child });
    let two = json!({ "name": "two", "child": child });
    assert_eq!(seen, json!([[one, two], one, two, child, false]));
}

/// Electron: ipcRenderer.send: can handle cyclic references
/// differs: text has no cycles; the call is refused, with the path to where one
/// closes
fn a_cycle_is_refused_by_its_path(page: &Page<'_>) {
    let seen = run(
        page,
        "const array = [5];
         array.push(array);
         const child = { hello: 'world' };
         child.child = { list: [child] };
         return [array, child].map((it) =>
           thrown(() => ipcRenderer.send('note', 0, it)));",
    );
    let refused = |path| {
        format!("Error: An object could not be cloned: argument 2, {path}")
    };
    let paths = ["[1] is a cycle", ".child.list[0] is a cycle"];
    assert_eq!(seen, json!(paths.map(refused)));
}

fn a_channel_is_a_string(page: &Page<'_>) {
    let seen = run(
        page,
        "return [[], [null], [7], [{ toString: () => 'note' }]].map((args) =>
           thrown(() => ipcRenderer.send(...args)));",
    );
    assert_eq!(seen, json!(vec!["TypeError: A channel is a string"; 4]));
}

/// `invoke` never throws: who awaits it has one place for what fails.
fn a_refused_call_is_a_rejected_one(page: &Page<'_>) {
    let seen = run(
        page,
        "const seen = [];
         for (const args of [[], ['echo', () => 0]])
           await ipcRenderer.invoke(...args).catch(
             ({ message }) => seen.push(message));
         return [...seen, await ipcRenderer.invoke('ping')];",
    );
    let cloned = "An object could not be cloned: argument 1 is a function";
    assert_eq!(seen, json!(["A channel is a string", cloned, "Pong"]));
}

#[test]
fn ipc_renderer_is_what_electrons_is() {
    let app = App::start(env!("CARGO_BIN_EXE_ipc-cases"));
    let page = app.page();
    no_message_is_sent_synchronously(&page);
    what_else_it_lacks_is_named(&page);
    the_listeners_of_one_channel_go(&page);
    all_listeners_go(&page);
    the_page_needs_no_listener_for_itself(&page);
    no_other_window_has_one(&page);
    no_worker_has_one(&page);
}

/// Electron: ipcRenderer.sendSync: can be replied to by setting
/// event.returnValue
/// differs: sendSync is refused by its name: the page would stand still until
/// main answers
fn no_message_is_sent_synchronously(page: &Page<'_>) {
    let seen =
        run(page, "return thrown(() => ipcRenderer.sendSync('echo', 'test'))");
    let refused = "Error: ipcRenderer.sendSync is not here: ask main for it by \
                   ipcRenderer.invoke";
    assert_eq!(seen, refused);
}

fn what_else_it_lacks_is_named(page: &Page<'_>) {
    let names = ["sendToHost", "postMessage", "sendTo", "eventNames"];
    for name in names {
        let script = format!("return thrown(() => ipcRenderer.{name}('a'))");
        let refused = format!(
            "Error: ipcRenderer.{name} is not here: ask main for it by \
             ipcRenderer.invoke"
        );
        assert_eq!(run(page, &script), refused);
    }
}

/// Electron: ipcRenderer.removeAllListeners: removes only the given channel
/// passes
fn the_listeners_of_one_channel_go(page: &Page<'_>) {
    let seen = run(
        page,
        "const heard = [];
         const hear = (name) => () => heard.push(name);
         ipcRenderer.on('channel1', hear(1)).once('channel1', hear(1));
         ipcRenderer.on('channel2', hear(2));
         ipcRenderer.removeAllListeners('channel1');
         for (const channel of ['channel1', 'channel2'])
           ipcRenderer.send('reply-to', channel, 0);
         await ipcRenderer.invoke('ping');
         return heard;",
    );
    assert_eq!(seen, json!([2]));
}

/// Electron: ipcRenderer.removeAllListeners: removes all channels if no channel
/// is specified
/// passes
fn all_listeners_go(page: &Page<'_>) {
    let seen = run(
        page,
        "const heard = [];
         ipcRenderer.on('channel1', () => heard.push(1));
         ipcRenderer.on('', () => heard.push(3));
         ipcRenderer.removeAllListeners();
         for (const channel of ['channel1', 'channel2', ''])
           ipcRenderer.send('reply-to', channel, 0);
         await ipcRenderer.invoke('ping');
         return heard;",
    );
    assert_eq!(seen, json!([]));
}

/// All of them are gone by now: answers come all the same, and a listener to
/// what looks like an answer hears nothing.
///
/// Electron: ipcRenderer.on: is not used for internals
/// passes
fn the_page_needs_no_listener_for_itself(page: &Page<'_>) {
    let seen = run(
        page,
        "const heard = [];
         for (const channel of ['ping', 'reply', 'error', 'send', 'null', '1'])
           ipcRenderer.on(channel, () => heard.push(channel));
         ipcRenderer.send('reply-to', 'nobody', 0);
         const pong = await ipcRenderer.invoke('ping');
         await ipcRenderer.invoke('fail').catch(() => 0);
         ipcRenderer.removeAllListeners();
         return [pong, heard];",
    );
    assert_eq!(seen, json!(["Pong", []]));
}

/// Electron: ipcRenderer: throws an exception after context is released
/// differs: no other window of the page's has one: it can open none, and a
/// frame has no preload
fn no_other_window_has_one(page: &Page<'_>) {
    let seen = run(
        page,
        "const opened = window.open('', 'child');
         const frame = document.createElement('iframe');
         frame.src = '/';
         document.body.append(frame);
         await new Promise((resolve) => { frame.onload = resolve; });
         const { document: itsOwn, electron: its } = frame.contentWindow;
         const title = itsOwn.title;
         frame.remove();
         return [opened, title, typeof its];",
    );
    assert_eq!(seen, json!([null, "Cases", "undefined"]));
}

/// Electron: ServiceWorkerMain.ipc.on: can receive a message during startup
/// differs: a page here has no service workers, for its protocol is our own
/// Electron: ServiceWorkerMain.ipc.on: receives a message
/// differs: a page here has no service workers
/// Electron: ServiceWorkerMain.ipc.on: does not receive message on ipcMain
/// differs: a page here has no service workers
/// Electron: ServiceWorkerMain.ipc.handle: receives and responds to message
/// differs: a page here has no service workers
/// Electron: ServiceWorkerMain.ipc.handle: works after restarting worker
/// differs: a page here has no service workers
fn no_worker_has_one(page: &Page<'_>) {
    let seen = run(
        page,
        "return navigator.serviceWorker?.register('/').then(
           () => 'registered', ({ message }) => message) ?? 'not there';",
    );
    let seen = seen.as_str().unwrap_or_default();
    assert!(seen.ends_with("whose protocol is either HTTP or HTTPS"), "{seen}");
}
