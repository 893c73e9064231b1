//! Declaring operations: path, who may call, how often, what goes in and comes out. From a
//! declaration come the route, the order of checks and the OpenAPI entry.

use std::{collections::BTreeMap, pin::Pin, sync::Arc};

use axum::{
    Router,
    extract::{RawPathParams, Request, rejection::RawPathParamsRejection},
    http::Method,
    response::Response,
    routing::{MethodFilter, MethodRouter, on},
};
use fluxer_domain::{Actor, App, Error, Result, attachments::Permit};
use fluxer_wire::{Definitions, Field, Value};
use serde_json::Map;

use crate::{
    answer::Answer,
    call::Call,
    limits::{self, Limit},
    pipeline,
};

/// Who may call an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Auth {
    /// Nobody needs to be logged in.
    None,
    /// People; bots get 403 `ACCESS_DENIED`.
    User,
    UserOrBot,
    /// People, bots, and OAuth2 tokens with the scope.
    Scope(&'static str),
    /// OAuth2 tokens only, with the scope or (empty) any.
    Bearer(&'static str),
    /// `Authorization: Bot` only; else 401 `INVALID_TOKEN`.
    Bot,
}

/// How the body is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyKind {
    /// JSON, cleaned, one issue per field; nothing readable counts as `{}`.
    Json,
    /// JSON as sent; any fault is one issue `message_data`.
    Message,
    /// The same; the issue is `scheduled_message`.
    ScheduledMessage,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// As it was sent, one string: for senders who sign it.
    Text,
}

/// Everything about an operation but its code.
#[derive(Debug, Clone)]
pub struct Declaration {
    pub method: Method,
    pub path: &'static str,
    pub id: &'static str,
    pub tags: &'static [&'static str],
    pub auth: Auth,
    pub limit: Limit,
    pub allow_suspicious: bool,
    pub captcha: bool,
    pub global_limit: bool,
    pub body: BodyKind,
    /// Who may send files along with the body; nobody if unset.
    pub uploads: Option<Gate>,
}

/// Settles from the caller and the parameters of the path what may be uploaded.
pub type Gate = fn(Arc<App>, Actor, Map<String, Value>) -> Pin<Box<dyn Future<Output = Permit> + Send>>;

type Run = dyn Fn(pipeline::Input) -> Pin<Box<dyn Future<Output = Response> + Send>> + Send + Sync;

/// Path parameters, or what of them is no text.
type Params = Result<RawPathParams, RawPathParamsRejection>;

/// Schemas of path, query, body and answer.
pub struct Shapes {
    pub path: Value,
    pub query: Value,
    pub body: Option<Value>,
    pub status: u16,
    pub answer: Option<Value>,
}

pub struct Operation {
    pub declaration: Arc<Declaration>,
    pub describe: fn(&mut Definitions) -> Shapes,
    run: Arc<Run>,
}

/// All operations, in the order they were declared.
#[derive(Default)]
pub struct Api {
    operations: Vec<Operation>,
}

/// An operation being declared.
pub struct Builder<'a> {
    api: &'a mut Api,
    declaration: Declaration,
}

impl Api {
    fn begin(&mut self, method: Method, path: &'static str, id: &'static str) -> Builder<'_> {
        let declaration = Declaration {
            method,
            path,
            id,
            tags: &[],
            auth: Auth::UserOrBot,
            limit: limits::DEFAULT,
            allow_suspicious: false,
            captcha: false,
            global_limit: true,
            body: BodyKind::Json,
            uploads: None,
        };
        Builder { api: self, declaration }
    }
    pub fn get(&mut self, path: &'static str, id: &'static str) -> Builder<'_> {
        self.begin(Method::GET, path, id)
    }
    pub fn post(&mut self, path: &'static str, id: &'static str) -> Builder<'_> {
        self.begin(Method::POST, path, id)
    }
    pub fn put(&mut self, path: &'static str, id: &'static str) -> Builder<'_> {
        self.begin(Method::PUT, path, id)
    }
    pub fn patch(&mut self, path: &'static str, id: &'static str) -> Builder<'_> {
        self.begin(Method::PATCH, path, id)
    }
    pub fn delete(&mut self, path: &'static str, id: &'static str) -> Builder<'_> {
        self.begin(Method::DELETE, path, id)
    }
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    pub fn into_router(self, app: Arc<App>) -> Router {
        let mut paths: BTreeMap<&'static str, MethodRouter> = BTreeMap::new();
        for operation in self.operations {
            let filter = MethodFilter::try_from(operation.declaration.method.clone())
                .expect("operations are declared with standard methods");
            let (app, run) = (app.clone(), operation.run);
            let handler = on(filter, async move |params: Params, request: Request| match params {
                Ok(params) => run(pipeline::Input { app, params, request }).await,
                Err(_) => pipeline::bad_path(),
            });
            let routes = paths.remove(operation.declaration.path).unwrap_or_default();
            paths.insert(operation.declaration.path, routes.merge(handler));
        }
        let routes =
            paths.into_iter().fold(Router::new(), |router, (path, methods)| router.route(path, methods));
        let routes = routes.method_not_allowed_fallback(pipeline::not_found);
        let both = Router::new().nest("/v1", routes.clone()).merge(routes).fallback(pipeline::not_found);
        pipeline::wrap(both, app)
    }
}

impl Builder<'_> {
    /// OpenAPI tags, the first one being the noun.
    pub fn tags(mut self, tags: &'static [&'static str]) -> Self {
        self.declaration.tags = tags;
        self
    }
    /// Default: people and bots.
    pub fn auth(mut self, auth: Auth) -> Self {
        self.declaration.auth = auth;
        self
    }
    pub fn limit(mut self, limit: Limit) -> Self {
        self.declaration.limit = limit;
        self
    }
    /// Open to accounts with suspicious-activity flags.
    pub fn allow_suspicious(mut self) -> Self {
        self.declaration.allow_suspicious = true;
        self
    }
    pub fn captcha(mut self) -> Self {
        self.declaration.captcha = true;
        self
    }
    pub fn without_global_limit(mut self) -> Self {
        self.declaration.global_limit = false;
        self
    }
    pub fn body(mut self, kind: BodyKind) -> Self {
        self.declaration.body = kind;
        self
    }
    /// Takes files along with the body, as `multipart/form-data`.
    pub fn uploads(mut self, gate: Gate) -> Self {
        self.declaration.uploads = Some(gate);
        self
    }
    /// Ends the declaration: what runs once every check has passed.
    pub fn run<P, Q, B, A, F, Fut>(self, operation: F)
    where
        P: Field + Send + 'static,
        Q: Field + Send + 'static,
        B: Field + Send + 'static,
        A: Answer,
        F: Fn(Call<P, Q, B>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<A, Error>> + Send + 'static,
    {
        let declaration = Arc::new(self.declaration);
        let operation = Arc::new(operation);
        let run: Arc<Run> = {
            let declaration = declaration.clone();
            Arc::new(move |input| {
                let (declaration, operation) = (declaration.clone(), operation.clone());
                Box::pin(async move { pipeline::run(&declaration, input, &*operation).await })
            })
        };
        self.api.operations.push(Operation { declaration, describe: describe::<P, Q, B, A>, run });
    }
}

fn describe<P: Field, Q: Field, B: Field, A: Answer>(defs: &mut Definitions) -> Shapes {
    Shapes {
        path: defs.unnamed(P::schema),
        query: defs.unnamed(Q::schema),
        body: (!B::NOTHING).then(|| B::schema(defs)),
        status: A::STATUS.as_u16(),
        answer: A::schema(defs),
    }
}
