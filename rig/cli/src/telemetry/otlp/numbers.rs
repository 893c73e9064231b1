//! Metrics as an OTLP request: read from the text that Prometheus gets, under the names they were
//! given (with dots) before that text changed them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{super::metrics::Metrics, attributes};

pub fn request(resource: &Value, metrics: &Metrics, begun: i64, now: i64) -> Value {
    let read = read(&metrics.render(), begun, now, &|name| metrics.given(name));
    json!({"resourceMetrics": [{
        "resource": resource,
        "scopeMetrics": [{"scope": {"name": "fluxrig"}, "metrics": read}],
    }]})
}

type Labels = BTreeMap<String, String>;

/// One histogram while its lines come in.
#[derive(Default)]
struct Histogram {
    /// Upper bound and everything up to it.
    buckets: Vec<(f64, u64)>,
    sum: f64,
    count: u64,
}

/// What the text says, metric by metric.
fn read(text: &str, begun: i64, now: i64, given: &dyn Fn(&str) -> String) -> Vec<Value> {
    let mut kinds: BTreeMap<&str, &str> = BTreeMap::new();
    let mut points: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    let mut histograms: BTreeMap<(&str, Labels), Histogram> = BTreeMap::new();
    let nanos = |millis: i64| format!("{millis}000000");
    for line in text.lines() {
        if let Some(kind) = line.strip_prefix("# TYPE ") {
            kinds.extend(kind.split_once(' '));
            continue;
        }
        let Some((series, value)) = line.rsplit_once(' ').filter(|_| !line.starts_with('#')) else {
            continue;
        };
        let Ok(value) = value.parse::<f64>() else { continue };
        let (name, labels) = series.split_once('{').unwrap_or((series, "}"));
        let mut labels = read_labels(labels, given);
        let of_histogram = ["_bucket", "_sum", "_count"].iter().find_map(|part| {
            let base = name.strip_suffix(part)?;
            (kinds.get(base) == Some(&"histogram")).then_some((base, *part))
        });
        if let Some((base, part)) = of_histogram {
            let bound = labels.remove("le");
            let histogram = histograms.entry((base, labels)).or_default();
            match part {
                "_sum" => histogram.sum = value,
                "_count" => histogram.count = value as u64,
                _ => {
                    let bound = bound.and_then(|bound| bound.parse().ok()).unwrap_or(f64::INFINITY);
                    histogram.buckets.push((bound, value as u64));
                }
            }
            continue;
        }
        points.entry(name).or_default().push(json!({
            "attributes": attributes(&labels),
            "startTimeUnixNano": nanos(begun),
            "timeUnixNano": nanos(now),
            "asDouble": value,
        }));
    }
    for ((name, labels), mut histogram) in histograms {
        histogram.buckets.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut below = 0;
        let counts: Vec<_> = histogram
            .buckets
            .iter()
            .map(|(_, up_to)| up_to.saturating_sub(std::mem::replace(&mut below, *up_to)).to_string())
            .collect();
        let bounds: Vec<_> =
            histogram.buckets.iter().map(|bucket| bucket.0).filter(|bound| bound.is_finite()).collect();
        points.entry(name).or_default().push(json!({
            "attributes": attributes(&labels),
            "startTimeUnixNano": nanos(begun),
            "timeUnixNano": nanos(now),
            "count": histogram.count.to_string(),
            "sum": histogram.sum,
            "bucketCounts": counts,
            "explicitBounds": bounds,
        }));
    }
    let metric = |(name, points): (&str, Vec<Value>)| {
        let data = match kinds.get(name).copied() {
            Some("counter") => {
                ("sum", json!({"aggregationTemporality": 2, "isMonotonic": true, "dataPoints": points}))
            }
            Some("histogram") => ("histogram", json!({"aggregationTemporality": 2, "dataPoints": points})),
            _ => ("gauge", json!({"dataPoints": points})),
        };
        json!({"name": given(name), data.0: data.1})
    };
    points.into_iter().map(metric).collect()
}

/// `a="b",c="d"}`; a text may have escaped quotes.
fn read_labels(text: &str, given: &dyn Fn(&str) -> String) -> Labels {
    let mut labels = Labels::new();
    let mut rest = text;
    while let Some((key, tail)) = rest.split_once("=\"") {
        let (mut value, mut end) = (String::new(), tail.len());
        let mut chars = tail.char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '"' => {
                    end = at + 1;
                    break;
                }
                '\\' => match chars.next() {
                    Some((_, 'n')) => value.push('\n'),
                    Some((_, other)) => value.push(other),
                    None => {}
                },
                other => value.push(other),
            }
        }
        let key = key.trim_start_matches(',');
        labels.insert(if key == "le" { key.to_owned() } else { given(key) }, value);
        rest = tail.get(end..).unwrap_or_default();
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"# TYPE flux_gear_messages_in counter
flux_gear_messages_in{flux_name="a\"b",reason="x"} 3

# TYPE flux_link_up gauge
flux_link_up 1

# TYPE flux_ms histogram
flux_ms_bucket{flux_name="a",le="1"} 2
flux_ms_bucket{flux_name="a",le="5"} 3
flux_ms_bucket{flux_name="a",le="+Inf"} 4
flux_ms_sum{flux_name="a"} 9.5
flux_ms_count{flux_name="a"} 4
"#;

    #[test]
    fn text_becomes_numbers() {
        let read = read(TEXT, 1, 2, &|name| name.replacen('_', ".", 1));
        let of = |name: &str| read.iter().find(|metric| metric["name"] == name).unwrap();
        let counter = &of("flux.gear_messages_in")["sum"];
        assert_eq!(
            (&counter["isMonotonic"], &counter["dataPoints"][0]["asDouble"]),
            (&true.into(), &3.0.into())
        );
        let first = &counter["dataPoints"][0]["attributes"][0];
        assert_eq!((&first["key"], &first["value"]["stringValue"]), (&"flux.name".into(), &"a\"b".into()));
        assert_eq!(of("flux.link_up")["gauge"]["dataPoints"][0]["timeUnixNano"], "2000000");
        let histogram = &of("flux.ms")["histogram"]["dataPoints"][0];
        assert_eq!(histogram["bucketCounts"], json!(["2", "1", "1"]));
        assert_eq!((&histogram["explicitBounds"], &histogram["count"]), (&json!([1.0, 5.0]), &"4".into()));
    }
}
