//! Conditions of specifications: read with the place of what is wrong, and total when evaluated.

use std::sync::LazyLock;

use rig_iso8583::{Condition, Iso8583Message};

static MESSAGE: LazyLock<Iso8583Message> = LazyLock::new(|| {
    let mut message = Iso8583Message::of("0200");
    for (element, value) in [(2, "4111111111111111"), (4, "1000"), (22, "05"), (39, "00"), (41, "TERM")] {
        message.set(element, value);
    }
    message
});

/// Whether the input was a condition.
pub fn run(data: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(data) else { return false };
    match Condition::parse(text) {
        Ok(condition) => {
            let numeric = |path: rig_iso8583::Path| path.element == 4;
            let holds = condition.holds(&MESSAGE, &numeric);
            let not = Condition::Not(Box::new(condition.clone()));
            assert_ne!(not.holds(&MESSAGE, &numeric), holds);
            let mut paths = 0;
            condition.paths(&mut |_| paths += 1);
            assert!(paths <= text.len());
            true
        }
        Err(error) => {
            assert!((1..=text.chars().count() + 1).contains(&error.position), "{error}");
            false
        }
    }
}
