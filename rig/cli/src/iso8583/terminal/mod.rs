//! `fluxrig iso8583 terminal`: one request, or many terminals at once, and every answer compared with
//! its request: a STAN, a terminal or an amount of another's is *cross-wired*.
//!
//! With a rate, requests are sent when they are due whether or not earlier ones were answered, and
//! their time runs from when they were due. Without one, each terminal sends the next when it has the
//! answer to the last.

mod plan;
mod session;
mod totals;

use std::{
    io::{self, Write as _},
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
    time::Duration,
};

use anyhow::{Context as _, bail, ensure};
use parking_lot::Mutex;
use platform_kernel::{Clock, Shutdown};
use rig_iso8583::{by_standard, framing::Tpdu, masked, response_mti};
use tokio::time::Instant;

pub use self::totals::Report;
use self::{
    plan::{Pen, Plan, Share, Stans},
    session::{Run, Session},
    totals::Totals,
};
use super::{
    connection::Target,
    options::{self, FramingArgs, Specs},
    pace::Dice,
    progress::{beside, grouped, print_json, save},
};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where the switch listens
    #[arg(long, default_value = "127.0.0.1:8583", value_name = "HOST:PORT")]
    pub target: String,
    #[command(flatten)]
    pub framing: FramingArgs,
    /// A TPDU in front of every message
    #[arg(long)]
    pub tpdu: bool,
    /// The specification: a file, or one that is built in
    #[arg(long, default_value = "iso8583-v87-ascii")]
    pub spec: String,
    /// The card of a single request
    #[arg(long, default_value = "4111111111111111")]
    pub pan: String,
    /// The STAN of a single request
    #[arg(long, default_value = "000001", value_parser = clap::value_parser!(u32).range(0..=999_999))]
    pub stan: u32,
    /// Type of the requests
    #[arg(long, default_value = "0200")]
    pub mti: String,
    /// Type the answers must have [default: the response to --mti]
    #[arg(long)]
    pub expect_mti: Option<String>,
    /// Response code the answers must have
    #[arg(long, value_name = "CODE")]
    pub expect_de39: Option<String>,
    /// How long to wait for a connection and for an answer
    #[arg(long, default_value = "5s", value_parser = options::duration)]
    pub timeout: Duration,
    /// Terminals, each with a connection of its own
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub conns: u32,
    /// Requests of each terminal
    #[arg(long, default_value_t = 1)]
    pub count: u64,
    /// Send so long instead of a number of requests
    #[arg(long, value_parser = options::duration, conflicts_with = "count")]
    pub duration: Option<Duration>,
    /// Send so long before anything counts
    #[arg(long, default_value = "0", value_parser = options::duration, requires = "duration")]
    pub warmup: Duration,
    /// Requests a second of all terminals together; 0 sends the next when the last was answered
    #[arg(long, default_value = "0", value_parser = options::rate)]
    pub rate: f64,
    /// The first STAN of many terminals
    #[arg(long, default_value_t = 100_000)]
    pub stan_base: u32,
    /// Name and place of the merchant (DE 43), filled up with spaces
    #[arg(long)]
    pub de43: Option<String>,
    /// Another element of every request, like 22=051 or 55=hex:9F02…
    #[arg(long, value_name = "ELEMENT=VALUE", value_parser = options::setting)]
    pub set: Vec<(u8, Vec<u8>)>,
    /// What cards begin with, and the response code due for each, with many terminals
    #[arg(long, default_value = "4:00,5:05", value_name = "PREFIX:CODE,…", value_parser = plan::mix)]
    pub mix: std::vec::Vec<Share>,
    /// Response codes that are as good as the one that is due
    #[arg(long, value_name = "CODE,…", value_delimiter = ',')]
    pub accept_de39: Vec<String>,
    /// Where the report goes, as JSON
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Connect again when a connection is lost
    #[arg(long)]
    pub reconnect: bool,
    /// The terminal id (DE 41) [default: TERM0001, of many terminals T0000000 and so on]
    #[arg(long)]
    pub terminal_id: Option<String>,
    /// Draw requests from the x-fluxrig-simulation of the specification; only STAN and terminal are ours
    #[arg(long)]
    pub simulate: bool,
    /// Send the same cards and amounts at the same moments as another run
    #[arg(long)]
    pub seed: Option<u64>,
}

impl Args {
    const fn is_single(&self) -> bool {
        self.conns == 1 && self.count == 1 && self.duration.is_none()
    }

    fn plan(&self, specs: &Specs) -> anyhow::Result<Plan> {
        let spec = specs.get(&self.spec)?;
        let mut settings = self.set.clone();
        if let Some(text) = &self.de43 {
            settings.push((43, format!("{text:<40}").into_bytes()));
        }
        if let Some((number, _)) = settings.iter().find(|(number, _)| spec.wire().element(*number).is_none())
        {
            bail!("{} does not have DE {number}", spec.id);
        }
        let expect_mti = match &self.expect_mti {
            Some(mti) => mti.clone(),
            None => response_mti(&self.mti)
                .with_context(|| format!("{} is no request with a response", self.mti.escape_debug()))?,
        };
        let shares = match self.is_single() {
            true => vec![Share { prefix: self.pan.clone(), code: self.expect_de39.clone() }],
            false => {
                let mut shares = self.mix.clone();
                if let Some(code) = &self.expect_de39 {
                    shares.iter_mut().for_each(|share| share.code = Some(code.clone()));
                }
                shares
            }
        };
        let drawn = spec.simulation().is_some_and(|simulation| !simulation.mix.is_empty());
        ensure!(!self.simulate || drawn, "{} has no x-fluxrig-simulation with a mix", spec.id);
        Ok(Plan {
            simulate: self.simulate,
            spec,
            mti: self.mti.clone(),
            expect_mti,
            shares,
            also: self.accept_de39.iter().cloned().collect(),
            amount: self.is_single().then_some(10_000),
            settings,
        })
    }

    fn target(&self) -> anyhow::Result<Target> {
        Ok(Target {
            address: self.target.as_str().into(),
            prefix: self.framing.prefix()?,
            timeout: self.timeout,
        })
    }

    fn seed(&self) -> u64 {
        self.seed.unwrap_or_else(|| u64::from_le_bytes(platform_kernel::Rng::system().bytes()))
    }
}

pub async fn run(args: Args, json: bool, specs: &Specs, stop: Shutdown) -> anyhow::Result<ExitCode> {
    if args.is_single() {
        return single(&args, json, specs).await;
    }
    let report = many(&args, specs, stop).await?;
    save(&report, args.report.as_deref())?;
    if json {
        print_json(&report)?;
    } else {
        report.show(&mut io::stdout().lock())?;
    }
    Ok(if report.is_sound() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Many terminals at once.
pub async fn many(args: &Args, specs: &Specs, stop: Shutdown) -> anyhow::Result<Report> {
    let begin = Instant::now();
    let run = Arc::new(Run {
        plan: args.plan(specs)?,
        target: args.target()?,
        tpdu: args.tpdu,
        timeout: args.timeout,
        reconnect: args.reconnect,
        rate: args.rate / f64::from(args.conns),
        count: args.duration.is_none().then_some(args.count),
        until: args.duration.map(|duration| begin + args.warmup + duration),
        counted_from: begin + args.warmup,
        clock: Clock::system(),
        totals: Mutex::new(Totals::default()),
    });
    let seed = args.seed();
    let mut sessions = tokio::task::JoinSet::new();
    for terminal in 0..args.conns {
        let stans = match run.count {
            Some(count) => Stans::of(terminal, count, args.conns, args.stan_base)?,
            None => Stans::shared(terminal, args.conns, args.stan_base)?,
        };
        let id = args.terminal_id.clone().unwrap_or_else(|| format!("T{terminal:07}"));
        let dice = Dice::new(seed, terminal.into());
        sessions.spawn(Session::new(Arc::clone(&run), id, stans, dice, begin).run(stop.clone()));
    }
    let finished = async {
        while let Some(ended) = sessions.join_next().await {
            ended.context("a terminal panicked")?;
        }
        anyhow::Ok(())
    };
    beside(finished, || line(&run, begin)).await?;
    let totals = run.totals.lock();
    Ok(Report::of(&totals, args.conns, run.count.unwrap_or(0)))
}

fn line(run: &Run, begin: Instant) -> String {
    let totals = run.totals.lock();
    let phase = if Instant::now() < run.counted_from { "warming up  " } else { "" };
    let rate = totals.answered as f64 / totals.elapsed().as_secs_f64().max(0.001);
    format!(
        "{phase}{:5.0} s  sent {}  ok {}  {rate:.0}/s  p50 {:.1} ms  p99 {:.1} ms  failed {}  cross-wired {}  dropped {}",
        begin.elapsed().as_secs_f64(),
        grouped(totals.sent),
        grouped(totals.ok),
        totals.latency.quantile_ms(0.5),
        totals.latency.quantile_ms(0.99),
        grouped(totals.failed),
        grouped(totals.cross_wired),
        grouped(totals.dropped),
    )
}

#[derive(serde::Serialize)]
struct Single<'a> {
    pan: String,
    mti: &'a str,
    de39: &'a str,
    stan: &'a str,
    ok: bool,
}

/// One request, and its answer in one line.
async fn single(args: &Args, json: bool, specs: &Specs) -> anyhow::Result<ExitCode> {
    let plan = args.plan(specs)?;
    let id = args.terminal_id.as_deref().unwrap_or("TERM0001");
    let mut transaction = plan.transaction(args.stan, &Dice::new(args.seed(), 0));
    let mut pen = Pen::new(args.seed());
    plan.write(&mut transaction, id, Clock::system().now(), &mut pen)?;
    let card = pen.message.text(2).unwrap_or_default().to_owned();
    let Pen { message, wire, .. } = &mut pen;
    let asking = async {
        let mut connection = args.target()?.connect().await.context("no connection")?;
        if args.tpdu {
            connection.queue(&[Tpdu::new(1, 0).bytes(), wire])?;
        } else {
            connection.queue(&[wire])?;
        }
        let mut body = Vec::new();
        while !connection.frame(&mut body)? {
            connection.turn().await.context("no answer")?;
        }
        anyhow::Ok(body)
    };
    let body = tokio::time::timeout(args.timeout, asking).await.context("no answer in time")??;
    let body = if args.tpdu { body.get(Tpdu::LEN..).unwrap_or_default() } else { &body };
    plan.spec.wire().decode_to(body, message).context("the answer cannot be read")?;
    let text = |element| message.text(element).unwrap_or("-").trim();
    let (mti, de39) = (message.mti(), text(39));
    let stan = format!("{:0>6}", text(11));
    let shown = masked(&card, by_standard(2));
    let ours = stan.parse() == Ok(args.stan);
    let ok = mti == transaction.answer && plan.accepts(&transaction, de39) && ours;
    if json {
        print_json(&Single { pan: shown, mti, de39, stan: &stan, ok })?;
    } else {
        writeln!(io::stdout(), "pan={shown} -> mti={mti} de39={de39} stan={stan}")?;
    }
    ensure!(ours, "the answer has another STAN");
    ensure!(mti == transaction.answer, "the answer is a {mti} where a {} is due", transaction.answer);
    ensure!(ok, "DE 39 is `{de39}` where another one is due");
    Ok(ExitCode::SUCCESS)
}
