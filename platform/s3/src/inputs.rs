//! What several requests, or answers, have in common. The protocol's types are generated, one
//! for each operation with fields of the same names: these macros take what no function can.

/// What a request says about the object it makes.
macro_rules! attributes {
    ($input:ident) => {
        $crate::objects::Said {
            cache_control: $input.cache_control.take(),
            content_disposition: $input.content_disposition.take(),
            content_encoding: $input.content_encoding.take(),
            content_language: $input.content_language.take(),
            expires: $input.expires.take(),
            metadata: $input.metadata.take(),
        }
        .attributes($input.content_type.take())
    };
}

/// The checksums that a request claims of its body.
macro_rules! checksums {
    ($input:expr) => {
        s3s::dto::Checksum {
            checksum_crc32: $input.checksum_crc32.clone(),
            checksum_crc32c: $input.checksum_crc32c.clone(),
            checksum_crc64nvme: $input.checksum_crc64nvme.clone(),
            checksum_sha1: $input.checksum_sha1.clone(),
            checksum_sha256: $input.checksum_sha256.clone(),
            ..s3s::dto::Checksum::default()
        }
    };
}

/// The body of a request, to be checked while it streams.
macro_rules! incoming {
    ($request:ident) => {{
        let claims = $crate::body::Claims {
            md5: $request.input.content_md5.take(),
            length: $request.input.content_length,
            checksum: checksums!($request.input),
            trailers: $request.extensions.get::<s3s::TrailingHeaders>().cloned(),
            trailing: $crate::body::trailing(&$request.headers),
        };
        $crate::body::Incoming::new($request.input.body.take(), claims)
    }};
}

/// The answer to a body that was stored: its checksums are those that were claimed.
macro_rules! stored {
    ($output:ident, $input:ident, $etag:expr) => {{
        let checksum = checksums!($input);
        $output {
            checksum_crc32: checksum.checksum_crc32,
            checksum_crc32c: checksum.checksum_crc32c,
            checksum_crc64nvme: checksum.checksum_crc64nvme,
            checksum_sha1: checksum.checksum_sha1,
            checksum_sha256: checksum.checksum_sha256,
            e_tag: Some($crate::objects::etag($etag)),
            ..$output::default()
        }
    }};
}

/// The conditions of a request that reads, and those of one that copies.
macro_rules! conditions {
    ($input:ident) => {
        $crate::reads::Conditions {
            matches: $input.if_match.take(),
            none_matches: $input.if_none_match.take(),
            modified_since: $input.if_modified_since.take(),
            unmodified_since: $input.if_unmodified_since.take(),
        }
    };
}
macro_rules! source_conditions {
    ($input:ident) => {
        $crate::reads::Conditions {
            matches: $input.copy_source_if_match.take(),
            none_matches: $input.copy_source_if_none_match.take(),
            modified_since: $input.copy_source_if_modified_since.take(),
            unmodified_since: $input.copy_source_if_unmodified_since.take(),
        }
    };
}

/// The answer about an object, or the piece of it that was asked for.
macro_rules! described {
    ($output:ident, $input:ident, $meta:ident, $piece:expr) => {{
        let piece: &$crate::reads::Piece = $piece;
        let details = $meta.details;
        $output {
            accept_ranges: Some("bytes".into()),
            cache_control: $input.response_cache_control.or(details.cache_control),
            content_disposition: $input.response_content_disposition.or(details.content_disposition),
            content_encoding: $input.response_content_encoding.or(details.content_encoding),
            content_language: $input.response_content_language.or(details.content_language),
            content_length: Some(piece.length($meta.size) as i64),
            content_range: piece.header($meta.size),
            content_type: Some($input.response_content_type.unwrap_or(or_bytes($meta.content_type))),
            e_tag: Some($crate::objects::etag($meta.etag)),
            expires: $input
                .response_expires
                .or(details.expires.as_deref().and_then($crate::objects::from_http_date)),
            last_modified: Some($crate::objects::time($meta.modified)),
            metadata: Some(details.user.into_iter().collect()),
            parts_count: piece.parts,
            ..$output::default()
        }
    }};
}

pub(crate) use {attributes, checksums, conditions, described, incoming, source_conditions, stored};
