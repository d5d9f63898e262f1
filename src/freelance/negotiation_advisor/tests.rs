//! A plan stands on what is known, and changes with it.

use serde_json::json;
