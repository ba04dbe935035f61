//! The benchmark does what it says, as far as that is seen without a window.

use crate::plan::{Can, plan};
use crate::{Amount, programs};

#[test]
fn the_patches_fit_their_chapters() {
    let by_hand =
        ["ch06-open-file", "ch08-tauri-invoke"].map(programs::by_hand);
    for copy in by_hand.into_iter().chain([programs::one_by_one()]) {
        let copy = copy.map_err(|why| why.message).unwrap();
        let main = copy.file("main.rs").unwrap();
        assert!(main.contains("BENCH_PLAN"), "{main}");
        assert!(copy.file("renderer.js").unwrap().contains("window.host"));
    }
}

#[test]
fn a_host_is_asked_for_what_it_can_do() {
    let names = |can, round| {
        let plan = plan(can, round, Amount::Usual);
        let works = plan.as_array().unwrap().iter();
        works.map(|it| it["name"].to_string()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(names(Can::Nothing, 0), "");
    assert_eq!(names(Can::Send, 0), "\"sends\"");
    assert_eq!(names(Can::Send, 1), "");
    assert!(!names(Can::Call, 1).contains("text"));
    assert!(!names(Can::Answer, 0).contains("bytes"));
    assert!(names(Can::Bytes, 1).contains("bytes-16MiB"));
    assert!(!names(Can::Bytes, 1).contains("calls-10000"));
}
