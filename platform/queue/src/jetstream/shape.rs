//! What is on the wire: subjects, and jobs and letters as JSON.

use platform_kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::rows::{DeadRow, JobRow, LetterKey};

/// Something that is kept under a subject of its own.
pub trait Entry: Clone + Send + Sync + 'static {
    /// All subjects of the stream.
    const SUBJECTS: &'static str;
    fn subject(&self) -> String;
    fn kind(&self) -> &str;
    fn id(&self) -> &str;
    /// When it is due, or was given up.
    fn at(&self) -> Timestamp;
    fn encode(&self) -> Vec<u8>;
    fn decode(bytes: &[u8]) -> Option<Self>;
}

pub fn job_subject(kind: &str, id: &str) -> String {
    format!("jobs.{}.{}", token(kind), token(id))
}

pub fn letter_subject((kind, failed_at, id): &LetterKey) -> String {
    format!("jobs_dead.{}.{}.{}", token(kind), failed_at.millis(), token(id))
}

/// Any text as one token of a subject: what has a meaning there is written in hexadecimal.
fn token(text: &str) -> String {
    let mut token = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b':') {
            token.push(char::from(byte));
        } else {
            token.push_str(&format!("={byte:02X}"));
        }
    }
    if token.is_empty() { "=".into() } else { token }
}

#[derive(Serialize, Deserialize)]
struct JobMessage<'a> {
    #[serde(borrow)]
    payload: &'a RawValue,
    run_at: Timestamp,
    max_attempts: i32,
    priority: i32,
    created_at: Timestamp,
    kind: String,
    id: String,
    attempts: i32,
    last_error: Option<String>,
    leased: bool,
    version: i32,
}

#[derive(Serialize, Deserialize)]
struct LetterMessage<'a> {
    #[serde(borrow)]
    payload: &'a RawValue,
    failed_at: Timestamp,
    max_attempts: i32,
    priority: i32,
    created_at: Timestamp,
    kind: String,
    id: String,
    attempts: i32,
    last_error: String,
}

/// JSON as it is; what is none becomes a string.
fn raw(payload: &str) -> Box<RawValue> {
    RawValue::from_string(payload.to_owned())
        .or_else(|_| serde_json::value::to_raw_value(payload))
        .unwrap_or_else(|_| RawValue::NULL.to_owned())
}

fn json<T: Serialize>(message: &T) -> Vec<u8> {
    serde_json::to_vec(message).unwrap_or_default()
}

fn parse<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Option<T> {
    serde_json::from_slice(bytes).ok()
}

impl Entry for JobRow {
    const SUBJECTS: &'static str = "jobs.>";

    fn subject(&self) -> String {
        job_subject(&self.kind, &self.id)
    }
    fn kind(&self) -> &str {
        &self.kind
    }
    fn id(&self) -> &str {
        &self.id
    }
    fn at(&self) -> Timestamp {
        self.due_at
    }
    fn encode(&self) -> Vec<u8> {
        json(&JobMessage {
            payload: &raw(&self.payload),
            run_at: self.due_at,
            max_attempts: self.max_attempts,
            priority: self.priority(),
            created_at: self.created_at,
            kind: self.kind.clone(),
            id: self.id.clone(),
            attempts: self.attempts,
            last_error: self.last_error.clone(),
            leased: self.is_leased(),
            version: self.version,
        })
    }
    fn decode(bytes: &[u8]) -> Option<Self> {
        let message: JobMessage<'_> = parse(bytes)?;
        Some(Self {
            kind: message.kind,
            id: message.id,
            payload: message.payload.get().to_owned(),
            attempts: message.attempts,
            max_attempts: message.max_attempts,
            due_at: message.run_at,
            created_at: message.created_at,
            last_error: message.last_error,
            priority: (message.priority > 0).then_some(message.priority),
            leased: message.leased.then_some(true),
            version: message.version,
        })
    }
}

impl Entry for DeadRow {
    const SUBJECTS: &'static str = "jobs_dead.>";

    fn subject(&self) -> String {
        letter_subject(&self.key())
    }
    fn kind(&self) -> &str {
        &self.kind
    }
    fn id(&self) -> &str {
        &self.id
    }
    fn at(&self) -> Timestamp {
        self.failed_at
    }
    fn encode(&self) -> Vec<u8> {
        json(&LetterMessage {
            payload: &raw(&self.payload),
            failed_at: self.failed_at,
            max_attempts: self.max_attempts,
            priority: self.priority.unwrap_or(0),
            created_at: self.created_at,
            kind: self.kind.clone(),
            id: self.id.clone(),
            attempts: self.attempts,
            last_error: self.last_error.clone(),
        })
    }
    fn decode(bytes: &[u8]) -> Option<Self> {
        let message: LetterMessage<'_> = parse(bytes)?;
        Some(Self {
            kind: message.kind,
            failed_at: message.failed_at,
            id: message.id,
            payload: message.payload.get().to_owned(),
            attempts: message.attempts,
            max_attempts: message.max_attempts,
            created_at: message.created_at,
            last_error: message.last_error,
            priority: (message.priority > 0).then_some(message.priority),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// A subject is three tokens whatever is in the names, and two jobs share none.
        #[test]
        fn every_name_is_a_token_of_its_own(a in ".{0,20}", b in ".{0,20}") {
            let (one, two) = (job_subject(&a, &b), job_subject(&b, &a));
            prop_assert_eq!(one.split('.').count(), 3);
            prop_assert!(one.split('.').all(|token| !token.is_empty() && token.is_ascii()));
            prop_assert!(!one.contains(['*', '>', ' ']));
            prop_assert_eq!(one == two, a == b);
        }

        #[test]
        fn a_job_comes_back_as_it_was(
            payload in any::<Vec<String>>(),
            priority in 0..=100_i32,
            attempts in 0..100_i32,
            at in 0..4_000_000_000_000_i64,
            error in any::<Option<String>>(),
            leased in any::<bool>(),
            version in any::<i32>(),
        ) {
            let row = JobRow {
                kind: "k".into(),
                id: "j:1".into(),
                payload: serde_json::to_string(&payload).unwrap_or_default(),
                attempts,
                max_attempts: 12,
                due_at: Timestamp::from_millis(at),
                created_at: Timestamp::from_millis(at),
                last_error: error,
                priority: (priority > 0).then_some(priority),
                leased: leased.then_some(true),
                version,
            };
            let back = JobRow::decode(&row.encode());
            prop_assert_eq!(format!("{back:?}"), format!("{:?}", Some(row)));
        }
    }
}
