//! ch09-tauri-capabilities as its user meets it, with both of its windows.
#![cfg(target_os = "linux")]
use harness::{App, Chapter, Elsewhere, Page, VERSIONS, snapshot_table};
use serde_json::{Value, json};

/// What it has; `tests/features` says how that is tried.
mod features {
    mod abroad;
    mod answers;
    mod exposed;
    mod flat;
    mod guard;
    mod home;
    mod idle;
    mod lifecycle;
    mod policy;
    mod tauri_files;
}

const CHAPTER: Chapter = Chapter {
    other_windows: &[SECOND],
    apis: &[VERSIONS, ("electronAPI", &["ping", "work", "cancel", "onWork"])],
    globals: &["__preloaded", "ipc"],
    tauris_globals: &[
        "__TAURI_EVENT_PLUGIN_INTERNALS__",
        "__TAURI_IIFE__",
        "__TAURI_INTERNALS__",
        "__internal_unstable_listeners_function_id__",
        "isTauri",
    ],
    call: "electronAPI.ping()",
    ..Chapter::new(env!("CARGO_BIN_EXE_ch09-tauri-capabilities"))
};
/// The page once more, in a frame: `inner` is the frame's window.
const FRAME: &str = "
    const frame = document.createElement('iframe');
    const loaded = new Promise((done) => { frame.onload = done; });
    frame.src = '/';
    document.body.append(frame);
    await loaded;
    const inner = frame.contentWindow;";
const FIRST: &str = "ch09-tauri-capabilities";
const SECOND: &str = "The second window";

#[test]
fn plays_as_the_book_shows() {
    // The picture is of the second window: it shows what is refused.
    let app = CHAPTER.start().with_main(SECOND);
    let (first, second) = (app.page_of(FIRST), app.page());
    follow(&second);
    second.click("#work");
    app.wait_until("the report", || app.output().contains("invoke report"));
    second.wait_until(
        "document.getElementById('outcome').textContent
         .startsWith('work not allowed on window \"second\"')",
    );
    first.click("#ping");
    first.wait_for_text("#answer", "Pong");
    first.click("#work");
    first.wait_for_text("#outcome", "Done");
    first.wait_until("document.getElementById('progress').position === 1");
    assert_eq!(first.property("#progress", "ariaLabel"), "Progress");
    second.wait_for_text("#news", "Its work: Done");
    app.picture("ch09-tauri-capabilities");
    app.snapshot_window("ch09_tauri_capabilities_window");
    app.close_window(FIRST);
    app.wait_until("one window", || app.windows().len() == 1);
    assert!(app.close().success());
    app.snapshot_output("ch09_tauri_capabilities");
}

#[test]
fn a_call_is_allowed_by_the_label_of_its_window_and_by_nothing_else() {
    let app = CHAPTER.start();
    let (first, second) = pages(&app);
    each_window_may_call_what_its_capabilities_say(&app, &first, &second);
    a_frame_is_given_nothing_and_may_call_what_its_window_may(
        &app, &first, &second,
    );
    a_script_can_read_the_key_and_lend_it_to_a_frame(&first);
    a_message_for_a_callback_that_nobody_has_is_a_warning(&first);
    a_thousand_refusals_at_once_are_a_thousand_reports(&app, &second);
}

fn each_window_may_call_what_its_capabilities_say(
    app: &App,
    first: &Page<'_>,
    second: &Page<'_>,
) {
    let rows = [
        "ping",
        "report",
        "cancel",
        "work",
        "missing",
        "plugin:event|listen",
        "plugin:event|unlisten",
        "plugin:event|emit",
        "plugin:event|emit_to",
        "plugin:window|set_title",
    ]
    .map(|command| [command.into(), ask(first, command), ask(second, command)]);
    // A command that no capability permits, and one that some denies.
    let refused = |answer: &str| {
        answer.contains(" not allowed") || answer.contains(" denied ")
    };
    let allowed = |column: usize| -> Vec<_> {
        let rows = rows.iter().filter(|row| !refused(&row[column]));
        rows.map(|row| row[0].as_str()).collect()
    };
    let (listen, unlisten) = ("plugin:event|listen", "plugin:event|unlisten");
    let second = ["ping", "report", listen, unlisten];
    let first = ["ping", "report", "cancel", "work", listen, unlisten];
    assert_eq!(allowed(1), first, "in the first window");
    assert_eq!(allowed(2), second, "in the second window");
    let head = ["the command", "in the first window", "in the second"];
    snapshot_table("ch09_tauri_capabilities_calls", head, &rows);
    // What was refused has never come to a command.
    let output = app.output();
    for line in ["[second → main] invoke work", "invoke missing", "invoke em"]
    {
        assert!(!output.contains(line), "{line} in {output}");
    }
}

fn a_frame_is_given_nothing_and_may_call_what_its_window_may(
    app: &App,
    first: &Page<'_>,
    second: &Page<'_>,
) {
    let given = first.run(&format!(
        "{FRAME}
         return ['versions', 'electronAPI', '__TAURI__', '__TAURI_INTERNALS__',
                 'ipc'].filter((name) => name in inner);"
    ));
    assert_eq!(given, json!([]));

    // Its page has no Tauri, and its parent has: one origin, one window.
    let script = |command: &str| {
        format!(
            "{FRAME}
             const {{ invoke }} = inner.parent.__TAURI_INTERNALS__;
             return invoke('{command}', {{}}).catch((why) => why);"
        )
    };
    let told = Told::from_here(app, first);
    let ping = first.run(&script("ping"));
    assert_eq!(ping, "Pong");
    let refused = second.run(&script("work"));
    let refused = refused.as_str().expect("a refusal is a text");
    assert!(refused.starts_with("work not allowed"), "{refused}");

    let answer = first.run(&format!(
        "{FRAME}
         const call = {{ method: 'POST', body: '{{}}' }};
         const answer = await inner.fetch('ipc://localhost/ping', call);
         return [answer.status, await answer.text()];"
    ));
    assert_eq!(answer[0], 500);
    let call = "parent.__TAURI_INTERNALS__.invoke";
    let rows = [
        [
            "looks for versions, electronAPI, Tauri's objects and ipc",
            "finds none",
        ],
        [&format!("calls {call}('ping') in the first window"), "Pong"],
        [&format!("calls {call}('work') in the second"), refused],
        [
            "fetches ipc://localhost/ping",
            &format!("{}: {}", answer[0], answer[1]),
        ],
    ];
    let rows = rows.map(|row| row.map(str::to_owned));
    let head = ["a script in the frame", "what comes of it"];
    snapshot_table("ch09_tauri_capabilities_frame", head, &rows);

    first.run(&format!(
        "{FRAME}
         const call = {{ cmd: 'ping', callback: 1, error: 2, payload: {{}},
                         __TAURI_INVOKE_KEY__: 'a guess' }};
         inner.webkit.messageHandlers.ipc.postMessage(JSON.stringify(call));"
    ));
    app.wait_until("Tauri's word on the key", || {
        app.errors().contains("but received a guess")
    });
    assert_eq!(told.count("invoke ping"), 1, "{}", app.output());
}

fn a_script_can_read_the_key_and_lend_it_to_a_frame(first: &Page<'_>) {
    let answer = first.run(&format!(
        "const {{ set }} = Headers.prototype;
         let key;
         Headers.prototype.set = function (name, value) {{
           if (name === 'Tauri-Invoke-Key') key = value;
           return set.call(this, name, value);
         }};
         await electronAPI.ping();
         Headers.prototype.set = set;
         {FRAME}
         const headers = {{ 'Tauri-Invoke-Key': key, 'Tauri-Callback': '1',
                            'Tauri-Error': '2' }};
         const call = {{ method: 'POST', headers }};
         const answer = await inner.fetch('ipc://localhost/ping', call);
         return [answer.status, await answer.json()];"
    ));
    assert_eq!(answer, json!([200, "Pong"]));
}

/// What comes for a page that is gone meets a page that does not know it.
fn a_message_for_a_callback_that_nobody_has_is_a_warning(first: &Page<'_>) {
    let warned = first.run(
        "const warned = [];
         const { warn } = console;
         console.warn = (what) => warned.push(what);
         window.__TAURI_INTERNALS__.runCallback(1, { end: true, index: 3 });
         console.warn = warn;
         return warned;",
    );
    let expected = "[TAURI] Couldn't find callback id 1. This might happen \
                    when the app is reloaded while Rust is running an \
                    asynchronous operation.";
    assert_eq!(warned, json!([expected]));
}

fn a_thousand_refusals_at_once_are_a_thousand_reports(
    app: &App,
    second: &Page<'_>,
) {
    let told = Told::from_here(app, second);
    let refused = second.run(
        "const calls = Array.from({ length: 1000 }, () => electronAPI.cancel());
         const ends = await Promise.allSettled(calls);
         return ends.filter(({ status }) => status === 'rejected').length;",
    );
    assert_eq!(refused, 1000);
    app.wait_until("all reports", || {
        told.count("[second → main] invoke report") == 1000
    });
    assert_eq!(ask(second, "ping"), "Pong");
}

#[test]
fn a_work_tells_of_its_steps_and_ends_when_it_is_done_or_nobody_waits() {
    let app = CHAPTER.start();
    let (first, second) = pages(&app);
    what_is_no_number_of_steps_or_no_channel_is_refused(&app, &first);
    progress_comes_whole_and_in_order_and_ends_with_the_work(&first);
    a_second_work_ends_the_first(&first);
    cancel_ends_the_work_and_its_progress(&app, &first);
    a_reload_ends_the_work(&app, &first);
    a_reload_repeats_the_call_that_waits_and_the_next_work_ends_all(
        &app, &first,
    );
    closing_the_second_window_leaves_the_first_at_work(&app, &first, &second);
    assert!(app.close().success());
}

fn what_is_no_number_of_steps_or_no_channel_is_refused(
    app: &App,
    first: &Page<'_>,
) {
    let mut rows = Vec::new();
    for steps in ["256", "-1", "1.5", "'5'"] {
        let script = format!(
            "return electronAPI.work({steps}, () => {{}})
               .catch((why) => why.message)"
        );
        let why = first.run(&script);
        let why = why.as_str().expect("it is refused").to_owned();
        rows.push([format!("work({steps}, () => {{}})"), why]);
    }
    let call = "'work', { steps: 1, progress: 'x' }";
    let why = first.invoke(call).expect_err("it is refused");
    let why = why.as_str().expect("it is a text").to_owned();
    rows.push([format!("invoke({call})"), why]);
    assert!(rows.iter().all(|[_, why]| why.starts_with("invalid ")));
    let head = ["a script calls", "the promise is rejected with"];
    snapshot_table("ch09_tauri_capabilities_arguments", head, &rows);
    assert!(!app.output().contains("channel work"));
    // Whether somebody has this number is not asked.
    let end = first.invoke("'work', { steps: 1, progress: '__CHANNEL__:77' }");
    assert_eq!(end, Ok(json!("Done")));
}

fn progress_comes_whole_and_in_order_and_ends_with_the_work(first: &Page<'_>) {
    let end = first.run(
        "window.known = window.__TAURI_INTERNALS__.callbacks.size;
         window.steps = [];
         return electronAPI.work(12, (step) => window.steps.push(step));",
    );
    assert_eq!(end, "Done");
    // The steps come on another way than the answer, and so does their end.
    first.wait_until("__TAURI_INTERNALS__.callbacks.size === window.known");
    let all: Vec<u8> = (1..=12).collect();
    assert_eq!(first.run("return window.steps"), json!(all));
    assert_eq!(first.run("return electronAPI.work(0, () => {})"), "Done");
}

fn a_second_work_ends_the_first(first: &Page<'_>) {
    let ends = first.run(
        "let old;
         await new Promise((tick) => { old = electronAPI.work(255, tick); });
         const now = electronAPI.work(2, () => {});
         return Promise.all([old, now]);",
    );
    assert_eq!(ends, json!(["Cancelled", "Done"]));
}

fn cancel_ends_the_work_and_its_progress(app: &App, first: &Page<'_>) {
    let told = Told::from_here(app, first);
    work_long(&told, first);
    first.click("#cancel");
    first.wait_for_text("#outcome", "Cancelled");
    told.wait_for_line("[main → first] reply work \"Cancelled\"");
    let last = last_step(app);
    first.wait_until(&format!(
        "document.getElementById('progress').value === {last}"
    ));
    works(first);
    told.wait_for_line("[main → first] reply work \"Done\"");
    let ticks = told.count("channel work");
    assert_eq!(json!(ticks), json!(last + 1));
}

fn a_reload_ends_the_work(app: &App, first: &Page<'_>) {
    // Tauri's script warns before it calls again, and this keeps it from that.
    first.run("console.warn = () => { throw new Error('not again'); }");
    let told = Told::from_here(app, first);
    work_long(&told, first);
    first.reload();
    told.wait_for_line("[main → first] reply work \"Cancelled\"");
    // One step of the old page's work, and one of the new page's.
    works(first);
    told.wait_for_line("[main → first] reply work \"Done\"");
    assert_eq!(told.count("channel work 1\n"), 2);
    assert_eq!(told.count("invoke work"), 2);
    assert_eq!(last_step(app), 1);
}

/// The page that goes takes the fetch under its call for one that is blocked,
/// and calls again on Tauri's other way: <https://github.com/tauri-apps/tauri/issues/14154>.
fn a_reload_repeats_the_call_that_waits_and_the_next_work_ends_all(
    app: &App,
    first: &Page<'_>,
) {
    let told = Told::from_here(app, first);
    work_long(&told, first);
    first.reload();
    let call = "invoke work {\"progress\":\"a channel\",\"steps\":255}";
    app.wait_until("the second call", || told.count(call) == 2);
    works(first);
    app.wait_until("both works to be cancelled", || {
        told.count("reply work \"Cancelled\"") == 2
    });
    assert_eq!(told.count("reply work \"Done\""), 1);
}

fn closing_the_second_window_leaves_the_first_at_work(
    app: &App,
    first: &Page<'_>,
    second: &Page<'_>,
) {
    follow(second);
    let told = Told::from_here(app, first);
    first.click("#work");
    told.wait_for_line("[main → first] channel work 1");
    app.close_window(SECOND);
    app.wait_until("one window", || app.windows().len() == 1);
    first.wait_for_text("#outcome", "Done");
}

#[test]
fn an_event_comes_to_who_listens_when_it_is_sent() {
    let app = CHAPTER.start();
    let (first, second) = pages(&app);
    after_a_reload_an_event_is_heard_once_and_asked_for_twice(&first, &second);
    second.reload();
    what_was_sent_before_anybody_listened_is_lost(&first, &second);
    who_follows_no_more_hears_no_more(&first, &second);
    an_event_for_the_second_window_can_be_overheard_in_the_first(&first);
    closing_the_first_window_ends_its_work_and_not_the_program(
        &app, &first, &second,
    );
    app.close_window(SECOND);
    assert!(app.wait_for_exit().success());
}

/// Tauri forgets what a page listened to when its window is closed, not when it
/// is reloaded. The new page is asked for the old listeners, and has none.
fn after_a_reload_an_event_is_heard_once_and_asked_for_twice(
    first: &Page<'_>,
    second: &Page<'_>,
) {
    follow(second);
    second.reload();
    second.run(
        "window.asked = 0;
         const get = (all, id) => { window.asked += 1; return all[id]; };
         const work = new Proxy({}, { get });
         const name = '__internal_unstable_listeners_object_id__';
         Object.defineProperty(window, name, { value: { work } });
         window.news = 0;
         const count = (changes) => { window.news += changes.length; };
         new MutationObserver(count)
           .observe(document.getElementById('news'), { childList: true });",
    );
    follow(second);
    works(first);
    second.wait_for_text("#news", "Its work: Done");
    second.wait_until("window.asked === 2");
    assert_eq!(second.run("return window.news"), 1);
}

fn what_was_sent_before_anybody_listened_is_lost(
    first: &Page<'_>,
    second: &Page<'_>,
) {
    works(first);
    follow(second);
    listen(second, "event.listen");
    assert_eq!(second.text("#news"), "");
    works(first);
    second.wait_until("window.heard.length === 1");
    assert_eq!(second.text("#news"), "Its work: Done");
}

/// The page follows, and has heard an event, before it follows no more.
fn who_follows_no_more_hears_no_more(first: &Page<'_>, second: &Page<'_>) {
    second.click("#follow");
    answered(second, "unlisten");
    second.run(
        "window.heard = [];
         document.getElementById('news').textContent = '';",
    );
    works(first);
    second.wait_until("window.heard.length === 1");
    assert_eq!(second.text("#news"), "");
    // Electron's `off`, for a listener that has heard nothing yet.
    second.run("return electronAPI.onWork(() => {})()");
}

/// `emit_to` is an address, not a secret.
fn an_event_for_the_second_window_can_be_overheard_in_the_first(
    first: &Page<'_>,
) {
    listen(first, "webviewWindow.getCurrentWebviewWindow().listen");
    works(first);
    // Comes on the same way as the event, after it.
    works(first);
    assert_eq!(first.run("return window.heard"), json!([]));
    // `target: { kind: 'Any' }` is what it listens to, unless told otherwise.
    listen(first, "event.listen");
    works(first);
    first.wait_until("window.heard.length === 1");
    assert_eq!(first.run("return window.heard"), json!(["Done"]));
}

fn closing_the_first_window_ends_its_work_and_not_the_program(
    app: &App,
    first: &Page<'_>,
    second: &Page<'_>,
) {
    follow(second);
    let told = Told::from_here(app, first);
    work_long(&told, first);
    app.close_window(FIRST);
    second.wait_for_text("#news", "Its work: Cancelled");
    told.wait_for_line("[main → first] reply work \"Cancelled\"");
    assert!(app.is_running());
}

/// Tauri gives it a key as well, and the capabilities are for local pages.
#[test]
#[ignore = "for a copy whose page may leave: cargo x prove"]
fn a_page_of_another_origin_is_refused_everything() {
    let app = CHAPTER.start();
    let (first, _) = pages(&app);
    let _elsewhere = Elsewhere::replacing(&first);
    let seen = first.run("return [typeof versions, typeof electronAPI]");
    assert_eq!(seen, json!(["undefined", "undefined"]));
    for command in ["ping", "work", "cancel", "report", "missing"] {
        let answer = ask(&first, command);
        let refusal = format!("{command} not allowed");
        assert!(answer.starts_with(&refusal), "{answer}");
    }
    let listening = ask(&first, "plugin:event|listen");
    assert!(listening.starts_with("event.listen not allowed"), "{listening}");
    assert!(!app.output().contains("invoke"), "{}", app.output());
}

/// The pages of the first and of the second window.
fn pages(app: &App) -> (Page<'_>, Page<'_>) {
    (app.page(), app.page_of(SECOND))
}

/// Calls a command without arguments, past the preload, and gives the answer
/// or the refusal.
#[track_caller]
fn ask(page: &Page<'_>, command: &str) -> String {
    match page.invoke(&format!("'{command}', {{}}")) {
        Ok(Value::String(said)) | Err(Value::String(said)) => said,
        Ok(other) | Err(other) => other.to_string(),
    }
}

/// Clicks “Follow”, and waits until main knows: what is sent before is lost.
fn follow(page: &Page<'_>) {
    page.run(
        "window.answers = [];
         const { fetch } = window;
         window.fetch = async (...call) => {
           const answer = await fetch(...call);
           window.answers.push(decodeURIComponent(call[0]));
           return answer;
         };",
    );
    page.click("#follow");
    answered(page, "listen");
}

/// Waits until main has answered a call of Tauri's event API.
fn answered(page: &Page<'_>, command: &str) {
    page.wait_until(&format!(
        "window.answers.includes('ipc://localhost/plugin:event|{command}')"
    ));
}

/// Listens with a function of Tauri's API; what comes goes to `window.heard`.
fn listen(page: &Page<'_>, function: &str) {
    page.run(&format!(
        "window.heard = [];
         const tell = ({{ payload }}) => window.heard.push(payload);
         await window.__TAURI_IIFE__.{function}('work', tell);"
    ));
}

/// Does the shortest work and waits for its only step and for its end.
fn works(page: &Page<'_>) {
    page.run(
        "let end;
         await new Promise((tick) => { end = electronAPI.work(1, tick); });
         await end;",
    );
}

/// Clicks “Work” for a work of nearly a minute, and waits until it has begun.
fn work_long(told: &Told<'_>, page: &Page<'_>) {
    page.run("document.getElementById('progress').max = 255");
    page.click("#work");
    told.wait_for_line("[main → first] channel work 2");
}

/// What main prints from a moment on.
struct Told<'a> {
    app: &'a App,
    from: usize,
}

impl<'a> Told<'a> {
    /// The page makes main print a mark, with which all before it is read.
    fn from_here(app: &'a App, page: &Page<'_>) -> Self {
        let count = app.output().len();
        let answer = page.invoke(&format!("'report', {{ mark: {count} }}"));
        assert_eq!(answer, Ok(Value::Null));
        let mark = format!("invoke report {{\"mark\":{count}}}\n");
        app.wait_until("the mark", || app.output().contains(&mark));
        Self { app, from: app.output().len() }
    }

    fn count(&self, text: &str) -> usize {
        self.app.output()[self.from..].matches(text).count()
    }

    #[track_caller]
    fn wait_for_line(&self, line: &str) {
        self.app.wait_until(&format!("the line {line:?}"), || {
            self.count(&format!("{line}\n")) > 0
        });
    }
}

/// The last step that main has told of.
fn last_step(app: &App) -> u64 {
    let output = app.output();
    let steps = output.lines().rev();
    let mut steps =
        steps.filter_map(|it| it.strip_prefix("[main → first] channel work "));
    let step = steps.next().map(str::parse);
    step.expect("there was a step").expect("it has a number")
}
