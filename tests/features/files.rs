//! A page out of the program itself: what wry's protocol handler answers.
use crate::CHAPTER;
use harness::Page;
use serde_json::json;
use std::fs;

#[test]
fn only_its_own_files_are_served_each_with_its_type_and_the_policy() {
    let app = CHAPTER.start();
    let page = app.page();
    every_answer_has_its_type_and_the_policy(&page);

    fs::write(app.home().join("secret.txt"), "secret").unwrap();
    let secret = app.home().join("secret.txt").display().to_string();
    no_spelling_of_a_path_reaches_the_disk(&page, &secret);
}

fn every_answer_has_its_type_and_the_policy(page: &Page<'_>) {
    let policy = "default-src 'self'; script-src 'self'; \
                  base-uri 'none'; form-action 'none'";
    let (html, css) = ("text/html; charset=utf-8", "text/css; charset=utf-8");
    let (js, text) = ("text/javascript; charset=utf-8", "text/plain");
    // From ch03 on, the page has a script.
    let script = (!CHAPTER.apis.is_empty()).then_some((
        "GET",
        "/renderer.js",
        200,
        js,
        false,
    ));
    for (method, path, status, mime, is_empty) in [
        ("GET", "/", 200, html, false),
        ("GET", "/style.css", 200, css, false),
        ("GET", "/missing.html", 404, html, false),
        ("HEAD", "/", 200, html, true),
        ("POST", "/", 405, text, false),
        ("PUT", "/", 405, text, false),
        ("DELETE", "/", 405, text, false),
    ]
    .into_iter()
    .chain(script)
    {
        let answer = page.run_with(
            "const [path, method] = arguments;
             const answer = await fetch(path, { method });
             const header = (name) => answer.headers.get(name);
             return [answer.status, header('content-type'),
                     header('content-security-policy'),
                     header('x-content-type-options'), header('allow'),
                     (await answer.text()) === ''];",
            &[path.into(), method.into()],
        );
        let expected =
            json!([status, mime, policy, "nosniff", "GET, HEAD", is_empty]);
        assert_eq!(answer, expected, "{method} {path}");
    }
}

fn no_spelling_of_a_path_reaches_the_disk(page: &Page<'_>, secret: &str) {
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
        "/style",
        "/style.css/",
        "/STYLE.CSS",
        secret,
    ] {
        let answer = page.run_with(
            "const answer = await fetch(location.origin + arguments[0]);
             return [answer.status, await answer.text()];",
            &[path.into()],
        );
        assert_eq!(answer[0], 404, "{path}");
        let text = answer[1].as_str().expect("a text");
        assert!(text.contains("<h1>Not found</h1>"), "{path}: {text}");
    }
}
