//! Whether a domain can receive mail, by the DNS.

use std::{net::SocketAddr, time::Duration};

use hickory_resolver::{
    TokioResolver,
    net::{DnsError, NetError},
    proto::{op::ResponseCode, rr::RData},
};
use moka::sync::Cache;

use crate::names;

const KEEP_GOOD: Duration = Duration::from_secs(30 * 60);
const KEEP_BAD: Duration = Duration::from_secs(5 * 60);
const DOMAINS: u64 = 10_000;
const ROOT: &str = ".";
const PATIENCE: Duration = Duration::from_secs(2);

pub struct Domains {
    resolver: TokioResolver,
    good: Cache<String, ()>,
    bad: Cache<String, ()>,
}

/// What the DNS said of one question.
enum Found {
    Yes,
    Nothing,
    NoSuchDomain,
    /// It did not get to say anything.
    Unknown,
}

impl Domains {
    pub fn new(name_server: Option<SocketAddr>) -> Result<Self, NetError> {
        let resolver = names::resolver(name_server, PATIENCE)?;
        let cache = |keep| Cache::builder().max_capacity(DOMAINS).time_to_live(keep).build();
        Ok(Self { resolver, good: cache(KEEP_GOOD), bad: cache(KEEP_BAD) })
    }

    /// A domain nobody can say anything about is taken to receive mail.
    pub async fn receive_mail(&self, domain: &str) -> bool {
        // The dot keeps the system's search list out of it.
        let name = format!("{}.", domain.trim_end_matches('.').to_lowercase());
        if self.good.contains_key(&name) {
            return true;
        }
        if self.bad.contains_key(&name) {
            return false;
        }
        match self.look_up(&name).await {
            Found::Unknown => true,
            Found::Yes => {
                self.good.insert(name, ());
                true
            }
            // The name server of a closed network denies every domain there is.
            Found::Nothing | Found::NoSuchDomain if !self.knows_the_internet().await => true,
            Found::Nothing | Found::NoSuchDomain => {
                self.bad.insert(name, ());
                false
            }
        }
    }

    /// Whether the name server knows who answers for the root of all names.
    async fn knows_the_internet(&self) -> bool {
        if self.good.contains_key(ROOT) {
            return true;
        }
        let known = self.resolver.ns_lookup(ROOT).await.is_ok_and(|answer| !answer.answers().is_empty());
        if known {
            self.good.insert(ROOT.to_owned(), ());
        }
        known
    }

    async fn look_up(&self, name: &str) -> Found {
        let exchangers = self.resolver.mx_lookup(name).await.map(|answer| {
            // An exchanger named `.` says that the domain takes no mail (RFC 7505).
            answer
                .answers()
                .iter()
                .any(|record| matches!(&record.data, RData::MX(mx) if !mx.exchange.is_root()))
        });
        match exchangers.map_err(|error| judge(&error)) {
            Ok(true) => Found::Yes,
            Ok(false) => Found::Nothing,
            Err(Found::Nothing) => match self.resolver.lookup_ip(name).await {
                Ok(_) => Found::Yes,
                Err(error) => judge(&error),
            },
            Err(found) => found,
        }
    }
}

fn judge(error: &NetError) -> Found {
    match error {
        NetError::Dns(DnsError::NoRecordsFound(none)) => match none.response_code {
            ResponseCode::NXDomain => Found::NoSuchDomain,
            ResponseCode::NoError => Found::Nothing,
            _ => Found::Unknown,
        },
        _ => Found::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    };

    use hickory_resolver::proto::{
        op::Message,
        rr::{
            Name, Record, RecordType,
            rdata::{A, MX, NS},
        },
    };
    use tokio::net::UdpSocket;

    use super::*;

    /// A name server that answers so.
    async fn name_server(answer: fn(&Message) -> Message) -> (SocketAddr, Arc<AtomicUsize>) {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let address = socket.local_addr().unwrap();
        let asked = Arc::new(AtomicUsize::new(0));
        let count = asked.clone();
        tokio::spawn(async move {
            let mut buffer = [0; 2048];
            while let Ok((length, peer)) = socket.recv_from(&mut buffer).await {
                let question = Message::from_vec(&buffer[..length]).unwrap();
                count.fetch_add(1, SeqCst);
                socket.send_to(&answer(&question).to_vec().unwrap(), peer).await.unwrap();
            }
        });
        (address, asked)
    }

    fn closed(question: &Message) -> Message {
        let mut answer = Message::response(question.metadata.id, question.metadata.op_code);
        answer.add_query(question.queries[0].clone());
        answer.metadata.response_code = ResponseCode::NXDomain;
        answer
    }

    /// A zone of four domains, and the root.
    fn open(question: &Message) -> Message {
        let query = question.queries[0].clone();
        let mut answer = Message::response(question.metadata.id, question.metadata.op_code);
        answer.add_query(query.clone());
        let name = query.name().clone();
        let mut say = |data| {
            answer.add_answer(Record::from_rdata(name.clone(), 60, data));
        };
        match (name.to_string().as_str(), query.query_type()) {
            (ROOT, RecordType::NS) => say(RData::NS(NS(Name::from_ascii("root.example.").unwrap()))),
            ("mail.example.", RecordType::MX) => {
                say(RData::MX(MX::new(10, Name::from_ascii("mx.example.").unwrap())))
            }
            ("null.example.", RecordType::MX) => say(RData::MX(MX::new(0, Name::root()))),
            ("host.example.", RecordType::A) => say(RData::A(A::new(192, 0, 2, 1))),
            ("broken.example.", _) => answer.metadata.response_code = ResponseCode::ServFail,
            ("gone.example.", _) => answer.metadata.response_code = ResponseCode::NXDomain,
            _ => {}
        }
        answer
    }

    #[tokio::test]
    async fn what_the_dns_says_decides_and_silence_does_not() {
        let (address, asked) = name_server(open).await;
        let domains = Domains::new(Some(address)).unwrap();
        for (domain, receives) in [
            ("mail.example", true),
            ("Host.Example", true),
            ("broken.example", true),
            ("empty.example", false),
            ("null.example", false),
            ("gone.example", false),
        ] {
            assert_eq!(domains.receive_mail(domain).await, receives, "{domain}");
        }
        let before = asked.load(SeqCst);
        assert!(domains.receive_mail("MAIL.example").await && !domains.receive_mail("gone.example").await);
        assert_eq!(asked.load(SeqCst), before, "answers are remembered");
    }
    #[tokio::test]
    async fn a_closed_network_knows_no_domain_and_denies_none() {
        let (address, _) = name_server(closed).await;
        let domains = Domains::new(Some(address)).unwrap();
        assert!(domains.receive_mail("mail.example").await);
    }
}
