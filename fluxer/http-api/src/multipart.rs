//! Messages with files: `multipart/form-data`, a JSON part `payload_json` and parts `files[N]`.
//!
//! The form is read once, as it arrives; files go to the spool and are never whole in memory.
//! What is wrong with the form is reported in the order of the contract, whatever came first on
//! the wire: the form, the JSON, the names of the parts, what belongs to what, and only then
//! whether the caller may upload at all. Who may not sends into the void.

use std::{io, sync::Arc, time::Duration};

use axum::{body::Body, http::HeaderMap};
use bytes::Bytes;
use fluxer_domain::{
    App, Error, Result,
    attachments::{Permit, Spooled, Upload, Uploads},
};
use fluxer_wire::{Field, Invalid, Value, code, invalid, message_requests::ClientAttachmentRequest, parse};
use multer::{Constraints, Multipart, SizeLimit};
use tokio::time::timeout;

use crate::client::header;

/// Path and code of the one issue a malformed message has.
pub type Fault = (&'static str, Invalid);

/// No message is described in more.
const MAX_PAYLOAD: usize = 1024 * 1024;
/// Room beside the files: the payload, headers of parts, parts that are ignored.
const OVERHEAD: u64 = 2 * 1024 * 1024;
/// A client that sends nothing for so long has given up.
const IDLE: Duration = Duration::from_secs(60);
const PAYLOAD: &str = "payload_json";

pub fn is_form(headers: &HeaderMap) -> bool {
    header(headers, "content-type").is_some_and(|kind| kind.starts_with("multipart/form-data"))
}

/// The message and its files.
pub async fn read<B: Field>(
    app: &App,
    permit: Permit,
    fault: Fault,
    headers: &HeaderMap,
    body: Body,
) -> Result<(B, Uploads)> {
    let unreadable = || Error::field("multipart_form", invalid::FAILED_TO_PARSE_MULTIPART_FORM_DATA);
    let boundary = header(headers, "content-type").and_then(|kind| multer::parse_boundary(kind).ok());
    let Some(boundary) = boundary else { return Err(unreadable()) };
    let most = permit.max_bytes.saturating_mul(permit.max_files as u64).saturating_add(OVERHEAD);
    let limits = SizeLimit::new().whole_stream(most);
    let form =
        Multipart::with_constraints(body.into_data_stream(), boundary, Constraints::new().size_limit(limits));
    let mut reader = Reader {
        app,
        permit,
        payload: None,
        files: Vec::new(),
        misnamed: None,
        too_large: false,
        broken: None,
    };
    match reader.read_all(form).await {
        Ok(()) => {}
        Err(multer::Error::StreamSizeExceeded { .. }) => return Err(reader.too_large()),
        Err(error) => {
            tracing::debug!(%error, "A form could not be read.");
            return Err(unreadable());
        }
    }
    reader.settle(fault)
}

struct Reader<'a> {
    app: &'a App,
    permit: Permit,
    payload: Option<Vec<u8>>,
    files: Vec<(String, Upload)>,
    /// The first thing wrong with the names of the parts.
    misnamed: Option<Invalid>,
    too_large: bool,
    /// The spool could not be written.
    broken: Option<io::Error>,
}

type Part = multer::Field<'static>;

impl Reader<'_> {
    async fn read_all(&mut self, mut form: Multipart<'static>) -> Result<(), multer::Error> {
        while let Some(part) = next(&mut form).await? {
            let name = part.name().unwrap_or_default().to_owned();
            if name == PAYLOAD {
                self.read_payload(part).await?;
            } else if let Some(rest) = name.strip_prefix("files[") {
                self.read_file(rest.strip_suffix(']'), &name, part).await?;
            } else {
                skip(part).await?;
            }
        }
        Ok(())
    }

    async fn read_payload(&mut self, mut part: Part) -> Result<(), multer::Error> {
        let mut text = Vec::new();
        let is_file = part.file_name().is_some();
        while let Some(bytes) = chunk(&mut part).await? {
            // What is too long stays too long, and is no JSON.
            if text.len() <= MAX_PAYLOAD {
                text.extend_from_slice(&bytes);
            }
        }
        self.payload = (!is_file).then_some(text);
        Ok(())
    }

    async fn read_file(&mut self, index: Option<&str>, name: &str, part: Part) -> Result<(), multer::Error> {
        let index = match self.place(index, name) {
            Ok(index) => index,
            Err(code) => {
                self.misnamed.get_or_insert(code);
                return skip(part).await;
            }
        };
        let called = part.file_name().map(str::to_owned);
        // A file that is not wanted still has to be known, so that the form is judged as a whole.
        let file = match self.spool(part).await? {
            Some(file) => file,
            None => return Ok(()),
        };
        self.files.push((name.to_owned(), Upload { index, file: Arc::new(file), name: called }));
        Ok(())
    }

    /// The number of a file, if it may have it.
    fn place(&self, index: Option<&str>, name: &str) -> Result<u64, Invalid> {
        let digits = index.filter(|text| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()));
        let Some(digits) = digits else { return Err(invalid::INVALID_FILE_FIELD_NAME) };
        let most = self.permit.max_files as u64;
        if most == 0 {
            return Err(invalid::ATTACHMENTS_NOT_ALLOWED_FOR_MESSAGE);
        }
        let index = digits.parse().ok().filter(|index| *index < most);
        let Some(index) = index else { return Err(invalid::FILE_INDEX_EXCEEDS_MAXIMUM) };
        match self.files.iter().find(|(_, file)| file.index == index) {
            Some((other, _)) if other == name => Err(invalid::MULTIPLE_FILES_FOR_INDEX_NOT_ALLOWED),
            Some(_) => Err(invalid::DUPLICATE_FILE_INDEX),
            None => Ok(index),
        }
    }

    /// Writes a part to the spool. One that is of no use is empty there: too large, from
    /// somebody who may not upload, or beside something else that is wrong already.
    async fn spool(&mut self, mut part: Part) -> Result<Option<Spooled>, multer::Error> {
        let mut file = match self.app.spool.begin().await {
            Ok(file) => Some(file),
            Err(error) => {
                self.broken = Some(error);
                None
            }
        };
        let wanted = self.permit.refusal.is_none() && self.misnamed.is_none();
        let mut size = 0;
        while let Some(bytes) = chunk(&mut part).await? {
            size += bytes.len() as u64;
            self.too_large |= size > self.permit.max_bytes;
            if !wanted || self.too_large || self.broken.is_some() {
                continue;
            }
            if let Some(file) = &mut file
                && let Err(error) = file.write(bytes).await
            {
                self.broken = Some(error);
            }
        }
        let Some(file) = file else { return Ok(None) };
        match file.finish().await {
            Ok(file) => Ok(Some(file)),
            Err(error) => {
                self.broken.get_or_insert(error);
                Ok(None)
            }
        }
    }

    fn too_large(&self) -> Error {
        fluxer_wire::Error::new(code::FILE_SIZE_TOO_LARGE)
            .with("max_attachment_file_size", self.permit.max_bytes)
            .into()
    }

    fn settle<B: Field>(self, (path, code): Fault) -> Result<(B, Uploads)> {
        let text = self.payload.as_deref().and_then(|bytes| std::str::from_utf8(bytes).ok());
        let Some(text) = text else {
            return Err(Error::field(PAYLOAD, invalid::PAYLOAD_JSON_REQUIRED_FOR_MULTIPART));
        };
        let Ok(value) = serde_json::from_str::<Value>(text) else {
            return Err(Error::field(PAYLOAD, invalid::INVALID_JSON_IN_PAYLOAD_JSON));
        };
        let metadata = value.get("attachments").filter(|list| !list.is_null()).cloned();
        let Ok(message) = parse::<B>(value) else { return Err(Error::field(path, code)) };
        if let Some(code) = self.misnamed {
            return Err(Error::field("files", code));
        }
        if let Some(error) = self.broken {
            return Err(Error::Blobs(error.into()));
        }
        let too_large = self.too_large();
        let uploads = Uploads::new(self.files.into_iter().map(|(_, upload)| upload).collect());
        // Read a second time, by itself: what `B` is is not known here.
        let metadata: Option<Vec<ClientAttachmentRequest>> = metadata.map(parse).transpose()?;
        uploads.check(metadata.as_deref())?;
        match self.permit.refusal {
            Some(refusal) if !uploads.is_empty() => Err(refusal),
            _ if self.too_large => Err(too_large),
            _ => Ok((message, uploads)),
        }
    }
}

async fn next(form: &mut Multipart<'static>) -> Result<Option<Part>, multer::Error> {
    timeout(IDLE, form.next_field()).await.unwrap_or_else(|_| Err(given_up()))
}

async fn chunk(part: &mut Part) -> Result<Option<Bytes>, multer::Error> {
    timeout(IDLE, part.chunk()).await.unwrap_or_else(|_| Err(given_up()))
}

async fn skip(mut part: Part) -> Result<(), multer::Error> {
    while chunk(&mut part).await?.is_some() {}
    Ok(())
}

fn given_up() -> multer::Error {
    multer::Error::StreamReadFailed(Box::new(io::Error::from(io::ErrorKind::TimedOut)))
}
