//! Uploads in parts.

use platform_blobs::Upload;
use s3s::{
    S3Error, S3ErrorCode, S3Request, S3Response, S3Result,
    dto::{
        CompleteMultipartUploadInput, CompleteMultipartUploadOutput, CopyPartResult, CopySource,
        CreateMultipartUploadInput, CreateMultipartUploadOutput, ListMultipartUploadsInput,
        ListMultipartUploadsOutput, ListPartsInput, ListPartsOutput, MultipartUpload, Part, Range,
        StorageClass, UploadPartCopyInput, UploadPartCopyOutput, UploadPartInput, UploadPartOutput,
    },
};

use crate::{
    inputs::{attributes, checksums, incoming, source_conditions, stored},
    lists::{Written, at_most, groups},
    objects::{Objects, condition, etag, failed, owner, refuse, time},
    operations::source,
};

fn part_number(number: i32) -> S3Result<u32> {
    match u32::try_from(number) {
        Ok(number @ 1..=10_000) => Ok(number),
        _ => refuse(S3ErrorCode::InvalidArgument, "Part numbers are 1 to 10000."),
    }
}

fn standard() -> Option<StorageClass> {
    Some(StorageClass::from_static(StorageClass::STANDARD))
}

impl Objects {
    pub async fn start(
        &self,
        mut input: CreateMultipartUploadInput,
    ) -> S3Result<S3Response<CreateMultipartUploadOutput>> {
        let bucket = self.bucket(&input.bucket).await?;
        let about = attributes!(input)?;
        let id = self.local.start_upload(&bucket, &input.key, about).await.map_err(failed)?;
        Ok(S3Response::new(CreateMultipartUploadOutput {
            bucket: Some(input.bucket),
            key: Some(input.key),
            upload_id: Some(id),
            checksum_algorithm: input.checksum_algorithm,
            checksum_type: input.checksum_type,
            ..CreateMultipartUploadOutput::default()
        }))
    }

    pub async fn put_part(
        &self,
        mut request: S3Request<UploadPartInput>,
    ) -> S3Result<S3Response<UploadPartOutput>> {
        let mut body = incoming!(request);
        let input = request.input;
        let bucket = self.bucket(&input.bucket).await?;
        let number = part_number(input.part_number)?;
        let put = self.local.put_part(&bucket, &input.key, &input.upload_id, number, &mut body.stream);
        match put.await {
            Ok(part) => Ok(S3Response::new(stored!(UploadPartOutput, input, part.etag))),
            Err(error) => Err(body.refused(error).await),
        }
    }

    pub async fn copy_part(
        &self,
        mut input: UploadPartCopyInput,
    ) -> S3Result<S3Response<UploadPartCopyOutput>> {
        let bucket = self.bucket(&input.bucket).await?;
        let number = part_number(input.part_number)?;
        let conditions = source_conditions!(input);
        let CopySource::Bucket { bucket: from, key, .. } = &input.copy_source else { return source() };
        let (from, meta) = self.meta(from, key).await?;
        conditions.check(&meta, S3ErrorCode::PreconditionFailed)?;
        let range = match &input.copy_source_range {
            Some(range) => match Range::parse(range) {
                Ok(range) => Some(range.check(meta.size).map_err(S3Error::from)?),
                Err(_) => {
                    return refuse(S3ErrorCode::InvalidArgument, "The range to copy is bytes=first-last.");
                }
            },
            None => None,
        };
        let reading = self.local.read(&from, key, range).await.map_err(failed)?;
        let stream = reading.ok_or_else(crate::objects::no_such_key)?.stream;
        let put = self.local.put_part(&bucket, &input.key, &input.upload_id, number, stream).await;
        let part = put.map_err(failed)?;
        let result = CopyPartResult {
            e_tag: Some(etag(part.etag)),
            last_modified: Some(time(part.modified)),
            ..CopyPartResult::default()
        };
        Ok(S3Response::new(UploadPartCopyOutput { copy_part_result: Some(result), ..Default::default() }))
    }

    pub async fn finish(
        &self,
        input: CompleteMultipartUploadInput,
    ) -> S3Result<S3Response<CompleteMultipartUploadOutput>> {
        let condition = condition(input.if_match, input.if_none_match)?;
        let bucket = self.bucket(&input.bucket).await?;
        let mut parts = Vec::new();
        for part in input.multipart_upload.and_then(|upload| upload.parts).unwrap_or_default() {
            let (Some(number), Some(etag)) = (part.part_number, part.e_tag) else {
                return refuse(S3ErrorCode::MalformedXML, "A part has a number and an ETag.");
            };
            parts.push((part_number(number)?, etag.into_value()));
        }
        if parts.is_empty() {
            return refuse(S3ErrorCode::MalformedXML, "An object has at least one part.");
        }
        let done = self.local.complete(&bucket, &input.key, &input.upload_id, parts, condition).await;
        let meta = done.map_err(failed)?;
        Ok(S3Response::new(CompleteMultipartUploadOutput {
            location: Some(format!("/{}/{}", input.bucket, input.key)),
            bucket: Some(input.bucket),
            key: Some(input.key),
            e_tag: Some(etag(meta.etag)),
            ..CompleteMultipartUploadOutput::default()
        }))
    }

    pub async fn parts_of(&self, input: ListPartsInput) -> S3Result<S3Response<ListPartsOutput>> {
        let bucket = self.bucket(&input.bucket).await?;
        let limit = at_most(input.max_parts)?;
        let after = input.part_number_marker.unwrap_or(0);
        let mut parts = self.local.parts(&bucket, &input.key, &input.upload_id).await.map_err(failed)?;
        parts.retain(|part| i64::from(part.number) > i64::from(after));
        let truncated = parts.len() > limit as usize;
        parts.truncate(limit as usize);
        let last = parts.last().map(|part| part.number as i32);
        let parts = parts.into_iter().map(|part| Part {
            e_tag: Some(etag(part.etag)),
            last_modified: Some(time(part.modified)),
            part_number: Some(part.number as i32),
            size: Some(part.size as i64),
            ..Part::default()
        });
        Ok(S3Response::new(ListPartsOutput {
            bucket: Some(input.bucket),
            key: Some(input.key),
            upload_id: Some(input.upload_id),
            max_parts: Some(limit),
            is_truncated: Some(truncated),
            part_number_marker: Some(after),
            next_part_number_marker: last.filter(|_| truncated),
            parts: Some(parts.collect()),
            owner: Some(owner()),
            storage_class: standard(),
            ..ListPartsOutput::default()
        }))
    }

    pub async fn list_uploads(
        &self,
        input: ListMultipartUploadsInput,
    ) -> S3Result<S3Response<ListMultipartUploadsOutput>> {
        let written = Written::new(input.encoding_type.as_ref())?;
        let bucket = self.bucket(&input.bucket).await?;
        let limit = at_most(input.max_uploads)? as usize;
        let prefix = input.prefix.clone().unwrap_or_default();
        let delimiter = input.delimiter.clone().filter(|delimiter| !delimiter.is_empty());
        let (key_after, id_after) = (input.key_marker.clone(), input.upload_id_marker.clone());
        let after = |upload: &Upload| match (&key_after, &id_after) {
            (None, _) => true,
            (Some(key), None) => upload.key > *key,
            (Some(key), Some(id)) => (&upload.key, &upload.id) > (key, id),
        };
        let mut all = self.local.uploads(&bucket).await.map_err(failed)?;
        all.sort_by(|a, b| (&a.key, &a.id).cmp(&(&b.key, &b.id)));
        let (mut uploads, mut found, mut last, mut truncated) =
            (Vec::new(), Vec::<String>::new(), None, false);
        for upload in all.into_iter().filter(|upload| upload.key.starts_with(&prefix) && after(upload)) {
            let rest = &upload.key[prefix.len()..];
            let group = delimiter.as_deref().and_then(|delimiter| {
                rest.find(delimiter).map(|at| upload.key[..prefix.len() + at + delimiter.len()].to_owned())
            });
            if group.is_some() && group.as_ref() == found.last() {
                last = Some((upload.key, upload.id));
                continue;
            }
            if uploads.len() + found.len() >= limit {
                truncated = limit > 0;
                break;
            }
            last = Some((upload.key.clone(), upload.id.clone()));
            match group {
                Some(group) => found.push(group),
                None => uploads.push(MultipartUpload {
                    initiated: Some(time(upload.started)),
                    key: Some(written.text(upload.key)),
                    upload_id: Some(upload.id),
                    owner: Some(owner()),
                    storage_class: standard(),
                    ..MultipartUpload::default()
                }),
            }
        }
        let next = last.filter(|_| truncated);
        Ok(S3Response::new(ListMultipartUploadsOutput {
            bucket: Some(input.bucket),
            common_prefixes: Some(groups(found, &written)),
            delimiter: input.delimiter.map(|delimiter| written.text(delimiter)),
            encoding_type: input.encoding_type,
            is_truncated: Some(truncated),
            key_marker: input.key_marker.map(|key| written.text(key)),
            max_uploads: Some(limit as i32),
            next_key_marker: next.as_ref().map(|(key, _)| written.text(key.clone())),
            next_upload_id_marker: next.map(|(_, id)| id),
            prefix: input.prefix.map(|prefix| written.text(prefix)),
            upload_id_marker: input.upload_id_marker,
            uploads: Some(uploads),
            ..ListMultipartUploadsOutput::default()
        }))
    }
}
