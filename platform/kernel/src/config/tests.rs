use serde_json::json;

use super::*;

crate::choices! {
    /// How loud.
    pub enum Volume { Low = "low", High = "high" }
}
crate::section! {
    /// Everything.
    pub struct Root {
        /// A name.
        name: String = "nobody".into() => "\"Ada\"",
        /// Where.
        inner: Inner,
        /// Maybe.
        extra: Option<Inner>,
    }
    /// A part.
    pub struct Inner {
        /// TCP port.
        port: u16 = 80,
        volume: Volume,
        /// Hidden.
        password: Secret,
        hosts: Vec<String> = vec!["a".into()],
        ratio: f64 = 1.0,
        r#static: bool,
    }
}

fn read(text: &str, variables: &[(&str, &str)]) -> Result<Loaded<Root>, Problems> {
    let environment = variables.iter().copied().collect();
    parse("P", &environment, Some("/etc/c.json".into()), Some(text))
}

#[test]
fn nothing_set_gives_the_defaults() {
    let loaded: Loaded<Root> = load("P", &Environment::default()).unwrap();
    assert_eq!(loaded.value.name, "nobody");
    assert_eq!(loaded.value.inner.port, 80);
    assert!(loaded.value.extra.is_none() && loaded.warnings.is_empty());
    assert_eq!(loaded.origins.of("name"), Origin::Default);
}

#[test]
fn variables_win_and_texts_keep_their_zeros() {
    let text = r#"{"$schema": "x", "name": 7, "inner": {"port": 1, "static": true}}"#;
    let set = [("P__INNER__PORT", "2"), ("P__INNER__PASSWORD", "00123"), ("P__INNER__VOLUME", "high")];
    let loaded = read(text, &set).unwrap();
    assert_eq!((loaded.value.name.as_str(), loaded.value.inner.port), ("7", 2));
    assert_eq!(loaded.value.inner.password.expose(), "00123");
    assert_eq!(loaded.value.inner.volume, Volume::High);
    assert!(loaded.value.inner.r#static);
    assert_eq!(loaded.origins.of("inner.port"), Origin::Variable("P__INNER__PORT".into()));
    let printed = loaded.value.print();
    assert_eq!(printed["inner"]["password"], "********");
    assert!(!format!("{:?}{printed}", loaded.value).contains("00123"));
}

#[test]
fn every_problem_is_told_with_its_origin_and_an_example() {
    let text =
        r#"{"nmae": 1, "inner": {"port": 70000, "hosts": ["a", {}], "password": {"x": "hush"}, "prot": 1}}"#;
    let problems = read(text, &[("P__INNER__VOLUME", "loud"), ("P__NAME", "{}")]).unwrap_err();
    let told: Vec<String> = problems.0.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "nmae: there is no such section; did you mean name? (from: /etc/c.json)",
            "name: expected a text, found {} (from: environment variable P__NAME); for example \"Ada\"",
            "inner.port: expected a whole number from 0 to 65535, found 70000 (from: /etc/c.json); \
             for example 1",
            "inner.volume: expected one of low, high, found \"loud\" (from: environment variable \
             P__INNER__VOLUME); for example \"low\"",
            "inner.password: expected a text, found an object (from: /etc/c.json); for example 64 hex \
             characters, as `openssl rand -hex 32` prints them",
            "inner.hosts[1]: expected a text, found {} (from: /etc/c.json); for example \"text\"",
        ]
    );
    assert!(problems.to_string().starts_with("6 problems in the configuration\n  nmae"));
}

#[test]
fn unknown_keys_below_the_root_are_one_warning() {
    let many: serde_json::Map<_, _> = (0..30).map(|n| (format!("zz{n:02}"), Json::Null)).collect();
    let loaded = read(&json!({"inner": many}).to_string(), &[]).unwrap();
    let [warning] = &loaded.warnings[..] else { panic!("{:?}", loaded.warnings) };
    assert!(warning.contains("inner.zz24") && !warning.contains("inner.zz25"));
    assert!(warning.ends_with("(+5 more)"), "{warning}");
    let warning = read(r#"{"inner": {"prot": 1}}"#, &[]).unwrap().warnings.remove(0);
    assert_eq!(warning, "unknown keys are ignored: inner.prot (did you mean port?)");
}

#[test]
fn a_named_file_must_be_there_and_hold_an_object() {
    let missing = Environment::from_iter([("P", "/nowhere/config.json")]);
    let error = load::<Root>("P", &missing).unwrap_err().to_string();
    assert!(error.contains("/nowhere/config.json cannot be read") && error.contains("variable P"), "{error}");
    assert!(read("[]", &[]).unwrap_err().to_string().contains("expected a JSON object, found a list"));
    assert!(read("{\n\"a\":", &[]).unwrap_err().to_string().contains("line 2"));
}

#[test]
fn a_value_can_stand_in_a_file_of_its_own() {
    let path = std::env::temp_dir().join(format!("kernel-secret-{}", std::process::id()));
    fs::write(&path, "00hush\n").unwrap();
    let text = json!({"inner": {"password": format!("file:{}", path.display())}}).to_string();
    assert_eq!(read(&text, &[]).unwrap().value.inner.password.expose(), "00hush");
    fs::remove_file(&path).unwrap();
    assert!(read(&text, &[]).unwrap_err().to_string().contains("inner.password: the file"));
}

#[test]
fn the_schema_describes_every_setting() {
    let schema = schema::<Root>("Test");
    assert_eq!(schema["properties"]["name"]["description"], "A name.");
    assert_eq!(schema["properties"]["name"]["default"], "nobody");
    assert_eq!(schema["properties"]["inner"]["properties"]["port"]["maximum"], 65535);
    assert_eq!(schema["properties"]["inner"]["properties"]["volume"]["enum"], json!(["low", "high"]));
    assert_eq!(schema["properties"]["inner"]["properties"]["static"]["type"], "boolean");
    assert_eq!(schema["additionalProperties"], false);
}
