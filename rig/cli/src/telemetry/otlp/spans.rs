//! Hops as an OTLP request.

use rig_rack::Hop;
use serde_json::{Value, json};

use super::{attribute, hex};

pub fn request(resource: &Value, hops: &[Hop]) -> Value {
    let spans: Vec<_> = hops.iter().map(span).collect();
    json!({"resourceSpans": [{
        "resource": resource,
        "scopeSpans": [{"scope": {"name": "fluxrig"}, "spans": spans}],
    }]})
}

fn span(hop: &Hop) -> Value {
    let end = hop.begun + i64::try_from(hop.took.as_nanos()).unwrap_or(i64::MAX / 2);
    let mut span = json!({
        "traceId": hex(&hop.trace),
        "spanId": hex(&hop.span),
        "name": &*hop.gear,
        "kind": 1,
        // 64-bit numbers are texts in JSON.
        "startTimeUnixNano": hop.begun.to_string(),
        "endTimeUnixNano": end.to_string(),
        "attributes": [
            attribute("flux.name", &hop.gear),
            attribute("flux.port", &hop.port),
            attribute("flux_id", &hop.flux_id.to_string()),
        ],
    });
    if let Some(parent) = &hop.parent {
        span["parentSpanId"] = hex(parent).into();
    }
    if let Some(reason) = &hop.failed {
        span["status"] = json!({"code": 2, "message": reason});
    }
    span
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use rig_envelope::Uuid;

    use super::*;

    #[test]
    fn a_hop_is_a_span() {
        let hop = Hop {
            trace: [1; 16],
            span: [2; 8],
            parent: Some([3; 8]),
            gear: "decode".into(),
            port: "in".into(),
            flux_id: Uuid::nil(),
            begun: 1_000,
            took: Duration::from_nanos(500),
            failed: Some("decode_failed".into()),
        };
        let request = request(&json!({}), &[hop]);
        let span = &request["resourceSpans"][0]["scopeSpans"][0]["spans"][0];
        assert_eq!(span["traceId"], "01".repeat(16));
        assert_eq!(
            (&span["spanId"], &span["parentSpanId"]),
            (&"02".repeat(8).into(), &"03".repeat(8).into())
        );
        assert_eq!((&span["startTimeUnixNano"], &span["endTimeUnixNano"]), (&"1000".into(), &"1500".into()));
        assert_eq!((&span["name"], &span["status"]["message"]), (&"decode".into(), &"decode_failed".into()));
    }
}
