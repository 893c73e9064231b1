//! Documents, good and bad: what is read, and how what is wrong is told.

#![allow(clippy::unwrap_used)]

mod checks;
mod configurations;
mod pictures;
mod reading;

use rig_scenario::{Category, Manifest, Ports, Status, Terminus};
use serde_json::json;

/// Types as gears publish them.
pub fn types() -> Vec<Manifest> {
    let one = |gear_type: &str, category, terminus, inputs: &[&str], outputs: &[&str]| Manifest {
        gear_type: gear_type.into(),
        category,
        status: Status::Stable,
        summary: format!("A {gear_type}."),
        ports: Ports::new(inputs, outputs),
        config: json!({"type": "object"}),
        terminus,
        doc: gear_type.into(),
    };
    vec![
        one("io_iso8583", Category::Io, Terminus::Io, &["in"], &["out"]),
        one("codec_iso8583", Category::Codec, Terminus::Transparent, &["in"], &["out"]),
        one("coatcheck", Category::Logic, Terminus::Opaque, &["in"], &["out", "error"]),
        one("log", Category::Observability, Terminus::Transparent, &["in"], &["out"]),
        one(
            "conductor",
            Category::Logic,
            Terminus::Opaque,
            &["in", "in_reply"],
            &["out_<name>", "out_response", "out_response_<origin>", "error"],
        ),
    ]
}

/// A switch: terminals on one side, two hosts on the other.
pub const SWITCH: &str = r#"
meta: { name: Test Switch, version: v1.2.0 }
racks:
  - { name: east, labels: { role: "payments" } }
gears:
  - { name: terminals, type: io_iso8583, deploy: east, labels: { peer: "terminals" }, config: { mode: server, bind: ":8583" } }
  - { name: decode, type: codec_iso8583, deploy: east, config: { spec_path: "a:1.0.0" } }
  - { name: switch, type: conductor, deploy: east }
  - { name: encode-a, type: codec_iso8583, deploy: east }
  - { name: host-a, type: io_iso8583, deploy: east, labels: { peer: "scheme A" }, config: { mode: client, connect: "127.0.0.1:10001" } }
  - { name: host-b, type: io_iso8583, deploy: east, config: { mode: client } }
  - { name: encode-replies, type: codec_iso8583, deploy: east }
wires:
  - { from: terminals.out, to: decode.in }
  - { from: decode.out, to: switch.in }
  - { from: switch.out_a, to: encode-a.in }
  - { from: encode-a.out, to: host-a.in }
  - { from: switch.out_b, to: host-b.in }
  - { from: host-a.out, to: switch.in_reply }
  - { from: host-b.out, to: switch.in_reply }
  - { from: switch.out_response, to: encode-replies.in }
  - { from: encode-replies.out, to: terminals.in }
"#;
