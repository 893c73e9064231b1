//! Presigned addresses: whoever has one may read that object until its time is over. Signed
//! as S3 does it (Signature Version 4 in the query), whatever engine holds the object.

use std::{collections::BTreeMap, time::Duration};

use hmac::{Hmac, Mac};
use platform_kernel::Timestamp;
use sha2::{Digest, Sha256};

use crate::{Error, filesystem::hex, key};

/// The protocol's limit.
const LONGEST: Duration = Duration::from_secs(604_800);

/// Where the objects are served and how addresses are signed.
#[derive(Clone, Default)]
pub struct Links {
    /// `https://host/path`; buckets are names below it.
    pub base: String,
    pub region: String,
    pub access_key_id: String,
    pub secret_access_key: String,
    /// Names of buckets there, by ours.
    pub buckets: BTreeMap<String, String>,
}

fn encode(text: &str, slash: bool) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || (slash && byte == b'/') {
            encoded.push(byte as char);
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

fn sign(key: &[u8], text: &str) -> Vec<u8> {
    // HMAC takes keys of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return Vec::new() };
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

impl Links {
    pub(crate) fn get(
        &self,
        bucket: &str,
        key: &str,
        lifetime: Duration,
        now: Timestamp,
    ) -> Result<String, Error> {
        key::check(key)?;
        let bucket = self.buckets.get(bucket).map_or(bucket, String::as_str);
        let base = self.base.trim_end_matches('/');
        let after_scheme = base.find("://").map_or(0, |at| at + 3);
        let path_at = base[after_scheme..].find('/').map_or(base.len(), |at| after_scheme + at);
        let (origin, prefix) = base.split_at(path_at);
        let host = &origin[after_scheme..];
        let path = format!("{prefix}/{}/{}", encode(bucket, false), encode(key, true));
        // 2026-01-02T03:04:05.678Z
        let moment: String = now.to_string().chars().take(19).filter(|c| !matches!(c, '-' | ':')).collect();
        let (date, moment) = (moment.get(..8).unwrap_or_default().to_owned(), moment + "Z");
        let scope = format!("{date}/{}/s3/aws4_request", self.region);
        let query = format!(
            "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={}&X-Amz-Date={moment}&X-Amz-Expires={}\
             &X-Amz-SignedHeaders=host",
            encode(&format!("{}/{scope}", self.access_key_id), false),
            lifetime.min(LONGEST).as_secs().max(1),
        );
        let request = format!("GET\n{path}\n{query}\nhost:{host}\n\nhost\nUNSIGNED-PAYLOAD");
        let digest = hex(&Sha256::digest(request));
        let mut signing = format!("AWS4{}", self.secret_access_key).into_bytes();
        for part in [&*date, &self.region, "s3", "aws4_request"] {
            signing = sign(&signing, part);
        }
        let signature = hex(&sign(&signing, &format!("AWS4-HMAC-SHA256\n{moment}\n{scope}\n{digest}")));
        Ok(format!("{origin}{path}?{query}&X-Amz-Signature={signature}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the protocol's own documentation, in path style.
    #[test]
    fn addresses_are_signed_as_others_verify_them() {
        let links = Links {
            base: "https://s3.amazonaws.com".into(),
            region: "us-east-1".into(),
            access_key_id: "AKIAIOSFODNN7EXAMPLE".into(),
            secret_access_key: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".into(),
            buckets: [("cdn".to_owned(), "examplebucket".to_owned())].into(),
        };
        let now = Timestamp::parse("2013-05-24T00:00:00Z").unwrap();
        let link = links.get("cdn", "test.txt", Duration::from_secs(86_400), now).unwrap();
        assert!(
            link.starts_with("https://s3.amazonaws.com/examplebucket/test.txt?X-Amz-Algorithm="),
            "{link}"
        );
        assert!(
            link.ends_with(
                "&X-Amz-Signature=733255ef022bec3f2a8701cd61d4b371f3f28c9f193a1f02279211d48d5193d7"
            ),
            "{link}"
        );
        let links = Links { base: "http://127.0.0.1:80/s3/".into(), ..links };
        let link = links.get("b", "a b/ü", Duration::from_secs(9_999_999), now).unwrap();
        assert!(link.starts_with("http://127.0.0.1:80/s3/b/a%20b/%C3%BC?"), "{link}");
        assert!(link.contains("X-Amz-Expires=604800&"), "{link}");
    }
}
