//! Several windows: each is made, spoken to and closed by itself.
#![cfg(target_os = "linux")]
use ask::run;
use harness::{App, Page};
use serde_json::json;

#[path = "ipc/ask.rs"]
mod ask;

fn start() -> App {
    App::start(env!("CARGO_BIN_EXE_ipc-windows")).with_main("1")
}

/// Opens a window, and gives its page.
#[track_caller]
fn open<'a>(app: &'a App, from: &Page<'_>, parent: Option<u32>) -> Page<'a> {
    let id = run(from, &format!("return invoke('open', {})", json!(parent)));
    app.page_of(&id.to_string())
}

const CLOSED: &str = "true Error: Object has been destroyed";
const LEFT: &str = "true Error: The document was left before it answered";

#[test]
fn windows_are_made_at_any_time_and_are_apart() {
    let app = start();
    let first = app.page();
    assert_eq!(run(&first, "return invoke('open', null)"), 2);
    assert_eq!(run(&first, "return invoke('open-later')"), 3);
    run(&first, "send('open')");
    let [second, third, fourth] = ["2", "3", "4"].map(|it| app.page_of(it));
    assert_eq!(run(&second, "return invoke('all')"), json!([1, 2, 3, 4]));
    for (at, page) in (1..).zip([&first, &second, &third, &fourth]) {
        each_has_its_own_preload_and_its_own_sender(page, at);
    }
    main_speaks_to_one_of_them([&first, &second, &third]);
    there_is_a_window_for_each_number(&first);
    what_the_pages_share_is_the_webs(&first, &second);
    own_listeners_hear_before_mains(&second, &third);
    own_handlers_answer_in_mains_place(&second, &third);
    windows_have_a_family(&app, &first);
}

/// Electron: BrowserWindow.fromWebContents(webContents): returns the window with
/// the webContents
/// passes
fn each_has_its_own_preload_and_its_own_sender(page: &Page<'_>, at: u32) {
    let script = "return [await invoke('sender'), window.isOther ?? false]";
    assert_eq!(run(page, script), json!([[at, at], at > 1]));
}

fn main_speaks_to_one_of_them([first, second, third]: [&Page<'_>; 3]) {
    for page in [second, third] {
        run(page, "on('told', (event, ...it) => { window.told = it; })");
    }
    run(first, "return invoke('send-to', 3, new Map([['a', 1]]))");
    third.wait_until("window.told?.[1].get('a') === 1");
    // It would have come before this.
    let seen = run(second, "await invoke('sender'); return typeof told");
    assert_eq!(seen, "undefined");
    assert_eq!(third.run("return told[0]"), 1, "who speaks is main's word");
}

/// Electron: BrowserWindow.fromId(id): returns the window with id
/// passes
/// Electron: BrowserWindow.fromWebContents(webContents): returns null for
/// webContents without a BrowserWindow
/// differs: it is an error, so that `?` can end a handler; only the page of a
/// window that is closed has none
fn there_is_a_window_for_each_number(page: &Page<'_>) {
    // The program itself looks for the first.
    let script = "return failure(invoke('send-to', 99, 0))";
    assert_eq!(run(page, script), CLOSED);
}

/// `put(value)` and `get()`, of a store of an IndexedDB.
const STORE: &str = "
    const done = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const opening = indexedDB.open('shared');
    opening.onupgradeneeded = () => opening.result.createObjectStore('all');
    const base = await done(opening);
    const store = () => base.transaction('all', 'readwrite').objectStore('all');
    const put = (value) => done(store().put(value, 'key'));
    const get = () => done(store().get('key'));";

/// Neither of them needs main for that.
fn what_the_pages_share_is_the_webs(first: &Page<'_>, second: &Page<'_>) {
    second.run(
        "window.shared = [];
         window.channel = new BroadcastChannel('a');
         channel.onmessage = ({ data }) => shared.push(data);
         addEventListener('storage', ({ key }) => shared.push(key));",
    );
    let seen = first.run(
        "new BroadcastChannel('a').postMessage('a channel');
         localStorage.storage = 1;
         sessionStorage.mine = 1;
         document.cookie = 'mine=1';
         const { port } = new SharedWorker('/worker.js');
         const worker = await new Promise((resolve) => {
           port.onmessage = ({ data }) => resolve(data);
         });
         return [worker, window.opener, window.open('/', '2')];",
    );
    assert_eq!(seen, json!([1, null, null]), "no page has another's window");
    second.wait_until("shared.length === 2");
    let seen = second.run(
        "return [shared.sort(), localStorage.storage,
                 sessionStorage.mine ?? 0, document.cookie]",
    );
    assert_eq!(seen, json!([["a channel", "storage"], "1", 0, ""]));
    first.run(&format!("{STORE} await put('in the base')"));
    let seen = second.run(&format!("{STORE} return get()"));
    assert_eq!(seen, "in the base");
}

/// Electron: WebContents.ipc: receives ipc messages sent from the WebContents
/// passes
/// Electron: WebContents.ipc: receives sync-ipc messages sent from the
/// WebContents
/// differs: sendSync is refused by its name
/// Electron: WebContents.ipc: cascades to ipcMain
/// passes
fn own_listeners_hear_before_mains(own: &Page<'_>, other: &Page<'_>) {
    run(own, "return invoke('own', 2)");
    let script = "
        const heard = [];
        ipcRenderer.removeAllListeners();
        on('told', (event, who) => heard.push(who));
        send('note');
        send('only');
        await invoke('echo', 0);
        try { ipcRenderer.sendSync('note'); } catch ({ message }) {
          if (!message.startsWith('ipcRenderer.sendSync is not here')) throw 0;
        }
        return heard;";
    assert_eq!(run(own, script), json!(["ipc", "ipcMain", "only"]));
    assert_eq!(run(other, script), json!(["ipcMain"]));
}

/// Electron: WebContents.ipc: handles invoke messages sent from the WebContents
/// passes
/// Electron: WebContents.ipc: overrides ipcMain handlers
/// passes
/// Electron: WebContents.ipc: falls back to ipcMain handlers
/// passes
fn own_handlers_answer_in_mains_place(own: &Page<'_>, other: &Page<'_>) {
    assert_eq!(run(own, "return invoke('who')"), "window 2");
    assert_eq!(run(own, "return invoke('echo', 'main')"), "main");
    assert_eq!(run(other, "return invoke('who')"), "ipcMain");
    run(own, "return invoke('disown')");
    assert_eq!(run(own, "return invoke('who')"), "ipcMain");
}

/// Electron: parent option: sets parent window
/// passes
/// Electron: parent option: adds window to child windows of parent
/// passes
/// Electron: parent option: removes from child windows of parent when window is
/// closed
/// passes
fn windows_have_a_family(app: &App, first: &Page<'_>) {
    open(app, first, Some(4));
    open(app, first, Some(5));
    let family = |id: u32| {
        let script = format!("return failure(invoke('family', {id}))");
        run(first, &script)
    };
    let of = |it: &str| json!(format!("resolved with {it}"));
    assert_eq!([family(4), family(5)], [of(",5"), of("4,6")]);
    run(first, "return invoke('close', 5)");
    assert_eq!(
        [family(4), family(5), family(6)],
        [of(","), json!(CLOSED), json!(CLOSED)]
    );
    assert_eq!(run(first, "return invoke('all')"), json!([1, 2, 3, 4]));
    let closed: Vec<_> = app
        .output()
        .lines()
        .filter_map(|it| it.strip_prefix("[main] window "))
        .map(|it| it.chars().next().unwrap_or_default())
        .collect();
    assert_eq!(closed, ['6', '5'], "a child is closed before its parent");
}

#[test]
fn a_window_that_closes_takes_along_what_is_its_and_nothing_else() {
    let app = start();
    let first = app.page();
    the_calls_of_its_page_end_and_others_do_not(&app, &first);
    its_handlers_and_what_they_own_are_gone(&app, &first);
    what_main_says_to_it_is_refused(&app, &first);
    one_is_closed_by_its_own_call_and_in_the_middle_of_a_crossing(&app, &first);
    one_is_closed_while_its_page_is_loading(&app, &first);
    one_that_closes_itself_takes_its_children_along(&app, &first);
    listeners_may_open_windows_and_not_children_of_one_that_closes(
        &app, &first,
    );
    one_that_is_closed_when_loaded_is_told_no_more(&app, &first);
    one_with_a_control_character_in_its_title_does_not_open(&first);
    assert_eq!(run(&first, "return invoke('dropped')"), 3);
    the_first_window_may_go_first_and_the_last_one_ends_the_program(
        &app, &first,
    );
    assert_eq!(app.errors().matches("panicked").count(), 1);
}

/// Electron: BrowserWindow.close(): should not crash if called after webContents
/// is destroyed
/// passes
/// Electron: BrowserWindow.close(): should allow access to id after destruction
/// passes
/// Electron: BrowserWindow.close(): should emit unload handler
/// differs: the page's process may end before, and main hears nothing of it
/// Electron: BrowserWindow.close(): should emit beforeunload handler
/// differs: the page is not asked
fn the_calls_of_its_page_end_and_others_do_not(app: &App, first: &Page<'_>) {
    let second = open(app, first, None);
    run(
        &second,
        "for (const name of ['beforeunload', 'pagehide', 'unload'])
           addEventListener(name, () => {
             localStorage[name] = 1;
             send('note');
           });
         invoke('never');
         invoke('never');
         await invoke('echo', 0);",
    );
    run(first, "window.mine = invoke('never'); await invoke('echo', 0);");
    assert_eq!(run(first, "return invoke('close', 2)"), json!([2, true]));
    assert_eq!(run(first, "return invoke('dropped')"), 2);
    let race = "return Promise.race([mine, invoke('echo', 'waits')])";
    assert_eq!(run(first, race), "waits");
    // It is not asked, and what it says at its end is not heard.
    assert_eq!(first.run("return 'beforeunload' in localStorage"), false);
    assert!(!app.output().contains("[renderer 2 → main] send note"));
}

fn its_handlers_and_what_they_own_are_gone(app: &App, first: &Page<'_>) {
    let page = open(app, first, None);
    run(&page, "return invoke('own', 3)");
    assert_eq!(run(&page, "return invoke('who')"), "window 3");
    app.close_window("3");
    app.wait_for_line("[main] window 3 is closed: Object has been destroyed");
    assert_eq!(run(first, "return invoke('disowned')"), 1);
    let titles = || app.windows().into_iter().map(|it| it.title);
    app.wait_until("one window", || titles().eq(["1"]));
}

/// Electron: BrowserWindow.destroy(): prevents users to access methods of
/// webContents
/// passes
fn what_main_says_to_it_is_refused(_: &App, first: &Page<'_>) {
    for call in ["'send-to', 3, 0", "'own', 3", "'close', 3", "'open', 3"] {
        let script = format!("return failure(invoke({call}))");
        assert_eq!(run(first, &script), CLOSED, "{call}");
    }
}

fn one_is_closed_by_its_own_call_and_in_the_middle_of_a_crossing(
    app: &App,
    first: &Page<'_>,
) {
    let page = open(app, first, None);
    // The page is gone before there is an answer for the driver, too.
    let _ = page.try_run(
        "setTimeout(() => electron.ipcRenderer.invoke('close-me'))",
        &[],
    );
    app.wait_for_line(
        "[main] refused: an answer is lost: Object has been destroyed",
    );
    let page = open(app, first, None);
    let _ = page.try_run(
        "setTimeout(() => {
           const { send } = electron.ipcRenderer;
           send('close-and-wait');
           for (let n = 0; n < 20; n++) send('note');
         })",
        &[],
    );
    app.wait_for_line("[main] window 5 is closed: Object has been destroyed");
    let page = open(app, first, None);
    let _ = page.try_run(
        "setTimeout(() => electron.ipcRenderer.send('close-me'))",
        &[],
    );
    app.wait_for_line("[main] refused: Object has been destroyed");
    assert_eq!(run(first, "return invoke('all')"), json!([1]));
    let output = app.output();
    assert!(!output.contains("goes on for a page that is gone"), "{output}");
    assert!(!output.contains("[renderer 5 → main] send note"), "{output}");
}

fn one_is_closed_while_its_page_is_loading(_: &App, first: &Page<'_>) {
    run(first, "return invoke('many', 2)");
    assert_eq!(run(first, "return invoke('all')"), json!([1]));
}

fn one_that_is_closed_when_loaded_is_told_no_more(app: &App, first: &Page<'_>) {
    let id = run(first, "return invoke('open-short')");
    app.wait_for_line(&format!(
        "[main] window {id} is closed: Object has been destroyed"
    ));
    assert_eq!(run(first, "return invoke('all')"), json!([1]));
    let output = app.output();
    assert!(!output.contains("a closed page is loaded"), "{output}");
}

fn one_with_a_control_character_in_its_title_does_not_open(first: &Page<'_>) {
    let seen = run(
        first,
        "const open = invoke('open-titled', 'a\\0');
         return [await open.catch((why) => why.message), await invoke('all')]",
    );
    assert_eq!(seen, json!(["A title has no control characters", [1]]));
}

fn one_that_closes_itself_takes_its_children_along(
    app: &App,
    first: &Page<'_>,
) {
    let parent = open(app, first, None);
    open(app, first, Some(9));
    parent.run("setTimeout(close)");
    app.wait_for_line("[main] the page of window 9 closed itself");
    app.wait_for_line("[main] window 9 is closed: Object has been destroyed");
    assert_eq!(run(first, "return invoke('all')"), json!([1]));
}

fn listeners_may_open_windows_and_not_children_of_one_that_closes(
    app: &App,
    first: &Page<'_>,
) {
    open(app, first, None);
    open(app, first, Some(11));
    run(first, "return invoke('when-closed', 12)");
    run(first, "return invoke('close', 11)");
    app.wait_for_line("[main] closed: Object has been destroyed");
    app.wait_for_line("[main] closed: main panicked: a listener's mistake");
    assert_eq!(run(first, "return invoke('all')"), json!([1, 13]));
    assert_eq!(run(&app.page_of("13"), "return invoke('echo', 1)"), 1);
    run(first, "return invoke('close', 13)");
}

fn the_first_window_may_go_first_and_the_last_one_ends_the_program(
    app: &App,
    first: &Page<'_>,
) {
    let one = open(app, first, None);
    run(&one, "return invoke('close', 1)");
    // The files are still there.
    let other = open(app, &one, None);
    assert_eq!(run(&other, "return invoke('sender')"), json!([16, 16]));
    app.close_window("15");
    app.wait_for_line("[main] window 15 is closed: Object has been destroyed");
    let _ = other.try_run(
        "setTimeout(() => electron.ipcRenderer.invoke('close-me'))",
        &[],
    );
    assert!(app.wait_for_exit().success());
}

#[test]
fn an_app_may_go_on_without_windows_and_ends_when_it_says_so() {
    let program = env!("CARGO_BIN_EXE_ipc-windows");
    let app = App::start_with(program, |it| _ = it.env("TEST_STAYS", "1"));
    app.close_window("1");
    app.wait_for_line("[main] all windows are closed");
    app.wait_for_window("2");
    assert!(app.is_running());
    app.close_window("2");
    assert!(app.wait_for_exit().success());
    let told = app.output().matches("[main] all windows are closed").count();
    assert_eq!(told, 2);
}

#[test]
fn a_page_that_hangs_or_dies_leaves_the_others_at_work() {
    let mut app = start();
    let first = app.page();
    let second = open(&app, &first, None);
    let third = open(&app, &first, None);
    many_crossings_are_as_many_turns(&app, &first, &second);
    // What it says in one crossing costs main five seconds, and then it hangs.
    third.run(
        "setTimeout(() => {
           for (let n = 0; n < 500; n++) electron.ipcRenderer.send('slow');
           setTimeout(() => { for (;;); });
         });",
    );
    app.wait_for_line("[renderer 3 → main] send slow []");
    for page in [&first, &second] {
        assert_eq!(run(page, "return invoke('echo', 'goes on')"), "goes on");
    }
    // All of a crossing are counted once they have been heard.
    assert!(!app.output().contains("more, in the same crossing"));
    run(&first, "return invoke('send-to', 3, 'is not taken')");
    for (page, other) in [(&first, 2), (&second, 1)] {
        run(
            page,
            &format!(
                "const execute = (id, code) =>
                   failure(invoke('execute-in', id, code));
                 window.ofThird = execute(3, '1');
                 window.ofOther = execute({other}, 'new Promise(() => {{}})');
                 await execute({other}, '1');"
            ),
        );
    }
    app.close_window("3");
    app.wait_for_line("[main] window 3 is closed: Object has been destroyed");
    for page in [&first, &second] {
        assert_eq!(page.run("return ofThird"), CLOSED);
    }
    app.kill_page();
    let gone = |id: u32| {
        let line = format!("[main] the page of window {id} is gone: crashed");
        app.output().contains(&line)
    };
    app.wait_until("one is gone", || gone(1) || gone(2));
    for page in [app.page(), app.page_of("2")] {
        assert_eq!(run(&page, "return invoke('echo', 'goes on')"), "goes on");
    }
    assert!(gone(1) != gone(2), "each page has a process of its own");
    let alive = if gone(1) { app.page_of("2") } else { app.page() };
    assert_eq!(alive.run("return ofOther"), LEFT);
}

/// Each costs main a turn of its own.
fn many_crossings_are_as_many_turns(
    app: &App,
    first: &Page<'_>,
    second: &Page<'_>,
) {
    second.run(
        "for (let n = 0; n < 100; n++)
           webkit.messageHandlers.ipc.postMessage('[\"d\",null,\"slow\",[]]');",
    );
    let heard =
        || app.output().matches("[renderer 2 → main] send slow").count();
    app.wait_until("the second to have its turns", || heard() > 0);
    let calls = "for (let n = 0; n < 5; n++) await invoke('echo', n);";
    run(first, calls);
    assert!(heard() < 60, "five calls waited for {} others", heard());
}

/// Main has nothing of a window that is closed.
#[test]
#[ignore = "a hundred windows: run it by itself"]
fn a_hundred_windows_leave_nothing_behind() {
    let app = start();
    let page = app.page();
    let open_and_close = || run(&page, "return invoke('many', 20)");
    open_and_close();
    let before = app.usage();
    (0..4).for_each(|_| drop(open_and_close()));
    let after = app.usage();
    assert!(after.memory < before.memory + 2_000, "{before:?} {after:?}");
    assert!(after.threads <= before.threads, "{before:?} {after:?}");
}
