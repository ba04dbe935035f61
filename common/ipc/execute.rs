//! What main has a page work out: an expression, and what comes of it.
//! Chapter: ch14-reload
use crate::contents::DESTROYED;
use crate::envelope::Call;
use crate::outgoing::Outgoing;
use crate::settle::{Promise, Resolver, with_resolvers};
use crate::{Error, Result, Value, WebContents, from_value};
use serde::de::DeserializeOwned;
use std::sync::Arc;
use std::{cell::RefCell, collections::HashMap};

impl WebContents {
    /// Electron: `webContents.executeJavaScript(code)`. What `code` comes to in
    /// the page, as a `T`; where that is a promise, what it is settled with. It
    /// is the document's that is there, or the next one's.
    ///
    /// `code` is one expression, which may have `await` in it. What takes several
    /// statements is a function that is called: `(() => { …; return 1; })()`. Do
    /// not write into it what a page has said; send that as a message.
    ///
    /// It is executed whether or not the future is awaited.
    ///
    /// ```
    /// async fn words(page: &ipc::WebContents) -> ipc::Result<usize> {
    ///     let code = "document.body.innerText.split(/\\s+/)";
    ///     let words: Vec<String> = page.execute_javascript(code).await?;
    ///     Ok(words.len())
    /// }
    /// ```
    ///
    /// # Errors
    /// The error that is thrown in the page; of a primitive that is thrown, one
    /// with its text, and of anything else one that it could not be cloned. A
    /// `SyntaxError` where `code` is no expression, and an error where it has a
    /// NUL, where its document is left or its window closed before it has
    /// answered, where what it comes to cannot cross or is no `T`, and where it
    /// could not be sent, as [`send`](Self::send) tells.
    pub fn execute_javascript<T: DeserializeOwned>(
        &self,
        code: &str,
    ) -> impl Future<Output = Result<T>> + use<T> {
        let result = self.execute(code);
        async { from_value(result?.await?) }
    }

    fn execute(&self, code: &str) -> Result<Promise<Value>> {
        if code.contains('\0') {
            // glib panics at one, or ends the text there.
            Err("The code has a NUL in it")?;
        }
        let (promise, resolver) = with_resolvers();
        let id = self.app().state().executions.begin(self, resolver);
        let message = Outgoing::execute(id, code);
        if let Err(why) = message.and_then(|message| self.post(message)) {
            self.app().state().executions.end(id, Err(why));
        }
        Ok(promise)
    }
}

/// What pages work out, and who waits for it.
#[derive(Default)]
pub(crate) struct Executions(RefCell<All>);

#[derive(Default)]
struct All {
    last: u64,
    waiting: HashMap<u64, Execution>,
}

struct Execution {
    page: u32,
    resolver: Resolver<Value>,
    /// Nothing before it has begun.
    document: Option<Arc<str>>,
}

impl Executions {
    fn begin(&self, page: &WebContents, resolver: Resolver<Value>) -> u64 {
        let all = &mut *self.0.borrow_mut();
        all.last += 1;
        let execution = Execution { page: page.id(), resolver, document: None };
        all.waiting.insert(all.last, execution);
        all.last
    }

    fn end(&self, id: u64, result: Result<Value>) {
        let execution = self.0.borrow_mut().waiting.remove(&id);
        if let Some(Execution { resolver, .. }) = execution {
            resolver.settle(result);
        }
    }

    fn end_all(&self, is_over: impl Fn(&Execution) -> bool, why: &str) {
        let is_over = |_: &u64, it: &mut Execution| is_over(it);
        // Whoever waits may ask for more at once.
        let over: Vec<_> =
            self.0.borrow_mut().waiting.extract_if(is_over).collect();
        over.into_iter().for_each(|(_, it)| it.resolver.reject(why));
    }

    /// It has begun, in this document.
    pub fn begun(&self, page: &WebContents, id: u64, document: &Arc<str>) {
        if page.document().as_ref() != Some(document) {
            return self.lost(id);
        }
        let waiting = &mut self.0.borrow_mut().waiting;
        let execution = waiting.get_mut(&id).into_iter();
        execution.for_each(|it| it.document = Some(document.clone()));
    }

    /// Its document is gone.
    pub fn lost(&self, id: u64) {
        self.end(id, Err(LEFT.into()));
    }

    /// Its document is there, and the script has not begun.
    pub fn wrong(&self, id: u64) {
        let why = "the code is no expression. What takes several statements is \
                   a function that is called: (() => { …; return 1; })()";
        self.end(id, Err(Error::new("SyntaxError", why)));
    }

    /// A document has answered: that in which it has begun or, where main is
    /// not told of that yet, the one that is there.
    pub fn settle(
        &self,
        page: &WebContents,
        Call { document, id }: Call,
        result: Result<Vec<Value>>,
    ) {
        let there = page.document();
        let waits = |it: &Execution| {
            let its = it.document.as_ref().or(there.as_ref());
            it.page == page.id() && its == Some(&document)
        };
        if self.0.borrow().waiting.get(&id).is_some_and(waits) {
            self.end(id, result.and_then(read));
        }
    }

    /// Another document is there, or none: the others do not answer.
    pub fn leave(&self, page: &WebContents, there: Option<&Arc<str>>) {
        let is_over = |it: &Execution| {
            let begun = it.document.as_ref();
            it.page == page.id() && begun.is_some() && begun != there
        };
        self.end_all(is_over, LEFT);
    }

    /// Its window is closed.
    pub fn close(&self, page: &WebContents) {
        self.end_all(|it| it.page == page.id(), DESTROYED);
    }
}

/// What the page has answered: `[true, value]` or `[false, error]`.
fn read(args: Vec<Value>) -> Result<Value> {
    match <[Value; 2]>::try_from(args) {
        Ok([Value::Bool(true), value]) => Ok(value),
        Ok([_, Value::Error(why)]) => Err(why),
        _ => Err("a result is true and a value, or false and an error".into()),
    }
}

const LEFT: &str = "The document was left before it answered";
