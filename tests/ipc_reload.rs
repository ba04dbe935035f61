//! Documents come and go. Each message of main's is for one of them, every
//! promise settles or its document is gone, and nothing leaks into the next.
#![cfg(target_os = "linux")]
use ask::run;
use harness::{App, Page};
use serde_json::{Value, json};

#[path = "ipc/ask.rs"]
mod ask;

fn start() -> App {
    let app = App::start(env!("CARGO_BIN_EXE_ipc-reload"));
    app.wait_until("its first document", || documents(&app) == 1);
    app
}

/// How many documents have been loaded.
fn documents(app: &App) -> usize {
    app.output().lines().filter(|line| line.ends_with(" is loaded")).count()
}

/// Has another document loaded. A script that WebDriver has in the page while
/// that is left may never end, so the program is looked at, and not the page.
fn next(app: &App, load: impl FnOnce()) {
    let before = documents(app);
    load();
    app.wait_until("another document", || documents(app) > before);
}

/// Electron: webContents.send: does not block node async APIs when sent before
/// document is ready
/// differs: there is no Node in the page; its promises go on, and the message
/// waits until somebody listens
#[test]
fn what_main_sends_before_a_page_listens_reaches_it_once_and_in_order() {
    let app = start();
    let page = app.page();
    page.wait_until("heard.length === 2");
    assert_eq!(page.run("return heard"), json!(["one", "two"]));
    what_is_sent_after_a_reload_is_for_the_next_document(&app, &page);
    a_module_may_await_answers_before_it_listens(&app, &page);
    more_than_a_thousand_are_refused_by_name(&app, &page);
    what_nobody_has_listened_to_by_then_is_dropped(&app, &page);
    nothing_is_kept_for_a_document_that_has_come_back(&app, &page);
}

fn what_is_sent_after_a_reload_is_for_the_next_document(
    app: &App,
    page: &Page<'_>,
) {
    run(page, "on('told', (event, it) => { sessionStorage.told = it; })");
    next(app, || drop(run(page, "send('reload', 3)")));
    page.wait_until("heard.length === 3");
    assert_eq!(page.run("return heard"), json!([1, 2, 3]));
    // It is either taken by the one that goes or told to be lost.
    let is_lost = "[main] send told is for a document that is gone";
    let taken = page.run("return sessionStorage.told ?? null");
    assert_ne!(taken.is_null(), !app.output().contains(is_lost));
}

/// Each message goes to those who listen when it is handed over.
fn a_module_may_await_answers_before_it_listens(app: &App, page: &Page<'_>) {
    next(app, || page.open("app://localhost/module.html"));
    page.wait_until("window.isDone");
    next(app, || drop(run(page, "send('reload', 3)")));
    page.wait_until("window.isDone");
    let heard = json!(["once 1", "Pong", "on 2", "on 3", "Pong"]);
    assert_eq!(page.run("return heard"), heard);
}

fn more_than_a_thousand_are_refused_by_name(app: &App, page: &Page<'_>) {
    next(app, || drop(run(page, "send('reload', 1_003)")));
    page.wait_until("window.isDone");
    let seen = page.run("return [heard.at(-2), errors.length, errors[0]]");
    // The inspector's console says which; WebKit tells no page of an error in a
    // script that is not its own.
    assert_eq!(seen, json!(["on 1000", 3, "Script error."]));
}

fn nothing_is_kept_for_a_document_that_has_come_back(
    app: &App,
    page: &Page<'_>,
) {
    next(app, || page.open("app://localhost/asks.html"));
    let leave = "setTimeout(() => { location.href = '/other.html'; })";
    next(app, || drop(page.run(leave)));
    next(app, || drop(page.run("setTimeout(() => history.back())")));
    page.wait_until("window.seen?.length === 1");
    let heard = run(
        page,
        "await new Promise((resolve) => setTimeout(resolve));
         const heard = [];
         on('told', (event, it) => { heard.push(it); });
         await new Promise((resolve) => setTimeout(resolve));
         return heard;",
    );
    assert_eq!(heard, json!([]));
}

fn what_nobody_has_listened_to_by_then_is_dropped(app: &App, page: &Page<'_>) {
    next(app, || page.open("app://localhost/other.html"));
    next(app, || drop(run(page, "send('reload', 2)")));
    let heard = run(
        page,
        "await new Promise((resolve) => setTimeout(resolve));
         await invoke('ping');
         await new Promise((resolve) => setTimeout(resolve));
         const heard = [];
         on('welcome', (event, it) => { heard.push(it); });
         await invoke('ping');
         return heard;",
    );
    assert_eq!(heard, json!([]));
}

#[test]
fn a_page_that_is_left_has_no_answer_and_settles_when_it_comes_back() {
    let app = start();
    let page = app.page();
    page.wait_until("heard.length === 2");
    run(
        &page,
        "window.seen = [];
         invoke('hold').catch(({ message }) => seen.push(message));
         invoke('hold').catch(({ message }) => seen.push(message));
         send('hold-event');
         on('told', (event, it) => { seen.push(it); });
         addEventListener('pagehide', () => send('told', 'pagehide'));
         await invoke('ping');",
    );
    let leave = "setTimeout(() => { location.href = '/other.html'; })";
    next(&app, || drop(page.run(leave)));
    app.wait_for_line("[main] was told String(\"pagehide\")");
    // Its calls are answered, and what is for it is not for the next one.
    let heard = run(
        &page,
        "window.heard = [];
         on('told', (event, it) => { heard.push(it); });
         const mine = invoke('hold');
         const counts = await invoke('release', 'late');
         return [counts, await mine, heard];",
    );
    assert_eq!(heard, json!([[3, 1], "late", []]));
    app.wait_for_line("[main] send told is for a document that is gone");
    app.wait_for_line(
        "[main] reply #1 and 1 more are for a document that is gone",
    );
    next(&app, || drop(page.run("setTimeout(() => history.back())")));
    page.wait_until("window.seen?.length === 2");
    let left = "The page was left before main answered";
    assert_eq!(page.run("return seen"), json!([left, left]));
    // It is there again: it calls, and is called.
    let seen = run(
        &page,
        "seen.length = 0;
         const answer = invoke('hold');
         send('hold-event');
         await invoke('release', 'now');
         return [await answer, seen, await invoke('execute', 'seen')];",
    );
    assert_eq!(seen, json!(["now", ["now"], ["now"]]));
    next(&app, || drop(page.run("setTimeout(() => history.forward())")));
    assert_eq!(
        page.run("return [document.title, heard]"),
        json!(["Other", []])
    );
    assert_eq!(run(&page, "return invoke('execute', '1 + 1')"), 2);
}

#[test]
fn what_a_page_does_to_itself_concerns_nobody_else() {
    let app = start();
    let page = app.page();
    page.wait_until("heard.length === 2");
    a_document_opened_anew_keeps_its_calls_and_its_listeners(&page);
    next(&app, || page.open("app://localhost/"));
    a_page_that_says_a_false_hello_fools_itself(&app, &page);
    next(&app, || page.open("app://localhost/"));
    a_document_that_goes_answers_for_no_other(&app, &page);
}

/// Its document may say what another one is to answer.
fn a_document_that_goes_answers_for_no_other(app: &App, page: &Page<'_>) {
    let forge = r#"
        send('execute-and-reload', '1');
        const post = (text) => webkit.messageHandlers.ipc.postMessage(text);
        await null;
        for (let id = 1; id < 99; id++)
          post(`["another",${id},null,[true,"forged"]]`);"#;
    next(app, || drop(run(page, forge)));
    app.wait_for_line("[main] after: Ok(\"Reload\")");
    assert!(!app.output().contains("Ok(\"forged\")"));
}

fn a_document_opened_anew_keeps_its_calls_and_its_listeners(page: &Page<'_>) {
    let seen = run(
        page,
        "const seen = [];
         const held = invoke('hold');
         on('told', (event, it) => { seen.push(it); });
         send('hold-event');
         await invoke('ping');
         document.open();
         document.write('<title>New</title><p>new');
         document.close();
         const counts = await invoke('release', 'an answer');
         const title = await invoke('execute', 'document.title');
         return [counts, await held, title, seen];",
    );
    assert_eq!(seen, json!([[1, 1], "an answer", "New", ["an answer"]]));
    // A place in the page, and an address of its own, are no other document.
    let seen = run(
        page,
        "const held = invoke('hold');
         location.hash = 'here';
         history.pushState(null, '', '/there');
         await invoke('release', 'the same');
         return [await held, await invoke('execute', 'location.pathname')];",
    );
    assert_eq!(seen, json!(["the same", "/there"]));
}

#[test]
fn what_main_executes_comes_to_a_value_or_an_error() {
    let app = start();
    let page = app.page();
    values_of_all_kinds_come_back(&page);
    what_is_thrown_is_an_error(&page);
    code_that_is_no_expression_is_a_syntax_error(&page);
    what_does_not_fit_is_refused(&page);
    a_document_that_is_left_rejects_it(&app, &page);
}

/// Electron: webContents.executeJavaScript: resolves the returned promise with
/// the result
/// passes
/// Electron: webContents.executeJavaScript: resolves the returned promise with
/// the result if the code returns an asynchronous promise
/// passes
/// Electron: webContents.executeJavaScript: works after page load and during
/// subframe load
/// passes
/// Electron: webContents.executeJavaScript: executes after page load
/// passes
fn values_of_all_kinds_come_back(page: &Page<'_>) {
    let codes = [
        ("(() => 'hello, world!')()", "hello, world!"),
        ("new Promise((r) => setTimeout(() => r('later')))", "later"),
        ("await Promise.resolve(1) + 1 // two", "2"),
        ("undefined", "undefined"),
        ("new Map([[1n, new Date(0)]]).get(1n).getTime()", "0"),
        ("new Map([[1, 2]])", "[object Map]"),
        ("new RangeError('a value')", "RangeError: a value"),
        ("({ then: (resolve) => resolve('thenable') })", "thenable"),
        ("this === window", "true"),
        ("'\u{2028}\\0`${1}`'", "\u{2028}\0`${1}`"),
        ("document.body.append(document.createElement('iframe'))", "undefined"),
    ];
    for (code, value) in codes {
        assert_eq!(execute(page, code), json!(["", value]), "{code}");
    }
}

/// Electron: webContents.executeJavaScript: rejects the returned promise if an
/// async error is thrown
/// passes
/// Electron: webContents.executeJavaScript: rejects the returned promise with an
/// error if an Error.prototype is thrown
/// passes
fn what_is_thrown_is_an_error(page: &Page<'_>) {
    let uncloned = "What was thrown could not be cloned";
    let getter = "(() => {
        throw Object.defineProperty(new Error(), 'message', {
          get() { throw 1; } }); })()";
    let thrown = [
        ("Promise.reject('woops!')", "Error", "woops!"),
        ("(() => { throw 5; })()", "Error", "5"),
        ("(() => { throw new Error('plain'); })()", "Error", "plain"),
        ("(() => { throw {}; })()", "Error", uncloned),
        ("(() => { throw Symbol(); })()", "Error", uncloned),
        (getter, "Error", uncloned),
        ("nothing", "ReferenceError", "Can't find variable: nothing"),
    ];
    for (code, name, message) in thrown {
        assert_eq!(execute(page, code), json!([name, message]), "{code}");
    }
    for name in ["Eval", "Range", "Reference", "Syntax", "Type", "URI"] {
        let code = format!("Promise.reject(new {name}Error('Wamp-wamp'))");
        let error = json!([format!("{name}Error"), "Wamp-wamp"]);
        assert_eq!(execute(page, &code), error);
    }
}

fn code_that_is_no_expression_is_a_syntax_error(page: &Page<'_>) {
    for code in ["", "1; 2", "(", "// nothing", "return 1", "1)); (2"] {
        let seen = execute(page, code);
        let why = seen[1].as_str().unwrap_or_default();
        assert_eq!(seen[0], "SyntaxError", "{code}");
        assert!(why.contains("(() => { …; return 1; })()"), "{why}");
    }
    let nul = json!(["Error", "The code has a NUL in it"]);
    assert_eq!(execute(page, "1 + '\0'"), nul);
}

fn what_does_not_fit_is_refused(page: &Page<'_>) {
    let seen = execute(page, "() => 1");
    let why = "An object could not be cloned: the result is a function";
    assert_eq!(seen, json!(["Error", why]));
    let seen = run(page, "return failure(invoke('execute-u8', '256'))");
    let seen = seen.as_str().unwrap_or_default();
    assert!(seen.contains("256"), "{seen}");
    assert_eq!(run(page, "return invoke('execute-u8', '255')"), 255);
}

/// It waits for nobody, and the next one is executed in the next document.
fn a_document_that_is_left_rejects_it(app: &App, page: &Page<'_>) {
    run(page, "send('execute', 'new Promise(() => {})')");
    let reload = "send('execute-and-reload', 'new Promise(() => {})')";
    next(app, || drop(run(page, reload)));
    let left = "The document was left before it answered";
    app.wait_for_line(&format!("[main] executed: Err({left})"));
    app.wait_for_line(&format!("[main] before: Err({left})"));
    app.wait_for_line("[main] after: Ok(\"Reload\")");
    assert_eq!(execute(page, "1"), json!(["", "1"]));
}

/// The name and the message of the error, or nothing and the value as text.
fn execute(page: &Page<'_>, code: &str) -> Value {
    page.run_with(
        "return electron.ipcRenderer.invoke('execute', arguments[0]).then(
           (value) => ['', `${value}`], ({ name, message }) => [name, message])",
        &[code.into()],
    )
}

/// Whoever speaks for a document can say that it is another one. The page then
/// hears nothing of main's: it is answered, and others are not concerned.
fn a_page_that_says_a_false_hello_fools_itself(app: &App, page: &Page<'_>) {
    let seen = run(
        page,
        r#"const post = (text) => webkit.messageHandlers.ipc.postMessage(text);
           for (const text of ['["a",null,null,"hello"]',
             '["a\\",1)//",null,null,"hello"]', '["",null,null,"hello"]',
             '["a",null,null,"hello"]\n["a",null,null,"hello"]',
             '["a",1,null,[true,5]]', '["a",null,null,[]]', '["a",1,null]'])
             post(text);
           send('execute', '1');
           const answer = invoke('hold');
           await invoke('release', 'an answer');
           return await answer;"#,
    );
    assert_eq!(seen, "an answer");
    let left = "The document was left before it answered";
    app.wait_for_line(&format!("[main] executed: Err({left})"));
    // A frame of its own page is no other.
    page.run(
        "const frame = document.createElement('iframe');
         frame.src = '/';
         const loaded = new Promise((done) => { frame.onload = done; });
         document.body.append(frame);
         await loaded;",
    );
    next(app, || page.reload());
    assert_eq!(execute(page, "1"), json!(["", "1"]));
}

/// The document that the process had is gone, and so is what was asked of it.
#[test]
fn a_killed_process_ends_what_it_was_asked_and_the_next_gets_what_waits() {
    let mut app = start();
    app.page().wait_until("heard.length === 2");
    run(
        &app.page(),
        "send('execute', 'new Promise(() => {})');
         send('execute', '(() => { for (;;); })()');
         return 'sent';",
    );
    app.wait_for_line("[main → renderer] execute #3 (() => { for (;;); })()");
    app.kill_page();
    app.wait_for_line("[main] the page of window 1 is gone: crashed");
    let page = app.page();
    page.wait_until("window.heard?.length === 1");
    assert_eq!(page.run("return heard"), json!(["after the end"]));
    assert_eq!(execute(&page, "1"), json!(["", "1"]));
    // A window that closes itself is asked nothing more.
    run(
        &page,
        "send('execute', 'close()'); send('execute', 'new Promise(() => {})')",
    );
    assert!(app.wait_for_exit().success());
    let is_dropped = "[main] a listener of a closed page is dropped";
    assert!(app.output().contains(is_dropped));
    assert_eq!(app.errors(), "");
}
