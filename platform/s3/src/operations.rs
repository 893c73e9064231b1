//! The operations of the protocol that are served. What is not here answers
//! `NotImplemented`.

use http::{HeaderMap, HeaderName, header};
use platform_blobs::{Condition, Error as Failure};
use s3s::{S3, S3Error, S3ErrorCode, S3Request, S3Response, S3Result, dto::*};

use crate::{
    inputs::{attributes, checksums, incoming, source_conditions, stored},
    objects::{Objects, condition, etag, failed, no_such_key, owner, refuse, time},
};

type Answer<T> = S3Result<S3Response<T>>;

/// A condition from a header that the protocol's layer does not know for the operation.
fn wanted(headers: &HeaderMap, name: HeaderName) -> S3Result<Option<ETagCondition>> {
    let Some(value) = headers.get(name) else { return Ok(None) };
    match ETagCondition::parse_http_header(value.as_bytes()) {
        Ok(condition) => Ok(Some(condition)),
        Err(_) => refuse(S3ErrorCode::InvalidArgument, "A condition is * or an ETag."),
    }
}

/// A delete whose condition does not hold. That there is no object is no other failure.
fn not_deleted(error: Failure) -> S3Error {
    failed(if matches!(error, Failure::Absent) { Failure::Condition } else { error })
}

pub fn source<T>() -> S3Result<T> {
    refuse(S3ErrorCode::InvalidArgument, "The source of a copy is /bucket/key.")
}

fn full_control() -> Vec<Grant> {
    let owner = owner();
    let grantee = Grantee {
        display_name: owner.display_name,
        email_address: None,
        id: owner.id,
        type_: Type::from_static(Type::CANONICAL_USER),
        uri: None,
    };
    vec![Grant {
        grantee: Some(grantee),
        permission: Some(Permission::from_static(Permission::FULL_CONTROL)),
    }]
}

#[async_trait::async_trait]
impl S3 for Objects {
    async fn list_buckets(&self, _: S3Request<ListBucketsInput>) -> Answer<ListBucketsOutput> {
        let buckets = self.local.buckets().await.map_err(failed)?;
        let mut buckets: Vec<Bucket> = buckets
            .into_iter()
            .map(|bucket| Bucket {
                bucket_region: None,
                creation_date: Some(time(bucket.made)),
                name: Some(self.outside(bucket.name)),
            })
            .collect();
        buckets.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(S3Response::new(ListBucketsOutput {
            buckets: Some(buckets),
            owner: Some(owner()),
            ..ListBucketsOutput::default()
        }))
    }

    async fn create_bucket(&self, request: S3Request<CreateBucketInput>) -> Answer<CreateBucketOutput> {
        let name = request.input.bucket;
        let taken = || refuse(S3ErrorCode::BucketAlreadyOwnedByYou, "There is a bucket of this name.");
        let Ok(inside) = self.inside(&name) else { return taken() };
        if !self.local.make_bucket(&inside).await.map_err(failed)? {
            return taken();
        }
        Ok(S3Response::new(CreateBucketOutput { location: Some(format!("/{name}")) }))
    }

    async fn head_bucket(&self, request: S3Request<HeadBucketInput>) -> Answer<HeadBucketOutput> {
        self.bucket(&request.input.bucket).await?;
        Ok(S3Response::new(HeadBucketOutput {
            bucket_region: Some(self.region.clone()),
            ..HeadBucketOutput::default()
        }))
    }

    async fn delete_bucket(&self, request: S3Request<DeleteBucketInput>) -> Answer<DeleteBucketOutput> {
        let bucket = self.bucket(&request.input.bucket).await?;
        self.local.remove_bucket(&bucket).await.map_err(failed)?;
        Ok(S3Response::new(DeleteBucketOutput {}))
    }

    async fn get_bucket_location(
        &self,
        request: S3Request<GetBucketLocationInput>,
    ) -> Answer<GetBucketLocationOutput> {
        self.bucket(&request.input.bucket).await?;
        let region = BucketLocationConstraint::from(self.region.clone());
        Ok(S3Response::new(GetBucketLocationOutput { location_constraint: Some(region) }))
    }

    async fn get_bucket_versioning(
        &self,
        request: S3Request<GetBucketVersioningInput>,
    ) -> Answer<GetBucketVersioningOutput> {
        self.bucket(&request.input.bucket).await?;
        Ok(S3Response::new(GetBucketVersioningOutput::default()))
    }

    async fn get_bucket_acl(&self, request: S3Request<GetBucketAclInput>) -> Answer<GetBucketAclOutput> {
        self.bucket(&request.input.bucket).await?;
        Ok(S3Response::new(GetBucketAclOutput { grants: Some(full_control()), owner: Some(owner()) }))
    }

    async fn get_object_acl(&self, request: S3Request<GetObjectAclInput>) -> Answer<GetObjectAclOutput> {
        self.meta(&request.input.bucket, &request.input.key).await?;
        Ok(S3Response::new(GetObjectAclOutput {
            grants: Some(full_control()),
            owner: Some(owner()),
            request_charged: None,
        }))
    }

    async fn get_bucket_cors(&self, request: S3Request<GetBucketCorsInput>) -> Answer<GetBucketCorsOutput> {
        self.bucket(&request.input.bucket).await?;
        let rule = CORSRule {
            allowed_headers: Some(vec!["*".into()]),
            allowed_methods: ["GET", "HEAD", "PUT", "POST", "DELETE"].map(String::from).into(),
            allowed_origins: vec!["*".into()],
            expose_headers: Some(vec!["ETag".into()]),
            id: None,
            max_age_seconds: Some(3600),
        };
        Ok(S3Response::new(GetBucketCorsOutput { cors_rules: Some(vec![rule]) }))
    }

    async fn list_objects(&self, request: S3Request<ListObjectsInput>) -> Answer<ListObjectsOutput> {
        self.list_first(request.input).await
    }

    async fn list_objects_v2(&self, request: S3Request<ListObjectsV2Input>) -> Answer<ListObjectsV2Output> {
        self.list_second(request.input).await
    }

    async fn put_object(&self, mut request: S3Request<PutObjectInput>) -> Answer<PutObjectOutput> {
        let mut body = incoming!(request);
        let mut input = request.input;
        let condition = condition(input.if_match.take(), input.if_none_match.take())?;
        let bucket = self.bucket(&input.bucket).await?;
        let about = attributes!(input)?;
        match self.local.put_stream(&bucket, &input.key, &mut body.stream, about, condition).await {
            Ok(meta) => Ok(S3Response::new(stored!(PutObjectOutput, input, meta.etag))),
            Err(error) => Err(body.refused(error).await),
        }
    }

    async fn get_object(&self, request: S3Request<GetObjectInput>) -> Answer<GetObjectOutput> {
        self.read_object(request.input).await
    }

    async fn head_object(&self, request: S3Request<HeadObjectInput>) -> Answer<HeadObjectOutput> {
        self.describe_object(request).await
    }

    async fn copy_object(&self, request: S3Request<CopyObjectInput>) -> Answer<CopyObjectOutput> {
        let (matches, none_matches) =
            (wanted(&request.headers, header::IF_MATCH)?, wanted(&request.headers, header::IF_NONE_MATCH)?);
        let condition = condition(matches, none_matches)?;
        let mut input = request.input;
        let from_conditions = source_conditions!(input);
        let about = attributes!(input)?;
        let CopySource::Bucket { bucket: from, key: from_key, .. } = &input.copy_source else {
            return source();
        };
        let (to, key) = (self.bucket(&input.bucket).await?, input.key);
        let (from, meta) = self.meta(from, from_key).await?;
        from_conditions.check(&meta, S3ErrorCode::PreconditionFailed)?;
        let replace = input
            .metadata_directive
            .is_some_and(|directive| directive.as_str() == MetadataDirective::REPLACE);
        if !replace && (&from, &**from_key) == (&to, &*key) {
            let message = "An object is copied onto itself only with new metadata.";
            return refuse(S3ErrorCode::InvalidRequest, message);
        }
        let copied = self
            .local
            .copy((&from, from_key), (&to, &key), replace.then_some(about), condition)
            .await
            .map_err(failed)?;
        let meta = copied.ok_or_else(no_such_key)?;
        let result = CopyObjectResult {
            e_tag: Some(etag(meta.etag)),
            last_modified: Some(time(meta.modified)),
            ..CopyObjectResult::default()
        };
        Ok(S3Response::new(CopyObjectOutput {
            copy_object_result: Some(result),
            ..CopyObjectOutput::default()
        }))
    }

    async fn delete_object(&self, request: S3Request<DeleteObjectInput>) -> Answer<DeleteObjectOutput> {
        let input = request.input;
        if input.if_match_last_modified_time.is_some() || input.if_match_size.is_some() {
            return refuse(S3ErrorCode::NotImplemented, "Deletes may ask for If-Match with an ETag.");
        }
        let condition = condition(input.if_match, None)?;
        let bucket = self.bucket(&input.bucket).await?;
        self.local.delete(&bucket, &input.key, condition).await.map_err(not_deleted)?;
        Ok(S3Response::new(DeleteObjectOutput::default()))
    }

    async fn delete_objects(&self, request: S3Request<DeleteObjectsInput>) -> Answer<DeleteObjectsOutput> {
        let bucket = self.bucket(&request.input.bucket).await?;
        let Delete { objects, quiet } = request.input.delete;
        if objects.is_empty() || objects.len() > 1000 {
            return refuse(S3ErrorCode::MalformedXML, "1 to 1000 objects are deleted at once.");
        }
        let (mut deleted, mut errors) = (Vec::new(), Vec::new());
        for object in objects {
            let condition =
                object.e_tag.map_or(Condition::Always, |etag| Condition::Present(Some(etag.into_value())));
            match self.local.delete(&bucket, &object.key, condition).await.map_err(not_deleted) {
                Ok(_) => deleted.push(DeletedObject { key: Some(object.key), ..DeletedObject::default() }),
                Err(error) => errors.push(Error {
                    code: Some(error.code().as_str().to_owned()),
                    key: Some(object.key),
                    message: error.message().map(str::to_owned),
                    version_id: None,
                }),
            }
        }
        Ok(S3Response::new(DeleteObjectsOutput {
            deleted: (!quiet.unwrap_or(false)).then_some(deleted),
            errors: (!errors.is_empty()).then_some(errors),
            request_charged: None,
        }))
    }

    async fn create_multipart_upload(
        &self,
        request: S3Request<CreateMultipartUploadInput>,
    ) -> Answer<CreateMultipartUploadOutput> {
        self.start(request.input).await
    }

    async fn upload_part(&self, request: S3Request<UploadPartInput>) -> Answer<UploadPartOutput> {
        self.put_part(request).await
    }

    async fn upload_part_copy(
        &self,
        request: S3Request<UploadPartCopyInput>,
    ) -> Answer<UploadPartCopyOutput> {
        self.copy_part(request.input).await
    }

    async fn complete_multipart_upload(
        &self,
        request: S3Request<CompleteMultipartUploadInput>,
    ) -> Answer<CompleteMultipartUploadOutput> {
        self.finish(request.input).await
    }

    async fn abort_multipart_upload(
        &self,
        request: S3Request<AbortMultipartUploadInput>,
    ) -> Answer<AbortMultipartUploadOutput> {
        let input = request.input;
        let bucket = self.bucket(&input.bucket).await?;
        self.local.abort(&bucket, &input.key, &input.upload_id).await.map_err(failed)?;
        Ok(S3Response::new(AbortMultipartUploadOutput::default()))
    }

    async fn list_parts(&self, request: S3Request<ListPartsInput>) -> Answer<ListPartsOutput> {
        self.parts_of(request.input).await
    }

    async fn list_multipart_uploads(
        &self,
        request: S3Request<ListMultipartUploadsInput>,
    ) -> Answer<ListMultipartUploadsOutput> {
        self.list_uploads(request.input).await
    }
}
