//! Kept sessions: texts with a name and a date in the browser's IndexedDB, outside this page's memory.

use js_sys::futures::JsFuture;
use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{
    DomException, IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction,
    IdbTransactionMode,
};

const DATABASE: &str = "agora";
/// Raised when what is kept changes its shape; a newer one is left alone.
const VERSION: u32 = 1;
const STORE: &str = "sessions";

/// A kept session.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// What it is kept under.
    pub id: String,
    /// The name people read.
    pub name: String,
    /// When it was kept last [milliseconds since 1970].
    pub saved_ms: f64,
    /// The session, as a run's file.
    pub text: String,
}

/// Why something could not be kept or found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The browser gives this page no storage.
    Blocked,
    /// There is no room left.
    Full,
    /// A newer version of this page keeps its sessions in another way.
    Newer,
    /// The browser failed.
    Failed,
}

impl Trouble {
    /// Says it, and what it means.
    pub fn words(self) -> &'static str {
        match self {
            Trouble::Blocked => {
                "This browser gives the page no storage, so sessions are not kept here; a link or a file keeps them."
            }
            Trouble::Full => {
                "The browser's storage is full, so this session is not kept any further; delete kept ones, or take a file."
            }
            Trouble::Newer => {
                "Sessions are kept here by a newer version of this page; they are left alone, and this one keeps none."
            }
            Trouble::Failed => {
                "The browser's storage failed, so this session is not kept; a link or a file keeps it."
            }
        }
    }
}

/// Sorts a browser's exception.
fn trouble(error: &JsValue) -> Trouble {
    let name = error.dyn_ref::<DomException>().map(DomException::name).unwrap_or_default();
    match name.as_str() {
        "QuotaExceededError" => Trouble::Full,
        "SecurityError" | "InvalidStateError" | "NotAllowedError" => Trouble::Blocked,
        "VersionError" => Trouble::Newer,
        _ => Trouble::Failed,
    }
}

/// Keeps a session under its id, in place of what was there.
pub async fn keep(kept: &Kept) -> Result<(), Trouble> {
    let transaction = transaction(IdbTransactionMode::Readwrite).await?;
    let store = store(&transaction)?;
    let value = Object::new();
    let fields = [
        ("name", JsValue::from_str(&kept.name)),
        ("saved_ms", JsValue::from_f64(kept.saved_ms)),
        ("text", JsValue::from_str(&kept.text)),
    ];
    for (name, field) in fields {
        // An object of our own takes every field.
        let _ = Reflect::set(&value, &name.into(), &field);
    }
    store.put_with_key(&value, &kept.id.as_str().into()).map_err(|error| trouble(&error))?;
    finished(&transaction).await
}

/// Returns all kept sessions, the latest first; what is none of ours is left where it is.
pub async fn list() -> Result<Vec<Kept>, Trouble> {
    let transaction = transaction(IdbTransactionMode::Readonly).await?;
    let store = store(&transaction)?;
    let keys = answered(&store.get_all_keys().map_err(|error| trouble(&error))?).await?;
    let values = answered(&store.get_all().map_err(|error| trouble(&error))?).await?;
    let (keys, values) = (Array::from(&keys), Array::from(&values));
    let pairs = keys.iter().zip(values.iter());
    let mut all: Vec<Kept> = pairs.filter_map(|(key, value)| read(&key, &value)).collect();
    all.sort_by(|a, b| b.saved_ms.total_cmp(&a.saved_ms).then_with(|| a.id.cmp(&b.id)));
    Ok(all)
}

/// Returns a kept session; none if there is none under this id.
pub async fn find(id: &str) -> Result<Option<Kept>, Trouble> {
    let transaction = transaction(IdbTransactionMode::Readonly).await?;
    let request = store(&transaction)?.get(&id.into()).map_err(|error| trouble(&error))?;
    let value = answered(&request).await?;
    Ok(read(&id.into(), &value))
}

/// Deletes a kept session.
pub async fn forget(id: &str) -> Result<(), Trouble> {
    let transaction = transaction(IdbTransactionMode::Readwrite).await?;
    store(&transaction)?.delete(&id.into()).map_err(|error| trouble(&error))?;
    finished(&transaction).await
}

fn read(key: &JsValue, value: &JsValue) -> Option<Kept> {
    let field = |name: &str| Reflect::get(value, &name.into()).ok();
    Some(Kept {
        id: key.as_string()?,
        name: field("name")?.as_string()?,
        saved_ms: field("saved_ms")?.as_f64()?,
        text: field("text")?.as_string()?,
    })
}

async fn database() -> Result<IdbDatabase, Trouble> {
    let window = web_sys::window().ok_or(Trouble::Blocked)?;
    let factory = window.indexed_db().map_err(|_| Trouble::Blocked)?.ok_or(Trouble::Blocked)?;
    let open = factory.open_with_u32(DATABASE, VERSION).map_err(|error| trouble(&error))?;
    let grown = open.clone();
    let grow = Closure::once_into_js(move || make_store(&grown));
    open.set_onupgradeneeded(Some(grow.unchecked_ref()));
    answered(&open).await?.dyn_into().map_err(|_| Trouble::Failed)
}

/// Makes the store in a new database; where that fails, opening fails too.
fn make_store(open: &IdbOpenDbRequest) {
    let made = open.result().ok().and_then(|database| database.dyn_into::<IdbDatabase>().ok());
    if let Some(database) = made {
        let _ = database.create_object_store(STORE);
    }
}

async fn transaction(mode: IdbTransactionMode) -> Result<IdbTransaction, Trouble> {
    let database = database().await?;
    database.transaction_with_str_and_mode(STORE, mode).map_err(|error| trouble(&error))
}

fn store(transaction: &IdbTransaction) -> Result<IdbObjectStore, Trouble> {
    transaction.object_store(STORE).map_err(|error| trouble(&error))
}

/// Waits for a request's answer.
async fn answered(request: &IdbRequest) -> Result<JsValue, Trouble> {
    let promise = Promise::new(&mut |resolve, reject| {
        let done = request.clone();
        let good = Closure::once_into_js(move || {
            // Nobody hears a refusal to answer: the promise then never ends, as the request did not.
            let _ = resolve.call1(&JsValue::NULL, &done.result().unwrap_or(JsValue::UNDEFINED));
        });
        let failed = request.clone();
        let bad = Closure::once_into_js(move || {
            let error = failed.error().ok().flatten().map_or(JsValue::NULL, JsValue::from);
            let _ = reject.call1(&JsValue::NULL, &error);
        });
        request.set_onsuccess(Some(good.unchecked_ref()));
        request.set_onerror(Some(bad.unchecked_ref()));
    });
    JsFuture::from(promise).await.map_err(|error| trouble(&error))
}

/// Waits until a transaction is written.
async fn finished(transaction: &IdbTransaction) -> Result<(), Trouble> {
    let promise = Promise::new(&mut |resolve, reject| {
        let good = Closure::once_into_js(move || {
            let _ = resolve.call0(&JsValue::NULL);
        });
        let failed = transaction.clone();
        let bad = Closure::once_into_js(move || {
            let error = failed.error().map_or(JsValue::NULL, JsValue::from);
            let _ = reject.call1(&JsValue::NULL, &error);
        });
        transaction.set_oncomplete(Some(good.unchecked_ref()));
        transaction.set_onabort(Some(bad.unchecked_ref()));
    });
    JsFuture::from(promise).await.map(drop).map_err(|error| trouble(&error))
}
