//! A program of which nobody has asked anything. Where calls can be made, `flat`
//! looks after them.
use super::idle::uses_no_cpu;
use crate::CHAPTER;

#[test]
fn an_idle_program_uses_no_cpu() {
    let app = CHAPTER.start();
    // Before, the event loop may not turn yet, or wait for the page's process.
    app.wait_for_line("[main] ready");
    if CHAPTER.has_page {
        app.page();
    }
    uses_no_cpu(&app);
}
