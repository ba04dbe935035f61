//! Many messages, in both directions: their order, how they cross, and that a
//! flood of them stops nobody.
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
fn what_is_sent_comes_in_order_to_those_who_listen() {
    let app = start();
    let page = app.page();
    a_hundred_thousand_keep_their_order_both_ways(&page);
    threads_send_each_in_its_own_order(&page);
    what_a_page_does_with_an_answer_comes_before_what_is_sent_after_it(&page);
    listeners_live_as_long_as_they_are_told_to(&page);
}

fn a_hundred_thousand_keep_their_order_both_ways(page: &Page<'_>) {
    let seen = run(
        page,
        "for (let n = 1; n <= 100_000; n++) send('count', n);
         return invoke('tally');",
    );
    assert_eq!(seen, json!([100_000, true]));
    let seen = run(
        page,
        "let [count, inOrder] = [0, true];
         const all = new Promise((resolve) => on('count', (event, n) => {
           inOrder &&= n === ++count;
           if (n === 100_000) resolve();
         }));
         send('send-many', 100_000);
         await all;
         ipcRenderer.removeAllListeners();
         return [count, inOrder];",
    );
    assert_eq!(seen, json!([100_000, true]));
    let seen = run(
        page,
        "const answers = [];
         await Promise.all(Array.from({ length: 10_000 }, (_, n) =>
           invoke('echo', n).then((it) => answers.push(it))));
         return [answers.length, answers.every((it, n) => it === n)];",
    );
    assert_eq!(seen, json!([10_000, true]));
}

fn threads_send_each_in_its_own_order(page: &Page<'_>) {
    let seen = run(
        page,
        "const counts = { one: 0, other: 0 };
         let inOrder = true;
         const all = new Promise((resolve) => on('from', (event, who, n) => {
           inOrder &&= n === ++counts[who];
           if (counts.one + counts.other === 20_000) resolve();
         }));
         send('threads-send', 10_000);
         await all;
         ipcRenderer.removeAllListeners();
         return [counts, inOrder];",
    );
    let counts = json!({ "one": 10_000, "other": 10_000 });
    assert_eq!(seen, json!([counts, true]));
}

#[test]
fn what_is_said_in_one_turn_crosses_together() {
    let app = start();
    let page = app.page();
    let more = |who: &str| {
        let output = app.output();
        let lines = output.lines().filter_map(|line| {
            let more = line.strip_prefix(&format!("[{who}] "))?;
            more.strip_suffix(" more, in the same crossing")?.parse().ok()
        });
        lines.collect::<Vec<usize>>()
    };
    let seen = run(
        &page,
        "for (let n = 1; n <= 1_000; n++) send('count', n);
         return invoke('tally');",
    );
    assert_eq!(seen, json!([1_000, true]));
    // Three of each 500 are printed.
    app.wait_until("two lines of more", || {
        more("renderer → main") == [497, 497]
    });
    let all = "new Promise((resolve) => on('count', (event, n) => {
                 if (n === 1_200) resolve(n); }))";
    let script = format!("send('send-many', 1_200); return {all}");
    assert_eq!(run(&page, &script), 1_200);
    app.wait_until("three lines of more", || {
        more("main → renderer") == [497, 497, 197]
    });
    // Long ones do not wait for as many: two of these are a mebibyte.
    run(
        &page,
        "const long = 'x'.repeat(600_000);
         for (let n = 0; n < 20; n++) send('note', long);
         await invoke('heard');",
    );
    assert_eq!(more("renderer → main").len(), 2);
    a_message_that_is_wrong_is_refused_alone(&app, &page);
}

fn a_message_that_is_wrong_is_refused_alone(app: &App, page: &Page<'_>) {
    // Where it is the page that finds it, it is found at the call.
    let seen = run(
        page,
        "const seen = [];
         send('count', 1);
         try { send('count', () => 2); } catch (why) { seen.push(why.name); }
         try { send(2); } catch (why) { seen.push(why.name); }
         send('count', 2);
         return [...seen, await invoke('tally')];",
    );
    assert_eq!(seen, json!(["Error", "TypeError", [2, true]]));
    // A page can write what it likes into the pipe.
    page.run(
        r#"webkit.messageHandlers.ipc.postMessage(
             ['["d",7,"ping",[]]', 'no message', '["d",8,5,[]]', '',
              '["d",9,"ping",[]]'].join('\n'));"#,
    );
    app.wait_for_line("[main → renderer] reply #9 \"Pong\"");
    let output = app.output();
    assert!(output.contains("[main → renderer] reply #7 \"Pong\""));
    assert!(output.contains("[main → renderer] error #8 "));
    assert_eq!(output.matches("[main] refused: ").count(), 2);
    page.run(r#"webkit.messageHandlers.ipc.postMessage('\n'.repeat(500))"#);
    let refused = "[main] refused: 501 messages in one crossing: at most 500";
    app.wait_for_line(refused);
}

/// Both cross within one turn of main's, and would in one script.
fn what_a_page_does_with_an_answer_comes_before_what_is_sent_after_it(
    page: &Page<'_>,
) {
    let seen = run(
        page,
        "const heard = [];
         const hear = (event, it) => { heard.push(it); };
         // The page goes on a few promises after the answer.
         const answered = invoke('ping').then().then().then(
           () => on('told', hear));
         send('reply-to', 'told', 'after the answer');
         await answered;
         await invoke('ping');
         off('told', hear);
         return heard;",
    );
    assert_eq!(seen, json!(["after the answer"]));
}

#[test]
fn a_page_that_goes_is_told_and_heard_to_its_end() {
    let app = start();
    let page = app.page();
    what_is_sent_before_a_reload_is_for_the_page_that_goes(&page);
    what_a_page_says_while_it_goes_arrives(&page);
}

fn what_is_sent_before_a_reload_is_for_the_page_that_goes(page: &Page<'_>) {
    let seen = run(
        page,
        "on('told', (event, it) => { sessionStorage.told = it; });
         send('send-and-reload');
         return 'sent';",
    );
    assert_eq!(seen, "sent");
    page.wait_until("sessionStorage.told === 'the page that goes'");
}

/// What a page says while it goes is the last turn that it has.
///
/// Electron: WebFrameMain.ipc: receives ipcs from unloading frames in the main
/// frame
/// differs: a frame has no `ipc` of its own; ipcMain hears all that it says
fn what_a_page_says_while_it_goes_arrives(page: &Page<'_>) {
    run(
        page,
        "addEventListener('pagehide', () => {
           send('note', 'pagehide one');
           send('note', 'pagehide two');
         });
         addEventListener('unload', () => send('note', 'unload'));
         await invoke('heard');",
    );
    page.reload();
    let seen = run(page, "return invoke('heard')");
    let seen = seen.as_array().expect("a list");
    let names = ["pagehide one", "pagehide two", "unload"];
    let heard = |name: &&str| {
        let mut seen = seen.iter().filter_map(|it| it.as_str());
        seen.any(|it| it.contains(*name))
    };
    assert!(names.iter().all(heard), "{seen:?}");
}

fn listeners_live_as_long_as_they_are_told_to(page: &Page<'_>) {
    a_listener_is_called_as_often_as_it_was_added(page);
    one_that_adds_or_removes_another_does_so_for_the_next_message(page);
    one_that_throws_is_reported_and_the_next_is_called(page);
    one_that_listens_once_may_send_and_is_gone(page);
    a_reply_to_a_removed_listener_does_no_harm(page);
}

/// Adds `seen`, which `hear(name)` fills, and `told(…)`, which has main send.
const HEAR: &str = "
    const heard = [];
    const hear = (name) => (event, it) => { heard.push(`${name} ${it}`); };
    const told = (it) => { send('reply-to', 'told', it); };";

fn a_listener_is_called_as_often_as_it_was_added(page: &Page<'_>) {
    let seen = run(
        page,
        &format!(
            "{HEAR}
             const [a, b] = [hear('a'), hear('b')];
             on('told', a).on('told', b).on('told', a).once('told', b);
             told(1);
             await invoke('ping');
             ipcRenderer.removeListener('told', a);
             off('told', b);
             off('told', b);
             off('told', hear('a'));
             told(2);
             await invoke('ping');
             off('told', a);
             told(3);
             await invoke('ping');
             return heard;"
        ),
    );
    assert_eq!(seen, json!(["a 1", "b 1", "a 1", "b 1", "a 2"]));
}

fn one_that_adds_or_removes_another_does_so_for_the_next_message(
    page: &Page<'_>,
) {
    let seen = run(
        page,
        &format!(
            "{HEAR}
             const [b, c] = [hear('b'), hear('c')];
             const a = (event, it) => {{
               heard.push(`a ${{it}}`);
               off('told', a).off('told', b).on('told', c);
             }};
             on('told', a).on('told', b);
             told(1);
             told(2);
             await invoke('ping');
             ipcRenderer.removeAllListeners('told');
             return heard;"
        ),
    );
    assert_eq!(seen, json!(["a 1", "b 1", "c 2"]));
}

fn one_that_throws_is_reported_and_the_next_is_called(page: &Page<'_>) {
    let seen = run(
        page,
        &format!(
            "{HEAR}
             const report = (event) => {{
               event.preventDefault();
               heard.push(event.error.message);
             }};
             addEventListener('error', report);
             on('told', () => {{ throw new Error('a mistake'); }});
             on('told', hear('b'));
             told(1);
             told(2);
             await invoke('ping');
             removeEventListener('error', report);
             ipcRenderer.removeAllListeners('told');
             return heard;"
        ),
    );
    assert_eq!(seen, json!(["a mistake", "b 1", "a mistake", "b 2"]));
}

fn one_that_listens_once_may_send_and_is_gone(page: &Page<'_>) {
    let seen = run(
        page,
        &format!(
            "{HEAR}
             once('told', (event, it) => {{
               heard.push(it);
               if (it < 3) told(it + 1);
             }});
             once('told', hear('gone')).off('told', hear('gone'));
             told(1);
             told(1);
             await invoke('ping');
             return heard;"
        ),
    );
    assert_eq!(seen, json!([1, "gone 1"]));
}

fn a_reply_to_a_removed_listener_does_no_harm(page: &Page<'_>) {
    let seen = run(
        page,
        &format!(
            "{HEAR}
             const a = hear('a');
             on('told', a);
             told(1);
             off('told', a);
             return [await invoke('ping'), heard];"
        ),
    );
    assert_eq!(seen, json!(["Pong", []]));
}

/// Each of them keeps main for ten milliseconds, all of them for ten seconds.
#[test]
fn what_is_slow_leaves_the_window_answering() {
    let app = start();
    let page = app.page();
    run(&page, "for (let n = 0; n < 1_000; n++) send('slow')");
    app.wait_for_line("[renderer → main] send slow []");
    assert!(app.close().success());
    // All 500 of a crossing have not been worked on: they are not counted.
    assert!(!app.output().contains("more, in the same crossing"));
}

/// Main keeps 256 MiB for a page that takes nothing, and then refuses.
#[test]
#[ignore = "a page that stands still for 20 seconds: run it by itself"]
fn what_a_page_does_not_take_has_an_end() {
    let app = start();
    let page = app.page();
    run(
        &page,
        "window.ended = 0;
         addEventListener('keydown', () => {
           for (let n = 0; n < 300; n++) invoke('mebibyte').then(
             ({ length }) => { ended += length; },
             ({ message }) => { ended++; window.why = message; });
           // They cross when this turn ends. The next one lasts.
           setTimeout(() => {
             const end = performance.now() + 20_000;
             while (performance.now() < end);
             send('told', 'it goes on');
           });
         });",
    );
    app.press("u");
    let refused = "The page has too many messages to take: try again later";
    app.wait_until("a refusal", || app.output().contains(refused));
    let usage = app.usage();
    assert!(usage.memory < 400 << 10, "{usage:?}");
    // Afterwards it takes all of them.
    app.wait_for_line(r#"[renderer → main] send told ["it goes on"]"#);
    page.wait_until("ended > 250 * 2 ** 20 && window.why");
    assert_eq!(page.run("return why"), refused);
    assert_eq!(run(&page, "return invoke('ping')"), "Pong");
}

/// A script that was on its way to it has an end, too: others may follow.
#[test]
fn a_stuck_page_that_is_killed_comes_back_and_is_answered() {
    let mut app = start();
    run(
        &app.page(),
        "addEventListener('keydown', () => {
           for (let n = 0; n < 8; n++) invoke('mebibyte');
           setTimeout(() => { for (;;); });
         });",
    );
    app.press("u");
    app.wait_for_line("[renderer → main] 5 more, in the same crossing");
    app.kill_page();
    app.wait_for_line("[main] the page of window 1 is gone: crashed");
    assert_eq!(run(&app.page(), "return invoke('ping')"), "Pong");
}
