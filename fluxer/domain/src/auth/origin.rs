//! Where a request comes from, as far as sessions remember it.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Client address in canonical text.
    pub ip: String,
    pub user_agent: Option<String>,
    /// The client said it is the desktop application.
    pub is_desktop: bool,
}
