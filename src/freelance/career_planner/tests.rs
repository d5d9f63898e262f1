//! Plans stay within hours and months, put foundations first, and never teach what is held.

use serde_json::json;

use super::*;
