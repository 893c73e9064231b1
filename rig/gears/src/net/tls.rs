//! TLS for servers and clients, by rustls: who is shown to whom, and whom to believe.

use std::{io, path::Path, sync::Arc, time::Duration};

use rustls::{
    ClientConfig, DigitallySignedStruct, RootCertStore, ServerConfig, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime, pem::PemObject},
    server::WebPkiClientVerifier,
};
use serde::Deserialize;
use serde_json::json;
use tokio::net::TcpStream;
use tokio_rustls::{TlsAcceptor, TlsConnector, TlsStream};

use super::settings::Role;
use crate::GearError;

/// The block `tls` of a gear with sockets.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TlsConfig {
    pub enabled: bool,
    pub cert_file: Option<String>,
    pub key_file: Option<String>,
    pub ca_file: Option<String>,
    pub server_name: Option<String>,
    pub insecure_skip_verify: bool,
    pub require_client_cert: bool,
}

impl Default for TlsConfig {
    fn default() -> Self {
        Self {
            enabled: true,
            cert_file: None,
            key_file: None,
            ca_file: None,
            server_name: None,
            insecure_skip_verify: false,
            require_client_cert: false,
        }
    }
}

/// JSON Schema of the above.
pub fn schema() -> serde_json::Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "description": "TLS 1.2 and 1.3; files are PEM, relative to the scenario",
        "properties": {
            "enabled": {"type": "boolean", "default": true},
            "cert_file": {"type": "string", "description": "own certificate and those that signed it; a server needs one"},
            "key_file": {"type": "string", "description": "private key of the certificate"},
            "ca_file": {"type": "string", "description": "whom to believe; a client without it believes the system's authorities"},
            "server_name": {"type": "string", "description": "client: the name the server has to show, if not the host of `connect`"},
            "insecure_skip_verify": {"type": "boolean", "default": false, "description": "client: believe anyone; for tests"},
            "require_client_cert": {"type": "boolean", "default": false, "description": "server: clients show a certificate that ca_file signed"}
        }
    })
}

pub enum Stream {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

/// What a gear's connections are secured with.
pub enum Security {
    Server(TlsAcceptor),
    Client(TlsConnector, ServerName<'static>),
}

impl Security {
    /// Reads the files; `base` is where relative paths begin.
    pub fn load(tls: &TlsConfig, role: &Role, base: &Path) -> Result<Self, GearError> {
        let provider = Arc::new(ring::default_provider());
        match role {
            Role::Server { .. } => server(tls, base, provider),
            Role::Client { connect, .. } => client(tls, connect, base, provider),
        }
        .map_err(|why| GearError::new("tls", why))
    }
    /// Waits for a client's handshake.
    pub async fn accept(&self, tcp: TcpStream) -> io::Result<Stream> {
        match self {
            Self::Server(acceptor) => Ok(Stream::Tls(Box::new(acceptor.accept(tcp).await?.into()))),
            Self::Client(..) => Err(io::Error::other("a client accepts nobody")),
        }
    }
    /// Shakes hands with a server.
    pub async fn connect(&self, tcp: TcpStream) -> io::Result<Stream> {
        match self {
            Self::Client(connector, name) => {
                Ok(Stream::Tls(Box::new(connector.connect(name.clone(), tcp).await?.into())))
            }
            Self::Server(_) => Err(io::Error::other("a server connects to nobody")),
        }
    }
}

fn server(tls: &TlsConfig, base: &Path, provider: Arc<CryptoProvider>) -> Result<Security, String> {
    let (chain, key) = identity(tls, base)?.ok_or("a server with TLS needs `cert_file` and `key_file`")?;
    let builder = ServerConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(text)?;
    let builder = match (roots(tls, base)?, tls.require_client_cert) {
        (Some(roots), required) => {
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
            let verifier = if required { verifier } else { verifier.allow_unauthenticated() };
            builder.with_client_cert_verifier(verifier.build().map_err(text)?)
        }
        (None, true) => return Err("`require_client_cert` needs `ca_file`".into()),
        (None, false) => builder.with_no_client_auth(),
    };
    let config = builder.with_single_cert(chain, key).map_err(text)?;
    Ok(Security::Server(TlsAcceptor::from(Arc::new(config))))
}

fn client(
    tls: &TlsConfig,
    connect: &str,
    base: &Path,
    provider: Arc<CryptoProvider>,
) -> Result<Security, String> {
    let host = connect.rsplit_once(':').map_or(connect, |(host, _)| host);
    let name = tls.server_name.as_deref().unwrap_or(host).trim_matches(['[', ']']);
    let name = ServerName::try_from(name.to_owned()).map_err(|_| format!("{name} is no name of a server"))?;
    let builder = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(text)?;
    let builder = if tls.insecure_skip_verify {
        builder.dangerous().with_custom_certificate_verifier(Arc::new(Anyone(provider)))
    } else {
        let roots = match roots(tls, base)? {
            Some(roots) => roots,
            None => system_roots()?,
        };
        builder.with_root_certificates(roots)
    };
    let config = match identity(tls, base)? {
        Some((chain, key)) => builder.with_client_auth_cert(chain, key).map_err(text)?,
        None => builder.with_no_client_auth(),
    };
    Ok(Security::Client(TlsConnector::from(Arc::new(config)), name))
}

type Identity = (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>);

fn identity(tls: &TlsConfig, base: &Path) -> Result<Option<Identity>, String> {
    let (cert, key) = match (&tls.cert_file, &tls.key_file) {
        (Some(cert), Some(key)) => (base.join(cert), base.join(key)),
        (None, None) => return Ok(None),
        _ => return Err("`cert_file` and `key_file` belong together".into()),
    };
    let chain = certificates(&cert)?;
    let key = PrivateKeyDer::from_pem_file(&key).map_err(|error| format!("{}: {error}", key.display()))?;
    Ok(Some((chain, key)))
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let told = |error: rustls::pki_types::pem::Error| format!("{}: {error}", path.display());
    let all: Result<Vec<_>, _> = CertificateDer::pem_file_iter(path).map_err(told)?.collect();
    let all = all.map_err(told)?;
    if all.is_empty() {
        return Err(format!("{} has no certificate in it", path.display()));
    }
    Ok(all)
}

fn roots(tls: &TlsConfig, base: &Path) -> Result<Option<RootCertStore>, String> {
    let Some(file) = &tls.ca_file else { return Ok(None) };
    let mut roots = RootCertStore::empty();
    for certificate in certificates(&base.join(file))? {
        roots.add(certificate).map_err(text)?;
    }
    Ok(Some(roots))
}

fn system_roots() -> Result<RootCertStore, String> {
    let mut roots = RootCertStore::empty();
    let found = rustls_native_certs::load_native_certs();
    roots.add_parsable_certificates(found.certs);
    if roots.is_empty() {
        return Err("the system has no list of authorities: name them in `ca_file`".into());
    }
    Ok(roots)
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// Believes every certificate; its owner still has to prove that it is theirs.
#[derive(Debug)]
struct Anyone(Arc<CryptoProvider>);

impl ServerCertVerifier for Anyone {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }
    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, cert, signed, &self.0.signature_verification_algorithms)
    }
    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, cert, signed, &self.0.signature_verification_algorithms)
    }
    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

/// Small messages go out at once, and a peer that is silently gone is noticed within a minute.
/// A socket that refuses either still serves.
pub fn keep_alive(tcp: &TcpStream) {
    let probes = socket2::TcpKeepalive::new()
        .with_time(Duration::from_secs(30))
        .with_interval(Duration::from_secs(10));
    let _ = tcp.set_nodelay(true);
    let _ = socket2::SockRef::from(tcp).set_tcp_keepalive(&probes);
}
