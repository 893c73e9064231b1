//! The SMTP engine: one connection a mail, which is what password resets need; every step is
//! under a timeout, and the whole exchange is too.

use std::time::Duration;

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart, SinglePart,
        header::{HeaderName, HeaderValue},
    },
    transport::smtp::{
        authentication::Credentials,
        client::{Tls, TlsParameters},
    },
};

use crate::{Error, Mail};

/// How the connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// TLS from the first byte (usual on port 465).
    Implicit,
    /// STARTTLS, and no mail without it (usual on port 587).
    StartTls,
    /// STARTTLS when the server offers it; for servers in the same house.
    Opportunistic,
}

#[derive(Clone)]
pub struct Options {
    pub host: String,
    pub port: u16,
    pub encryption: Encryption,
    /// User name and password; `None` for servers that ask for none.
    pub credentials: Option<(String, String)>,
    pub from_email: String,
    pub from_name: String,
    /// For one network step; a whole mail may take three times as long.
    pub timeout: Duration,
}

impl std::fmt::Debug for Options {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "smtp({}:{}, {:?})", self.host, self.port, self.encryption)
    }
}

pub(crate) struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    limit: Duration,
}

impl Smtp {
    pub(crate) fn new(options: Options) -> Result<Self, Error> {
        let address = options.from_email.parse();
        let address = address.map_err(|error| Error::Invalid(format!("sender address: {error}")))?;
        let name = Some(options.from_name).filter(|name| !name.is_empty());
        let tls = || TlsParameters::new(options.host.clone()).map_err(unavailable);
        let tls = match options.encryption {
            Encryption::Implicit => Tls::Wrapper(tls()?),
            Encryption::StartTls => Tls::Required(tls()?),
            Encryption::Opportunistic => Tls::Opportunistic(tls()?),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&options.host)
            .port(options.port)
            .tls(tls)
            .timeout(Some(options.timeout));
        if let Some((user, password)) = options.credentials {
            builder = builder.credentials(Credentials::new(user, password));
        }
        Ok(Self { transport: builder.build(), from: Mailbox::new(name, address), limit: options.timeout * 3 })
    }

    pub(crate) async fn send(&self, mail: &Mail) -> Result<(), Error> {
        let message = message(&self.from, mail)?;
        let sent = tokio::time::timeout(self.limit, self.transport.send(message)).await;
        match sent {
            Err(_) => Err(Error::Unavailable("it took too long".into())),
            Ok(Err(error)) if error.is_permanent() => Err(Error::Refused(error.to_string())),
            Ok(Err(error)) => Err(unavailable(error)),
            Ok(Ok(_)) => Ok(()),
        }
    }

    pub(crate) async fn probe(&self) -> Result<(), Error> {
        match tokio::time::timeout(self.limit, self.transport.test_connection()).await {
            Err(_) => Err(Error::Unavailable("it took too long".into())),
            Ok(Err(error)) => Err(unavailable(error)),
            Ok(Ok(true)) => Ok(()),
            Ok(Ok(false)) => Err(Error::Unavailable("it accepts no commands".into())),
        }
    }
}

/// The error with its causes: lettre's own text often is only "Connection error".
fn unavailable(error: lettre::transport::smtp::Error) -> Error {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text.push_str(": ");
            text.push_str(&cause_text);
        }
        source = cause.source();
    }
    Error::Unavailable(text)
}

fn message(from: &Mailbox, mail: &Mail) -> Result<Message, Error> {
    let invalid = |error: &dyn std::fmt::Display| Error::Invalid(error.to_string());
    let to = mail.to.parse().map_err(|error| invalid(&error))?;
    let builder = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(mail.subject.clone())
        .message_id(mail.id.as_ref().map(|id| format!("<{id}@{}>", from.email.domain())));
    let mut message = match &mail.html {
        Some(html) => builder.multipart(MultiPart::alternative_plain_html(mail.text.clone(), html.clone())),
        None => builder.singlepart(SinglePart::plain(mail.text.clone())),
    }
    .map_err(|error| invalid(&error))?;
    let mut header = |name: &'static str, value: &str| {
        let name = HeaderName::new_from_ascii_str(name);
        message.headers_mut().insert_raw(HeaderValue::new(name, value.to_owned()));
    };
    // Keeps out-of-office answers from coming back.
    header("Auto-Submitted", "auto-generated");
    if !mail.locale.is_empty() && mail.locale.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        header("Content-Language", &mail.locale);
    }
    Ok(message)
}

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
        net::TcpListener,
    };

    use super::*;

    fn mail(to: &str) -> Mail {
        Mail {
            to: to.into(),
            subject: "Grüße\r\nBcc: x@y.z".into(),
            text: "plain".into(),
            html: Some("<p>rich</p>".into()),
            locale: "de".into(),
            ..Mail::default()
        }
    }

    /// A server that accepts one mail and returns its lines, or refuses the recipient.
    async fn server(refuse: bool) -> (u16, tokio::task::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let task = tokio::spawn(async move {
            let (mut socket, _) = listener.accept().await.unwrap();
            let (reader, mut writer) = socket.split();
            let mut lines = BufReader::new(reader).lines();
            let mut seen = String::new();
            let mut in_data = false;
            writer.write_all(b"220 hello\r\n").await.unwrap();
            while let Ok(Some(line)) = lines.next_line().await {
                seen.push_str(&line);
                seen.push('\n');
                let answer: &[u8] = match () {
                    () if in_data && line == "." => {
                        in_data = false;
                        b"250 taken\r\n"
                    }
                    () if in_data => continue,
                    () if line == "DATA" => {
                        in_data = true;
                        b"354 go\r\n"
                    }
                    () if refuse && line.starts_with("RCPT") => b"550 nobody here\r\n",
                    () if line == "QUIT" => break,
                    () => b"250 ok\r\n",
                };
                writer.write_all(answer).await.unwrap();
            }
            seen
        });
        (port, task)
    }

    fn engine(port: u16) -> Smtp {
        Smtp::new(Options {
            host: "127.0.0.1".into(),
            port,
            encryption: Encryption::Opportunistic,
            credentials: None,
            from_email: "noreply@example.com".into(),
            from_name: "Fluxer".into(),
            timeout: Duration::from_secs(5),
        })
        .unwrap()
    }

    #[tokio::test]
    async fn speaks_smtp_and_lets_no_header_in() {
        let (port, task) = server(false).await;
        let engine = engine(port);
        engine.send(&mail("someone@example.org")).await.unwrap();
        drop(engine);
        let seen = task.await.unwrap();
        assert!(seen.contains("RCPT TO:<someone@example.org>"), "{seen}");
        assert!(seen.contains("Auto-Submitted: auto-generated"), "{seen}");
        assert!(!seen.lines().any(|line| line.starts_with("Bcc")), "{seen}");
        assert!(seen.contains("text/html"));
    }

    #[tokio::test]
    async fn tells_refusal_from_absence() {
        let (port, _task) = server(true).await;
        let refused = engine(port).send(&mail("someone@example.org")).await.unwrap_err();
        assert!(refused.is_permanent(), "{refused}");
        assert!(engine(port).send(&mail("not an address")).await.unwrap_err().is_permanent());
        let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
        let absent = engine(closed).send(&mail("someone@example.org")).await.unwrap_err();
        assert!(!absent.is_permanent(), "{absent}");
    }
}
