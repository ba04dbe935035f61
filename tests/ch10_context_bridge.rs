//! ch10-context-bridge as its user meets it, with its menu and the file dialog.
//!
//! What a preload of another's finds is tried in `tests/preloads.rs`.
#![cfg(target_os = "linux")]
use harness::{App, Chapter, Elsewhere, Key, Page, VERSIONS};
use serde_json::json;
use std::collections::BTreeSet;

/// What it has; `tests/features` says how that is tried.
mod features {
    mod abroad;
    mod answers;
    mod dialog;
    mod exposed;
    mod files;
    mod flat;
    mod guard;
    mod home;
    mod idle;
    mod lifecycle;
    mod messages;
    mod policy;
    mod title;
}

const CHAPTER: Chapter = Chapter {
    apis: &[
        VERSIONS,
        (
            "electronAPI",
            &[
                "setTitle",
                "ping",
                "openFile",
                "onUpdateCounter",
                "counterValue",
            ],
        ),
    ],
    globals: &["__emit", "__preloaded", "__settle", "ipc"],
    call: "electronAPI.ping()",
    ..Chapter::new(env!("CARGO_BIN_EXE_ch10-context-bridge"))
};

const ITEMS: i16 = 2;
const UP: i16 = 0;
const DOWN: i16 = 1;

#[test]
fn plays_as_the_book_shows() {
    let app = CHAPTER.start();
    let notes = app.file("notes.txt");
    let page = app.page();
    page.type_into("#title", "My notes");
    page.click("#title-form button");
    app.wait_for_title("My notes");
    page.click("#ping");
    page.wait_for_text("#answer", "Pong");
    page.click("#btn");
    app.file_dialog().choose(&notes);
    page.wait_for_text("#filePath", notes.to_str().unwrap());
    for count in ["1", "2"] {
        app.click_menu(UP, ITEMS);
        app.wait_for_line(&counted(count));
    }
    app.press(&(Key::Control + "d"));
    page.wait_for_text("#counter", "1");
    app.wait_until("the count to reach main", || {
        app.output().matches(&counted("1")).count() == 2
    });
    app.picture("ch10-context-bridge");
    app.snapshot_window("ch10_context_bridge_window");
    assert!(app.close().success());
    app.snapshot_output("ch10_context_bridge");
}

fn counted(count: &str) -> String {
    format!("[renderer → main] send counter-value [{count}]")
}

#[test]
fn the_page_counts_asks_and_breaks_what_it_likes_and_main_goes_on() {
    let app = CHAPTER.start();
    let page = app.page();
    the_menu_counts_by_mouse_and_by_keys_whatever_has_the_focus(&app, &page);
    whatever_the_page_counts_is_one_line(&app, &page);
    what_the_page_is_given_returns_nothing_of_electrons(&page);
    page.reload();
    an_answer_to_the_page_before_settles_nothing_in_the_new_one(&app, &page);
    a_page_that_breaks_what_the_preload_uses_breaks_nothing_in_main(
        &app, &page,
    );
    assert!(app.close().success());
}

fn the_menu_counts_by_mouse_and_by_keys_whatever_has_the_focus(
    app: &App,
    page: &Page<'_>,
) {
    app.click_menu(UP, ITEMS);
    page.wait_for_text("#counter", "1");
    app.click_menu(DOWN, ITEMS);
    page.wait_for_text("#counter", "0");
    page.click("#title");
    for count in ["-1", "-2"] {
        app.press(&(Key::Control + "d"));
        page.wait_for_text("#counter", count);
    }
    app.press(&(Key::Control + "u"));
    page.wait_for_text("#counter", "-1");
    assert_eq!(page.property("#title", "value"), "");
    // A new page begins anew, and is told of each click once.
    page.reload();
    page.wait_for_text("#counter", "0");
    app.click_menu(UP, ITEMS);
    page.wait_for_text("#counter", "1");
}

/// The page may count as it likes: main prints what it says, and no more.
fn whatever_the_page_counts_is_one_line(app: &App, page: &Page<'_>) {
    for (value, args) in [
        ("'seven'", r#"["seven"]"#),
        ("{ a: [1n] ? 1 : 2 }", r#"[{"a":1}]"#),
        ("'\\n[main] forged'", r#"["\n[main] forged"]"#),
        ("", "[null]"),
    ] {
        page.run(&format!("electronAPI.counterValue({value})"));
        app.wait_for_line(&counted(&args[1..args.len() - 1]));
    }
    // Main answers after all that comes of them.
    assert_eq!(page.run("return electronAPI.ping()"), "Pong");
    assert!(!app.output().contains("refused"), "{}", app.output());
}

/// A listener's return value would be all of `ipcRenderer`.
fn what_the_page_is_given_returns_nothing_of_electrons(page: &Page<'_>) {
    let returned = page.run(
        "const given = [electronAPI.onUpdateCounter(() => 0),
           electronAPI.counterValue(1), electronAPI.setTitle('A')];
         return given.map((it) => typeof it);",
    );
    const NOTHING: &str = "undefined";
    assert_eq!(returned, json!([NOTHING, NOTHING, NOTHING]));
}

/// Two dialogs at once would let a call of the page before settle one of the
/// new page's, for their numbers are the same.
fn an_answer_to_the_page_before_settles_nothing_in_the_new_one(
    app: &App,
    page: &Page<'_>,
) {
    let notes = app.file("notes.txt");
    page.click("#btn");
    let dialog = app.file_dialog();
    page.reload();
    page.click("#btn");
    page.wait_for_text("#filePath", "A file dialog is open already");
    dialog.choose(&notes);
    let path = notes.to_str().expect("its name is plain");
    app.wait_for_line(&format!("[main → renderer] reply #1 \"{path}\""));
    page.click("#ping");
    page.wait_for_text("#answer", "Pong");
    assert_eq!(page.text("#filePath"), "A file dialog is open already");
}

/// Main goes on, and so does the page once it has what it took away.
fn a_page_that_breaks_what_the_preload_uses_breaks_nothing_in_main(
    app: &App,
    page: &Page<'_>,
) {
    // The driver needs some of them too, so all this is done in one script.
    let seen = page.run(
        "const all = [[JSON, 'parse'], [JSON, 'stringify'], [Map.prototype, 'get'],
           [Map.prototype, 'set'], [Array.prototype, 'map'],
           [Array.prototype, 'filter'], [Array.prototype, Symbol.iterator],
           [window, 'Proxy'], [window, 'Promise'], [window, 'reportError']];
         const kept = all.map(([owner, name]) => owner[name]);
         for (let i = 0; i < all.length; i++)
           for (const bad of [undefined, () => { throw 1; }, () => 'forged']) {
             all[i][0][all[i][1]] = bad;
             try { electronAPI.setTitle('A'); } catch {}
             try { electronAPI.ping(); } catch {}
             try { electronAPI.onUpdateCounter(() => 0); } catch {}
             try { __emit('[\"update-counter\",[1]]'); } catch {}
             try { __settle('[1,\"reply\",1]'); } catch {}
             all[i][0][all[i][1]] = kept[i];
           }
         return electronAPI.ping();",
    );
    assert_eq!(seen, "Pong");
    page.run("electronAPI.setTitle('alive')");
    app.wait_for_title("alive");
}

/// They would run in Electron as they are. What is Electron's here is made of
/// names that `electron.js` has, and the page's files use none of the others.
#[test]
fn the_page_files_name_nothing_of_ours() {
    let files = concat!(
        include_str!("../chapters/ch10-context-bridge/preload.js"),
        include_str!("../chapters/ch10-context-bridge/renderer.js"),
        include_str!("../chapters/ch10-context-bridge/index.html"),
    );
    let electron = include_str!("../chapters/ch10-context-bridge/electron.js");
    let declared = electron.lines().filter_map(|line| {
        let name = line.strip_prefix("const ").or(line.strip_prefix("let "))?;
        name.split(' ').next()
    });
    let electrons =
        ["contextBridge", "electron", "ipcRenderer", "process", "require"];
    let ours: BTreeSet<_> = declared
        .filter(|name| !electrons.contains(name))
        .chain(CHAPTER.globals.iter().copied())
        .chain(["given", "webkit"])
        .collect();
    assert!(ours.len() > 15 && ours.contains("settle"), "{ours:?}");
    // What follows a dot is a name of something else's: `ipcRenderer.send`.
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let used: BTreeSet<_> = files.split(|c| !is_part(c)).collect();
    let used = used.iter().filter_map(|it| it.split('.').next());
    let named: Vec<_> = used.filter(|it| ours.contains(it)).collect();
    assert_eq!(named, [""; 0], "in the page's files");
}

#[test]
fn listeners_come_and_go_as_electrons_do() {
    let app = CHAPTER.start();
    let page = app.page();
    take_ipc_renderer(&app, &page);
    each_is_called_in_order_with_an_event_and_the_arguments(&page);
    one_can_be_removed_once_for_each_time_that_it_was_added(&page);
    once_is_once_even_beside_the_same_listener(&page);
    one_that_adds_or_removes_one_disturbs_no_other(&page);
    one_that_throws_is_reported_and_the_others_run(&page);
    all_of_one_channel_or_of_all_can_go(&page);
    what_is_no_listener_is_refused(&page);
    what_is_not_there_is_refused_by_its_name(&page);
}

/// What the preload has is not exposed. Page and preload live in one world, so
/// a page that puts a `Proxy` of its own in place is handed it with an event.
fn take_ipc_renderer(app: &App, page: &Page<'_>) {
    page.run(
        "const { Proxy } = window;
         window.Proxy = function (members, handler) {
           window.ipcRenderer = members.sender;
           return new Proxy(members, handler);
         };",
    );
    app.press(&(Key::Control + "u"));
    page.wait_until("window.ipcRenderer");
    page.run(
        "window.heard = [];
         window.hear = (name) => (event, ...args) => heard.push([name, ...args]);
         window.emit = (channel, ...args) => {
           heard.length = 0;
           __emit(JSON.stringify([channel, args]));
           return heard.map((it) => it.join(' ')).join(', ');
         };",
    );
}

fn each_is_called_in_order_with_an_event_and_the_arguments(page: &Page<'_>) {
    let seen = page.run(
        "const isItself = ipcRenderer.on('a', hear('one')) === ipcRenderer;
         let event;
         ipcRenderer.on('a', hear('two')).on('b', hear('other'));
         ipcRenderer.once('a', (it) => { event = it; });
         return [emit('a', 1, 'x'), isItself, event.sender === ipcRenderer,
                 emit('nobody')];",
    );
    assert_eq!(seen, json!(["one 1 x, two 1 x", true, true, ""]));
}

fn one_can_be_removed_once_for_each_time_that_it_was_added(page: &Page<'_>) {
    let seen = page.run(
        "const one = hear('one');
         ipcRenderer.on('c', one).on('c', hear('two')).on('c', one);
         const seen = [emit('c')];
         for (const remove of ['off', 'removeListener', 'off']) {
           ipcRenderer[remove]('c', one);
           seen.push(emit('c'));
         }
         ipcRenderer.off('nobody', one);
         return seen;",
    );
    assert_eq!(seen, json!(["one, two, one", "one, two", "two", "two"]));
}

fn once_is_once_even_beside_the_same_listener(page: &Page<'_>) {
    let seen = page.run(
        "const it = hear('it');
         ipcRenderer.once('d', it).on('d', it);
         const seen = [emit('d'), emit('d')];
         ipcRenderer.once('d', hear('gone')).off('d', it);
         ipcRenderer.once('e', it).off('e', it);
         return [...seen, emit('d'), emit('d'), emit('e')];",
    );
    assert_eq!(seen, json!(["it, it", "it", "gone", "", ""]));
}

fn one_that_adds_or_removes_one_disturbs_no_other(page: &Page<'_>) {
    let seen = page.run(
        "const last = hear('last');
         const itself = () => {
           heard.push(['itself']);
           ipcRenderer.off('f', itself).off('f', last).on('f', hear('new'));
         };
         ipcRenderer.on('f', itself).on('f', hear('mid')).on('f', last);
         ipcRenderer.on('l', () => ipcRenderer.on('l', hear('later')));
         return [emit('f'), emit('f'), emit('l'), emit('l')];",
    );
    let heard = ["itself, mid, last", "mid, new", "", "later"];
    assert_eq!(seen, json!(heard));
}

fn one_that_throws_is_reported_and_the_others_run(page: &Page<'_>) {
    let seen = page.run(
        "const reported = [];
         addEventListener('error', ({ error }) => reported.push(error.message));
         ipcRenderer.on('g', () => { throw new Error('its own'); });
         ipcRenderer.on('g', hear('next'));
         return [emit('g'), emit('g'), reported];",
    );
    assert_eq!(seen, json!(["next", "next", ["its own", "its own"]]));
}

fn all_of_one_channel_or_of_all_can_go(page: &Page<'_>) {
    let seen = page.run(
        "const it = hear('it');
         ipcRenderer.on('h', it).on('h', it).on('i', it).on('', it);
         const isItself = ipcRenderer.removeAllListeners('h') === ipcRenderer;
         const seen = [emit('h'), emit('i')];
         ipcRenderer.removeAllListeners('');
         seen.push(emit(''), emit('i'));
         ipcRenderer.removeAllListeners();
         return [isItself, ...seen, emit('i'), emit('update-counter', 1)];",
    );
    assert_eq!(seen, json!([true, "", "it", "", "it", "", ""]));
}

fn what_is_no_listener_is_refused(page: &Page<'_>) {
    let seen = page.run(
        "return ['on', 'once'].map((add) => {
           try { ipcRenderer[add]('j'); return 'nothing'; }
           catch (error) { return `${error.name}: ${error.message}`; }
         });",
    );
    let error = "TypeError: The listener for 'j' is not a function";
    assert_eq!(seen, json!([error, error]));
}

/// More of them are asked for in `tests/preloads.rs`.
fn what_is_not_there_is_refused_by_its_name(page: &Page<'_>) {
    let seen = page.run(
        "try { ipcRenderer.sendSync('k'); } catch ({ message }) { return message; }",
    );
    let error = "ipcRenderer.sendSync is not here: ask main for it by \
                 ipcRenderer.invoke";
    assert_eq!(seen, error);
}

/// What is still naive, as the book's page tells it.
mod naive {
    use super::*;

    #[test]
    fn the_page_has_all_that_the_preload_has_and_can_end_the_program() {
        let app = CHAPTER.start();
        let page = app.page();
        the_page_gets_the_very_objects(&page);
        the_page_speaks_into_the_pipe(&app, &page);
        the_page_replaces_what_the_preload_calls(&app, &page);
        a_crafted_message_ends_the_program(&app, &page);
    }

    fn the_page_gets_the_very_objects(page: &Page<'_>) {
        let seen = page.run(
            "electronAPI.setTitle.by = 'the page';
             return electronAPI.setTitle.by;",
        );
        assert_eq!(seen, "the page");
    }

    fn the_page_speaks_into_the_pipe(app: &App, page: &Page<'_>) {
        let message = r#"[null,"set-title",["past the preload"]]"#;
        page.run_with("ipc.postMessage(arguments[0])", &[message.into()]);
        app.wait_for_title("past the preload");
    }

    fn the_page_replaces_what_the_preload_calls(app: &App, page: &Page<'_>) {
        page.run(
            "const { stringify } = JSON;
             JSON.stringify = () => '\"by the page\"';
             electronAPI.ping();
             JSON.stringify = stringify;",
        );
        let refusal = "\"No handler registered for 'by the page'\"";
        app.wait_for_line(&format!("[main → renderer] error #1 {refusal}"));
    }

    fn a_crafted_message_ends_the_program(app: &App, page: &Page<'_>) {
        // Not at once: the driver would wait for an answer for ever.
        page.run(
            "electronAPI.onUpdateCounter(() =>
               webkit.messageHandlers.ipc.postMessage({ toString: 0, valueOf: 0 }));",
        );
        app.press(&(Key::Control + "u"));
        assert_eq!(app.wait_for_exit().code(), None, "a signal has ended it");
    }
}

/// An answer, or what main sends, goes to the page that is there: so the page
/// stays at home.
#[test]
#[ignore = "for a copy whose page may leave: cargo x prove"]
fn a_foreign_page_could_read_what_main_sends() {
    let app = CHAPTER.start();
    let page = app.page();
    let elsewhere = Elsewhere::start();
    page.open(elsewhere.origin());
    assert_eq!(page.run("return location.origin"), elsewhere.origin());
    page.run("window.__emit = (told) => { window.read = told; }");
    app.press(&(Key::Control + "u"));
    page.wait_until("window.read");
    assert_eq!(page.run("return window.read"), r#"["update-counter",[1]]"#);
}
