//! A program that waits for its user works at nothing. It is tried where a
//! window is there already.
use harness::App;
use std::thread;
use std::time::Duration;

/// What a wait of the event loop's costs at most, in ticks of 10 ms: it is
/// woken now and then. A loop that never sleeps uses up to 50.
const MOST: u64 = 1;

/// The only timed wait in these tests: nothing tells that nothing happens.
const PERIOD: Duration = Duration::from_millis(500);

pub fn uses_no_cpu(app: &App) {
    app.wait_until("half a second in which it does nothing", || {
        let before = app.usage().ticks;
        thread::sleep(PERIOD);
        app.usage().ticks - before <= MOST
    });
}
