//! A call that nobody answers would wait for ever: a handler that panics, and
//! one that forgets its answer, end it, too.
//! Chapter: ch12-errors
use crate::{Error, Result};
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

/// Runs code of an app. A panic in it is an error, with its message.
pub(crate) fn catch<T>(run: impl FnOnce() -> T) -> Result<T> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|why| {
        let why = message(&*why).unwrap_or("it does not say why");
        Error::new("Error", format!("main panicked: {why}"))
    })
}

fn message(panic: &(dyn Any + Send)) -> Option<&str> {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
}

/// Runs a future of an app in the same way.
pub(crate) async fn caught<T>(
    mut future: Pin<Box<dyn Future<Output = Result<T>>>>,
) -> Result<T> {
    std::future::poll_fn(move |context| {
        catch(|| future.as_mut().poll(context))
            .unwrap_or_else(|why| Poll::Ready(Err(why)))
    })
    .await
}

/// JavaScript: `Promise.withResolvers()`. An answer that comes from elsewhere:
/// the handler gives the promise, and whoever has the resolver settles it, on
/// any thread.
///
/// ```
/// # let ipc_main = ipc::IpcMain::default();
/// ipc_main.handle("count", |_, ()| {
///     let (promise, resolver) = ipc::with_resolvers();
///     std::thread::spawn(move || resolver.resolve((0..9).sum::<u64>()));
///     promise
/// })?;
/// # Ok::<_, ipc::Error>(())
/// ```
pub fn with_resolvers<T>() -> (Promise<T>, Resolver<T>) {
    let place = Arc::new(Mutex::new(Place { answer: None, waker: None }));
    (Promise(place.clone()), Resolver(place))
}

struct Place<T> {
    answer: Option<Result<T>>,
    waker: Option<Waker>,
}

/// An answer that is to come.
#[must_use = "a promise does nothing unless it is awaited or answered with"]
pub struct Promise<T>(Arc<Mutex<Place<T>>>);

impl<T> Future for Promise<T> {
    type Output = Result<T>;

    fn poll(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Result<T>> {
        let mut place = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match place.answer.take() {
            Some(answer) => Poll::Ready(answer),
            None => {
                place.waker = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }
}

/// What settles a [`Promise`]. One that is dropped before rejects it with “reply
/// was never sent”, as Electron does.
pub struct Resolver<T>(Arc<Mutex<Place<T>>>);

impl<T> Resolver<T> {
    /// JavaScript: `resolve(value)`
    pub fn resolve(self, value: T) {
        self.settle(Ok(value));
    }

    /// JavaScript: `reject(error)`
    pub fn reject(self, why: impl Into<Error>) {
        self.settle(Err(why.into()));
    }

    /// Settles it with what may have failed.
    pub fn settle(self, answer: Result<T>) {
        self.put(answer);
    }

    fn put(&self, answer: Result<T>) {
        let mut place = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // It is taken once, so the drop that follows changes nothing.
        let waker = place.waker.take();
        place.answer.get_or_insert(answer);
        drop(place);
        waker.into_iter().for_each(Waker::wake);
    }
}

impl<T> Drop for Resolver<T> {
    fn drop(&mut self) {
        self.put(Err("reply was never sent".into()));
    }
}
