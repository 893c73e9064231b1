use rig_scenario::{Category, Manifest, Ports, Scenario, Source, Status, Terminus, config_problems};
use serde_json::{Value, json};

struct Ports8583;

impl Source for Ports8583 {
    fn env(&self, name: &str) -> Option<String> {
        (name == "PORT").then(|| "8583".to_owned())
    }
    fn secret(&self, _name: &str) -> Option<String> {
        None
    }
}

fn problems(schema: Value, config: &str) -> Vec<String> {
    let manifest = Manifest {
        gear_type: "t".into(),
        category: Category::Logic,
        status: Status::Stable,
        summary: String::new(),
        ports: Ports::new(&["in"], &["out"]),
        config: schema,
        terminus: Terminus::Opaque,
        doc: "t".into(),
    };
    let text = format!(
        "meta: {{ name: x, version: 1.0.0 }}\nwires: []\ngears:\n  - name: a\n    type: t\n    config:\n{config}\n"
    );
    let scenario = Scenario::parse(&text).unwrap();
    config_problems(&scenario, &text, &[manifest], &Ports8583).iter().map(ToString::to_string).collect()
}

fn schema() -> Value {
    json!({
        "type": "object", "additionalProperties": false, "required": ["mode"],
        "definitions": {"tree": {"anyOf": [
            {"type": "string", "pattern": "^out"},
            {"type": "object", "additionalProperties": false, "minProperties": 1, "maxProperties": 1,
             "properties": {"failover": {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/tree"}}}},
        ]}},
        "properties": {
            "mode": {"enum": ["server", "client"]},
            "bind": {"type": "string", "minLength": 1},
            "idle": {"type": "string", "pattern": "^([0-9]+(\\.[0-9]+)?(ns|us|µs|ms|s|m|h))+$|^0$"},
            "size": {"type": "integer", "minimum": 1, "maximum": 4},
            "to": {"$ref": "#/definitions/tree"},
            "tls": {"type": "object", "properties": {"cert": {"type": "string"}}, "anyOf": [{"required": ["cert"]}, {"required": ["ca", "key"]}]},
        },
        "if": {"properties": {"mode": {"const": "server"}}},
        "then": {"required": ["bind"]},
    })
}

#[test]
fn sound_ones() {
    for config in [
        "      { mode: client, idle: 1m30s, size: 4, ports: {}, log_level: WARN }",
        "      mode: server\n      bind: \":${env:PORT}\"\n      to: { failover: [out_a, { failover: [out_b] }] }",
        "      { mode: client, to: out, tls: { cert: x } }",
    ] {
        assert_eq!(problems(schema(), config), Vec::<String>::new(), "{config}");
    }
    assert!(problems(Value::Bool(true), "      { a: 1 }").is_empty());
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    for (config, wanted) in [
        (
            "      { mode: sever }",
            "line 7, column 15: the gear a: mode: `sever` is not one of server, client (did you mean `server`?)",
        ),
        ("      { mode: server }", "the gear a: `bind` is missing"),
        (
            "      { mode: client, idel: 5s }",
            "there is no key `idel` here; there are bind, idle, mode, size, tls, to (did you mean `idle`?)",
        ),
        ("      { mode: client, idle: 5 }", "idle: a duration needs a unit: write \"5s\" or \"5ms\""),
        ("      { mode: client, idle: 5x }", "`5x` is no duration"),
        ("      { mode: client, size: 0 }", "size: 0 is below 1"),
        ("      { mode: client, size: two }", "size: it is a text, and has to be a whole number"),
        ("      { mode: client, bind: \"\" }", "bind: it is empty"),
        (
            "      mode: client\n      to:\n        failover:\n          - out_a\n          - nowhere",
            "line 11, column 13: the gear a: to.failover.1: `nowhere` has not the form ^out",
        ),
        ("      { mode: client, to: { failover: [] } }", "to.failover: it has too few items"),
        ("      { mode: client, to: {} }", "to: it has 0 keys where 1 are due"),
        ("      { mode: client, tls: {} }", "tls: `cert` or `ca` and `key` is missing"),
        ("      { mode: client, bind: \"${env:NOPE}\" }", "the environment has no NOPE"),
    ] {
        let found = problems(schema(), config);
        assert!(found.len() == 1 && found[0].contains(wanted), "{config}: {found:#?}");
    }
    assert_eq!(problems(schema(), "      { size: 9, idle: 1 }").len(), 4);
}
