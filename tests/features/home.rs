//! The page stays at home: no other origin, no new window, no download.
use super::policy::holds;
use crate::CHAPTER;
use harness::{App, Elsewhere, Page};
use serde_json::json;
use std::fs;

#[test]
fn each_way_out_is_refused_with_a_line() {
    let app = CHAPTER.start();
    CHAPTER.pages(&app).iter().for_each(|page| stays_at_home(&app, page));
}

/// The page of one window has no way out.
pub fn stays_at_home(app: &App, page: &Page<'_>) {
    holds(page);
    let elsewhere = Elsewhere::start();
    navigations_are_refused(app, page, elsewhere.origin());
    links_are_refused(app, page, elsewhere.origin());
    frames_of_our_own_are_not(page);
    assert_eq!(elsewhere.requests(), 0);
    let left = fs::read_dir(app.home()).expect("it is there").count();
    assert_eq!(left, 0, "something is saved in HOME");
}

/// Scheme, host and port are compared, and the name of a user is refused.
fn navigations_are_refused(app: &App, page: &Page<'_>, elsewhere: &str) {
    let home = CHAPTER.origin();
    for url in [
        &format!("{elsewhere}/"),
        &format!("{home}.evil/"),
        &format!("{home}:81/"),
        &format!("{}/", home.replace("localhost", "elsewhere")),
        &format!("{}/", home.replace("localhost", "LOCALHOST")),
        &format!("{}/", home.replace("//", "//user@")),
        &format!("{}/", home.replace("//", "//user:word@")),
        "http://localhost/",
        "https://localhost/",
        "data:text/html,elsewhere",
    ] {
        let line = format!("[main] refused: navigation to {url}");
        is_said_once_more(app, &line, || {
            page.run_with("location = arguments[0]", &[(*url).into()]);
        });
        assert_eq!(page.run("return location.origin"), home, "{url}");
    }
    // WebKit and the policy refuse these by themselves, without a question.
    for url in ["file:///etc/passwd", "javascript:document.open()"] {
        page.run_with("location = arguments[0]", &[url.into()]);
        assert_eq!(page.run("return location.origin"), home, "{url}");
    }
    page.run_with(
        "const refresh = document.createElement('meta');
         refresh.httpEquiv = 'refresh';
         refresh.content = `0; url=${arguments[0]}/refresh`;
         document.head.append(refresh);",
        &[elsewhere.into()],
    );
    app.wait_for_line(&format!(
        "[main] refused: navigation to {elsewhere}/refresh"
    ));
}

fn links_are_refused(app: &App, page: &Page<'_>, elsewhere: &str) {
    let home = CHAPTER.origin();
    let windows = app.windows().len();
    for (attribute, url, what) in [
        ("target=_top", &format!("{elsewhere}/a"), "navigation to"),
        ("target=_blank", &format!("{elsewhere}/b"), "new window for"),
        ("target=_blank", &format!("{home}/"), "new window for"),
        ("download=x.desktop", &blob(page), "navigation to"),
        ("download=y.txt", &"data:text/plain,y".into(), "navigation to"),
        ("download=z.txt", &format!("{elsewhere}/c"), "navigation to"),
    ] {
        a_link_is_refused(app, page, attribute, url, what);
        assert_eq!(page.run("return location.origin"), home, "{url}");
    }
    assert_eq!(app.windows().len(), windows);
}

/// The address of a file that the page has made.
pub(super) fn blob(page: &Page<'_>) -> String {
    let url =
        page.run("return URL.createObjectURL(new Blob(['[Desktop Entry]']));");
    url.as_str().expect("a URL is a text").into()
}

/// Clicks a link with this attribute, as a user does: of what a script clicks,
/// WebKit asks less.
pub(super) fn a_link_is_refused(
    app: &App,
    page: &Page<'_>,
    attribute: &str,
    url: &str,
    what: &str,
) {
    let link = format!("<a id=link href=\"{url}\" {attribute}>A link</a>");
    page.run_with("document.body.innerHTML = arguments[0]", &[link.into()]);
    let line = format!("[main] refused: {what} {url}");
    is_said_once_more(app, &line, || page.click("#link"));
}

/// Another window may have been told the same.
fn is_said_once_more(app: &App, line: &str, act: impl Fn()) {
    let said = || app.output().lines().filter(|it| *it == line).count();
    let before = said();
    act();
    app.wait_until(&format!("the line {line:?}"), || said() > before);
}

/// The handler is asked for frames too, and not told which.
fn frames_of_our_own_are_not(page: &Page<'_>) {
    let seen = page.run(
        "const frame = async (attributes) => {
           const frame = document.createElement('iframe');
           const loaded = new Promise((done) => { frame.onload = done; });
           document.body.append(Object.assign(frame, attributes));
           await loaded;
           return frame.contentDocument?.body.textContent.includes('Hello');
         };
         return [await frame({ srcdoc: 'Hello' }),
                 await frame({ src: '/' }),
                 await frame({ src: 'about:blank' })];",
    );
    assert_eq!(seen, json!([true, true, false]));
}
