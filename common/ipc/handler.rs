//! What a handler takes, and what it answers with.
//! Chapter: ch11-values
use crate::{BigInt, Bytes, Date, Error, Event, Map, Result, Set, Value};
use crate::{encode::encode, misfit::of_argument, typed::from_value};
use serde::{Serialize, de::DeserializeOwned};
use std::{pin::Pin, rc::Rc};

/// A handler that has forgotten its types.
pub(crate) type Handler = Rc<dyn Fn(Event, Vec<Value>) -> Outcome>;

/// An answer that has forgotten its type: the text of a value, or an error.
pub(crate) type Answered = Result<String>;

/// What a handler has come to when it returns.
pub enum Outcome {
    /// It is done.
    Now(Answered),
    /// It is a future, which has not begun.
    Later(Pin<Box<dyn Future<Output = Answered>>>),
}

pub(crate) fn erase<P: Parameters, A: Answer<K>, K>(
    handler: impl Fn(Event, P) -> A + 'static,
) -> Handler {
    Rc::new(move |event, args| match P::read(args) {
        Ok(args) => handler(event, args).into_outcome(),
        Err(why) => Outcome::Now(Err(why)),
    })
}

/// The arguments of a message, as a handler wants them: a tuple of at most
/// four, each a type that serde can read. `()` takes none.
///
/// As in JavaScript, an argument that is missing is `undefined`, which an
/// `Option` reads as `None`, and one too many is not looked at.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no list of arguments",
    label = "what this handler takes",
    note = "they are a tuple, also where there is one: \
            `|event, (name,): (String,)| …`; `()` is none",
    note = "at most four of them; an object that a page sends is one, and \
            read as a struct"
)]
pub trait Parameters: Sized {
    /// Reads the arguments.
    ///
    /// # Errors
    /// Where one does not fit its type: the error, a `TypeError`, says its
    /// position from 1 on, what was expected, and what was found.
    fn read(args: Vec<Value>) -> Result<Self>;
}

fn next<T: DeserializeOwned>(
    position: usize,
    args: &mut impl Iterator<Item = Value>,
) -> Result<T> {
    let value = args.next().unwrap_or(Value::Undefined);
    from_value(value).map_err(|why| {
        Error::new("TypeError", of_argument(position, why.message()))
    })
}

macro_rules! parameters {
    ($($name:ident $position:literal),*) => {
        impl<$($name: DeserializeOwned),*> Parameters for ($($name,)*) {
            #[allow(unused, reason = "() looks at no argument")]
            fn read(args: Vec<Value>) -> Result<Self> {
                let mut args = args.into_iter();
                Ok(($(next::<$name>($position, &mut args)?,)*))
            }
        }
    };
}
parameters!();
parameters!(A 1);
parameters!(A 1, B 2);
parameters!(A 1, B 2, C 3);
parameters!(A 1, B 2, C 3, D 4);

/// What a handler may answer with: a plain value, `Ok` of anything that serde
/// can write, an error, or a future of one of these.
///
/// `Kind` tells these apart for the compiler. There is nothing to be done
/// with it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no answer for a page",
    label = "this handler's answer",
    note = "write `Ok(answer)` for a type of your own, which has \
            `#[derive(serde::Serialize)]`; text, numbers and such can stand \
            alone",
    note = "an error is an `ipc::Error`, in a `Result<_, ipc::Error>`: `?` \
            and `.into()` make it of whatever can be displayed",
    note = "of an `async` handler, and of any future, what comes of it is the \
            answer"
)]
pub trait Answer<Kind> {
    /// Writes the answer, or makes a future of it that will.
    fn into_outcome(self) -> Outcome;
}

/// The kind of a plain value.
pub enum Plain {}
/// The kind of a `Result`.
pub enum Fallible {}
/// The kind of a future of another kind.
pub struct Later<Kind>(Kind);
/// A kind that no type is of. Without it a type that is no answer would be
/// refused for being no future, since that would be the one kind left.
pub enum Nothing {}

/// No type has it.
pub trait Never {}

impl<T: Never> Answer<Nothing> for T {
    fn into_outcome(self) -> Outcome {
        Outcome::Now(Ok(String::new()))
    }
}

impl<T: Serialize> Answer<Fallible> for Result<T> {
    fn into_outcome(self) -> Outcome {
        Outcome::Now(self.and_then(|answer| encode(&answer)))
    }
}

impl<F, A, K> Answer<Later<K>> for F
where
    F: Future<Output = A> + 'static,
    A: Answer<K>,
{
    fn into_outcome(self) -> Outcome {
        Outcome::Later(Box::pin(async {
            match self.await.into_outcome() {
                Outcome::Now(answer) => answer,
                Outcome::Later(future) => future.await,
            }
        }))
    }
}

macro_rules! plain {
    ($($type:ty)*) => {$(
        impl Answer<Plain> for $type {
            fn into_outcome(self) -> Outcome {
                Outcome::Now(encode(&self))
            }
        }
    )*};
}
plain!(() bool i8 i16 i32 i64 u8 u16 u32 u64 isize usize f32 f64);
plain!(&'static str String Value Date BigInt Bytes);

macro_rules! plain_of {
    ($($type:ty)*) => {$(
        impl<T: Serialize> Answer<Plain> for $type {
            fn into_outcome(self) -> Outcome {
                Outcome::Now(encode(&self))
            }
        }
    )*};
}
plain_of!(Option<T> Vec<T> Set<T> Map<String, T>);
