//! ch02-page as its user meets it.
#![cfg(target_os = "linux")]
use harness::App;
use std::fs;

const CHAPTER: &str = env!("CARGO_BIN_EXE_ch02-page");

#[test]
fn plays_as_the_book_shows() {
    let app = App::start(CHAPTER);
    let page = app.page();
    app.wait_for_line("[main] loaded app://localhost/");
    app.picture("ch02-page");
    app.snapshot_window("ch02_page_window");
    page.click("#missing");
    app.wait_for_line("[main] loaded app://localhost/missing.html");
    page.wait_for_text("h1", "Not found");
    assert!(app.close().success());
    app.snapshot_output("ch02_page");
}

#[test]
fn every_answer_has_its_type_and_the_policy() {
    let app = App::start(CHAPTER);
    let page = app.page();
    let policy = "default-src 'self'; script-src 'self'; \
                  base-uri 'none'; form-action 'none'";
    for (path, status, mime) in [
        ("/", 200, "text/html; charset=utf-8"),
        ("/style.css", 200, "text/css; charset=utf-8"),
        ("/missing.html", 404, "text/html; charset=utf-8"),
    ] {
        let answer = page.run_with(
            "const answer = await fetch(arguments[0]);
             const header = (name) => answer.headers.get(name);
             return [answer.status, header('content-type'),
                     header('content-security-policy'),
                     header('x-content-type-options')];",
            &[path.into()],
        );
        let expected = serde_json::json!([status, mime, policy, "nosniff"]);
        assert_eq!(answer, expected, "{path}");
    }
}

#[test]
fn only_get_and_head_are_answered() {
    let app = App::start(CHAPTER);
    let page = app.page();
    for (method, status, is_empty) in [
        ("GET", 200, false),
        ("HEAD", 200, true),
        ("POST", 405, false),
        ("PUT", 405, false),
        ("DELETE", 405, false),
    ] {
        let answer = page.run_with(
            "const answer = await fetch('/', { method: arguments[0] });
             const isEmpty = (await answer.text()) === '';
             return [answer.status, isEmpty, answer.headers.get('allow')];",
            &[method.into()],
        );
        let expected = serde_json::json!([status, is_empty, "GET, HEAD"]);
        assert_eq!(answer, expected, "{method}");
    }
}

#[test]
fn no_spelling_of_a_path_reaches_the_disk() {
    let app = App::start(CHAPTER);
    fs::write(app.home().join("secret.txt"), "secret").unwrap();
    let secret = app.home().join("secret.txt").display().to_string();
    let page = app.page();
    for path in [
        "/secret.txt",
        "/main.rs",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "/%252e%252e%252fsecret.txt",
        "/.%00/secret.txt",
        "/secret.txt%00.html",
        "//etc/passwd",
        "/etc/passwd",
        "/file:///etc/passwd",
        "/style.css/../../secret.txt",
        "/style.css/",
        "/STYLE.CSS",
        &secret,
    ] {
        let answer = page.run_with(
            "const answer = await fetch('app://localhost' + arguments[0]);
             return [answer.status, await answer.text()];",
            &[path.into()],
        );
        assert_eq!(answer[0], 404, "{path}");
        let text = answer[1].as_str().unwrap();
        assert!(text.contains("<h1>Not found</h1>"), "{path}: {text}");
    }
}

#[test]
fn the_page_runs_no_script_but_its_own_files() {
    let app = App::start(CHAPTER);
    let ran = app.page().run(
        "const script = document.createElement('script');
         script.textContent = 'window.inline = true';
         document.body.append(script);
         document.body.setAttribute('onclick', 'window.handler = true');
         document.body.click();
         let evaluated = true;
         try { window.eval('1'); } catch { evaluated = false; }
         return [window.inline ?? false, window.handler ?? false, evaluated];",
    );
    assert_eq!(ran, serde_json::json!([false, false, false]));
}
