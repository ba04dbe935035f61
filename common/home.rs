//! What keeps a page at home.
use crate::transcript::line;
use std::fmt::Display;
use wry::http::Uri;

/// Electron: `will-navigate`. Whether a page of `origin`, or a frame in it, may
/// go to `url`: to that same origin, and to the two documents that a frame
/// makes without asking anybody, `about:blank` and `about:srcdoc`.
///
/// Scheme, host and port are compared whole, so `app://localhost.evil` is not
/// `app://localhost`. A URL with a user's name in it is nobody's home.
pub fn is_home(origin: &str, url: &str) -> bool {
    let is_ours = |url: Uri| match (url.scheme_str(), url.authority()) {
        // A user's name and a port would be part of the authority.
        (Some(scheme), Some(host)) => format!("{scheme}://{host}") == origin,
        _ => false,
    };
    matches!(url, "about:blank" | "about:srcdoc")
        || url.parse().is_ok_and(is_ours)
}

/// Says what the page may not do, `[main] refused: download of app://…`, and is
/// always false: what a handler answers that does not allow it.
pub fn refuse(what: &str, url: impl Display) -> bool {
    line("main", format!("refused: {what} {url}"));
    false
}

#[cfg(test)]
mod tests {
    use super::is_home;

    #[test]
    fn home_is_one_scheme_one_host_and_one_port() {
        let origin = "app://localhost";
        for url in [
            "app://localhost",
            "app://localhost/",
            "app://localhost/a/b.html?c=d:e@f#g",
            "about:blank",
            "about:srcdoc",
        ] {
            assert!(is_home(origin, url), "{url}");
        }
        for url in [
            "",
            "/",
            "localhost",
            "app:",
            "app:localhost",
            "app:///localhost",
            "app://localhost.evil/",
            "app://localhost:80/",
            "app://localhost@evil/",
            "app://user@localhost/",
            "app://user:word@localhost/",
            "app://@localhost/",
            "app://evil/app://localhost/",
            "app2://localhost/",
            "https://localhost/",
            "https://app.localhost/",
            "about:blank#blocked",
            "about:config",
            "data:text/html,app://localhost/",
            "blob:app://localhost/1",
            "file:///app://localhost/",
            "javascript:'app://localhost/'",
        ] {
            assert!(!is_home(origin, url), "{url}");
        }
    }

    #[test]
    fn where_the_protocol_is_in_the_host_the_host_is_compared() {
        let origin = "http://app.localhost";
        assert!(is_home(origin, "http://app.localhost/missing.html"));
        for url in [
            "https://app.localhost/",
            "http://app.localhost.evil/",
            "http://app.localhost:8080/",
            "http://localhost/",
        ] {
            assert!(!is_home(origin, url), "{url}");
        }
    }
}
